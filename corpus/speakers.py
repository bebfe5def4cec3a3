"""Whom a typed name means, among those who speak on record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from corpus.model import SpeakerKind

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b((?:[^\W\d_]\.){2,})")
_SHORT = {
    "sec": "secretary",
    "sect": "secretary",
    "pres": "president",
    "potus": "president",
    "vp": "vice president",
    "pm": "prime minister",
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "amb": "ambassador",
    "min": "minister",
    "chairman": "chair",
    "chairwoman": "chair",
}
_NEUTRAL = frozenset(
    (
        "the",
        "of",
        "for",
        "to",
        "at",
        "in",
        "and",
        "us",
        "usa",
        "united",
        "states",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "hon",
        "sir",
    )
)
_SHORTEST_MISSPELT = 5  # letters
_LONG_NAME = 9  # letters, of which two may be wrong
_TITLES = set(_SHORT.values()) | {"chair", "secretary", "president", "minister", "prime", "vice"}


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks on record: as printed, and full name and role where they are known."""

    kind: SpeakerKind
    label: str
    speaker: str | None = None
    role: str | None = None


def is_meant(named: str, voice: Voice) -> bool:
    """Whether a typed name ("Blinken", "Sec. Blinken", "the Secretary of State") means the voice.

    Every word of it must be in the voice's name, label or role; a name may be misspelt by a letter,
    a long one by two. A role alone must begin as the voice's role does. Where only a surname is on
    record, "MR. ZIENTS", any first name is taken for the speaker's.
    """
    words = _split(named)
    if not words:
        return False
    called = _split(f"{voice.speaker or ''} {voice.label}")
    role = _split(voice.role or "")
    by_name = [word for word in words if _is_among(word, called)]
    if not all(word in role for word in words if word not in by_name):
        return _is_surname_alone(voice) and _ends_with(words, called, role)
    if any(word not in _TITLES for word in by_name):
        return True
    return words == role[: len(words)] or words == called


def is_taken(named: str, voice: Voice) -> bool:
    """Whether a name that means the voice has a word that is not on record with it."""
    known = {*_split(f"{voice.speaker or ''} {voice.label}"), *_split(voice.role or "")}
    return not set(_split(named)) <= known and (
        _is_surname_alone(voice) or any(_is_misspelt(word, known) for word in _split(named))
    )


def _is_surname_alone(voice: Voice) -> bool:
    """Whether all that is known of a voice is a surname, with a title or without."""
    names = set(_split(f"{voice.speaker or ''} {voice.label}")) - _TITLES
    return voice.kind in {"official", "unknown"} and len(names) == 1


def _ends_with(words: list[str], called: list[str], role: list[str]) -> bool:
    """Whether a name is other words and then the surname; a title on record must not be another."""
    surname = next(word for word in called if word not in _TITLES)
    titles = _TITLES & {*called, *role}
    stated = _TITLES & set(words)
    return _is_among(words[-1], [surname]) and (not titles or stated <= titles)


def _split(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", plain)
    plain = re.sub(r"[’']s?\b", "", plain)
    words = [_SHORT.get(word, word) for word in _WORD.findall(plain)]
    return [word for part in words for word in part.split() if word not in _NEUTRAL]


def _is_among(word: str, names: list[str]) -> bool:
    if word in names:
        return True
    first = names[0] if len(set(names)) > 1 else ""
    if _is_short_for(word, first) or _is_short_for(first, word):
        return True
    return _is_misspelt(word, names)


def _is_short_for(short: str, name: str) -> bool:
    """Whether a first name is short for another, as Tony for Antony and Jen for Jennifer."""
    return len(short) > 2 and (name.startswith(short) or name.endswith(short))


def _is_misspelt(word: str, names: Collection[str]) -> bool:
    """Whether one of the names is meant by a word that has its first letter but not all others."""
    if len(word) < _SHORTEST_MISSPELT:
        return False
    most = 2 if len(word) >= _LONG_NAME else 1
    return any(
        len(name) >= _SHORTEST_MISSPELT and name[0] == word[0] and OSA.distance(word, name) <= most
        for name in names
        if name != word
    )
