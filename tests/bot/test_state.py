"""The bot's own database, a file or PostgreSQL: what is kept survives, what is erased is gone."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.database import TABLES, copy_rows
from bot.kept import Flag, Held, ServerChoices
from bot.place import Address, Place, key_of
from bot.standing import Standing
from bot.state import State, StateError
from tests.bot.places import environ_of, locked, opened, run_sql
from tests.bot.postgres_server import PASSWORD, WRITTEN, PostgresServer
from tests.conftest import REPOSITORY

T = TypeVar("T")
ANN, BEA = 123456789012345678, 987654321098765432
QUOTE = "bf31fd67f5bb-1948-2616"


@pytest.fixture
def place(either_place: Place) -> Place:
    return either_place


@pytest.fixture
def state(place: Place) -> Iterator[State]:
    state = State(place)
    yield state
    state.close()


def fill(state: State) -> None:
    """Everything that can be stored of somebody."""
    state.choose_plain(ANN, True)
    state.note_unanswered(ANN, "When will it end?")
    state.flag(ANN, QUOTE, "words", "Are we closer to war?")
    state.choose_for_server(77, ServerChoices(private=True), ANN)
    state.withdraw(ANN, "bf31fd67f5bb-1-2", "It was cut wrongly.")
    state.audit(ANN, "reload")


def every_byte(place: Place) -> bytes:
    """All that a thief of the database finds: its files, or a dump of all that PostgreSQL tells."""
    if isinstance(place, Path):
        names = (path for path in place.parent.iterdir() if not path.name.endswith(".key"))
        return b"\0".join(path.read_bytes() for path in names)
    with psycopg.connect(place.url) as db, db.cursor() as cursor:
        found = b""
        for table in TABLES:
            with cursor.copy(f"COPY {table} TO STDOUT") as rows:
                found += b"".join(bytes(row) for row in rows)
    return found


def test_what_is_kept_is_there_when_opened_again(state: State) -> None:
    fill(state)
    again = State(state.place)
    assert again.plain(ANN) is True
    assert again.plain(BEA) is None
    assert again.servers() == {77: ServerChoices(private=True)}
    assert again.flagged() == [Flag(QUOTE, ("words",), ("Are we closer to war?",), 1)]
    assert again.withdrawn() == {"bf31fd67f5bb-1-2": "It was cut wrongly."}
    assert [each.action for each in again.audited()] == ["reload", "withdrew", "server settings"]
    assert again.held(ANN) == Held(True, ("When will it end?",), tuple(again.flagged()), 3)


def test_no_user_can_be_read_out_of_the_file(state: State) -> None:
    fill(state)
    found = every_byte(state.place)
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
    files = [each for each in (state.place, key_of(state.place)) if isinstance(each, Path)]
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_forgetting_erases_every_byte_of_a_person(state: State) -> None:
    fill(state)
    state.flag(ANN, "bf31fd67f5bb-5-6", "words", "What was cleared before?")
    state.keep_quote(BEA, "bf31fd67f5bb-5-6")
    state.note_unanswered(BEA, "Bea's own query")
    state.forget(ANN)
    assert state.held(ANN) == Held()
    found = every_byte(state.place)
    assert state.person(ANN).encode() not in found
    assert b"When will it end?" not in found
    assert b"What was cleared before?" not in found
    assert state.held(BEA).unanswered == ("Bea's own query",)
    assert state.withdrawn()
    assert len(state.audited()) == 4


def test_unanswered_queries_count_different_people(state: State) -> None:
    for person in (ANN, ANN, BEA):
        state.note_unanswered(person, "When will it end?")
    (missed,) = state.unanswered(30)
    assert len(missed.people) == 2


def test_unanswered_queries_are_erased_after_their_days(state: State) -> None:
    state.note_unanswered(ANN, "an old query")
    old = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=31)).isoformat()
    run_sql(state.place, "UPDATE unanswered SET asked_on = ?", old)
    state.note_unanswered(BEA, "new")
    assert [missed.query for missed in state.unanswered(30)] == ["new"]
    state.erase_unanswered(30)
    assert state.held(ANN).unanswered == ()
    assert state.held(BEA).unanswered == ("new",)
    assert b"an old query" not in every_byte(state.place)


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
from bot.place import read_place
from bot.state import State
state = State(read_place(os.environ))
for person in range(1000, 100000):
    state.note_unanswered(person, f"query {person}")
    print(person, flush=True)
"""


