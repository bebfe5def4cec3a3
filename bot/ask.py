"""/ask: the official's own words, or nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
from dataclasses import replace
from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, Transform

from bot.actions import is_plain, show_named
from bot.client import Interaction
from bot.days import FirstDay, LastDay
from bot.narrowing import tell_narrowing, telling_choice
from bot.render import Reply, render_outcome
from bot.share import offer_to_all
from bot.state import StateError
from bot.suggest import CHOICES, offer, suggest_publishers, suggest_speakers
from bot.views import reply_when
from corpus.errors import QueryError
from corpus.match import answer_query, suggest_queries
from corpus.model import Filters
from corpus.text import fold_space

_QUOTE_ID = re.compile(r"(?i:\s*(?:quote\s+)?)([0-9a-f]{12}-\d{1,9}-\d{1,9})\s*")

_QUOTATION = re.compile(r"[“\"][^“”\"]{8,}[”\"]")
_CHECK = "Whether words were really said, /verify tells."

log = logging.getLogger(__name__)


@app_commands.command(description="What officials said about it, in their own words, with source")
@app_commands.describe(
    query="What you want to know, in your own words; or the id of a quote",
    speaker="Only words of this official (name, surname or role)",
    publisher="Only from transcripts of this publisher",
    after="Only of this day or later: 2022-01-31, 2022-01 or 2022",
    before="Only of this day or earlier: 2022-01-31, 2022-01 or 2022",
    private="Show the reply only to you",
)
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def ask(  # noqa: PLR0913, PLR0917 - the options that Discord shows
    interaction: Interaction,
    query: str,
    speaker: Range[str, 1, 200] | None = None,
    publisher: Range[str, 1, 200] | None = None,
    after: Transform[dt.date, FirstDay] | None = None,
    before: Transform[dt.date, LastDay] | None = None,
    private: bool = False,
) -> None:
    """Answer a query."""
    if after and before and after > before:
        raise QueryError("“after” is later than “before”; nothing can be in between.")
    filters = Filters(speaker=speaker, after=after, before=before, publisher=publisher)
    await answer(interaction, query, filters, private=private)


@app_commands.context_menu(name="Find the official answer")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def find_answer(interaction: Interaction, message: discord.Message) -> None:
    """Take a message for a query; only the one who asked sees the reply."""
    if not message.content.strip():
        raise QueryError("This message holds no text to look for.")
    await answer(interaction, message.content, Filters(), private=True)


async def answer(interaction: Interaction, query: str, filters: Filters, *, private: bool) -> None:
    """Reply to a query as the server and the person like it."""
    client, server = interaction.client, interaction.guild_id
    private = private or client.standing.keeps_private(interaction.user, server)
    missed = False

    def work() -> Reply:
        nonlocal missed
        if named := _QUOTE_ID.fullmatch(query):
            reply = show_named(interaction, named[1])
            return offer_to_all(interaction, reply, private=private)
        client.standing.refresh()
        narrowed = client.standing.narrow(filters, server)
        search = partial(answer_query, client.record, query, narrowed)
        with telling_choice(narrowed, filters):
            outcome = client.figures.asks.run(search, lambda found: [found.kind])
        outcome = client.standing.withdrawals.hide_in_outcome(outcome)
        told = (*tell_narrowing(narrowed, filters), *outcome.notes, *_advise(query))
        outcome = replace(outcome, notes=told)
        missed = outcome.kind == "nothing"
        reply = render_outcome(outcome, plain=is_plain(interaction))
        return offer_to_all(interaction, reply, private=private)

    with client.replying():
        await reply_when(interaction, partial(client.search, work), private=private)
        if missed:
            await keep_unanswered(interaction, query)


async def keep_unanswered(interaction: Interaction, query: str) -> None:
    """Keep a query that got nothing; failing to costs nobody anything.

    It is for after the reply, since a busy disk takes seconds, and one at a time, since several
    that write would only wait for each other and give up.
    """
    client, user = interaction.client, interaction.user.id
    async with client.noting:
        try:
            await asyncio.to_thread(client.state.note_unanswered, user, fold_space(query)[:400])
        except StateError as error:
            log.warning("an unanswered query was not kept: %s", error)


def _advise(query: str) -> tuple[str, ...]:
    return (_CHECK,) if _QUOTATION.search(query) else ()


@ask.autocomplete("query")
async def suggest(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Questions on record that go with what is typed; free text is welcome all the same."""
    return await offer(partial(suggest_queries, interaction.client.record, typed, CHOICES))


ask.autocomplete("speaker")(suggest_speakers)
ask.autocomplete("publisher")(suggest_publishers)
