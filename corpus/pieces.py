"""What is stored of a turn so that words spoken in it are found: its pieces, by pairs of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from corpus.spoken import read_transcript

PIECE_WORDS = 160
PIECE_OVERLAP = 48


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn and the pairs of words in it, as they are stored to be found.

    Pieces overlap by ``PIECE_OVERLAP`` words, so that any shorter run of words stands whole in one.
    """

    start: int
    end: int
    pairs: str


def name_pair(first: str, second: str) -> str:
    """The name under which a pair of neighbouring words is stored: eight hexadecimal digits.

    Two pairs may share a name; what is found by it is compared word by word.
    """
    return f"{crc32(f'{first} {second}'.encode()):08x}"


def cut_pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of the turn ``text[start:end]``; none for a turn of a single word."""
    reading = read_transcript(text, start, end)
    keys = reading.keys
    for first in range(0, max(1, len(keys) - PIECE_OVERLAP), PIECE_WORDS - PIECE_OVERLAP):
        last = min(first + PIECE_WORDS, len(keys))
        pairs = {
            name_pair(keys[at], keys[then])
            for at in range(first, last)
            for then in reading.after(at)
            if then < last
        }
        if pairs:
            yield Piece(reading.starts[first], reading.ends[last - 1], " ".join(sorted(pairs)))
