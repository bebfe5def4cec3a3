"""Two real processes that share a bot's connections: what is done in one holds in both."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.client import OnrecordClient
from bot.follow import CatchingUp
from bot.kept import News
from bot.news import RecordNews
from bot.place import Address, Place
from bot.run import make_client
from bot.state import State, StateError
from corpus.load import load_record
from corpus.record import Record
from tests.bot.loopback import ASKER, BOT, LoopbackDiscord
from tests.bot.places import environ_of, opened, run_sql
from tests.bot.postgres_server import PASSWORD, WRITTEN, PostgresServer
from tests.bot.test_run import ELSEWHERE, TOKEN, ready_or_gone, running, start, stopped
from tests.bot.world import KNOWN_QUERY, make_settings
from tests.conftest import REPOSITORY

NEW = (
    "Q: Will the harvest festival of Zanzibar be moved?\n\nMINISTER SMITH: The harvest festival of\
 Zanzibar will not be moved this year, whatever the weather.\n"
)
NEW_QUERY, NEW_WORDS = "Will the harvest festival of Zanzibar be moved?", "will not be moved this"
ANN = 123456789012345678


@dataclass
class Pair:
    """A Discord with two shards, and a process for each."""

    discord: LoopbackDiscord
    bots: list[asyncio.subprocess.Process] = field(default_factory=list)
    logs: list[str] = field(default_factory=lambda: ["", ""])
    numbers: Iterator[int] = field(default_factory=lambda: count(5000))

    async def ask(self, shard: int, query: str) -> str:
        """What a person reads who asks in a server of this shard."""
        return await self.use(shard, "ask", ASKER, {"name": "query", "type": 3, "value": query})

    async def curate(self, shard: int, command: str, **options: str) -> str:
        """What the owner reads who uses a command of ``/record`` there."""
        told = [{"name": name, "type": 3, "value": value} for name, value in options.items()]
        return await self.use(shard, "record", BOT, {"name": command, "type": 1, "options": told})

    async def use(self, shard: int, name: str, user: dict[str, Any], option: dict[str, Any]) -> str:
        number, place = next(self.numbers), ELSEWHERE["a server that has not installed it"]
        server = str((7000 + shard) << 22)
        where = {**place, "guild_id": server, "guild": {**place["guild"], "id": server}}
        where["channel"] = {**place["channel"], "guild_id": server}
        where["member"] = {**place["member"], "user": user}
        command = {"id": "4000", "name": name, "type": 1, "options": [option]}
        assert self.discord.shard_of(server) == shard
        await self.discord.use(command, number, user, **where)
        while str(number) not in self.discord.replied_at:
            await self.discord.replied.wait()
            self.discord.replied.clear()
        return json.dumps(self.discord.replies[-1], ensure_ascii=False)

    async def wait_for_log(self, shard: int, words: str, times: int = 1) -> None:
        """Until the process of this shard has logged ``words`` so many times."""
        stream = self.bots[shard].stderr
        while self.logs[shard].count(words) < times:
            assert stream is not None
            self.logs[shard] += (await stream.readline()).decode()

    async def ask_until(self, shard: int, query: str, words: str) -> str:
        """The first reply in which ``words`` stand."""
        while words not in (reply := await self.ask(shard, query)):
            pass
        return reply


@asynccontextmanager
async def serving_pair(
    place: Place, records: list[Path], folders: list[Path | None]
) -> AsyncIterator[Pair]:
    """Both processes, until the end of the block; then what they logged is kept."""
    pair = Pair(LoopbackDiscord(TOKEN, shards=2))
    await pair.discord.start()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(pair.discord.close)
        for shard, (record, folder) in enumerate(zip(records, folders, strict=True)):
            environ = {"ONRECORD_FOLDERS": str(folder)} if folder else {}
            bot = await start(
                f"http://127.0.0.1:{pair.discord.port}",
                *("run", "--shards", f"{shard}/2"),
                DISCORD_TOKEN=TOKEN,
                ONRECORD_RECORD=str(record),
                **environ_of(place),
                **environ,
            )
            stack.push_async_callback(gone, bot)
            pair.bots.append(bot)
        async with asyncio.timeout(60):
            await ready_or_gone(pair.discord, pair.bots[0])
        yield pair
        for shard, bot in enumerate(pair.bots):
            bot.terminate()
            _, told = await bot.communicate()
            pair.logs[shard] += told.decode()
            assert bot.returncode == 0, pair.logs[shard]
            assert "Traceback" not in pair.logs[shard], pair.logs[shard]


async def gone(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is None:
        bot.kill()
        await bot.communicate()


@pytest.fixture
def records(tmp_path: Path, folder: Path) -> list[Path]:
    """Each host's own record of the same transcripts."""
    paths = [tmp_path / name / "record.db" for name in ("one", "other")]
    load_record(paths[0], [folder])
    paths[1].parent.mkdir()
    shutil.copy(*paths)
    return paths


