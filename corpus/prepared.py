"""All that is written of a transcript; working it out takes long and needs no record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from corpus import index, spoken_index
from corpus.exchanges import pair_turns
from corpus.model import Exchange, Transcript
from corpus.pieces import Piece

PART = 250
"""Exchanges, and turns, of a long transcript that are worked out and written at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """Exchanges of a transcript and a run of its turns, with what makes them findable."""

    exchanges: range
    findable: index.Findable
    turns: range
    pieces: tuple[tuple[int, Piece], ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transcript with its exchanges and what makes them and its words findable."""

    transcript: Transcript
    exchanges: tuple[Exchange, ...]
    findable: index.Findable
    pieces: tuple[tuple[int, Piece], ...]

    def parts(self) -> Iterator[Part]:
        """All of it at once."""
        every, turns = range(len(self.exchanges)), range(len(self.transcript.turns))
        yield Part(every, self.findable, turns, self.pieces)


@dataclass(frozen=True, slots=True)
class LongPrepared:
    """The same of a long transcript, of which each part is worked out when it is written.

    All that makes ten megabytes of ever new words findable would fill 800.
    """

    transcript: Transcript
    exchanges: tuple[Exchange, ...]

    def parts(self) -> Iterator[Part]:
        """What makes the exchanges and the turns findable, in order, some of each at a time."""
        transcript = self.transcript
        parted = zip_longest(_cut(len(self.exchanges)), _cut(len(transcript.turns)))
        for at, positions in parted:
            exchanges, turns = at or range(0), positions or range(0)
            findable = index.read_findable(
                transcript,
                (self.exchanges[each] for each in exchanges),
                (transcript.turns[each] for each in turns),
            )
            yield Part(exchanges, findable, turns, spoken_index.read_spoken(transcript, turns))


def prepare_transcript(transcript: Transcript) -> Prepared:
    """Work out all that is written of a transcript."""
    exchanges = pair_turns(transcript)
    findable = index.read_findable(transcript, exchanges, transcript.turns)
    pieces = spoken_index.read_spoken(transcript, range(len(transcript.turns)))
    return Prepared(transcript, exchanges, findable, pieces)


def prepare_long(transcript: Transcript) -> LongPrepared:
    """Pair the turns of a transcript; the rest is worked out part by part as it is written."""
    return LongPrepared(transcript, pair_turns(transcript))


def _cut(count: int) -> Iterator[range]:
    for start in range(0, count, PART):
        yield range(start, min(count, start + PART))
