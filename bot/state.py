"""What only the bot knows, in ``state.db``: the only place with its SQL.

It is migrated, backed up and never rebuilt. People are in it as keyed hashes only (``bot/keys``),
and only with what ``/privacy`` shows and erases. Every call opens a connection of its own, so that
any thread may call; call from a thread, never from the event loop.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.keys import hash_person, read_key
from corpus.errors import OnrecordError

BUSY_SECONDS = 2.0  # a writer of another process is waited for, well within Discord's 3 seconds

migrations = Migrations("onrecord")


@migrations()
def m001_people_servers_queries_flags(db: Database) -> None:
    """The first tables."""
    db.table("people").create({"person": str, "plain": int}, pk="person")
    db.table("servers").create(
        {"server": str, "private": int, "plain": int, "publisher": str, "speaker": str},
        pk="server",
    )
    db.table("unanswered").create(
        {"person": str, "query": str, "asked_on": str}, pk=("person", "query")
    )
    db.table("flags").create(
        {"person": str, "quote": str, "why": str, "query": str, "flagged_on": str},
        pk=("person", "quote"),
    )
    db.table("withdrawn").create({"quote": str, "reason": str, "withdrawn_on": str}, pk="quote")
    db.table("audit").create(
        {"id": int, "at": str, "person": str, "action": str, "detail": str}, pk="id"
    )


class StateError(OnrecordError):
    """``state.db`` can't be read or written."""


