"""Opening the bot's own database, wherever it lies, and copying it from one place to another."""

from __future__ import annotations

from pathlib import Path

from bot.migrations import Connection, Database, StateError
from bot.place import Place
from bot.sqlite_file import SqliteFile

TABLES = ("people", "servers", "unanswered", "flags", "withdrawn", "audit", "news")


def open_database(place: Place) -> Database:
    """The database at a place; not yet connected.

    Raises:
        StateError: it needs a library that is not installed.
    """
    if isinstance(place, Path):
        return SqliteFile(place)
    try:
        from bot.postgres import Postgres
    except ImportError as error:
        problem = "needs the extra “postgres”: pip install 'onrecord[postgres]'."
        raise StateError(f"{place}: {problem}") from error
    return Postgres(place)


def copy_rows(source: Connection, target: Connection) -> None:
    """Put all that one database holds in place of all that another does; both are migrated."""
    for table in TABLES:
        _copy_table(source, target, table)


def _copy_table(source: Connection, target: Connection, table: str) -> None:
    """Rows in their order; audited changes are numbered anew."""
    target.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    rows = source.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608
    names = [column[0] for column in rows.description]
    kept = [at for at, name in enumerate(names) if name != "id"]
    marks = ", ".join("?" * len(kept))
    columns = ", ".join(names[at] for at in kept)
    for row in rows.fetchall():
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        target.execute(sql, [row[at] for at in kept])
