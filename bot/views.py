"""Replies on their way to Discord, and buttons that outlive a restart.

A button's custom id says what it does and to which quote, so that nothing about old messages has
to be kept: any process that runs this code can answer any of its buttons.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from io import BytesIO
from typing import Any, Self

import discord

from bot.client import Interaction, OnrecordClient, tell_error
from bot.pages import found_card, render_page
from bot.render import Control, Reply, render_list
from corpus.browse import FoundQuote, find_quote
from corpus.card import HEADINGS
from corpus.errors import UnknownIdError

Action = Callable[[Interaction, str], Awaitable[None]]


async def reply_after(
    interaction: Interaction, work: Callable[[], Reply], *, private: bool
) -> None:
    """Acknowledge at once, do the work off the event loop, then send what it made.

    Args:
        interaction: a command or a button that has not been answered yet.
        work: makes the reply; runs in a thread.
        private: whether only the person who asked sees it; fixed from here on.
    """
    with interaction.client.replying():
        await interaction.response.defer(ephemeral=private, thinking=True)
        await send_reply(interaction, await asyncio.to_thread(work))


async def send_reply(interaction: Interaction, reply: Reply) -> None:
    """Put a reply in place of what the interaction was deferred to."""
    files = [discord.File(BytesIO(reply.file[1]), reply.file[0])] if reply.file else []
    await interaction.edit_original_response(
        content=reply.content or None,
        embeds=reply.embeds,
        attachments=files,
        view=make_view(reply),
    )


def make_view(reply: Reply) -> discord.ui.View | None:
    """The buttons of a reply, None where it has none."""
    if not reply.controls:
        return None
    view = discord.ui.View(timeout=None)
    for control in reply.controls:
        view.add_item(_make_item(control))
    return view


def _make_item(control: Control) -> discord.ui.Item[Any]:
    if control.press is not None:
        return PressButton(control)
    return discord.ui.Button(label=control.label, url=control.link, row=control.row)


class PressButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?P<action>[a-z]+):(?P<argument>.+)"
):
    """Any button of a reply; ``ACTIONS`` says what pressing it does."""

    def __init__(self, control: Control) -> None:
        super().__init__(
            discord.ui.Button(label=control.label, custom_id=control.press, row=control.row)
        )

    @classmethod
    async def from_custom_id(  # type: ignore[override]
        cls, interaction: Interaction, item: discord.ui.Button[Any], match: re.Match[str], /
    ) -> Self:
        """The button of an old message, from its custom id."""
        return cls(Control(item.label or "", press=match[0], row=item.row or 0))

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Do what the custom id says, or tell why not."""
        action, _, argument = self.custom_id.partition(":")
        try:
            await ACTIONS[action](interaction, argument)
        except Exception as error:
            await tell_error(interaction, error)


async def show_context(interaction: Interaction, name: str) -> None:
    """The page of the transcript on which a quote begins, to the one who pressed."""
    client = interaction.client
    await reply_after(interaction, lambda: render_page(look_up(client, name)), private=True)


async def turn_page(interaction: Interaction, argument: str) -> None:
    """Another page, in place of the one shown."""
    name, _, number = argument.rpartition(":")
    client = interaction.client
    with client.replying():
        await interaction.response.defer()
        reply = await asyncio.to_thread(lambda: render_page(look_up(client, name), int(number)))
        await send_reply(interaction, reply)


async def show_others(interaction: Interaction, argument: str) -> None:
    """The further matches of a reply, as a list."""
    client = interaction.client

    def work() -> Reply:
        cards = []
        for name in argument.split(","):
            with suppress(UnknownIdError):  # taken off the record since
                cards.append(found_card(look_up(client, name)))
        if not cards:
            raise UnknownIdError("The other matches are no longer on record.")
        return render_list(f"**{HEADINGS['closest']}**", cards)

    await reply_after(interaction, work, private=True)


def look_up(client: OnrecordClient, name: str) -> FoundQuote:
    """A quote by its id.

    Raises:
        UnknownIdError: it is no longer on record.
    """
    with client.record.reading() as reader:
        return find_quote(reader, name)


ACTIONS: dict[str, Action] = {
    "context": show_context,
    "page": turn_page,
    "others": show_others,
}
BUTTONS = (PressButton,)
