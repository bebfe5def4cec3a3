"""What a misspelt word may stand for: words on record, stop words, other English ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cache

from rapidfuzz.distance import OSA

from corpus import index
from corpus.lexicon import is_english, nearest_english
from corpus.words import STOP_WORDS, stem

_COMMONER = 5  # times as common is a word that one on record may be a slip of
_SPELLINGS = 3  # words on record that may stand for one that is not
_ALIKE = 0.78  # OSA similarity from which a word may be a misspelling, .74 up to five letters
_ALIKE_SHORT = 0.74


def may_be_slip(word: str) -> bool:
    """Whether a word is to be looked up among slips: of letters, and not known as English."""
    return word.isalpha() and not is_english(word)


def find_slips(connection: sqlite3.Connection, word: str) -> list[tuple[str, float]] | None:
    """The words that one that isn't English may be a slip of, the likest first.

    Words on record that are commoner there, else an English one; None for a slip of a stop word.
    """
    spellings = _nearest_spellings(connection, word)
    stems = [stem(word), *(stem(other) for other, _ in spellings)]
    counts = index.count_stems(connection, stems)
    held = counts.get(stem(word), 0)
    best = max((alike for _, alike in spellings), default=0.0)
    if not held and _nearest_stop_word(word) > best:
        return None
    frequency = {other: counts.get(stem(other), 0) for other, _ in spellings}
    commoner = [pair for pair in spellings if frequency[pair[0]] > _COMMONER * held]
    commoner.sort(key=lambda pair: (-pair[1], -frequency[pair[0]]))
    # A word that is written so on record, if only outside all exchanges, is no slip of another.
    if held or best == 1 or len(word) < index.SHORTEST_SPELLING:
        return commoner
    english = nearest_english(word, max(min(best + 0.01, 1.0), _least_alike(word)))
    return [english, *commoner] if english else commoner


def _least_alike(word: str) -> float:
    """How alike another word must be for this one to be a slip of it."""
    return _ALIKE if len(word) > 5 else _ALIKE_SHORT


def _nearest_spellings(connection: sqlite3.Connection, word: str) -> list[tuple[str, float]]:
    """Words on record that a word may be a slip of, with their likeness, the likest first."""
    if len(word) < index.SHORTEST_SPELLING:
        return []
    floor = _least_alike(word)
    scored = [
        (OSA.normalized_similarity(word, other), other)
        for other in index.find_spellings(connection, word)
    ]
    best = sorted((pair for pair in scored if pair[0] >= floor), reverse=True)[:_SPELLINGS]
    return [(other, alike) for alike, other in best]


def _nearest_stop_word(word: str) -> float:
    """How alike the likest stop word is that a word may be a slip of; 0 where there is none."""
    near = {stop for cut in index.cut_letters(word) for stop in _stop_word_cuts().get(cut, ())}
    return max((OSA.normalized_similarity(word, stop) for stop in near), default=0.0)


@cache
def _stop_word_cuts() -> Mapping[str, list[str]]:
    """Stop words of three and more letters by what is left of them when a letter is cut out."""
    cuts: dict[str, list[str]] = {}
    for word in STOP_WORDS:
        if len(word) > 2:
            for cut in index.cut_letters(word):
                cuts.setdefault(cut, []).append(word)
    return cuts
