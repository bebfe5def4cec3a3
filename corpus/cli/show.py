"""``onrecord show``."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.cli.options import record_option
from corpus.cli.record import open_record


@click.command()
@click.argument("name", metavar="ID")
@record_option
def show(name: str, record_path: Path | None) -> None:
    """Show a quote in its whole answer, or a whole transcript.

    ID is the id under a quote, or the file name of a transcript as “onrecord sources” lists it.
    """
    from corpus.browse import find_shown
    from corpus.terminal import turn_lines
    from corpus.withdrawals import read_withdrawals

    record = open_record(record_path)
    withdrawals = read_withdrawals(record.path)
    withdrawals.check(name)
    with record.reading() as reader:
        shown = find_shown(reader, name)
    source = shown.transcript.source
    click.echo(f"{source.title or 'title not recorded'} – {source.date or 'date not recorded'}")
    click.echo(f"{source.url or 'address not recorded'}\n")
    if shown.superseded_on:
        click.echo(f"Superseded on {shown.superseded_on}: these are the words as quoted then.\n")
    for line in turn_lines(shown, withdrawals.spans(source.sha256)):
        click.echo(line)
