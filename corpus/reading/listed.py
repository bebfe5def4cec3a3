"""Who speaks by a list headed ``Speakers:`` above a briefing where others ask under ``Q``.

Such a list tells of each whom they speak for, which may be no office: ``Jan Roe, World Food
Fund``. Without ``Q`` among the labels, and at a panel, those listed may be of the press.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.metadata import Person
from corpus.reading.introduced import WORD
from corpus.reading.labels import is_name, kind_of_label, read_words
from corpus.reading.roles import names_outlet
from corpus.text import fold_space

_LIST = re.compile(
    r"^[^\S\n]*(?:Speakers|Briefers|Panel|Panell?ists):?[^\S\n]*\n(?P<lines>(?:[^\n]*\S[^\n]*\n)+)",
    re.MULTILINE | re.IGNORECASE,
)
_BRIEFING = re.compile(r"\b(?:briefing|(?:press|news|media) conference)\b", re.IGNORECASE)
_ENTRY = re.compile(
    r"[-*•\s]*(?:(?:Mr|Ms|Mrs|Dr|Prof|Professor|Sir|Dame|H\.?E)\.? )?"
    rf"(?P<name>{WORD}(?: {WORD}){{1,3}})(?:,| [–—-]) (?P<role>\S.*)"
)
_WHERE = re.compile(r" \((?:from|in|via|by|for|on|online|remote)\b[^()]*\)$")


def list_speakers(heading: str) -> dict[str, Person]:
    """Those listed, by whole name, surname and initials, as far as these are one's alone."""
    listed = _LIST.search(heading) if _BRIEFING.search(heading) else None
    entries = map(_ENTRY.fullmatch, map(fold_space, listed["lines"].splitlines() if listed else ()))
    persons = [Person(x["name"], _WHERE.sub("", x["role"])) for x in entries if x]
    persons = [each for each in persons if is_name(each.name) and not kind_of_label(each.name)]
    called: dict[str, Person | None] = {}
    for person in persons:
        for name in _list_names(person.name):
            called[name] = None if name in called else person
    return {name: each for name, each in called.items() if each and not _may_be_press(each)}


def find_listed(label: str, speakers: Mapping[str, Person]) -> Person | None:
    """The one whom a label names or abbreviates: ``JR``, ``Jan ROE``."""
    return speakers.get(" ".join(read_words(label)))


def _list_names(name: str) -> set[str]:
    words = read_words(name)
    return {" ".join(words), words[-1], "".join(word[0] for word in words)}


def _may_be_press(person: Person) -> bool:
    return names_outlet(person.role or "") or kind_of_label(person.role or "") == "reporter"
