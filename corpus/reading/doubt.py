"""Turns that a publisher printed under an official's label though somebody else speaks.

Labels get lost: an answer runs on into the next question, and then the same official's label
stands twice in a row. Or a question was set under the label of the one it was put to. Such words
are unknown's, who can't be quoted; a wrong quote would be worse than a missing one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.model import LineMap, Notice, Turn
from corpus.reading.base import trim
from corpus.reading.emphasis import NOBODY
from corpus.reading.labels import is_heading, is_name, is_shouted, kind_of_label
from corpus.reading.loose_labels import LooseLabels
from corpus.reading.lost_labels import LostLabels
from corpus.reading.same_labels import closest_label
from corpus.text import fold_space

_WHOSE = r"(?: [(\[][^()\[\]\n]{1,60}[)\]]|(?: (?:from|of|with|for|at)\b| ?[,–-])[^.?!:\n]{1,60})"
_ASKS = re.compile(  # captions set “>>” where the speaker changes
    r"^[^\S\n]*(?P<label>>{2,3}|(?:Q|QUESTION|REPORTER|JOURNALIST|MEDIA|INTERVIEWER|HOST"
    r"|Question|Reporter|Journalist|Media|Interviewer|Host)"
    rf"{_WHOSE}?[:;]|\([A-Z][A-Z \-]{{2,30}}\):)(?=\s)",
    re.MULTILINE,
)
_OPENS = re.compile(
    r"^[^\S\n]*(?:[-*•>][^\S\n]+)?(?P<label>[^\W\d_][^:\n]{1,60}?)[^\S\n]*(?P<mark>[:;])(?=\s)",
    re.MULTILINE,
)
_OFTEN = 2  # words in capitals that open so are somebody's label
_LONG = 4  # letters of such
_COMPARED = 64  # labels of one document
_LOOKED_BACK = 6  # characters
_FEW_WORDS = 3  # of a label that shows nothing: "Flight attendant:"
_ENDS_LINE = re.compile(r"[^\S\n]*\n")


def set_doubtful_apart(
    text: str, turns: Sequence[Turn], line_map: LineMap
) -> tuple[tuple[Turn, ...], tuple[Notice, ...]]:
    """The turns, with what is hardly the labelled speaker's own under the label of nobody."""
    lost = LostLabels(text, turns)
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
    """The turns, with all from another's label on inside an official's under nobody's.

    Whatever a house style makes of a label that it does not expect, this holds for each of them:
    no reporter's words stand in an official's turn, nor those of anybody whose label stands above
    other turns, or is almost one that does, or opens paragraphs in capitals again and again.
    """
    kept: list[Turn] = []
    notices: list[Notice] = []
    others = _OthersLabels(text, turns)
    for turn in turns:
        label = others.find(text, turn) if turn.kind == "official" else None
        if label is None:
            kept.append(turn)
            continue
        begin, _ = trim(text, label[0], turn.end)
        start, end = trim(text, turn.start, begin)
        if start < end:
            kept.append(replace(turn, end=end))
        kept.append(Turn("unknown", NOBODY, begin, turn.end))
        problem = f"“{label[1]}” stands inside the turn of “{turn.label}”, left as nobody’s."
        notices.append(Notice(problem, line_map.line(begin)))
    return tuple(kept), tuple(notices)


class _OthersLabels:
    """Tells which words before a colon inside a turn are a label that its style did not see."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        counts = Counter(fold_space(turn.label) for turn in turns)
        self._known = [label for label, _ in counts.most_common(_COMPARED)]
        spelt = "|".join(map(re.escape, self._known))
        self._inside = re.compile(rf"(?<=[.?!…)\]”’\"—–-])[^\S\n]+(?P<label>{spelt}):(?=\s)")
        self._alone = 2 * sum(_stands_below(text, turn) for turn in turns) > len(turns)
        self._loose = LooseLabels(text, turns)
        self._shouted = Counter(
            found["label"] for found in _OPENS.finditer(text) if _is_shouted_name(found["label"])
        )

    def find(self, text: str, turn: Turn) -> tuple[int, str] | None:
        """The first of a turn's words that are another's label, and their place."""
        said = text[turn.start : turn.end]
        labels = (found for found in _OPENS.finditer(said) if self._is_label(found))
        found = (_ASKS.search(said), next(labels, None), self._inside.search(said))
        places = [(turn.start + each.start(), each["label"]) for each in found if each]
        loose = self._loose.find(text, turn)
        return min([*places, *([(loose.start(), loose["label"])] if loose else [])], default=None)

    def _is_label(self, found: re.Match[str]) -> bool:
        label, mark = found["label"], found["mark"]
        if label in self._known or self._shouted[label] >= _OFTEN:
            return True
        if self._alone and _ENDS_LINE.match(found.string, found.end()):
            return len(label.split()) <= _FEW_WORDS
        if is_name(label) and kind_of_label(label) in {"reporter", "moderator"}:
            return True
        is_long = mark == ":" and len(label) > _LONG  # names in a list are parted by semicolons
        return is_long and closest_label(label, self._known) is not None


def _stands_below(text: str, turn: Turn) -> bool:
    """Whether a turn begins on the line below a label that ends in a colon."""
    before = text[max(0, turn.start - _LOOKED_BACK) : turn.start]
    return "\n" in before and before.rstrip().endswith((":", ":**"))


def _is_shouted_name(words: str) -> bool:
    long = len(words) >= _LONG and is_shouted(words)
    return long and is_name(words) and not is_heading(words)
