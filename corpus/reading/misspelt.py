"""Labels with a slip in a person's name, or its initials: ``BRANDTON`` or ``J. BRANTON``.

Two names that differ by a letter may be two persons'. So one is taken for the other's only where
it stands nowhere else in the document, and, without office and first name, where it doesn't ask.
Initials are those of the one whose label has the surname and first names that begin so.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from corpus.reading.briefing import FoundLabel, asks_there, name_words
from corpus.reading.labels import read_words
from corpus.reading.same_labels import fold_label

_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,3}[^\W\d_]{2}")
_OFTEN = 3  # turns of one surname
_SELDOM = 2
_SHORTEST = 4  # letters of a name; of initials each may be somebody's
_LONG = 6
_DOUBLED = 2  # letters that differ where another is doubled
_WHOLE = 3  # words of a label that holds more than a title and a surname
_COMPARED = 64  # labels of one document
_LOOKED_AT = 2_000  # labels that stand seldom
_LOOKED_UP = 32  # names searched for in a document; keeps reading linear


def join_misspelt(text: str, labels: Sequence[FoundLabel]) -> list[FoundLabel]:
    """The labels, a misspelt one with the document's label that it means."""
    slips = dict(_find_initials(labels)) | dict(_find_slips(text, labels))
    return [
        replace(label, meant=slips[label.printed])
        if label.printed in slips and _may_be(text, label)
        else label
        for label in labels
    ]


def _find_initials(labels: Sequence[FoundLabel]) -> Iterator[tuple[str, str]]:
    """The labels as printed that have initials for first names, and those that have the names."""
    meant = {label.printed: label.meant for label in labels}
    bearers: dict[str, list[str]] = {}
    for label in meant:
        bearers.setdefault(_surname(label), []).append(label)
    for label in (label for label in meant if _INITIALS.match(label)):
        initials = _initials(label)
        others = [
            other
            for other in bearers[_surname(label)][:_COMPARED]
            if not _INITIALS.match(other) and _initials(other)[: len(initials)] == initials
        ]
        if len({tuple(name_words(fold_label(other))) for other in others}) == 1:
            yield label, meant[others[-1]]


def _initials(label: str) -> list[str]:
    given = name_words(fold_label(label))[:-1]
    return [part[0] for word in given for part in word.split("-") if part]


def _may_be(text: str, label: FoundLabel) -> bool:
    whole = len(read_words(label.printed)) >= _WHOLE or _INITIALS.match(label.printed)
    return bool(whole) or not asks_there(text, label.end)


def _find_slips(text: str, labels: Sequence[FoundLabel]) -> Iterator[tuple[str, str]]:
    """The labels as printed that stand seldom, and the document's labels that they mean."""
    counts = Counter(label.printed for label in labels)
    meant = {label.printed: label.meant for label in labels}
    seldom = [label for label, count in counts.items() if count <= _SELDOM][:_LOOKED_AT]
    common = [label for label, _ in counts.most_common(_COMPARED)]
    spelt = {label: read_words(fold_label(label)) for label in (*common, *seldom)}
    turns = Counter(surname for label in labels if (surname := _surname(label.printed)))
    looked_up = 0
    for label in seldom:
        slips = {other: _find_slip(spelt[label], spelt[other]) for other in common}
        near = [other for other in common if slips[other]]
        if len({meant[other] for other in near}) != 1 or looked_up == _LOOKED_UP:
            continue
        looked_up += 1
        own = counts[label] if _surname(label) == _surname(near[0]) else 0
        often = turns[_surname(near[0])] - own >= _OFTEN
        if often and _count_word(slips[near[0]], text) == counts[label]:
            yield label, meant[near[0]]


def _find_slip(words: Sequence[str], others: Sequence[str]) -> str:
    """The one word in which a label differs, by a letter, from another; or nothing.

    In a first name, another letter may be doubled: ``CORRINE`` for ``CORINNE``.
    """
    if len(words) != len(others):
        return ""
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1 or min(map(len, differing[0])) < _SHORTEST:
        return ""
    printed, meant = differing[0]
    distance = OSA.distance(printed, meant) if printed[0] == meant[0] else math.inf
    is_first = words[-1] == others[-1] and min(len(printed), len(meant)) >= _LONG
    doubles = is_first and distance == _DOUBLED and {*printed} == {*meant}
    return printed if distance == 1 or doubles else ""


@lru_cache(2048)
def _surname(label: str) -> str:
    return "".join(name_words(fold_label(label))[-1:])


def _count_word(word: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