def test_what_was_kept_survives_kill_9(state: State) -> None:
    program = [sys.executable, "-c", KILLED]
    environ = {**os.environ, **environ_of(state.place)}
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, env=environ
    ) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(20)]
        writer.kill()
    again = State(state.place)
    kept = {each.query for each in again.unanswered(30)}
    assert {f"query {person}" for person in told} <= kept
    again.note_unanswered(ANN, "and it goes on")


def test_a_file_of_a_newer_version_is_left_alone(state: State) -> None:
    table = "_sqlite_migrations" if isinstance(state.place, Path) else "onrecord_migrations"
    run_sql(
        state.place,
        f"INSERT INTO {table} (migration_set, name, applied_at)"  # noqa: S608
        " VALUES ('onrecord', ?, 'now')",
        "m999_from_the_future",
    )
    with pytest.raises(StateError, match="made by a newer version"):
        State(state.place)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"not a database, " * 500)
    with pytest.raises(StateError, match=r"state\.db"):
        State(tmp_path / "state.db")


def test_a_key_that_is_none_is_named(state: State) -> None:
    key_of(state.place).write_text("zz", encoding="ascii")
    with pytest.raises(StateError, match=r"\.key holds no key"):
        State(state.place)


def test_a_lock_is_an_error_in_time(state: State) -> None:
    with locked(state.place):
        assert state.plain(ANN) is None  # who reads does not wait
        with pytest.raises(StateError, match="lock"):
            state.choose_plain(ANN, True)
    state.choose_plain(ANN, True)
    assert state.plain(ANN) is True


@given(st.text(), st.text(), st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_text_is_kept_as_it_is_or_refused(state: State, query: str, why: str, no: str) -> None:
    try:
        state.flag(ANN, QUOTE, why, query)
        state.withdraw(BEA, "bf31fd67f5bb-1-2", no)
    except StateError:
        assert "\0" in query + why + no, "PostgreSQL's text has no NUL"
        return
    assert state.held(ANN).flags == tuple(state.flagged())
    assert state.flagged()[0].why == (why,)
    assert state.withdrawn() == {"bf31fd67f5bb-1-2": no}
    assert state.audited(1)[0].detail == f"bf31fd67f5bb-1-2: {no}"


def test_what_others_have_to_know_differs_when_it_changed(state: State) -> None:
    seen = [state.news()]
    for change in (
        lambda: state.choose_for_server(77, ServerChoices(plain=True), ANN),
        lambda: state.withdraw(ANN, QUOTE, "It was cut wrongly."),
        lambda: state.tell_record("digest"),
    ):
        change()
        seen.append(state.news())
    assert len({each.standing for each in seen}) == 3
    assert [each.record for each in seen] == [None, None, None, "digest"]
    state.note_unanswered(ANN, "concerns nobody else")
    assert state.news() == seen[-1]


def test_to_look_whether_others_wrote_changes_nothing_of_a_file(tmp_path: Path) -> None:
    with opened(tmp_path / "state.db") as state, opened(state.place) as other:
        standing = Standing(state, tmp_path / "record.db")
        standing.look()
        before = tmp_path.stat().st_mtime_ns
        for _ in range(3):
            standing.look()
        assert tmp_path.stat().st_mtime_ns == before
        for number in range(3):
            other.withdraw(ANN, f"bf31fd67f5bb-{number}-{number + 1}", "by another process")
            standing.look()
            assert len(standing.withdrawals.words) == number + 1


def test_many_threads_at_once_lose_nothing(state: State) -> None:
    def work(person: int) -> bool | None:
        state.choose_plain(person, True)
        state.withdraw(person, f"quote {person}", "")
        return state.plain(person)

    people = range(1000, 1040)
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, people))
    assert set(state.withdrawn()) == {f"quote {person}" for person in people}
    assert len(state.audited()) == len(people)


