"""What is said of a purported quote: values, and how ``verify --json`` prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus.card import match_json
from corpus.model import Match, SpeakerKind

VerdictKind = Literal["verbatim", "altered", "other_speaker", "not_found"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words as given and as they really are; one of the two is empty where words came or went."""

    given: str
    actual: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where the words stand; ``by_speaker`` is None where nobody was named."""

    match: Match
    kind: SpeakerKind
    by_speaker: bool | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a purported quote.

    Two statements are kept apart: ``on_record``, whether these very words are on record, whoever
    said them (None: too short to judge), and ``by_speaker``, whether the person in ``speaker`` said
    them – of *altered* words, whether the closest real ones are that person's (None: nobody was
    named, or nothing to tell). ``match`` are the closest real words, ``around`` the sentences in
    which they stand, verbatim. ``occurrences`` are all places of the very words (of *altered*
    ones, where each part comes from), oldest first. ``omissions`` are the words that marked gaps
    leave out, ``insertions`` the quoter's own in square brackets. ``notes`` are sentences that the
    reader must see. Where ``withdrawn`` is a sentence, a curator took the words out of everything
    that is shown, and nothing else is told.
    """

    quote: str
    verdict: VerdictKind
    match: Match | None = None
    around: str | None = None
    differences: tuple[Difference, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    omissions: tuple[str, ...] = ()
    insertions: tuple[str, ...] = ()
    on_record: bool | None = False
    by_speaker: bool | None = None
    speaker: str | None = None
    notes: tuple[str, ...] = ()
    withdrawn: str | None = None
    ms: float = field(default=0.0, compare=False)

    @property
    def too_short(self) -> bool:
        """Whether there are too few words to judge."""
        return self.on_record is None


def verdict_json(verdict: Verdict) -> dict[str, object]:
    """The verdict as ``verify --json`` prints it."""
    return {
        "quote": verdict.quote,
        "verdict": verdict.verdict,
        "match": verdict.match and match_json(verdict.match),
        "differences": [{"given": d.given, "actual": d.actual} for d in verdict.differences],
        "on_record": verdict.on_record,
        "speaker": verdict.speaker,
        "by_speaker": verdict.by_speaker,
        "around": verdict.around,
        "occurrences": [
            {**match_json(each.match), "kind": each.kind, "by_speaker": each.by_speaker}
            for each in verdict.occurrences
        ],
        "omissions": list(verdict.omissions),
        "insertions": list(verdict.insertions),
        "too_short": verdict.too_short,
        "notes": list(verdict.notes),
        "withdrawn": verdict.withdrawn,
        "ms": round(verdict.ms, 3),
    }
