"""Health tells “connected, with a whole record” from “running”; metrics count and name nobody."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import get_args

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.health import UnwellError, ask_health
from bot.listen import start_listening
from bot.reload import reload_record
from corpus.errors import RecordError, SettingsError
from corpus.load import load_record
from corpus.record import Record
from corpus.verdict import VerdictKind
from tests.bot.test_run import running, start
from tests.bot.world import KNOWN_QUERY, OpenWorld, World


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def health_says(port: int) -> tuple[int | None, str]:
    """Exit code and words of the command that a container asks with."""
    asked = await start("", "health", ONRECORD_LISTEN=f"127.0.0.1:{port}")
    told, wrong = await asked.communicate()
    return asked.returncode, (told + wrong).decode()


async def test_a_running_bot_that_serves(record_path: Path) -> None:
    port = free_port()
    listen = f"127.0.0.1:{port}"
    async with (
        running(record_path, ONRECORD_LISTEN=listen) as (discord, bot),
        asyncio.timeout(60),
    ):
        while (await health_says(port))[0] != 0:  # ready some seconds after the gateway says so
            pass
        assert await health_says(port) == (0, "serving 2 transcripts over 1 connections\n")
        await discord.close()
        while (told := await health_says(port))[0] == 0:
            pass
        assert told == (1, "onrecord: Not connected to Discord: 0 of 1 connections.\n")
        bot.kill()
        await bot.wait()
        code, said = await health_says(port)
    assert code == 1
    assert said.startswith(f"onrecord: No bot answers on 127.0.0.1:{port}")


async def test_without_a_place_to_ask_it_says_what_to_set() -> None:
    asked = await start("", "health")
    _, wrong = await asked.communicate()
    assert asked.returncode == 1
    assert wrong.decode().startswith("onrecord: ONRECORD_LISTEN is not set; set it")


async def test_a_port_that_is_taken_is_told(open_world: OpenWorld) -> None:
    async with open_world() as world:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            host, port = taken.getsockname()
            with pytest.raises(SettingsError, match=f"can't listen on {host}:{port}"):
                await start_listening(world.client, host, port)


@asynccontextmanager
async def listening(world: World) -> AsyncIterator[tuple[ClientSession, str]]:
    runner = await start_listening(world.client, "127.0.0.1", 0)
    host, port = runner.addresses[0][:2]
    async with ClientSession() as session:
        yield session, f"http://{host}:{port}"
    await runner.cleanup()


async def test_an_empty_record_is_not_served(open_world: OpenWorld, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    load_record(tmp_path / "empty.db", [tmp_path / "empty"])
    async with (
        open_world(record=Record(tmp_path / "empty.db")) as world,
        listening(world) as (session, address),
        session.get(f"{address}/health") as told,
    ):
        assert told.status == 503
        assert (await told.json())["problem"] == "No transcript is on record."


async def figures(session: ClientSession, address: str) -> dict[tuple[str, str], float]:
    """Every sample by name and its label's value."""
    async with session.get(f"{address}/metrics") as told:
        assert told.status == 200
        text = await told.text()
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_metrics_count_what_happened(open_world: OpenWorld, record_path: Path) -> None:
    async with open_world(failing=True) as world, listening(world) as (session, address):
        before = await figures(session, address)
        await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        await world.member.slash(world.channel, "ask", query="!?")
        given = (
            "“We’ve been very clear with Russia.” He also said: “The bees of Norway are asleep.”"
        )
        await world.member.slash(world.channel, "verify", quote=given)
        await world.member.slash(world.channel, "verify", quote="!?")
        for topic in ("Russia", "sourdough bread", "the"):
            await world.member.slash(world.channel, "timeline", query=topic)
        await asyncio.to_thread(reload_record, world.client)
        after = await figures(session, address)
    outcomes = [("onrecord_asks_total", name) for name in ("quoted", "closest", "nothing")]
    assert sum(before[outcome] for outcome in outcomes) == 0
    assert sum(after[outcome] for outcome in outcomes) == 1
    assert after["onrecord_asks_total", "error"] == 1
    assert after["onrecord_ask_seconds_bucket", "+Inf"] == 2
    assert after["onrecord_ask_seconds_count", ""] == 2
    assert 0 < after["onrecord_ask_seconds_sum", ""] < 60
    verdicts = {name: after["onrecord_verdicts_total", name] for name in get_args(VerdictKind)}
    assert sum(verdicts.values()) == 2
    assert verdicts["not_found"] == 1
    assert after["onrecord_verify_seconds_count", ""] == 2
    for outcome in ("found", "nothing", "error"):
        assert after["onrecord_timelines_total", outcome] == 1
    assert after["onrecord_timeline_seconds_bucket", "+Inf"] == 3
    assert after["onrecord_reloads_total", "unchanged"] == 1
    assert after["onrecord_serving", ""] == 1
    assert after["onrecord_servers", ""] == 1
    assert after["onrecord_state_current", ""] == 1
    assert after["onrecord_gateway_connections", ""] == after["onrecord_gateway_shards", ""] == 1
    assert after["onrecord_record_transcripts", ""] == 2
    assert after["onrecord_record_bytes", ""] == record_path.stat().st_size
    assert after["onrecord_record_age_seconds", ""] >= 0


async def test_a_reload_that_failed_is_counted(open_world: OpenWorld, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    async with open_world(folders=(gone,)) as world:
        with pytest.raises(RecordError, match="no such folder"):
            await asyncio.to_thread(reload_record, world.client)
        assert world.client.figures.reloads == {"failed": 1}


def test_something_else_that_answers_is_not_taken_for_the_bot() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UnwellError, match="No bot answers"):
            ask_health(*other.getsockname())
