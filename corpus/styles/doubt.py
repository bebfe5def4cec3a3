"""Turns that a publisher printed under an official's label though somebody else speaks.

Labels get lost: an answer runs on into the next question, and then the same official's label
stands twice in a row. Or a question was set under the label of the one it was put to. Such words
are unknown's, who can't be quoted; a wrong quote would be worse than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.model import LineMap, Notice, Turn
from corpus.styles.base import trim
from corpus.styles.emphasis import NOBODY
from corpus.styles.lost_labels import LostLabels

_WHOSE = r"(?: [(\[][^()\[\]\n]{1,60}[)\]]|(?: (?:from|of|with|for|at)\b| ?[,–-])[^.?!:\n]{1,60})"
_ASKS = re.compile(  # captions set “>>” where the speaker changes
    r"^[^\S\n]*(?P<label>>{2,3}|(?:Q|QUESTION|REPORTER|JOURNALIST|MEDIA|INTERVIEWER|HOST"
    r"|Question|Reporter|Journalist|Media|Interviewer|Host)"
    rf"{_WHOSE}?:|\([A-Z][A-Z \-]{{2,30}}\):)(?=\s)",
    re.MULTILINE,
)


def set_doubtful_apart(
    text: str, turns: Sequence[Turn], line_map: LineMap
) -> tuple[tuple[Turn, ...], tuple[Notice, ...]]:
    """The turns, with what is hardly the labelled speaker's own under the label of nobody."""
    lost = LostLabels(turns)
    kept: list[Turn] = []
    notices: list[Notice] = []
    for turn, following in zip_longest(turns, turns[1:]):
        start = lost.find(text, turn, following)
        if start is None:
            kept.append(turn)
            continue
        _, end = trim(text, turn.start, start)
        if turn.start < end:
            kept.append(replace(turn, end=end))
        kept.append(Turn("unknown", NOBODY, start, turn.end))
        what = "a question" if turn.kind == "official" else "an answer"
        problem = f"{what} stands under the label “{turn.label}”; it is left as nobody’s."
        notices.append(Notice(problem, line_map.line(start)))
    return tuple(kept), tuple(notices)


def set_asked_apart(
    text: str, turns: Sequence[Turn], line_map: LineMap
) -> tuple[tuple[Turn, ...], tuple[Notice, ...]]:
    """The turns, with all from a reporter's label on inside an official's under nobody's.

    Whatever a house style makes of a label that it does not expect, this holds for each of them:
    no reporter's words stand in an official's turn.
    """
    kept: list[Turn] = []
    notices: list[Notice] = []
    for turn in turns:
        said = text[turn.start : turn.end]
        asks = _ASKS.search(said) if turn.kind == "official" else None
        if asks is None:
            kept.append(turn)
            continue
        begin = turn.start + asks.start("label")
        start, end = trim(text, turn.start, begin)
        if start < end:
            kept.append(replace(turn, end=end))
        kept.append(Turn("unknown", NOBODY, begin, turn.end))
        problem = f"“{asks['label']}” stands inside the turn of “{turn.label}”, left as nobody’s."
        notices.append(Notice(problem, line_map.line(begin)))
    return tuple(kept), tuple(notices)
