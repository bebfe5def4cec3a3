"""Where each command can be used, and that it answers there: also where the bot is no member."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.run import COMMANDS
from tests.bot.loopback import ASKER, ELSEWHERE, LoopbackDiscord
from tests.bot.test_run import running
from tests.bot.test_verify import CHANGED
from tests.bot.world import KNOWN_QUERY

EVERYWHERE = ((True, True), (True, True, True))
# Installed by servers, by people; used in a server, in a direct message, between people.
USED: dict[str, tuple[tuple[bool, ...], tuple[bool, ...]]] = {
    "server": ((True, False), (True, False, False)),
    "record": ((True, True), (True, True, False)),
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_says_where_it_can_be_used(command: Any) -> None:
    installed, used = command.allowed_installs, command.allowed_contexts
    assert (
        (installed.guild, installed.user),
        (used.guild, used.dm_channel, used.private_channel),
    ) == USED.get(command.name, EVERYWHERE)


def chat(name: str, **options: str | bool) -> dict[str, Any]:
    kinds = {str: 3, bool: 5}
    given = [{"name": k, "type": kinds[type(v)], "value": v} for k, v in options.items()]
    return {"name": name, "type": 1, "options": given}


def within(group: str, name: str) -> dict[str, Any]:
    return {"name": group, "type": 1, "options": [{"name": name, "type": 1, "options": []}]}


def menu(name: str) -> dict[str, Any]:
    message = {
        "id": "8000",
        "channel_id": "6000",
        "author": ASKER,
        "content": CHANGED,
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        **{name: [] for name in ("mentions", "mention_roles", "attachments", "embeds")},
        "pinned": False,
        "type": 0,
    }
    return {
        "name": name,
        "type": 3,
        "target_id": "8000",
        "resolved": {"messages": {"8000": message}},
    }


ASKED: list[tuple[dict[str, Any], str]] = [
    (chat("ask", query=KNOWN_QUERY), "On record"),
    (chat("ask", query=KNOWN_QUERY, private=True), "On record"),
    (chat("verify", quote=CHANGED), "Altered"),
    (menu("Find the official answer"), "on record"),
    (menu("Check this quote"), "Altered"),
    (chat("timeline", query="Russia"), "in order of date"),
    (chat("sources"), "Transcripts on record: 2"),
    (chat("about"), "2 transcripts"),
    (chat("replies", plain=False), "shown in boxes from now on"),
    (within("privacy", "show"), "Your choice of replies: boxes"),
    (within("privacy", "forget"), "is erased"),
]
TO_ALL = "Show to everybody"


async def use_all(discord: LoopbackDiscord, where: dict[str, Any]) -> list[str]:
    """The replies to all commands, one after the other."""
    told = []
    for number, (command, _) in enumerate(ASKED, 5000):
        await discord.use({"id": "4000", **command}, number, ASKER, **where)
        while str(number) not in discord.replied_at:
            await discord.replied.wait()
            discord.replied.clear()
        told.append(json.dumps(discord.replies[-1], ensure_ascii=False))
    return told


@pytest.mark.parametrize("where", ELSEWHERE.values(), ids=ELSEWHERE)
async def test_those_who_installed_it_for_themselves_are_answered(
    record_path: Path, where: dict[str, Any]
) -> None:
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        told = await use_all(discord, where)
        bot.terminate()
        await bot.communicate()
    for (command, said), reply in zip(ASKED, told, strict=True):
        assert said.casefold() in reply.casefold(), command["name"]
    public, private = told[:2]
    assert TO_ALL not in public
    assert TO_ALL in private


def test_all_that_is_for_everybody_was_asked() -> None:
    for_everybody = {command.name for command in COMMANDS} - USED.keys()
    assert {command["name"] for command, _ in ASKED} == for_everybody
