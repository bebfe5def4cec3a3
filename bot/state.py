"""What only the bot knows, and the only place with its SQL beside ``bot/migrations``.

It is migrated, backed up and never rebuilt. People are in it as keyed hashes only (``bot/keys``),
and only with what ``/privacy`` shows and erases. It lies in a file or in PostgreSQL, which several
processes may share. Any thread may call; call from a thread, never from the event loop.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from bot.database import open_database
from bot.kept import Audited, Flag, Held, News, ServerChoices, Unanswered, gather_flags
from bot.keys import hash_person, read_key
from bot.migrations import Connection, StateError, migrate
from bot.place import Address, Place, key_of

__all__ = ["State", "StateError"]

_ERASED = (
    "DELETE FROM people WHERE person = ?",
    "DELETE FROM unanswered WHERE person = ?",
    "DELETE FROM flags WHERE person = ?",
    "UPDATE audit SET person = NULL WHERE person = ?",
)


class State:
    """The bot's own database at a place."""

    def __init__(self, place: Place) -> None:
        """Open it, made or migrated where needed.

        Raises:
            StateError: it can't be read or written, or a newer version made it.
        """
        self.place = place
        self._database = open_database(place)
        key = key_of(place)
        try:
            with self._database.opening() as db:
                migrate(db, str(place))
                self._key = _shared_key(db, key) if isinstance(place, Address) else read_key(key)
        except OSError as error:
            raise StateError(f"{key}: can't be read ({error.strerror}).") from error
        except ValueError as error:
            problem = f"{key} holds no key; put back the one that belongs to {place}."
            raise StateError(problem) from error

    def close(self) -> None:
        """Close its connections; it can be used again."""
        self._database.close()

    def person(self, user: int) -> str:
        """The name under which a Discord user is stored."""
        return hash_person(self._key, user)

    # ------------------------------------------------------------ choices

    def plain(self, user: int) -> bool | None:
        """Whether a person chose plain text; None where they chose nothing."""
        with self._database.using() as db:
            row = _first(db, "SELECT plain FROM people WHERE person = ?", self.person(user))
        return None if row is None else bool(row[0])

    def choose_plain(self, user: int, plain: bool) -> None:
        """Keep a person's choice."""
        with self._database.using() as db:
            _put(db, "people", "person", {"person": self.person(user), "plain": int(plain)})

    def servers(self) -> dict[int, ServerChoices]:
        """What each server chose."""
        with self._database.using() as db:
            rows = db.execute(
                "SELECT server, private, plain, publisher, speaker, public_role FROM servers"
            )
            return {
                int(server): ServerChoices(
                    bool(private),
                    bool(plain),
                    publisher,
                    speaker,
                    None if role is None else int(role),
                )
                for server, private, plain, publisher, speaker, role in rows.fetchall()
            }

    def choose_for_server(self, server: int, choices: ServerChoices, user: int) -> None:
        """Keep a server's choice, and that it was made."""
        row = asdict(choices)
        if choices.public_role is not None:
            row["public_role"] = str(choices.public_role)
        with self._database.using() as db:
            _put(db, "servers", "server", {"server": str(server), **row})
            _tell(db, "standing", uuid.uuid4().hex)
            words = {True: "yes", False: "no", None: "any"}
            chosen = ", ".join(f"{name} {words.get(each, each)}" for name, each in row.items())
            self._audit(db, user, "server settings", f"{server}: {chosen}")

    # ------------------------------------------------- unanswered, flagged

    def note_unanswered(self, user: int, query: str) -> None:
        """Keep a query that got nothing."""
        with self._database.using() as db:
            row = {"person": self.person(user), "query": query, "asked_on": _today().isoformat()}
            _put(db, "unanswered", "person, query", row)

    def unanswered(self, days: int) -> list[Unanswered]:
        """The queries of the last ``days`` that got nothing."""
        sql = "SELECT query, person FROM unanswered WHERE asked_on >= ? ORDER BY query"
        with self._database.using() as db:
            rows = db.execute(sql, [_days_ago(days)]).fetchall()
        asked: dict[str, set[str]] = {}
        for query, person in rows:
            asked.setdefault(query, set()).add(person)
        return [Unanswered(query, frozenset(people)) for query, people in asked.items()]

    def erase_unanswered(self, days: int) -> None:
        """Erase the queries that got nothing and are older than ``days``."""
        with self._database.using(erasing=True) as db:
            db.execute("DELETE FROM unanswered WHERE asked_on < ?", [_days_ago(days)])

    def flag(self, user: int, quote: str, why: str, query: str) -> None:
        """Keep that a person found a quote wrong, and what they had asked."""
        row = {"person": self.person(user), "quote": quote, "why": why, "query": query}
        with self._database.using() as db:
            _put(db, "flags", "person, quote", {**row, "flagged_on": _today().isoformat()})

    def flagged(self) -> list[Flag]:
        """The flagged quotes, those of most people first."""
        with self._database.using() as db:
            rows = db.execute("SELECT quote, why, query FROM flags ORDER BY flagged_on").fetchall()
        return sorted(gather_flags(rows), key=lambda flag: -flag.people)

    def keep_quote(self, user: int, quote: str) -> None:
        """A curator looked at a flagged quote and found it right."""
        with self._database.using() as db:
            db.execute("DELETE FROM flags WHERE quote = ?", [quote])
            self._audit(db, user, "kept", quote)

    def withdraw(self, user: int, quote: str, reason: str) -> None:
        """Take a quote out of everything that the bot shows."""
        with self._database.using() as db:
            db.execute("DELETE FROM flags WHERE quote = ?", [quote])
            row = {"quote": quote, "reason": reason, "withdrawn_on": _today().isoformat()}
            _put(db, "withdrawn", "quote", row)
            _tell(db, "standing", uuid.uuid4().hex)
            self._audit(db, user, "withdrew", f"{quote}: {reason}")

    def withdrawn(self) -> dict[str, str]:
        """The withdrawn quotes, by id, with the reason."""
        with self._database.using() as db:
            return dict(db.execute("SELECT quote, reason FROM withdrawn").fetchall())

    # ---------------------------------------------------------------- news

    def news(self) -> News:
        """What there is to know, in one look."""
        with self._database.using() as db:
            told = dict(db.execute("SELECT name, told FROM news").fetchall())
        at, _, digest = told.get("record", "").partition(" ")
        return News(told.get("standing"), digest or None, at)

    def stamp(self) -> object:
        """What differs once any process has written; None where only a look can tell."""
        return self._database.stamp()

    def tell_record(self, digest: str) -> None:
        """Tell other processes that a new record is in place."""
        with self._database.using() as db:
            _tell(db, "record", f"{_now()} {digest}")

    # ------------------------------------------------------ audit, privacy

    def audit(self, user: int, action: str, detail: str = "") -> None:
        """Keep that somebody changed something."""
        with self._database.using() as db:
            self._audit(db, user, action, detail)

    def audited(self, most: int = 50) -> list[Audited]:
        """The last changes, newest first."""
        with self._database.using() as db:
            rows = db.execute(
                "SELECT at, action, detail FROM audit ORDER BY id DESC LIMIT ?", [most]
            )
            return [Audited(*row) for row in rows.fetchall()]

    def held(self, user: int) -> Held:
        """All that is stored of a person."""
        person = self.person(user)
        with self._database.using() as db:
            plain = _first(db, "SELECT plain FROM people WHERE person = ?", person)
            queries = db.execute("SELECT query FROM unanswered WHERE person = ?", [person])
            flags = db.execute("SELECT quote, why, query FROM flags WHERE person = ?", [person])
            actions = _first(db, "SELECT count(*) FROM audit WHERE person = ?", person)
            return Held(
                None if plain is None else bool(plain[0]),
                tuple(query for (query,) in queries.fetchall()),
                tuple(gather_flags(flags.fetchall())),
                actions[0] if actions else 0,
            )

    def forget(self, user: int) -> None:
        """Erase all of a person; changes they made stay, by nobody."""
        person = self.person(user)
        with self._database.using(erasing=True) as db:
            for sql in _ERASED:
                db.execute(sql, [person])

    # ------------------------------------------------------------- within

    def _audit(self, db: Connection, user: int, action: str, detail: str) -> None:
        sql = "INSERT INTO audit (at, person, action, detail) VALUES (?, ?, ?, ?)"
        db.execute(sql, [_now(), self.person(user), action, detail])


