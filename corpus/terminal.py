"""A card as a terminal shows it: plain text that can be copied, read aloud and searched."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from corpus.card import HEADINGS, Card, make_card
from corpus.model import Outcome
from corpus.text import fold_space
from corpus.verdict import Verdict
from corpus.verdict_card import make_verdict_card
from corpus.withdrawals import hide_words

if TYPE_CHECKING:
    from corpus.browse import Shown

_WIDTH = 92


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """The lines of a reply to a query."""
    yield click.style(HEADINGS[outcome.kind], bold=True)
    shown = outcome.matches[:1] if outcome.kind == "quoted" else outcome.matches
    for number, match in enumerate(shown, 1):
        yield ""
        yield from card_lines(make_card(match), number if len(shown) > 1 else None)
    if outcome.kind == "nothing" and outcome.topics:
        yield "The nearest topics on record:"
        yield from (f"  · {topic}" for topic in outcome.topics)
    more = len(outcome.matches) - len(shown)
    if more:
        yield f"\n{more} further {'match' if more == 1 else 'matches'}: see --json."
    yield from (f"\nNote: {note}" for note in outcome.notes)


def card_lines(card: Card, number: int | None = None) -> Iterator[str]:
    """The lines of one card: the quote first, then who, what was asked, and the source."""
    lead = "" if number is None else f"{number}. "
    yield from _wrap(f"{lead}“{card.quote}”", indent="  " if lead else "")
    yield click.style(f"   — {card.speaker}", bold=True)
    yield ""
    yield from _wrap(f"Asked:      {card.asked}", indent=" " * 12)
    for name, value in card.facts:
        yield from _wrap(f"{name + ':':<12}{value}", indent=" " * 12)
    if card.link:
        yield f"Link:       {card.link}"
    yield from (f"Caveat:     {caveat}" for caveat in card.caveats)
    yield f"Whole answer: onrecord show {card.id}"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The lines of a reply to a purported quote."""
    shown = make_verdict_card(verdict)
    yield click.style(shown.heading, bold=True)
    yield from _wrap(f"Given:      {fold_space(verdict.quote)}", indent=" " * 12)
    yield from (f"  · {statement}" for statement in shown.statements)
    if shown.changes:
        yield "\nWhat was changed:"
        yield from (f"  · {change}" for change in shown.changes)
    if shown.card:
        yield "\nThe words on record:" if verdict.differences else ""
        yield from card_lines(shown.card)
        if shown.around and shown.around != shown.card.quote:
            yield from _wrap(f"In context: {shown.around}", indent=" " * 12)
    if shown.occurrences:
        yield f"\n{shown.places_heading} ({len(shown.occurrences)}):"
        yield from (f"  · {each}" for each in shown.occurrences)


def turn_lines(shown: Shown, hidden: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Turns with their labels as printed, without the spans that are ``hidden``."""
    for at in shown.positions:
        turn = shown.transcript.turns[at]
        mark = "▶ " if at in shown.marked else "  "
        yield click.style(f"{mark}{fold_space(turn.label)}:", bold=True)
        said = hide_words(shown.transcript.text, turn.start, turn.end, hidden)
        for paragraph in said.split("\n\n"):
            if paragraph.strip():
                yield from _wrap("    " + fold_space(paragraph), indent="    ")
        yield ""


def _wrap(text: str, indent: str) -> list[str]:
    """Lines that break at spaces only, so that no word of a quote is cut or hyphenated."""
    return textwrap.wrap(
        text,
        _WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
