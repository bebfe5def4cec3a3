"""Who stands behind a label: full name and role at the time, from the document's own words.

A name or a role is taken only where the document sets it beside the label's surname or office: in
its title ("Press Secretary Jen Psaki"), or where somebody is introduced ("Anne Neuberger, Deputy
National Security Advisor"; "I’m Anderson Cooper"). Introductions that disagree tell nothing.
"""

from __future__ import annotations

import re

from corpus.metadata import Person
from corpus.reading.abbreviated import from_abbreviated, from_initials
from corpus.reading.above_turns import (
    from_lines,
    from_office,
    from_whole_label,
    list_lines,
    without_additions,
    without_degrees,
)
from corpus.reading.emphasis import PARAGRAPH
from corpus.reading.introduced import (
    PARTICLES,
    WORD,
    find_introduced,
)
from corpus.reading.label_words import PERSONAL_TITLES, word_set
from corpus.reading.labels import kind_of_label, kind_of_role, read_words
from corpus.reading.same_labels import could_be_name, split_label, surname_of
from corpus.text import fold_space

_GROUP = re.compile(
    r"\b(?:Briefing|Call|Gaggle)s?\s+(?:by|with)\b.*\b(?:Officials?|Team)\b(?! Spokes)",
    re.IGNORECASE,
)
_BRIEFS = re.compile(r"\bPress (?:Briefing|Gaggle) by (?P<who>[^:;|]+)", re.IGNORECASE)
_LISTED = re.compile(r",? and |, | & ", re.IGNORECASE)
_WHOLE = re.compile(rf"{WORD}(?: [A-Z]\.)?{PARTICLES} {WORD}")
_NAMES = re.compile(rf"(?=\b(?P<name>{WORD}(?:\s+[A-Z]\.)?{PARTICLES}\s+{WORD})\b)")
_SPEAKS = re.compile(r"\b(?:I|[Ww]e|[Ll]et (?:me|us)|[Mm]y|[Oo]ur)\b")  # of oneself: an opening
_QUOTED = re.compile(r"(?<!\w)[‘'“\"](?=\S)[^\n]{0,300}?(?<=\S)[’'”\"](?!\w)")
_MONSIEUR = re.compile(rf"M\.? (?P<surname>{WORD})")
_MUCH = 3_000  # characters above the first label
_OF_ANYBODY = word_set("MR MS MRS DR PROF PROFESSOR SIR DAME")  # DR. JANE ROE is Jane Roe


def tell_person(label: str, title: str, before: str, own: str, heading: str = "") -> Person | None:
    """Name and role of the one behind a label.

    Args:
        label: as printed, ``MS. PSAKI``, ``THE PRESIDENT``, ``Jane Doe (NATO Spokesperson)``.
        title: the document's title, single spaces.
        before: what is said before this speaker first speaks.
        own: what this speaker says.
        heading: the lines above the first label.

    Returns:
        The person, without a role where none is stated; None where no name is.
    """
    printed, stated = split_label(label)
    if stated:
        return Person(_without_title(printed), stated)
    lines = list_lines(title, heading)
    if monsieur := _MONSIEUR.fullmatch(label):
        label, lines = _with_mister(label, monsieur["surname"], lines)
    titled = surname_of(label)
    name = titled or _full_name(without_degrees(fold_space(label)))
    whole = name or _before_additions(label)
    if name:
        person = from_lines(name, lines, label) or from_abbreviated(label, lines)
    else:
        person = from_office(label, lines) or from_lines(_lone_surname(label), lines)
        person = person or from_initials(label, lines)
        person = person or from_lines(whole, lines)
        titled = person.name.split()[-1] if person else None
    if titled and (person is None or " " not in person.name):
        told = find_introduced(titled, before, own, person)
        if told is None and " " in titled and read_words(label)[0] in _OF_ANYBODY:
            told = find_introduced(titled, before, own, None, is_whole=True)
        return told or person or from_whole_label(label)
    if whole and not titled and person is None:
        return find_introduced(whole, before, own, None, is_whole=True)
    return person or from_whole_label(label)


def _with_mister(label: str, surname: str, lines: list[str]) -> tuple[str, list[str]]:
    """A label with ``Mr.`` for ``M.``, which may be an initial, where a line tells that it is none.

    ``M. Jan Roe`` has a given name after it.
    """
    named = re.compile(rf"(?<![\w.\-])M\.?(?=\s(?:{WORD}\s){{1,3}}{re.escape(surname)}(?![\w\-]))")
    told = [named.sub("Mr.", line) for line in lines]
    return (f"Mr. {surname}", told) if told != lines else (label, lines)


def _before_additions(label: str) -> str:
    """The whole name that a label opens with, where it goes on with no office; or nothing."""
    name = without_additions(label)
    return name if name != label and kind_of_label(label) is None else ""


def tell_answering(title: str, heading: str) -> Person | None:
    """The one official whom title and heading name: the one who answers under ``A:``."""
    found = list_officials(title, heading)
    return found[0] if len(found) == 1 else None


def list_officials(title: str, heading: str) -> list[Person]:
    """The officials whom title and heading name with their offices, one of each surname."""
    found: dict[str, Person] = {}
    lines = list_lines(title, cut_before_speech(heading))
    for line in lines:
        for name in dict.fromkeys(each["name"] for each in _NAMES.finditer(line)):
            person = from_lines(name, [line]) if could_be_name(name) else None
            if person and person.role and kind_of_role(person.role) == "official":
                found.setdefault(person.name.split()[-1].upper(), person)
    return list(found.values())


def cut_before_speech(heading: str) -> str:
    """What stands above an opening without a label; what a headline quotes opens nothing."""
    blanked = _QUOTED.sub(lambda found: " " * len(found[0]), heading)
    speaks = _SPEAKS.search(blanked)
    return heading[: speaks.start()] if speaks else heading


def _without_title(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.upper().strip(".") in PERSONAL_TITLES else name


def _full_name(label: str) -> str | None:
    """The label itself where it is a name without a title, ``ANTONY BLINKEN``."""
    words = fold_space(label).split()
    plain = 1 < len(words) < 5 and "," not in label and kind_of_label(label) is None
    return " ".join(words) if plain and words[0].upper().strip(".") not in PERSONAL_TITLES else None


def _lone_surname(label: str) -> str:
    """A label of one word that may be a surname; empty for any other."""
    is_one = re.fullmatch(r"[^\W\d_][\w’'\-]{2,}", label) and kind_of_label(label) is None
    return label if is_one else ""


def lists_a_group(title: str) -> bool:
    """Whether a title says that a briefing is by officials whom it does not name."""
    return _GROUP.search(title) is not None


def tell_briefer(label: str, title: str, heading: str = "") -> Person | None:
    """The one of this surname, or name, whom it says without an office to brief the press.

    The title does, or a paragraph of the heading: ``PRESS BRIEFING`` and a line ``BY JANE ROE``.
    """
    told = (
        fold_space(x[0]) for each in (title, heading[-_MUCH:]) for x in PARAGRAPH.finditer(each)
    )
    found = next(filter(None, map(_BRIEFS.search, told)), None)
    listed = _LISTED.split(found["who"]) if found else []
    words = read_words(surname_of(label) or label)
    names = [
        x for x in listed if _WHOLE.fullmatch(x) and words in (read_words(x), read_words(x)[-1:])
    ]
    return Person(names[0]) if len(names) == 1 and could_be_name(names[0]) else None
