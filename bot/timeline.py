"""/timeline: what was said on a topic, in order of date; verbatim, and nothing told about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Range, Transform

from bot.actions import is_plain, query_above
from bot.ask import keep_unanswered
from bot.browse import filter_lines, read_shown_filters
from bot.client import Interaction, OnrecordClient
from bot.days import FirstDay, LastDay
from bot.escape import MESSAGE_WIDTH, fit, fit_end, fit_line, unescape, width
from bot.lists import count
from bot.narrowing import telling_choice
from bot.pages import page_turns
from bot.plain import tell_day
from bot.render import QUERY_LINE, Control, Reply, link_for_button, render_nothing
from bot.share import offer_to_all
from bot.suggest import suggest_publishers, suggest_speakers
from bot.views import change_after, reply_after, reply_when
from corpus.card import Card, make_card
from corpus.model import Filters, Outcome
from corpus.timeline import Timeline, trace_topic

_HEADING = "**On record, in order of date**"
_PARTIAL = "Only what clearly speaks of it; /ask finds more."
_NOTHING = "No official on record clearly speaks of this; /ask shows what comes close."
_ON_A_PAGE = 4
_ON_A_PLAIN_PAGE = 2
_USUAL_OPENING = 600  # of the 2,000 of a message; long filters leave room for one passage only
_COLOUR = 0x2E7D32
_QUERY_ROOM = 420  # the longest query, every character of it escaped


@app_commands.command(description="What was said on a topic, in order of date, word for word")
@app_commands.describe(
    query="The topic, in a few words",
    speaker="Only words of this official (name, surname or role)",
    publisher="Only from transcripts of this publisher",
    after="Only of this day or later: 2022-01-31, 2022-01 or 2022",
    before="Only of this day or earlier: 2022-01-31, 2022-01 or 2022",
    private="Show the reply only to you",
)
@app_commands.autocomplete(publisher=suggest_publishers, speaker=suggest_speakers)
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def timeline(  # noqa: PLR0913, PLR0917 - the options that Discord shows
    interaction: Interaction,
    query: Range[str, 1, 200],
    speaker: Range[str, 1, 100] | None = None,
    publisher: Range[str, 1, 100] | None = None,
    after: Transform[dt.date, FirstDay] | None = None,
    before: Transform[dt.date, LastDay] | None = None,
    private: bool = False,
) -> None:
    """Show the first page of a topic."""
    client, server = interaction.client, interaction.guild_id
    filters = Filters(speaker=speaker, after=after, before=before, publisher=publisher)
    missed = False

    def work() -> Reply:
        nonlocal missed
        client.standing.refresh()
        narrowed = client.standing.narrow(filters, server)
        trace = partial(_trace, client, query, narrowed)
        with telling_choice(narrowed, filters):
            traced = client.figures.timelines.run(trace, _tell_whether_found)
        missed = not traced.moments
        reply = render_timeline(traced, narrowed, 0, plain=is_plain(interaction))
        return offer_to_all(interaction, reply, private=private)

    private = private or client.standing.keeps_private(interaction.user, server)
    with client.replying():
        await reply_when(interaction, partial(client.search, work), private=private)
        if missed:
            await keep_unanswered(interaction, query)


async def turn_timeline(interaction: Interaction, number: str) -> None:
    """Another page: in place of the one shown to the one who asked, beside it to others."""
    message = interaction.message
    query = unescape(query_above(interaction))
    filters = read_shown_filters(message.content if message else "")

    def work() -> Reply:
        interaction.client.standing.refresh()
        traced = _trace(interaction.client, query, filters)
        return render_timeline(traced, filters, int(number), plain=is_plain(interaction))

    asked = message.interaction_metadata if message else None
    if asked is None or asked.user.id == interaction.user.id:
        await change_after(interaction, work)
    else:
        await reply_after(interaction, work, private=True)


def _tell_whether_found(traced: Timeline) -> list[str]:
    return ["found" if traced.moments else "nothing"]


def _trace(client: OnrecordClient, query: str, filters: Filters) -> Timeline:
    traced = trace_topic(client.record, query, filters)
    shown = tuple(
        each for each in traced.moments if client.standing.withdrawals.allows(each.quote.id)
    )
    return replace(traced, moments=shown)


def render_timeline(
    traced: Timeline, filters: Filters, number: int, *, plain: bool = False
) -> Reply:
    """One page of a topic, from 0; ``plain`` is without an embed."""
    if not traced.moments:
        outcome = Outcome(traced.query, "nothing", (), traced.topics, traced.notes)
        return render_nothing(outcome, _NOTHING, plain=plain)
    opening = _open(traced, filters)
    size = _ON_A_PAGE
    if plain:
        size = _ON_A_PLAIN_PAGE if width(opening) <= _USUAL_OPENING else 1
    pages = -(-len(traced.moments) // size)
    number = min(number, pages - 1)
    first = number * size
    cards = [make_card(each) for each in traced.moments[first : first + size]]
    passages = count(len(traced.moments), "passage")
    heading = f"{_HEADING}: {passages}, page {number + 1} of {pages}"
    controls = (*_controls(cards, first), *page_turns("timeline", number, pages, row=2))
    if plain:
        left = MESSAGE_WIDTH - width(f"{heading}\n{opening}")
        text = _render_cards(cards, first, _within(left // len(cards) - 2))
        return Reply(f"{heading}\n{opening}\n\n{text}", controls=controls)
    embed = discord.Embed(colour=_COLOUR, description=_render_cards(cards, first, _Rooms()))
    return Reply(f"{heading}\n{opening}", (embed,), controls)


def _open(traced: Timeline, filters: Filters) -> str:
    undated = sum(each.quote.citation.source.date is None for each in traced.moments)
    notes = [_PARTIAL, *traced.notes]
    if undated:
        notes.append(f"{undated} without a recorded date: at the end.")
    lines = [f"{QUERY_LINE}{fit_line(traced.query, _QUERY_ROOM)}", *filter_lines(filters)]
    return "\n".join([*lines, *(f"-# {fit_line(note, 100)}" for note in notes)])


@dataclass(frozen=True, slots=True)
class _Rooms:
    """Widths of the parts of one passage; four make far less than the 4,096 of an embed."""

    quote: int = 350
    speaker: int = 100
    asked: int = 120
    title: int = 90
    fact: int = 45
    caveats: int = 90


_MARKS = 165  # number, date, id, names and Markdown of one passage


def _within(room: int) -> _Rooms:
    """Widths for a passage that has ``room`` in all."""
    rooms = _Rooms(speaker=70, asked=100, title=60, fact=30, caveats=60)
    rest = rooms.speaker + rooms.asked + rooms.title + 2 * rooms.fact + rooms.caveats + _MARKS
    return replace(rooms, quote=room - rest)


def _render_cards(cards: Sequence[Card], first: int, rooms: _Rooms) -> str:
    return "\n\n".join(_render_card(card, first + at, rooms) for at, card in enumerate(cards, 1))


def _render_card(card: Card, number: int, rooms: _Rooms) -> str:
    """A passage under its date; every fact of the card is in it."""
    facts = dict(card.facts)
    day = tell_day(fit_line(facts.pop("Date"), 40))
    source = [f"Title: {fit_line(facts.pop('Title'), rooms.title)}"]
    source += [f"{name}: {fit_line(fact, rooms.fact)}" for name, fact in facts.items()]
    lines = [
        f"**{number}. {day[0].upper()}{day[1:]}**",
        f"> {fit(card.quote, rooms.quote)}",
        f"— **{fit_line(card.speaker, rooms.speaker)}**",
        f"-# Asked: {fit_end(card.asked, rooms.asked)}",
        f"-# {' · '.join(source)}",
    ]
    if card.caveats:
        lines.append(f"-# Note: {fit_line(' '.join(card.caveats), rooms.caveats)}")
    return "\n".join([*lines, f"-# Quote {card.id}"])


def _controls(cards: Sequence[Card], first: int) -> list[Control]:
    numbered = list(enumerate(cards, first + 1))
    contexts = [Control(f"{at} in context", press=f"context:{card.id}") for at, card in numbered]
    links = [(at, link_for_button(card.link)) for at, card in numbered]
    return [*contexts, *(Control(f"{at} source", link=link, row=1) for at, link in links if link)]
