"""``onrecord check``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from corpus.cli.record import show_progress


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def check(folder: Path | None, as_json: bool) -> None:
    """Read every document of FOLDER (else the shipped ones) and say what would be on record."""
    from corpus.check import check_folder
    from corpus.load import SHIPPED_FOLDER

    with show_progress("Checking") as progress:
        checked = list(check_folder(folder or SHIPPED_FOLDER, progress))
    for each in checked:
        told = json.dumps(each.as_json(), ensure_ascii=False) if as_json else each.as_text()
        click.echo(told, err=each.problem is not None and not as_json)
    bad = sum(each.problem is not None for each in checked)
    if not as_json:
        notices = sum(len(each.transcript.notices) for each in checked if each.transcript)
        click.echo(f"{len(checked)} documents, {bad} with a problem, {notices} notices")
    if bad:
        raise SystemExit(1)
