"""The real process: starts, answers, stops when told to, and says in a sentence why it can't."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from corpus.load import SHIPPED_FOLDER
from tests.bot.loopback import ELSEWHERE, LoopbackDiscord
from tests.bot.places import opened, run_sql
from tests.bot.world import KNOWN_QUERY
from tests.conftest import REPOSITORY

TOKEN = "a.simulated.token"  # noqa: S105 - nobody's
# The unmodified command; only the address of Discord is the loopback's.
PROGRAM = """
import sys, discord.gateway, discord.http, yarl
discord.http.Route.BASE = sys.argv.pop(1)
gateway = discord.http.Route.BASE.replace("http", "ws", 1) + "/ws"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
from bot.main import main
main()
"""


async def start(address: str, *arguments: str, **environ: str) -> asyncio.subprocess.Process:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM, address, *arguments),
        cwd=REPOSITORY,
        env={**kept, "PYTHONPATH": str(REPOSITORY), **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


def kept_beside(record: Path) -> dict[str, str]:
    """The record, and the bot's own database beside it."""
    return {"ONRECORD_RECORD": str(record), "ONRECORD_STATE": str(record.with_name("state.db"))}


@asynccontextmanager
async def running(
    record: Path,
    *arguments: str,
    refusals: Sequence[int] = (),
    shards: int = 1,
    **environ: str,
) -> AsyncIterator[tuple[LoopbackDiscord, asyncio.subprocess.Process]]:
    """The real process before a Discord on loopback, which finds no fault with what it is sent."""
    discord = LoopbackDiscord(TOKEN, list(refusals), shards=shards)
    await discord.start()
    bot = await start(
        f"http://127.0.0.1:{discord.port}",
        *("run", *arguments),
        DISCORD_TOKEN=TOKEN,
        **kept_beside(record),
        **environ,
    )
    try:
        async with asyncio.timeout(60):
            await ready_or_gone(discord, bot)
        yield discord, bot
        assert discord.breaches() == []
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()
        await discord.close()


async def ready_or_gone(discord: LoopbackDiscord, bot: asyncio.subprocess.Process) -> None:
    ready, gone = asyncio.create_task(discord.ready.wait()), asyncio.create_task(bot.wait())
    await asyncio.wait({ready, gone}, return_when=asyncio.FIRST_COMPLETED)
    if not ready.done():
        assert bot.stderr is not None
        pytest.fail((await bot.stderr.read()).decode())
    gone.cancel()


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_it_answers_and_stops_cleanly(record_path: Path, name: signal.Signals) -> None:
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        await discord.ask(KNOWN_QUERY)
        await discord.replied.wait()
        bot.send_signal(name)
        _, told = await bot.communicate()
        await discord.left.wait()
    assert discord.replies[0]["type"] == 5
    assert "On record" in discord.replies[1]["content"]
    assert bot.returncode == 0, told
    assert discord.close_code == 1000
    assert b"Traceback" not in told
    assert TOKEN.encode() not in told


async def test_old_queries_are_erased_though_no_curator_looks(record_path: Path) -> None:
    with opened(record_path.with_name("state.db")) as state:
        for query in ("an old query", "a new one"):
            state.note_unanswered(1, query)
        run_sql(
            state.place,
            "UPDATE unanswered SET asked_on = ? WHERE query = ?",
            "2020-01-01",
            "an old query",
        )
        async with running(record_path) as (_, bot), asyncio.timeout(60):
            bot.terminate()
            await bot.communicate()
        assert state.held(1).unanswered == ("a new one",)


async def test_a_stop_waits_for_the_reply_under_way(record_path: Path) -> None:
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        await discord.ask(KNOWN_QUERY)
        await discord.acknowledged.wait()
        bot.send_signal(signal.SIGTERM)
        await discord.replied.wait()
        await bot.communicate()
    assert bot.returncode == 0
    assert "On record" in discord.replies[1]["content"]


