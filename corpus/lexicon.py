"""Words that people use for what officials call otherwise: cops, police; kids, children.

Two sources: a table written for this project (``everyday_words.tsv``, ``english/everyday.txt``),
and the nearest words by vector. Measured with scorer 1, when the table had 1,300 rows, over six
sets of queries, right first / right in three on average: neither .68 / .84, vectors .70 / .86, the
table .71 / .87, both .71 / .88. The table was begun before the sets were read; a few known misses
of one set were examples in its brief.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.english import read_table
from corpus.vectors.neighbours import ALIKE, nearest_words
from corpus.vectors.words import shipped_table
from corpus.words import STOP_WORDS, stem

LISTED_SHARE = 0.8  # of the weight of a word that is listed as meaning the same
RELATED_SHARE = 0.3  # of one that is listed as related
_LEAST_SHARE = 0.1
_LONGEST = 4  # words of a typed phrase
_PREFIXES = ("un", "in", "im", "ir", "il", "re", "non", "dis", "mis", "over", "under", "on", "pre")
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "r", "rs", "ly", "ness", "able")


def expand_words(words: Sequence[str]) -> dict[str, dict[str, float]]:
    """The stems that may stand for each word of a query in an official's mouth.

    Args:
        words: all words of the query in order, as ``split_query`` gives them, so that a listed
            phrase ("bank run") is found.

    Returns:
        For each word stems with their shares of its weight; its own stem, which has all of it,
        is left out.
    """
    found = {word: dict(_nearest(word)) for word in words}
    for word, listed in _listed(words).items():
        for each, share in listed.items():
            found[word][each] = max(share, found[word].get(each, 0.0))
    for word, stems in found.items():
        stems.pop(stem(word), None)
    return found


def is_english(word: str) -> bool:
    """Whether a word is known as English, or formed from one, and so is hardly a misspelling."""
    if _listed_form(word) is not None:
        return True
    rests = (word.removeprefix(prefix) for prefix in _PREFIXES)
    return any(rest != word and len(rest) > 3 and _listed_form(rest) for rest in rests)


def _listed_form(word: str) -> str | None:
    """The listed word that a word is, or is a form of: "ghost" of "ghosting"; None without one."""
    if _is_listed(word):
        return word
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if len(base) > 2 and base != word:
            doubled = [base[:-1]] if base[-1] == base[-2] else []
            for each in (base, f"{base}e", *doubled):
                if _is_listed(each) and stem(each) == stem(word):
                    return each
    return None


def _is_listed(word: str) -> bool:
    return word in shipped_table().places or word in read_table("everyday") or word in _lines()


@lru_cache(maxsize=20_000)
def nearest_english(word: str, least: float) -> tuple[str, float] | None:
    """The English word that a misspelt one is likest, the commonest of several, with the likeness.

    Slips in the first letter are rare and not looked for.

    Args:
        word: of letters, in lower case.
        least: how alike it must be, 0 to 1, by OSA's normalised similarity.
    """
    known = _known_words().get(word[:1], [])
    found = process.extractOne(
        word, known, scorer=OSA.normalized_similarity, score_cutoff=least, processor=None
    )
    return (found[0], float(found[1])) if found else None


@cache
def _known_words() -> Mapping[str, list[str]]:
    """English words of four and more letters by the first, about the commonest first."""
    known: dict[str, list[str]] = {}
    for word in dict.fromkeys((*shipped_table().vocabulary, *read_table("everyday"), *_lines())):
        if len(word) > 3 and word.isalpha():
            known.setdefault(word[0], []).append(word)
    return known


@lru_cache(maxsize=20_000)
def _nearest(word: str) -> tuple[tuple[str, float], ...]:
    """Stems of the words nearest in meaning, and of those that stand for a slang word."""
    listed = _listed_form(word) or word
    near = [(other, LISTED_SHARE) for other in read_table("everyday").get(listed, ())]
    for other, cosine in nearest_words(listed):
        near.append((other, min(LISTED_SHARE, _LEAST_SHARE + 2 * (cosine - ALIKE))))
    shares: dict[str, float] = {}
    for other, share in near:
        shares.setdefault(stem(other), share)
    return tuple(shares.items())


def _listed(words: Sequence[str]) -> dict[str, Mapping[str, float]]:
    """The rows of the table that the query's words and phrases call for, the longest first."""
    found: dict[str, Mapping[str, float]] = {}
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = words[at : at + size]
            line = _lines().get(" ".join(phrase)) or _lines().get(" ".join(map(stem, phrase)))
            if line:
                row = _read_row(line)
                found.update({word: row for word in phrase if word not in STOP_WORDS})
                at += size - 1
                break
        at += 1
    return found


@cache
def _lines() -> Mapping[str, str]:
    """The lines of the table by typed words and phrases, as written and as stems.

    Lines are taken apart when a query calls for them: a start reads two thousand and needs few.
    """
    text = (Path(__file__).parent / "everyday_words.tsv").read_text("utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    typed = [(phrase, row) for row in rows for phrase in row.split("\t", 1)[0].split(", ")]
    lines: dict[str, str] = {}
    for phrase, row in typed:
        lines.setdefault(" ".join(map(stem, phrase.split())), row)
    return lines | dict(typed)


@lru_cache(maxsize=2_000)
def _read_row(line: str) -> Mapping[str, float]:
    """The stems that stand for what people type in a line of the table, with their shares."""
    _, *columns = line.split("\t")
    row: dict[str, float] = {}
    for column, share in zip(columns, (LISTED_SHARE, RELATED_SHARE), strict=False):
        for word in column.split(", "):
            if " " not in word:
                row.setdefault(stem(word), share)
    return row
