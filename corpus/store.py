"""The record: the only place that knows its SQL.

``record.db`` is derived from files and never changed in place: ``corpus/load.py`` builds a new one
beside it and swaps. ``Record`` is a live handle on the newest whole one; every query reads through
one connection from beginning to end, so that it never sees a mix.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from corpus import index, postings, spoken_index
from corpus.errors import AlteredTextError, OlderRecordError, RecordError
from corpus.model import Exchange, Furniture, LineMap, Notice, Source, Transcript, Turn

if TYPE_CHECKING:
    from sqlite_utils import Database

    from corpus.prepared import LongPrepared, Prepared

# Raise it whenever parsing, pairing or the search tables change: older records are then rebuilt.
SCHEMA_VERSION = 12
APPLICATION_ID = 0x4F6E5265  # "OnRe", so that another program's SQLite file is never taken for ours

WAIT_FOR_READER = 5.0  # seconds, for another query's reader where no new one can be opened
READERS_KEPT = 3  # idle ones, for the next queries; about 5 MB each
TRANSCRIPTS_KEPT = 8  # by a reader: matches tend to come from the same few; about 300 kB each

SOURCE_FIELDS = tuple(f.name for f in fields(Source))
_TURN_TEXTS = ("kind", "label", "speaker", "role")
_SPAN = {"start": int, "end": int}

logger = logging.getLogger(__name__)


# ---------------------------------------------------------------- writing


def create_tables(db: Database) -> None:
    """Make the tables of an empty record."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.table("about").create({"key": str, "value": str}, pk="key")
    db.table("transcripts").create(
        {
            "id": int,
            **dict.fromkeys(SOURCE_FIELDS, str),
            "style": str,
            "text": str,
            "text_sha256": str,
            "furniture": str,
            "line_offsets": str,
            "line_numbers": str,
            "notices": str,
            "beside_sha256": str,
            "superseded_on": str,
        },
        pk="id",
        not_null={"file", "sha256", "text"},
    )
    db.table("transcripts").create_index(["file"])
    db.table("transcripts").create_index(["sha256"])
    # All that filters read, so that they never touch the rows, in which the texts are.
    db.table("transcripts").create_index(["superseded_on", "date", "publisher", "outlet"])
    db.table("turns").create(
        {"transcript": int, "position": int, **dict.fromkeys(_TURN_TEXTS, str), **_SPAN},
        pk=("transcript", "position"),
    )
    db.table("exchanges").create(
        {"id": int, "transcript": int, "questions": str, "answers": str, "before": str}, pk="id"
    )
    db.table("exchanges").create_index(["transcript"])
    index.create_search_tables(db.conn)
    spoken_index.create_spoken_tables(db.conn)


def save_transcript(
    db: Database, prepared: Prepared | LongPrepared, beside_sha256: str | None
) -> int:
    """Write a transcript with its turns and exchanges; returns its row id."""
    transcript = prepared.transcript
    source = {name: getattr(transcript.source, name) for name in SOURCE_FIELDS}
    source["date"] = transcript.source.date and transcript.source.date.isoformat()
    row = {
        **source,
        "style": transcript.style,
        "text": transcript.text,
        "text_sha256": _text_hash(transcript.text),
        "furniture": json.dumps([[f.name, f.start, f.end] for f in transcript.furniture]),
        "line_offsets": json.dumps(transcript.line_map.offsets),
        "line_numbers": json.dumps(transcript.line_map.lines),
        "notices": json.dumps([[n.text, n.line] for n in transcript.notices]),
        "beside_sha256": beside_sha256,
    }
    key = int(db.table("transcripts").insert(row).last_rowid or 0)
    db.table("turns").insert_all(
        {"transcript": key, "position": at, **{f.name: getattr(turn, f.name) for f in fields(turn)}}
        for at, turn in enumerate(transcript.turns)
    )
    numbers = _save_exchanges(db.conn, key, prepared.exchanges)
    for part in prepared.parts():
        inside = numbers[part.exchanges.start : part.exchanges.stop]
        index.add_to_search(db.conn, key, inside, part.findable)
        turns = transcript.turns[part.turns.start : part.turns.stop]
        spoken_index.add_spoken(db.conn, key, turns, part.pieces)
    return key


