"""The record at a path, opened: a live handle on the newest whole one.

Every query reads through one connection from beginning to end, so that it never sees a mix.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeAlias

from corpus.errors import OlderRecordError, RecordError
from corpus.store import APPLICATION_ID, SCHEMA_VERSION, Reader

WAIT_FOR_READER = 5.0  # seconds, for another query's reader where no new one can be opened
READERS_KEPT = 3  # idle ones, for the next queries; about 5 MB each

logger = logging.getLogger(__name__)

_Stamp: TypeAlias = "tuple[int, int, int] | None"
"""Inode, time of change (ns) and size of a file; None where there is none."""
_Made: TypeAlias = "tuple[_Stamp, Reader]"
"""A reader and the file that it was made of."""


class Record:
    """The record at a path: always the newest whole one, safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the record at ``path``.

        Raises:
            RecordError: as ``open_read_only``.
        """
        self.path = path
        self._served = False
        self._refused: object = ()  # how the file was that was refused last; () for none
        self._idle: SimpleQueue[_Made] = SimpleQueue()
        with self.reading():
            pass

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader of one whole record; give all of a query's reads to the same one."""
        made, reader = self._take(file_stamp(self.path))
        try:
            yield reader
        finally:
            if self._idle.qsize() < READERS_KEPT:
                self._idle.put((made, reader))
            else:
                reader.connection.close()

    def rest(self) -> None:
        """Give up what a crowd needed: all idle readers but one, and what that one keeps.

        One stays, so that the last whole record goes on serving where the file is gone.
        """
        idle: list[_Made] = []
        with suppress(Empty):
            while True:
                idle.append(self._idle.get_nowait())
        if idle:
            made, reader = idle.pop()
            reader.forget()
            self._idle.put((made, reader))
        _close(idle)

    def close(self) -> None:
        """Close the idle connections."""
        while True:
            try:
                _, reader = self._idle.get_nowait()
            except Empty:
                return
            reader.connection.close()

    def _take(self, stamp: _Stamp) -> _Made:
        """An idle reader of the file as it is now, or a new one.

        While the file is gone or no record of ours, the last whole record goes on serving.
        """
        stale: list[_Made] = []
        with suppress(Empty):
            while True:
                made, reader = self._idle.get_nowait()
                if made == stamp:
                    break
                stale.append((made, reader))
            _close(stale)
            return made, reader
        try:
            fresh = Reader(open_read_only(self.path))
        except RecordError as error:
            return self._last_whole(stale, stamp, error)
        _close(stale)
        self._served, self._refused = True, ()
        return stamp, fresh

    def _last_whole(self, stale: list[_Made], stamp: _Stamp, error: RecordError) -> _Made:
        whole = [each for each in stale if each[0] and (stamp is None or each[0][0] != stamp[0])]
        _close([each for each in stale if each not in whole])
        if stale and not whole:  # overwritten under its readers, who would tell a mix
            self._served = False
        if not self._served:
            raise error
        if stamp != self._refused:  # once, not for every query
            logger.warning("%s The last whole record goes on serving.", error)
            self._refused = stamp
        for each in whole:
            self._idle.put(each)
        try:
            return self._idle.get(timeout=WAIT_FOR_READER)
        except Empty:
            raise error from None


def _close(stale: Sequence[_Made]) -> None:
    for _, reader in stale:
        reader.connection.close()


def file_stamp(path: Path) -> _Stamp:
    """What differs once another file was put in the place of this one, or it was written to."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


# Finds a file that begins as a record and goes on as something else; to look at every page of a
# million exchanges would take a minute.
_LOOK_INTO_EACH = (
    "SELECT EXISTS (SELECT * FROM about), EXISTS (SELECT * FROM transcripts),"
    " EXISTS (SELECT * FROM turns), EXISTS (SELECT * FROM exchanges),"
    " EXISTS (SELECT * FROM exchange_words), EXISTS (SELECT * FROM totals),"
    " EXISTS (SELECT * FROM postings), EXISTS (SELECT * FROM spoken_pieces)"
)


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that refuses writes.

    Raises:
        RecordError: no file, damaged, not a record of ours, or made by a newer version.
        OlderRecordError: made by an older one.
    """
    if not path.is_file():
        raise RecordError(f"{path}: there is no record here; make one with “onrecord load”.")
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        try:
            check_version(connection, path)
            connection.execute(_LOOK_INTO_EACH).fetchone()
        except BaseException:
            connection.close()
            raise
    except sqlite3.OperationalError as error:
        raise RecordError(f"{path}: can't be opened ({error}).") from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT:
            problem = "is damaged or not all there; put a whole copy in its place or load anew."
            raise RecordError(f"{path}: {problem}") from error
        problem = "is not a record of Onrecord; name another file with --record."
        raise RecordError(f"{path}: {problem}") from error
    return connection


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure that the record is ours and of this version.

    Raises:
        RecordError: it is not ours, or made by a newer version.
        OlderRecordError: made by an older one.
        sqlite3.DatabaseError: not SQLite.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        problem = "is not a record of Onrecord; name another file with --record."
        raise RecordError(f"{path}: {problem}")
    if version > SCHEMA_VERSION:
        problem = f"was made by a newer version of Onrecord (format {version}, this one reads"
        raise RecordError(f"{path}: {problem} {SCHEMA_VERSION}); upgrade Onrecord or load anew.")
    if version < SCHEMA_VERSION:
        problem = "was made by an older version of Onrecord; run “onrecord load”."
        raise OlderRecordError(f"{path}: {problem}")


def read_about(path: Path) -> dict[str, str]:
    """What a record, of whatever version, says of itself; empty where there is none.

    Raises:
        sqlite3.DatabaseError: the file is not SQLite.
    """
    if not path.is_file():
        return {}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return dict(connection.execute("SELECT key, value FROM about").fetchall())
        except sqlite3.OperationalError:
            return {}


def default_record_path() -> Path:
    """Where the record is kept: ``ONRECORD_RECORD``, else the user's data folder."""
    named = os.environ.get("ONRECORD_RECORD")
    if named:
        return Path(named)
    from click import get_app_dir

    return Path(get_app_dir("onrecord")) / "record.db"
