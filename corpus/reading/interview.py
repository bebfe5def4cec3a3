"""From the questions of an interview without labels to its turns: what its styles share.

A style finds the questions by the way they are set; what stands between them is the answer of the
one who is interviewed. Nobody's stay: paragraphs that are set apart and ask nothing, those that end
in no full stop (“Read more: …”, captions), whatever stands under another's name, and what follows
the last answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from corpus.metadata import Person
from corpus.model import Furniture, SpeakerKind, Turn
from corpus.reading.base import find_labelled, trim
from corpus.reading.emphasis import NOBODY
from corpus.reading.introductions import tell_person
from corpus.reading.labels import (
    is_heading,
    is_name,
    kind_of_label,
    kind_of_role,
    read_words,
    shows_office,
)
from corpus.reading.spoken import Sheet, Spoken, name_span
from corpus.text import fold_space

ASKED = "[question]"
ANSWERED = "[answer]"
"""Labels of turns that have none in print; ``NAME.toml`` may state a speaker for the second."""

PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")
FEWEST = 3  # questions with an answer each; two in bold may stand in any article

Part = Literal["question", "answer", "nobody", "label", "heading", "direction", "footer"]

SENTENCE_END = re.compile(r"(?:[.?!…:;,—–]|--)[\s”’\"')\]»*_♦◆■▪●∎]*\Z")
_LIST_ITEM = re.compile(r"(?:[-–—•*·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_DIRECTION = re.compile(r"(?:\([^()]{1,200}\)|\[[^\[\]]{1,200}\])\.?")
_NAMED = re.compile(r"(?P<label>[^\W\d_][^:\n]{1,60}):(?=\s)")
_NO_SPEECH = re.compile(
    r"(?:©|\(c\)\s|copyright\b|all rights reserved|read (?:more|also|next)\b|see also\b|related\b"
    r"|tags?:|share\b.{0,12}:|follow (?:us|him|her|them)\b|subscribe\b|sign up\b|advertisement\b"
    r"|(?:photo|image|picture|credit|source|translat\w+|interview(?:ed)?) ?(?:by|:)|listen to\b"
    r"|write to\b|contact\b|correction\b|editor[’']s note|this (?:article|piece|story)\b"
    r"|(?:this|the|our) (?:interview|conversation|transcript|q ?& ?a)\b.{0,40}"
    r"\b(?:edited|condensed|conducted|translated|shortened|first|published|appear))",
    re.IGNORECASE,
)
_LONGEST_NAME = 6  # words
_TOLD_AT_MOST = 64  # names of one document that are looked up; keeps reading linear
_RULE = re.compile(r"\W+\Z")
_OF_ONESELF = re.compile(r"\b(?:I|me|my|we|us|our|mine|ours|myself|ourselves)\b")
_SPOKEN_TO = re.compile(
    r"\b(?:you|your|yours|yourself)\b|\b(?:Mr|Ms|Mrs|Madam|Sir)\b", re.IGNORECASE
)
_NARRATES = r"(?:said|says|told|added|adds|noted|explained|has|had|is|was|will|wants|argues)"
_ACTS = re.compile(  # "She pauses, and looks out of the window": no words of hers
    r"(?:She|He|They)\s+(?:\w+ly\s+)?(?!is\b|has\b|was\b|does\b|this\b)[a-z]+s\b"
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]{0,600}[”\"]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; ``part`` says what it is, ``label`` whose it is where that is told."""

    part: Part
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """The pieces from the first question to the end of a text, and what is told of who answers."""

    sheet: Sheet
    pieces: tuple[Piece, ...]
    heading: str
    person: Person | None = None
    stated: Mapping[str, Person] = field(default_factory=dict)


def read_interview(interview: Interview) -> Spoken:
    """The turns of an interview; the answers are official where it is told whose they are."""
    text, start = interview.sheet.text, interview.sheet.start
    pieces = list(_set_others_apart(interview))
    pieces = _end_with_last_answer(text, pieces)
    persons = _list_persons(interview, pieces)
    turns: list[Turn] = []
    furniture: list[Furniture] = []
    for (part, label), run in groupby(pieces, lambda piece: (piece.part, piece.label)):
        together = list(run)
        begin, end = trim(text, together[0].start, together[-1].end)
        if begin == end:
            continue
        if part in {"label", "heading", "direction", "footer"}:
            name = "stage direction" if part == "direction" else part
            furniture.append(Furniture(name, begin, end))
        else:
            turns.append(_make_turn(part, label, begin, end, persons))
    header = name_span("header", text, start, pieces[0].start if pieces else len(text))
    return Spoken(tuple(turns), (*header, *furniture), persons, ())


def _make_turn(part: Part, label: str, start: int, end: int, persons: Mapping[str, Person]) -> Turn:
    if part == "question":
        return Turn("reporter", ASKED, start, end)
    if part == "nobody":
        return Turn("unknown", NOBODY, start, end)
    who = label or ANSWERED
    told = persons.get(who)
    kind: SpeakerKind = kind_of_role(told.role) if told else "unknown"
    return Turn((kind_of_label(label) if label else None) or kind, who, start, end)


def _list_persons(interview: Interview, pieces: Sequence[Piece]) -> dict[str, Person]:
    """Who stands behind the answers, and behind the names that lead some of them."""
    title, heading = interview.sheet.title, interview.heading
    labels = list(dict.fromkeys(piece.label for piece in pieces if piece.label))[:_TOLD_AT_MOST]
    told = {
        label: _name_with_office(label) or tell_person(label, title, "", "", heading)
        for label in labels
    }
    persons = {label: person for label, person in told.items() if person}
    answers = _list_answers(interview.sheet.text, pieces)  # what stands below them tells of people
    if interview.person and not _tells_of(interview.person, answers):
        persons[ANSWERED] = interview.person
        named = read_words(interview.person.name)
        persons |= {x: interview.person for x in labels if read_words(x) in (named, named[-1:])}
    return {**persons, **interview.stated}


