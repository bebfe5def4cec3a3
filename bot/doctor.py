"""What keeps people from being answered, and where to mend it; over HTTP alone, nothing changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot.sync import find_differences
from corpus.record import Record

# In replies to commands Discord grants both to every app, though a role may say otherwise
# (https://github.com/discord/discord-api-docs/issues/5316): named, but nobody goes unanswered.
NEEDED = {
    "embed_links": "Embed Links (or choose plain text with /server)",
    "attach_files": "Attach Files (for long lists)",
}
_INTENTS = {
    "gateway_message_content": "Message Content",
    "gateway_guild_members": "Server Members",
    "gateway_presence": "Presence",
}
_PAGE = 200  # servers; https://discord.com/developers/docs/resources/user (get current user guilds)
_MOST_PAGES = 5  # of servers whose permissions are read


_Find: TypeAlias = Callable[[], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what is wrong with it, and what to do; ``found`` is empty if all is well.

    ``is_wrong`` is False for what people are answered in spite of.
    """

    name: str
    found: tuple[str, ...]
    advice: str
    is_wrong: bool

    def __str__(self) -> str:
        if not self.found:
            return f"{self.name}: none"
        return f"{self.name}: {', '.join(self.found)} – {self.advice}"


async def examine_discord(
    client: discord.Client, tree: app_commands.CommandTree[Any]
) -> list[Finding]:
    """What Discord has of this bot; ``client`` must have logged in, and need not be connected."""
    looks: tuple[tuple[_Find, str, str, bool], ...] = (
        (
            lambda: find_differences(tree),
            "Commands that differ",
            "start the bot again, it tells Discord of them",
            True,
        ),
        (
            lambda: _find_denials(client),
            "Permissions missing in servers",
            "give them to the bot's role there if boxes or files don't show",
            False,
        ),
        (
            lambda: _find_endpoint(client),
            "Interactions sent elsewhere",
            "empty “Interactions Endpoint URL” in the developer portal, else nothing comes here",
            True,
        ),
        (
            lambda: _find_intents(client),
            "Privileged intents without need",
            "switch them off in the developer portal, under “Bot”",
            True,
        ),
    )
    return [await _look(*look) for look in looks]


def find_undated(record: Record) -> list[Finding]:
    """The transcripts that no date filter and no timeline can place."""
    with record.reading() as reader:
        stored = reader.transcripts()
    undated = [each.source.file for each in stored if each.source.date is None]
    advice = "state it in the .toml beside it"
    return [Finding("No date", (file,), advice, is_wrong=False) for file in undated]


def missing_permissions(granted: discord.Permissions) -> list[str]:
    """What replies need and ``granted`` lacks."""
    if granted.administrator:
        return []
    return [told for name, told in NEEDED.items() if not getattr(granted, name)]


async def _look(find: _Find, name: str, advice: str, matters: bool) -> Finding:
    try:
        found: Sequence[str] = await find()
    except discord.HTTPException as error:
        found, advice = [f"not known, Discord answered {error.status}"], "look again later"
    return Finding(name, tuple(found), advice, is_wrong=matters and bool(found))


async def _find_denials(client: discord.Client) -> list[str]:
    denials: list[str] = []
    after = None
    for _ in range(_MOST_PAGES):
        guilds = await client.http.get_guilds(_PAGE, after=after, with_counts=False)
        for guild in guilds:
            if (granted := guild.get("permissions")) is not None:
                missing = missing_permissions(discord.Permissions(int(granted)))
                denials += [f"{guild['name']}: {' and '.join(missing)}"] if missing else []
        if len(guilds) < _PAGE:
            return denials
        after = guilds[-1]["id"]
    return [*denials, f"servers beyond the first {_PAGE * _MOST_PAGES:,} were not looked at"]


async def _find_intents(client: discord.Client) -> list[str]:
    flags = (await client.application_info()).flags
    return [
        told
        for name, told in _INTENTS.items()
        if getattr(flags, name) or getattr(flags, f"{name}_limited")
    ]


async def _find_endpoint(client: discord.Client) -> list[str]:
    address = (await client.application_info()).interactions_endpoint_url
    return [address] if address else []
