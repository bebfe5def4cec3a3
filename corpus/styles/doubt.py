"""Turns that a publisher printed under an official's label though somebody else speaks.

Labels get lost: an answer runs on into the next question, and then the same official's label
stands twice in a row. Or a question was set under the label of the one it was put to. Such words
are unknown's, who can't be quoted; a wrong quote would be worse than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.metadata import Person
from corpus.model import LineMap, Notice, Turn
from corpus.styles.base import trim
from corpus.styles.emphasis import NOBODY

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_WHOSE = r"(?: [(\[][^()\[\]\n]{1,60}[)\]]|(?: (?:from|of|with|for|at)\b| ?[,–-])[^.?!:\n]{1,60})"
_ASKS = re.compile(  # captions set “>>” where the speaker changes
    r"^[^\S\n]*(?P<label>>{2,3}|(?:Q|QUESTION|REPORTER|JOURNALIST|MEDIA|INTERVIEWER|HOST"
    r"|Question|Reporter|Journalist|Media|Interviewer|Host)"
    rf"{_WHOSE}?:)(?=\s)",
    re.MULTILINE,
)
_TO_SOMEBODY = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_OF_THEIR_OWN = re.compile(r"\b(?:we|our|us|I think|I would|I’d)\b", re.IGNORECASE)
_GREETING = r"(?:Thanks|Thank you|Hi|Hey|Hello|Good (?:morning|afternoon|evening))[^.?!]{0,20}"
_SHORT = 60  # characters; "Did you say that?" or "Right?" is a speaker's own


def set_doubtful_apart(
    text: str, turns: Sequence[Turn], persons: Mapping[str, Person], line_map: LineMap
) -> tuple[tuple[Turn, ...], tuple[Notice, ...]]:
    """The turns, with what is hardly the official's own under the label of nobody.

    ``persons`` are those behind the labels as printed.
    """
    kept: list[Turn] = []
    notices: list[Notice] = []
    for turn, following in zip_longest(turns, turns[1:]):
        start = _find_doubtful(text, turn, following, persons)
        if start is None:
            kept.append(turn)
            continue
        _, end = trim(text, turn.start, start)
        if turn.start < end:
            kept.append(replace(turn, end=end))
        kept.append(Turn("unknown", NOBODY, start, turn.end))
        problem = f"a question stands under the label “{turn.label}”; it is left as nobody’s."
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


def _find_doubtful(
    text: str, turn: Turn, following: Turn | None, persons: Mapping[str, Person]
) -> int | None:
    """Where the doubtful words of an official's turn begin, or None."""
    if turn.kind != "official":
        return None
    said = text[turn.start : turn.end]
    person = persons.get(turn.label)
    if person and " " in person.name:
        given = re.escape(person.name.split()[0])
        if re.match(rf"{_GREETING}\b{given}\b", said):
            return turn.start
    twice = following is not None and (following.kind, following.label) == (turn.kind, turn.label)
    if not twice or not said.endswith("?"):
        return None
    return _start_of_question(said, turn.start)


def _start_of_question(said: str, at: int) -> int | None:
    """The first of the closing paragraphs that speak to somebody and not of "us"."""
    starts = [0, *(found.end() for found in _BREAK.finditer(said))]
    spans = list(zip(starts, [*starts[1:], len(said)], strict=True))
    if len(said) - starts[-1] < _SHORT:
        return None
    first = starts[-1]
    for start, end in reversed(spans[:-1]):
        paragraph = said[start:end]
        if not _TO_SOMEBODY.search(paragraph) or _OF_THEIR_OWN.search(paragraph):
            break
        first = start
    return at + first
