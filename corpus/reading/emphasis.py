"""Questions without a label, set in bold or italics between an official's paragraphs.

Interviews are printed so: the interviewer's words stand out by their type alone. Under the
official's label they would be put in the official's mouth; they are left as nobody's. Where one of
a document asks, whatever is set so may be the interviewer's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.model import Furniture, LineMap, Notice, Turn
from corpus.reading.base import keep_part, trim

NOBODY = "[speaker not told]"

PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")


def set_emphasised_apart(
    text: str, turns: Sequence[Turn], spans: Sequence[tuple[int, int]], line_map: LineMap
) -> tuple[tuple[Turn, ...], tuple[Notice, ...]]:
    """The turns, with emphasised questions inside officials' turns under the label of nobody.

    Args:
        text: the canonical text.
        turns: its turns.
        spans: the stretches of the text in bold or italics.
        line_map: for the notices.
    """
    if not spans:
        return tuple(turns), ()
    starts, ends = join_spans(text, spans)
    groups = {
        at: _find_set_out(text, turn, starts, ends) if turn.kind == "official" else []
        for at, turn in enumerate(turns)
    }
    asked = any("?" in text[start:end] for found in groups.values() for start, end in found)
    kept: list[Turn] = []
    notices: list[Notice] = []
    for at, turn in enumerate(turns):
        pieces = list(_cut(text, turn, groups[at] if asked else ()))
        kept += pieces
        problem = f"a question without a label stands under “{turn.label}”; it is left as nobody’s."
        notices += [Notice(problem, line_map.line(x.start)) for x in pieces if x.label == NOBODY]
    return tuple(kept), tuple(notices)


def set_narrated_apart(
    text: str, turns: Sequence[Turn], spans: Sequence[tuple[int, int]]
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """The turns without paragraphs in italics in which a publisher tells what happens.

    ``(Participants then spoke of their work.)`` is nobody's; who spoke before goes on after it.
    """
    starts, ends = join_spans(text, spans)
    kept: list[Turn] = []
    narrated: list[Furniture] = []
    for turn in turns:
        begun = turn.start
        found = _find_set_out(text, turn, starts, ends)
        for start, end in found if found[:1] != [(turn.start, turn.end)] else ():
            kept += keep_part(text, turn, begun, start)
            narrated.append(Furniture("stage direction", *trim(text, start, end)))
            begun = end
        kept += keep_part(text, turn, begun, turn.end)
    return tuple(kept), tuple(narrated)


def join_spans(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Starts and ends of the spans, those joined that only white space and signs part."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and not any(map(str.isalnum, text[ends[-1] : start])):
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def is_set_out(
    text: str, paragraph: re.Match[str], starts: Sequence[int], ends: Sequence[int]
) -> bool:
    """Whether all words of a paragraph stand within spans as ``join_spans`` gives them."""
    at = bisect_right(starts, paragraph.start()) - 1
    rest = text[max(ends[at], paragraph.start()) : paragraph.end()] if at >= 0 else paragraph[0]
    return not any(map(str.isalnum, rest))


def _find_set_out(
    text: str, turn: Turn, starts: Sequence[int], ends: Sequence[int]
) -> list[tuple[int, int]]:
    """Runs of paragraphs of a turn that are wholly emphasised."""
    if not starts:
        return []
    paragraphs = PARAGRAPH.finditer(text, turn.start, turn.end)
    runs = groupby(paragraphs, lambda found: is_set_out(text, found, starts, ends))
    found = [list(run) for set_out, run in runs if set_out]
    return [(run[0].start(), run[-1].end()) for run in found]


def _cut(text: str, turn: Turn, found: Sequence[tuple[int, int]]) -> Iterator[Turn]:
    """A turn without what is nobody's, and that by itself."""
    begun = turn.start
    for start, end in found:
        yield from keep_part(text, turn, begun, start)
        yield Turn("unknown", NOBODY, *trim(text, start, end))
        begun = end
    yield from keep_part(text, turn, begun, turn.end)
