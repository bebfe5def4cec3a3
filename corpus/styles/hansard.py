"""Debates of a house of parliament: a member's seat and party in brackets, then the words.

Westminster prints ``Jane Roe (Leeds) (Lab)`` alone on a line, the words below, and afterwards the
name alone; Ottawa ``Hon. Jane Roe (Minister of Health, Lib.):``, Canberra ``Ms ROE (Sydney—Minister
for Health) (14:02):``, Wellington ``Hon JANE ROE (Minister of Health):``. Whoever has an office of
government in the label speaks as its holder; the chair leads. A member who asks is set down as
asking; of any other member's speech nothing tells whether it answers anybody: it stays unknown, and
so does a name that no label with brackets has introduced. Offices of the opposition are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TYPE_CHECKING

from corpus.errors import ParseError
from corpus.metadata import Metadata, Person
from corpus.model import Furniture, SpeakerKind, Turn
from corpus.reading.base import Draft, Label, RawFile, cut_turns, find_labelled, keep_part
from corpus.reading.briefing import opens_block
from corpus.reading.heading import read_date, read_title
from corpus.reading.interview import PARAGRAPH
from corpus.reading.label_words import word_set
from corpus.reading.labels import is_name, shows_office
from corpus.reading.page import BLOCKS
from corpus.reading.spoken import name_span
from corpus.reading.unlabelled import Opened, open_unlabelled
from corpus.text import fold_space

if TYPE_CHECKING:
    from lxml.etree import _Element

_TIME = r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?"
_CALLED = r"(?:\d{1,2}\.[^\S\n]+)?"
_LINE = re.compile(
    rf"^[^\S\n]*{_CALLED}(?P<label>(?P<name>[A-Z][\w.’'\- ]{{2,90}}?)"
    r"(?P<brackets>(?:[^\S\n]\([^()\n]{2,90}\)){0,3}))[^\S\n]*(?:\[[^\[\]\n]{1,30}\][^\S\n]*)?"
    r"(?:(?P<colon>:)(?=\s|$)|(?P<to>to the [A-Z][^:\n]{3,90}:)|$)[^\S\n]*",
    re.MULTILINE,
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_PARTY = re.compile(r"(?:[A-Z][A-Za-z]{0,8}(?:[/ -][A-Z][a-z-]+)?\.?|[A-Z]{2,5}\.?)")
_SEAT_AND_PARTY = re.compile(
    r"[A-Z][^,—]{2,60}, (?:[A-Z]{2,5}|[A-Z][a-zé]{1,4})\.?|[A-Z]\w+(?: \w+){0,2}—[A-Z][^,—]*"
)
_CHAIR = re.compile(
    r"(?:(?:Mr|Madam|The|Mr\.|Acting|Assistant|Deputy|Temporary|and|of|the)\s+){0,5}"
    r"(?:Deputy\s+)?(?:Speaker|SPEAKER|Chair|CHAIR|Chairperson|CHAIRPERSON|PRESIDENT|Lord Speaker"
    r"|Presiding Officer|Ceann Comhairle|Llywydd)",
)
_CROWD = re.compile(
    r"(?:(?:Several|Some|Hon\.?|hon\.?|An|A|Government|Opposition|Honourable|honourable)\s+){1,3}"
    r"(?:Members?|members?|MPs|Lords|Senators?)"
)
_OPPOSED = re.compile(r"\b(?:opposition|shadow|spokes\w+|whip|backbench)\b", re.IGNORECASE)
_TITLES = word_set("MR MRS MS MISS DR HON THE RT RIGHT SIR DAME HONOURABLE PROFESSOR REV LORD LADY")
_ASKS = re.compile(r"\?|\A(?:T?\d{1,2}\.\s|If (?:he|she|they) will\b|(?:What|When|Whether|How)\b)")
_PRINTED = re.compile(
    rf"^[^\S\n]*(?P<said>Column \d+\w*|\[Column \d+\w*\]|{_TIME}|\[[^\[\]\n]{{1,200}}\]|rose—"
    r"|\(\d{4}\)|(?:FEDERATION )?CHAMBER|(?:Meeting|Sitting) suspended\.?|On resuming—"
    r"|[A-Z][^\n.?!:]{1,60} interject(?:ing|ed)[^\n.?!:]{0,40})[^\S\n]*$",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"[.?!:;,”\"’')\]…—–-]\s*$")
_CLOSING = re.compile(
    r"^[^\S\n]*(?:Contains Parliamentary|House adjourned|The House adjourned|Question put|©"
    r"|The sitting was suspended|Debate interrupted)[^\n]*",
    re.MULTILINE,
)
_LIKELY = re.compile(
    r"\b(?:Speaker|SPEAKER|CHAIR|Chair|PRESIDENT|Presiding Officer|Ceann Comhairle|Llywydd)\b"
)
_FEWEST = 2  # members with seat and party, and labels of the chair or of ministers


@dataclass(frozen=True, slots=True)
class _Member:
    """Who stands behind a label with brackets; ``role`` is an office of government."""

    name: str
    role: str | None = None
    is_seated: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    opened: Opened
    found: tuple[re.Match[str], ...]
    members: Mapping[str, _Member]


def claim(raw: RawFile) -> str | None:
    """Claims a text with two members' seats and parties in brackets, a minister and a chair."""
    if not _LIKELY.search(raw.text):
        return None
    reading = _read(raw)
    labels = [fold_space(each["label"]) for each in reading.found]
    seated = [x for x in labels if (member := _read_member(x)) and member.is_seated]
    chaired = any(_CHAIR.fullmatch(_bare(x)) for x in labels)
    answered = any(member.role for member in reading.members.values())
    if len({*seated}) < _FEWEST or not (chaired and answered):
        return None
    return f"members have seat and party in brackets, such as “{seated[0]}”"