async def test_two_shards_serve_their_servers(record_path: Path) -> None:
    asked = {}
    async with running(record_path, shards=2) as (discord, bot), asyncio.timeout(60):
        assert set(discord.gateways) == {0, 1}
        place = ELSEWHERE["a server that has not installed it"]
        for number in (0, 1):
            server = str((7000 + number) << 22)
            channel = {**place["channel"], "guild_id": server}
            where = {**place, "guild_id": server, "channel": channel}
            where["guild"] = {**place["guild"], "id": server}
            asked[str(5000 + number)] = discord.shard_of(server)
            await discord.ask(KNOWN_QUERY, 5000 + number, **where)
        while discord.replied_at.keys() != asked.keys():
            await discord.replied.wait()
            discord.replied.clear()
        bot.terminate()
        await bot.communicate()
    assert set(asked.values()) == {0, 1}
    assert bot.returncode == 0
    said = [reply["content"] for reply in discord.replies if "content" in reply]
    assert sum("On record" in content for content in said) == 2


async def test_nobody_waits_in_vain_while_the_record_is_swapped(
    record_path: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "transcripts"))
    document = min(folder.glob("*.txt"))
    document.write_bytes(document.read_bytes() + b"\n")
    asked = {str(number) for number in range(6000, 6020)}
    async with (
        running(record_path, ONRECORD_FOLDERS=str(folder)) as (discord, bot),
        asyncio.timeout(60),
    ):
        await discord.reload(9000)
        for number in asked:
            await discord.ask(KNOWN_QUERY, int(number))
        while not discord.replied_at.keys() >= {*asked, "9000"}:
            await discord.replied.wait()
            discord.replied.clear()
        bot.terminate()
        await bot.communicate()
    said = [reply["content"] for reply in discord.replies if "content" in reply]
    assert sum("On record" in content for content in said) == len(asked)
    assert sum("1 changed" in content for content in said) == 1


async def test_a_stop_waits_for_no_load(record_path: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "transcripts"))
    text = min(folder.glob("*.txt")).read_text(encoding="utf-8")
    for number in range(1000):
        (folder / f"{number}.txt").write_text(f"{text}\n\nQ: {number}?\n", encoding="utf-8")
    before = record_path.read_bytes()
    async with (
        running(record_path, ONRECORD_FOLDERS=str(folder)) as (discord, bot),
        asyncio.timeout(60),
    ):
        await discord.reload(9000)
        building = record_path.with_name(".record.db.building")
        while not await asyncio.to_thread(building.exists):
            pass
        bot.terminate()
        _, told = await bot.communicate()
    assert bot.returncode == 0
    assert b"not reloaded; the old record stays" in told
    assert b"Traceback" not in told
    assert "Not reloaded; the old record stays." in discord.replies[-1]["content"]
    assert record_path.read_bytes() == before


async def test_a_discord_that_goes_away_is_told_in_lines(record_path: Path) -> None:
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        assert bot.stderr is not None
        await discord.close()
        seen = ""
        while seen.count("Attempting a reconnect") < 2:
            seen += (await bot.stderr.readline()).decode()
        bot.terminate()
        seen += (await bot.communicate())[1].decode()
    assert "Cannot connect to host" in seen
    assert "Traceback" not in seen
    assert "voice" not in seen


@pytest.mark.parametrize("refusals", [[429], [429, 429], [500], [503, 429]])
async def test_a_discord_that_is_busy_is_asked_again(
    record_path: Path, refusals: list[int]
) -> None:
    async with running(record_path, refusals=refusals) as (discord, bot), asyncio.timeout(60):
        await discord.ask(KNOWN_QUERY)
        await discord.replied.wait()
        bot.terminate()
        await bot.communicate()
    assert "On record" in discord.replies[-1]["content"]


@pytest.mark.parametrize("refused", [[429], [500], [429, 500]])
async def test_an_acknowledgement_that_discord_was_too_busy_for_is_sent_again(
    record_path: Path, refused: list[int]
) -> None:
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        discord.refused_acknowledgements = list(refused)
        await discord.ask(KNOWN_QUERY)
        await discord.replied.wait()
        bot.terminate()
        await bot.communicate()
    assert "On record" in discord.replies[-1]["content"]