def is_conversation(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether two people speak with each other, and no article stands under headings that ask.

    Some of the questions turn to somebody, some answers speak of "I" or "we".
    """
    asked = [text[x.start : x.end] for x in pieces if x.part == "question"]
    answers = _list_answers(text, pieces)
    own = sum(bool(_OF_ONESELF.search(each)) for each in answers)
    turned = sum(bool(_SPOKEN_TO.search(each)) for each in asked)
    return 4 * own >= len(answers) > 0 and 5 * turned >= len(asked)


def _tells_of(person: Person, answers: Sequence[str]) -> bool:
    """Whether the answers tell what somebody said or did, as an article does."""
    surname = re.escape(person.name.split()[-1])
    told = re.compile(rf"\b{surname}(?:,[^.\n]{{1,80}},)? {_NARRATES}\b")
    return any(told.search(each) for each in answers)


def _list_answers(text: str, pieces: Sequence[Piece]) -> list[str]:
    """The answers without what they quote."""
    said = (text[x.start : x.end] for x in pieces if x.part == "answer" and not x.label)
    return [_QUOTED.sub(" ", each) for each in said]


def _set_others_apart(interview: Interview) -> Iterator[Piece]:
    """The pieces, answers parted by paragraph where they are not the one who answers' words."""
    text = interview.sheet.text
    named = _find_names(interview)
    label, listing = "", False
    for piece in interview.pieces:
        if piece.part == "question":
            label = ""
        label = piece.label or label
        if piece.part != "answer":
            yield piece
            continue
        for found in PARAGRAPH.finditer(text, piece.start, piece.end):
            start = found.start()
            if start in named:
                label, begun = named[start]
                yield Piece("label", start, begun)
                start = begun
            said = text[start : found.end()]
            part = _part_of(said, listed=listing)
            listing = said.rstrip().endswith((":", ";", ",")) or (listing and part == "answer")
            yield Piece(part, start, found.end(), label if part == "answer" else "")


def _find_names(interview: Interview) -> dict[int, tuple[str, int]]:
    """Where in the answers a paragraph opens with a name: the name, and its end.

    A colon follows it, or it stands in brackets and shows an office. A single word before a colon
    is somebody's name only where the heading tells whose.
    """
    text, names = interview.sheet.text, dict[int, tuple[str, int]]()
    begin = interview.pieces[0].start
    for found in find_labelled(_IN_BRACKETS, text, begin):
        label = fold_space(found["label"])
        if kind_of_label(label) == "official" or _name_with_office(label):
            names[found.start("bracket")] = (label, found.end())
    told: dict[str, bool] = {}
    for found in find_labelled(_OPENING_NAME, text, begin):
        label = fold_space(found["label"])
        if not is_name(label) or is_heading(label) or len(label.split()) > _LONGEST_NAME:
            continue
        if label not in told and len(told) < _TOLD_AT_MOST:
            person = tell_person(label, interview.sheet.title, "", "", interview.heading)
            told[label] = bool(person or " " in label or kind_of_label(label))
        if told.get(label, True):
            names[found.start("label")] = (label, found.end())
    return names


def _name_with_office(label: str) -> Person | None:
    """``Jane Roe, Director for Trade``."""
    name, _, role = label.partition(", ")
    is_one = is_name(name) and " " in name and shows_office(role)
    return Person(name, role) if is_one else None


_IN_BRACKETS = re.compile(r"(?:(?<=\n)|\A)[^\S\n]*(?P<bracket>\()(?P<label>[^()\n]{3,120})\)\s+")
_OPENING_NAME = re.compile(r"(?:(?<=\n)|\A)[^\S\n]*" + _NAMED.pattern, re.MULTILINE)


def _part_of(said: str, *, listed: bool) -> Part:
    """Whether a paragraph between two questions is spoken: sentences end, captions do not.

    Nor do items of a list, which a paragraph above leads to.
    """
    if _DIRECTION.fullmatch(said):
        return "direction"
    if _RULE.match(said) or _NO_SPEECH.match(said.lstrip("*_#[ ")):
        return "footer"
    if said[:1] in {"*", "_"} and said.rstrip().endswith(said[:1]):  # emphasis that is set wrongly
        return "nobody"
    if _ACTS.match(said) and not _OF_ONESELF.search(_QUOTED.sub(" ", said)):
        return "nobody"
    is_item = listed and _LIST_ITEM.match(said)
    return "answer" if SENTENCE_END.search(said) or is_item else "nobody"


def _end_with_last_answer(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces as far as anybody speaks: the rest is a footer.

    After the last question a paragraph that is not spoken ends the interview. Words set as
    questions that ask nothing go on with it only where they turn to somebody ("Thank you for the
    conversation"), and one paragraph answers them.
    """
    asking = [
        at for at, x in enumerate(pieces) if x.part == "question" and "?" in text[x.start : x.end]
    ]
    last = asking[-1] if asking else -1
    closed = False
    for at in range(last + 1, len(pieces)):
        piece = pieces[at]
        said = text[piece.start : piece.end]
        if piece.part == "question" and not closed and _SPOKEN_TO.search(said):
            closed = True
        elif piece.part == "answer":
            if closed and pieces[at - 1].part == "answer":
                return _cut_off(text, pieces, at)
        elif piece.part not in {"direction", "answer", "label"}:
            return _cut_off(text, pieces, at)
    return list(pieces)


def _cut_off(text: str, pieces: Sequence[Piece], at: int) -> list[Piece]:
    return [*pieces[:at], Piece("footer", pieces[at].start, len(text))]
