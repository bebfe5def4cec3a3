"""Replies on their way to Discord, and buttons that outlive a restart.

A button's custom id says what it does and to which quote, so that nothing about old messages has
to be kept: any process that runs this code can answer any of its buttons.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial
from io import BytesIO
from typing import Any, Self

import discord

from bot.client import Interaction
from bot.render import Control, Reply


async def reply_after(
    interaction: Interaction, work: Callable[[], Reply], *, private: bool
) -> None:
    """Acknowledge at once, do the work off the event loop, then send what it made.

    Args:
        interaction: a command or a button that has not been answered yet.
        work: makes the reply; runs in a thread.
        private: whether only the person who asked sees it; fixed from here on.
    """
    await reply_when(interaction, partial(asyncio.to_thread, work), private=private)


async def reply_when(
    interaction: Interaction, coming: Callable[[], Awaitable[Reply]], *, private: bool
) -> None:
    """The same for a reply that has to wait for Discord as well, a file's content say."""
    with interaction.client.replying():
        await interaction.response.defer(ephemeral=private, thinking=True)
        reply = await coming()
        await _send(interaction, reply)
        for more in reply.more:
            await interaction.followup.send(more.content, view=_view(more), ephemeral=private)


async def change_after(interaction: Interaction, work: Callable[[], Reply]) -> None:
    """The same for a button whose message is to be changed in its place."""
    with interaction.client.replying():
        await interaction.response.defer()
        await _send(interaction, await asyncio.to_thread(work))


async def _send(interaction: Interaction, reply: Reply) -> None:
    """Put ``reply`` in place; discord.py tries five times while Discord is busy or down."""
    files = [discord.File(BytesIO(content), name) for name, content in reply.files]
    await interaction.edit_original_response(
        content=reply.content or None,
        embeds=reply.embeds,
        attachments=files,
        view=_view(reply) if reply.controls else None,
    )


def _view(reply: Reply) -> discord.ui.View:
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
    """Any button of a reply; the client's ``actions`` say what pressing it does."""

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
        await interaction.client.act(interaction, self.custom_id)


def typed_in(interaction: Interaction) -> str:
    """What was typed into the one field of a form."""
    sent: Any = interaction.data or {}
    rows = sent.get("components", [])
    return "".join(field["value"] for row in rows for field in row.get("components", []))


BUTTONS = (PressButton,)
