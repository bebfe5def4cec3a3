"""Federal Reserve press conferences, text of a PDF: ``CHAIR ROE.  …``, ``QUESTION.  …``.

Each page has a header ("April 27, 2011 / Chairman Bernanke’s Press Conference / FINAL / 1 of 26")
that would stand inside sentences; the canonical text is without it. A line that ends in a hyphen
or dash goes on without a space, as it was set before the line was broken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from corpus.errors import ParseError
from corpus.metadata import Metadata, Person
from corpus.model import Furniture, LineMap, Notice, SpeakerKind
from corpus.reading.base import Draft, Label, RawFile, cut_turns, find_labelled, trim
from corpus.reading.heading import MONTHS, make_date
from corpus.reading.removal import Cut, take_out
from corpus.reading.same_labels import closest_label
from corpus.text import fold_space

PUBLISHER = "Federal Reserve Board"

_DATE = rf"(?:{'|'.join(MONTHS)})\s+\d{{1,2}},\s+\d{{4}}"
_CONFERENCE = r"(?:Vice\s+)?Chair(?:man|woman)?\s+[^\n]{1,40}?[’']s\s+Press\s+Conference"
_TITLE = re.compile(
    rf"^[^\S\n]*(?P<title>Transcript\s+of\s+(?P<role>(?:Vice\s+)?Chair(?:man|woman)?)\s+"
    rf"(?P<name>[^\n]{{1,40}}?)[’']s\s+(?:FOMC\s+)?Press\s+Conference)\s+(?P<date>{_DATE})?",
    re.MULTILINE,
)
_FED = re.compile(r"\bFOMC\b|\bFederal\s+(?:Reserve|Open\s+Market)")
_HEADER_PARTS = {
    "date": re.compile(_DATE),
    "conference": re.compile(_CONFERENCE),
    "state": re.compile(r"\b(?:FINAL|PRELIMINARY)\b"),
    "page": re.compile(r"(?:Page\s+)?\d{1,3}\s+of\s+\d{1,3}\b"),
}
_PART = r"(?:Ma?c|De|Di|La|Le|Van|Du)?[A-ZÀ-Þ][A-ZÀ-Þ’'\-]*\.?"
_WORD = rf"(?:{_PART}|van|von|de|der|den|da|del|la)"
_LABEL = re.compile(
    rf"^[^\S\n]*(?P<label>QUESTION|Q|MODERATOR|OPERATOR|{_PART}(?:[ ]{_WORD}){{0,4}}"
    rf"[ ](?:Ma?c|De|Di|La|Le|Van|Du)?[A-ZÀ-Þ][A-ZÀ-Þ’'\-]+)[.:;](?=\s)[^\S\n]*",
    re.MULTILINE,
)
_BROKEN_LINE = re.compile(r"(?<=\w[-–—])[^\S\n]*\n[^\S\n]*(?=[\w“\"‘])")
_SUSPENDED = re.compile(r"(?:and|or|to)\b")
_OFFICIAL = re.compile(r"(?:VICE )?CHAIR(?:MAN|WOMAN)?\b|GOVERNOR\b")
_KINDS: dict[str, SpeakerKind] = {
    "QUESTION": "reporter",
    "Q": "reporter",
    "MODERATOR": "moderator",
    "OPERATOR": "moderator",
}
_INTRODUCTION = 200  # characters in which a reporter gives name and outlet
_CLOSE = 85  # rapidfuzz ratio: one letter of "BERNANKE" differs


def claim(raw: RawFile) -> str | None:
    """Claims a text titled "Transcript of Chair …’s Press Conference" that names the Fed."""
    if raw.content.lstrip()[:1] == b"<":
        return None
    head = _TITLE.search(raw.text[:2_000])
    if head is None or not _FED.search(raw.text):
        return None
    return f"titled “{fold_space(head['title'])}” and names the Federal Reserve"


def read(raw: RawFile) -> Draft:
    """Read the turns after the title, with the page headers taken out.

    Raises:
        ParseError: not UTF-8, a broken PDF, or no turn in it.
    """
    text, line_map, removed = take_out(raw.text, _find_cuts(raw.text))
    title = _TITLE.search(text)
    found = list(find_labelled(_LABEL, text, title.end())) if title else []
    if title is None or not found:
        problem = "has no turns: labels such as “CHAIR ROE.” must stand at the start of a line."
        raise ParseError(raw.name, problem)
    chair = fold_space(title["name"]).upper()
    labels, notices = _tell_kinds(text, found, chair, line_map)
    turns, furniture = cut_turns(text, labels, len(text))
    head = Furniture("title", *trim(text, 0, labels[0].start))
    metadata = Metadata(
        title=fold_space(title["title"]),
        date=_read_date(title["date"]),
        publisher=PUBLISHER,
        language="en",
        speakers=_name_speakers(text, labels, title),
    )
    return Draft(text, line_map, turns, (head, *furniture), metadata, notices, removed)


def _find_cuts(raw: str) -> Iterator[Cut]:
    """Page headers, and the white space of a line broken after a hyphen or dash."""
    at = 0
    for start, end in _find_headers(raw):
        yield from _find_broken_lines(raw, at, start)
        before = raw[at:start].rstrip()
        torn = _BROKEN_LINE.match(before + "\n" + raw[end : end + 1], len(before))
        yield Cut("page header", at + len(before) if torn else start, end)
        at = end
    yield from _find_broken_lines(raw, at, len(raw))


def _find_headers(raw: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that hold nothing but two parts of a header, or a page number."""
    start, at, kinds = 0, 0, set[str]()
    for line in [*raw.splitlines(keepends=True), "end"]:
        parts = _read_header_line(line)
        if parts is None:
            if len(kinds) > 1 or "page" in kinds:
                yield start, at
            start, kinds = at + len(line), set()
        else:
            kinds |= parts
        at += len(line)


