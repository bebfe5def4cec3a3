"""Taking page furniture out of a text without losing track of it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from corpus.model import LineMap, Removed


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a raw text to leave out; white space alone needs no name and leaves no trace."""

    name: str
    start: int
    end: int


def take_out(
    raw: str, cuts: Iterable[Cut], lines: LineMap | None = None
) -> tuple[str, LineMap, tuple[Removed, ...]]:
    """``raw`` without the cuts, the raw lines of what is left, and what was taken out, in order.

    The cuts must not overlap. ``lines`` are the raw lines of a text that is not the raw file's own.
    """
    whole = lines or LineMap.of(raw)
    kept: list[str] = []
    removed: list[Removed] = []
    offsets, numbers = array("I", [0]), array("I", [whole.line(0)])
    length = at = 0
    for cut in [*sorted(cuts, key=lambda cut: cut.start), Cut("end", len(raw), len(raw))]:
        piece = raw[at : cut.start]
        for start in chain([0], (found.end() for found in re.finditer("\n", piece))):
            offsets.append(length + start)
            numbers.append(whole.line(at + start))
        kept.append(piece)
        length += len(piece)
        if (out := raw[cut.start : cut.end]).strip():
            removed.append(Removed(cut.name, out, length, whole.line(cut.start)))
        at = cut.end
    return "".join(kept), LineMap.holding(offsets, numbers), tuple(removed)


def add_apart(cuts: Sequence[Cut], further: Iterable[Cut]) -> list[Cut]:
    """The cuts and those of the further ones that overlap none of them."""
    ordered = sorted(cuts, key=lambda cut: cut.start)
    starts = [cut.start for cut in ordered]

    def stands_apart(cut: Cut) -> bool:
        below = bisect_right(starts, cut.start)
        ends = below == 0 or ordered[below - 1].end <= cut.start
        return ends and (below == len(ordered) or cut.end <= starts[below])

    return [*ordered, *filter(stands_apart, further)]


def put_back(text: str, removed: Sequence[Removed]) -> str:
    """The raw text, but for white space: what was taken out stands at its place again."""
    whole: list[str] = []
    at = 0
    for piece in removed:
        whole += [text[at : piece.at], piece.text]
        at = piece.at
    return "".join([*whole, text[at:]])


def join_removed(
    earlier: Sequence[Removed], cuts: Sequence[Cut], later: Sequence[Removed]
) -> tuple[Removed, ...]:
    """What was taken out in two goes, in order: ``cuts`` of the second moved the first's places."""

    cuts = sorted(cuts, key=lambda cut: cut.start)
    ends = [cut.end for cut in cuts]
    gone = [0, *accumulate(cut.end - cut.start for cut in cuts)]

    def moved(at: int) -> int:
        before = bisect_right(ends, at)
        inside = before < len(cuts) and cuts[before].start < at
        return at - gone[before] - (at - cuts[before].start if inside else 0)

    first = [Removed(each.name, each.text, moved(each.at), each.line) for each in earlier]
    return tuple(sorted([*first, *later], key=lambda each: each.at))
