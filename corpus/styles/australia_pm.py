"""PM Transcripts of Australia's Department of the Prime Minister and Cabinet: XML around HTML.

Many are scans of faxes. Labels: ``PRIME MINISTER:``, ``PM:``, ``JOURNALIST:``, ``Q.``; titles in
small letters (``Prime Minister Howard`` alone on a line); names (``PEACOCK:``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.errors import ParseError
from corpus.metadata import Metadata, Person
from corpus.model import Furniture, LineMap, Notice, Removed, SpeakerKind
from corpus.reading.base import Draft, Label, RawFile, cut_turns, trim
from corpus.reading.label_words import PERSONAL_TITLES
from corpus.reading.labels import is_chair, is_shouted, kind_of_label, read_words
from corpus.reading.markup import Text, parse_html, parse_xml, read_into
from corpus.reading.removal import join_removed, take_out
from corpus.reading.same_labels import surname_of
from corpus.styles.australia_doubt import doubt_turns
from corpus.styles.australia_labels import Mark, find_marks, find_small_marks, is_shown
from corpus.styles.australia_pages import find_end, find_heading_end, find_noise
from corpus.text import fold_space

PUBLISHER = "Department of the Prime Minister and Cabinet (PM Transcripts)"
LICENCE = "© Commonwealth of Australia, CC BY 3.0 AU"

_ROOT = re.compile(r"<transcripts?>")
_ASKING = frozenset({"JOURNALIST", "JRNLST", "QUESTION", "QUESTIONER", "REPORTER", "Q", "J"})
_OWN = frozenset({"PRIME MINISTER", "PM"})
_IN_HEADING = re.compile(r"\bPRI\w{0,3} ?M\w{3,8}\b", re.IGNORECASE)
_CONFERENCE = re.compile(r"\b(?:press conference|doorstop|news conference)\b", re.IGNORECASE)
_SPEECH = re.compile(r"\b(?:speech|address|remarks)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:acting|deputy) prime minister\b", re.IGNORECASE)
_INITIALS = 3
_OPENING = 80  # characters: a shorter scrap above the first label belongs to the heading


@dataclass(frozen=True)
class _Document:
    """The fields of the file, and its text without what scanner and fax left on it."""

    file: str
    fields: dict[str, str]
    text: str
    line_map: LineMap
    removed: tuple[Removed, ...]

    def field(self, name: str) -> str:
        return self.fields.get(name, "")

    @cached_property
    def heading(self) -> str:
        """The title as catalogued and the heading as printed."""
        return f"{self.field('title')} {fold_space(self.text[: find_heading_end(self.text)])}"

    @cached_property
    def leading(self) -> set[str]:
        """The words by which the text names a chairman or moderator, in capitals."""
        named = re.findall(r"(?i)\b(?:chairman|moderator),? ([\w. ]{1,30})", self.text)
        return {word for phrase in named for word in read_words(phrase)}

    @cached_property
    def is_interview(self) -> bool:
        return "interview" in f"{self.field('release-type')} {self.heading}".lower()

    @property
    def family_name(self) -> str:
        return fold_space(self.field("prime-minister").partition(",")[0])

    @property
    def prime_minister(self) -> Person | None:
        """``Howard, John`` as John Howard; None where the title tells of another."""
        given = self.field("prime-minister").partition(",")[2]
        if not self.family_name or _OTHERS.search(self.field("title")):
            return None
        return Person(fold_space(f"{given} {self.family_name}"), "Prime Minister")

    def is_own(self, meant: str) -> bool:
        """Whether a label is the prime minister's: by office, by name, or by both."""
        words = read_words(meant)
        names = {self.family_name.upper(), *read_words(self.field("prime-minister"))}
        rest = set(words) - PERSONAL_TITLES - {"PRIME", "MINISTER"}
        return meant in _OWN or (
            words[-1:] == [self.family_name.upper()] and rest <= names and bool(words)
        )


def claim(raw: RawFile) -> str | None:
    """Claims an XML document whose root is <transcripts> with a transcript-id."""
    head = raw.content[:4_000].decode("utf-8", errors="replace").lstrip("\ufeff")
    if head.lstrip()[:1] == "<" and _ROOT.search(head) and "<transcript-id>" in head:
        return "XML with <transcripts> and a <transcript-id>"
    return None


