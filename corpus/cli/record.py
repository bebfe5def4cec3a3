"""Opening the record, with what a person is told while it is made."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import OlderRecordError

if TYPE_CHECKING:
    from corpus.load import Progress
    from corpus.record import Record


def open_record(path: Path | None) -> Record:
    """The record, made from the shipped transcripts where there is none.

    Raises:
        RecordError: it can't be read, or can't be made.
    """
    from corpus.record import Record, default_record_path

    path = path or default_record_path()
    try:
        if path.exists():
            return Record(path)
    except OlderRecordError:
        click.echo("onrecord: the record is of an older version and is made anew …", err=True)
    from corpus.load import load_record

    with show_progress() as progress:
        report = load_record(path, progress=progress)
    click.echo(f"onrecord: made a record of {len(report.added)} transcripts at {path}", err=True)
    print_problems(report.problems)
    return Record(path)


@contextmanager
def show_progress(label: str = "Loading") -> Iterator[Progress | None]:
    """A progress bar on stderr, when that is a terminal and the work takes long enough to see."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(_name: str, done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        yield show


def print_problems(problems: Iterable[str]) -> None:
    for problem in problems:
        click.echo(f"onrecord: {problem}", err=True)
