"""Who speaks by a list headed ``Speakers:`` above a briefing where others ask under ``Q``.

Such a list tells of each whom they speak for, which may be no office: ``Jan Roe, World Food
Fund``. Without ``Q`` among the labels, and at a panel, those listed may be of the press. Or it is
one line, ``Speakers: State Secretary Roe, Dr. Poe (MoH)``, of surnames that stand as labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.metadata import Person
from corpus.reading.introduced import WORD
from corpus.reading.label_words import PERSONAL_TITLES
from corpus.reading.labels import is_name, kind_of_label, read_words, shows_office
from corpus.reading.roles import names_outlet
from corpus.reading.speaker_key import abbreviates
from corpus.text import fold_space

_LIST = re.compile(
    r"^[^\S\n]*(?:Speakers|Briefers|Panel|Panell?ists):?[^\S\n]*\n(?P<lines>(?:[^\n]*\S[^\n]*\n)+)",
    re.MULTILINE | re.IGNORECASE,
)
_LINE = re.compile(
    r"^[^\S\n]*(?:Speakers|Briefers):[^\S\n]*(?P<line>\S[^\n]*)", re.MULTILINE | re.IGNORECASE
)
_IN_LINE = re.compile(r"(?P<named>[^,;()]+)(?:\((?P<role>[^()]{2,60})\))?[.\s]*(?:[,;]|$)")
_BRIEFING = re.compile(r"\b(?:briefing|(?:press|news|media) conference)\b", re.IGNORECASE)
_ENTRY = re.compile(
    r"[-*•\s]*(?:(?:Mr|Ms|Mrs|Dr|Prof|Professor|Sir|Dame|H\.?E)\.? )?"
    rf"(?P<name>{WORD}(?: {WORD}){{1,3}})(?:,| [–—-]) (?P<role>\S.*)"
)
_WHERE = re.compile(r" \((?:from|in|via|by|for|on|online|remote)\b[^()]*\)$")


def list_speakers(heading: str) -> dict[str, Person]:
    """Those listed, by whole name, surname and initials, as far as these are one's alone."""
    if not _BRIEFING.search(heading):
        return {}
    listed = _LIST.search(heading)
    entries = map(_ENTRY.fullmatch, map(fold_space, listed["lines"].splitlines() if listed else ()))
    persons = [Person(x["name"], _WHERE.sub("", x["role"])) for x in entries if x]
    persons += _list_in_line(heading)
    persons = [each for each in persons if is_name(each.name) and not kind_of_label(each.name)]
    called: dict[str, Person | None] = {}
    for person in persons:
        for name in _list_names(person.name):
            called[name] = None if name in called else person
    return {name: each for name, each in called.items() if each and not _may_be_press(each)}


def _list_in_line(heading: str) -> Iterator[Person]:
    """Those of a line whose role is told, before the name or in brackets after it."""
    line = _LINE.search(heading)
    for found in _IN_LINE.finditer(line["line"] if line else ""):
        words = [x for x in found["named"].split() if x.strip(".").upper() not in PERSONAL_TITLES]
        words = words[1:] if words[:1] == ["and"] else words
        offices = [at for at, word in enumerate(words, 1) if shows_office(word)]
        role, name = words[: offices[-1] if offices else 0], words[offices[-1] if offices else 0 :]
        told = found["role"] or " ".join(role)
        if told and name and all(re.fullmatch(WORD, word) for word in name):
            yield Person(" ".join(name), told)


def find_listed(label: str, speakers: Mapping[str, Person]) -> Person | None:
    """The one whom a label names or abbreviates: ``JR``, ``Jan ROE``.

    Or names with the role as listed or abbreviated: ``ROE (MoH)``, ``StS ROE``.
    """
    words = read_words(label)
    words = words[1:] if words[:1] and words[0] in PERSONAL_TITLES else words
    if named := speakers.get(" ".join(words)):
        return named
    if len(words) < 2:
        return None
    for at, rest in ((0, words[1:]), (-1, words[:-1])):
        person = speakers.get(" ".join(rest))
        if person and person.role and _tells_role(words[at], person.role, before=at == 0):
            return person
    return None


def _tells_role(word: str, role: str, *, before: bool) -> bool:
    return [word] == read_words(role) or (before and abbreviates(word, role))


def _list_names(name: str) -> set[str]:
    words = read_words(name)
    initials = {"".join(word[0] for word in words)} if len(words) > 1 else set()
    return {" ".join(words), words[-1], *initials}


def _may_be_press(person: Person) -> bool:
    return names_outlet(person.role or "") or kind_of_label(person.role or "") == "reporter"
