"""Backup, restore, upgrade and roll-back of the bot's own database, rehearsed on real files."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.backup import BackupError, back_up, put_back
from bot.place import Address, Place
from bot.state import State, StateError
from tests.bot.places import environ_of, opened
from tests.bot.postgres_server import PASSWORD, WRITTEN
from tests.bot.test_run import running
from tests.bot.world import KNOWN_QUERY
from tests.conftest import REPOSITORY

ANN, BOB = 123456789012345678, 223456789012345678


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "state.db"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def fill(state: State) -> None:
    state.choose_plain(ANN, True)
    state.note_unanswered(ANN, "what about the moon")
    state.withdraw(BOB, "q1", "wrong speaker")


def told(state: State) -> tuple[object, ...]:
    """All that the state tells of what was filled in."""
    return state.held(ANN), state.held(BOB), state.withdrawn(), state.audited()


MAIN = ("-c", "from bot.main import main; main()")


def onrecord(
    *arguments: object,
    state: Place,
    main: tuple[str, ...] = MAIN,
    cwd: Path = REPOSITORY,
    **environ: str,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *main, *map(str, arguments)],
        env={**os.environ, **environ_of(state), **environ},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_copy_put_back_on_an_empty_host_tells_the_same(path: Path, copies: Path) -> None:
    state = State(path)
    fill(state)
    before = told(state)
    done = onrecord("backup", copies, state=path)
    assert (done.returncode, done.stderr) == (0, "")
    copy = Path(done.stdout.strip())
    shutil.rmtree(path.parent)
    done = onrecord("restore", copy, state=path)
    assert (done.returncode, done.stderr) == (0, "")
    assert told(State(path)) == before, "people are found again: the key came back as well"
    assert path.stat().st_mode & 0o077 == 0
    assert copy.stat().st_mode & 0o077 == 0


def test_a_running_bot_sees_what_was_put_back(path: Path, copies: Path) -> None:
    state = State(path)
    fill(state)
    before = told(state)
    copy = back_up(path, copies, keep=3)
    state.withdraw(BOB, "q2", "another")
    put_back(copy, path, path.with_name("replaced"))
    assert told(state) == before
    (kept,) = path.with_name("replaced").glob("*.db")
    assert set(State(kept).withdrawn()) == {"q1", "q2"}


def test_a_copy_made_while_others_write_is_whole(either_place: Place, copies: Path) -> None:
    state = State(either_place)
    done = threading.Event()

    def write() -> None:
        for number in range(100_000):
            state.withdraw(ANN, f"q{number}", "")  # the quote and the audit, in one transaction
            if done.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    made = [back_up(either_place, copies, keep=100) for _ in range(20)]
    done.set()
    writer.join()
    state.close()
    for copy in made:
        with closing(sqlite3.connect(copy)) as db:
            quotes = db.execute("SELECT count(*) FROM withdrawn").fetchone()
            assert db.execute("SELECT count(*) FROM audit").fetchone() == quotes
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_only_the_newest_copies_stay(path: Path, copies: Path) -> None:
    fill(State(path))
    made = [back_up(path, copies, keep=3) for _ in range(5)]
    assert sorted(copies.glob("*.db")) == made[-3:]
    assert len(list(copies.iterdir())) == 6, "a key for each, nothing else"


def test_a_clock_that_jumped_back_costs_no_copy(path: Path, copies: Path) -> None:
    fill(State(path))
    copies.mkdir()
    for year in (2090, 2091, 2092):
        (copies / f"state-{year}0101T000000000000Z.db").touch()
    made = back_up(path, copies, keep=3)
    assert made.exists()
    assert len(list(copies.glob("*.db"))) == 3


def test_upgrade_roll_back_and_restore(path: Path, copies: Path) -> None:
    old = State(path)
    fill(old)
    before = told(old)
    copy = back_up(path, copies, keep=3)
    with closing(sqlite3.connect(path)) as newer:  # as a newer version leaves it
        newer.execute("ALTER TABLE withdrawn ADD COLUMN by TEXT")
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('onrecord', 'm999_of_a_newer_version', '2030-01-01')"
        )
        newer.commit()
    with pytest.raises(StateError, match="made by a newer version of Onrecord"):
        State(path)
    put_back(copy, path, path.with_name("replaced"))
    assert told(State(path)) == before


def test_a_copy_of_an_older_version_is_migrated_when_it_is_opened(path: Path, copies: Path) -> None:
    with closing(sqlite3.connect(_made(copies / "old.db"))) as db:
        db.executescript((Path(__file__).parent / "state_1.sql").read_text(encoding="utf-8"))
    (copies / "old.db.key").write_text("07" * 32)
    put_back(copies / "old.db", path, path.with_name("replaced"))
    state = State(path)
    assert state.withdrawn() == {"q1": "wrong speaker"}
    assert state.held(ANN).plain is True
    fill(state)


OLDER = "67f0410"  # the last whose state.db has fewer tables; its record is of another form too


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An older version's own program."""
    command = ["git", "-C", REPOSITORY, "archive", OLDER, "bot", "corpus"]
    if shutil.which("git") is None:
        pytest.skip("needs git")
    archived = subprocess.run(command, capture_output=True, check=False)
    if archived.returncode:
        pytest.skip(f"needs the history of the repository: {archived.stderr.decode().strip()}")
    folder = tmp_path / "older"
    folder.mkdir()
    with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


