"""The tables that find spoken words, whoever spoke them, and the only SQL on them.

``spoken_pieces`` are overlapping stretches of turns; ``spoken`` is a contentless FTS5 table of the
pairs of neighbouring words in each, under eight-digit names. A pair says which pieces to compare
word by word, nothing more. Kept transcript by transcript: a changed file costs only that file.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model import Transcript, Turn
from corpus.speakers import Voice

if TYPE_CHECKING:
    from corpus.pieces import Piece

_TABLES = (
    "CREATE TABLE spoken_pieces (id INTEGER PRIMARY KEY, transcript INTEGER NOT NULL,"
    " turn INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL)",
    "CREATE INDEX spoken_pieces_transcript ON spoken_pieces (transcript)",
    "CREATE VIRTUAL TABLE spoken USING fts5 (pairs, content='', detail=none, columnsize=0,"
    " tokenize='ascii')",
    "CREATE TABLE spoken_voices (kind TEXT, label TEXT, speaker TEXT, role TEXT,"
    " turns INTEGER NOT NULL, UNIQUE (kind, label, speaker, role))",
)


def create_spoken_tables(connection: sqlite3.Connection) -> None:
    """Make the empty tables of a record."""
    for statement in _TABLES:
        connection.execute(statement)


def read_spoken(transcript: Transcript, positions: range) -> tuple[tuple[int, Piece], ...]:
    """The pieces of the turns at these positions, each with the turn's."""
    from corpus.pieces import cut_pieces

    return tuple(
        (position, piece)
        for position, turn in zip(
            positions, transcript.turns[positions.start : positions.stop], strict=True
        )
        for piece in cut_pieces(transcript.text, turn.start, turn.end)
    )


def add_spoken(
    connection: sqlite3.Connection,
    key: int,
    turns: Iterable[Turn],
    pieces: Sequence[tuple[int, Piece]],
) -> None:
    """Make the words of turns of a transcript findable."""
    _count_voices(connection, turns, 1)
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM spoken_pieces").fetchone()
    first = last + 1
    connection.executemany(
        "INSERT INTO spoken_pieces VALUES (?, ?, ?, ?, ?)",
        [
            (number, key, position, piece.start, piece.end)
            for number, (position, piece) in enumerate(pieces, first)
        ],
    )
    connection.executemany(
        "INSERT INTO spoken (rowid, pairs) VALUES (?, ?)",
        [(number, piece.pairs) for number, (_, piece) in enumerate(pieces, first)],
    )


def drop_spoken(connection: sqlite3.Connection, key: int) -> None:
    """Make a transcript's words unfindable; its text and turns must still be on record."""
    from corpus.pieces import cut_pieces

    pieces = {
        (row[1], row[2], row[3]): row[0]
        for row in connection.execute(
            "SELECT id, turn, start, end FROM spoken_pieces WHERE transcript = ?", [key]
        )
    }
    stored = connection.execute(
        "SELECT u.position, u.start, u.end, t.text FROM turns u JOIN transcripts t"
        " ON t.id = u.transcript WHERE t.id = ?",
        [key],
    )
    for position, start, end, text in stored:
        for piece in cut_pieces(text, start, end):
            number = pieces.get((position, piece.start, piece.end))
            if number is not None:
                connection.execute(
                    "INSERT INTO spoken (spoken, rowid, pairs) VALUES ('delete', ?, ?)",
                    [number, piece.pairs],
                )
    connection.execute("DELETE FROM spoken_pieces WHERE transcript = ?", [key])
    turns = connection.execute(
        "SELECT kind, label, start, end, speaker, role FROM turns WHERE transcript = ?", [key]
    )
    _count_voices(connection, [Turn(*row) for row in turns], -1)


def _count_voices(connection: sqlite3.Connection, turns: Iterable[Turn], sign: int) -> None:
    counted = Counter(
        (turn.kind, turn.label, turn.speaker or "", turn.role or "") for turn in turns
    )
    connection.executemany(
        "INSERT INTO spoken_voices VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET turns = turns + excluded.turns",
        [(*voice, sign * number) for voice, number in counted.items()],
    )


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a turn in which a purported quote may stand; ``date`` is "" where unknown."""

    transcript: int
    position: int
    turn: Turn
    start: int
    end: int
    date: str

    @property
    def voice(self) -> Voice:
        """Who speaks."""
        return Voice(self.turn.kind, self.turn.label, self.turn.speaker, self.turn.role)


def find_pieces(connection: sqlite3.Connection, pairs: Iterable[str], limit: int) -> list[int]:
    """Ids of at most ``limit`` pieces that hold all the pairs of words, lowest first."""
    expression = " AND ".join(f'"{pair}"' for pair in pairs)
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there may be thousands
    cursor.execute("SELECT rowid FROM spoken WHERE spoken MATCH ? LIMIT ?", [expression, limit])
    return [number for (number,) in cursor.fetchall()]


def count_pieces(connection: sqlite3.Connection) -> int:
    """About how many pieces there are; exact unless transcripts were taken off the record."""
    row = connection.execute("SELECT max(id) FROM spoken_pieces").fetchone()
    return int(row[0] or 1)


def read_pieces(
    connection: sqlite3.Connection, ids: Collection[int], transcripts: Collection[int] | None
) -> dict[int, Found]:
    """The pieces with their turns, by id, of those transcripts alone (None: of all)."""
    rows = connection.execute(
        "SELECT p.id, p.transcript, p.turn, u.kind, u.label, u.start, u.end, u.speaker, u.role,"
        " p.start, p.end, t.date FROM spoken_pieces p"
        " JOIN turns u ON u.transcript = p.transcript AND u.position = p.turn"
        " JOIN transcripts t ON t.id = p.transcript"
        " WHERE p.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {
        row[0]: Found(row[1], row[2], Turn(*row[3:9]), row[9], row[10], row[11] or "")
        for row in rows
        if transcripts is None or row[1] in transcripts
    }


def read_stretch(connection: sqlite3.Connection, key: int, start: int, end: int) -> str:
    """A stretch of a transcript's text; ``start`` and ``end`` count characters."""
    row = connection.execute(
        "SELECT substr(text, ?, ?) FROM transcripts WHERE id = ?", [start + 1, end - start, key]
    ).fetchone()
    return str(row[0])


def read_voices(connection: sqlite3.Connection) -> list[Voice]:
    """All who speak on record."""
    rows = connection.execute(
        "SELECT kind, label, nullif(speaker, ''), nullif(role, '') FROM spoken_voices"
        " WHERE turns > 0"
    )
    return [Voice(*row) for row in rows]
