"""A simulated Discord (SimCord) in which the unmodified bot runs, and how to read what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from bot.client import OnrecordClient
from bot.place import Place
from bot.run import make_client
from bot.settings import Settings
from bot.shards import Shards

KNOWN_QUERY = "Are we closer to war?"


@dataclass
class World:
    """A server with one channel and one member, and the bot."""

    env: Any
    client: OnrecordClient
    guild: Any
    channel: Any
    member: Any

    def requests(self, method: str, ending: str) -> list[Any]:
        """The requests so far, by method and end of their path."""
        sent = self.env.http_requests
        return [r for r in sent if r.method == method and r.path.endswith(ending)]

    async def restart(self, *, without: str | None = None) -> None:
        """Let another process of the bot take its place, with a command less perhaps."""
        again = make_client(self.client.settings, self.client.record, shards=Shards(0, 0, 1))
        if without:
            again.tree.remove_command(without)
        await self.env.restart_bot(again)
        self.client = again


OpenWorld = Callable[..., AbstractAsyncContextManager[World]]


def make_settings(state: Place, **changed: Any) -> Settings:
    return Settings(**{"token": "a.simulated.token", "state": state, **changed})


def texts(message: Any) -> str:
    """All text of a message as it was sent, one block after the other."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title, embed.description, embed.footer.text]
        parts += [f"{field.name}: {field.value}" for field in embed.fields]
    return "\n".join(part for part in parts if part)


def labels(message: Any) -> list[str]:
    """The labels of a message's buttons, in order."""
    return [button["label"] for row in message.components for button in row["components"]]


def read(sent: str) -> str:
    """``sent`` as a person reads it in Discord: a backslash before punctuation is taken away."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", sent)