def _save_exchanges(
    connection: sqlite3.Connection, key: int, exchanges: Sequence[Exchange]
) -> range:
    """Write a transcript's exchanges; returns their row ids."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM exchanges").fetchone()
    numbers = range(last + 1, last + 1 + len(exchanges))
    rows = [
        (number, key, *(json.dumps(each) for each in (x.questions, x.answers, x.before)))
        for number, x in zip(numbers, exchanges, strict=True)
    ]
    connection.executemany("INSERT INTO exchanges VALUES (?, ?, ?, ?, ?)", rows)
    return numbers


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def complete_search(db: Database) -> None:
    """Make findable what was written since the last time; call it before the record is served."""
    postings.write_changed(db.conn)


def supersede_transcript(db: Database, key: int, on: dt.date) -> None:
    """Take a transcript out of the search; its words can still be looked up by quote id."""
    index.drop_from_search(db.conn, key)
    spoken_index.drop_spoken(db.conn, key)
    db.table("exchanges").delete_where("transcript = ?", [key])
    db.table("transcripts").update(key, {"superseded_on": on.isoformat()})


def remove_transcript(db: Database, key: int) -> None:
    """Take a transcript, its turns and its exchanges off the record."""
    index.drop_from_search(db.conn, key)
    spoken_index.drop_spoken(db.conn, key)
    for table in ("exchanges", "turns"):
        db.table(table).delete_where("transcript = ?", [key])
    db.table("transcripts").delete(key)


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class StoredTranscript:
    """A transcript's row without its text, as ``sources`` lists it."""

    key: int
    source: Source
    style: str
    exchanges: int
    notices: tuple[Notice, ...]
    beside_sha256: str | None
    superseded_on: dt.date | None


