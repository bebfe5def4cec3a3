"""Who stands behind the labels of a Kremlin.ru page: officials, reporters, and people unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from corpus.metadata import Person
from corpus.model import LineMap, Notice, SpeakerKind
from corpus.reading.base import Label
from corpus.reading.labels import kind_of_label, kind_of_role

_CROWD = frozenset({"REMARK", "REMARKS", "REPLY", "RESPONSE", "COMMENT", "ANSWER", "VOICE"})
_PRESS_EVENT = re.compile(
    r"\b(?:news conference|press conference|interview|(?:journalists?|media)[’']?s? questions)",
    re.IGNORECASE,
)
_NEWS_CONFERENCE = re.compile(r"[^.]{0,60}\b(?:news|press) conference\b", re.IGNORECASE)
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
_COMPARED = 32  # names of a page to compare a misspelt one with; keeps reading linear


class People:
    """Who stands behind the labels of one page.

    Args:
        counts: the labels as printed, and how often each stands.
        asking: the labels under which somebody asks.
        summary: title and lead of the page.
        site: whose site it says it is, "President of Russia".
    """

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
