"""``onrecord check``."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def check(folder: Path | None, as_json: bool) -> None:
    """Read every document of FOLDER (else the shipped ones) and say what would be on record."""
    from corpus.check import check_folder
    from corpus.load import SHIPPED_FOLDER

    bad = 0
    for checked in check_folder(folder or SHIPPED_FOLDER):
        bad += checked.problem is not None
        if as_json:
            click.echo(json.dumps(checked.as_json(), ensure_ascii=False))
        else:
            click.echo(checked.as_text(), err=checked.problem is not None)
    if bad:
        raise SystemExit(1)
