"""/about: what this is, what it holds, and how its quotes are kept honest."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import discord
from discord import app_commands

from bot.actions import is_plain
from bot.client import Interaction
from bot.escape import fit
from bot.lists import count
from bot.render import Reply
from bot.views import reply_after
from corpus.record import Record
from corpus.store import StoredTranscript

_PROMISE = (
    "Ask with **/ask**. You get an official's own words, what they were asked, the date and the"
    " source, or you are told that nothing is on record. Nothing is paraphrased, nothing guessed;"
    " what is left out is marked […].\n"
    "**/verify** tells whether somebody really said something, **/timeline** what was said on a"
    " topic in order of date, **/sources** what is on record. **/replies** turns boxes into text.\n"
    "A message's menu has, under *Apps*, **Find the official answer** and **Check this quote**."
)
_PRIVACY = (
    "Messages are not read and nobody is mentioned. What you ask is stored without your name, and"
    " only where nothing is found, for a limited time, or where you say that a reply is wrong,"
    " until somebody has looked at it. **/privacy** shows and erases it."
)


@app_commands.command(description="What this bot is and which transcripts it quotes from")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def about(interaction: Interaction) -> None:
    """Say what this is."""
    record = interaction.client.record

    def work() -> Reply:
        return render_about(record, plain=is_plain(interaction))

    await reply_after(interaction, work, private=True)


def render_about(record: Record, *, plain: bool = False) -> Reply:
    """What is on record, in a few lines; ``plain`` is without an embed."""
    with record.reading() as reader:
        stored = reader.transcripts()
    publishers = sorted({each.source.publisher for each in stored if each.source.publisher})
    parts = [("On record", _count(stored))]
    parts += [("Publishers", fit(" · ".join(publishers), 600))] if publishers else []
    parts += [("Privacy", _PRIVACY)]
    if plain:
        told = [f"**{name}**: {part}" for name, part in parts]
        return Reply("\n".join([f"**Onrecord** {_version()}", _PROMISE, *told]))
    embed = discord.Embed(title="Onrecord", description=_PROMISE, colour=0x2E7D32)
    for name, part in parts:
        embed.add_field(name=name, value=part, inline=False)
    return Reply(embeds=(embed.set_footer(text=f"Onrecord {_version()}"),))


def _count(stored: list[StoredTranscript]) -> str:
    exchanges = sum(each.exchanges for each in stored)
    dates = [each.source.date for each in stored if each.source.date]
    counted = f"{count(len(stored), 'transcript')}, {count(exchanges, 'exchange')}"
    if not dates:
        return counted
    return f"{counted}, from {min(dates):%-d %B %Y} to {max(dates):%-d %B %Y}"


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:  # run from a checkout
        return "from a checkout"
