"""/about: what this is, what it holds, and how its quotes are kept honest."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import discord
from discord import app_commands

from bot.client import Interaction
from bot.escape import fit
from bot.render import Reply
from bot.views import reply_after
from corpus.store import Record, StoredTranscript

_PROMISE = (
    "Ask with **/ask**. You get an official's own words, what they were asked, the date and the"
    " source, or you are told that nothing is on record. Nothing is paraphrased, nothing guessed;"
    " what is left out is marked […].\n"
    "**/verify** tells whether somebody really said something, **/timeline** what was said on a"
    " topic in order of date, **/sources** what is on record. **/replies** turns boxes into text."
)
_PRIVACY = (
    "Messages are not read and nobody is mentioned. What you ask is not stored, except, without"
    " your name and for a limited time, what nothing was found for. **/privacy** shows and erases."
)


@app_commands.command(description="What this bot is and which transcripts it quotes from")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def about(interaction: Interaction) -> None:
    """Say what this is."""
    record = interaction.client.record
    await reply_after(interaction, lambda: render_about(record), private=True)


def render_about(record: Record) -> Reply:
    """What is on record, in a few lines."""
    with record.reading() as reader:
        stored = reader.transcripts()
    embed = discord.Embed(title="Onrecord", description=_PROMISE, colour=0x2E7D32)
    embed.add_field(name="On record", value=_count(stored), inline=False)
    publishers = sorted({each.source.publisher for each in stored if each.source.publisher})
    if publishers:
        embed.add_field(name="Publishers", value=fit(" · ".join(publishers), 1000), inline=False)
    embed.add_field(name="Privacy", value=_PRIVACY, inline=False)
    embed.set_footer(text=f"Onrecord {_version()}")
    return Reply(embeds=(embed,))


def _count(stored: list[StoredTranscript]) -> str:
    exchanges = sum(each.exchanges for each in stored)
    dates = [each.source.date for each in stored if each.source.date]
    counted = f"{len(stored):,} transcripts, {exchanges:,} exchanges"
    if not dates:
        return counted
    return f"{counted}, from {min(dates):%-d %B %Y} to {max(dates):%-d %B %Y}"


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:  # run from a checkout
        return "of a checkout"
