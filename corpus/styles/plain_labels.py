"""Anything set as ``NAME: text`` or ``**NAME:** text``, so that a transcript can be made by hand.

Title, date and the like may stand in YAML front matter, with the keys of a ``NAME.toml``. A name is
taken for an official's only where it shows an office (``PRIME MINISTER:``) or a role is stated for
it under ``speakers``; a journalist with a name is otherwise indistinguishable from an official.
This style is asked only where no publisher's style claims a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.errors import ParseError
from corpus.metadata import Metadata
from corpus.model import LineMap, Notice, Removed, Turn
from corpus.styles.base import Draft, RawFile
from corpus.styles.briefing import (
    FoundLabel,
    asks_there,
    doubt_torn,
    find_labels,
    find_questions,
    is_doubtful,
    opens_block,
    order_labels,
    sets_small,
)
from corpus.styles.captions import find_captions
from corpus.styles.heading import read_date, read_title
from corpus.styles.label_settings import Candidate, find_misprints, find_slips, list_candidates
from corpus.styles.labels import (
    closest_label,
    fold_label,
    is_heading,
    is_name,
    is_shouted,
    is_titled,
    kind_of_label,
    kind_with_role,
)
from corpus.styles.markdown import find_emphasised, find_marks, load_front_matter
from corpus.styles.page import is_page, read_page
from corpus.styles.removal import take_out
from corpus.styles.speaker_key import Key, find_furniture, find_key, find_keyed
from corpus.styles.spoken import Sheet, name_span, read_spoken
from corpus.text import fold_space

_BOLD = re.compile(r"^[^\S\n]*(?:\*\*|__)(?P<label>[^*_:\n]{1,60}?):?(?:\*\*|__):?", re.MULTILINE)
_FEWEST = 2  # labels: one colon after a name is no transcript
_WHOLE = frozenset({"Q&A", "Q & A"})  # names the event where it stands above all labels


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


def claim(raw: RawFile) -> str | None:
    """Claims a document in which paragraphs open with labels: two, or one that shows an office."""
    reading = _read_text(raw)
    if reading.key:
        return f"a list tells whose initials are labels, such as “{min(reading.key.names)}”"
    found, by_colon = list_candidates(reading.text, reading.start)
    labels = [each.label for each in found if is_name(each.label) and not is_heading(each.label)]
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
    named = reading.key.persons() if reading.key else {}
    front = name_span("front matter", reading.text, 0, reading.start)
    return Draft(
        reading.text,
        reading.line_map,
        turns,
        (*front, *spoken.furniture),
        replace(stated, speakers={**named, **spoken.persons, **stated.speakers}),
        (*reading.notices, *spoken.notices),
        reading.removed,
    )


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
            if opens_block(page.text, start) and ":" in page.text[start : end + 2]
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
    bold = frozenset(fold_space(each["label"]) for each in _BOLD.finditer(raw.text, start))
    marked = start or bold or raw.name.lower().endswith((".md", ".markdown"))
    cuts = find_marks(raw.text, start) if marked else []
    if key := find_key(raw.text, start):
        cuts += find_furniture(raw.text, key)
    cuts = find_captions(raw.text) or cuts
    text, line_map, removed = take_out(raw.text, cuts)
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
    )


def _find_labels(reading: _Reading) -> list[FoundLabel]:
    """Names that are set as labels, as far as they are some; see :class:`_Names`."""
    text, start = reading.text, reading.key.end if reading.key else reading.start
    candidates, by_colon = list_candidates(text, start)
    candidates = [each for each in candidates if not is_heading(each.label)]
    names = _Names.of(candidates, reading)
    by_line = _sets_by_line(names, candidates, text, start)
    printed = [x for x in candidates if names.is_label(x.label, at_block=x.is_plain or by_line)]
    kept = {each.label for each in printed}
    rest = [each for each in candidates if each.label not in kept]
    misprints = find_misprints(rest, kept, Counter(fold_label(x.label) for x in printed))
    printed += [
        each for each in rest if each.label in misprints and (not each.is_inside or by_line)
    ]
    known = {each.label for each in printed if names.is_sure(each.label)}
    leading = {each.label for each in candidates if by_line or not each.is_inside}
    finding = find_labels if names.shouted and by_colon else find_questions
    found = {each.start: each for each in finding(text, start)}
    small, slips = sets_small(names.counts), find_slips(names.counts)
    for each in printed:
        meant = fold_label(slips.get(each.label, each.label))
        if each.label not in known and each.label not in slips:
            meant = _tell_meant(each.label, known)
        expected = small and not asks_there(text, each.end)
        alone = names.counts[each.label] == 1 and not expected
        torn = each.label not in leading and kind_of_label(each.label) == "official"
        doubtful = torn or (alone and names.shouted and is_doubtful(each.label, meant))
        label = FoundLabel(each.label, meant, each.start, each.end, doubtful=doubtful)
        there = found.setdefault(each.start, label)
        if there.meant == meant and there.end < label.end:  # of ``Q – `` the dash is the label's
            found[each.start] = label
    found |= {each.start: each for each in find_keyed(text, reading.key)} if reading.key else {}
    labels = doubt_torn(text, order_labels(found.values()))
    return labels[1:] if labels[:1] and fold_space(labels[0].meant).upper() in _WHOLE else labels


def _sets_by_line(names: _Names, candidates: Sequence[Candidate], text: str, start: int) -> bool:
    """Whether turns follow each other line by line, with no empty line between."""
    sure = [each.is_plain for each in candidates if names.is_sure(each.label)]
    sure += [opens_block(text, each.start) for each in find_questions(text, start)]
    return sum(sure) * 2 < len(sure)


def _tell_meant(label: str, known: Iterable[str]) -> str:
    return fold_label(closest_label(label, sorted(known)) or label)


@dataclass(frozen=True, slots=True)
class _Names:
    """What tells labels from words that happen to stand before a colon, in one document.

    ``told`` are the names set in bold, or listed under ``speakers``; ``shouted`` whether labels
    are set in capitals here, ``small`` whether some are in small letters.
    """

    counts: Counter[str]
    told: frozenset[str]
    shouted: bool
    small: bool

    @classmethod
    def of(cls, candidates: Sequence[Candidate], reading: _Reading) -> _Names:
        counts = Counter(each.label for each in candidates)
        opening = Counter(each.label for each in candidates if each.is_plain)
        often = (label for label, count in opening.items() if count >= _FEWEST and is_name(label))
        return cls(
            counts,
            reading.bold | frozenset(reading.metadata.speakers),
            sum(is_shouted(each.label) for each in candidates) >= _FEWEST,
            any(not is_shouted(label) and " " in label for label in often),
        )

    def is_label(self, label: str, *, at_block: bool) -> bool:
        """Cutting too often loses a quote; too seldom puts words in the wrong mouth.

        So where names are set in small letters, every name at the start of a paragraph counts.
        Where all that stand twice are in capitals, only those do, and small ones that show what
        they are. Inside a wrapped paragraph a label counts if it stands more than once.
        """
        if label in self.told:
            return True
        if not is_name(label) or not (at_block or self.is_sure(label)):
            return False
        if self.shouted and not is_shouted(label):
            return self.small or self.is_sure(label) or is_titled(label)
        if self.told and self.counts[label] < _FEWEST:
            return kind_of_label(label) is not None
        return True

    def is_sure(self, label: str) -> bool:
        """Whether a label is no misprint: told, or standing more than once, or of known words."""
        often = self.counts[label] >= _FEWEST and is_name(label)
        return label in self.told or often or kind_of_label(label) is not None
