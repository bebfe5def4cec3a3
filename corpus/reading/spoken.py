"""From the labels of a briefing to its turns: what every style that sets labels alike shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.metadata import Person
from corpus.model import Furniture, LineMap, Notice, Turn
from corpus.reading.base import cut_turns, trim
from corpus.reading.beginning import find_beginning
from corpus.reading.briefing import FoundLabel, note_mistyped
from corpus.reading.emphasis import set_emphasised_apart
from corpus.reading.ending import find_end
from corpus.reading.opening import Opening, find_opening
from corpus.reading.unspoken import set_unspoken_apart
from corpus.reading.who_speaks import tell_speakers

_DIRECTION = re.compile(
    r"(?:(?<=\S)[^\S\n]*\n[^\S\n]*\n\s*|(?<=[.?!…—–)\]])[^\S\n]*\n[^\S\n]*)(?P<said>\([^()]{1,200}\)|\[[^\[\]]{1,200}\])\Z"
)
_DIRECTION_AT_MOST = 300  # characters, with the white space around it


@dataclass(frozen=True, slots=True)
class Spoken:
    """Turns with their kinds, the persons behind the labels as printed, and what is neither."""

    turns: tuple[Turn, ...]
    furniture: tuple[Furniture, ...]
    persons: dict[str, Person]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A canonical text to read turns from, and what may tell who speaks.

    ``start`` is where the page begins: what is before it is the style's to name. ``byline`` is who
    speaks, where a page states it outside of the text; ``emphasised`` what is in bold or italics,
    or a heading.
    """

    text: str
    line_map: LineMap
    start: int = 0
    title: str = ""
    byline: str = ""
    emphasised: tuple[tuple[int, int], ...] = ()


def read_spoken(sheet: Sheet, found: Sequence[FoundLabel]) -> Spoken:
    """What stands before the first of the labels, the turns, and the end; at least one label."""
    text = sheet.text
    found, begin = find_beginning(text, sheet.start, found)
    found, stop = find_end(text, found)
    heading = sheet.byline + text[sheet.start : begin]
    labels, persons = tell_speakers(text, found, (begin, stop), sheet.title, heading)
    turns, furniture = cut_turns(text, labels, stop)
    first = found[0].start
    opening = find_opening(text, (sheet.start, first), sheet.title, turns, persons)
    turns = (*opening.turns, *turns)
    turns, directions = _set_directions_apart(text, turns)
    turns, asked = set_emphasised_apart(text, turns, sheet.emphasised, sheet.line_map)
    turns, unspoken = set_unspoken_apart(text, turns, sheet.emphasised)
    notices = (*note_mistyped(found, sheet.line_map), *asked)
    if opening.turns:
        persons = {**persons, **opening.persons}
        notices = (*notices, _note_opening(opening, sheet.line_map))
    edges = (
        *opening.name_rest(text, sheet.start, first),
        *name_span("footer", text, stop, len(text)),
    )
    return Spoken(turns, (*furniture, *directions, *unspoken, *edges), persons, notices)


def _note_opening(opening: Opening, line_map: LineMap) -> Notice:
    first = opening.turns[0]
    problem = f"the opening has no label; nobody but {first.label} is said to speak there."
    return Notice(problem, line_map.line(first.start))


def name_span(name: str, text: str, start: int, end: int) -> tuple[Furniture, ...]:
    """A stretch as furniture, without white space at its ends; none where nothing is left."""
    start, end = trim(text, start, end)
    return (Furniture(name, start, end),) if start < end else ()


def _set_directions_apart(
    text: str, turns: Sequence[Turn]
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """Stage directions in a paragraph of their own after a turn's last words: nobody's words."""
    kept: list[Turn] = []
    directions: list[Furniture] = []
    for turn in turns:
        end = turn.end
        while found := _DIRECTION.search(text, max(turn.start, end - _DIRECTION_AT_MOST), end):
            directions.append(Furniture("stage direction", *found.span("said")))
            end = found.start()
        kept.append(replace(turn, end=end) if end < turn.end else turn)
    return tuple(kept), tuple(directions)