def read(raw: RawFile) -> Draft:
    """Read the turns of the document's content.

    Raises:
        ParseError: not UTF-8, not XML, empty, or nothing in it tells who speaks.
    """
    document = _open(raw)
    text, stop = document.text, find_end(document.text)
    start = find_heading_end(text)
    found = find_marks(text, start) or find_small_marks(text, 0)
    marks = [mark for mark in found if mark.start < stop]
    labels = _tell_kinds(document, marks, stop)
    opening, notices = _read_opening(document, labels, start, stop)
    labels = [*opening, *labels] or [_read_speech(document, start)]
    turns, furniture = cut_turns(text, labels, stop)
    names = (document.field("prime-minister").partition(",")[2], document.family_name)
    turns, doubts = doubt_turns(text, turns, names, document.line_map)
    edges = (
        Furniture("heading", *trim(text, 0, labels[0].start)),
        Furniture("footer", *trim(text, stop, len(text))),
    )
    stated = replace(_read_metadata(document), speakers=_name_speakers(document, marks, labels))
    return Draft(
        text,
        document.line_map,
        turns,
        tuple(_name_scene(span, text) for span in (*edges, *furniture) if span.start < span.end),
        stated,
        (*notices, *_note_misread(marks, document.line_map), *doubts),
        document.removed,
    )


def _name_scene(span: Furniture, text: str) -> Furniture:
    is_scene = span.name == "label" and is_shown(text[span.start : span.end])
    return replace(span, name="scene") if is_scene else span


def _open(raw: RawFile) -> _Document:
    root = parse_xml(raw.name, raw.text)
    transcripts = list(root.iter("transcript"))
    if len(transcripts) != 1:
        problem = f"holds {len(transcripts)} transcripts; save each in a file of its own."
        raise ParseError(raw.name, problem)
    text, fields, is_scanned = Text(), dict[str, str](), False
    for element in transcripts[0]:
        words = "".join(str(piece) for piece in element.itertext())
        text.line = max(text.line, element.sourceline if isinstance(element.sourceline, int) else 1)
        if element.tag == "content" and words.strip():
            is_scanned = words.count("<br") > 5
            read_into(text, parse_html(raw.name, words), lambda element: None)
        else:
            fields[str(element.tag)] = fold_space(words)
            text.add(words, str(element.tag))
    reading = text.reading()
    if not reading.text.strip():
        raise ParseError(raw.name, "has no content; fetch the transcript again or remove it.")
    cuts = list(find_noise(reading.text, is_scanned=is_scanned))
    clean, line_map, removed = take_out(reading.text, cuts, reading.line_map)
    return _Document(
        raw.name, fields, clean, line_map, join_removed(reading.removed, cuts, removed)
    )


def _tell_kinds(document: _Document, marks: Sequence[Mark], stop: int) -> list[Label]:
    ends = [*(mark.start for mark in marks[1:]), stop]
    said: dict[str, list[str]] = {}
    for mark, end in zip(marks, ends, strict=False):
        said.setdefault(mark.meant, []).append(document.text[mark.end : end])
    kinds = {meant: _kind(document, meant, words) for meant, words in said.items()}
    return [Label(mark.printed, kinds[mark.meant], mark.start, mark.end) for mark in marks]


def _kind(document: _Document, meant: str, said: Sequence[str]) -> SpeakerKind:
    """An office makes an official; a name is a reporter's only where the document shows it."""
    if document.is_own(meant):
        return "official"
    if not meant or meant.upper() in _ASKING:
        return "reporter" if meant else "unknown"
    if is_chair(meant):  # of the Press Club: the official here is the prime minister
        return "moderator"
    shown = kind_of_label(meant) if len(meant) > _INITIALS else None  # FM may be anybody
    return shown or _kind_of_name(document, meant, said)


