"""The White House, archived as Markdown: ``Q    …``, ``MS. PSAKI:  …`` under YAML front matter.

Paragraphs are set apart by blank lines or by two spaces at the end of a line; inside them lines
are wrapped, so that ``COVID:`` may open a line and be no label. The dateline ("James S. Brady
Press Briefing Room", "1:03 P.M. EST") stands before the first turn, "END 2:05 P.M. EST" after the
last.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from corpus.errors import MetadataError, ParseError
from corpus.metadata import Metadata
from corpus.model import Furniture, Turn
from corpus.styles.base import Draft, RawFile, cut_turns, trim
from corpus.styles.briefing import find_labels, note_mistyped, tell_speakers
from corpus.styles.doubt import set_doubtful_apart
from corpus.styles.markdown import find_marks, split_front_matter
from corpus.styles.removal import take_out
from corpus.text import fold_space

PUBLISHER = "The White House"

_ADDRESS = re.compile(r"^source_url:\s*['\"]?(?P<url>https?://[^\s'\"]+)", re.MULTILINE)
_HOST = re.compile(r"(?:^|\.)[a-z]*whitehouse(?:\.archives)?\.gov$")
_FRONT_AT_MOST = 8_000
_TIME = r"(?:\d{1,2}:\d{2}|\d{1,2})\s+[AP]\.?M\.?(?:\s+[A-Z]{2,4})?"
_END = re.compile(
    rf"^[^\S\n]*(?:END\b[\s.]*(?:{_TIME})?|(?:END\s+)?{_TIME})[^\S\n]*(?=\n[^\S\n]*\n|\n?\s*\Z)",
    re.MULTILINE,
)
_DATELINE = re.compile(rf"{_TIME}|\(\w+ \d{{1,2}}, \d{{4}}\)|\w+ \d{{1,2}}, \d{{4}}")
_DIRECTION = re.compile(r"\n[^\S\n]*\n[^\S\n]*(?P<said>\([^()]{1,200}\))\s*\Z")
_HEADER_AT_MOST = 600  # characters; the longest seen has about 100


def claim(raw: RawFile) -> str | None:
    """Claims Markdown whose front matter names an address of the White House."""
    if not raw.content.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
        return None
    found = _ADDRESS.search(raw.text[:_FRONT_AT_MOST])
    host = urlsplit(found["url"]).hostname if found else None
    if host is None or not _HOST.search(host):
        return None
    return f"its front matter names an address at {host}"


def read(raw: RawFile) -> Draft:
    """Read the turns between dateline and "END".

    Raises:
        ParseError: not UTF-8, or no turn in it.
        MetadataError: the front matter is not YAML, or its date is not one.
    """
    front, page = split_front_matter(raw.name, raw.text)
    text, line_map, removed = take_out(raw.text, find_marks(raw.text, page))
    found = find_labels(text, page)
    if not found:
        problem = "has no turns: no paragraph starts with a label such as “Q” or “MS. PSAKI:”."
        raise ParseError(raw.name, problem)
    end = _END.search(text, found[-1].end)
    stop = end.start() if end else len(text)
    metadata = _read_metadata(raw.name, front, text[page : found[0].start])
    labels, persons = tell_speakers(text, found, stop, metadata.title or "")
    turns, furniture = cut_turns(text, labels, stop)
    turns, directions = set_directions_apart(text, turns)
    turns, doubts = set_doubtful_apart(text, turns, persons, line_map)
    edges: tuple[Furniture, ...] = (
        Furniture("front matter", *trim(text, 0, page)),
        Furniture("dateline", *trim(text, page, found[0].start)),
        Furniture("footer", *trim(text, stop, len(text))),
    )
    edges = tuple(edge for edge in edges if edge.start < edge.end)
    notices = (*note_mistyped(found, line_map), *doubts)
    metadata = replace(metadata, speakers=persons)
    return Draft(
        text, line_map, turns, (*furniture, *directions, *edges), metadata, notices, removed
    )


def set_directions_apart(
    text: str, turns: Sequence[Turn]
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """Stage directions in a paragraph of their own after a turn's last words are nobody's words."""
    kept: list[Turn] = []
    directions: list[Furniture] = []
    for turn in turns:
        end = turn.end
        while found := _DIRECTION.search(text[max(turn.start, end - 300) : end]):
            shift = max(turn.start, end - 300)
            directions.append(
                Furniture("stage direction", shift + found.start("said"), shift + found.end("said"))
            )
            _, end = trim(text, turn.start, shift + found.start())
        kept.append(replace(turn, end=end))
    return tuple(kept), tuple(directions)


def _read_metadata(file: str, front: dict[str, tuple[str, int]], dateline: str) -> Metadata:
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
        place=_read_place(dateline, stated.get("title", "")),
        url=stated.get("source_url") or None,
    )


def _read_place(dateline: str, title: str) -> str | None:
    """The lines of the dateline that are neither date nor time nor the title again."""
    lines = [fold_space(_DATELINE.sub("", line)) for line in dateline.splitlines()]
    told = title.casefold()
    lines = [line for line in lines if line and not (line.isupper() and line.casefold() in told)]
    return ", ".join(lines) or None if len(dateline) <= _HEADER_AT_MOST else None
