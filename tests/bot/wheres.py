"""Where people use the bot, and a person who does: in a server, alone with it, among friends.

SimCord knows servers and direct messages. What Discord sends of those who have installed the bot
for themselves differs in a few facts, which are put into its interactions here.
"""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import actors, interactions
from simcord.backend import serializers

from bot.client import AppCommand
from tests.bot.loopback import ELSEWHERE
from tests.bot.world import World

SERVER, DIRECT = "a server", "a direct message"
WHERES = (SERVER, DIRECT, *ELSEWHERE)
_CONTEXTS = {SERVER: "guild", DIRECT: "dm_channel", "a group": "private_channel"}


def can_be_used(command: AppCommand, where: str) -> bool:
    """Whether Discord offers a command there."""
    root = getattr(command, "root_parent", None) or command
    installed = root.allowed_installs.user if where in ELSEWHERE else True
    return bool(installed and getattr(root.allowed_contexts, _CONTEXTS.get(where, "guild")))


def tell_of_those_who_installed_it(where: str, patch: pytest.MonkeyPatch) -> None:
    """Let interactions of a direct message come from ``where`` instead."""
    if where not in ELSEWHERE:
        return
    usual = interactions.base_payload

    def told(backend: Any, **given: Any) -> tuple[Any, dict[str, Any]]:
        kept, sent = usual(backend, **given)
        user = sent.pop("user")
        facts = {name: fact for name, fact in ELSEWHERE[where].items() if name != "channel"}
        channel = {**ELSEWHERE[where]["channel"], "id": sent["channel_id"]}
        owners = {"1": user["id"]}
        sent |= {**facts, "channel": channel, "authorizing_integration_owners": owners}
        if "member" in sent:
            sent["member"] = {**sent["member"], "user": user}
        else:
            sent["user"] = user
        return kept, sent

    patch.setattr(interactions, "base_payload", told)


class Person:
    """Somebody who uses the bot in one place."""

    def __init__(self, world: World, where: str, *, manages: bool) -> None:
        self.world = world
        user = world.env.create_user("wynn")
        if where != SERVER:
            self.actor, self.channel, self._here = user, user.dm_channel, ()
            return
        guild = world.guild
        allowed = discord.Permissions(manage_guild=True) if manages else discord.Permissions.none()
        self.actor = guild.add_member(user, roles=[guild.create_role("r", permissions=allowed)])
        self.channel = guild.create_text_channel(
            "theirs",
            overwrites={} if manages else {guild.default_role: _NOTHING_FOR_THE_BOT},
        )
        self._here = (self.channel,)
        if not manages:  # a server may show a command to whomever it likes
            for held in world.env.backend.visible_commands(
                user_id=world.guild.owner.id, channel_id=self.channel.id
            ):
                guild.set_command_permissions(int(held["id"]), {self.actor: True})

    async def use(self, command: str, options: dict[str, Any]) -> Any:
        """Use a command."""
        return await self.actor.slash(*self._here, command, **options)

    async def choose(self, menu: str, text: str) -> Any:
        """Choose from the menu of a message."""
        backend = self.world.env.backend
        posted = backend.create_message(self.channel.id, self.actor.id, text)
        root = actors._resolve_visible_command(self.actor, self.channel.id, menu, 3)
        told = {"id": root["id"], "name": menu, "type": 3, "target_id": str(posted.id)}
        message = dict(serializers.message_payload(backend, posted))
        told["resolved"] = {"messages": {str(posted.id): message}}
        return await actors._dispatch_actor_interaction(self.actor, 2, self.channel, told)

    async def press(self, message: Any, custom_id: str) -> Any:
        """Press a button."""
        return await self.actor.click(message, custom_id=custom_id)

    async def send_in(self, shown: Any, text: str) -> Any:
        """Fill the one field of a form and send it in."""
        (field,) = shown.modal["components"][0]["components"]
        return await self.actor.submit_modal(shown, {field["custom_id"]: text})

    async def type(self, command: str, option: str, typed: str) -> list[str]:
        """What is offered while an option is being typed."""
        offered = await self.actor.autocomplete(*self._here, command, option, typed)
        return [each["name"] for each in offered]


_NOTHING_FOR_THE_BOT = discord.PermissionOverwrite(
    embed_links=False, attach_files=False, send_messages=False
)
