"""A world for each test of the bot; what it sends is held against Discord's rules."""

from __future__ import annotations

import asyncio
import inspect
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.place import Address, Place
from bot.run import make_client
from bot.shards import Shards
from corpus.load import SHIPPED_FOLDER, load_record
from corpus.record import Record
from tests.bot.discord_rules import DiscordRules, discord_rules
from tests.bot.postgres_server import PostgresServer, find_programs, serving
from tests.bot.world import OpenWorld, World, make_settings

PATIENCE_SECONDS = 60.0  # a reload on a busy machine takes longer than SimCord's 5


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in an event loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(scope="session")
def rules(shared_or_none: Path | None) -> DiscordRules:
    """Discord's rules for requests; its API description counts where it is at hand."""
    return discord_rules(shared_or_none and shared_or_none / "discord" / "openapi.json")


@pytest.fixture
def record_path(seed_record_path: Path, tmp_path: Path) -> Path:
    """A record of the shipped transcripts that a test may change."""
    return Path(shutil.copy(seed_record_path, tmp_path / "record.db"))


@pytest.fixture
def live_record(record_path: Path) -> Iterator[Record]:
    """The live handle on it."""
    record = Record(record_path)
    yield record
    record.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the shipped transcripts, for a test to change."""
    return Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "transcripts"))


@pytest.fixture
def own_record(folder: Path, tmp_path: Path) -> Record:
    """A record of that folder, as it was."""
    load_record(tmp_path / "own.db", [folder])
    return Record(tmp_path / "own.db")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL; whoever stops it starts it again."""
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL's own programs, of Debian's package postgresql")
    with serving(programs) as server:
        yield server


@pytest.fixture
def shared_place(postgres: PostgresServer, tmp_path: Path) -> Address:
    """A database of the test's own in PostgreSQL."""
    return Address(postgres.make_database(), tmp_path / "state.key")


@pytest.fixture(params=["a file", "PostgreSQL"])
def either_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Each place that the bot's own database may lie in, one after the other."""
    if request.param == "a file":
        return tmp_path / "state.db"
    address: Address = request.getfixturevalue("shared_place")
    return address


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Where a world's own database lies; a module that tests both lets it be ``either_place``."""
    return tmp_path / "state.db"


@pytest.fixture
def open_world(live_record: Record, place: Place, rules: DiscordRules) -> OpenWorld:
    """Opens a world; when it closes, every request of the bot is held against Discord's rules."""

    @asynccontextmanager
    async def opened(
        *, shards: int = 1, record: Record = live_record, failing: bool = False, **settings: Any
    ) -> AsyncIterator[World]:
        changed = make_settings(place, **settings)
        client = make_client(changed, record, shards=Shards(0, shards - 1, shards))
        async with simcord.run(client, check_errors=False) as env:
            env.settle_timeout = PATIENCE_SECONDS
            guild = env.create_guild()
            channel = guild.create_text_channel("general")
            member = guild.add_member(env.create_user("ann"))
            yield World(env, client, guild, channel, member)
            sent, errors = list(env.http_requests), env.errors
        assert failing or not errors
        assert not refusals(rules, sent)

    return opened


def refusals(rules: DiscordRules, sent: list[Any]) -> list[str]:
    """What Discord would refuse of the requests."""
    return [
        f"{r.method} {r.path}: {problem}"
        for r in sent
        for problem in rules.problems(r.method, r.path, r.json)
    ]
