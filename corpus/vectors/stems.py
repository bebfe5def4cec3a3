"""How near the stems of two texts are, word by word: "cops" and "law enforcement", "shot" and
"vaccine".

A text's vector blurs its words into one; here each word of a query looks for its nearest word in a
passage. The two see different things and are worth most together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.vectors.words import shipped_table
from corpus.words import stem

FLOOR = 0.3  # cosine from which two words count as near; .2 to .4 measure alike


def compare_stems(stems: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """How near each of ``stems`` (a row) is to each of ``others`` (a column), 0 to 1.

    1 where they are the same stem, 0 where their words are no nearer than any two, or one of them
    is not in the built-in table. About 2 ms for ten stems against two thousand.
    """
    near: NDArray[np.float32] = np.clip(
        (_rows_of(stems) @ _rows_of(others).T - FLOOR) / (1 - FLOOR), 0, 1
    )
    for row, one in enumerate(stems):
        if one not in _places_by_stem():
            near[row] = [other == one for other in others]
    return near


def find_nearest(stems: Sequence[str], lines: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """How near the nearest stem of each line (a row) is to each of ``stems`` (a column), 0 to 1.

    A line is a question or a sentence; one without stems is a row of zeros. About 5 ms for ten
    stems against the 2,000 sentences of 60 candidates.
    """
    numbers: dict[str, int] = {}
    places = [numbers.setdefault(one, len(numbers)) for line in lines for one in line]
    sizes = np.fromiter(map(len, lines), np.intp, len(lines))
    nearest = np.zeros((len(lines), len(stems)), np.float32)
    if not places or not stems:
        return nearest
    near = compare_stems(stems, list(numbers)).T
    said = sizes > 0
    starts = (np.cumsum(sizes) - sizes)[said]
    nearest[said] = np.maximum.reduceat(near[places], starts, axis=0)
    return nearest


def _rows_of(stems: Sequence[str]) -> NDArray[np.float32]:
    known = _places_by_stem()
    return shipped_table().rows(np.array([known.get(one, -1) for one in stems], np.intp))


@cache
def _places_by_stem() -> dict[str, int]:
    """The row of each stem's commonest word."""
    places: dict[str, int] = {}
    for word, place in shipped_table().places.items():
        if not word.startswith("##"):
            places.setdefault(stem.__wrapped__(word.replace("'", "")), place)
    return places