def read(raw: RawFile) -> Draft:
    """Read the turns.

    Raises:
        ParseError: not UTF-8, not HTML, or no member's label in it.
        MetadataError: the front matter is not YAML, or a value in it is of the wrong kind.
    """
    reading = _read(raw)
    if not reading.found:
        raise ParseError(raw.name, "has no turns: no line is a member’s name with seat and party.")
    sheet = reading.opened.sheet
    text, first = sheet.text, reading.found[0].start()
    closing = _CLOSING.search(text, reading.found[-1].end())
    stop = closing.start() if closing else len(text)
    labels = [_make_label(each, reading.members) for each in reading.found]
    turns, furniture = cut_turns(text, labels, stop)
    turns, printed = _set_printed_apart(text, turns)
    turns = tuple(_tell_asking(text, turn) for turn in turns)
    above = text[sheet.start : first]
    stated = reading.opened.stated.over(
        Metadata(title=read_title(above) or _first_line(above), date=read_date(above))
    )
    persons = {
        label.printed: Person(member.name, member.role)
        for label in labels
        if (member := _member_of(label.printed, reading.members))
    }
    edges = (
        *name_span("front matter", text, 0, sheet.start),
        *name_span("header", text, sheet.start, first),
        *name_span("footer", text, stop, len(text)),
    )
    return Draft(
        text,
        sheet.line_map,
        turns,
        (*furniture, *printed, *edges),
        replace(stated, speakers={**persons, **stated.speakers}),
        reading.opened.notices,
        reading.opened.removed,
    )


def _read(raw: RawFile) -> _Reading:
    opened = open_unlabelled(raw, _list_named)
    text = opened.sheet.text
    lines = list(find_labelled(_LINE, text, opened.sheet.start))
    members: dict[str, _Member] = {}
    for found in lines:
        label = fold_space(found["label"])
        member = _read_member(label) if found["brackets"] else None
        if member and not _CHAIR.fullmatch(_bare(label)):
            for name in (label, fold_space(found["name"]), member.name):
                members.setdefault(name, member)
    by_colon = 2 * sum(bool(x["colon"]) for x in lines if fold_space(x["label"]) in members) > 1
    kept = [x for x in lines if _is_label(x, members) and (bool(x["colon"] or x["to"]) == by_colon)]
    begun = dropwhile(lambda x: not _is_told(x, members), kept)  # above are headings
    return _Reading(opened, tuple(begun), members)


def _is_label(found: re.Match[str], members: Mapping[str, _Member]) -> bool:
    named = is_name(fold_space(found["name"]))
    return _is_told(found, members) or (named and (bool(found["colon"]) or _leads_line(found)))


def _is_told(found: re.Match[str], members: Mapping[str, _Member]) -> bool:
    """Whether a label is a member's whom brackets have introduced, the chair's or a crowd's."""
    label = fold_space(found["label"])
    spoken = _CHAIR.fullmatch(_bare(label)) or _CROWD.fullmatch(label)
    return bool(spoken or _member_of(label, members))


