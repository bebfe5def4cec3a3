"""What is kept of transcripts: the record's tables, and the only SQL on them.

``record.db`` is derived from files and never changed in place: ``corpus/load.py`` builds a new one
beside it and swaps; ``corpus/record.py`` opens it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from corpus import index, postings, spoken_index
from corpus.errors import AlteredTextError
from corpus.model import Exchange, Furniture, LineMap, Notice, Source, Transcript, Turn

if TYPE_CHECKING:
    from sqlite_utils import Database

    from corpus.prepared import LongPrepared, Prepared

# Raise it whenever parsing, pairing or the search tables change: older records are then rebuilt.
SCHEMA_VERSION = 16
APPLICATION_ID = 0x4F6E5265  # "OnRe", so that another program's SQLite file is never taken for ours

TRANSCRIPTS_KEPT = 8  # by a reader: matches tend to come from the same few; about 300 kB each

SOURCE_FIELDS = tuple(f.name for f in fields(Source))
_TURN_TEXTS = ("kind", "label", "speaker", "role")
_SPAN = {"start": int, "end": int}


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
        "furniture": _list_furniture(transcript.furniture),
        "line_offsets": json.dumps(list(transcript.line_map.offsets)),
        "line_numbers": json.dumps(list(transcript.line_map.lines)),
        "notices": json.dumps([[n.text, n.line] for n in transcript.notices]),
        "beside_sha256": beside_sha256,
    }
    key = int(db.table("transcripts").insert(row).last_rowid or 0)
    db.table("turns").insert_all(
        {"transcript": key, "position": at, **{f.name: getattr(turn, f.name) for f in fields(turn)}}
        for at, turn in enumerate(transcript.turns)
    )
    for part in prepared.parts():
        numbers = _save_exchanges(db.conn, key, part.exchanges)
        index.add_to_search(db.conn, key, numbers, part.findable)
        turns = transcript.turns[part.turns.start : part.turns.stop]
        spoken_index.add_spoken(db.conn, key, turns, part.pieces)
    return key


def _list_furniture(furniture: Iterable[Furniture]) -> str:
    """As JSON, grown piece by piece: lists of a long document’s take eight times as much."""
    listed = bytearray()
    for each in furniture:
        listed += b"," if listed else b"["
        listed += json.dumps([each.name, each.start, each.end]).encode()
    return listed.decode() + "]" if listed else "[]"


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
        line_map = LineMap.holding(json.loads(row["line_offsets"]), json.loads(row["line_numbers"]))
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
