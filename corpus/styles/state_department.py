"""U.S. Department of State: ``QUESTION:  …``, ``SECRETARY BLINKEN:  …``, a page or its text.

In the text of a page a .gov banner stands before the first turn; the line "U.S. Department of
State" and the headline of an unrelated page after the last. The year in that headline is nobody's
date.
"""

from __future__ import annotations

import re

from corpus.errors import ParseError
from corpus.metadata import Metadata
from corpus.model import LineMap
from corpus.reading.base import Draft, RawFile
from corpus.reading.briefing import FoundLabel, find_labels
from corpus.reading.page import is_page, own_host, read_page
from corpus.reading.spoken import Sheet, name_span, read_spoken

PUBLISHER = "U.S. Department of State"

_BANNER = "An official website of the United States Government"
_FOOTER = re.compile(rf"^[^\S\n]*{re.escape(PUBLISHER)}[^\S\n]*$", re.MULTILINE)
_HOST = re.compile(r"(?:^|\.)state\.gov$")


def claim(raw: RawFile) -> str | None:
    """Claims a page on state.gov, and a text with the .gov banner and the department's footer."""
    if is_page(raw):
        host = own_host(raw)
        return f"a page whose address is at {host}" if _HOST.search(host) else None
    if not raw.text.lstrip().startswith(_BANNER):
        return None
    return "opens with the .gov banner" if _FOOTER.search(raw.text) else None


def read(raw: RawFile) -> Draft:
    """Read the turns between banner and footer, or those of a page's article.

    Raises:
        ParseError: not UTF-8, not HTML, or no turn in it.
    """
    return _read_page(raw) if is_page(raw) else _read_text(raw)


def _read_text(raw: RawFile) -> Draft:
    whole = raw.text
    found = _find_labels(raw.name, whole)
    footer = _FOOTER.search(whole, found[-1].end)
    stop = footer.start() if footer else len(whole)
    line_map = LineMap.of(whole)
    spoken = read_spoken(Sheet(whole[:stop], line_map), found)
    furniture = (*spoken.furniture, *name_span("footer", whole, stop, len(whole)))
    metadata = Metadata(publisher=PUBLISHER, speakers=spoken.persons)
    return Draft(whole, line_map, spoken.turns, furniture, metadata, spoken.notices)


def _read_page(raw: RawFile) -> Draft:
    page = read_page(raw)
    found = _find_labels(raw.name, page.text)
    spoken = read_spoken(page.sheet, found)
    metadata = Metadata(
        title=page.title,
        date=page.date,
        publisher=PUBLISHER,
        place=page.place,
        url=page.url,
        speakers=spoken.persons,
    )
    return Draft(
        page.text,
        page.line_map,
        spoken.turns,
        spoken.furniture,
        metadata,
        spoken.notices,
        page.removed,
    )


def _find_labels(file: str, text: str) -> list[FoundLabel]:
    if found := find_labels(text, 0):
        return found
    raise ParseError(file, "has no turns: no line starts with a label such as “QUESTION:”.")
