"""Papers of American presidents: ``Q. …``, ``The President. …``, headings between the questions.

One paragraph a line: the title, the date, then the turns; an editor's note may follow the last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import ParseError
from corpus.metadata import Metadata, Person
from corpus.model import Furniture, SpeakerKind, Turn
from corpus.reading.above_turns import is_met
from corpus.reading.base import Draft, Label, RawFile, cut_turns, find_labelled, keep_part, trim
from corpus.reading.heading import MONTHS, make_date
from corpus.reading.introductions import tell_person
from corpus.reading.labels import kind_of_label
from corpus.reading.removal import take_out
from corpus.reading.running_heads import find_running_heads
from corpus.reading.same_labels import surname_of
from corpus.text import fold_space

_DATE = re.compile(
    rf"^[^\S\n]*(?P<month>{'|'.join(MONTHS)}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})\b"
    r"(?:[^\S\n]*\((?P<name>[A-Z][\w.’'-]*)(?: [^)\n]*)?\))?",
    re.MULTILINE,
)
_OFFICES = (
    r"(?:Vice |Deputy |Acting )?(?:President|Prime Minister|Premier|Chancellor|Secretary|Minister"
    r"|Ambassador|Director|Chairman|General|Senator|Governor|Attorney General|King|Queen)"
)
_ONE = r"(?:Mc|Mac|O’|O'|D’|d'|al-)?[A-ZÀ-Þ][\w’'-]*"
_NAME = rf"(?:(?:de|van|von|del|della|bin|ten|la) ){{0,2}}{_ONE}(?: {_ONE})?"
_CROWD = (
    r"(?:Audience|Participant|Student|Reporter|Questioner|Moderator|Interpreter)s?(?: members?)?"
)
_LABEL = re.compile(
    rf"^[^\S\n]*(?P<label>Q|The {_OFFICES}|The First Lady|The Speaker|{_CROWD}"
    rf"|{_OFFICES}(?: [a-z]+)? {_NAME}|(?:Mr|Mrs|Ms|Miss|Dr)\. {_NAME}"
    rf"|(?P<name>{_ONE}(?: [A-Z]\.)? {_ONE}))(?P<who> \[[^\[\]\n]{{1,90}}\])?\.[^\S\n]+(?=\S)",
    re.MULTILINE,
)
_OFTEN = 2  # a name without title or office is a label where it leads so many paragraphs
_OWN_PAGE = re.compile(
    r"(?P<name>[^\n]{3,40})\n+\d{1,2}\w\w President of the United States[^\n]*\n+"
)
_HEADING = re.compile(r"^[^\S\n]*(?P<line>\S[^\n]{1,100})\n\s*", re.MULTILINE)
_NOTE = re.compile(r"^[^\S\n]*(?:Note|NOTE):\s", re.MULTILINE)
_DIRECTION = re.compile(r"^[^\S\n]*(?P<said>\[[^\[\]\n]{1,300}\])[^\S\n]*$", re.MULTILINE)
_HEAD = 1_000  # characters in which title and date stand


def claim(raw: RawFile) -> str | None:
    """Claims a text with a date under its title and turns of "The President." after it."""
    if raw.content.lstrip()[:1] == b"<":
        return None
    text = raw.text
    dated = _DATE.search(text[:_HEAD])
    turns = {found["label"] for found in _find_labels(text)}
    if dated and "The President" in turns:
        return f"dated “{dated[0].strip()}”, and paragraphs start with “The President.”"
    return None


def read(raw: RawFile) -> Draft:
    """Read the turns after title and date.

    Raises:
        ParseError: not UTF-8, or no turn in it.
    """
    text, line_map, removed = take_out(raw.text, find_running_heads(raw.text, 0))
    labels = [_read_label(found) for found in _find_labels(text)]
    if not labels:
        problem = "has no turns: labels such as “The President.” must open paragraphs."
        raise ParseError(raw.name, problem)
    note = _NOTE.search(text, labels[-1].end)
    stop = note.start() if note else len(text)
    headings = dict(_find_headings(text, labels))
    marks = [*labels, *(Label("", "unknown", *span) for span in headings.items())]
    turns, furniture = cut_turns(text, sorted(marks, key=lambda mark: mark.start), stop)
    turns, directions = _set_directions_apart(text, turns)
    edges = (
        Furniture("title", *trim(text, 0, labels[0].start)),
        Furniture("note", *trim(text, stop, len(text))),
    )
    named = (replace(f, name="heading") if f.start in headings else f for f in furniture)
    shown = tuple(span for span in (*edges, *named, *directions) if span.start < span.end)
    return Draft(text, line_map, turns, shown, _read_metadata(text, labels), removed=removed)


def _find_labels(text: str) -> list[re.Match[str]]:
    """The labels; words in capitals that lead one paragraph alone (``New York.``) are none."""
    found = list(find_labelled(_LABEL, text))
    counts = Counter(each["label"] for each in found)
    return [x for x in found if not x["name"] or x["who"] or counts[x["label"]] >= _OFTEN]


def _read_label(found: re.Match[str]) -> Label:
    printed = found["label"]
    kind: SpeakerKind | None = "reporter" if printed == "Q" else kind_of_label(printed)
    return Label(printed, kind or "unknown", found.start("label"), found.end())


def _find_headings(text: str, labels: list[Label]) -> Iterator[tuple[int, int]]:
    """Short lines right above a label that are no sentence: they name the next subject."""
    starts = {label.start for label in labels}
    for found in _HEADING.finditer(text, labels[0].end):
        line = found["line"].rstrip()
        is_title = line[:1].isupper() and not re.search(r"[.?!,;:\"”)\]…—–-]$", line)
        if found.end() in starts and found.start("line") not in starts and is_title:
            yield found.start("line"), found.start("line") + len(line)


def _set_directions_apart(
    text: str, turns: Sequence[Turn]
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """The turns without lines in square brackets, which tell what happened: nobody said them."""
    kept: list[Turn] = []
    directions: list[Furniture] = []
    for turn in turns:
        begun = turn.start
        for found in _DIRECTION.finditer(text, turn.start, turn.end):
            kept += keep_part(text, turn, begun, found.start("said"))
            directions.append(Furniture("stage direction", *found.span("said")))
            begun = found.end("said")
        kept += keep_part(text, turn, begun, turn.end)
    return tuple(kept), tuple(directions)


def _read_metadata(text: str, labels: list[Label]) -> Metadata:
    dated = _DATE.search(text[:_HEAD])
    head = text[: dated.start()].strip() if dated else ""
    own = _OWN_PAGE.match(head)
    title = fold_space(head[own.end() :] if own else head)
    speakers = {
        label.printed: person
        for label in labels
        if label.kind == "official"
        if (person := tell_person(label.printed, title, "", "") or _named_in(label.printed))
    }
    speakers.pop("The President", None)
    others = {person.name.split()[-1] for person in speakers.values()}
    name = fold_space(own["name"]).title() if own else dated["name"] if dated else None
    if name := name or _president_in(title, others):
        speakers["The President"] = Person(name, "President")
    return Metadata(
        title=title or None,
        date=make_date(dated["month"], dated["day"], dated["year"]) if dated else None,
        language="en",
        speakers=speakers,
    )


def _president_in(title: str, others: set[str]) -> str | None:
    """Whom the title calls "President …", unless it is another who speaks with The President."""
    named = re.search(rf"\bPresident ({_NAME})", title)
    if named is None or re.match(r"The President[’']s\b", title) or is_met(title[: named.start()]):
        return None
    name = re.sub(r"[’']s$", "", named[1])
    return None if name.split()[-1] in others else name


def _named_in(printed: str) -> Person | None:
    """``Prime Minister Thatcher`` → Thatcher, Prime Minister."""
    surname = surname_of(printed)
    if surname is None:
        return None
    name = " ".join(printed.split()[-len(surname.split()) :])
    return Person(name, printed.removesuffix(name).strip())
