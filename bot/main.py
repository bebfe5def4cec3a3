"""The command ``onrecord``: the command line of the corpus, and ``run``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import click

from corpus.cli import cli
from corpus.errors import SettingsError


@cli.command()
@click.option(
    "--record",
    "record_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ONRECORD_RECORD",
    help="The record to serve (or ONRECORD_RECORD); made from the transcripts if absent.",
)
@click.option("--watch", is_flag=True, help="Reload when the transcripts change (onrecord[host]).")
def run(record_path: Path | None, watch: bool) -> None:
    """Serve the record on Discord until stopped; set DISCORD_TOKEN or DISCORD_TOKEN_FILE."""
    from bot.settings import read_settings

    settings = read_settings(os.environ)
    if watch and not find_spec("watchfiles"):
        raise SettingsError("--watch needs the extra “host”: pip install 'onrecord[host]'.")
    from bot.run import run_bot
    from corpus.store import default_record_path

    raise SystemExit(run_bot(settings, record_path or default_record_path(), watch=watch))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def health(as_json: bool) -> None:
    """Say whether the bot that listens on ONRECORD_LISTEN is connected and serves."""
    from bot.settings import read_listen

    listen = read_listen(os.environ)
    if listen is None:
        raise SettingsError("ONRECORD_LISTEN is not set; set it as for “onrecord run”.")
    from bot.health import ask_health

    told = ask_health(*listen)
    if as_json:
        click.echo(json.dumps(asdict(told)))
    elif not told.problem:
        click.echo(
            f"serving {told.transcripts:,} transcripts over {told.connections:,} connections"
        )
    if told.problem:
        click.echo(f"onrecord: {told.problem}", err=True)
        raise SystemExit(1)


def main() -> None:
    """The console script."""
    cli()
