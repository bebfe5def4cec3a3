"""The tables of the bot's own database, as ordered steps, each recorded where it was taken.

They are written as SQLite takes them, in what PostgreSQL takes as well (see ``bot/postgres``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from corpus.errors import OnrecordError

STEPS = {
    "m001_people_servers_queries_flags": (
        "CREATE TABLE people (person TEXT PRIMARY KEY, plain INTEGER)",
        "CREATE TABLE servers (server TEXT PRIMARY KEY, private INTEGER, plain INTEGER,"
        " publisher TEXT, speaker TEXT)",
        "CREATE TABLE unanswered (person TEXT, query TEXT, asked_on TEXT,"
        " PRIMARY KEY (person, query))",
        "CREATE TABLE flags (person TEXT, quote TEXT, why TEXT, query TEXT, flagged_on TEXT,"
        " PRIMARY KEY (person, quote))",
        "CREATE TABLE withdrawn (quote TEXT PRIMARY KEY, reason TEXT, withdrawn_on TEXT)",
        "CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT, person TEXT, action TEXT,"
        " detail TEXT)",
    ),
    "m002_news": ("CREATE TABLE news (name TEXT PRIMARY KEY, told TEXT)",),
    "m003_public_role": ("ALTER TABLE servers ADD COLUMN public_role TEXT",),
}


class StateError(OnrecordError):
    """The bot's own database can't be read or written."""


class Rows(Protocol):
    """What a statement found."""

    @property
    def description(self) -> Any: ...  # noqa: ANN401 - a sequence for each column, its name first

    def fetchone(self) -> Any: ...  # noqa: ANN401 - a row, or None
    def fetchall(self) -> list[Any]: ...


class Connection(Protocol):
    """An open database; values stand for the “?” of a statement, one after the other."""

    def execute(self, sql: str, values: Sequence[str | int | None] = (), /) -> Rows:
        """Run one statement."""


class Database(Protocol):
    """A database; what is done between the opening and the end of a block is done whole or not."""

    def opening(self) -> AbstractContextManager[Connection]:
        """The first transaction, with every other process kept out; made where there is none.

        Raises:
            StateError: it can't be used.
        """

    def using(
        self, *, erasing: bool = False, at_once: bool = False
    ) -> AbstractContextManager[Connection]:
        """A transaction.

        Args:
            erasing: what it deletes shall be gone.
            at_once: all that it reads is of one moment.

        Raises:
            StateError: it can't be used.
        """

    def stamp(self) -> object:
        """What differs once something was written; None where only a look can tell."""

    def close(self) -> None:
        """Close what is open; it can be used again."""


def migrate(connection: Connection, name: str) -> None:
    """Take the steps that were not taken yet.

    Raises:
        StateError: a newer version made the database called ``name``.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS _sqlite_migrations"  # as sqlite-utils, which made the first
        " (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)"
    )
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", ["onrecord"]
    )
    taken = {name for (name,) in rows.fetchall()}
    if taken - STEPS.keys():
        problem = "was made by a newer version of Onrecord; upgrade, or put back a backup."
        raise StateError(f"{name}: {problem}")
    for step, statements in STEPS.items():
        if step not in taken:
            for sql in statements:
                connection.execute(sql)
            at = dt.datetime.now(dt.UTC).isoformat(" ")
            connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
                ["onrecord", step, at],
            )
