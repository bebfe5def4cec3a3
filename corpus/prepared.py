"""All that is written of a transcript; working it out takes long and needs no record."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import index, spoken_index
from corpus.exchanges import pair_turns
from corpus.model import Exchange, Transcript
from corpus.pieces import Piece


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transcript with its exchanges and what makes them and its words findable."""

    transcript: Transcript
    exchanges: tuple[Exchange, ...]
    findable: index.Findable
    pieces: tuple[tuple[int, Piece], ...]


def prepare_transcript(transcript: Transcript) -> Prepared:
    """Work out all that is written of a transcript."""
    exchanges = pair_turns(transcript)
    findable = index.read_findable(transcript, exchanges)
    return Prepared(transcript, exchanges, findable, spoken_index.read_spoken(transcript))