def _leads_line(found: re.Match[str]) -> bool:
    """Whether a name stands right above words, after an empty line; a heading has one below."""
    below = found.string[found.end() : found.end() + 2]
    named = 1 < len(found["name"].split()) < 5
    return named and opens_block(found.string, found.start()) and not below[1:].isspace()


def _read_member(label: str) -> _Member | None:
    """``Jane Roe (Leeds) (Lab)``, ``The Minister for Health (Jane Roe)``; None of anything else."""
    inside = [each for each in _BRACKET.findall(label) if not re.fullmatch(_TIME, each)]
    name = _bare(label)
    if not inside or not is_name(name):
        return None
    if shows_office(name) and name.split()[0] in {"The", "Minister", "Secretary", "Prime"}:
        office = None if _OPPOSED.search(name) else re.sub(r"^The\s+", "", name)
        return _Member(_bare_name(inside[0]), office) if is_name(inside[0]) else None
    roles = [part for each in inside for part in re.split(r"—|, (?=[A-Z][\w. ]{1,16}$)", each)]
    role = next((x for x in roles if shows_office(x) and not _OPPOSED.search(x)), None)
    seated = len(inside) > 1 and bool(_PARTY.fullmatch(inside[-1]))
    seated = seated or any(_SEAT_AND_PARTY.fullmatch(each) for each in inside)
    timed = len(inside) < label.count("(")
    return _Member(_bare_name(name), role, seated or timed) if role or seated or timed else None


def _bare(label: str) -> str:
    """A label without what stands in brackets."""
    return fold_space(_BRACKET.sub(" ", label))


def _bare_name(name: str) -> str:
    """A name without the titles before it."""
    words = _bare(name).split()
    while len(words) > 1 and words[0].upper().strip(".") in _TITLES:
        words.pop(0)
    return " ".join(words)


def _member_of(label: str, members: Mapping[str, _Member]) -> _Member | None:
    """The member whose label it is, or whose whole name; ``Mr ROE`` may not be ``Ms ROE``."""
    bare, name = _bare(label), _bare_name(label)
    return members.get(label) or members.get(bare) or (members.get(name) if " " in name else None)


def _make_label(found: re.Match[str], members: Mapping[str, _Member]) -> Label:
    printed = fold_space(found["label"])
    member = _member_of(printed, members)
    kind: SpeakerKind = "official" if member and member.role else "unknown"
    if _CHAIR.fullmatch(_bare(printed)):
        kind = "moderator"
    return Label(printed, kind, found.start(), found.end())


def _tell_asking(text: str, turn: Turn) -> Turn:
    asks = turn.kind == "unknown" and _ASKS.search(text[turn.start : turn.end])
    crowd = _CROWD.fullmatch(turn.label)
    return replace(turn, kind="reporter") if asks and not crowd else turn


def _set_printed_apart(
    text: str, turns: Sequence[Turn]
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """The turns without columns, times and headings, which the printer set between the words."""
    kept: list[Turn] = []
    printed: list[Furniture] = []
    for turn in turns:
        begun = turn.start
        for name, start, end in sorted(_find_printed(text, turn), key=lambda each: each[1]):
            if start < begun:
                continue
            kept += keep_part(text, turn, begun, start)
            printed.append(Furniture(name, start, end))
            begun = end
        kept += keep_part(text, turn, begun, turn.end)
    return tuple(kept), tuple(printed)


def _find_printed(text: str, turn: Turn) -> Iterator[tuple[str, int, int]]:
    for found in _PRINTED.finditer(text, turn.start, turn.end):
        yield "stage direction", *found.span("said")
    paragraphs = list(PARAGRAPH.finditer(text, turn.start, turn.end))
    while len(paragraphs) > 1 and _is_heading(paragraphs[-1][0]):
        yield "heading", *paragraphs.pop().span()


def _is_heading(said: str) -> bool:
    """Whether a paragraph above the next label names a subject: short, and no sentence."""
    return (
        len(said) <= 100 and "\n" not in said and said[:1].isupper() and not _SENTENCE.search(said)
    )


def _first_line(above: str) -> str | None:
    line = next(filter(None, map(fold_space, above.splitlines())), None)
    return line if line and len(line) < 100 else None


def _list_named(root: _Element) -> list[_Element]:
    """Blocks that hold a member's name with brackets, or open with one."""
    found: list[_Element] = []
    for element in root.iter(*BLOCKS):
        if not any(child.tag in BLOCKS for child in element):
            said = fold_space("".join(map(str, element.itertext()))[:200])
            if (line := _LINE.match(said)) and line["brackets"]:
                found.append(element)
    return found
