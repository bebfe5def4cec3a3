"""The bot's own database in a file of this host.

Every use opens a connection of its own, so that any thread may; never from the event loop.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.migrations import Connection, StateError

BUSY_SECONDS = 2.0  # a writer of another process is waited for, well within Discord's 3 seconds


class SqliteFile:
    """A ``bot.migrations.Database`` in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def opening(self) -> Iterator[Connection]:
        """The first transaction; see ``Database``."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
            with FileLock(f"{self.path}.lock", timeout=BUSY_SECONDS), self._connect() as connection:
                (application,) = connection.execute("PRAGMA application_id").fetchone()
                if application:
                    problem = "is the record, or another program's; name a file of the bot's own."
                    raise StateError(f"{self.path}: {problem}")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("BEGIN IMMEDIATE")
                with connection:
                    yield connection
        except (OSError, Timeout) as error:
            raise StateError(f"{self.path}: can't be opened ({error}).") from error

    @contextmanager
    def using(self, *, erasing: bool = False, at_once: bool = False) -> Iterator[Connection]:
        """A transaction; see ``Database``. What it erases is gone down to the bytes."""
        with self._connect() as connection:
            if at_once:
                connection.execute("BEGIN")
            with connection:
                yield connection
            if erasing:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def stamp(self) -> object:
        """What differs once something was written: to look would write 32 KB beside the file."""
        return [_stamp(self.path.with_name(self.path.name + end)) for end in ("", "-wal")]

    def close(self) -> None:
        """Nothing stays open."""

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        try:
            # One that was removed is not made anew: what was withdrawn would be forgotten in it.
            address = f"{self.path.resolve().as_uri()}?mode=rw"
            connecting = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
            with closing(connecting) as connection:
                # Always: a flag that a curator cleared is beyond the reach of “forget”.
                connection.execute("PRAGMA secure_delete = ON")
                yield connection
        except sqlite3.Error as error:
            is_full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR
            told = f"{error}; is the disk full?" if is_full else str(error)
            raise StateError(f"{self.path}: can't be used ({told}).") from error


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
