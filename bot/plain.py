"""The same replies without embeds: for screen readers, for copying, and where embeds are off."""

from __future__ import annotations

from dataclasses import dataclass

from bot.escape import MESSAGE_WIDTH, fit, fit_end, fit_line, width
from corpus.card import NOT_RECORDED, Card

_LINK_WIDTH = 320


@dataclass(frozen=True, slots=True)
class _Rooms:
    """Widths of the parts; together they leave the quote at least 500 of a message's 2,000."""

    speaker: int = 130
    asked: int = 220
    title: int = 130
    fact: int = 60
    caveats: int = 150


def tell_day(day: str) -> str:
    """A card's date as it stands beside the speaker."""
    return day if day != NOT_RECORDED else f"date {NOT_RECORDED}"


def plain_card(card: Card, opening: str = "", title: str | None = None) -> str:
    """A card as the text of one message; every fact of the card is in it.

    Args:
        card: what to show.
        opening: what stands above it, at most 500 wide.
        title: for one of several, which are told apart by what was asked: that comes first then.
    """
    rooms, facts = _Rooms(), dict(card.facts)
    asked = f"Asked: {fit_end(card.asked, rooms.asked)}"
    before = [opening] if title is None else [opening, f"**{title}**", asked]
    after = [f"— **{fit_line(card.speaker, rooms.speaker)}**, {tell_day(facts.pop('Date'))}"]
    after += [asked] if title is None else []
    after.append(f"Title: {fit_line(facts.pop('Title'), rooms.title)}")
    after += [f"{name}: {fit_line(fact, rooms.fact)}" for name, fact in facts.items()]
    if card.caveats:
        after.append(f"Note: {fit_line(' '.join(card.caveats), rooms.caveats)}")
    if link := _shown_link(card.link):
        after.append(f"Source: {link}")
    after.append(f"Quote {card.id}")
    parts = [line for line in before if line]
    rest = width("\n".join([*parts, "> ", *after]))
    return "\n".join([*parts, f"> {fit(card.quote, MESSAGE_WIDTH - rest)}", *after])


def _shown_link(link: str | None) -> str | None:
    """An address in angle brackets, which Discord links without a preview."""
    if link is None:
        return None
    for address in (link, link.partition("#")[0]):
        if width(address) <= _LINK_WIDTH and not set(address) & set("<> "):
            return f"<{address}>"
    return None
