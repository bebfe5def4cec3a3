"""The one way a verdict is put into words, for the command line and for Discord alike."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.card import Card, make_card, name_speaker
from corpus.model import Citation
from corpus.text import fold_space
from corpus.verdict import Difference, Occurrence, Verdict, VerdictKind

HEADINGS: dict[VerdictKind, str] = {
    "verbatim": "Verbatim – these very words are on record",
    "altered": "Altered – not what was said",
    "other_speaker": "Somebody else's words",
    "not_found": "Not found on record",
}
TOO_SHORT = "Too short to judge"
NO_OFFICIAL = "Not an official's words"
WITHDRAWN = "Withdrawn by a curator"
_NOT_FOUND = "No words on record come close."
_NOT_THESE = "These words are not on record."
_ELSEWHERE = "That is all it means: they may have been said elsewhere."


_OCCASIONS = "Said on several occasions"
_PARTS = "Where its parts come from"


# Roles that ``cite_turn`` gives to those who are no officials.
_OTHERS = {
    "reporter": "a reporter",
    "moderator": "a moderator",
    "unknown speaker": "somebody who is not known to be an official",
}


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """What a reader is shown of a verdict; nothing of it may be left out on any surface.

    ``statements`` are whole sentences; ``changes`` tell each difference in words alone, so that no
    colour is needed; ``card`` is the closest real words.
    """

    heading: str
    statements: tuple[str, ...]
    changes: tuple[str, ...]
    around: str | None
    occurrences: tuple[str, ...]
    card: Card | None
    places_heading: str = _OCCASIONS


def make_verdict_card(verdict: Verdict) -> VerdictCard:
    """The card of a verdict."""
    if verdict.withdrawn:
        return VerdictCard(WITHDRAWN, (verdict.withdrawn,), (), None, (), None)
    return VerdictCard(
        heading=_choose_heading(verdict),
        statements=(*_statements(verdict), *verdict.notes),
        changes=tuple(map(tell_difference, verdict.differences)),
        around=fold_space(verdict.around) if verdict.around else None,
        occurrences=_said_before(verdict),
        card=make_card(verdict.match) if verdict.match else None,
        places_heading=_PARTS if verdict.verdict == "altered" else _OCCASIONS,
    )


def _choose_heading(verdict: Verdict) -> str:
    if verdict.too_short:
        return TOO_SHORT
    match = verdict.match
    if verdict.verdict == "other_speaker" and match and not verdict.speaker:
        return NO_OFFICIAL if match.quote.citation.role in _OTHERS else HEADINGS["other_speaker"]
    return HEADINGS[verdict.verdict]


def tell_difference(difference: Difference) -> str:
    """One difference in words: what was changed into what, added, or left out."""
    given, actual = fold_space(difference.given), fold_space(difference.actual)
    if given and actual:
        return f"“{given}” was given; the record has “{actual}”"
    return f"“{given}” was added" if given else f"“{actual}” was left out"


def _statements(verdict: Verdict) -> list[str]:
    told: list[str] = []
    if verdict.on_record and verdict.verdict != "verbatim":  # whose heading says so
        told.append("These very words are on record.")
    elif verdict.verdict == "altered":
        told.append("These words are not on record as given.")
    if verdict.speaker and verdict.by_speaker is not None:
        whose = "are" if verdict.by_speaker else "are not"
        closest = "The closest real words" if verdict.verdict == "altered" else "The words"
        told.append(f"{closest} {whose} those of {verdict.speaker}.")
    if verdict.verdict == "other_speaker" and verdict.match:
        told.append(f"They were said by {_tell_who(verdict.match.quote.citation)}.")
    if verdict.verdict == "not_found" and not verdict.too_short:
        told += [_NOT_THESE if verdict.match else _NOT_FOUND, _ELSEWHERE]
    told += [f"A marked gap leaves out: “{fold_space(words)}”." for words in verdict.omissions]
    told += [f"In square brackets, the quoter's own: {words}." for words in verdict.insertions]
    return told


def _tell_who(citation: Citation) -> str:
    other = _OTHERS.get(citation.role or "")
    if other is None:
        return name_speaker(citation)
    return f"{other} (“{citation.speaker}” in the transcript), not by an official"


def _said_before(verdict: Verdict) -> tuple[str, ...]:
    """All places of the words, or of the parts of an altered quote; empty where there is one."""
    if len(verdict.occurrences) < 2:
        return ()
    return tuple(map(_tell_occurrence, verdict.occurrences))


def _tell_occurrence(occurrence: Occurrence) -> str:
    quote = occurrence.match.quote
    source = quote.citation.source
    day = f"{source.date:%-d %B %Y}" if source.date else "date not recorded"
    return f"{day}: {quote.citation.speaker}, {source.title or source.file} ({quote.id})"
