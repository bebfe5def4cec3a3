"""Where in a stretch of a transcript the very words of a purported quote stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.purported import Purported
from corpus.spoken import Reading

Way = tuple[int, ...]
"""For each word of the quote the index of the transcript's word."""


def find_ways(quote: Purported, reading: Reading) -> Iterator[Way]:
    """Each place of the reading where the quote stands word for word, in order.

    Only where the quote marks a gap may the transcript have words that it leaves out.
    """
    places = _place_words(reading.keys)
    reached = -1
    for start in places.get(quote.words[0].key, ()) if quote.words else ():
        if start <= reached:
            continue
        way = _walk(quote, reading, start, places)
        if way is not None:
            reached = way[-1]
            yield way


def _place_words(keys: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        places.setdefault(key, []).append(at)
    return places


_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")


def may_leave_out(reading: Reading, place: int, to: int) -> bool:
    """Whether a gap that the quote marks may stand for all that lies between two of the words.

    Where the transcript has an ellipsis of its own at either end, the quote's is taken for that
    one: it marks nothing as left out.
    """
    if to <= place + 1:
        return to == place + 1
    edges = ((place, place + 1), (to - 1, to))
    starts, ends = reading.starts, reading.ends
    return not any(_ELLIPSIS.search(reading.text, ends[a], starts[b]) for a, b in edges)


@dataclass(frozen=True, slots=True)
class _Step:
    at: int
    place: int
    before: _Step | None


def _walk(
    quote: Purported, reading: Reading, start: int, places: dict[str, list[int]]
) -> Way | None:
    """The way through the reading from ``start`` that has all the words, or None."""
    words, count = quote.words, len(reading.keys)
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[int, int, _Step | None]] = [(0, start, None)]
    while stack:
        at, place, before = stack.pop()
        if (at, place) in seen or place >= count or not reading.has(words[at], place):
            continue
        seen.add((at, place))
        step = _Step(at, place, before)
        if at + 1 == len(words):
            return _retrace(step)
        onward = list(reading.after(place))
        if at + 1 in quote.gaps:
            later = places.get(words[at + 1].key, ())
            onward += [to for to in later if may_leave_out(reading, place, to)]
        stack.extend((at + 1, to, step) for to in reversed(onward))
    return None


def _retrace(step: _Step | None) -> Way:
    way: list[int] = []
    while step is not None:
        way.append(step.place)
        step = step.before
    return tuple(reversed(way))
