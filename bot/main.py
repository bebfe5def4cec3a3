"""The command ``onrecord``: the command line of the corpus, and ``run``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from corpus.cli import cli


@cli.command()
@click.option(
    "--record",
    "record_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ONRECORD_RECORD",
    help="The record to serve (or ONRECORD_RECORD); made from the transcripts if absent.",
)
def run(record_path: Path | None) -> None:
    """Serve the record on Discord until stopped; set DISCORD_TOKEN or DISCORD_TOKEN_FILE."""
    from bot.settings import read_settings

    settings = read_settings(os.environ)
    from bot.run import run_bot
    from corpus.store import default_record_path

    raise SystemExit(run_bot(settings, record_path or default_record_path()))


def main() -> None:
    """The console script."""
    cli()
