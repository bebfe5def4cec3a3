"""Several releases in one file: a heading amid the turns that says whose statement stands below.

``QC-15, 14 March 2024, Statement of the Deputy Spokesperson, Ms. Jane Roe, in Response to …``
under the last answer of a release ends it: the next one's words may have no label, or the bare
``Answer:`` of another person. They are quoted only where the heading names who answered before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from corpus.model import LineMap, Notice, Turn
from corpus.reading.base import keep_part
from corpus.reading.emphasis import NOBODY, PARAGRAPH
from corpus.reading.ending import goes_on
from corpus.reading.labels import read_words
from corpus.text import fold_space

_HEADS = re.compile(
    r"[#*_ ]{0,8}(?:[A-Z0-9(–—-]\S* ){0,12}"
    r"(?:Statement|Remarks|Speech|Address|Message|Comment|Response|Answer|Interview|Briefing"
    r"|Conference)s? (?:of|by|from|with) "
    r"(?P<whose>(?:the )?[A-Z].{2,200}?)(?:,? (?i:in|on|at|to|after|about|regarding)\b.*|[*_ ]*)",
)
_SAID = re.compile(r"\S")
_AT_MOST = 400  # characters


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    whose: str

    def names(self, speaker: str | None) -> bool:
        """Whether it is this one's statement, and nobody's besides."""
        name = f" {' '.join(read_words(speaker or ''))} "
        if not speaker or f" AND{name}" in self.whose:
            return False
        opens = self.whose.startswith(name) and " AND " not in self.whose  # Jane Roe, Director
        return opens or self.whose.endswith(name)


def set_releases_apart(
    text: str, turns: Sequence[Turn], line_map: LineMap
) -> tuple[tuple[Turn, ...], tuple[Notice, ...]]:
    """The turns, with headings of other releases and another's words below them as nobody's."""
    releases = _Releases(text, turns)
    kept = tuple(chain.from_iterable(releases.cut(text, turn) for turn in turns))
    if kept == tuple(turns):
        return kept, ()
    problem = "a heading amid the turns tells of another’s statement; it is left as nobody’s."
    return kept, (Notice(problem, line_map.line(releases.headings[0].start)),)


class _Releases:
    """The headings below the first turn that tell whose statement follows."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self.headings = list(_find_headings(text, turns[0].start)) if turns else []

    def cut(self, text: str, turn: Turn) -> Iterator[Turn]:
        """A turn, with the headings inside it and what is hardly its speaker's as nobody's."""
        if turn.kind != "official" or not self.headings:
            yield turn
            return
        first = bisect_right(self.headings, turn.start, key=attrgetter("end"))
        above = self.headings[first - 1] if first else None
        voice = turn if above is None or _may_go_on(text, above, turn) else _nobodys(turn)
        at = turn.start
        for heading in map(self.headings.__getitem__, range(first, len(self.headings))):
            if heading.start >= turn.end:
                break
            yield from keep_part(text, voice, at, heading.start)
            yield from keep_part(text, _nobodys(turn), heading.start, heading.end)
            voice = turn if heading.names(turn.speaker) else _nobodys(turn)
            at = heading.end
        yield from keep_part(text, voice, at, turn.end)


def _nobodys(turn: Turn) -> Turn:
    return Turn("unknown", NOBODY, turn.start, turn.end)


def _may_go_on(text: str, above: _Heading, turn: Turn) -> bool:
    """Whether a turn below a heading is its speaker's: it or the turn's own label names him."""
    if above.names(turn.speaker):
        return True
    said = _SAID.search(text, above.end)
    labelled = said is not None and said.start() < turn.start
    surname = read_words(turn.speaker or "")[-1:]
    return labelled and (not surname or surname[0] in read_words(turn.label))


def _find_headings(text: str, start: int) -> Iterator[_Heading]:
    for paragraph in PARAGRAPH.finditer(text, start):
        first, _, _ = paragraph[0].partition("\n")
        for words in (paragraph[0], first):
            told = _HEADS.fullmatch(fold_space(words)) if len(words) <= _AT_MOST else None
            if told and not goes_on(words):
                end = paragraph.start() + len(words.rstrip())
                whose = f" {' '.join(read_words(told['whose']))} "
                yield _Heading(paragraph.start(), end, whose)
                break
