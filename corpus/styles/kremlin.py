"""Kremlin.ru pages in English: ``<p><b>Vladimir Putin:</b> …``, ``<b>Question</b>: …``.

A label is what stands in bold at the start of a paragraph, up to a colon that may be inside or
outside the bold, in one piece or several. The first label of a person tells the role:
"President of Russia Vladimir Putin", thereafter "Vladimir Putin".
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import ParseError
from corpus.metadata import Metadata
from corpus.model import Furniture
from corpus.reading.base import Draft, Label, RawFile, cut_turns, trim
from corpus.reading.emphasis import set_narrated_apart
from corpus.reading.markup import KEEP, Reading, find_texts, parse_html, read_markup
from corpus.reading.page import is_page, own_address
from corpus.styles.kremlin_people import People
from corpus.text import fold_space

if TYPE_CHECKING:
    from lxml.etree import _Element

PUBLISHER = "Kremlin.ru"

_ADDRESS = re.compile(r"https?://(?:\w+\.)*kremlin\.ru/\S+")
_BODY = re.compile(r"\barticleBody\b|\be-content\b")
_LICENCE = re.compile(r"Creative\s+Commons\s+Attribution\s+4\.0\s+International")
_PARAGRAPH_START = re.compile(r"(?:\A|\n[^\S\n]*+\n)\s*+")
_LABEL = re.compile(r"(?P<label>[^:]{1,200}?)\s*:\s*")
_SEPARATOR = re.compile(r"[*\s]+")
_ASIDE = re.compile(r"\([^()]*\)")
_ASKING = re.compile(
    r"\?|\b(?:question|ask|my name is|I am from|news agency|newspaper|radio|channel)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 300


def claim(raw: RawFile) -> str | None:
    """Claims an HTML page that gives an address on kremlin.ru as its own, and has its body."""
    address = _ADDRESS.fullmatch((own_address(raw) or "").strip()) if is_page(raw) else None
    has_body = _BODY.search(raw.text) if address else None
    return f"a page whose address is {address[0]}" if address and has_body else None


def read(raw: RawFile) -> Draft:
    """Read the turns of the page's article.

    Raises:
        ParseError: not UTF-8, not HTML, or no labelled turn in it.
    """
    root = parse_html(raw.name, raw.text)
    _mark_body(root)
    reading = read_markup(root, _leave_out)
    text, marks = reading.text, _find_marks(reading)
    first = next((mark.start for mark in marks if mark.printed), None)
    if first is None:
        problem = "has no turns: no paragraph starts with a name in bold and a colon."
        raise ParseError(raw.name, problem)
    marks = [mark for mark in marks if mark.start >= first]
    turns, furniture = cut_turns(text, marks, len(text))
    turns, narrated = set_narrated_apart(text, turns, reading.italic)
    said = [(turn.label, fold_space(text[turn.start : turn.end])) for turn in turns]
    asking = {label for label, words in said if _ASKING.search(words)}
    counts = Counter(mark.printed for mark in marks if mark.printed)
    people = People(counts, asking, _read_summary(root), _first(_contents(root, "og:site_name")))
    named = {mark.start for mark in marks if mark.printed}
    return Draft(
        text,
        reading.line_map,
        tuple(replace(turn, kind=people.kind(turn.label)) for turn in turns),
        (
            *_whole(Furniture("introduction", *trim(text, 0, first))),
            *(f if f.start in named else replace(f, name="heading") for f in furniture),
            *narrated,
        ),
        replace(_read_metadata(root, raw), speakers=people.speakers()),
        people.notices(marks, reading.line_map),
        reading.removed,
    )


def _whole(span: Furniture) -> tuple[Furniture, ...]:
    return (span,) if span.start < span.end else ()


def _mark_body(root: _Element) -> None:
    """Some saved pages name the article's body by its class alone."""
    elements = list(root.iter("*"))
    if not any(element.get("itemprop") == "articleBody" for element in elements):
        for element in elements:
            if "e-content" in (element.get("class") or "").split():
                element.set("itemprop", "articleBody")


def _leave_out(element: _Element) -> str | None:
    """Only the article's body is the transcript, without its pictures, videos and links."""
    if element.get("itemprop") == "articleBody":
        return KEEP
    if element.tag == "html":
        return "page"
    classes = (element.get("class") or "").split()
    return "media" if {"masha-ignore", "hidden-copy"} & set(classes) else None


def _find_marks(reading: Reading) -> list[Label]:
    """Labels, and headings as labels of nobody: what follows one is not the speaker's above."""
    text = reading.text
    starts = [found.end() for found in _PARAGRAPH_START.finditer(text) if found.end() < len(text)]
    bold = _Bold(reading)
    labels: dict[int, Label] = {}
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        found = _LABEL.match(text, start, end)
        if found and bold.covers(start, found.end("label")):
            printed = fold_space(_ASIDE.sub(" ", found["label"]))
            labels[start] = Label(printed, "unknown", start, found.end())
        elif end - start < _LONGEST_HEADING and (
            _SEPARATOR.fullmatch(text, start, end) or bold.covers(start, end)
        ):
            labels[start] = Label("", "unknown", *trim(text, start, end))
    known = {label.printed for label in labels.values()}
    for start in starts:
        found = _LABEL.match(text, start)
        if found and start not in labels and fold_space(found["label"]) in known:
            labels[start] = Label(fold_space(found["label"]), "unknown", start, found.end())
    return [labels[start] for start in sorted(labels)]


class _Bold:
    """Which letters of a text are set in bold."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(reading.bold):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, start: int, end: int) -> bool:
        """Whether every letter of the span is bold, but for what stands in brackets."""
        stretch = _ASIDE.sub(lambda aside: " " * len(aside[0]), self._text[start:end])
        letters = [start + at for at, char in enumerate(stretch) if char.isalnum()]
        return bool(letters) and all(map(self._is_bold, letters))

    def _is_bold(self, at: int) -> bool:
        last = bisect_right(self._starts, at) - 1
        return last >= 0 and at < self._ends[last]


def _read_summary(root: _Element) -> str:
    """The page's title and lead, which tell what kind of event it was, and whose."""
    lead = find_texts(root, "//*[contains(@class, 'read__lead')]")
    return " ".join([*_read_title(root)[:1], *lead])


def _read_title(root: _Element) -> list[str]:
    """The title as stated for other sites, or else as printed: not every saved page has both."""
    printed = find_texts(root, "//h1[contains(@class, 'entry-title')]")
    return [*_contents(root, "og:title"), *printed]


def _contents(root: _Element, key: str) -> list[str]:
    return find_texts(root, f"//meta[@property='{key}' or @itemprop='{key}']/@content")


def _first(found: Sequence[str]) -> str | None:
    return found[0] if found else None


def _read_metadata(root: _Element, raw: RawFile) -> Metadata:
    published = "@itemprop='datePublished' or contains(@class, 'read__published')"
    return Metadata(
        title=_first(_read_title(root)),
        date=_read_date(find_texts(root, f"//time[{published}]/@datetime")),
        publisher=PUBLISHER,
        place=_first(find_texts(root, "//*[contains(@class, 'read__place')]")),
        url=own_address(raw),
        language=_first(_contents(root, "inLanguage")),
        licence="CC BY 4.0" if _LICENCE.search(raw.text) else None,
    )


def _read_date(printed: Sequence[str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(printed[0][:10]) if printed else None
    except ValueError:
        return None