def _shared_key(db: Connection, path: Path) -> bytes:
    """The key that all processes have; the first to come makes it.

    Raises:
        StateError: the others have another one.
    """
    told = db.execute("SELECT told FROM news WHERE name = ?", ["key"]).fetchone()
    if told and not path.exists():
        problem = "is not there; copy it from a host that shares this database"
        raise StateError(f"{path}: {problem}, or name it with ONRECORD_STATE_KEY_FILE.")
    key = read_key(path)
    sign = hash_person(key, 0)  # nobody's
    if told and told[0] != sign:
        problem = "is not the key that others who share this database have; copy theirs."
        raise StateError(f"{path}: {problem}")
    _tell(db, "key", sign)
    return key


def _tell(db: Connection, name: str, told: str) -> None:
    _put(db, "news", "name", {"name": name, "told": told})


def _put(db: Connection, table: str, key: str, row: Mapping[str, str | int | None]) -> None:
    """Insert a row, or put it in place of the one with its key."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    changes = ", ".join(f"{name} = excluded.{name}" for name in row)
    sql = (
        f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    db.execute(sql, list(row.values()))


def _first(db: Connection, sql: str, value: str) -> tuple[int] | None:
    row: tuple[int] | None = db.execute(sql, [value]).fetchone()
    return row


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _days_ago(days: int) -> str:
    return (_today() - dt.timedelta(days=days)).isoformat()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