async def test_an_interaction_that_is_gone_costs_one_reply_only(record_path: Path) -> None:
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        discord.refused_acknowledgements = [404]
        await discord.ask(KNOWN_QUERY)
        await discord.refused.wait()
        await discord.ask(KNOWN_QUERY, 5001)
        await discord.replied.wait()
        bot.terminate()
        _, told = await bot.communicate()
    assert list(discord.replied_at) == ["5001"]
    assert b"Discord dropped an interaction" in told
    assert b"Traceback" not in told


@pytest.mark.parametrize("refusals", [[400, 400], [403, 403], [404]])
async def test_a_discord_that_refuses_costs_one_reply_only(
    record_path: Path, refusals: list[int]
) -> None:
    """The sentence that tells of it is refused as well; where a reply is gone, there is none."""
    async with running(record_path, refusals=refusals) as (discord, bot), asyncio.timeout(60):
        await discord.ask(KNOWN_QUERY)
        await discord.refused.wait()
        await discord.ask(KNOWN_QUERY, 5001)
        await discord.replied.wait()
        bot.terminate()
        await bot.communicate()
    assert bot.returncode == 0
    assert list(discord.replied_at) == ["5001"]


async def test_it_makes_the_record_where_there_is_none(tmp_path: Path) -> None:
    async with running(tmp_path / "new" / "record.db") as (discord, bot), asyncio.timeout(60):
        await discord.ask(KNOWN_QUERY)
        await discord.replied.wait()
        bot.terminate()
        await bot.communicate()
    assert bot.returncode == 0


async def stopped(address: str, *arguments: str, **environ: str) -> tuple[int | None, str]:
    async with asyncio.timeout(60):
        bot = await start(address, "run", *arguments, **environ)
        _, told = await bot.communicate()
    return bot.returncode, told.decode()


async def test_without_a_token_it_says_what_to_set_and_where_to_get_it() -> None:
    code, told = await stopped("http://127.0.0.1:9")
    assert code == 1
    assert told.startswith("onrecord: DISCORD_TOKEN is not set; set it to")
    assert "https://discord.com/developers/applications" in told
    assert told.count("\n") == 1


async def test_a_token_that_discord_refuses_is_told(record_path: Path) -> None:
    discord = LoopbackDiscord("another.token")
    await discord.start()
    code, told = await stopped(
        f"http://127.0.0.1:{discord.port}", DISCORD_TOKEN=TOKEN, **kept_beside(record_path)
    )
    await discord.close()
    assert code == 1
    assert "onrecord: DISCORD_TOKEN: Discord refuses this token" in told
    assert "Traceback" not in told
    assert TOKEN not in told


CLOSED = {
    4004: "onrecord: DISCORD_TOKEN: Discord refuses this token",
    4011: "onrecord: --shards: Discord wants more shards than these",
    4013: "onrecord: Discord ended the connection: ",
}


@pytest.mark.parametrize("code", CLOSED)
async def test_a_connection_that_discord_ends_for_good_is_told(
    record_path: Path, code: int
) -> None:
    """As after somebody has made a new token."""
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        assert bot.stderr is not None
        while b"serving as" not in await bot.stderr.readline():
            pass
        await discord.gateways[0].close(code=code)
        _, told = await bot.communicate()
    assert bot.returncode == 1
    assert CLOSED[code] in told.decode()
    assert b"Traceback" not in told


async def test_a_discord_that_is_ill_is_told(record_path: Path) -> None:
    discord = LoopbackDiscord(TOKEN, application_status=403)
    await discord.start()
    code, told = await stopped(
        f"http://127.0.0.1:{discord.port}", DISCORD_TOKEN=TOKEN, **kept_beside(record_path)
    )
    await discord.close()
    assert code == 1
    assert "onrecord: Discord can't serve this bot now (403 " in told
    assert "Traceback" not in told


async def test_a_discord_that_can_t_be_reached_is_told(record_path: Path) -> None:
    code, told = await stopped(
        "http://127.0.0.1:9", DISCORD_TOKEN=TOKEN, **kept_beside(record_path)
    )
    assert code == 1
    assert "onrecord: Discord can't be reached" in told
    assert "Traceback" not in told