async def test_a_reload_in_one_is_served_by_both(
    either_place: Place, records: list[Path], folder: Path
) -> None:
    async with (
        asyncio.timeout(120),
        serving_pair(either_place, records, [folder, folder]) as pair,
    ):
        assert NEW_WORDS not in await pair.ask(0, NEW_QUERY)
        (folder / "new.txt").write_text(NEW)
        assert "1 added" in await pair.curate(1, "reload")
        await pair.ask_until(1, NEW_QUERY, NEW_WORDS)
        await pair.ask_until(0, NEW_QUERY, NEW_WORDS)
    assert "reloaded: 1 added" in pair.logs[0]
    assert "serving the record that another process put in place" in pair.logs[0]


async def test_a_host_that_is_given_copies_of_the_record_makes_none_of_its_own(
    shared_place: Address, records: list[Path], folder: Path
) -> None:
    """Its record names the folders of another host; what stands there is not what is on record."""
    async with (
        asyncio.timeout(120),
        serving_pair(shared_place, records, [folder, None]) as pair,
    ):
        (folder / "new.txt").write_text(NEW)
        assert "1 added" in await pair.curate(0, "reload")
        await pair.wait_for_log(1, f"waiting for a copy of it at {records[1]}")
        given = records[1].with_suffix(".part")
        assert NEW_WORDS not in await pair.ask(1, NEW_QUERY)
        shutil.copy(records[0], given).replace(records[1])
        await pair.ask_until(1, NEW_QUERY, NEW_WORDS)
    assert "reloaded" not in pair.logs[1]


