"""``onrecord check``."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from corpus.cli.answers import json_text
from corpus.cli.record import show_progress


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def check(folder: Path | None, as_json: bool) -> None:
    """Say how each document of FOLDER would be understood.

    FOLDER may be one document; without it, the shipped ones are read. Changes nothing. What keeps a
    document from being used is named on stderr, by file and line.
    """
    from corpus.check import check_path
    from corpus.check_table import notice_lines, problem_line, summary_lines, table_lines
    from corpus.load import SHIPPED_FOLDER

    with show_progress("Checking") as progress:
        checked = list(check_path(folder or SHIPPED_FOLDER, progress))
    if as_json:
        for each in checked:
            click.echo(json_text(each.as_json()))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        for line in (*table_lines(checked, width), *notice_lines(checked)):
            click.echo(line)
        for each in checked:
            if each.problem is not None:
                click.echo(f"onrecord: {problem_line(each)}", err=True)
        for line in summary_lines(checked):
            click.echo(line)
    if any(each.problem is not None for each in checked):
        raise SystemExit(1)
