"""``onrecord load``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cli.options import record_option
from corpus.cli.record import print_problems, show_progress

if TYPE_CHECKING:
    from corpus.load import LoadReport


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER]...")
@record_option
@click.option("--strict", is_flag=True, help="Change nothing if any document has a problem.")
def load(folders: tuple[Path, ...], record_path: Path | None, strict: bool) -> None:
    """Bring the record in line with folders of transcripts.

    Without FOLDER, with those of the last load, else the shipped ones.
    """
    from corpus.record import default_record_path

    load_and_tell(record_path or default_record_path(), folders, strict=strict)


def load_and_tell(record: Path, folders: Sequence[Path], *, strict: bool) -> None:
    """Load, say what changed, and exit with 1 if a document had a problem."""
    from corpus.load import load_record

    with show_progress() as progress:
        report = load_record(record, folders, strict=strict, progress=progress)
    for line in report_lines(report):
        click.echo(line)
    print_problems(report.problems)
    if report.problems:
        raise SystemExit(1)


def report_lines(report: LoadReport) -> Iterator[str]:
    """What a load changed, a line each."""
    for name, files in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    ):
        yield from (f"{name}: {file}" for file in files)
    yield (
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed,"
        f" {report.unchanged} unchanged, {len(report.problems)} with a problem"
    )
