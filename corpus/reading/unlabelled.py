"""Documents without labels: opened before their questions are looked for, drafted after."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.metadata import Metadata
from corpus.model import Notice, Removed
from corpus.reading.base import Draft, RawFile
from corpus.reading.heading import read_date, read_title
from corpus.reading.interview import Interview, Piece, is_conversation, read_interview
from corpus.reading.interviewed import tell_interviewed
from corpus.reading.label_settings import list_candidates
from corpus.reading.labels import is_heading, is_name, kind_with_role
from corpus.reading.markdown import find_marks, load_front_matter
from corpus.reading.page import is_page, read_page
from corpus.reading.removal import add_apart, take_out
from corpus.reading.running_heads import find_running_heads
from corpus.reading.spoken import Sheet, name_span

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBERED = re.compile(r"[QA]\d.*")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document's canonical text, what it states, and what of it is set in which way."""

    sheet: Sheet
    stated: Metadata
    removed: tuple[Removed, ...]
    notices: tuple[Notice, ...] = ()
    ways: Mapping[str, Spans] = field(default_factory=dict)


def open_unlabelled(raw: RawFile, list_spoken: Callable[[_Element], list[_Element]]) -> Opened:
    """A page, or a text that may be Markdown.

    Args:
        raw: the document.
        list_spoken: finds the questions in a page; the text is the part that holds most of them.

    Raises:
        ParseError: not UTF-8, not HTML, or too long.
        MetadataError: the front matter is not YAML, or a value in it is of the wrong kind.
    """
    if is_page(raw):
        page = read_page(raw, list_spoken)
        stated = Metadata(title=page.title, date=page.date, place=page.place, url=page.url)
        ways = {"heading": page.headings, "bold": page.bold, "italic": page.italic}
        sheet = replace(page.sheet, byline=page.byline + page.above)
        return Opened(sheet, stated, page.removed, (), ways)
    stated, unread, start = load_front_matter(raw.name, raw.text)
    cuts = add_apart(find_marks(raw.text, start), find_running_heads(raw.text, start))
    text, line_map, removed = take_out(raw.text, cuts)
    notices = tuple(
        Notice(f"the front matter’s “{key}” is no key of ours and is not read.", line)
        for key, line in unread
    )
    return Opened(Sheet(text, line_map, start), stated, removed, notices, _find_ways(removed))


def is_interview(opened: Opened, pieces: Sequence[Piece]) -> bool:
    """Whether the questions found are a conversation's, and not set off by labels as well."""
    sheet = opened.sheet
    found, _ = list_candidates(sheet.text, sheet.start)
    names = [x.label for x in found if is_name(x.label) and not x.is_inside]
    labels = sum(not is_heading(each) and not _NUMBERED.fullmatch(each) for each in names)
    asked = sum(x.part == "question" and "?" in sheet.text[x.start : x.end] for x in pieces)
    return labels < asked and is_conversation(sheet.text, pieces)


def draft_interview(opened: Opened, pieces: tuple[Piece, ...]) -> Draft:
    """The turns of the pieces found, and what else the document tells."""
    sheet = opened.sheet
    above = sheet.text[sheet.start : pieces[0].start]
    stated = opened.stated.over(Metadata(title=read_title(above), date=read_date(above)))
    sheet = replace(sheet, title=stated.title or "")
    heading = sheet.byline + above
    person = tell_interviewed(sheet.title, heading)
    spoken = read_interview(Interview(sheet, pieces, heading, person, stated.speakers))
    turns = tuple(
        replace(turn, kind=kind_with_role(turn.label, turn.kind, stated.speakers[turn.label].role))
        if turn.label in stated.speakers
        else turn
        for turn in spoken.turns
    )
    front = name_span("front matter", sheet.text, 0, sheet.start)
    return Draft(
        sheet.text,
        sheet.line_map,
        turns,
        (*front, *spoken.furniture),
        replace(stated, speakers={**spoken.persons, **stated.speakers}),
        (*opened.notices, *spoken.notices),
        opened.removed,
    )


def _find_ways(removed: Sequence[Removed]) -> dict[str, Spans]:
    """The stretches that stood between Markdown's marks, by what the marks mean."""
    marks = [each for each in removed if each.name == "emphasis"]
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    return {
        "bold": tuple((a.at, b.at) for a, b in pairs if len(a.text) > 1),
        "italic": tuple((a.at, b.at) for a, b in pairs if len(a.text) == 1),
    }
