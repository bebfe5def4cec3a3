"""Outcome -> what Discord shows. Pure: no network, no clock, no record.

A reply has a line of text (the heading and the query) and an embed a match. What is wider than its
place is cut at a sentence end with a visible "[…]"; the whole is one step away, behind a button.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord

from bot.escape import fit, fit_end, fit_line, width
from bot.plain import plain_card, tell_day
from corpus.card import HEADINGS, Card, make_card
from corpus.model import Outcome, OutcomeKind

# Discord's limits, https://discord.com/developers/docs/components/reference (buttons).
LINK_WIDTH = 512
PRESS_WIDTH = 100

QUERY_LINE = "-# Query: "
GIVEN_LINE = "-# Given: "
TOPICS = 3  # questions on record that may be near; more of them are not read
SHOWN = 3  # matches in a list to choose from
UNCERTAIN = "Not certain"
NEUTRAL = 0x5F6368
COLOURS: dict[OutcomeKind, int] = {"quoted": 0x2E7D32, "closest": 0xB26A00, "nothing": NEUTRAL}


@dataclass(frozen=True, slots=True)
class Rooms:
    """How wide each part of an embed may be, so that all embeds of a reply stay within limits."""

    speaker: int
    quote: int
    asked: int
    title: int
    fact: int
    caveats: int


# Sums, with names and footer: below 5,900 for one embed; below 1,960 for each of three, of which
# two fill a phone.
_ONE = Rooms(speaker=256, quote=3000, asked=1000, title=300, fact=180, caveats=300)
_THREE = Rooms(speaker=160, quote=520, asked=300, title=200, fact=80, caveats=150)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A button for those who find something wrong: what it says, and which action it is."""

    label: str
    action: str


ABOUT_ANSWER = Doubt("Not what I asked", "wrong")
ABOUT_VERDICT = Doubt("Wrong verdict", "doubt")
ABOUT_WORDS = Doubt("Something is wrong", "wrong")


