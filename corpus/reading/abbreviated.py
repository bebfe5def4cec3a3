"""Who stands behind a label of initials, or one that abbreviates an office: ``JR``, ``PS ROE``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.metadata import Person
from corpus.reading.above_turns import from_lines
from corpus.reading.labels import kind_of_role
from corpus.reading.same_labels import could_be_name

_INITIALS = re.compile(r"(?!PM|FM|VP|SG|MP|MC|AP)[A-Z]{2,3}")
_ABBREVIATION = re.compile(r"[A-Z]{2,4}")
_SURNAME = re.compile(r"[A-Z][\w’'\-]{2,30}")


def from_initials(initials: str, lines: Sequence[str]) -> Person | None:
    """The official whom ``JR`` stands for: the one name above the turns with these initials."""
    if not _INITIALS.fullmatch(initials):
        return None
    spelt = r"(?:\s+|-)".join(rf"{each}[\w’']{{1,30}}" for each in initials)
    pattern = re.compile(rf"(?<![\w’'\-])(?={spelt}(?![\w\-])){spelt}")
    names = {found[0].casefold(): found[0] for line in lines for found in pattern.finditer(line)}
    names = {folded: name for folded, name in names.items() if could_be_name(name)}
    person = from_lines(next(iter(names.values())), lines) if len(names) == 1 else None
    return person if person and kind_of_role(person.role) == "official" else None


def from_abbreviated(label: str, lines: Sequence[str]) -> Person | None:
    """``PS ROE``: the one of that surname whose office above the turns has these initials."""
    abbreviation, _, surname = label.partition(" ")
    if not _ABBREVIATION.fullmatch(abbreviation) or not _SURNAME.fullmatch(surname):
        return None
    person = from_lines(surname, lines)
    role = re.split(r"[\s\-]+", person.role or "") if person else []
    initials = "".join(word[0] for word in role if word[:1].isupper())
    return person if initials.startswith(abbreviation) else None
