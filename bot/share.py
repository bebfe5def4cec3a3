"""Showing everybody a reply that only one person saw, once they have read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.actions import look_up
from bot.client import Interaction, NotAllowedError
from bot.escape import MESSAGE_WIDTH, fit_line, unescape, width
from bot.pages import tell_superseded
from bot.render import Control, Reply
from bot.views import reply_after
from corpus.browse import FoundQuote
from corpus.cite import quote_id
from corpus.passages import split_sentences
from corpus.text import fold_space
from corpus.withdrawals import Withdrawals

_MOST_IN_A_ROW = 5
_TELLING = 20  # characters of a sentence; "Yes, it is." is said by many
_QUOTE = re.compile(r"\bQuote ([0-9a-f]{12}-\d+-\d+)")


def offer_to_all(interaction: Interaction, reply: Reply, *, private: bool) -> Reply:
    """``reply``, with a button to show it to everybody where it is private and they may see it.

    Where it is several messages, each is shown by itself.
    """
    here, between_people = interaction.guild_id, interaction.context.private_channel
    standing = interaction.client.standing
    may = not standing.keeps_private(interaction.user, here) if here else between_people
    if not private or not may:
        return reply
    row = max((control.row for control in reply.controls), default=0)
    if sum(control.row == row for control in reply.controls) == _MOST_IN_A_ROW:
        row += 1
    shown = Control("Show to everybody", press="everybody:here", row=row)
    more = tuple(offer_to_all(interaction, each, private=private) for each in reply.more)
    return replace(reply, controls=(*reply.controls, shown), more=more)


async def show_everybody(interaction: Interaction, _argument: str) -> None:
    """Send a private reply again, as it is, for everybody; not what was withdrawn since.

    Raises:
        NotAllowedError: this server keeps replies to those who ask.
    """
    if interaction.client.standing.keeps_private(interaction.user, interaction.guild_id):
        raise NotAllowedError("This server shows replies only to those who ask.")
    message, by = interaction.message, interaction.user.display_name

    def work() -> Reply:
        assert message is not None  # noqa: S101 - a button is on a message
        shown = _read(message)
        found = [look_up(interaction.client, name) for name in _QUOTE.findall(shown)]
        refuse_withdrawn(interaction.client.standing.withdrawals, found, shown)
        told = "\n".join(
            [message.content, *_tell_replaced(found), f"-# Shown by {fit_line(by, 80)}"]
        )
        told = told.lstrip("\n")
        content = told if width(told) <= MESSAGE_WIDTH else message.content
        return Reply(content, tuple(message.embeds), tuple(_controls(message)))

    await reply_after(interaction, work, private=False)


def refuse_withdrawn(withdrawn: Withdrawals, found: Sequence[FoundQuote], shown: str) -> None:
    """Make sure that nothing withdrawn stands beside the quotes, among the words around them.

    A page may end amid withdrawn words, at the end of a sentence: one of them is enough.

    Raises:
        WithdrawnError: some does; with the reason.
    """
    read = fold_space(unescape(shown))
    for transcript in {each.transcript.source.sha256: each.transcript for each in found}.values():
        sha256 = transcript.source.sha256
        for start, end in withdrawn.spans(sha256):
            said = transcript.text[start:end]
            sentences = [said[each.start : each.end] for each in split_sentences(said)]
            telling = [each for each in sentences if len(each) >= _TELLING]
            if any(fold_space(each) in read for each in (said, *telling)):
                withdrawn.check(quote_id(sha256, start, end))


def _tell_replaced(found: Sequence[FoundQuote]) -> list[str]:
    told = dict.fromkeys(note for each in found for note in tell_superseded(each))
    return [f"-# {note}" for note in told]


def _read(message: discord.Message) -> str:
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.description or "", embed.footer.text or ""]
        parts += [field.value or "" for field in embed.fields]
    return "\n".join(parts)


def _controls(message: discord.Message) -> list[Control]:
    """The buttons of a message but the one that was pressed."""
    return [
        Control(button.label or "", press=button.custom_id, link=button.url, row=at)
        for at, row in enumerate(message.components)
        if isinstance(row, discord.ActionRow)
        for button in row.children
        if isinstance(button, discord.Button) and button.custom_id != "everybody:here"
    ]
