"""The one way a match is shown: every surface takes its words from ``make_card`` (promise 5)."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Citation, Match, Outcome, Source
from corpus.text import fold_space

NOT_RECORDED = "not recorded"

HEADINGS = {
    "quoted": "On record",
    "closest": "Closest on record – not certain: check what each was asked",
    "nothing": "Nothing on record",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader is shown of one match; nothing of it may be left out on any surface.

    ``quote`` and ``asked`` are the published words with white space folded, nothing else changed.
    ``facts`` are name and value, in the order to show them.
    """

    id: str
    quote: str
    speaker: str
    asked: str
    facts: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    link: str | None


def make_card(match: Match) -> Card:
    """The card of a match."""
    quote, source = match.quote, match.quote.citation.source
    facts = (
        ("Date", f"{source.date:%-d %B %Y}" if source.date else NOT_RECORDED),
        ("Title", fold_space(source.title) if source.title else NOT_RECORDED),
        ("Publisher", _published(source)),
        ("Place", source.place or NOT_RECORDED),
    )
    return Card(
        id=quote.id,
        quote=fold_space(quote.text),
        speaker=name_speaker(quote.citation),
        asked=fold_space(quote.question) if quote.question else "no question stands before it",
        facts=facts,
        caveats=tuple(_caveats(match)),
        link=quote.citation.link,
    )


def name_speaker(citation: Citation) -> str:
    """Name and role, as far as they are on record."""
    return ", ".join(part for part in (citation.speaker, citation.role) if part)


def match_json(match: Match) -> dict[str, object]:
    """The match as ``ask --json`` and ``verify --json`` print it; ``quote`` is verbatim."""
    quote, citation = match.quote, match.quote.citation
    source = citation.source
    return {
        "id": quote.id,
        "quote": quote.text,
        "speaker": citation.speaker,
        "role": citation.role,
        "question": quote.question,
        "date": source.date.isoformat() if source.date else None,
        "title": source.title,
        "publisher": source.publisher,
        "outlet": source.outlet,
        "place": source.place,
        "url": source.url,
        "link": citation.link,
        "file": source.file,
        "sha256": source.sha256,
        "start": quote.start,
        "end": quote.end,
        "score": round(match.score, 4),
    }


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """The outcome as ``ask --json`` prints it."""
    return {
        "query": outcome.query,
        "outcome": outcome.kind,
        "matches": [match_json(match) for match in outcome.matches],
        "topics": list(outcome.topics),
        "notes": list(outcome.notes),
        "ms": round(outcome.ms, 3),
    }


def _published(source: Source) -> str:
    named = [part for part in (source.publisher, source.outlet) if part]
    return ", ".join(named) or NOT_RECORDED


def _caveats(match: Match) -> list[str]:
    citation = match.quote.citation
    caveats: list[str] = []
    if citation.link is None:
        caveats.append("No address is recorded for this transcript.")
    caveats += [f"Also in {_where(other)}." for other in match.also]
    return caveats


def _where(citation: Citation) -> str:
    source = citation.source
    parts = (
        source.title or source.file,
        source.publisher,
        source.date and f"{source.date:%-d %B %Y}",
    )
    return ", ".join(part for part in parts if part)
