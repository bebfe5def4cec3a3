"""The command ``onrecord``: the command line of the corpus, and ``run``."""

from __future__ import annotations

import json
import os
from contextlib import closing
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
@click.option("--shards", "named", help="Hold these shards alone: 0-3/16 are four of sixteen.")
def run(record_path: Path | None, watch: bool, named: str | None) -> None:
    """Serve the record on Discord until stopped.

    DISCORD_TOKEN, or DISCORD_TOKEN_FILE, tells the bot's token.
    """
    from bot.settings import read_settings
    from bot.shards import read_shards

    settings = read_settings(os.environ)
    if watch and not find_spec("watchfiles"):
        raise SettingsError("--watch needs the extra “host”: pip install 'onrecord[host]'.")
    shards = read_shards(named) if named is not None else None
    from bot.run import run_bot
    from corpus.record import default_record_path

    path = record_path or default_record_path()
    raise SystemExit(run_bot(settings, path, watch=watch, shards=shards))


_check_documents = cli.commands["check"]


@cli.command(params=list(_check_documents.params), help=_check_documents.help)
@click.option(
    "--discord",
    "on_discord",
    is_flag=True,
    help="Check how Discord has the bot (needs DISCORD_TOKEN), and the record that it serves.",
)
@click.pass_context
def check(ctx: click.Context, folder: Path | None, as_json: bool, on_discord: bool) -> None:
    """Check documents, and with --discord the bot; documents then only where FOLDER is named."""
    is_well = _check_bot(as_json=as_json) if on_discord else True
    if folder or not on_discord:
        ctx.invoke(_check_documents, folder=folder, as_json=as_json)
    if not is_well:
        raise SystemExit(1)


def _check_bot(*, as_json: bool) -> bool:
    """Print what is found of the bot, what is wrong on stderr; returns whether nothing is."""
    import asyncio

    from bot.doctor import find_undated
    from bot.run import examine
    from bot.settings import read_settings
    from corpus.record import Record, default_record_path

    findings = asyncio.run(examine(read_settings(os.environ).token))
    path = Path(os.environ.get("ONRECORD_RECORD") or default_record_path())
    if path.exists():
        with closing(Record(path)) as record:
            findings += find_undated(record)
    for each in findings:
        told = json.dumps(asdict(each), ensure_ascii=False) if as_json else str(each)
        click.echo(told, err=each.is_wrong and not as_json)
    return not any(each.is_wrong for each in findings)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def health(as_json: bool) -> None:
    """Say whether a running bot is connected and serves.

    It is asked at ONRECORD_LISTEN.
    """
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


@cli.command()
@click.argument("into", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@click.option(
    "--keep", type=click.IntRange(1), default=48, show_default=True, help="How many copies stay."
)
def backup(into: Path, keep: int) -> None:
    """Copy the bot's own database into FOLDER, keep the newest.

    ONRECORD_STATE names the database.
    """
    from bot.backup import back_up
    from bot.place import read_place

    click.echo(back_up(read_place(os.environ), into, keep))


@cli.command()
@click.argument("copy", type=click.Path(path_type=Path, dir_okay=False), metavar="COPY")
def restore(copy: Path) -> None:
    """Put a copy back as the bot's own database.

    COPY was made by “onrecord backup”; ONRECORD_STATE names the database. What the database holds
    until then is copied into the folder “replaced” beside its key.
    """
    from bot.backup import put_back
    from bot.place import key_of, read_place

    state = read_place(os.environ)
    put_back(copy, state, key_of(state).with_name("replaced"))
    click.echo(f"{state} is as it was in {copy}; start the bot again if it runs.")


def main() -> None:
    """The console script."""
    cli()
