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
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from corpus.errors import ParseError
from corpus.metadata import Metadata, Person
from corpus.model import Furniture, LineMap, Notice, SpeakerKind
from corpus.styles.base import Draft, Label, RawFile, cut_turns, trim
from corpus.styles.labels import kind_of_label, kind_of_role
from corpus.styles.markup import KEEP, Reading, find_texts, parse_html, read_markup
from corpus.text import fold_space

if TYPE_CHECKING:
    from lxml.etree import _Element

PUBLISHER = "Kremlin.ru"

_ADDRESS = re.compile(r"https?://(?:\w+\.)*kremlin\.ru/\S+")
_OWN_ADDRESS = re.compile(r"<meta\s[^>]*property=[\"']og:url[\"'][^>]*>")
_LICENCE = re.compile(r"Creative\s+Commons\s+Attribution\s+4\.0\s+International")
_PARAGRAPH_START = re.compile(r"(?:\A|\n[^\S\n]*+\n)\s*+")
_LABEL = re.compile(r"(?P<label>[^:]{1,200}?)\s*:\s*")
_SEPARATOR = re.compile(r"[*\s]+")
_ASIDE = re.compile(r"\([^()]*\)")
_CROWD = frozenset({"REMARK", "REMARKS", "REPLY", "RESPONSE", "COMMENT", "ANSWER", "VOICE"})
_PRESS_EVENT = re.compile(
    r"\b(?:news conference|press conference|interview|(?:journalists?|media)[’']?s? questions)",
    re.IGNORECASE,
)
_NEWS_CONFERENCE = re.compile(r"[^.]{0,60}\b(?:news|press) conference\b", re.IGNORECASE)
_ASKING = re.compile(
    r"\?|\b(?:question|ask|my name is|I am from|news agency|newspaper|radio|channel)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\bpress secretary\b", re.IGNORECASE)
_STATE_OFFICE = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|minister|secretary|governor|ambassador"
    r"|king|queen|emir|sultan|mayor|ombuds\w+|secretary-general|commissioner|prosecutor general"
    r"|presidential aide|chairman of the (?:government|state duma|federation council)"
    r"|head of the (?:republic|government)|head of state)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:union|association|institute|museum|farm|company|corporation|bank|theatre|club|school"
    r"|university|plant|fund|foundation|party|centre|center|academy|movement)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 300
_COMPARED = 32  # names of a page to compare a misspelt one with; keeps reading linear


def claim(raw: RawFile) -> str | None:
    """Claims an HTML page that gives an address on kremlin.ru as its own."""
    head = raw.content[:100_000].decode("utf-8", errors="replace")
    found = _OWN_ADDRESS.search(head) if head.lstrip().startswith("<") else None
    address = _ADDRESS.search(found[0].replace('"', " ")) if found else None
    return f"a page whose address is {address[0]}" if address else None


def read(raw: RawFile) -> Draft:
    """Read the turns of the page's article.

    Raises:
        ParseError: not UTF-8, not HTML, or no labelled turn in it.
    """
    root = parse_html(raw.name, raw.text)
    reading = read_markup(root, _leave_out)
    text, marks = reading.text, _find_marks(reading)
    first = next((mark.start for mark in marks if mark.printed), None)
    if first is None:
        problem = "has no turns: no paragraph starts with a name in bold and a colon."
        raise ParseError(raw.name, problem)
    marks = [mark for mark in marks if mark.start >= first]
    turns, furniture = cut_turns(text, marks, len(text))
    said = [(turn.label, fold_space(text[turn.start : turn.end])) for turn in turns]
    asking = {label for label, words in said if _ASKING.search(words)}
    counts = Counter(mark.printed for mark in marks if mark.printed)
    people = _People(counts, asking, _read_summary(root), _first(_contents(root, "og:site_name")))
    named = {mark.start for mark in marks if mark.printed}
    return Draft(
        text,
        reading.line_map,
        tuple(replace(turn, kind=people.kind(turn.label)) for turn in turns),
        (
            *_whole(Furniture("introduction", *trim(text, 0, first))),
            *(f if f.start in named else replace(f, name="heading") for f in furniture),
        ),
        replace(_read_metadata(root, raw.text), speakers=people.speakers()),
        people.notices(marks, reading.line_map),
        reading.removed,
    )


def _whole(span: Furniture) -> tuple[Furniture, ...]:
    return (span,) if span.start < span.end else ()


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


