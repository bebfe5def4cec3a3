"""A list of initials with names above the turns: who speaks under ``TAG`` or ``LK:``.

The initials of a key are the only labels of its document, so whatever else is set as they are is
a label too: somebody's whom the key forgot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.metadata import Person
from corpus.styles.base import find_labelled
from corpus.styles.briefing import FoundLabel
from corpus.styles.labels import is_name, kind_of_label
from corpus.text import fold_space

_SET = re.compile(
    r"^[^\S\n]*(?P<label>[A-Z]{1,4}\d?)(?: ?\([^()\n]{1,60}\))?"
    r"(?::(?=[^\S\n])|(?=[^\S\n]{2}|\t))[^\S\n]+(?=\S)",
    re.MULTILINE,
)
_NAME = re.compile(r"(?P<name>[A-ZÀ-Þ](?:[^\n.:;?!,]|\.(?= )){2,60})(?:\n|\Z)")
_AFTER_NAMES = re.compile(r"(?:,? (?:MP|MSP|MEP|MS|QC|KC))+$")
_FEWEST = 2  # names of a key


@dataclass(frozen=True, slots=True)
class Key:
    """The names by their initials, and where the list ends."""

    names: Mapping[str, str]
    end: int

    def persons(self) -> dict[str, Person]:
        """Who stands behind the initials, by name alone."""
        bare = {initials: _AFTER_NAMES.sub("", name) for initials, name in self.names.items()}
        return {
            initials: Person(name)
            for initials, name in bare.items()
            if " " in name and is_name(name) and kind_of_label(name) is None
        }


def find_key(text: str, start: int) -> Key | None:
    """The key of a document: the first lines set so, if each holds initials and their name."""
    names: dict[str, str] = {}
    end = start
    for found in find_labelled(_SET, text, start):
        named = _NAME.match(text, found.end())
        name = fold_space(named["name"]) if named else ""
        if not named or (names and found.start() != end) or not _abbreviates(found["label"], name):
            break
        names[found["label"]] = name
        end = named.end()
    return Key(names, end) if len(names) >= _FEWEST else None


def _abbreviates(initials: str, name: str) -> bool:
    """Whether initials are letters of a name in their order, the first a word's first."""
    rest = ".*".join(map(re.escape, initials[1:]))
    return re.search(rf"\b{initials[0]}.*{rest}", name, re.IGNORECASE) is not None


def find_keyed(text: str, key: Key) -> Iterator[FoundLabel]:
    """Whatever is set as the key's initials are, below it."""
    for found in find_labelled(_SET, text, key.end):
        printed = found["label"]
        meant = key.names.get(printed, printed)
        yield FoundLabel(printed, meant, found.start("label"), found.end(), keyed=True)
