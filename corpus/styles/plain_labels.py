"""Anything set as ``NAME: text`` or ``**NAME:** text``, so that a transcript can be made by hand.

Title, date and the like may stand in YAML front matter, with the keys of a ``NAME.toml``. A name is
taken for an official's only where it shows an office (``PRIME MINISTER:``) or a role is stated for
it under ``speakers``; a journalist with a name is otherwise indistinguishable from an official.
This style is asked only where no publisher's style claims a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.errors import ParseError
from corpus.metadata import Metadata
from corpus.model import Furniture, LineMap, Notice, Removed, Turn
from corpus.reading.base import Draft, RawFile
from corpus.reading.briefing import FoundLabel, doubt_torn, opens_block, order_labels
from corpus.reading.captions import find_captions
from corpus.reading.changes import Signs, find_changes, find_unmarked, set_changes_apart
from corpus.reading.emphasis import NOBODY
from corpus.reading.fields import drop_fields
from corpus.reading.hanging import find_rests, find_wrapped
from corpus.reading.heading import read_date, read_title
from corpus.reading.label_settings import list_candidates
from corpus.reading.labels import is_heading, is_name, kind_of_label, kind_with_role
from corpus.reading.markdown import find_emphasised, find_marks, load_front_matter
from corpus.reading.misspelt import join_misspelt
from corpus.reading.page import is_page, read_page
from corpus.reading.plain_names import find_set_labels
from corpus.reading.removal import add_apart, take_out
from corpus.reading.running_heads import find_running_heads
from corpus.reading.speaker_key import Key, find_key, find_keyed
from corpus.reading.spoken import Sheet, name_span, read_spoken
from corpus.text import fold_space

_SET_BOLD = r"(?:\*\*|__)(?P<{}>[^*_:\n]{{1,120}}?):?(?:\*\*|__):?"
_BOLD = re.compile(  # in a list only where alone on the line: "- **Power:** it is back" lists
    rf"^[^\S\n]*(?:{_SET_BOLD.format('label')}|[-*•][^\S\n]+{_SET_BOLD.format('alone')}[^\S\n]*$)",
    re.MULTILINE,
)
_COLON_AFTER = re.compile(r"[^\S\n]{0,3}(?:\([^()\n]{1,60}\)[^\S\n]{0,3})?:")  # an aside between
_FEWEST = 2  # labels: one colon after a name is no transcript


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document's canonical text, what it states, and which names it sets in bold."""

    text: str
    line_map: LineMap
    start: int
    metadata: Metadata
    bold: frozenset[str]
    removed: tuple[Removed, ...]
    notices: tuple[Notice, ...] = ()
    byline: str = ""
    emphasised: tuple[tuple[int, int], ...] = ()
    key: Key | None = None
    signs: Signs = ()


def claim(raw: RawFile) -> str | None:
    """Claims a document in which paragraphs open with labels: two, or one that shows an office."""
    reading = _read_text(raw)
    if reading.key:
        return f"a list tells whose initials are labels, such as “{min(reading.key.names)}”"
    found, by_colon = list_candidates(reading.text, reading.start)
    unmarked = find_unmarked([(x.label, x.start) for x in found], reading.signs, reading.text)
    found = [each for each in found if each.start not in unmarked]
    labels = [each.label for each in found if is_name(each.label) and not is_heading(each.label)]
    if not labels and reading.signs:
        return "“>>” stands where somebody else speaks"
    often = len(set(labels)) < len(labels) or not reading.bold.isdisjoint(labels)
    kinds = {kind_of_label(label) for label in labels}
    if len(labels) < _FEWEST if "official" not in kinds else not labels:
        return None
    if not (often or kinds - {None} or reading.metadata.speakers):
        return None
    colon = ":" if by_colon else ""
    return f"paragraphs open with a label, such as “{labels[0]}{colon}”"


