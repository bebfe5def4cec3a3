"""A list of initials with names above the turns: who speaks under ``TAG`` or ``LK:``.

Or such a list as ``Q1 = Jane Roe (Samoa Times), A1 = the Minister``, in lines or running on.

The initials of a key are the only labels of its document, so whatever else is set as they are is
a label too: somebody's whom the key forgot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.metadata import Person
from corpus.reading.base import find_labelled
from corpus.reading.briefing import FoundLabel
from corpus.reading.introductions import list_officials
from corpus.reading.labels import is_name, kind_of_label, read_words, shows_office
from corpus.text import fold_space

_SET = re.compile(
    r"^[^\S\n]*(?P<label>[A-Z]{1,4}\.?\d?)(?: ?\([^()\n]{1,60}\))?"
    r"(?::(?=[^\S\n])|(?=[^\S\n]{2}|\t))[^\S\n]+(?=\S)",
    re.MULTILINE,
)
_NAME = re.compile(r"(?P<name>[A-ZÀ-Þ](?:[^\n.:;?!,]|\.(?= )){2,60})(?:\n|\Z)")
_EQUALS = re.compile(
    r"(?:^|[,;])[^\S\n]*(?P<label>[A-Z]{1,4}\d?)[^\S\n]{0,3}=[^\S\n]{0,3}(?P<name>[^\n,;=()]{3,60})",
    re.MULTILINE,
)
_AFTER_NAMES = re.compile(r"(?:,? (?:MP|MSP|MEP|MS|QC|KC))+$")
_OF_WHAT = re.compile(r",| (?:of|for)\b")
_FEWEST = 2  # names of a key
_HEADING_AT_MOST = 3_000  # characters


@dataclass(frozen=True, slots=True)
class Key:
    """The names by their initials, and where the list ends."""

    names: Mapping[str, str]
    end: int

    def persons(self, beside: str) -> dict[str, Person]:
        """Who stands behind the initials, by name alone; of an office, who beside holds it."""
        offices = {x: _find_holder(told, beside) for x, told in self.names.items()}
        bare = {initials: _AFTER_NAMES.sub("", name) for initials, name in self.names.items()}
        return {x: person for x, person in offices.items() if person} | {
            initials: Person(name)
            for initials, name in bare.items()
            if " " in name and is_name(name) and kind_of_label(name) is None
        }


def find_key(text: str, start: int) -> Key | None:
    """The key of a document: the first lines set so, if each holds initials and their name."""
    if told := _find_equations(text, start):
        return told
    names: dict[str, str] = {}
    end = start
    for found in find_labelled(_SET, text, start):
        named = _NAME.match(text, found.end())
        name = fold_space(named["name"]) if named else ""
        if not named or (names and found.start() != end) or not abbreviates(found["label"], name):
            break
        names[found["label"]] = name
        end = named.end()
    return Key(names, end) if len(names) >= _FEWEST else None


def _find_equations(text: str, start: int) -> Key | None:
    """A key that sets ``=`` between its labels and whose they are."""
    stop = min(len(text), start + _HEADING_AT_MOST)
    found = list(_EQUALS.finditer(text, start, stop))
    names = {x["label"]: re.sub(r"^(?:the|The) ", "", fold_space(x["name"])) for x in found}
    names = {x: x if kind_of_label(x) == "reporter" else name for x, name in names.items()}
    if len(names) < _FEWEST:
        return None
    end = found[-1].end()
    used = {_without_stop(x["label"]) for x in find_labelled(_SET, text, end)}
    return Key(names, end) if len(names.keys() & used) >= _FEWEST else None


def _without_stop(label: str) -> str:
    """``Q2`` of ``Q.2``."""
    return label.replace(".", "")


def _find_holder(office: str, beside: str) -> Person | None:
    """The one official named beside a key who holds an office of which it gives no name."""
    words = read_words(office)
    heads = ((_OF_WHAT.split(each.role or "")[0], each) for each in list_officials("", beside))
    holding = [each for head, each in heads if words and read_words(head) == words]
    return holding[0] if len(holding) == 1 and shows_office(office) else None


def abbreviates(initials: str, name: str) -> bool:
    """Whether initials are letters of a name in their order, the first a word's first."""
    rest = ".*".join(map(re.escape, initials[1:]))
    return re.search(rf"\b{initials[0]}.*{rest}", name, re.IGNORECASE) is not None


def find_keyed(text: str, key: Key) -> Iterator[FoundLabel]:
    """Whatever is set as the key's initials are, below it."""
    for found in find_labelled(_SET, text, key.end):
        printed = found["label"]
        meant = key.names.get(_without_stop(printed), printed)
        yield FoundLabel(printed, meant, found.start("label"), found.end(), keyed=True)