def load_by_hand(record: Path, folder: Path) -> None:
    """“onrecord load” in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from bot.main import main; main()", "load", folder],
        env={**os.environ, "ONRECORD_RECORD": str(record)},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 added" in done.stdout


async def test_a_load_by_hand_is_served_by_those_beside_it_and_told_to_the_others(
    either_place: Place, records: list[Path], folder: Path
) -> None:
    async with (
        asyncio.timeout(120),
        serving_pair(either_place, records, [folder, folder]) as pair,
    ):
        assert NEW_WORDS not in await pair.ask(0, NEW_QUERY)
        (folder / "new.txt").write_text(NEW)
        await asyncio.to_thread(load_by_hand, records[0], folder)
        await pair.wait_for_log(0, f"serving the record that was put in place at {records[0]}")
        assert NEW_WORDS in await pair.ask(0, NEW_QUERY)
        await pair.ask_until(1, NEW_QUERY, NEW_WORDS)
    assert "reloaded" not in pair.logs[0]
    assert "reloaded: 1 added" in pair.logs[1]
    assert "put in place at" not in pair.logs[1], "it made that one itself"


async def test_a_broken_record_put_in_place_by_hand_is_refused_until_a_whole_one_is_there(
    record_path: Path, folder: Path, tmp_path: Path
) -> None:
    (folder / "new.txt").write_text(NEW)
    load_record(tmp_path / "whole.db", [folder])
    half = tmp_path / "half.db"
    half.write_bytes((tmp_path / "whole.db").read_bytes()[:65536])
    async with running(record_path) as (discord, bot), asyncio.timeout(60):
        pair = Pair(discord, [bot])
        half.replace(record_path)
        await pair.wait_for_log(0, f"{record_path}: is damaged or not all there; put a whole copy")
        for _ in range(3):
            assert "on record" in (await pair.ask(0, KNOWN_QUERY)).lower()
        (tmp_path / "whole.db").replace(record_path)
        await pair.wait_for_log(0, f"serving the record that was put in place at {record_path}")
        assert NEW_WORDS in await pair.ask(0, NEW_QUERY)
        bot.terminate()
        told = pair.logs[0] + (await bot.communicate())[1].decode()
    assert told.count("The last whole record goes on serving.") == 1
    assert "Traceback" not in told


async def test_a_withdrawal_and_a_choice_in_one_hold_in_both(
    either_place: Place, records: list[Path]
) -> None:
    async with asyncio.timeout(120), serving_pair(either_place, records, [None, None]) as pair:
        for is_plain in (True, False):
            plain = {"name": "plain", "type": 5, "value": is_plain}
            await pair.use(0, "replies", ASKER, plain)
            reply = await pair.ask(1, KNOWN_QUERY)
            assert ('"embeds": [{' not in reply) == is_plain
        (name,) = re.findall(r"[0-9a-f]{12}-\d+-\d+", reply)[:1]
        await pair.curate(0, "withdraw", quote=name, reason="It was cut wrongly.")
        assert name not in await pair.ask(1, KNOWN_QUERY)


async def test_a_withdrawal_in_one_holds_in_both_while_postgresql_is_away_or_silent(
    postgres: PostgresServer, shared_place: Address, records: list[Path], folder: Path
) -> None:
    async with (
        asyncio.timeout(120),
        serving_pair(shared_place, records, [folder, folder]) as pair,
    ):
        (name,) = re.findall(r"[0-9a-f]{12}-\d+-\d+", await pair.ask(0, KNOWN_QUERY))[:1]
        told = await pair.curate(1, "withdraw", quote=name, reason="It was cut wrongly.")
        assert f"Withdrawn: quote {name}" in told
        for shard in (0, 1):
            assert name not in await pair.ask(shard, KNOWN_QUERY)
        assert "over 1 connection of 2" in await pair.curate(0, "status")
        postgres.stop()
        try:
            for shard in (0, 1, 0, 1):
                reply = await pair.ask(shard, KNOWN_QUERY)
                assert "on record" in reply
                assert name not in reply
            told = await pair.curate(0, "withdraw", quote=name, reason="Another reason.")
            assert "can't be kept" in told
        finally:
            postgres.start()
        for shard in (0, 1):
            while "can't be kept" in (told := await pair.curate(shard, "settings")):
                pass
            assert "Withdrawn quotes: 1" in told
            await pair.wait_for_log(shard, "the bot's own database can be read again", 1)
        for shard in (0, 1):
            assert name not in await pair.ask(shard, KNOWN_QUERY)
        postgres.signal(signal.SIGSTOP)
        try:
            for shard in (0, 1, 0, 1):
                reply = await pair.ask(shard, KNOWN_QUERY)
                assert "on record" in reply
                assert name not in reply
        finally:
            postgres.signal(signal.SIGCONT)
        for shard in (0, 1):
            while "can't be kept" in (told := await pair.curate(shard, "settings")):
                pass
            assert "Withdrawn quotes: 1" in told
            await pair.wait_for_log(shard, "the bot's own database can be read again", 2)
    with opened(shared_place) as state:
        assert state.withdrawn() == {name: "It was cut wrongly."}
        assert [each.action for each in state.audited()] == ["withdrew"]
    for log in pair.logs:
        told_away = log.count("going on with what was read before")
        assert told_away == log.count("the bot's own database can be read again")
        assert 2 <= told_away <= 4, "told once each time, not at every look"
    for told in (*pair.logs, json.dumps(pair.discord.sent)):
        assert WRITTEN not in told
        assert PASSWORD not in told


async def test_without_its_database_it_says_so_and_does_not_start(
    shared_place: Address, records: list[Path]
) -> None:
    """It could not know what is withdrawn."""
    away = Address(re.sub(r":\d+/", ":9/", shared_place.url), shared_place.key)
    code, told = await stopped(
        "http://127.0.0.1:9",
        DISCORD_TOKEN=TOKEN,
        ONRECORD_RECORD=str(records[0]),
        **environ_of(away),
    )
    assert code == 1
    assert re.search(r"^onrecord: postgresql://127\.0\.0\.1:9/test_\w+: can't be used", told, re.M)
    assert "Traceback" not in told
    assert WRITTEN not in told


async def test_a_process_that_starts_late_catches_up(
    shared_place: Address, records: list[Path], folder: Path
) -> None:
    """The word went out while it was down."""
    (folder / "new.txt").write_text(NEW)
    load_record(records[0], [folder])
    with Record(records[0]).reading() as reader, opened(shared_place) as state:
        state.tell_record(reader.digest())
    async with (
        asyncio.timeout(120),
        serving_pair(shared_place, records, [folder, folder]) as pair,
    ):
        for shard in (0, 1):
            await pair.ask_until(shard, NEW_QUERY, NEW_WORDS)
    assert "reloaded" not in pair.logs[0]
    assert "reloaded: 1 added" in pair.logs[1]


# ------------------------------------------------------------------ one process, step by step


@pytest.fixture
def client(either_place: Place, records: list[Path], folder: Path) -> Iterator[OnrecordClient]:
    """Not connected; it serves the first record."""
    with closing(Record(records[0])) as record:
        client = make_client(make_settings(either_place, folders=(folder,)), record)
        yield client
        client.state.close()


def tell(place: Place, at: str, digest: str) -> None:
    """Another process told at that time of its record."""
    run_sql(place, "DELETE FROM news WHERE name = 'record'")
    run_sql(place, "INSERT INTO news (name, told) VALUES ('record', ?)", f"{at} {digest}")


def test_what_was_told_before_the_record_was_built_is_past(
    client: OnrecordClient, caplog: pytest.LogCaptureFixture
) -> None:
    tell(client.state.place, "2020-01-01T00:00:00+00:00", "an older one")
    client.standing.refresh()
    CatchingUp(client).step()
    assert client.figures.reloads.total() == 0
    assert caplog.text == ""


def test_a_record_that_stays_another_is_told_once(
    client: OnrecordClient, caplog: pytest.LogCaptureFixture
) -> None:
    catching_up = CatchingUp(client)
    for digest in ("first", "second"):
        tell(client.state.place, "2020-01-01T00:00:00+00:00", digest)
        client.standing.refresh()
        for _ in range(3):
            catching_up.step()
    assert client.figures.reloads == {"unchanged": 1}
    assert caplog.text.count("give all hosts the same transcripts") == 1


def test_transcripts_that_arrive_after_the_word_are_waited_for(
    client: OnrecordClient, folder: Path
) -> None:
    (folder / "new.txt").write_text(NEW)
    load_record(client.record.path.with_name("theirs.db"), [folder])
    (folder / "new.txt").rename(folder / "new.part")
    theirs = Record(client.record.path.with_name("theirs.db"))
    with closing(theirs), theirs.reading() as reader:
        digest = reader.digest()
    tell(client.state.place, "2999-01-01T00:00:00+00:00", digest)
    client.standing.refresh()
    catching_up = CatchingUp(client)
    for _ in range(3):
        catching_up.step()
    assert client.figures.reloads == {"unchanged": 1}, "the next try waits"
    (folder / "new.part").rename(folder / "new.txt")
    while not client.figures.reloads["changed"]:
        catching_up.step()
    with client.record.reading() as reader:
        assert reader.digest() == digest


def test_a_word_that_can_t_be_given_is_given_later(
    postgres: PostgresServer, shared_place: Address, records: list[Path]
) -> None:
    with opened(shared_place) as state, closing(Record(records[0])) as record:
        news = RecordNews(state, record)
        postgres.stop()
        try:
            news.tell()
        finally:
            postgres.start()
        while state_news(state).record is None:
            with suppress(StateError):
                news.tell_untold()
        with record.reading() as reader:
            assert state.news().record == reader.digest()


def state_news(state: State) -> News:
    """What is told once it can be read."""
    while True:
        with suppress(StateError):
            return state.news()