FILL_AS_OLDER = """
import sys
from pathlib import Path
from bot.state import State
State(Path(sys.argv[1])).withdraw(1, sys.argv[2], "wrong speaker")
"""


async def test_upgrade_roll_back_and_restore_with_an_older_version_s_own_program(
    older: Path, path: Path, copies: Path
) -> None:
    """As deploy/README.md tells: a copy by the old, the new, the old again with its copy."""
    record = path.with_name("record.db")

    def run_older(*arguments: object) -> subprocess.CompletedProcess[str]:
        program = arguments if arguments[0] == "-c" else (*MAIN, *arguments)
        return onrecord(*program, state=path, main=(), cwd=older, ONRECORD_RECORD=str(record))

    path.parent.mkdir()
    assert run_older("load").returncode == 0
    hidden = json.loads(run_older("ask", "--json", KNOWN_QUERY).stdout)["matches"][0]["id"]
    assert run_older("-c", FILL_AS_OLDER, path, hidden).returncode == 0
    copy = Path(run_older("backup", copies).stdout.strip())

    async with running(record) as (discord, bot), asyncio.timeout(60):
        await discord.ask(KNOWN_QUERY)
        await discord.replied.wait()
        bot.terminate()
        assert b"Traceback" not in (await bot.communicate())[1]
    assert "on record" in discord.replies[-1]["content"].lower()
    assert hidden not in str(discord.replies[-1])
    with opened(path) as state:
        state.withdraw(BOB, "q2", "after the upgrade")

    refused = run_older("-c", FILL_AS_OLDER, path, "q3")
    assert (
        "was made by a newer version of Onrecord; upgrade, or put back a backup" in refused.stderr
    )
    assert "newer version" in run_older("ask", KNOWN_QUERY).stderr
    record.unlink()
    assert run_older("load").returncode == 0
    assert run_older("restore", copy).returncode == 0
    assert run_older("-c", FILL_AS_OLDER, path, "q3").returncode == 0
    with opened(path) as state:
        assert set(state.withdrawn()) == {hidden, "q3"}


def _made(path: Path) -> Path:
    path.parent.mkdir()
    return path


DAMAGED = {
    "not there": lambda path: path.unlink(),
    "no database": lambda path: path.write_text("Dear Sir or Madam"),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:8192]),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_copy_is_refused_and_nothing_is_lost(path: Path, copies: Path, name: str) -> None:
    state = State(path)
    fill(state)
    before = told(state)
    bad = copies / "bad.db"
    back_up(path, copies, keep=1).rename(bad)
    DAMAGED[name](bad)
    done = onrecord("restore", bad, state=path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"onrecord: {bad}: ")
    assert done.stderr.count("\n") == 1
    assert told(state) == before


def test_nothing_to_copy_and_nowhere_to_copy_to_are_told(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=f"{path.name}: there is no such database"):
        back_up(path, tmp_path / "copies", keep=1)
    assert not list((tmp_path / "copies").iterdir())
    fill(State(path))
    (tmp_path / "file").write_text("x")
    with pytest.raises(BackupError, match="can't be copied"):
        back_up(path, tmp_path / "file", keep=1)


def test_a_copy_is_carried_from_a_file_to_postgresql_and_back(
    path: Path, copies: Path, shared_place: Address, tmp_path: Path
) -> None:
    state = State(path)
    fill(state)
    before = told(state)
    copy = back_up(path, copies, keep=3)
    with opened(shared_place) as others:
        others.withdraw(ANN, "q9", "of what is replaced")
    done = onrecord("restore", copy, state=shared_place)
    assert (done.returncode, done.stderr) == (0, "")
    assert WRITTEN not in done.stdout
    assert PASSWORD not in done.stdout
    with opened(shared_place) as carried:
        assert told(carried) == before, "people are found again: the key came along"
        carried.audit(ANN, "goes on")
    (kept,) = (tmp_path / "replaced").glob("*.db")
    assert set(State(kept).withdrawn()) == {"q9"}
    done = onrecord("backup", copies, state=shared_place)
    assert (done.returncode, done.stderr) == (0, "")
    put_back(Path(done.stdout.strip()), tmp_path / "again" / "state.db", tmp_path / "none")
    again = State(tmp_path / "again" / "state.db")
    assert again.withdrawn() == {"q1": "wrong speaker"}
    assert [each.action for each in again.audited()] == ["goes on", "withdrew"]
    assert again.held(ANN).plain is True


def test_a_copy_that_fails_halfway_changes_nothing(
    path: Path, copies: Path, shared_place: Address
) -> None:
    state = State(path)
    state.withdraw(ANN, "q1", "a NUL, which PostgreSQL has no place for: \0")
    copy = back_up(path, copies, keep=3)
    with opened(shared_place) as others:
        others.withdraw(ANN, "q9", "stays")
        with pytest.raises(BackupError, match="NUL"):
            put_back(copy, shared_place, copies)
        assert others.withdrawn() == {"q9": "stays"}