def _read_header_line(line: str) -> set[str] | None:
    """Which parts of a page header a line holds; None where it holds anything else."""
    parts = set()
    for name, part in _HEADER_PARTS.items():
        line, count = part.subn("", line)
        if count:
            parts.add(name)
    return None if line.strip() else parts


def _find_broken_lines(raw: str, start: int, end: int) -> Iterator[Cut]:
    for found in _BROKEN_LINE.finditer(raw, start, end):
        line_start = raw.index("\n", found.start()) + 1
        if not _LABEL.match(raw, line_start) and not _SUSPENDED.match(raw, found.end()):
            yield Cut("line break", found.start(), found.end())


def _tell_kinds(
    text: str, found: Sequence[re.Match[str]], chair: str, line_map: LineMap
) -> tuple[list[Label], tuple[Notice, ...]]:
    """The labels with their kinds; a label close to the chair's is the chair's, and reported."""
    ends = [each.start() for each in found[1:]] + [len(text)]
    said = [text[each.end() : end] for each, end in zip(found, ends, strict=True)]
    printed = [each["label"] for each in found]
    moderators = _find_moderators(printed, said)
    sure = {each for each in printed if _OFFICIAL.match(each) and each.endswith(chair)}
    known = sorted(sure)
    kinds: dict[str, SpeakerKind] = {}
    notices: list[Notice] = []
    for each in found:
        label = each["label"]
        meant = None if label in sure else closest_label(label, known)
        kinds[label] = "official" if label in sure or meant else _kind(label, moderators)
        if meant:
            problem = f"“{label}” is taken for a mistyped “{meant}”."
            notices.append(Notice(problem, line_map.line(each.start())))
    labels = [
        Label(each["label"], kinds[each["label"]], each.start(), each.end()) for each in found
    ]
    return labels, tuple(notices)


def _kind(label: str, moderators: set[str]) -> SpeakerKind:
    if _OFFICIAL.match(label):
        return "official"
    return _KINDS.get(label, "moderator" if label in moderators else "reporter")


def _find_moderators(labels: Sequence[str], said: Sequence[str]) -> set[str]:
    """Who asks nothing and calls the next speaker by name, each time but the last."""
    calls: dict[str, list[bool]] = {}
    for at, label in enumerate(labels[:-1]):
        following = {word for word in labels[at + 1].title().split() if len(word) > 2}
        called = "?" not in said[at] and bool(following & set(re.findall(r"\w+", said[at])))
        calls.setdefault(label, []).append(called and not _OFFICIAL.match(labels[at + 1]))
    return {label for label, called in calls.items() if all(called)}


def _name_speakers(text: str, labels: Sequence[Label], title: re.Match[str]) -> dict[str, Person]:
    """The chair from the title; others where they give their name: "Victoria McGrane with …"."""
    chair = Person(fold_space(title["name"]), fold_space(title["role"]))
    speakers: dict[str, Person] = {}
    for label in labels:
        if label.kind == "official":
            surname = " ".join(label.printed.upper().split()[-len(chair.name.split()) :])
            if fuzz.ratio(surname, chair.name.upper()) >= _CLOSE:
                speakers[label.printed] = chair
        elif label.printed not in speakers and label.printed not in _KINDS:
            opening = fold_space(text[label.end : label.end + _INTRODUCTION])
            found = re.search(re.escape(label.printed), opening, re.IGNORECASE)
            if found and found[0] != label.printed:
                speakers[label.printed] = Person(found[0])
    return speakers


def _read_date(printed: str | None) -> dt.date | None:
    if printed is None:
        return None
    month, day, year = re.findall(r"\w+", printed)
    return make_date(month, day, year)
