"""A card as a terminal shows it: plain text that can be copied, read aloud and searched."""

from __future__ import annotations

import shutil
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

_WIDEST, _NARROWEST = 92, 24  # characters of a line
_MOST_GIVEN = 600  # characters of a purported quote that are shown again


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """The lines of a reply to a query."""
    yield click.style(HEADINGS[outcome.kind], bold=True)
    shown = outcome.matches[:1] if outcome.kind == "quoted" else outcome.matches
    for number, match in enumerate(shown, 1):
        yield ""
        yield from card_lines(make_card(match), number if len(shown) > 1 else None)
    if outcome.kind == "nothing" and outcome.topics:
        yield "The nearest topics on record:"
        yield from _points(outcome.topics)
    more = len(outcome.matches) - len(shown)
    if more:
        yield f"\n{more} further {'match' if more == 1 else 'matches'}: see --json."
    for note in outcome.notes:
        yield ""
        yield from _wrap(f"Note: {note}")


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
    for caveat in card.caveats:
        yield from _wrap(f"Caveat:     {caveat}", indent=" " * 12)
    yield f"Whole answer: onrecord show {card.id}"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The lines of a reply to a purported quote."""
    shown = make_verdict_card(verdict)
    yield click.style(shown.heading, bold=True)
    yield from _wrap(f"Given:      {cut(fold_space(verdict.quote), _MOST_GIVEN)}", indent=" " * 12)
    yield from _points(shown.statements)
    if shown.changes:
        yield "\nWhat was changed:"
        yield from _points(shown.changes)
    if shown.card:
        yield "\nThe words on record:" if verdict.differences else ""
        yield from card_lines(shown.card)
        if shown.around and shown.around != shown.card.quote:
            yield from _wrap(f"In context: {shown.around}", indent=" " * 12)
    if shown.occurrences:
        yield f"\n{shown.places_heading} ({len(shown.occurrences)}):"
        yield from _points(shown.occurrences)


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


def cut(words: str, most: int) -> str:
    """The words, or as many whole ones as ``most`` characters hold and a visible “[…]”."""
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0]} […]"


def _points(sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from _wrap(f"  · {sentence}", indent=" " * 4)


def _wrap(text: str, indent: str = "") -> list[str]:
    """Lines that break at spaces only, so that no word of a quote is cut or hyphenated."""
    width = shutil.get_terminal_size((_WIDEST, 24)).columns
    return textwrap.wrap(
        text,
        min(max(width, _NARROWEST), _WIDEST),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
