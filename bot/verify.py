"""/verify and *Check this quote*: did they really say this?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.actions import is_plain
from bot.client import Interaction
from bot.narrowing import tell_narrowing, telling_choice
from bot.render import Reply
from bot.share import offer_to_all
from bot.suggest import suggest_speakers
from bot.verdicts import Judged, render_verdicts
from bot.views import reply_when
from corpus.errors import QueryError
from corpus.model import Filters
from corpus.verdict import Verdict
from corpus.verdict_card import make_verdict_card
from corpus.verify import verify_message


@app_commands.command(description="Did they really say this? A purported quote, word by word")
@app_commands.describe(
    quote="The quote, or a message that holds quotations",
    speaker="To whom it is put (name, surname or role)",
    private="Show the reply only to you",
)
@app_commands.autocomplete(speaker=suggest_speakers)
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def verify(
    interaction: Interaction,
    quote: str,
    speaker: Range[str, 1, 200] | None = None,
    private: bool = False,
) -> None:
    """Check a purported quote."""
    await check(interaction, quote, speaker, private=private)


@app_commands.context_menu(name="Check this quote")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def check_message(interaction: Interaction, message: discord.Message) -> None:
    """Check the quotations of a message; only the one who asked sees the reply."""
    shown = [message.content, *(embed.description or "" for embed in message.embeds)]
    text = "\n\n".join(part for part in shown if part.strip())
    if not text:
        raise QueryError("This message holds no text to check.")
    await check(interaction, text, None, private=True)


async def check(interaction: Interaction, text: str, speaker: str | None, *, private: bool) -> None:
    """Reply with the verdicts on a text."""
    client, server = interaction.client, interaction.guild_id
    private = private or client.standing.keeps_private(interaction.user, server)

    def work() -> Reply:
        standing = client.standing
        standing.refresh()
        filters = replace(standing.narrow(Filters(), server), speaker=speaker)
        search = partial(verify_message, client.record, text, filters)
        with telling_choice(filters, Filters(speaker=speaker)):
            verdicts = client.figures.verifies.run(search, partial(map, _name_verdict))
        shown = [standing.withdrawals.hide_in_verdict(verdict) for verdict in verdicts]
        judged = [Judged(verdict, make_verdict_card(verdict)) for verdict in shown]
        told = tell_narrowing(filters, Filters(speaker=speaker))
        note = " ".join(told) if filters.publisher else ""  # of a speaker each verdict tells
        reply = render_verdicts(judged, note, plain=is_plain(interaction))
        return offer_to_all(interaction, reply, private=private)

    await reply_when(interaction, partial(client.search, work), private=private)


def _name_verdict(verdict: Verdict) -> str:
    return "too_short" if verdict.too_short else verdict.verdict
