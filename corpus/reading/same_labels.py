"""The name in a label, and which labels are the same speaker's though they are printed otherwise.

A mistyped label stands for the one of the document's labels that is closest; of two that are
equally close, for none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.reading.label_words import (
    ANSWERING,
    DOMAIN_WORDS,
    OFFICE_WORDS,
    PERSONAL_TITLES,
    SURNAMES_TOO,
    word_set,
)
from corpus.reading.labels import (
    ADDRESSED,
    NUMBERS,
    REMEMBERED,
    SURNAMES_ALONE,
    is_name,
    kind_of_label,
    read_words,
    shows_office,
)
from corpus.reading.roles import shows_post
from corpus.text import fold_space

_TITLES_BEFORE_NAMES = OFFICE_WORDS | SURNAMES_TOO | {"SPEAKER"}
_JOINING = word_set("OF FOR THE TO ON IN AT AND")
_AFTER_SURNAMES = word_set("JR SR II III IV")
_PARTY_INSIDE = re.compile(r"\s*\([DRI]-[A-Z][\w.]*\)(?P<role>, .*)?$")  # Rep. Jan Roe (D-OH), Whip
_PARTY = re.compile(r",?\s*\(?\b[DRI]-[A-Z][\w.]*(?:\s[A-Z]\w+)?\)?$")
_CLOSE = 0.799  # OSA similarity: two letters of "SECREATRY MAYORKAS", one of "MOERATOR"
_KNOWN_AT_MOST = 64  # labels of one document to compare with; keeps reading linear
_STATED = re.compile(
    r"(?P<name>[^,()\[\]]{2,60}?)\s*(?:,\s*(?P<after>\S.*)|[(\[](?P<inside>[^()\[\]]+)[)\]])"
)

_SURNAME_FIRST = re.compile(  # Roe, Jan (Director)
    r"^(?P<surname>[^\s,()]{2,30}), (?P<given>[^,()]{1,30}) \((?P<role>[^()]{2,60})\)$"
)


@lru_cache(REMEMBERED)
def split_label(printed: str) -> tuple[str, str | None]:
    """Name and role of a label that tells both; the label itself and None of any other.

    ``Jane Doe (NATO Spokesperson)``, ``JANE DOE, CNN ANCHOR``, ``The Prime Minister (Jane Doe)``.
    The one who answers in ``A (Secretary Roe)`` is Secretary Roe.
    """
    if whose := answered_by(printed):
        return split_label(whose)
    printed = _SURNAME_FIRST.sub(r"\g<given> \g<surname> (\g<role>)", printed)
    found = _STATED.fullmatch(_PARTY_INSIDE.sub(r"\g<role>", ADDRESSED.sub("", printed)).strip())
    if found is None or not is_name(printed):
        return printed, None
    name, told = found["name"].strip(), (found["after"] or found["inside"]).strip()
    spoken_to = read_words(told)[:1] and read_words(told)[0] in PERSONAL_TITLES
    shown = kind_of_label(told) in {"official", "reporter", "moderator"} or shows_post(told)
    if shown and not spoken_to:
        return (name, told) if kind_of_label(name) is None else (printed, None)
    is_whole = len(told.split()) > 1 and told[0].isupper()  # not "interpreted from Italian"
    if found["inside"] and kind_of_label(name) == "official" and is_whole:
        return told, re.sub(r"^The\s+", "", name)
    return printed, None


def without_party(label: str) -> str:
    """A legislator's label without party and state: ``Gov. Jane Roe, D-Oregon``."""
    return _PARTY.sub("", label)


@lru_cache(REMEMBERED)
def surname_of(printed: str) -> str | None:
    """The surname of a label made of a title and a name (``MR. KIRBY`` → KIRBY), or None."""
    words = read_words(_PARTY_INSIDE.sub("", without_party(printed)))
    while words and words[-1] in _AFTER_SURNAMES:
        words.pop()
    if len(words) < 2 or words[0] == "THE":
        return None
    if words[0] in PERSONAL_TITLES:
        return None if kind_of_label(printed) else " ".join(words[1:])
    offices = [
        at
        for at, word in enumerate(words[:-1])
        if not _TITLES_BEFORE_NAMES.isdisjoint({word, *word.split("-")})
    ]
    if not offices:
        return None
    name = words[offices[-1] + 1 :]
    while name and (name[0] in PERSONAL_TITLES or _tells_of_what(name)):
        name.pop(0)
    name = name[-1:] if "OF" in words else name
    nameless = not name or name[-1] in NUMBERS or not could_be_name(" ".join(name))
    return None if nameless else " ".join(name)


def _tells_of_what(words: Sequence[str]) -> bool:
    """Whether words go on to tell what an office is of: ``OF STATE ROE``, ``STATE ROE``."""
    return words[0] in DOMAIN_WORDS or (words[0] in _JOINING and not DOMAIN_WORDS.isdisjoint(words))


