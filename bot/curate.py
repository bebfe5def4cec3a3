"""/record add and remove: a transcript is previewed before it is taken, set aside, never erased."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import discord
import tomli_w
from discord.app_commands import Choice

from bot.client import Interaction, OnrecordClient
from bot.escape import fit_line
from bot.lists import count
from bot.render import Control, Reply
from bot.reports import render_reload
from bot.suggest import holding, offer
from bot.views import reply_after, reply_when
from corpus.add import Preview, keep_document, preview_document
from corpus.add import state as state_metadata
from corpus.errors import QueryError
from corpus.load import DOCUMENT_SUFFIXES
from corpus.metadata import read_sidecar
from corpus.model import Source
from corpus.text import fold_space

MOST_BYTES = 8 * 1024 * 1024  # what every server lets a bot upload again, for the preview
_NAME = re.compile(r"[\w][\w.()-]{0,120}")


async def preview_attachment(
    interaction: Interaction, file: discord.Attachment, stated: Mapping[str, str]
) -> None:
    """Show how a transcript would go on record; nothing is kept yet.

    Raises:
        QueryError: it is too large, or its name can't be used.
        TranscriptError: it can't be read.
    """
    name = check_name(file.filename)
    if file.size > MOST_BYTES:
        raise QueryError(f"{name} is larger than {MOST_BYTES // 1024**2} MB; add it on the host.")
    own_folder(interaction.client)

    async def coming() -> Reply:
        return await asyncio.to_thread(render_preview, name, await file.read(), stated)

    await reply_when(interaction, coming, private=True)


def check_name(name: str) -> str:
    """A file name that stays inside its folder.

    Raises:
        QueryError: it is none.
    """
    if not _NAME.fullmatch(name):
        shown = fold_space(name)[:60]
        raise QueryError(f"“{shown}” can't be a file's name; use letters, digits, “-” and “_”.")
    return name


def own_folder(client: OnrecordClient) -> Path:
    """Where added transcripts go: the first of the settings' folders.

    Raises:
        QueryError: none is set.
    """
    if not client.settings.folders:
        raise QueryError("No folder of your own is set; set ONRECORD_FOLDERS, then add again.")
    return client.settings.folders[0]


def render_preview(name: str, content: bytes, stated: Mapping[str, str]) -> Reply:
    """What was understood of a document, with the document itself, to be taken by a button."""
    metadata = state_metadata(stated, {})
    preview = preview_document(name, content, metadata)
    files = [(name, content)]
    if stated:
        files.append((str(Path(name).with_suffix(".toml")), tomli_w.dumps(stated).encode()))
    take = Control("Take it on record", press="take:these")
    return Reply("\n".join(_preview_lines(preview)), controls=(take,), files=tuple(files))


def _preview_lines(preview: Preview) -> list[str]:
    transcript = preview.transcript
    kinds = [turn.kind for turn in transcript.turns]
    speakers = dict.fromkeys(
        fold_space(turn.speaker or turn.label)
        for turn in transcript.turns
        if turn.kind == "official"
    )
    lines = [
        f"**{fit_line(transcript.source.file, 130)}** would go on record like this:",
        *_stated_lines(transcript.source),
        f"- House style: {fit_line(transcript.style.replace('_', ' '), 60)}",
        f"- {count(len(kinds), 'turn')}, {kinds.count('official')} of officials"
        f" ({fit_line(', '.join(speakers) or 'nobody', 200)})",
        f"- Can be quoted: {count(preview.quotable, 'exchange')}",
    ]
    if preview.missing:
        lines.append(f"- Not known: {', '.join(preview.missing)}")
    if preview.unnamed:
        lines.append(f"- Without a full name: {fit_line(', '.join(preview.unnamed), 150)}")
    for exchange in preview.samples[:3]:
        asked = " ".join(transcript.said(transcript.turns[at]) for at in exchange.questions)
        said = transcript.said(transcript.turns[exchange.answers[0]])
        lines += [f"> {fit_line(asked, 150)}", f"> — {fit_line(said, 220)}"]
    return lines


def _stated_lines(source: Source) -> Iterator[str]:
    """What is known of a transcript, as its quotes will be cited."""
    for name, fact in (
        ("Title", source.title),
        ("Date", source.date and f"{source.date:%-d %B %Y}"),
        ("Publisher", source.publisher),
        ("Place", source.place),
        ("Address", source.url),
    ):
        if fact:
            yield f"- {name}: {fit_line(fact, 120)}"


async def take(interaction: Interaction, _argument: str) -> None:
    """Keep the previewed document that hangs on the message, and reload."""
    client, user = interaction.client, interaction.user.id
    client.require_curator(interaction.user)
    folder = own_folder(client)
    attachments = interaction.message.attachments if interaction.message else []

    def keep(files: dict[str, bytes]) -> Reply:
        beside = next((name for name in files if name.endswith(".toml")), None)
        stated = read_sidecar(beside or "", files.pop(beside) if beside else b"")
        ((document, content),) = files.items()
        client.state.audit(user, "added", document)  # first: nothing changes that nobody can audit
        keep_document(folder, document, content, stated)
        return render_reload(client)

    async def coming() -> Reply:
        files = {check_name(each.filename): await each.read() for each in attachments}
        return await asyncio.to_thread(keep, files)

    await reply_when(interaction, coming, private=True)


async def suggest_documents(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Documents that can be set aside, to those who may."""
    client = interaction.client

    def find() -> list[str]:
        if not client.may_curate(interaction.user):
            return []
        names = (path.name for path in own_folder(client).iterdir() if path.is_file())
        documents = (name for name in names if Path(name).suffix.lower() in DOCUMENT_SUFFIXES)
        return holding(typed, sorted(documents))

    return await offer(find)


async def remove_transcript(interaction: Interaction, name: str) -> None:
    """Set a document aside, under a name that is not read, and reload.

    Raises:
        QueryError: there is no such document in the bot's own folder.
    """
    client, user = interaction.client, interaction.user.id
    path = own_folder(client) / check_name(name.strip())

    def work() -> Reply:
        if not path.is_file():
            raise QueryError(
                f"There is no {path.name} in the first folder of ONRECORD_FOLDERS; what is in other"
                " folders is removed on the host."
            )
        client.state.audit(user, "removed", path.name)  # first, as above
        for each in (path, path.with_suffix(".toml")):
            if each.is_file():
                each.replace(each.with_name(f"{each.name}.removed"))
        return render_reload(client)

    await reply_after(interaction, work, private=True)
