"""Where the bot is put together, started and stopped."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import aiohttp
import discord
from discord import app_commands

from bot.about import about
from bot.actions import ACTIONS
from bot.admin import record as record_commands
from bot.ask import ask, find_answer
from bot.browse import read_transcript, sources, turn_sources
from bot.client import Action, AppCommand, OnrecordClient, Surface
from bot.curate import take
from bot.doctor import Finding, examine_discord
from bot.follow import follow_others
from bot.listen import start_listening
from bot.logs import set_up_log
from bot.memory import give_back_at_rest, settle, share_one_arena
from bot.privacy import privacy, replies
from bot.reload import end_loads, reload_record
from bot.review import ask_reason, keep, take_reason
from bot.server import server
from bot.settings import Settings
from bot.shards import Shards
from bot.share import show_everybody
from bot.state import State, StateError
from bot.timeline import timeline, turn_timeline
from bot.verify import check_message, verify
from bot.views import BUTTONS
from corpus.errors import OlderRecordError, OnrecordError, RecordError, SettingsError
from corpus.load import folders_of, load_record
from corpus.record import Record

log = logging.getLogger(__name__)

_ERASE_SECONDS = 3600.0

COMMANDS: tuple[AppCommand, ...] = (
    ask,
    find_answer,
    verify,
    check_message,
    sources,
    timeline,
    about,
    replies,
    privacy,
    server,
    record_commands,
)
ALL_ACTIONS: dict[str, Action] = {
    **ACTIONS,
    "sources": turn_sources,
    "read": read_transcript,
    "timeline": turn_timeline,
    "everybody": show_everybody,
    "keep": keep,
    "withdraw": ask_reason,
    "reason": take_reason,
    "take": take,
}


_REFUSED = (
    "DISCORD_TOKEN: Discord refuses this token; make a new one in the developer portal"
    " (https://discord.com/developers/applications, your application, “Bot”)."
)
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
_TOKEN_GONE, _TOO_FEW_SHARDS = 4004, 4011


class ConnectionLostError(OnrecordError):
    """Discord can't be reached."""


def run_bot(
    settings: Settings, record_path: Path, *, watch: bool = False, shards: Shards | None = None
) -> int:
    """Serve until SIGTERM or SIGINT.

    Args:
        settings: how the bot is set up.
        record_path: the record's file; made where there is none.
        watch: whether to reload when the transcripts change.
        shards: the connections that this process has; None for all that Discord wants.

    Returns:
        0 after a clean stop.

    Raises:
        OnrecordError: the record can't be made, the token is refused, Discord can't be reached.
    """
    share_one_arena()
    set_up_log(settings.log_level, settings.log_format, *settings.secrets)
    with closing(open_record(settings, record_path)) as record:
        client = make_client(settings, record, shards=shards)
        settle(record)
        asyncio.run(serve(client, settings.token, watch=watch))
    return 0


def open_record(settings: Settings, path: Path) -> Record:
    """The record; made from the settings' folders where there is none of this version.

    Raises:
        RecordError: it can't be read, or can't be made.
    """
    try:
        if path.exists():
            return Record(path)
    except OlderRecordError as error:
        log.info("%s", error)
    report = load_record(path, settings.folders)
    for problem in report.problems:
        log.warning("%s", problem)
    return Record(path)


def make_client(
    settings: Settings, record: Record, *, shards: Shards | None = None
) -> OnrecordClient:
    """The client with all its commands and buttons, not yet connected.

    Raises:
        StateError: the bot's own database can't be opened.
    """
    return OnrecordClient(
        settings,
        record,
        State(settings.state),
        surface=Surface(COMMANDS, BUTTONS, ALL_ACTIONS),
        shards=shards,
    )


async def serve(client: OnrecordClient, token: str, *, watch: bool = False) -> None:
    """Stay connected until SIGTERM or SIGINT, then finish the replies under way and leave.

    Raises:
        SettingsError: Discord refuses the token.
        ConnectionLostError: Discord can't be reached.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        with _telling_why():
            async with client, _beside(client, stop, watch=watch):
                await _connect_until(stop, client, token)
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)


async def examine(token: str) -> list[Finding]:
    """What Discord has of this bot; nothing is changed and no connection is kept.

    Raises:
        SettingsError: Discord refuses the token.
        ConnectionLostError: Discord can't be reached.
    """
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)
    for command in COMMANDS:
        tree.add_command(command)
    with _telling_why():
        async with client:
            await client.login(token)
            return await examine_discord(client, tree)


@contextmanager
def _telling_why() -> Iterator[None]:
    """What keeps the bot from logging in, as sentences."""
    try:
        yield
    except discord.LoginFailure as error:
        raise SettingsError(_REFUSED) from error
    except discord.ConnectionClosed as error:
        if error.code == _TOKEN_GONE:
            raise SettingsError(_REFUSED) from error
        if error.code == _TOO_FEW_SHARDS:
            problem = "--shards: Discord wants more shards than these; see deploy/SEVERAL_HOSTS.md."
            raise SettingsError(problem) from error
        raise ConnectionLostError(f"Discord ended the connection: {error}.") from error
    except (discord.HTTPException, discord.GatewayNotFound) as error:
        raise ConnectionLostError(f"Discord can't serve this bot now ({error}).") from error
    except (aiohttp.ClientConnectionError, TimeoutError) as error:
        problem = "Discord can't be reached; check this host's connection and start again."
        raise ConnectionLostError(problem) from error


@asynccontextmanager
async def _beside(
    client: OnrecordClient, stop: asyncio.Event, *, watch: bool
) -> AsyncIterator[None]:
    """What runs beside the connection: telling how it is, following others, resting, watching."""
    listen = client.settings.listen
    runner = await start_listening(client, *listen) if listen else None
    beside = [
        asyncio.create_task(follow_others(client, stop)),
        asyncio.create_task(_erase_old(client, stop)),
        asyncio.create_task(give_back_at_rest(client, stop)),
    ]
    if watch:
        beside.append(asyncio.create_task(_watch(client, stop)))
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*beside)
        if runner:
            await runner.cleanup()


async def _erase_old(client: OnrecordClient, stop: asyncio.Event) -> None:
    """Keep no query that got nothing for longer than the settings say, whoever looks at them."""
    erase = partial(client.state.erase_unanswered, client.settings.unanswered_days)
    while True:
        try:
            await asyncio.to_thread(erase)
        except StateError as error:
            log.warning("old queries were not erased: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _ERASE_SECONDS)
            return


async def _watch(client: OnrecordClient, stop: asyncio.Event) -> None:
    from bot.watch import watch_folders

    async def reload() -> None:
        with suppress(RecordError):  # counted and in the log; the old record stays
            await asyncio.to_thread(reload_record, client, asked=False)

    folders = client.settings.folders or folders_of(client.record.path)
    await watch_folders(folders, reload, stop)


async def _connect_until(stop: asyncio.Event, client: OnrecordClient, token: str) -> None:
    connected = asyncio.create_task(client.start(token))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({connected, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        log.info("stopping")
        end_loads()
        await client.finish_replies()
    stopped.cancel()
    await client.close()
    await connected
