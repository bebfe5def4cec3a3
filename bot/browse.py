"""/sources: the transcripts on record, to browse and to read."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

from discord import app_commands
from discord.app_commands import Range, Transform

from bot.actions import is_plain
from bot.client import GoneError, Interaction
from bot.days import FirstDay, LastDay
from bot.escape import escape, fit, unescape
from bot.lists import count
from bot.pages import page_turns, render_transcript
from bot.render import Control, Reply
from bot.suggest import suggest_publishers, suggest_speakers
from bot.views import change_after, reply_after
from corpus.filters import narrow_search
from corpus.model import Filters
from corpus.postings import transcripts_of
from corpus.record import Record
from corpus.store import StoredTranscript
from corpus.text import fold_space

_ON_A_PAGE = 5
_LIST_HEADING = "**Transcripts on record:"


@app_commands.command(description="The transcripts on record, to browse and to read")
@app_commands.describe(
    publisher="Only those of this publisher",
    speaker="Only those in which this official speaks",
    after="Only of this day or later: 2022-01-31, 2022-01 or 2022",
    before="Only of this day or earlier: 2022-01-31, 2022-01 or 2022",
)
@app_commands.autocomplete(publisher=suggest_publishers, speaker=suggest_speakers)
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def sources(
    interaction: Interaction,
    publisher: Range[str, 1, 200] | None = None,
    speaker: Range[str, 1, 200] | None = None,
    after: Transform[dt.date, FirstDay] | None = None,
    before: Transform[dt.date, LastDay] | None = None,
) -> None:
    """List what is on record."""
    filters = Filters(speaker=speaker, after=after, before=before, publisher=publisher)
    record = interaction.client.record
    await reply_after(interaction, lambda: render_sources(record, filters, 0), private=True)


async def turn_sources(interaction: Interaction, number: str) -> None:
    """Another page of the list, in place of the one shown."""
    content = interaction.message.content if interaction.message else ""
    record = interaction.client.record
    work = partial(render_sources, record, read_shown_filters(content), int(number))
    await change_after(interaction, work)


async def read_transcript(interaction: Interaction, argument: str) -> None:
    """One page of a transcript; the first opens beside the list, the others in its place."""
    sha256, _, number = argument.partition(":")
    client = interaction.client

    def work() -> Reply:
        client.standing.refresh()
        with client.record.reading() as reader:
            keys = reader.transcript_keys(sha256)
            if not keys:
                raise GoneError("This transcript is no longer on record; /sources lists what is.")
            transcript, replaced = reader.transcript(keys[0]), reader.superseded_on(keys[0])
        hidden = client.standing.withdrawals.spans(transcript.source.sha256)
        plain = is_plain(interaction)
        return render_transcript(transcript, int(number), replaced, plain=plain, hidden=hidden)

    listed = interaction.message and interaction.message.content.startswith(_LIST_HEADING)
    await (
        reply_after(interaction, work, private=True) if listed else change_after(interaction, work)
    )


def render_sources(record: Record, filters: Filters, number: int) -> Reply:
    """One page of the list of transcripts, newest first, from 0.

    Raises:
        QueryError: a filter fits nobody and nothing.
    """
    with record.reading() as reader:
        narrowing, undated = narrow_search(reader.connection, filters)
        stored = reader.transcripts()
        if narrowing.officials is not None:
            spoken = transcripts_of(reader.connection, narrowing.officials)
            stored = [each for each in stored if each.key in spoken]
    if narrowing.transcripts is not None:
        stored = [each for each in stored if each.key in narrowing.transcripts]
    stored.sort(key=lambda each: each.source.date or dt.date.min, reverse=True)
    pages = max(1, -(-len(stored) // _ON_A_PAGE))
    number = min(number, pages - 1)
    shown = stored[number * _ON_A_PAGE :][:_ON_A_PAGE]
    lines = [f"{_LIST_HEADING} {len(stored):,}**, page {number + 1} of {pages}"]
    lines += filter_lines(filters)
    if undated:
        lines.append(f"-# {undated} without a date left out")
    lines += [line for at, each in enumerate(shown, 1) for line in _list_lines(each, at)]
    controls = [
        Control(f"Read {at}", press=f"read:{each.source.sha256[:12]}:0")
        for at, each in enumerate(shown, 1)
    ]
    turns = page_turns("sources", number, pages, row=1)
    return Reply("\n".join(lines), controls=(*controls, *turns))


def read_shown_filters(content: str) -> Filters:
    """The filters that a page of the list repeats, as ``render_sources`` wrote them."""
    shown = dict(re.findall(r"^-# (\w+): (.*)$", content, re.MULTILINE))
    texts = {name: unescape(value) for name, value in shown.items()}
    days = {
        name: dt.date.fromisoformat(texts[name]) if name in texts else None
        for name in ("After", "Before")
    }
    return Filters(texts.get("Speaker"), days["After"], days["Before"], texts.get("Publisher"))


def filter_lines(filters: Filters) -> list[str]:
    """Filters as a page of the list repeats them."""
    stated = (
        ("Publisher", filters.publisher),
        ("Speaker", filters.speaker),
        ("After", filters.after and filters.after.isoformat()),
        ("Before", filters.before and filters.before.isoformat()),
    )
    return [f"-# {name}: {escape(fold_space(value))}" for name, value in stated if value]


def _list_lines(stored: StoredTranscript, number: int) -> tuple[str, str]:
    source = stored.source
    date = f"{source.date:%-d %B %Y}" if source.date else "date not recorded"
    title = fold_space(source.title) if source.title else f"Title not recorded ({source.file})"
    publisher = source.publisher or "publisher not recorded"
    return (
        f"**{number}. {fit(title, 160)}**",
        f"-# {date} · {fit(fold_space(publisher), 60)} · {count(stored.exchanges, 'exchange')}",
    )
