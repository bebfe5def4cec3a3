"""Verdict -> what Discord shows. Pure, as ``bot/render.py``, whose limits and buttons it shares.

What was changed is told in words, with what was given struck through and the real words in bold:
never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.escape import CUT, MESSAGE_WIDTH, fit, fit_end, width
from bot.plain import plain_card
from bot.render import (
    ABOUT_VERDICT,
    GIVEN_LINE,
    NEUTRAL,
    Control,
    Reply,
    quote_controls,
    render_card,
    render_list,
)
from corpus.card import Card
from corpus.text import fold_space
from corpus.verdict import Difference, Verdict
from corpus.verdict_card import VerdictCard

COLOURS = {"verbatim": 0x2E7D32, "altered": 0xC62828, "other_speaker": 0xB26A00}
_REAL = "The words on record"  # so that nobody takes them for those given
_CLOSEST = "The closest words on record"
_CARDS = 3  # closest words shown in full when a message holds several quotations
_CHANGES = 8
_FEW = 2  # changes told of each of several quotations
_PLACES = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and how it is put into words."""

    verdict: Verdict
    shown: VerdictCard


def render_verdicts(judged: Sequence[Judged], note: str = "", *, plain: bool = False) -> Reply:
    """The reply to a purported quote, or to a message that holds several.

    Args:
        judged: the verdicts.
        note: a sentence that holds for all of them.
        plain: without embeds.
    """
    notes = [f"-# {fit(note, 200)}"] if note else []
    if len(judged) > 1:
        return _render_several(judged, notes, plain)
    (only,) = judged
    card = only.shown.card
    if plain and card is not None:
        short = _lines(only, given=100, told=130, change=60, most=3, plain=True)
        opening = "\n".join([short[0], *notes, *short[1:]])
        opening = f"{fit_lines(opening, 470)}\n{_name_words(only)}:"
        more = _plain_places(only.shown)
        return Reply(plain_card(card, opening), controls=_controls(card), more=more)
    heading, *rest = _lines(only, given=300, told=500, change=160, most=_CHANGES, plain=plain)
    lines = "\n".join([heading, *notes, *rest])
    if card is None:
        return Reply(fit_lines(lines, MESSAGE_WIDTH))
    colour = COLOURS.get(only.verdict.verdict, NEUTRAL)
    embed = render_card(card, colour)
    embed.title = _name_words(only)
    _add_places(embed, only.shown)
    return Reply(fit_lines(lines, MESSAGE_WIDTH), (embed,), _controls(card))


def _name_words(judged: Judged) -> str:
    return _CLOSEST if judged.verdict.verdict == "not_found" else _REAL


def _controls(card: Card) -> tuple[Control, ...]:
    context = Control("In context", press=f"context:{card.id}")
    return (context, *quote_controls(card, doubt=ABOUT_VERDICT))


def _lines(  # noqa: PLR0913 - the numbers are widths and a count
    judged: Judged, *, given: int, told: int, change: int, most: int, plain: bool
) -> list[str]:
    """Heading, quote as given, statements and changes."""
    verdict, shown = judged.verdict, judged.shown
    lines = [f"**{shown.heading}**", f"{GIVEN_LINE}{fit(fold_space(verdict.quote), given)}"]
    if shown.statements:
        lines.append(fit(" ".join(shown.statements), told))
    tell = spell_difference if plain else mark_difference
    changes = [tell(each, change) for each in verdict.differences if shown.changes]
    lines += [f"- {each}" for each in changes[:most]]
    if len(changes) > most:
        lines.append(f"- and {len(changes) - most} more")
    return lines


def mark_difference(difference: Difference, room: int) -> str:
    """A difference, seen at once and told in words; each side at most ``room`` wide."""
    given, actual = (fit(fold_space(each), room) for each in (difference.given, difference.actual))
    if given and actual:
        return f"~~{given}~~ → **{actual}** (changed)"
    return f"~~{given}~~ (added)" if given else f"**{actual}** (left out)"


def spell_difference(difference: Difference, room: int) -> str:
    """A difference in words alone, for those who hear it and for copying."""
    given, actual = (fit(fold_space(each), room) for each in (difference.given, difference.actual))
    if given and actual:
        return f"“{given}” was given; the record has “{actual}”"
    return f"“{given}” was added" if given else f"“{actual}” was left out"


def fit_lines(text: str, room: int) -> str:
    """``text``; where it is wider than ``room``, a visible mark stands for its last lines."""
    if width(text) <= room:
        return text
    lines = text.split("\n")
    while len(lines) > 1 and width("\n".join([*lines, CUT])) > room:
        lines.pop()
    return "\n".join([*lines, CUT])


def _add_places(embed: discord.Embed, shown: VerdictCard) -> None:
    for name, value in _tell_places(shown):
        embed.add_field(name=name, value=value, inline=False)


def _plain_places(shown: VerdictCard) -> tuple[Reply, ...]:
    told = [f"{name}:\n{value}" for name, value in _tell_places(shown)]
    if not told or shown.card is None:
        return ()
    told.append(f"Quote {shown.card.id}")  # by which it is withdrawn, here as well
    return (Reply("\n".join(told)),)


def _tell_places(shown: VerdictCard) -> Iterator[tuple[str, str]]:
    """What stands around the words, and all places where they stand, each under its name."""
    if shown.around and shown.card:
        before, words, after = shown.around.partition(shown.card.quote)
        if not words:  # white space was folded otherwise
            yield "With the words around them", fit(shown.around, 600)
        elif before.strip():
            yield "Said just before", fit_end(before.strip(), 300)
        if words and after.strip(" .?!"):
            yield "Said just after", fit(after.strip(), 300)
    if shown.occurrences:
        listed = [f"- {fit(each, 90)}" for each in shown.occurrences[:_PLACES]]
        more = len(shown.occurrences) - len(listed)
        listed += [f"- and {more} more"] if more else []
        yield f"{shown.places_heading} ({len(shown.occurrences)})", "\n".join(listed)


def _render_several(judged: Sequence[Judged], notes: Sequence[str], plain: bool) -> Reply:
    """A few lines for each quotation; the closest words of the first three in full."""
    room = max(40, 1700 // len(judged) - 60)
    lines = [f"**{len(judged)} quotations checked**", *notes]
    cards: dict[str, Card] = {}
    names: dict[str, str] = {}
    for number, each in enumerate(judged, 1):
        card = each.shown.card
        if card is not None and len(cards) < _CARDS:
            cards.setdefault(card.id, card)
            names.setdefault(card.id, _name_words(each))
        below = list(cards).index(card.id) + 1 if card and card.id in cards else None
        place = f" – see {below} below" if below else ""
        lines.append(f"{number}. **{each.shown.heading}**{place}")
        lines.append(f"-# {fit(fold_space(each.verdict.quote), room // 2)}")
        if told := _tell_briefly(each, room // 2, plain):
            lines.append(f"-# {told}")
    content = fit_lines("\n".join(lines), MESSAGE_WIDTH)
    if not cards:
        return Reply(content)
    return render_list(
        content, list(cards.values()), list(names.values()), colour=NEUTRAL, plain=plain
    )


def _tell_briefly(judged: Judged, room: int, plain: bool) -> str:
    """The first changes, or what else is to be said, at most about ``room`` wide."""
    changes = judged.verdict.differences if judged.shown.changes else ()
    tell = spell_difference if plain else mark_difference
    told = [tell(each, 30) for each in changes[:_FEW]]
    if len(changes) > _FEW:
        told.append(f"and {len(changes) - _FEW} more")
    return "; ".join(told) or fit(" ".join(judged.shown.statements[:2]), room)
