"""/record: for those who keep the record. The bot checks who they are, whatever Discord shows."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.client import Interaction, OnrecordClient
from bot.curate import preview_attachment, remove_transcript, suggest_documents
from bot.doctor import examine_discord, find_undated, missing_permissions
from bot.kept import Audited
from bot.lists import count, render_lines
from bot.render import Reply
from bot.reports import render_reload
from bot.review import render_flagged, render_unanswered, withdraw_quote
from bot.views import reply_after, reply_when
from corpus.record import Record


class RecordCommands(app_commands.Group):
    """The commands of those who keep the record."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """Whether this person may; the sentence says who may.

        Raises:
            NotAllowedError: they may not.
        """
        interaction.client.require_curator(interaction.user)
        return True


record = RecordCommands(
    name="record",
    description="For those who keep the record",
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
)


@record.command(description="Read the transcripts again and put the new record in place")
async def reload(interaction: Interaction) -> None:
    """Build a new record beside the old one, swap, and say what changed."""
    client, user = interaction.client, interaction.user.id

    def work() -> Reply:
        client.state.audit(user, "reload")
        return render_reload(client)

    await reply_after(interaction, work, private=True)


@record.command(description="What is on record, and what needs looking at")
async def status(interaction: Interaction) -> None:
    """Say how the record and the connection are."""
    client = interaction.client

    async def coming() -> Reply:
        findings = [str(each) for each in await examine_discord(client, client.tree)]
        here = missing_permissions(interaction.app_permissions) if interaction.guild_id else []
        lines = [
            *_connection(client),
            *findings,
            f"Permissions missing here: {', '.join(here) or 'none'}",
        ]
        return await asyncio.to_thread(render_status, client.record, lines)

    await reply_when(interaction, coming, private=True)


@record.command(description="What people asked in vain, grouped, without names")
async def unanswered(interaction: Interaction) -> None:
    """List what is missing."""
    client = interaction.client
    await reply_after(interaction, lambda: render_unanswered(client), private=True)


@record.command(description="Quotes that people found wrong, to keep or to withdraw")
async def flagged(interaction: Interaction) -> None:
    """List what people found wrong."""
    client = interaction.client
    await reply_after(interaction, lambda: render_flagged(client), private=True)


@record.command(description="Take a quote out of everything that is shown")
@app_commands.describe(
    quote="The quote's id, as it stands under it", reason="Shown in place of the quote"
)
async def withdraw(
    interaction: Interaction, quote: Range[str, 1, 60], reason: Range[str, 3, 300]
) -> None:
    """Withdraw a quote."""
    await withdraw_quote(interaction, quote.strip(), reason)


@record.command(description="Preview a transcript, then take it on record")
@app_commands.describe(
    file="The document: text, Markdown, HTML, XML or PDF",
    title="Its title as published",
    date="When it was said, as 2022-01-31",
    publisher="Who publishes it",
    place="Where it was said",
    url="Where it is published",
)
async def add(  # noqa: PLR0913, PLR0917 - the options that Discord shows
    interaction: Interaction,
    file: discord.Attachment,
    title: Range[str, 1, 300] | None = None,
    date: Range[str, 4, 10] | None = None,
    publisher: Range[str, 1, 200] | None = None,
    place: Range[str, 1, 200] | None = None,
    url: Range[str, 8, 1000] | None = None,
) -> None:
    """Preview a transcript."""
    stated = {"title": title, "date": date, "publisher": publisher, "place": place, "url": url}
    given = {key: value for key, value in stated.items() if value}
    await preview_attachment(interaction, file, given)


@record.command(description="Set a transcript aside: it is no longer on record, nor erased")
@app_commands.describe(file="Its file's name, in the first of the bot's own folders")
@app_commands.autocomplete(file=suggest_documents)
async def remove(interaction: Interaction, file: Range[str, 1, 130]) -> None:
    """Remove a transcript."""
    await remove_transcript(interaction, file)


@record.command(description="How this bot is set up, and the last changes that people made")
async def settings(interaction: Interaction) -> None:
    """Show settings and changes."""
    client = interaction.client
    await reply_after(interaction, lambda: render_settings(client), private=True)


def render_settings(client: OnrecordClient) -> Reply:
    """The settings that concern curators, and the last changes."""
    chosen = client.settings
    lines = [
        f"Folders of transcripts: {len(chosen.folders) or 'those of the last load'}",
        f"Curators: {count(len(chosen.curators), 'person', 'people')},"
        f" {count(len(chosen.curator_roles), 'role')}",
        f"Unanswered queries: kept {count(chosen.unanswered_days, 'day')}, shown from"
        f" {count(chosen.unanswered_people, 'person', 'people')}",
        f"Servers with choices of their own: {len(client.state.servers())}",
        f"Withdrawn quotes: {len(client.state.withdrawn())}",
        *map(_tell_change, client.state.audited()),
    ]
    return render_lines("Settings and changes", lines, "settings.txt")


def _tell_change(change: Audited) -> str:
    return f"{_tell_time(change.at)}: {change.action} {change.detail}".rstrip()


def _tell_time(at: str) -> str:
    return f"{dt.datetime.fromisoformat(at):%-d %B %Y, %H:%M} UTC"


def render_status(record: Record, lines: Sequence[str]) -> Reply:
    """What is on record, with what a curator should look at."""
    with record.reading() as reader:
        stored, said = reader.transcripts(), reader.about()
    noticed = [
        f"{each.source.file}{'' if notice.line is None else f', line {notice.line}'}: {notice.text}"
        for each in stored
        for notice in each.notices
    ]
    built = f"Built {_tell_time(said['built_on']) if 'built_on' in said else 'at an unknown time'}"
    told = [built, *lines, *map(str, find_undated(record)), *noticed]
    exchanges = sum(each.exchanges for each in stored)
    heading = f"{count(len(stored), 'transcript')}, {count(exchanges, 'exchange')} on record"
    return render_lines(heading, told, "status.txt")


def _connection(client: OnrecordClient) -> list[str]:
    shards, whole = len(client.shards), client.shard_count or 1
    of = "" if shards == whole else f" of {whole}, the others are other processes'"
    return [f"In {count(len(client.guilds), 'server')} over {count(shards, 'connection')}{of}"]