def _is_office(word: str) -> bool:
    return word not in SURNAMES_ALONE and shows_office(word)


def could_be_name(name: str) -> bool:
    """Whether words may be a name: they are none of an office, nor of what an office is of.

    Nor do they begin with a small word: ``for Roads``.
    """
    words = read_words(name)
    is_office = any(word in DOMAIN_WORDS or _is_office(word) for word in words)
    return bool(words) and words[0] not in _JOINING and not is_office


def closest_label(printed: str, known: Iterable[str]) -> str | None:
    """The one of the document's labels that a mistyped label stands for, or None.

    Close is: the same surname after a title that lost or gained letters (``S. PSAKI``, ``QMS.
    PSAKI``, ``PSAKI``), or almost the same letters (``SECREATRY MAYORKAS``). Where two known
    labels are equally close, none is taken. Only the first 64 known ones are looked at.
    """
    first = dict.fromkeys(islice(known, _KNOWN_AT_MOST))
    labels = [label for label in first if label != printed]
    words = read_words(printed)
    if not words or not labels:
        return None
    same = [label for label in labels if _last_name(label) == words[-1]]
    if same and any(_is_first_name(words[0], label) for label in labels):
        return None
    if same and (len(words) == 1 or (len(words) == 2 and _is_torn_title(words[0]))):
        return same[0] if len(same) == 1 else None
    spelt = {label: _spell(label) for label in labels}
    found = process.extract(
        " ".join(words), spelt, scorer=OSA.normalized_similarity, score_cutoff=_CLOSE, limit=2
    )
    tied = len(found) == 2 and found[0][1] == found[1][1]
    return None if not found or tied else str(found[0][2])


@lru_cache(REMEMBERED)
def _spell(label: str) -> str:
    return " ".join(read_words(label))


@lru_cache(REMEMBERED)
def _last_name(label: str) -> str:
    name, role = split_label(label)
    spelt = surname_of(name) or (" ".join(read_words(name)) if role else "")
    return spelt.split(" ")[-1]


def _is_first_name(word: str, label: str) -> bool:
    """Whether a label is a whole name, without title or office, that begins with a word."""
    words = read_words(split_label(label)[0])
    return words[:1] == [word] and len(words) > 1 and surname_of(label) is None


def _is_torn_title(word: str) -> bool:
    """``S``, ``M``, ``QMS``: a personal title that lost or gained a letter."""
    return any(OSA.distance(word, title) <= 1 for title in ("MR", "MS", "MRS", "DR"))


def find_rare_twins(counts: Counter[str]) -> dict[str, str]:
    """Labels that are well formed but stand once or twice, and the frequent ones they mean.

    ``MR. SULLIVCAN`` → ``MR. SULLIVAN``, ``MR. JEAN-PIERRE`` → ``MS. JEAN-PIERRE``.
    """
    common = [label for label, count in counts.most_common(_KNOWN_AT_MOST) if count > 4]
    twins: dict[str, str] = {}
    for label, count in counts.items():
        near = [each for each in common if each != label and _are_twins(label, each)]
        if count <= 2 and len(near) == 1:
            twins[label] = near[0]
    return twins


def _are_twins(label: str, other: str) -> bool:
    surname, known = surname_of(label), surname_of(other)
    if surname is None or known is None:
        return False
    title, known_title = read_words(label)[0], read_words(other)[0]
    if title != known_title and not {title, known_title} <= {"MR", "MS", "MRS"}:
        return False
    spelt_alike = len(known) > 4 and surname[0] == known[0] and OSA.distance(surname, known) <= 1
    return spelt_alike or surname == known


_ANSWERED_BY = re.compile(
    rf"(?:{'|'.join(sorted(ANSWERING))})\s*\((?:by\s+)?(?P<who>[^()\s][^()]+)\)", re.IGNORECASE
)


def answered_by(printed: str) -> str | None:
    """Who answers, where a label tells it: ``A (Minister Roe)``, ``Answer (by Jane Doe)``."""
    found = _ANSWERED_BY.fullmatch(fold_space(printed))
    return found["who"] if found and is_name(found["who"]) else None


def fold_label(printed: str) -> str:
    """A label as it is compared: ``MS  ROE (by phone)`` → ``MS. ROE``.

    ``A (Minister Roe)`` is the minister's, and not that of whoever else answers.
    """
    printed = fold_space(printed)
    if whose := answered_by(printed):
        return whose
    bare = re.sub(r"(?<=[^\s(])\s*\([^()]*\)$", "", printed)
    return re.sub(r"^(MR|MS|MRS|DR)\.? ", r"\1. ", bare)
