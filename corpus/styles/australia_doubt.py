"""Turns of scanned transcripts in which a label was lost: two speak, and nothing tells who."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import LineMap, Notice, Turn
from corpus.reading.labels import read_words
from corpus.text import fold_space

_ANSWERED = re.compile(
    r"\? (?:(?:Oh|No|Yes|Yeah|Well)\b[,.]? |I (?:don[’']t|couldn[’']t|can[’']t)\b)"
    r"|\? P\.? ?[MK]\. (?=[A-Z])"
)


def doubt_turns(
    text: str, turns: Sequence[Turn], names: tuple[str, str], line_map: LineMap
) -> tuple[tuple[Turn, ...], list[Notice]]:
    """Leave turns unknown in which the prime minister is spoken to, or a question is answered.

    Args:
        text: the canonical text.
        turns: its turns.
        names: the prime minister's given names and family name; empty where not known.
        line_map: for the notices.
    """
    spoken_to = _spoken_to(*names)
    kept: list[Turn] = []
    notices: list[Notice] = []
    for turn in turns:
        shows = {"official": spoken_to, "reporter": _ANSWERED}.get(turn.kind)
        words = fold_space(text[turn.start : turn.end])
        doubted = bool(names[1]) and shows is not None and shows.search(words)
        kept.append(replace(turn, kind="unknown") if doubted else turn)
        if doubted:
            problem = "a label seems to be lost in this turn, so it is not quoted."
            notices.append(Notice(problem, line_map.line(turn.start)))
    return tuple(kept), notices


def _spoken_to(given: str, family: str) -> re.Pattern[str]:
    called = [rf"Sir {name.title()}" for name in read_words(given)[:1]] + [rf"Mr\.? {family}"]
    return re.compile(
        rf"\bSir(?=[,.?!]| [a-z])|\b(?:{'|'.join(called)})\b(?=[,?])"
        rf"|, (?:{'|'.join(called)})\b|(?:^|[.?!] )Prime Minister,? (?=[a-z])"
    )
