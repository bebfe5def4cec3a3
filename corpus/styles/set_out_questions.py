"""Interviews without labels: questions in bold, in italics or as headings, the answers plain.

Magazines, newspapers and some presidents' offices print them so: the question is a paragraph of its
own, or the beginning of the answer's paragraph, and stands out by its type alone. The answers are
the one official's whom title or lead say to be interviewed (``interviewed.py``); where they do not
say it, they stay unknown until ``NAME.toml`` states who ``"[answer]"`` is. A beginning in bold that
asks nothing belongs to the answer, a line in bold that is no sentence is a heading, and what stands
above the first question is never an answer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.errors import ParseError
from corpus.reading.base import Draft, RawFile, up_to_most_labels
from corpus.reading.interview import FEWEST, PARAGRAPH, SENTENCE_END, Part, Piece
from corpus.reading.labels import is_heading, is_name
from corpus.reading.page_questions import list_questions
from corpus.reading.spoken import Sheet
from corpus.reading.unlabelled import Opened, draft_interview, is_interview, open_unlabelled
from corpus.text import fold_space

_HINT = re.compile(
    r"\?[^\w\n<]{0,9}</(?:strong|b|em|i|h[2-6])\b|\?[”’\"')]{0,2}(?:\*{1,3}|_{1,2})|^\#{2,6}[^\n]*\?",
    re.IGNORECASE | re.MULTILINE,
)
_WRAPPED = re.compile(r"(?P<mark>\*{1,3}|_{1,2})(?=\S).*(?P=mark)", re.DOTALL)
_HEADING = re.compile(r"\#{1,6}\s[^\n]*")
_HEADING_MARKS = re.compile(r"\#{1,6}\s+")
_NUMBER = re.compile(r"[^\w\n]{0,3}\d{1,3}[.)][^\w\n]{1,5}")
_ASKS = re.compile(r"\?[\s”’\"')\]»*_]*\Z")
_LABELLED = re.compile(r"(?:Q[.:]?\s|(?P<label>[^\W\d_][^:\n]{1,60}):(?:\s|\Z))")
_DASHED = re.compile(r"(?P<label>[^\W\d_][^:\n–—]{1,60}?(?<=\S))[.,]? ?[–—]")  # Jane ROE. –
_DIRECTION = re.compile(r"[(\[][^()\[\]]*[)\]]\.?")


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or the line of it that is set out from the rest.

    ``way`` is how it is set: ``bold``, ``italic``, ``heading``, or nothing; ``shown`` is where what
    is set so ends: at its own end, or within it.
    """

    start: int
    end: int
    way: str = ""
    shown: int = 0

    @property
    def is_whole(self) -> bool:
        return bool(self.way) and self.shown == self.end


@dataclass(frozen=True, slots=True)
class _Reading:
    opened: Opened
    blocks: tuple[_Block, ...]
    way: str
    asking: int
    runs_in: bool

    @property
    def text(self) -> str:
        return self.opened.sheet.text


def claim(raw: RawFile) -> str | None:
    """Claims a document with three questions set out, an answer to each, and hardly a label."""
    reading = _read(raw)
    if reading is None or not is_interview(reading.opened, tuple(_find_pieces(reading))):
        return None
    ways = {"bold": "in bold", "italic": "in italics", "heading": "as headings"}
    return f"{reading.asking} questions stand {ways[reading.way]}, with answers below, unlabelled"


def read(raw: RawFile) -> Draft:
    """Read questions and answers.

    Raises:
        ParseError: not UTF-8, not HTML, or no question set out.
        MetadataError: the front matter is not YAML, or a value in it is of the wrong kind.
    """
    reading = _read(raw)
    if reading is None:
        raise ParseError(raw.name, "has no turns: no questions stand out by their type.")
    return draft_interview(reading.opened, tuple(_find_pieces(reading)))


def _read(raw: RawFile) -> _Reading | None:
    """The document, where enough questions are set out in one way and have answers of their own."""
    hints = sum(1 for _ in zip(range(FEWEST), _HINT.finditer(raw.text), strict=False))
    if hints < FEWEST:
        return None
    opened = open_unlabelled(raw, list_questions)
    blocks = tuple(up_to_most_labels(_find_blocks(opened.sheet, opened.ways)))
    way, whole, run_in = _choose_way(opened.sheet.text, blocks)
    if whole + run_in < FEWEST:
        return None
    return _Reading(opened, blocks, way, whole + run_in, run_in > whole)


def _find_blocks(sheet: Sheet, ways: Mapping[str, tuple[tuple[int, int], ...]]) -> Iterator[_Block]:
    """The paragraphs, each with what of its beginning is set out; lines of one where one is."""
    text = sheet.text
    spans = {way: sorted(found) for way, found in ways.items()}
    starts = {way: [start for start, _ in found] for way, found in spans.items()}
    for paragraph in PARAGRAPH.finditer(text, sheet.start):
        start, end = paragraph.span()
        while start < end:
            way, shown = _find_shown(text, start, end, spans, starts)
            line = text.find("\n", shown, end)
            rest = text[shown : line if line >= 0 else end]
            if way and not any(map(str.isalnum, rest)):
                stop = line + 1 if line >= 0 else end
                yield _Block(start, stop, way, stop)
                start = stop
            else:
                yield _Block(start, end, way, shown)
                start = end


