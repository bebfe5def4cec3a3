"""The words nearest in meaning to each word of the built-in table, found once and shipped.

Finding them anew takes 18 MB and 8 ms a word; ``python -m corpus.vectors.neighbours`` writes the
file again when the table has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.vectors.words import WordTable, shipped_table

SHIPPED_NEIGHBOURS = Path(__file__).parent / "neighbours.npz"

ALIKE = 0.55  # cosine from which a word counts as near
MOST = 12

_BLOCK = 500  # words compared at once with all others: 60 MB


def nearest_words(word: str) -> list[tuple[str, float]]:
    """The whole words nearest in meaning, with their cosines (from ``ALIKE``), nearest first.

    Args:
        word: one word as ``split_words`` of the table gives it; one it doesn't hold has none.

    Returns:
        At most ``MOST``; cosines are right to .0005.
    """
    place = shipped_table().places.get(word)
    if place is None:
        return []
    ends, near, cosines = _shipped()
    inside = slice(int(ends[place - 1]) if place else 0, int(ends[place]))
    names = shipped_table().vocabulary
    pairs = zip(near[inside].tolist(), cosines[inside].tolist(), strict=True)
    return [(names[each], cosine) for each, cosine in pairs]


def find_nearest(table: WordTable, places: Sequence[int]) -> Iterator[list[tuple[int, float]]]:
    """For each of the places the places of the nearest whole words, with their cosines."""
    rows = table.rows(np.arange(len(table.vocabulary)))
    whole = np.array([not word.startswith("##") for word in table.vocabulary])
    for start in range(0, len(places), _BLOCK):
        block = np.array(places[start : start + _BLOCK])
        for place, cosines in zip(block, rows[block] @ rows.T, strict=True):
            cosines[place] = 0
            near = np.flatnonzero((cosines >= ALIKE) & whole)
            near = near[np.argsort(-cosines[near], kind="stable")][:MOST]
            yield list(zip(near.tolist(), cosines[near].tolist(), strict=True))


@cache
def _shipped() -> tuple[NDArray[np.int32], NDArray[np.uint16], NDArray[np.float16]]:
    """Where each word's neighbours end, their places, and their cosines."""
    with np.load(SHIPPED_NEIGHBOURS) as arrays:
        return np.cumsum(arrays["counts"], dtype=np.int32), arrays["places"], arrays["cosines"]


def _write_file() -> None:
    table = shipped_table()
    found = list(find_nearest(table, range(len(table.vocabulary))))
    np.savez(
        SHIPPED_NEIGHBOURS,
        counts=np.array([len(each) for each in found], np.uint8),
        places=np.array([place for each in found for place, _ in each], np.uint16),
        cosines=np.array([cosine for each in found for _, cosine in each], np.float16),
    )


if __name__ == "__main__":
    _write_file()
