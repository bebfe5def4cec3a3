"""All that is written of a transcript; working it out takes long and needs no record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

from corpus import index, spoken_index
from corpus.exchanges import iter_exchanges, pair_turns
from corpus.model import Exchange, Transcript
from corpus.pieces import Piece

PART = 250
"""Exchanges, and turns, of a long transcript that are worked out and written at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """Exchanges of a transcript and a run of its turns, with what makes them findable."""

    exchanges: tuple[Exchange, ...]
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
        turns = range(len(self.transcript.turns))
        yield Part(self.exchanges, self.findable, turns, self.pieces)


@dataclass(frozen=True, slots=True)
class LongPrepared:
    """The same of a long transcript, of which each part is worked out when it is written.

    All that makes ten megabytes of ever new words findable would fill 800.
    """

    transcript: Transcript

    def parts(self) -> Iterator[Part]:
        """What makes the exchanges and the turns findable, in order, some of each at a time."""
        transcript = self.transcript
        paired = _cut_exchanges(iter_exchanges(transcript))
        for found, positions in zip_longest(paired, _cut(len(transcript.turns))):
            exchanges, turns = found or (), positions or range(0)
            said = (transcript.turns[each] for each in turns)
            findable = index.read_findable(transcript, exchanges, said)
            pieces = spoken_index.read_spoken(transcript, turns)
            yield Part(exchanges, findable, turns, pieces)


def prepare_transcript(transcript: Transcript) -> Prepared:
    """Work out all that is written of a transcript."""
    exchanges = pair_turns(transcript)
    findable = index.read_findable(transcript, exchanges, transcript.turns)
    pieces = spoken_index.read_spoken(transcript, range(len(transcript.turns)))
    return Prepared(transcript, exchanges, findable, pieces)


def _cut_exchanges(exchanges: Iterator[Exchange]) -> Iterator[tuple[Exchange, ...]]:
    while part := tuple(islice(exchanges, PART)):
        yield part


def _cut(count: int) -> Iterator[range]:
    for start in range(0, count, PART):
        yield range(start, min(count, start + PART))