class Reader:
    """All that can be asked of one whole record, over one read-only connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._lately_read: dict[int, Transcript] = {}

    def forget(self) -> None:
        """Give up what was kept for the next query, which reads it again: 1 ms at 100,000."""
        self._lately_read.clear()
        self.connection.execute("PRAGMA shrink_memory")

    def about(self) -> dict[str, str]:
        """What the record says of itself, as ``corpus/load.py`` wrote it: folders, built_on …"""
        return dict(self.connection.execute("SELECT key, value FROM about").fetchall())

    @cached_property
    def encoder(self) -> str:
        """Name of the encoder that made the record's vectors."""
        from corpus.vectors import built_in

        return self.about().get("encoder") or built_in().name

    def digest(self) -> str:
        """What tells whether two records hold the same transcripts, built wherever and whenever."""
        rows = self.connection.execute(
            "SELECT file, sha256, beside_sha256 FROM transcripts WHERE superseded_on IS NULL"
            " ORDER BY file"
        )
        return _text_hash(json.dumps([list(row) for row in rows]))

    def transcripts(self, *, superseded: bool = False) -> list[StoredTranscript]:
        """All transcripts on record by date, oldest first; undated ones last."""
        rows = self.connection.execute(
            "SELECT *, (SELECT count(*) FROM exchanges e WHERE e.transcript = t.id) AS exchanges"
            " FROM transcripts t WHERE (superseded_on IS NOT NULL) = ?"
            " ORDER BY date IS NULL, date, file",
            [superseded],
        )
        return [_stored(row) for row in rows]

    def transcript_keys(self, sha256_prefix: str) -> list[int]:
        """Keys of the transcripts, current or superseded, whose file hash starts so."""
        rows = self.connection.execute(
            "SELECT id FROM transcripts WHERE sha256 >= ? AND sha256 < ? ORDER BY superseded_on",
            [sha256_prefix, sha256_prefix + "g"],
        )
        return [row["id"] for row in rows]

    def transcript(self, key: int) -> Transcript:
        """One whole transcript.

        Raises:
            KeyError: no such key.
            AlteredTextError: its stored text is not the one that was loaded.
        """
        if key not in self._lately_read:
            if len(self._lately_read) >= TRANSCRIPTS_KEPT:
                del self._lately_read[next(iter(self._lately_read))]
            self._lately_read[key] = self._read_transcript(key)
        return self._lately_read[key]

    def _read_transcript(self, key: int) -> Transcript:
        row = self.connection.execute("SELECT * FROM transcripts WHERE id = ?", [key]).fetchone()
        if row is None:
            raise KeyError(key)
        if _text_hash(row["text"]) != row["text_sha256"]:
            problem = "the stored text no longer matches its hash; nothing is quoted from it."
            raise AlteredTextError(f"{row['file']}: {problem} Run “onrecord load” on a new record.")
        furniture = tuple(Furniture(*f) for f in json.loads(row["furniture"]))
        line_map = LineMap(
            tuple(json.loads(row["line_offsets"])), tuple(json.loads(row["line_numbers"]))
        )
        turns = self.turns(key)
        return Transcript(
            _source(row), row["style"], row["text"], turns, furniture, line_map, _notices(row)
        )

    def superseded_on(self, key: int) -> dt.date | None:
        """The day on which a newer version took the transcript's place; None while current."""
        row = self.connection.execute(
            "SELECT superseded_on FROM transcripts WHERE id = ?", [key]
        ).fetchone()
        return dt.date.fromisoformat(row[0]) if row and row[0] else None

    def turns(self, key: int) -> tuple[Turn, ...]:
        """The turns of a transcript, in order."""
        rows = self.connection.execute(
            "SELECT kind, label, start, end, speaker, role FROM turns"
            " WHERE transcript = ? ORDER BY position",
            [key],
        )
        return tuple(Turn(*row) for row in rows)

    def exchange(self, exchange_id: int) -> tuple[int, Exchange]:
        """The key of its transcript, and the exchange.

        Raises:
            KeyError: no such exchange.
        """
        row = self.connection.execute(
            "SELECT transcript, questions, answers, before FROM exchanges WHERE id = ?",
            [exchange_id],
        ).fetchone()
        if row is None:
            raise KeyError(exchange_id)
        return row["transcript"], _exchange(row)

    def exchange_of(self, key: int, position: int) -> tuple[int, Exchange] | None:
        """The exchange in which a transcript's turn asks or answers, with its id; None: in none."""
        row = self.connection.execute(
            "SELECT id, questions, answers, before FROM exchanges WHERE transcript = ?1 AND ("
            " EXISTS (SELECT 1 FROM json_each(answers) WHERE value = ?2)"
            " OR EXISTS (SELECT 1 FROM json_each(questions) WHERE value = ?2))"
            " ORDER BY EXISTS (SELECT 1 FROM json_each(answers) WHERE value = ?2) DESC LIMIT 1",
            [key, position],
        ).fetchone()
        if row is None:
            return None
        return row["id"], _exchange(row)


def _exchange(row: sqlite3.Row) -> Exchange:
    """The exchange of a row that holds questions, answers and before after something else."""
    return Exchange(*(tuple(json.loads(text)) for text in row[1:]))


def _source(row: sqlite3.Row) -> Source:
    facts = {name: row[name] for name in SOURCE_FIELDS}
    facts["date"] = facts["date"] and dt.date.fromisoformat(facts["date"])
    return Source(**facts)


def _notices(row: sqlite3.Row) -> tuple[Notice, ...]:
    return tuple(Notice(*notice) for notice in json.loads(row["notices"]))


def _stored(row: sqlite3.Row) -> StoredTranscript:
    superseded = row["superseded_on"]
    return StoredTranscript(
        row["id"],
        _source(row),
        row["style"],
        row["exchanges"],
        _notices(row),
        row["beside_sha256"],
        superseded and dt.date.fromisoformat(superseded),
    )


# ---------------------------------------------------------------- the live handle


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