class _People:
    """Who stands behind the labels of one page."""

    def __init__(
        self, counts: Counter[str], asking: set[str], summary: str, site: str | None
    ) -> None:
        alone = _names_alone(counts)
        self._persons = {printed: _split_label(printed, alone) for printed in counts}
        names = Counter(self._persons[printed].name for printed in counts.elements())
        self.twins = _find_twins(names)
        self._asking = {self._true_name(self._persons[label]) for label in asking if label}
        self._at_news_conference = _NEWS_CONFERENCE.match(summary) is not None
        self._at_press_event = _PRESS_EVENT.search(summary) is not None
        self._roles: dict[str, str] = {}
        for person in self._persons.values():
            if person.role:
                self._roles.setdefault(self._true_name(person), person.role)
        host = _find_host(names, self._roles, summary)
        if host and site and _STATE_OFFICE.search(site):
            self._roles[host] = site

    def _true_name(self, person: Person) -> str:
        return self.twins.get(person.name, person.name)

    def kind(self, printed: str) -> SpeakerKind:
        """An office of state makes an official; who asks at a press event is a reporter.

        So is everyone without an office whom a news conference gives the floor.
        """
        if not printed or printed.upper() in _CROWD:
            return "unknown"
        name = self._true_name(self._persons[printed])
        role = self._roles.get(name)
        if role:
            return _kind_of_role(role)
        if len(printed.split()) == 1 or kind_of_label(printed) == "reporter":
            return kind_of_label(printed) or "unknown"
        if self._at_news_conference or (self._at_press_event and name in self._asking):
            return "reporter"
        return "unknown"

    def speakers(self) -> dict[str, Person]:
        """Name and role of each label that is a person's name."""
        found: dict[str, Person] = {}
        for printed, person in self._persons.items():
            name = self._true_name(person)
            if len(name.split()) > 1 and kind_of_label(name) is None:
                role = self._roles.get(name) if self.kind(printed) != "unknown" else None
                found[printed] = Person(name, role)
        return found

    def notices(self, marks: Sequence[Label], line_map: LineMap) -> tuple[Notice, ...]:
        """One for each label that is taken for a misspelling of another."""
        return tuple(
            Notice(
                f"“{mark.printed}” is taken for a misspelt “{self.twins[name]}”.",
                line_map.line(mark.start),
            )
            for mark in marks
            if mark.printed and (name := self._persons[mark.printed].name) in self.twins
        )


def _find_host(names: Counter[str], roles: Mapping[str, str], summary: str) -> str | None:
    """The one whose event it is by title and lead, where no label tells of an office.

    On a page of the "President of Russia" that tells of "Vladimir Putin’s interview" it is the
    President who answers; of two whom title and lead name so, it can't be told.
    """
    if any(_kind_of_role(role) == "official" for role in roles.values()):
        return None
    hosts = [
        name
        for name in names
        if len(name.split()) > 1
        and re.search(rf"\b{re.escape(name)}(?:[’']s\b| answered\b| gave\b| spoke\b)", summary)
    ]
    return hosts[0] if len(hosts) == 1 else None


def _split_label(printed: str, known: Mapping[str, str]) -> Person:
    """Name and role of a label: the name is what other labels hold too, or its last two words.

    ``known`` are the names that stand alone, by their letters.
    """
    words = printed.split()
    for count in (2, 3, 4, len(words)):
        name = known.get(_squeeze("".join(words[-count:])))
        role = " ".join(words[:-count])
        if name and (role or name != printed):
            return Person(name, role or None)
    words = [] if kind_of_label(words[0]) == "reporter" else words
    role = " ".join(words[:-2])
    if role and (_STATE_OFFICE.search(role) or kind_of_role(role) != "official" or len(words) > 4):
        return Person(" ".join(words[-2:]), role)
    return Person(printed)


def _names_alone(counts: Counter[str]) -> dict[str, str]:
    """The labels of two to four words, each in its most frequent spelling, by their letters."""
    names: dict[str, str] = {}
    for printed, _ in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        if 1 < len(printed.split()) < 5:
            names[_squeeze(printed)] = printed
    return names


def _squeeze(name: str) -> str:
    return "".join(name.split()).casefold()


def _kind_of_role(role: str) -> SpeakerKind:
    if _LEADING.search(role):
        return "moderator"
    if (kind := kind_of_role(role)) != "official":
        return kind
    return "official" if _STATE_OFFICE.search(role) and not _PRIVATE.search(role) else "unknown"


def _find_twins(counts: Counter[str]) -> dict[str, str]:
    """Names that differ by a letter from a more frequent one, with the frequent one."""
    common = counts.most_common(_COMPARED)
    twins: dict[str, str] = {}
    for name, count in counts.items():
        alike = [other for other, n in common if n > count and _are_twins(name, other)]
        if len(alike) == 1:
            twins[name] = alike[0]
    return twins


def _are_twins(name: str, other: str) -> bool:
    if abs(len(name) - len(other)) > 1 or name == other:
        return False
    words, others = name.casefold().split(), other.casefold().split()
    if len(words) < 2 or len(words) != len(others):
        return False
    distances = [OSA.distance(a, b) for a, b in zip(words, others, strict=True)]
    return sum(distances) == 1 and len(words[distances.index(1)]) > 4


def _read_summary(root: _Element) -> str:
    """The page's title and lead, which tell what kind of event it was, and whose."""
    lead = find_texts(root, "//*[contains(@class, 'read__lead')]")
    return " ".join([*_contents(root, "og:title"), *lead])


def _contents(root: _Element, key: str) -> list[str]:
    return find_texts(root, f"//meta[@property='{key}' or @itemprop='{key}']/@content")


def _first(found: Sequence[str]) -> str | None:
    return found[0] if found else None


def _read_metadata(root: _Element, page: str) -> Metadata:
    return Metadata(
        title=_first(_contents(root, "og:title")),
        date=_read_date(find_texts(root, "//time[@itemprop='datePublished']/@datetime")),
        publisher=PUBLISHER,
        place=_first(find_texts(root, "//*[contains(@class, 'read__place')]")),
        url=_first(_contents(root, "og:url")),
        language=_first(_contents(root, "inLanguage")),
        licence="CC BY 4.0" if _LICENCE.search(page) else None,
    )


def _read_date(printed: Sequence[str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(printed[0][:10]) if printed else None
    except ValueError:
        return None
