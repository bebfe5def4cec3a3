"""What a reader is told of a quote laid over the transcript: differences, gaps, insertions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.align import Change
from corpus.compare import may_leave_out
from corpus.english import read_list
from corpus.places import Place
from corpus.purported import is_negation
from corpus.strict_words import read_words
from corpus.verdict import Difference

_SHORT_PART = 3  # words; fewer between two gaps say little about where they come from
_NEAR_GAP = 25  # words that may be left out beside so short a part
_SHOWN_WORDS = 40  # of a long cut; its middle is marked as left out


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a quote's own gaps leave out, and whether they leave too little to be one quote.

    ``hides`` tells that a gap turns the sense, or that brackets stand against the transcript's own.
    """

    omissions: tuple[str, ...]
    notes: tuple[str, ...]
    is_cut_up: bool
    hides: bool


def tell_gaps(place: Place) -> Gaps:
    """What the gaps of a quote that stands word for word leave out."""
    way, quote = place.way or (), place.quote
    omissions: list[str] = []
    notes: list[str] = []
    left_out: dict[int, int] = {}
    hides = False
    for at in range(1, len(way)):
        first, last = way[at - 1] + 1, way[at]
        words = place.printed(first, last)
        if not words:
            continue
        if at in quote.gaps:
            left_out[at] = last - first
            omissions.append(words)
            hides = hides or hides_negation(place, first, last)
        else:
            hides = hides or _stands_against(place, at, first, last)
            notes.append(_tell_mark(place, first, last))
    notes += _tell_struck(place)
    return Gaps(tuple(omissions), tuple(notes), _is_cut_up(place, left_out), hides)


_AUXILIARIES = read_list("auxiliaries")


def hides_negation(place: Place, first: int, last: int) -> bool:
    """Whether leaving out these words turns the sense: "did not", "was wrong, and should never"."""
    keys = place.reading.keys[first:last]
    if len(keys) <= 2:
        return any(map(is_negation, keys))
    return _leads_with_negation(keys) or _leads_with_negation(keys[::-1])


def _leads_with_negation(keys: Sequence[str]) -> bool:
    """Whether the words begin with a negation, or with an auxiliary and one; "no" is a reply."""
    first = keys[1] if keys[0] in _AUXILIARIES else keys[0]
    return first != "no" and is_negation(first)


def _stands_against(place: Place, at: int, first: int, last: int) -> bool:
    """Whether the quote has other words in brackets where the transcript has its own."""
    actual = place.reading.keys[first:last]
    given = [
        [word.key for word in read_words(text)]
        for number, text in place.quote.insertions
        if number == at
    ]
    return any(keys not in (actual, ["sic"]) for keys in given)


def _tell_mark(place: Place, first: int, last: int) -> str:
    words = place.printed(first, last)
    if any(at in place.reading.struck for at in range(first, last)):
        return f"The quote leaves out “{words}”, which the transcript strikes out."
    return f"The quote leaves out “{words}”, which the transcript adds in brackets."


def _tell_struck(place: Place) -> list[str]:
    """Words of the quote that the transcript itself takes back."""
    struck = [at for at in place.way or () if at in place.reading.struck]
    if not struck:
        return []
    words = " … ".join(place.printed(at, at + 1) for at in struck)
    return [f"The transcript strikes out “{words}”."]


def tell_question(place: Place) -> list[str]:
    """Whether what the quote gives as a statement was asked, or the other way round."""
    after = place.reading.text[place.reading.ends[place.words[1] - 1] :].lstrip('"”’)')[:1]
    given = place.quote.text[place.quote.words[-1].end :].strip(' \n"”’)*_')[:1]
    if given in {".", "!"} and after == "?":
        return ["On record these words end in a question mark."]
    if given == "?" and after in {".", "!"}:
        return ["On record these words do not end in a question mark."]
    return []


def _is_cut_up(place: Place, left_out: dict[int, int]) -> bool:
    parts = place.quote.parts()
    short = [part for part in parts if part[1] - part[0] < _SHORT_PART]
    if len(parts) == 1 or not short:
        return False
    far = any(left_out.get(edge, 0) > _NEAR_GAP for part in short for edge in part)
    return len(short) > 1 or far or len(short) == len(parts)


@dataclass(frozen=True, slots=True)
class Changes:
    """How a quote differs from the closest real words."""

    differences: tuple[Difference, ...]
    omissions: tuple[str, ...]
    insertions: tuple[str, ...]


def tell_changes(place: Place) -> Changes:
    """The differences of an altered quote; what its own marks leave out is told apart."""
    alignment = place.require_alignment()
    differences: list[Difference] = []
    omissions: list[str] = []
    for change in alignment.changes:
        given, actual = _printed(place, change)
        if _is_marked(place, change) and not hides_negation(place, *change.actual):
            omissions.append(actual)
        elif not is_loose(place, change):
            differences.append(Difference(given, actual))
    if not differences and not omissions:
        differences = [Difference(*_printed(place, change)) for change in alignment.changes]
    insertions = tuple(text for _, text in place.quote.insertions)
    return Changes(tuple(differences), tuple(omissions), insertions)


def tell_lookalikes(differences: Sequence[Difference]) -> list[str]:
    """The given words with letters of another alphabet, which a reader could not tell apart."""
    notes: list[str] = []
    for each in differences:
        foreign = [char for char in each.given if _is_foreign(char)]
        if (
            foreign
            and abs(len(each.given) - len(each.actual)) <= 1
            and not any(map(_is_foreign, each.actual))
        ):
            letters = ", ".join(f"“{char}”" for char in dict.fromkeys(foreign))
            notes.append(f"“{each.given}” is written with letters of another alphabet: {letters}.")
    return notes


def _is_foreign(char: str) -> bool:
    return char.isalpha() and not unicodedata.name(char, "LATIN").startswith("LATIN")


def _printed(place: Place, change: Change) -> tuple[str, str]:
    words = place.quote.words
    first, last = change.given
    if first < last:
        given = place.quote.text[words[first].start : words[last - 1].end]
    else:
        given = next((f"[{text}]" for at, text in place.quote.insertions if at == first), "")
    return given, shorten(place, *change.actual)


def shorten(place: Place, first: int, last: int) -> str:
    """The transcript's words from one up to another; of a long stretch the two ends."""
    if last - first <= _SHOWN_WORDS:
        return place.printed(first, last)
    half = _SHOWN_WORDS // 2
    return f"{place.printed(first, first + half)} […] {place.printed(last - half, last)}"


def _is_marked(place: Place, change: Change) -> bool:
    """Whether the quote itself marks that it leaves these words out."""
    (first, last), (low, high) = change.given, change.actual
    if first != last or first not in place.quote.gaps:
        return False
    return may_leave_out(place.reading, low - 1, high)


def is_loose(place: Place, change: Change) -> bool:
    """Whether the transcript's own marks let these words be passed over."""
    words = range(*change.actual)
    return change.given[0] == change.given[1] and all(at in place.reading.loose for at in words)
