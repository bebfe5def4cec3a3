"""A database locked, removed or without room, a clock that jumps: the bot keeps what it has."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.standing import Standing
from bot.state import State, StateError
from corpus.load import load_record
from tests.bot.world import OpenWorld, texts
from tests.conftest import REPOSITORY

ANN = 123456789012345678
NEVER_SAID = "zebra crossings in Antarctica"


@contextmanager
def locked(path: Path, how: str) -> Iterator[None]:
    """Another process's hold: “IMMEDIATE” keeps writers out, “EXCLUSIVE” everybody."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        if how == "EXCLUSIVE":
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


async def test_a_query_is_answered_while_another_process_writes(
    open_world: OpenWorld, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world() as world:
        with locked(tmp_path / "state.db", "IMMEDIATE"):
            reply = await world.member.slash(world.channel, "ask", query=NEVER_SAID)
        assert "Nothing on record" in texts(reply.response)
    assert "an unanswered query was not kept" in caplog.text
    assert NEVER_SAID not in caplog.text


async def test_a_query_is_kept_only_when_it_is_answered(open_world: OpenWorld) -> None:
    sent: list[int] = []
    async with open_world() as world:
        keep = world.client.state.note_unanswered

        def note(user: int, query: str) -> None:
            sent.append(len(world.requests("PATCH", "@original")))
            keep(user, query)

        world.client.state.note_unanswered = note  # type: ignore[method-assign]
        for number, command in enumerate(("ask", "timeline"), 1):
            await world.member.slash(world.channel, command, query=NEVER_SAID)
            assert sent == list(range(1, number + 1))
        (kept,) = world.client.state.unanswered(30)
        assert kept.query == NEVER_SAID


def test_what_was_read_before_holds_while_nothing_can_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state = State(tmp_path / "state.db")
    state.withdraw(ANN, "bf31fd67f5bb-3480-4040", "wrong speaker")
    standing = Standing(state, tmp_path / "record.db")
    standing.refresh()
    held = standing.withdrawals.spans("bf31fd67f5bb")
    assert held
    with locked(tmp_path / "state.db", "EXCLUSIVE"):
        standing.refresh()
        assert standing.withdrawals.spans("bf31fd67f5bb") == held
    assert "going on with what was read before" in caplog.text


def test_a_database_that_was_removed_is_not_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """In a new one nothing would be withdrawn."""
    path = tmp_path / "state.db"
    state = State(path)
    state.withdraw(ANN, "bf31fd67f5bb-3480-4040", "wrong speaker")
    standing = Standing(state, tmp_path / "record.db")
    for file in tmp_path.glob("state.db*"):
        file.rename(tmp_path / f"away-{file.name}")
    for _ in range(3):
        standing.look()
        with pytest.raises(StateError, match=r"state\.db: can't be used \(unable to open"):
            state.note_unanswered(ANN, NEVER_SAID)
    assert not path.exists()
    assert standing.withdrawals.spans("bf31fd67f5bb")
    assert caplog.text.count("going on with what was read before") == 1
    for file in tmp_path.glob("away-*"):
        file.rename(tmp_path / file.name.removeprefix("away-"))
    standing.look()
    assert standing.is_current


FILL_THE_DISK = """
import sys
from pathlib import Path
from bot.standing import Standing
from bot.state import State, StateError
folder = Path(sys.argv[1])
state = State(folder / "state.db")
state.withdraw(1, "bf31fd67f5bb-3480-4040", "wrong speaker")
standing = Standing(state, folder / "record.db")
with (folder / "fill").open("wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(4096))
    except OSError:
        pass
standing.refresh()
assert not standing.is_current
assert standing.withdrawals.spans("bf31fd67f5bb")
try:
    state.withdraw(1, "bf31fd67f5bb-1-2", "not kept")
except StateError as error:
    print(error)
(folder / "fill").unlink()
standing.refresh()
assert standing.is_current
assert len(state.withdrawn()) == 1
"""


def test_what_was_read_before_holds_while_the_disk_is_full(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=1m none {tmp_path} || exit 77"
    run = f"{sys.executable} -c '{FILL_THE_DISK}' {tmp_path}"
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, of util-linux, to mount a small disk")
    command = ["unshare", "--mount", "sh", "-c", f"{mount}\n{run}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    if "permi" in done.stderr.lower():
        pytest.skip(f"needs the right to mount a small disk: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    assert "can't be used (" in done.stdout
    assert "full" in done.stdout


def test_the_record_is_never_taken_for_the_bot_s_own_database(record_path: Path) -> None:
    before = record_path.read_bytes()
    with pytest.raises(StateError, match=r"record\.db: is the record, or another program's; name"):
        State(record_path)
    assert record_path.read_bytes() == before


async def test_a_clock_that_jumps_changes_no_reply(
    open_world: OpenWorld, record_path: Path
) -> None:
    async with open_world() as world:
        told = []
        for year in (2026, 1990, 2090):  # a record dated before and after the one that serves
            at = dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()
            os.utime(record_path, (at, at))
            reply = await world.member.slash(world.channel, "ask", query="Are we closer to war?")
            told.append(texts(reply.response))
        assert "on record" in told[0].lower()
        assert told[0] == told[1] == told[2]


def test_files_dated_in_another_time_are_compared_by_what_they_hold(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "rain.txt"
    path.write_text("Q: Will it rain?\n\nMINISTER SMITH: It will rain on Tuesday.\n")
    os.utime(path, (4_000_000_000, 4_000_000_000))
    load_record(tmp_path / "record.db", [folder])
    path.write_text("Q: Will it rain?\n\nMINISTER SMITH: It will snow on Tuesday.\n")
    os.utime(path, (0, 0))
    assert load_record(tmp_path / "record.db").changed == ("rain.txt",)
