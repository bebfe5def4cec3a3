"""state.db: what is kept survives, what is erased is gone, and nobody can be read out of it."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.state import Flag, Held, ServerChoices, State, StateError
from tests.conftest import REPOSITORY

ANN, BEA = 123456789012345678, 987654321098765432
QUOTE = "bf31fd67f5bb-1948-2616"


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "new" / "state.db")


def fill(state: State) -> None:
    """Everything that can be stored of somebody."""
    state.choose_plain(ANN, True)
    state.note_unanswered(ANN, "When will it end?")
    state.flag(ANN, QUOTE, "words", "Are we closer to war?")
    state.choose_for_server(77, ServerChoices(private=True), ANN)
    state.withdraw(ANN, "bf31fd67f5bb-1-2", "It was cut wrongly.")
    state.audit(ANN, "reload")


def every_byte(folder: Path) -> bytes:
    names = (path for path in folder.iterdir() if not path.name.endswith(".key"))
    return b"\0".join(path.read_bytes() for path in names)


def test_what_is_kept_is_there_when_opened_again(state: State) -> None:
    fill(state)
    again = State(state.path)
    assert again.plain(ANN) is True
    assert again.plain(BEA) is None
    assert again.servers() == {77: ServerChoices(private=True)}
    assert again.flagged() == [Flag(QUOTE, ("words",), ("Are we closer to war?",), 1)]
    assert again.withdrawn() == {"bf31fd67f5bb-1-2": "It was cut wrongly."}
    assert [each.action for each in again.audited()] == ["reload", "withdrew", "server settings"]
    assert again.held(ANN) == Held(True, ("When will it end?",), (QUOTE,), 3)


def test_no_user_can_be_read_out_of_the_file(state: State) -> None:
    fill(state)
    found = every_byte(state.path.parent)
    assert QUOTE.encode() in found
    for number in (ANN, BEA):
        for size in (8, 16):
            assert number.to_bytes(size, "big") not in found
            assert number.to_bytes(size, "little") not in found
        assert str(number).encode() not in found
        assert hex(number)[2:].encode() not in found


def test_the_same_person_is_another_under_another_key(tmp_path: Path) -> None:
    first, second = State(tmp_path / "a.db"), State(tmp_path / "b.db")
    assert first.person(ANN) == State(tmp_path / "a.db").person(ANN)
    assert first.person(ANN) != second.person(ANN)
    assert first.person(ANN) != first.person(BEA)


def test_database_and_key_are_for_their_owner_only(state: State) -> None:
    for path in (state.path, state.path.with_name("state.db.key")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_forgetting_erases_every_byte_of_a_person(state: State) -> None:
    fill(state)
    state.note_unanswered(BEA, "Bea's own query")
    state.forget(ANN)
    assert state.held(ANN) == Held(None, (), (), 0)
    found = every_byte(state.path.parent)
    assert state.person(ANN).encode() not in found
    assert b"When will it end?" not in found
    assert state.held(BEA).unanswered == ("Bea's own query",)
    assert state.withdrawn()
    assert len(state.audited()) == 3


def test_unanswered_queries_count_different_people(state: State) -> None:
    for person in (ANN, ANN, BEA):
        state.note_unanswered(person, "When will it end?")
    (missed,) = state.unanswered(30)
    assert len(missed.people) == 2


def test_unanswered_queries_are_erased_after_their_days(state: State) -> None:
    state.note_unanswered(ANN, "old")
    old = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=31)).isoformat()
    with closing(sqlite3.connect(state.path)) as db, db:
        db.execute("UPDATE unanswered SET asked_on = ?", [old])
    state.note_unanswered(BEA, "new")
    assert [missed.query for missed in state.unanswered(30)] == ["new"]
    assert state.held(ANN).unanswered == ()


def test_a_kept_quote_is_no_longer_flagged(state: State) -> None:
    fill(state)
    state.keep_quote(BEA, QUOTE)
    assert state.flagged() == []
    assert state.audited()[0].action == "kept"


def test_the_flags_of_most_people_come_first(state: State) -> None:
    state.flag(ANN, "000000000000-1-2", "else", "")
    for person in (ANN, BEA):
        state.flag(person, QUOTE, "speaker", "Who?")
    assert [(flag.quote, flag.people) for flag in state.flagged()] == [
        (QUOTE, 2),
        ("000000000000-1-2", 1),
    ]


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.state import State
state = State(Path(sys.argv[1]))
for person in range(1000, 100000):
    state.note_unanswered(person, f"query {person}")
    print(person, flush=True)
"""


def test_what_was_kept_survives_kill_9(state: State) -> None:
    program = [sys.executable, "-c", KILLED, str(state.path)]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, env={**os.environ}
    ) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(20)]
        writer.kill()
    again = State(state.path)
    kept = {each.query for each in again.unanswered(30)}
    assert {f"query {person}" for person in told} <= kept
    again.note_unanswered(ANN, "and it goes on")


def test_a_file_of_a_newer_version_is_left_alone(state: State) -> None:
    with closing(sqlite3.connect(state.path)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('onrecord', 'm999_from_the_future', 'now')"
        )
    with pytest.raises(StateError, match="made by a newer version"):
        State(state.path)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"not a database, " * 500)
    with pytest.raises(StateError, match=r"state\.db"):
        State(tmp_path / "state.db")


def test_a_key_that_is_none_is_named(state: State) -> None:
    state.path.with_name("state.db.key").write_text("zz", encoding="ascii")
    with pytest.raises(StateError, match=r"state\.db\.key holds no key"):
        State(state.path)


def test_a_locked_file_is_an_error_in_time(state: State) -> None:
    with closing(sqlite3.connect(state.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert state.plain(ANN) is None  # who reads does not wait
        with pytest.raises(StateError, match="locked"):
            state.choose_plain(ANN, True)