def _find_shown(
    text: str,
    start: int,
    end: int,
    spans: dict[str, list[tuple[int, int]]],
    starts: dict[str, list[int]],
) -> tuple[str, int]:
    """How a paragraph's beginning is set, and where that ends."""
    if heading := _HEADING.match(text, start, end):
        return "heading", heading.end()
    if wrapped := _WRAPPED.fullmatch(text[start:end].rstrip()):
        return "bold" if len(wrapped["mark"]) > 1 else "italic", end
    for way, found in spans.items():
        bare = start + _bare(text, start, end)
        at = bisect_right(starts[way], bare) - 1
        shown = start
        while 0 <= at < len(found) and not any(
            map(str.isalnum, text[max(shown, bare) : found[at][0]])
        ):
            shown = max(shown, min(found[at][1], end))
            at += 1
            if shown == end:
                break
        if shown > start:
            return way, shown
    return "", start


def _bare(text: str, start: int, end: int) -> int:
    """How many signs stand before a paragraph's first word, its number among them."""
    if number := _NUMBER.match(text, start, end):
        return number.end() - start
    return next((at for at in range(min(9, end - start)) if text[start + at].isalnum()), 0)


def _choose_way(text: str, blocks: Sequence[_Block]) -> tuple[str, int, int]:
    """The way in which most questions are set, and how many are so: whole paragraphs, or run in."""
    whole, run_in = Counter[str](), Counter[str]()
    for block, below in pairwise((*blocks, _Block(len(text), len(text)))):
        asks = block.way and _ASKS.search(text[block.start : block.shown])
        if not asks or _is_labelled(text[block.start : block.shown]):
            continue
        if not block.is_whole:
            run_in[block.way] += 1
        elif not below.is_whole and below.start < below.end:
            whole[block.way] += 1
    way = max(("bold", "heading", "italic"), key=lambda way: whole[way] + run_in[way])
    return way, whole[way], run_in[way]


def _is_labelled(said: str) -> bool:
    found = _LABELLED.match(said)
    return found is not None and (not found["label"] or is_name(found["label"]))


def _find_pieces(reading: _Reading) -> Iterator[Piece]:
    """The blocks from the first question on, as what they are."""
    text, begun = reading.text, False
    blocks = [*reading.blocks]
    doubtful = False
    for block in blocks:
        asks = block.way == reading.way and bool(_ASKS.search(text[block.start : block.shown]))
        begun = (
            begun or asks or (block.way == reading.way and "?" in text[block.start : block.shown])
        )
        if not begun:
            continue
        for piece in _read_block(reading, block, asks=asks):
            doubtful = (piece.part == "nobody" and not block.is_whole and reading.runs_in) or (
                doubtful and piece.part != "question"
            )
            yield replace(piece, part="nobody") if doubtful and piece.part == "answer" else piece


def _read_block(reading: _Reading, block: _Block, *, asks: bool) -> Iterator[Piece]:
    text = reading.text
    said = text[block.start : block.shown].strip()
    if marks := _HEADING_MARKS.match(text, block.start, block.end):
        yield Piece("label", block.start, marks.end())
        yield Piece(_part_set_out(said, block.way == reading.way), marks.end(), block.end)
    elif block.is_whole and not _is_labelled(said):
        yield Piece(_part_set_out(said, block.way == reading.way), block.start, block.end)
    elif block.way == reading.way and (asks or reading.runs_in) and not _is_labelled(said):
        whole = asks and reading.runs_in
        yield Piece("question" if whole else "nobody", block.start, block.shown)
        yield Piece("answer", block.shown, block.end)
    else:
        label, begun = _find_label(text, block, said)
        if label:
            yield Piece("label", block.start, begun)
        yield Piece("answer", begun, block.end, label)


def _find_label(text: str, block: _Block, said: str) -> tuple[str, int]:
    """The label that is set out at a block's beginning, or none, and where what is said begins."""
    dashed = _DASHED.fullmatch(said) if block.way else None
    if dashed and is_name(dashed["label"]) and not is_heading(dashed["label"]):
        return fold_space(dashed["label"]), block.shown
    named = _LABELLED.match(text, block.start, block.end) if block.way else None
    if named and _is_labelled(said):
        return fold_space(named["label"] or "Q"), named.end()
    return "", block.start


def _part_set_out(said: str, is_asked: bool) -> Part:
    if _DIRECTION.fullmatch(said.strip("*_ ")):
        return "direction"
    if is_asked and ("?" in said or SENTENCE_END.search(said)):
        return "question"
    return "nobody" if "?" in said or SENTENCE_END.search(said) else "heading"