@dataclass(frozen=True, slots=True)
class Control:
    """A button: ``press`` is what pressing it does (a custom id), ``link`` where it leads."""

    label: str
    press: str | None = None
    link: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent: text, embeds, the buttons below, files (name, content), more messages."""

    content: str = ""
    embeds: tuple[discord.Embed, ...] = ()
    controls: tuple[Control, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    more: tuple[Reply, ...] = ()


def render_outcome(outcome: Outcome, *, plain: bool = False) -> Reply:
    """The reply to a query; ``plain`` is without embeds."""
    if outcome.kind == "nothing":
        return render_nothing(outcome, "No official on record answers this.", plain=plain)
    if outcome.kind == "closest":
        cards = [make_card(match) for match in outcome.matches]
        names = [UNCERTAIN] * len(cards)
        reply = render_list(_opening(outcome, plain), cards, names, plain=plain)
        # Plain, it stands below the first of several messages, which alone repeats the query.
        label = f"None of the {1 + len(reply.more)}" if reply.more else "None of these"
        none = Control(label, press="none:these", row=SHOWN)
        return replace(reply, controls=(*reply.controls, none))
    first, *others = outcome.matches
    card = make_card(first)
    controls = [Control("In context", press=f"context:{card.id}")]
    if others:
        ids = join_ids([other.quote.id for other in others[:SHOWN]])
        controls.append(Control("Other matches", press=f"others:{ids}"))
    controls += quote_controls(card)
    if plain:
        return Reply(plain_card(card, _opening(outcome, plain)), controls=tuple(controls))
    embed = render_card(card, COLOURS["quoted"])
    return Reply(_opening(outcome, plain), (embed,), tuple(controls))


def render_named(card: Card, *, plain: bool = False) -> Reply:
    """The reply to the id of a quote."""
    opening = f"**The words of quote {card.id}**"
    context = Control("In context", press=f"context:{card.id}")
    controls = (context, *quote_controls(card, doubt=ABOUT_WORDS))
    if plain:
        return Reply(plain_card(card, opening), controls=controls)
    return Reply(opening, (render_card(card, NEUTRAL),), controls)


def render_list(
    content: str,
    cards: Sequence[Card],
    names: Sequence[str],
    *,
    colour: int = COLOURS["closest"],
    plain: bool = False,
) -> Reply:
    """Up to three cards to choose from, under a line of text; plain: a message each.

    Args:
        content: what stands above them.
        cards: what to show.
        names: what each of them is, beside its number: seen even where one stands alone.
        colour: of the bars at their sides.
        plain: without embeds.
    """
    if plain:
        return _plain_list(content, cards, names)
    embeds = []
    controls: list[Control] = []
    for number, (card, name) in enumerate(zip(cards[:SHOWN], names, strict=False), 1):
        embeds.append(render_card(card, colour, title=f"{number}. {name}"))
        row = number - 1
        controls.append(Control(f"{number} in context", press=f"context:{card.id}", row=row))
        controls += _source(card, f"{number} source", row)
    return Reply(content, tuple(embeds), tuple(controls))


def _plain_list(content: str, cards: Sequence[Card], names: Sequence[str]) -> Reply:
    replies = []
    for number, (card, name) in enumerate(zip(cards[:SHOWN], names, strict=False), 1):
        context = Control(f"{number} in context", press=f"context:{card.id}")
        text = plain_card(card, "" if number > 1 else content, f"{number}. {name}")
        replies.append(Reply(text, controls=(context, *_source(card, f"{number} source"))))
    first, *more = replies
    return replace(first, more=tuple(more))


def quote_controls(card: Card, row: int = 0, doubt: Doubt = ABOUT_ANSWER) -> list[Control]:
    """What can be done with any quote; ``doubt`` is how it can be found wrong."""
    return [
        Control("Cite", press=f"cite:text:{card.id}", row=row),
        Control(doubt.label, press=f"{doubt.action}:{card.id}", row=row),
        *_source(card, "Source", row),
    ]


def join_ids(ids: Sequence[str]) -> str:
    """As many of the quote ids as a button can carry beside what it does."""
    kept = list(ids)
    while len(joined := ",".join(kept)) > PRESS_WIDTH - 20:
        kept.pop()
    return joined


def render_card(card: Card, colour: int, *, title: str | None = None) -> discord.Embed:
    """The embed of one card; every fact of the card is in it.

    Args:
        card: what to show.
        colour: of the bar at its side; it only repeats what the words say.
        title: for one of several, which are told apart by what was asked: that comes first then.
    """
    rooms = _ONE if title is None else _THREE
    facts = dict(card.facts)
    asked = fit_end(card.asked, rooms.asked)
    lines = [
        f"> {fit(card.quote, rooms.quote - 2)}",
        f"— **{fit_line(card.speaker, rooms.speaker)}**, {tell_day(facts.pop('Date'))}",
    ]
    told = [f"Title: {fit_line(facts.pop('Title'), rooms.title)}"]
    told += [f"{name}: {fit_line(fact, rooms.fact)}" for name, fact in facts.items()]
    embed = discord.Embed(colour=colour, title=title)
    if title is None:
        embed.add_field(name="Asked", value=asked, inline=False)
        embed.add_field(name="Source", value="\n".join(told), inline=False)
    else:
        lines = [f"Asked: {asked}", *lines, f"-# {' · '.join(told)}"]
    embed.description = "\n".join(lines)
    if card.caveats:
        embed.add_field(
            name="Note", value=fit_line(" ".join(card.caveats), rooms.caveats), inline=False
        )
    return embed.set_footer(text=f"Quote {card.id}")


def link_for_button(link: str | None) -> str | None:
    """``link`` as a button can carry it: without its fragment if it is too long, else None."""
    if link is None or width(link) <= LINK_WIDTH:
        return link
    page = link.partition("#")[0]
    return page if width(page) <= LINK_WIDTH else None


def _source(card: Card, label: str, row: int = 0) -> list[Control]:
    link = link_for_button(card.link)
    return [] if link is None else [Control(label, link=link, row=row)]


def _opening(outcome: Outcome, plain: bool) -> str:
    query_room, notes_room = (120, 180) if plain else (400, 1000)
    lines = [
        f"**{HEADINGS[outcome.kind]}**",
        f"{QUERY_LINE}{fit_line(outcome.query, query_room)}",
    ]
    notes = fit_line(" ".join(outcome.notes), notes_room)
    return "\n".join([*lines, f"-# {notes}"] if notes else lines)


def render_nothing(outcome: Outcome, why: str, *, plain: bool = False) -> Reply:
    """The reply where nothing is on record; ``why`` is a sentence."""
    said = (
        f"{why} They may have spoken of it elsewhere: only the transcripts on record were"
        " searched. Try other words, or see /sources."
    )
    heading = "Nearest questions on record"
    topics = "\n".join(f"- {fit_line(topic, 180)}" for topic in outcome.topics[:TOPICS])
    opening = _opening(outcome, plain)
    if plain:
        lines = [opening, said, *([f"{heading}:", topics] if topics else [])]
        return Reply("\n".join(lines))
    embed = discord.Embed(colour=COLOURS["nothing"], description=said)
    if topics:
        embed.add_field(name=heading, value=topics, inline=False)
    return Reply(opening, (embed,))
