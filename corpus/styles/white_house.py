"""The White House: ``Q    …``, ``MS. PSAKI:  …``, archived as Markdown, or a saved web page.

Paragraphs are set apart by blank lines or by two spaces at the end of a line; inside them lines
are wrapped, so that ``COVID:`` may open a line and be no label. The dateline ("James S. Brady
Press Briefing Room", "1:03 P.M. EST") stands before the first turn, "END 2:05 P.M. EST" after the
last.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from corpus.errors import MetadataError, ParseError
from corpus.metadata import Metadata
from corpus.reading.base import Draft, RawFile
from corpus.reading.briefing import FoundLabel, find_labels, find_questions
from corpus.reading.ending import TIME
from corpus.reading.markdown import find_emphasised, find_marks, split_front_matter
from corpus.reading.page import is_page, own_host, read_page
from corpus.reading.removal import take_out
from corpus.reading.spoken import Sheet, name_span, read_spoken
from corpus.text import fold_space

PUBLISHER = "The White House"

_ADDRESS = re.compile(
    r"^(?P<key>(?:source_)?url):\s*['\"]?https?://(?P<host>[\w.\-]+)", re.MULTILINE
)
_HOST = re.compile(r"(?:^|\.)[a-z-]*whitehouse\d?(?:\.archives)?\.gov$")
_SPEAKERS = re.compile(r"^speakers:", re.MULTILINE)
_FRONT_AT_MOST = 8_000
_DATELINE = re.compile(rf"{TIME}|\(\w+ \d{{1,2}}, \d{{4}}\)|\w+ \d{{1,2}}, \d{{4}}")
_HEADER_AT_MOST = 600  # characters; the longest seen has about 100


def claim(raw: RawFile) -> str | None:
    """Claims a page of the White House by its address: in front matter, or the page's own.

    The key ``url`` is ours as well: what states ``speakers`` beside it, or where no ``Q`` asks, was
    made by hand.
    """
    if is_page(raw):
        host = own_host(raw)
        return f"a page whose address is at {host}" if _HOST.search(host) else None
    if not raw.text.startswith("---"):
        return None
    front = raw.text[:_FRONT_AT_MOST]
    found = _ADDRESS.search(front)
    host = found["host"] if found else ""
    if found and found["key"] == "url":
        asks = next(find_questions(raw.text, found.end()), None)
        host = host if asks and not _SPEAKERS.search(front) else ""
    return f"its front matter names an address at {host}" if _HOST.search(host) else None


def read(raw: RawFile) -> Draft:
    """Read the turns between dateline and "END".

    Raises:
        ParseError: not UTF-8, not HTML, or no turn in it.
        MetadataError: the front matter is not YAML, or its date is not one.
    """
    return _read_page(raw) if is_page(raw) else _read_archived(raw)


def _read_archived(raw: RawFile) -> Draft:
    front, start = split_front_matter(raw.name, raw.text)
    text, line_map, removed = take_out(raw.text, find_marks(raw.text, start))
    found = _find_labels(raw.name, text, start)
    metadata = _read_metadata(raw.name, front)
    sheet = Sheet(text, line_map, start, metadata.title or "", emphasised=find_emphasised(removed))
    spoken = read_spoken(sheet, found)
    place = _read_place(text[start : found[0].start], metadata.title or "")
    return Draft(
        text,
        line_map,
        spoken.turns,
        (*name_span("front matter", text, 0, start), *spoken.furniture),
        replace(metadata, place=place, speakers=spoken.persons),
        spoken.notices,
        removed,
    )


def _read_page(raw: RawFile) -> Draft:
    page = read_page(raw)
    found = _find_labels(raw.name, page.text, 0)
    spoken = read_spoken(page.sheet, found)
    metadata = Metadata(
        title=page.title,
        date=page.date,
        publisher=PUBLISHER,
        place=_read_place(page.text[: found[0].start], page.title or ""),
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


def _find_labels(file: str, text: str, start: int) -> list[FoundLabel]:
    if found := find_labels(text, start):
        return found
    problem = "has no turns: no paragraph starts with a label such as “Q” or “MS. ROE:”."
    raise ParseError(file, problem)


def _read_metadata(file: str, front: dict[str, tuple[str, int]]) -> Metadata:
    stated = {key: fold_space(value).replace("\u2060", "") for key, (value, _) in front.items()}
    date = None
    if "date" in front:
        try:
            date = dt.date.fromisoformat(stated["date"][:10])
        except ValueError as error:
            problem = f"“{stated['date']}” is not a date; write it as 2022-01-31."
            raise MetadataError(file, problem, front["date"][1]) from error
    return Metadata(
        title=stated.get("title") or None,
        date=date,
        publisher=PUBLISHER,
        url=stated.get("source_url") or stated.get("url") or None,
    )


def _read_place(dateline: str, title: str) -> str | None:
    """The lines of the dateline that are neither date nor time nor the title again."""
    lines = [fold_space(_DATELINE.sub("", line)) for line in dateline.splitlines()]
    told = title.casefold()
    lines = [line for line in lines if line and not (line.isupper() and line.casefold() in told)]
    return ", ".join(lines) or None if len(dateline) <= _HEADER_AT_MOST else None
