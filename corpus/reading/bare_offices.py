"""Whose a label is that prints but an office: ``PREMIER:`` below ``JAN ROE, PREMIER OF X:``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus.metadata import Person
from corpus.reading.label_words import word_set
from corpus.reading.labels import kind_of_label, read_words
from corpus.reading.same_labels import split_label, surname_of

_ARTICLES = word_set("THE AN")  # An Taoiseach
_LINKS = word_set("OF FOR AND")


def tell_bare_offices(
    labels: Sequence[str], persons: Mapping[str, Person], heading: str
) -> dict[str, Person]:
    """The persons, with those behind labels of an office, alone or with a surname.

    Later labels are shorter than the first. Nobody is told where two may hold the office: of
    ``THE PRESIDENT`` beside ``PRESIDENT ROE``, who is a guest, the heading tells nothing either.

    Args:
        labels: of the speakers, in the order in which they first speak.
        persons: who is known by now to stand behind them.
        heading: what stands above the turns, and may name another of the same office.
    """
    hosts = {label for label in labels if _has_guest(label, labels)}
    told = {label: person for label, person in persons.items() if label not in hosts}
    for label in sorted(labels, key=lambda label: surname_of(label) is None):
        office, surname = _read_office(label)
        shows = kind_of_label(label) == "official" and split_label(label)[1] is None
        if label in told or label in hosts or not office or not shows:
            continue
        others = [x for x in labels if x != label]
        alike = [x for x in others if _may_hold(x, told.get(x), office, surname)]
        holders = [told[x] for x in alike if x in told]
        names = {each.name.casefold() for each in holders}
        one = len(names) == 1 and (surname or _list_holders(office, heading) <= _words_of(names))
        before = labels[: labels.index(label)]
        if one and len(holders) == len(alike) and any(x in before for x in alike):
            told[label] = holders[0]
    return told


def _has_guest(label: str, labels: Sequence[str]) -> bool:
    """Whether an office with ``THE`` stands beside the same one with a surname."""
    office, surname = _read_office(label)
    is_host = read_words(label)[:1] == ["THE"] and not surname
    return is_host and any(own == office and name for own, name in map(_read_office, labels))


def _read_office(label: str) -> tuple[list[str], str]:
    """The words of an office, without ``THE``, and the surname after it, if any."""
    words = [word for word in read_words(label) if word not in _ARTICLES]
    surname = surname_of(label) or ""
    office = words[: len(words) - len(surname.split())]
    return ["PRIME", "MINISTER"] if office == ["PM"] else office, surname


def _list_holders(office: Sequence[str], heading: str) -> set[str]:
    """The last word of each name that a heading sets right after an office."""
    printed = r"[^\S\n]+".join(map(re.escape, office))
    named = rf"\b(?i:{printed})(?P<name>(?:[^\S\n]+[A-Z][\w’'.\-]*){{1,4}})"
    return {read_words(found["name"])[-1] for found in re.finditer(named, heading)}


def _words_of(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in read_words(name)}


def _may_hold(label: str, person: Person | None, office: Sequence[str], surname: str) -> bool:
    """Whether a label is of somebody of this office, and of this surname where one is told."""
    own, name = _read_office(person.role or "" if person else label)
    name = read_words(person.name)[-1] if person else name
    if own == office and not (person or name):  # the same bare office, of whomever it is
        return False
    held = own[: len(office)] == office and (len(own) == len(office) or own[len(office)] in _LINKS)
    return held and (not surname or not name or surname.rsplit(maxsplit=1)[-1] == name)
