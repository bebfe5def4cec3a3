"""Signs that somebody else speaks, and not who: ``>>`` in captions, a dash before a line of them.

Where no label follows such a sign, nothing tells who speaks from there on to the next label: those
words would run on under the label above, and are set apart as nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from corpus.model import Furniture, Removed, Turn
from corpus.reading.base import find_labelled, keep_part
from corpus.reading.captions import NAMELESS
from corpus.reading.emphasis import NOBODY
from corpus.reading.labels import kind_of_label

_ARROWS = re.compile(r"^[^\S\n]*(?P<sign>>{2,3})(?=[^\S\n]*[^\s>])", re.MULTILINE)
_DASHES = re.compile(r"^[^\S\n]*(?P<sign>>{2,3}|[-–—](?!\d))(?=[^\S\n]*[^\s>-])", re.MULTILINE)
_MOST_WORDS = 3  # "BECAUSE MY QUESTION IS:" is no label
_FEWEST = 3  # of a text that is no file of captions

Signs = tuple[tuple[int, int], ...]


def find_changes(text: str, start: int, removed: Sequence[Removed]) -> Signs:
    """Where the signs stand; a dash is one only in a file of captions, and a name that lacks."""
    in_captions = any(each.name == "caption" for each in removed)
    signs = _DASHES if in_captions else _ARROWS
    found = tuple(each.span("sign") for each in find_labelled(signs, text, start))
    bare = [(x.at, x.at) for x in removed if x.name == NAMELESS and x.at < len(text)]
    if bare:
        return tuple(sorted((*found, *bare)))
    return found if in_captions or len(found) >= _FEWEST else ()


def find_unmarked(found: Sequence[tuple[str, int]], signs: Signs, text: str) -> frozenset[int]:
    """Where words stand before a colon that are no label: ``>>`` leads each, and none leads these.

    A few words of a known kind are a label all the same, and what stands so twice.

    Args:
        found: what is set as labels are, and where.
        signs: as ``find_changes`` gives them.
        text: where they stand.
    """
    arrows = [start for start, _ in signs if text[start] == ">"]
    if len(arrows) < _FEWEST:
        return frozenset()
    counts = Counter(label for label, _ in found)
    return frozenset(
        at
        for label, at in found
        if counts[label] == 1 and not _shows_kind(label) and not _is_marked(text, at, arrows)
    )


def _shows_kind(label: str) -> bool:
    return kind_of_label(label) is not None and len(label.split()) <= _MOST_WORDS


def _is_marked(text: str, at: int, arrows: Sequence[int]) -> bool:
    line = text.rfind("\n", 0, at) + 1
    return bisect_left(arrows, line) < bisect_right(arrows, at)


def set_changes_apart(
    text: str, turns: Sequence[Turn], signs: Signs
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """The turns, each as far as the first sign in it, what follows as nobody's, and the signs."""
    starts = [start for start, _ in signs]
    kept: list[Turn] = []
    furniture: list[Furniture] = []
    for turn in turns:
        voice, begun = turn, turn.start
        inside = signs[bisect_left(starts, turn.start) : bisect_left(starts, turn.end)]
        for start, end in (*inside, (turn.end, turn.end)):
            kept += keep_part(text, voice, begun, start)
            if start < end:
                furniture.append(Furniture("label", start, end))
            voice, begun = Turn("unknown", NOBODY, start, end), end
    return tuple(kept), tuple(furniture)
