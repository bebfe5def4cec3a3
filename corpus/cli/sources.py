"""``onrecord sources``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from corpus.cli.answers import json_text
from corpus.cli.options import record_option
from corpus.cli.record import open_record


@click.command()
@record_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def sources(record_path: Path | None, as_json: bool) -> None:
    """List the transcripts on record, oldest first."""
    with open_record(record_path).reading() as reader:
        stored = reader.transcripts()
    for each in stored:
        source = each.source
        if as_json:
            told = {name: _plain(getattr(source, name)) for name in source.__slots__}
            click.echo(json_text({**told, "style": each.style, "exchanges": each.exchanges}))
        else:
            when = source.date.isoformat() if source.date else "no date   "
            title = source.title or "title not recorded"
            publisher = source.publisher or "publisher not recorded"
            exchanges = f"{each.exchanges} exchange{'' if each.exchanges == 1 else 's'}"
            click.echo(f"{when}  {title}  ({publisher}; {exchanges})")
            click.echo(f"            {source.file}")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