@dataclass(frozen=True, slots=True)
class ServerChoices:
    """What a server has chosen; ``private`` shows replies only to those who ask."""

    private: bool = False
    plain: bool = False
    publisher: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A query that got nothing, and the people who asked it."""

    query: str
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Flag:
    """A quote that people found wrong: why, what they had asked, and how many they were."""

    quote: str
    why: tuple[str, ...]
    queries: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Held:
    """All that is stored of one person."""

    plain: bool | None
    unanswered: tuple[str, ...]
    flags: tuple[str, ...]
    actions: int


@dataclass(frozen=True, slots=True)
class Audited:
    """A change that somebody made."""

    at: str
    action: str
    detail: str


class State:
    """The bot's own database at a path."""

    def __init__(self, path: Path) -> None:
        """Open it, made or migrated where needed.

        Raises:
            StateError: it can't be read or written, or a newer version made it.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._key = read_key(path.with_name(f"{path.name}.key"))
            with FileLock(f"{path}.lock", timeout=BUSY_SECONDS), self._open() as db:
                db.enable_wal()
                self._migrate(db)
        except ValueError as error:
            problem = f"{path}.key holds no key; put back the one that belongs to {path.name}."
            raise StateError(problem) from error
        except (OSError, Timeout) as error:
            raise StateError(f"{path}: can't be opened ({error}).") from error

    def person(self, user: int) -> str:
        """The name under which a Discord user is stored."""
        return hash_person(self._key, user)

    # ------------------------------------------------------------ choices

    def plain(self, user: int) -> bool | None:
        """Whether a person chose plain text; None where they chose nothing."""
        with self._open() as db:
            row = _first(db, "SELECT plain FROM people WHERE person = ?", self.person(user))
        return None if row is None else bool(row[0])

    def choose_plain(self, user: int, plain: bool) -> None:
        """Keep a person's choice."""
        with self._open() as db:
            _put(db, "people", {"person": self.person(user), "plain": int(plain)})

    def servers(self) -> dict[int, ServerChoices]:
        """What each server chose."""
        with self._open() as db:
            rows = db.execute("SELECT server, private, plain, publisher, speaker FROM servers")
            return {
                int(server): ServerChoices(bool(private), bool(plain), publisher, speaker)
                for server, private, plain, publisher, speaker in rows.fetchall()
            }

    def choose_for_server(self, server: int, choices: ServerChoices, user: int) -> None:
        """Keep a server's choice, and that it was made."""
        names = ("private", "plain", "publisher", "speaker")
        row = dict(zip(names, astuple(choices), strict=True))
        with self._open() as db, db.atomic():
            _put(db, "servers", {"server": str(server), **row})
            self._audit(db, user, "server settings", f"server {server}: {row}")

    # ------------------------------------------------- unanswered, flagged

    def note_unanswered(self, user: int, query: str) -> None:
        """Keep a query that got nothing."""
        with self._open() as db:
            row = {"person": self.person(user), "query": query, "asked_on": _today().isoformat()}
            _put(db, "unanswered", row)

    def unanswered(self, days: int) -> list[Unanswered]:
        """The queries of the last ``days`` that got nothing; older ones are erased."""
        oldest = (_today() - dt.timedelta(days=days)).isoformat()
        with self._open() as db, db.atomic():
            db.table("unanswered").delete_where("asked_on < ?", [oldest])
            rows = db.execute("SELECT query, person FROM unanswered ORDER BY query").fetchall()
        asked: dict[str, set[str]] = {}
        for query, person in rows:
            asked.setdefault(query, set()).add(person)
        return [Unanswered(query, frozenset(people)) for query, people in asked.items()]

    def flag(self, user: int, quote: str, why: str, query: str) -> None:
        """Keep that a person found a quote wrong, and what they had asked."""
        row = {"person": self.person(user), "quote": quote, "why": why, "query": query}
        with self._open() as db:
            _put(db, "flags", {**row, "flagged_on": _today().isoformat()})

    def flagged(self) -> list[Flag]:
        """The flagged quotes, those of most people first."""
        with self._open() as db:
            rows = db.execute("SELECT quote, why, query FROM flags ORDER BY flagged_on").fetchall()
        by_quote: dict[str, list[tuple[str, str]]] = {}
        for quote, why, query in rows:
            by_quote.setdefault(quote, []).append((why, query))
        flags = [
            Flag(
                quote,
                tuple(dict.fromkeys(why for why, _ in told)),
                tuple(dict.fromkeys(query for _, query in told if query)),
                len(told),
            )
            for quote, told in by_quote.items()
        ]
        return sorted(flags, key=lambda flag: -flag.people)

    def keep_quote(self, user: int, quote: str) -> None:
        """A curator looked at a flagged quote and found it right."""
        with self._open() as db, db.atomic():
            db.table("flags").delete_where("quote = ?", [quote])
            self._audit(db, user, "kept", quote)

    def withdraw(self, user: int, quote: str, reason: str) -> None:
        """Take a quote out of everything that the bot shows."""
        with self._open() as db, db.atomic():
            db.table("flags").delete_where("quote = ?", [quote])
            row = {"quote": quote, "reason": reason, "withdrawn_on": _today().isoformat()}
            _put(db, "withdrawn", row)
            self._audit(db, user, "withdrew", f"{quote}: {reason}")

    def withdrawn(self) -> dict[str, str]:
        """The withdrawn quotes, by id, with the reason."""
        with self._open() as db:
            return dict(db.execute("SELECT quote, reason FROM withdrawn").fetchall())

    # ------------------------------------------------------ audit, privacy

    def audit(self, user: int, action: str, detail: str = "") -> None:
        """Keep that somebody changed something."""
        with self._open() as db:
            self._audit(db, user, action, detail)

    def audited(self, most: int = 50) -> list[Audited]:
        """The last changes, newest first."""
        with self._open() as db:
            rows = db.execute(
                "SELECT at, action, detail FROM audit ORDER BY id DESC LIMIT ?", [most]
            )
            return [Audited(*row) for row in rows.fetchall()]

    def held(self, user: int) -> Held:
        """All that is stored of a person."""
        person = self.person(user)
        with self._open() as db:
            plain = _first(db, "SELECT plain FROM people WHERE person = ?", person)
            queries = db.execute("SELECT query FROM unanswered WHERE person = ?", [person])
            flags = db.execute("SELECT quote FROM flags WHERE person = ?", [person])
            actions = _first(db, "SELECT count(*) FROM audit WHERE person = ?", person)
            return Held(
                None if plain is None else bool(plain[0]),
                tuple(query for (query,) in queries.fetchall()),
                tuple(quote for (quote,) in flags.fetchall()),
                actions[0] if actions else 0,
            )

    def forget(self, user: int) -> None:
        """Erase all of a person, down to the bytes; changes they made stay, by nobody."""
        person = self.person(user)
        with self._open() as db:
            db.execute("PRAGMA secure_delete = ON")
            with db.atomic():
                for table in ("people", "unanswered", "flags"):
                    db.table(table).delete_where("person = ?", [person])
                db.execute("UPDATE audit SET person = NULL WHERE person = ?", [person])
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # ------------------------------------------------------------- within

    @contextmanager
    def _open(self) -> Iterator[Database]:
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
                yield Database(connection)
        except sqlite3.Error as error:
            raise StateError(f"{self.path}: can't be used ({error}).") from error

    def _migrate(self, db: Database) -> None:
        known = {migration.name for migration in migrations.pending(Database(memory=True))}
        newer = {migration.name for migration in migrations.applied(db)} - known
        if newer:
            problem = "was made by a newer version of Onrecord; upgrade, or put back a backup."
            raise StateError(f"{self.path}: {problem}")
        migrations.apply(db)

    def _audit(self, db: Database, user: int, action: str, detail: str) -> None:
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        person = self.person(user)
        db.table("audit").insert({"at": at, "person": person, "action": action, "detail": detail})


def _put(db: Database, table: str, row: Mapping[str, str | int | None]) -> None:
    """Insert a row, or put it in place of the one with its key."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    sql = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    with db.atomic():
        db.execute(sql, list(row.values()))


def _first(db: Database, sql: str, value: str) -> tuple[int] | None:
    row: tuple[int] | None = db.execute(sql, [value]).fetchone()
    return row


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
