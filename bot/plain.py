"""The same replies without embeds: for screen readers, for copying, and where embeds are off."""

from __future__ import annotations

from dataclasses import dataclass

from bot.escape import fit, fit_end, fit_line, width
from corpus.card import Card

MESSAGE_WIDTH = 2000
_LINK_WIDTH = 320


@dataclass(frozen=True, slots=True)
class _Rooms:
    """Widths of the parts; together they leave the quote at least 500 of a message's 2,000."""

    speaker: int = 130
    asked: int = 220
    fact: int = 75
    caveats: int = 150


def plain_card(card: Card, opening: str = "", number: int | None = None) -> str:
    """A card as the text of one message; every fact of the card is in it.

    Args:
        card: what to show.
        opening: what stands above it, at most 500 wide.
        number: its place in a list, or None when it stands alone.
    """
    rooms = _Rooms()
    before = [opening, "" if number is None else f"**{number}.**"]
    after = [f"— **{fit_line(card.speaker, rooms.speaker)}**"]
    after.append(f"Asked: {fit_end(card.asked, rooms.asked)}")
    after += [f"{name}: {fit_line(fact, rooms.fact)}" for name, fact in card.facts]
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