def _kind_of_name(document: _Document, meant: str, said: Sequence[str]) -> SpeakerKind:
    name = meant.rsplit(maxsplit=1)[-1].upper()
    hosts = document.heading.upper().partition(" WITH ")[2] if document.is_interview else ""
    if name in read_words(hosts):
        return "reporter"
    if name in document.leading:
        return "moderator"
    asked = sum("?" in words for words in said)
    return "reporter" if len(said) > 1 and 2 * asked > len(said) else "unknown"


def _read_opening(
    document: _Document, labels: Sequence[Label], start: int, stop: int
) -> tuple[list[Label], list[Notice]]:
    """Words above the first label.

    They are the prime minister's where the heading names his press conference, he shares it with
    nobody, and a question follows; otherwise nothing tells whose they are.
    """
    first = labels[0].start if labels else stop
    if not labels or first - start < _OPENING or start >= first:
        return [], []
    heading = document.heading
    own = _IN_HEADING.search(heading)
    alone = _CONFERENCE.search(heading) and not re.search(r"(?i)\bjoint\b", heading)
    if own and alone and labels[0].kind == "reporter" and document.prime_minister:
        problem = (
            f"the opening has no label; it is taken for that of the “{own[0]}” in the heading."
        )
        notice = Notice(problem, document.line_map.line(start))
        return [Label(own[0], "official", start, start)], [notice]
    notice = Notice("nothing tells who speaks the opening.", document.line_map.line(start))
    return [Label("", "unknown", start, start)], [notice]


def _read_speech(document: _Document, start: int) -> Label:
    """A document without labels is one statement, if it says itself that the man spoke it."""
    told = document.heading
    kind = document.field("release-type") or "document of no stated type"
    names_him = _IN_HEADING.search(told) or document.family_name.upper() in read_words(told)
    if document.prime_minister and names_him and _SPEECH.search(f"{kind} {told}"):
        return Label(document.field("prime-minister"), "official", start, start)
    problem = f"has no labels and is a {kind}: nothing shows who speaks, so it can't be quoted."
    raise ParseError(document.file, problem)


def _note_misread(marks: Sequence[Mark], line_map: LineMap) -> list[Notice]:
    return [
        Notice(
            f"“{mark.printed}” is taken for a misread “{mark.meant}”.", line_map.line(mark.start)
        )
        for mark in marks
        if re.sub(r"[. ]", "", mark.printed).upper() != mark.meant.replace(" ", "").upper()
    ]


def _name_speakers(
    document: _Document, marks: Sequence[Mark], labels: Sequence[Label]
) -> dict[str, Person]:
    """The prime minister behind all his labels; others as the title names them."""
    meant = {label.printed: label.printed for label in labels if label.kind == "official"}
    meant |= {mark.printed: mark.meant for mark in marks}
    speakers: dict[str, Person] = {}
    for printed, label in meant.items():
        own = document.is_own(label) or label == document.field("prime-minister")
        own = own or _IN_HEADING.fullmatch(label) is not None
        person = document.prime_minister if own else _name_other(document, label)
        if person and label:
            speakers[fold_space(printed)] = person
    return speakers


def _name_other(document: _Document, label: str) -> Person | None:
    """``PREMIER CARR`` as Bob Carr, Premier, where the title says "with Premier Bob Carr"."""
    if kind_of_label(label) != "official":
        return None
    surname = surname_of(label)
    if surname and not is_shouted(label):
        words = label.split()
        at = len(words) - len(surname.split())
        return Person(" ".join(words[at:]), " ".join(words[:at]))
    office, _, name = label.rpartition(" ")
    full_name = rf"((?:[A-Z][\w.’'-]*\s+){{0,2}}(?i:{re.escape(name)}))\b"
    found = re.search(rf"\b((?i:{re.escape(office)}))\s+{full_name}", document.field("title"))
    return Person(fold_space(found[2]), fold_space(found[1])) if found and office else None


def _read_metadata(document: _Document) -> Metadata:
    address = document.field("document")
    return Metadata(
        title=document.field("title") or None,
        date=_read_date(document),
        publisher=PUBLISHER,
        url=address if re.fullmatch(r"https?://[^\s/]+\S*", address) else None,
        language="en",
        licence=LICENCE,
    )


def _read_date(document: _Document) -> dt.date | None:
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", document.field("release-date"))
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
