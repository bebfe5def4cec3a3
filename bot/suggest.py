"""What options offer while somebody types: names that are on record, within Discord's limits."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable

from discord.app_commands import Choice

from bot.client import Interaction
from bot.escape import width
from corpus.errors import OnrecordError
from corpus.index import read_officials, read_publishers
from corpus.record import Record
from corpus.text import fold_space

log = logging.getLogger(__name__)

CHOICES = 25  # https://discord.com/developers/docs/interactions/application-commands
CHOICE_WIDTH = 100


async def suggest_speakers(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Officials on record whose name holds what is typed, those who speak most first."""
    return await offer(lambda: list_speakers(interaction.client.record, typed))


async def suggest_publishers(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Publishers on record whose name holds what is typed."""
    return await offer(lambda: list_publishers(interaction.client.record, typed))


async def offer(find: Callable[[], list[str]]) -> list[Choice[str]]:
    """The choices that ``find`` finds in a thread; none where nothing can be read."""
    try:
        return make_choices(await asyncio.to_thread(find))
    except (OnrecordError, OSError, sqlite3.Error) as error:
        log.warning("no suggestions: %s", error)
        return []


def list_speakers(record: Record, typed: str) -> list[str]:
    """Names of officials that hold ``typed``, most exchanges first."""
    with record.reading() as reader:
        officials = read_officials(reader.connection)
    officials.sort(key=lambda official: -official.exchanges)
    return holding(typed, (official.speaker or official.label for official in officials))


def list_publishers(record: Record, typed: str) -> list[str]:
    """Publishers that hold ``typed``, in order."""
    with record.reading() as reader:
        publishers = read_publishers(reader.connection)
    return holding(typed, sorted({each.strip() for each in publishers}))


def make_choices(names: Iterable[str]) -> list[Choice[str]]:
    """At most 25 different choices; what is wider than Discord takes is cut between words."""
    values = dict.fromkeys(_shorten(fold_space(name)) for name in names)
    return [Choice(name=value, value=value) for value in values if value][:CHOICES]


def holding(typed: str, names: Iterable[str]) -> list[str]:
    """The names that hold what is typed, in their order."""
    wanted = fold_space(typed).casefold()
    return [name for name in names if wanted in name.casefold()]


def _shorten(text: str) -> str:
    while width(text) > CHOICE_WIDTH:
        words, _, _ = text.rpartition(" ")
        text = words or text[: CHOICE_WIDTH // 2]
    return text
