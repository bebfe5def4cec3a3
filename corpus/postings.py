"""Which exchanges hold a stem, and how much that is worth: what finds the candidates of a search.

``postings`` keeps, for each stem of a block of exchanges, their places in the block and a byte for
its worth in each. So all exchanges that hold any word of a query are weighed in a few passes of
numpy, 10 ns for each that holds a word. (FTS5's ``bm25()`` takes 1.5 µs: it could rank only those
that hold the rarest words, and one search in twenty lost what scoring every exchange puts first.)
A block is written anew, by one sort of its stems, once any of its exchanges has changed.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.exchange_words import number_stem

BLOCK = 1 << 15  # exchanges: a place takes two bytes, and passes over a block stay in the cache

# What it is worth that an exchange holds a stem at all, and what it adds that the question or the
# answer is about it. Chosen so that the best by it hold what scoring every exchange puts first.
_HELD = 1.0
_ASKED = 1.4
_SAID = 0.6
_UNIT = 80  # a worth of 3.0, the most there is, is a byte of 240
_K = 1.2  # bm25's saturation,
_B = 0.4  # and its normalisation by length

_QUESTION, _CONTEXT, _ANSWER = range(3)
_LINE = np.dtype("<u4")
_WRITTEN = 10_000  # stems whose places are written at a time
_STEM_BITS = 48  # of a stem's number stand in a row's id, below the number of the block

Bytes = NDArray[np.uint8]
Worths = NDArray[np.float32]
Numbers = NDArray[np.intp]

_TABLES = (
    "CREATE TABLE postings (id INTEGER PRIMARY KEY, held BLOB NOT NULL)",
    "CREATE TABLE blocks (block INTEGER PRIMARY KEY, transcripts BLOB, officials BLOB)",
    "CREATE TABLE changed_blocks (block INTEGER PRIMARY KEY)",
)


def create_posting_tables(connection: sqlite3.Connection) -> None:
    """Make the empty tables of a record."""
    for statement in _TABLES:
        connection.execute(statement)


# ---------------------------------------------------------------- writing


def mark_changed(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Remember that exchanges were added or dropped, until ``write_changed``."""
    connection.executemany(
        "INSERT OR IGNORE INTO changed_blocks VALUES (?)",
        [(block,) for block in {number // BLOCK for number in numbers}],
    )


def write_changed(connection: sqlite3.Connection) -> None:
    """Write the blocks anew in which exchanges were added or dropped, 1 s for a full one."""
    changed = connection.execute("SELECT block FROM changed_blocks").fetchall()
    for (block,) in changed:
        inside = [_row_id(block, 0), _row_id(block + 1, 0)]
        connection.execute("DELETE FROM postings WHERE id >= ? AND id < ?", inside)
        connection.execute("DELETE FROM blocks WHERE block = ?", [block])
        _write_block(connection, block)
    connection.execute("DELETE FROM changed_blocks")


def _write_block(connection: sqlite3.Connection, block: int) -> None:
    numbers, transcripts, officials = array("q"), array("I"), array("I")
    sizes, stems, counts = bytearray(), bytearray(), array("I")
    for number, transcript, official, lines, held in connection.execute(
        "SELECT id, transcript, official, sizes, stems FROM exchange_words"
        " WHERE id >= ? AND id < ? ORDER BY id",
        [block * BLOCK, (block + 1) * BLOCK],
    ):
        numbers.append(number)
        transcripts.append(transcript)
        officials.append(official)
        counts.append(len(lines) // _LINE.itemsize)
        sizes += lines
        stems += held
    if not numbers:
        return
    places = np.array(numbers) - block * BLOCK
    owners = np.zeros((2, places[-1] + 1), "<u4")
    owners[:, places] = transcripts, officials
    connection.execute("INSERT INTO blocks VALUES (?, ?, ?)", [block, *map(bytes, owners)])
    lines = np.frombuffer(sizes, _LINE)
    connection.executemany(
        "INSERT INTO postings VALUES (?, ?)",
        (
            (_row_id(block, stem), held)
            for stem, held in _invert(places, np.array(counts, np.intp), lines, stems)
        ),
    )


def _row_id(block: int, stem: int) -> int:
    return block << _STEM_BITS | stem & ((1 << _STEM_BITS) - 1)


def _invert(
    places: Numbers, counts: Numbers, lines: NDArray[np.uint32], stems: bytearray
) -> Iterator[tuple[int, bytes]]:
    """The stems of some exchanges, each with the places that hold it and what it is worth there.

    A block may hold ten million stems: what is no longer needed is let go.
    """
    numbers = np.frombuffer(stems, "<u8")
    holders, parts = _read_lines(places, counts, lines)
    order = np.argsort(numbers, kind="stable")  # by stem, and for each stem still by place
    numbers, holders, parts = numbers[order], holders[order], parts[order]
    del order
    firsts = _starts(numbers, holders)  # of a stem in an exchange
    worths = np.full(len(firsts), _HELD, np.float32)
    for part, gain in ((_QUESTION, _ASKED), (_ANSWER, _SAID)):
        lengths = np.bincount(holders[parts == part], minlength=BLOCK)
        norms = _K * (1 - _B + _B * lengths / max(1.0, lengths[places].mean()))
        tallies = np.add.reduceat(parts == part, firsts, dtype=np.float32)
        worths += gain * tallies / (tallies + norms[holders[firsts]].astype(np.float32))
    packed_places = holders[firsts].astype("<u2")
    packed_worths = np.rint(worths * _UNIT).astype(np.uint8)
    numbers = numbers[firsts]
    del holders, parts, firsts, worths
    edges = np.append(_starts(numbers), len(numbers))
    for at in range(0, len(edges) - 1, _WRITTEN):
        for start, end in pairwise(edges[at : at + _WRITTEN + 1].tolist()):
            held = packed_places[start:end].tobytes() + packed_worths[start:end].tobytes()
            yield int(numbers[start]), held


def _starts(*columns: NDArray[Any]) -> Numbers:
    """Where runs of rows begin that are the same in all columns."""
    fresh = np.zeros(len(columns[0]), bool)
    fresh[:1] = True
    for column in columns:
        fresh[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(fresh)


def _read_lines(
    places: Numbers, counts: Numbers, lines: NDArray[np.uint32]
) -> tuple[NDArray[np.uint16], Bytes]:
    """For every stem of some exchanges the place of its exchange, and in which part it stands.

    ``counts`` tells how many lines each exchange has, ``lines`` how many stems each line.
    """
    heads = np.cumsum(counts) - counts
    parts = np.full(len(lines), _ANSWER, np.uint8)
    parts[heads], parts[heads + 1] = _QUESTION, _CONTEXT
    holders = np.repeat(np.repeat(places.astype(np.uint16), counts), lines)
    return holders, np.repeat(parts, lines)


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The transcripts and officials that filters leave; None leaves that side open."""

    transcripts: frozenset[int] | None = None
    officials: frozenset[int] | None = None


def find_worthiest(
    connection: sqlite3.Connection,
    terms: Sequence[Mapping[str, float]],
    narrowings: Sequence[Narrowing],
    most: int,
) -> list[dict[int, float]]:
    """The exchanges that hold most of what is sought.

    Args:
        terms: for each word the stems that stand for it, each with what it weighs; the one that
            is worth most in an exchange counts there.
        narrowings: what to look in; one pass serves them all.
        most: how many are found in each, at most.

    Returns:
        For each narrowing the exchanges' row ids, the best first, with what each is worth: the
        weights of what it holds, each times 1 to 3.
    """
    ranks = [_Best(most) for _ in narrowings]
    for block in _list_blocks(connection):
        allowed = [_read_allowed(connection, block, each) for each in narrowings]
        if any(places.any() for places in allowed):
            totals = _weigh_block(connection, block, terms)
            for rank, places in zip(ranks, allowed, strict=True):
                rank.add(block * BLOCK, totals * places)
    return [rank.ordered() for rank in ranks]


class _Best:
    """The best of all that is added, as many as are kept at most."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.numbers, self.worths = np.zeros(0, np.intp), np.zeros(0, np.float32)

    def add(self, first: int, totals: Worths) -> None:
        """What exchanges are worth, one after the other from row id ``first`` on."""
        least = self.worths.min() if len(self.worths) == self.most else 0
        better = np.flatnonzero(totals > least)
        self.numbers = np.concatenate([self.numbers, better + first])
        self.worths = np.concatenate([self.worths, totals[better]])
        if len(self.worths) > self.most:
            best = np.argpartition(-self.worths, self.most)[: self.most]
            self.numbers, self.worths = self.numbers[best], self.worths[best]

    def ordered(self) -> dict[int, float]:
        """Row ids and worths, the best first, of equals the lower id."""
        order = np.lexsort((self.numbers, -self.worths))
        pairs = zip(self.numbers[order].tolist(), self.worths[order].tolist(), strict=True)
        return dict(pairs)


def transcripts_of(connection: sqlite3.Connection, officials: Iterable[int]) -> frozenset[int]:
    """The transcripts in which these officials answer."""
    found: set[int] = set()
    kept = Narrowing(officials=frozenset(officials))
    for block in _list_blocks(connection):
        transcripts, _ = _read_owners(connection, block)
        allowed = _read_allowed(connection, block, kept)[: len(transcripts)]
        found.update(np.unique(transcripts[allowed]).tolist())
    return frozenset(found)


def _list_blocks(connection: sqlite3.Connection) -> list[int]:
    rows = connection.execute("SELECT block FROM blocks ORDER BY block")
    return [block for (block,) in rows]


def _read_allowed(
    connection: sqlite3.Connection, block: int, narrowing: Narrowing
) -> NDArray[np.bool_]:
    """Which places of a block the filters leave; one value where that is all of them."""
    if narrowing == Narrowing():
        return np.ones(1, bool)
    owners = _read_owners(connection, block)
    allowed = np.zeros(BLOCK, bool)
    allowed[: len(owners[0])] = True
    for held, kept in zip(owners, (narrowing.transcripts, narrowing.officials), strict=True):
        if kept is not None:
            allowed[: len(held)] &= np.isin(held, np.array(sorted(kept), np.uint32))
    return allowed


def _read_owners(
    connection: sqlite3.Connection, block: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """For each place of a block the transcript and the official of its exchange."""
    transcripts, officials = connection.execute(
        "SELECT transcripts, officials FROM blocks WHERE block = ?", [block]
    ).fetchone()
    return np.frombuffer(transcripts, "<u4"), np.frombuffer(officials, "<u4")


def _weigh_block(
    connection: sqlite3.Connection,
    block: int,
    terms: Sequence[Mapping[str, float]],
) -> Worths:
    """What each exchange of a block is worth."""
    totals = np.zeros(BLOCK, np.float32)
    held = _read_held(connection, block, {stem for term in terms for stem in term})
    for term in terms:
        found = [(*held[stem], weight / _UNIT) for stem, weight in term.items() if stem in held]
        if len(found) == 1:
            places, worths, weight = found[0]
            np.add.at(totals, places, worths * np.float32(weight))
        elif found:
            totals += _weigh_best(found)
    return totals


def _weigh_best(found: Sequence[tuple[Numbers, Bytes, float]]) -> Worths:
    """What each exchange of a block is worth by that of some stems which is worth most there."""
    best = np.zeros(BLOCK, np.float32)
    for places, worths, weight in found:
        np.maximum.at(best, places, worths * np.float32(weight))
    return best


def _read_held(
    connection: sqlite3.Connection, block: int, stems: Iterable[str]
) -> dict[str, tuple[Numbers, Bytes]]:
    """For the stems that a block holds the places, and what each is worth there."""
    ids = {_row_id(block, number_stem(stem)): stem for stem in stems}
    rows = connection.execute(
        "SELECT id, held FROM postings WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {ids[number]: _unpack(held) for number, held in rows}


def _unpack(held: bytes) -> tuple[Numbers, Bytes]:
    count = len(held) // 3
    places = np.frombuffer(held, "<u2", count).astype(np.intp)
    return places, np.frombuffer(held, np.uint8, offset=2 * count)
