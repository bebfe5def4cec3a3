"""Two words of a query that stand on record as one: ``cease fire``, ``home buyers``.

They are taken for one only where the built-in word vectors say that both spellings mean the same:
``bud get`` is no budget. The other way round (``airlift`` for "air lift") nothing is gained: the
vectors of the one word find what is said in two, and of 120 such queries as many were spoilt.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from itertools import pairwise

from corpus import index
from corpus.vectors import built_in
from corpus.words import STOP_WORDS, stem

# Cosine of the two spellings: 24 of 26 compounds have more, 38 of 41 chance splits less.
_ALIKE = 0.45
_PART = re.compile(r"[a-z]{3,}")


def join_words(connection: sqlite3.Connection, words: Sequence[str]) -> dict[str, str]:
    """For words of a query the word on record that each makes with a neighbour.

    Args:
        connection: to the record.
        words: folded, in order.
    """
    pairs = [pair for pair in pairwise(words) if all(map(_may_be_part, pair))]
    held = index.count_stems(connection, {stem(one + other) for one, other in pairs})
    joined: dict[str, str] = {}
    for pair in pairs:
        word = "".join(pair)
        if stem(word) in held and _mean_the_same(word, " ".join(pair)):
            joined.update(dict.fromkeys(pair, word))
    return joined


def _may_be_part(word: str) -> bool:
    return word not in STOP_WORDS and _PART.fullmatch(word) is not None


def _mean_the_same(one: str, other: str) -> bool:
    here, there = built_in().encode([one, other])
    return float(here @ there) >= _ALIKE