def read(raw: RawFile) -> Draft:
    """Read the turns.

    Raises:
        ParseError: not UTF-8, or no turn in it.
        MetadataError: the front matter is not YAML, or a value in it is of the wrong kind.
    """
    reading = _read_text(raw)
    found = _find_labels(reading)
    if not found:
        raise ParseError(raw.name, "has no turns: no paragraph starts with “NAME: ”.")
    stated = _with_heading(reading.metadata, reading.text[reading.start : found[0].start])
    sheet = Sheet(
        reading.text,
        reading.line_map,
        reading.start,
        stated.title or "",
        reading.byline,
        reading.emphasised,
    )
    spoken = read_spoken(sheet, found)
    turns = tuple(
        _with_role(turn, stated.speakers[turn.label].role)
        if turn.label in stated.speakers
        else turn
        for turn in spoken.turns
    )
    turns, signs = set_changes_apart(reading.text, turns, reading.signs)
    key = reading.key
    beside = reading.text[reading.start : key.end].rpartition("\n\n")[2] if key else ""
    named = key.persons(beside) if key else {}
    front = name_span("front matter", reading.text, 0, reading.start)
    return Draft(
        reading.text,
        reading.line_map,
        turns,
        (*front, *spoken.furniture, *signs),
        replace(stated, speakers={**named, **spoken.persons, **stated.speakers}),
        (*reading.notices, *spoken.notices, *_note_changes(reading, signs)),
        reading.removed,
    )


def _note_changes(reading: _Reading, signs: Sequence[Furniture]) -> Iterator[Notice]:
    for sign in signs[:1]:
        printed = reading.text[sign.start : sign.end]
        problem = f"“{printed}” tells that somebody else speaks, not who; it is left as nobody’s."
        yield Notice(problem, reading.line_map.line(sign.start))


def _with_heading(stated: Metadata, heading: str) -> Metadata:
    """What is stated, completed by the title and the date above the turns."""
    return stated.over(Metadata(title=read_title(heading), date=read_date(heading)))


def _with_role(turn: Turn, role: str | None) -> Turn:
    return replace(turn, kind=kind_with_role(turn.label, turn.kind, role))


def _read_text(raw: RawFile) -> _Reading:
    if is_page(raw):
        page = read_page(raw)
        stated = Metadata(title=page.title, date=page.date, place=page.place, url=page.url)
        bold = frozenset(
            fold_space(page.text[start:end]).rstrip(": ")
            for start, end in page.bold
            if opens_block(page.text, start)
            and (":" in page.text[start:end] or _COLON_AFTER.match(page.text, end))
        )
        sheet = page.sheet
        return _Reading(
            page.text,
            page.line_map,
            0,
            stated,
            bold,
            page.removed,
            byline=sheet.byline,
            emphasised=sheet.emphasised,
        )
    stated, unread, start = load_front_matter(raw.name, raw.text)
    bold = frozenset(
        fold_space(each["label"] or each["alone"]) for each in _BOLD.finditer(raw.text, start)
    )
    marked = start or bold or raw.name.lower().endswith((".md", ".markdown"))
    cuts = find_marks(raw.text, start) if marked else []
    cuts = find_captions(raw.text) or [*cuts, *find_running_heads(raw.text, start)]
    text, line_map, removed = take_out(raw.text, add_apart(cuts, find_rests(raw.text, start)))
    notices = tuple(
        Notice(f"the front matter’s “{key}” is no key of ours and is not read.", line)
        for key, line in unread
    )
    emphasised = find_emphasised(removed)
    return _Reading(
        text,
        line_map,
        start,
        stated,
        bold,
        removed,
        notices,
        emphasised=emphasised,
        key=find_key(text, start),
        signs=find_changes(text, start, removed),
    )


def _find_labels(reading: _Reading) -> list[FoundLabel]:
    """The labels in order: those that are set so, and those that the document itself explains."""
    text, key = reading.text, reading.key
    told = reading.bold | frozenset(reading.metadata.speakers)
    found = find_set_labels(text, key.end if key else reading.start, told)
    found |= {each.start: each for each in find_wrapped(text, reading.removed)}
    found |= {each.start: each for each in find_keyed(text, key)} if key else {}
    for at in find_unmarked([(x.printed, x.start) for x in found.values()], reading.signs, text):
        found.pop(at)
    labels = join_misspelt(text, doubt_torn(text, order_labels(found.values())))
    if not labels and reading.signs:
        labels = [FoundLabel(NOBODY, NOBODY, *reading.signs[0], doubtful=True)]
    return drop_fields(text, labels)
