"""Interviews without labels: a dash or a number stands before each question.

Ministries print so: ``- Mr. Minister, why?``, then the answer as plain paragraphs; or ``1. Why?``;
or ``Q1. Why?`` and ``A1. Because.``, where answers by others open with a name in brackets. Whose
the answers are is told by title or lead (``interviewed.py``), or by ``NAME.toml`` under
``"[answer]"``. What may be a list's item is nobody's: it asks nothing and follows another, or a
colon. A dash before every speaker's words tells nobody who speaks: such dialogues are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import ParseError
from corpus.reading.base import Draft, RawFile, up_to_most_labels
from corpus.reading.interview import FEWEST, PARAGRAPH, Part, Piece
from corpus.reading.page import BLOCKS
from corpus.reading.unlabelled import Opened, draft_interview, is_interview, open_unlabelled

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER = r"\d{1,3}(?:-\d{1,2})?"
_MARKS = rf"(?:[-–—•*]|\d{{1,3}}[.)]|Q{_NUMBER}[.:)])\s+"
_MARK = re.compile(_MARKS)
_ANSWER = re.compile(rf"A{_NUMBER}[.:)]\s+")
_ITEM_BELOW = re.compile(r"\n[^\S\n]*(?:[-–—•*]|\d{1,3}[.)])\s")
_HINT = re.compile(rf"(?:^[^\S\n]*|>\s{{0,80}}){_MARKS}[^\n]{{0,1500}}?\?", re.MULTILINE)
_COMMON = 0.8  # of the marked paragraphs have an answer of their own


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph; ``mark`` is the dash, ``1`` or ``Q`` before it, with ``words`` after."""

    start: int
    end: int
    mark: str = ""
    words: int = 0


def claim(raw: RawFile) -> str | None:
    """Claims a document with three marked questions, and unmarked paragraphs after each."""
    reading = _read(raw)
    if reading is None:
        return None
    opened, paragraphs, mark = reading
    if not is_interview(opened, tuple(_find_pieces(opened.sheet.text, paragraphs, mark))):
        return None
    return f"“{mark}” and the like stand before questions, with answers below"


def read(raw: RawFile) -> Draft:
    """Read questions and answers.

    Raises:
        ParseError: not UTF-8, not HTML, or no marked questions.
        MetadataError: the front matter is not YAML, or a value in it is of the wrong kind.
    """
    reading = _read(raw)
    if reading is None:
        raise ParseError(raw.name, "has no turns: no dash or number stands before questions.")
    opened, paragraphs, mark = reading
    return draft_interview(opened, tuple(_find_pieces(opened.sheet.text, paragraphs, mark)))


def _read(raw: RawFile) -> tuple[Opened, tuple[_Paragraph, ...], str] | None:
    if sum(1 for _ in zip(range(FEWEST), _HINT.finditer(raw.text), strict=False)) < FEWEST:
        return None
    opened = open_unlabelled(raw, _list_marked)
    text = opened.sheet.text
    paragraphs = tuple(up_to_most_labels(_find_paragraphs(opened)))
    asking = Counter(x.mark for x in paragraphs if x.mark and "?" in text[x.start : x.end])
    for mark, count in asking.most_common(1):
        if count >= FEWEST and _are_questions(text, paragraphs, mark):
            return opened, paragraphs, mark
    return None


def _find_paragraphs(opened: Opened) -> Iterator[_Paragraph]:
    """The paragraphs; what stands out by its type as well is not looked at here."""
    text = opened.sheet.text
    shown = {start for spans in opened.ways.values() for start, _ in spans}
    for found in PARAGRAPH.finditer(text, opened.sheet.start):
        mark = _MARK.match(text, *found.span())
        is_item = _ITEM_BELOW.search(text, *found.span())
        if mark is None or is_item or {mark.start(), mark.end()} & shown:
            yield _Paragraph(*found.span())
        else:
            kind = "1" if mark[0][0].isdigit() else mark[0][0]
            yield _Paragraph(*found.span(), kind, mark.end())


def _are_questions(text: str, paragraphs: Sequence[_Paragraph], mark: str) -> bool:
    """Whether what is marked asks, and is answered below; numbers count up from one."""
    marked = [at for at, x in enumerate(paragraphs) if x.mark == mark]
    answered = sum(at + 1 < len(paragraphs) and not paragraphs[at + 1].mark for at in marked)
    asks = sum("?" in text[paragraphs[at].start : paragraphs[at].end] for at in marked)
    if 2 * asks < len(marked) or answered < _COMMON * len(marked):
        return False
    if mark != "1":
        return True
    numbers = [
        int(re.sub(r"\D", "", text[x.start : x.words])) for x in map(paragraphs.__getitem__, marked)
    ]
    return numbers == list(range(1, len(numbers) + 1))


def _find_pieces(text: str, paragraphs: Sequence[_Paragraph], mark: str) -> Iterator[Piece]:
    """From the first question on. An unmarked paragraph that asks may go on with the question."""
    begun = open_ended = False
    for at, each in enumerate(paragraphs):
        said = text[each.start : each.end]
        is_item = each.mark == mark and _is_listed(text, paragraphs, at)
        is_question = each.mark == mark and not is_item
        if begun := begun or is_question:
            if is_question:
                yield Piece("label", each.start, each.words)
                yield Piece("question", each.words, each.end)
                open_ended = "?" not in said
            else:
                goes_on = open_ended and said.rstrip().endswith("?")
                part: Part = "nobody" if is_item or goes_on else "answer"
                answer = _ANSWER.match(text, each.start, each.end)
                if answer:
                    yield Piece("label", each.start, answer.end())
                yield Piece(part, answer.end() if answer else each.start, each.end)
                open_ended = False


def _is_listed(text: str, paragraphs: Sequence[_Paragraph], at: int) -> bool:
    """Whether a marked paragraph may be an item of an answer's list: a colon or an item is above.

    It may be a second reporter's as well, so that it is left as nobody's.
    """
    above = paragraphs[at - 1] if at else None
    each = paragraphs[at]
    asks = "?" in text[each.start : each.end]
    if above is None or asks:
        return False
    return bool(above.mark) or text[above.start : above.end].rstrip().endswith(":")


def _list_marked(root: _Element) -> list[_Element]:
    """Blocks that open with a dash or a number and ask."""
    found: list[_Element] = []
    for element in root.iter(*BLOCKS):
        if not any(child.tag in BLOCKS for child in element):
            said = "".join(map(str, element.itertext())).strip()
            if _MARK.match(said) and "?" in said:
                found.append(element)
    return found
