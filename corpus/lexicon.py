"""Words that people use for what officials call otherwise: cops, police; kids, children."""

from __future__ import annotations

from functools import lru_cache

from corpus.english import read_table
from corpus.vectors.words import shipped_table

_ALIKE = 0.55  # cosine from which a word may stand for another
_MOST = 12
LISTED_SHARE = 0.8  # of a word that the list of everyday words names
_LEAST_SHARE = 0.1


@lru_cache(maxsize=20_000)
def related_words(word: str) -> tuple[tuple[str, float], ...]:
    """Words that may stand for ``word`` in an official's mouth, each with its share of weight."""
    listed = tuple((other, LISTED_SHARE) for other in read_table("everyday").get(word, ()))
    near = shipped_table().neighbours(word, _ALIKE, _MOST)
    return listed + tuple((other, _share(cosine)) for other, cosine in near)


def is_english(word: str) -> bool:
    """Whether a word is known as English, and so is hardly a misspelling of another."""
    return shipped_table().length(word) is not None or word in read_table("everyday")


def _share(cosine: float) -> float:
    """From .1 at a cosine of .55 to .8 for a word that means the same."""
    return min(0.8, _LEAST_SHARE + (cosine - _ALIKE) * 2)


@lru_cache(maxsize=20_000)
def tell_weight(word: str) -> float:
    """How much a word tells of a subject, about .4 to 2; learned with the word vectors."""
    length = shipped_table().length(word)
    return 1.0 if length is None else length / 2.5
