"""Whom a typed name means, among those who speak on record."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz

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
_CLOSE = 85  # rapidfuzz ratio: one or two letters of a name of six or more differ
_LONG_NAME = 6


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks on record: as printed, and full name and role where they are known."""

    kind: SpeakerKind
    label: str
    speaker: str | None = None
    role: str | None = None


def is_meant(named: str, voice: Voice) -> bool:
    """Whether a typed name ("Blinken", "Sec. Blinken", "the Secretary of State") means the voice.

    Every word of it must be in the voice's name, label or role; a long name may be misspelt by a
    letter or two. A role alone must begin as the voice's role does.
    """
    words = _split(named)
    if not words:
        return False
    called = _split(f"{voice.speaker or ''} {voice.label}")
    role = _split(voice.role or "")
    by_name = [word for word in words if _is_among(word, called)]
    if not all(word in role for word in words if word not in by_name):
        return False
    titles = set(_SHORT.values()) | {"chair", "secretary", "president", "minister", "prime", "vice"}
    if any(word not in titles for word in by_name):
        return True
    return words == role[: len(words)] or words == called


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
    if len(word) > 2 and any(name.startswith(word) or name.endswith(word) for name in names[:1]):
        return True  # Tony for Antony, Jen for Jennifer
    return len(word) >= _LONG_NAME and any(
        len(name) >= _LONG_NAME and fuzz.ratio(word, name) >= _CLOSE for name in names
    )