def test_two_that_open_a_new_one_at_once_agree(either_place: Place) -> None:
    with ThreadPoolExecutor(4) as threads:
        states = list(threads.map(lambda _: State(either_place), range(4)))
    assert len({state.person(ANN) for state in states}) == 1
    for state in states:
        state.close()


def test_rows_are_the_same_in_either_place(state: State, tmp_path: Path) -> None:
    fill(state)
    with opened(tmp_path / "copy.db") as copy:
        with state._database.using() as one, copy._database.using() as other:
            copy_rows(one, other)
        assert copy.withdrawn() == state.withdrawn()
        assert copy.audited() == state.audited()
        assert copy.servers() == state.servers()
        assert copy.news() == state.news()


# ------------------------------------------------------------------ PostgreSQL alone


def test_another_key_than_that_of_the_others_is_refused(
    shared_place: Address, tmp_path: Path
) -> None:
    with opened(shared_place) as first:
        first.choose_plain(ANN, True)
    other = Address(shared_place.url, tmp_path / "other.key")
    with pytest.raises(StateError, match=r"other\.key: is not there; copy it from a host"):
        State(other)
    assert not other.key.exists()
    other.key.write_text("07" * 32, encoding="ascii")
    with pytest.raises(StateError, match="not the key that others who share this database have"):
        State(other)
    other.key.write_bytes(shared_place.key.read_bytes())
    with opened(other) as second:
        assert second.plain(ANN) is True


def test_a_server_that_comes_back_is_used_again(
    postgres: PostgresServer, shared_place: Address
) -> None:
    with opened(shared_place) as state:
        fill(state)
        kept = state.held(ANN), state.withdrawn(), state.audited()
        postgres.stop()
        try:
            for _ in range(3):
                with pytest.raises(StateError, match="can't be used"):
                    state.withdrawn()
        finally:
            postgres.start()
        assert again(lambda: (state.held(ANN), state.withdrawn(), state.audited())) == kept
        state.withdraw(ANN, QUOTE, "after")


def test_what_was_acknowledged_outlives_a_crash_of_the_server(
    postgres: PostgresServer, shared_place: Address
) -> None:
    acknowledged: list[str] = []
    refused = threading.Event()

    def write() -> None:
        for number in itertools.count():
            try:
                state.withdraw(ANN, f"quote {number}", "")
            except StateError:
                refused.set()
                return
            acknowledged.append(f"quote {number}")

    with opened(shared_place) as state:
        writer = threading.Thread(target=write)
        writer.start()
        while len(acknowledged) < 20:
            assert writer.is_alive()
        postgres.stop()
        try:
            writer.join()
        finally:
            postgres.start()
        assert refused.is_set()
        kept = again(state.withdrawn)
        assert set(acknowledged) <= set(kept)
        assert len(kept) <= len(acknowledged) + 1, "one may have been kept and not acknowledged"
        assert len(again(lambda: state.audited(10_000))) == len(kept)


def again(read: Callable[[], T]) -> T:
    """What is read once it can be."""
    for _ in range(100):
        try:
            return read()
        except StateError:
            threading.Event().wait(0.1)
    return read()


WRONG = {
    "another password": lambda url: url.replace("staple", "stable"),
    "another user": lambda url: url.replace("onrecord:", "nobody:"),
    "no such database": lambda url: f"{url}_gone",
    "nobody there": lambda url: re.sub(r":\d+/", ":9/", url),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_no_password_is_in_what_goes_wrong(
    shared_place: Address, wrong: Callable[[str], str]
) -> None:
    address = Address(wrong(shared_place.url), shared_place.key)
    with pytest.raises(StateError, match=r"^postgresql://127\.0\.0\.1:\d+/test_\w+: ") as caught:
        State(address)
    told = str(caught.value) + repr(address) + str(address)
    for secret in (PASSWORD, WRITTEN, "battery"):
        assert secret not in told
    assert "\n" not in told


def test_without_its_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "bot.postgres", raising=False)
    with pytest.raises(StateError, match=r"db/name: needs the extra “postgres”: pip install"):
        State(Address("postgresql://ann:pa%40ss@db/name", tmp_path / "state.key"))
