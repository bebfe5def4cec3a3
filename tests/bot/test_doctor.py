"""``onrecord check --discord``: what keeps people from being answered is named."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.doctor import missing_permissions
from corpus.load import SHIPPED_FOLDER, load_record
from tests.bot.loopback import APPLICATION, LoopbackDiscord
from tests.bot.test_admin import add_admin, give
from tests.bot.test_run import TOKEN, running, start
from tests.bot.world import OpenWorld, World, read, texts

ALL = discord.Permissions.all().value
SILENT = discord.Permissions(send_messages=True).value


@asynccontextmanager
async def served(**held: Any) -> AsyncIterator[LoopbackDiscord]:
    loopback = LoopbackDiscord(TOKEN, **held)
    await loopback.start()
    try:
        yield loopback
    finally:
        await loopback.close()


async def check(
    loopback: LoopbackDiscord, record: Path, *arguments: str, token: str = TOKEN
) -> tuple[int | None, str, str]:
    """Exit code, what it printed, and what it complained of."""
    process = await start(
        f"http://127.0.0.1:{loopback.port}",
        *("check", "--discord", *arguments),
        DISCORD_TOKEN=token,
        ONRECORD_RECORD=str(record),
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    assert TOKEN.encode() not in out + err
    return process.returncode, out.decode(), err.decode()


async def test_a_bot_that_has_never_run_lacks_its_commands(record_path: Path) -> None:
    async with served() as loopback:
        code, _, wrong = await check(loopback, record_path)
        assert code == 1
        assert "Commands that differ:" in wrong
        assert "ask" in wrong
        assert "timeline" in wrong
        assert "start the bot again" in wrong
        assert loopback.held == []
        assert not loopback.ready.is_set()


async def test_after_a_start_all_is_well(record_path: Path) -> None:
    async with running(record_path) as (loopback, bot):
        bot.terminate()
        await bot.communicate()
        loopback.guilds = [{"id": "7", "name": "Here", "permissions": str(ALL)}]
        code, told, wrong = await check(loopback, record_path)
    assert (code, wrong) == (0, "")
    assert told.splitlines() == [
        "Commands that differ: none",
        "Permissions missing in servers: none",
        "Interactions sent elsewhere: none",
        "Privileged intents without need: none",
    ]


async def test_what_is_wrong_is_named_with_what_to_do(record_path: Path) -> None:
    application = {
        **APPLICATION,
        "flags": discord.ApplicationFlags(gateway_message_content_limited=True).value,
        "interactions_endpoint_url": "https://example.org/interactions",
    }
    guilds = [
        {"id": str(at), "name": f"Server {at}", "permissions": str(SILENT if at == 250 else ALL)}
        for at in range(1, 260)
    ]
    async with served(application_told=application, guilds=guilds) as loopback:
        code, told, wrong = await check(loopback, record_path)
    assert code == 1
    assert "Permissions missing in servers: Server 250: Embed Links" in told
    assert told.count("Server ") == 1
    assert "Privileged intents without need: Message Content – switch them off" in wrong
    assert "Interactions sent elsewhere: https://example.org/interactions – empty" in wrong


async def test_the_transcript_without_a_date_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "transcripts"))
    first = min(folder.glob("*.toml"))
    first.unlink()
    load_record(tmp_path / "own.db", [folder])
    async with served() as loopback:
        _, told, _ = await check(loopback, tmp_path / "own.db", "--json")
        findings = [json.loads(line) for line in told.splitlines()]
        (undated,) = [each for each in findings if each["name"] == "No date"]
        assert undated["found"] == [first.with_suffix(".txt").name]
        assert not undated["is_wrong"]
        _, told, _ = await check(loopback, tmp_path / "own.db", str(folder))
    assert f"No date: {first.with_suffix('.txt').name} – state it in the .toml beside it" in told
    assert "2 documents, 0 can’t be used" in told


async def test_a_token_that_discord_refuses_is_told(record_path: Path) -> None:
    async with served() as loopback:
        code, told, wrong = await check(loopback, record_path, token="another.token")  # noqa: S106
    assert (code, told) == (1, "")
    assert wrong.startswith("onrecord: DISCORD_TOKEN: Discord refuses this token")
    assert wrong.count("\n") == 1


async def status(world: World) -> str:
    admin = add_admin(world)
    give(world, curators=frozenset({admin.id}))
    return read(texts((await admin.slash(world.channel, "record status")).response))


async def test_status_tells_the_same_in_discord(open_world: OpenWorld) -> None:
    async with open_world() as world:
        shown = await status(world)
    for name in (
        "Commands that differ",
        "Permissions missing in servers",
        "Interactions sent elsewhere",
        "Privileged intents without need",
    ):
        assert f"{name}: none" in shown


async def test_status_says_what_discord_did_not_tell(open_world: OpenWorld) -> None:
    async with open_world() as world:
        world.env.inject_error("GET", "/users/@me/guilds", status=403, code=0, times=1)
        shown = await status(world)
    assert "in servers: not known, Discord answered 403" in shown
    assert "Commands that differ: none" in shown


@pytest.mark.parametrize(
    ("granted", "missing"),
    [
        (discord.Permissions(administrator=True), 0),
        (discord.Permissions(embed_links=True, attach_files=True), 0),
        (discord.Permissions(attach_files=True), 1),
        (discord.Permissions.none(), 2),
    ],
)
def test_an_administrator_lacks_nothing(granted: discord.Permissions, missing: int) -> None:
    assert len(missing_permissions(granted)) == missing
