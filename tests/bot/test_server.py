"""/server: what those who manage a server choose holds for everybody in it."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.kept import ServerChoices
from bot.place import Place
from tests.bot.test_verify import CHANGED, SAID
from tests.bot.world import KNOWN_QUERY, OpenWorld, World, labels, texts


@pytest.fixture
def place(either_place: Place) -> Place:
    return either_place


def add_manager(world: World) -> Any:
    role = world.guild.create_role("m", permissions=discord.Permissions(manage_guild=True))
    return world.guild.add_member(world.env.create_user("bea"), roles=[role])


async def test_replies_can_be_kept_private(open_world: OpenWorld) -> None:
    async with open_world() as world:
        manager = add_manager(world)
        await manager.slash(world.channel, "server", private=True)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY, private=False)
        assert result.response.ephemeral
        await manager.slash(world.channel, "server", private=False)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert not result.response.ephemeral


async def test_a_role_may_show_replies_to_all(open_world: OpenWorld) -> None:
    async with open_world() as world:
        manager, role = add_manager(world), world.guild.create_role("press")
        shown = await manager.slash(world.channel, "server", public_role=role)
        assert f"only to the one who asks, but for those with the role <@&{role.id}>" in texts(
            shown.response
        )
        press = world.guild.add_member(world.env.create_user("pia"), roles=[role])
        for person, is_private in ((world.member, True), (press, False)):
            for command, options in (
                ("ask", {"query": KNOWN_QUERY}),
                ("verify", {"quote": SAID}),
                ("timeline", {"query": "Russia"}),
            ):
                result = await person.slash(world.channel, command, **options)
                assert result.response.ephemeral is is_private
            own = await person.slash(world.channel, "ask", query=KNOWN_QUERY, private=True)
            assert ("Show to everybody" in labels(own.response)) is not is_private
        for changed in ({"public_role": world.guild.default_role}, {"private": False}):
            await manager.slash(world.channel, "server", public_role=role)
            shown = await manager.slash(world.channel, "server", **changed)
            assert "Replies: to everybody" in texts(shown.response)
        await manager.slash(world.channel, "server", public_role=role)
        shown = await manager.slash(world.channel, "server", private=True)
        assert "Replies: only to the one who asks\n" in texts(shown.response)


async def test_plain_text_is_for_those_who_have_not_chosen(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await add_manager(world).slash(world.channel, "server", plain=True)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert result.response.embeds == []
        await world.member.slash(world.channel, "replies", plain=False)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert result.response.embeds


async def test_a_default_speaker_narrows_and_is_told(open_world: OpenWorld) -> None:
    async with open_world() as world:
        manager = add_manager(world)
        await manager.slash(world.channel, "server", speaker="Antony J. Blinken")
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert "As this server chose, only from: Antony J. Blinken." in texts(result.response)
        shown = await manager.slash(world.channel, "server", speaker="any")
        assert "Speaker: any" in texts(shown.response)


async def test_a_default_publisher_narrows_all_that_is_asked(open_world: OpenWorld) -> None:
    async with open_world() as world:
        manager = add_manager(world)
        await manager.slash(world.channel, "server", publisher="U.S. Department of State")
        told = "As this server chose, only from: U.S. Department of State."
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert told in texts(result.response)
        result = await world.member.slash(world.channel, "timeline", query="Russia")
        assert "Publisher: U.S. Department of State" in texts(result.response)
        for quote in (SAID, f"“{SAID}” and “{CHANGED}”", "Pigs will fly over the Potomac soon."):
            result = await world.member.slash(world.channel, "verify", quote=quote)
            assert told in texts(result.response)
        direct = await world.member.user.slash("ask", query=KNOWN_QUERY)
        assert told not in texts(direct.response)


async def test_choices_outlive_a_restart(open_world: OpenWorld, live_record: Any) -> None:

    async with open_world() as world:
        await add_manager(world).slash(world.channel, "server", private=True)
        await world.restart()
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert result.response.ephemeral


async def test_only_those_who_manage_the_server_may(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        command = world.env.backend.find_command("server", world.guild.id)
        assert command
        world.guild.set_command_permissions(int(command["id"]), {world.member: True})
        result = await world.member.slash(world.channel, "server", private=True)
        assert "Manage Server" in result.response.content
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert not result.response.ephemeral


async def test_speakers_and_publishers_are_suggested(open_world: OpenWorld) -> None:
    async with open_world() as world:
        manager = add_manager(world)
        names = await manager.autocomplete(world.channel, "server", "speaker", "blink")
        assert [choice["name"] for choice in names] == ["Antony J. Blinken"]
        names = await manager.autocomplete(world.channel, "server", "publisher", "state")
        assert any("U.S. Department of State" in choice["name"] for choice in names)


async def test_a_name_that_is_not_on_record_can_t_be_chosen(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        manager = add_manager(world)
        refused = await manager.slash(world.channel, "server", publisher="Minstry", plain=True)
        assert "No publisher on record is called “Minstry”; those on record:" in texts(
            refused.response
        )
        shown = await manager.slash(world.channel, "server")
        assert "Publisher: any" in texts(shown.response)
        assert "Looks: boxes" in texts(shown.response)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", {"query": KNOWN_QUERY}),
        ("verify", {"quote": SAID}),
        ("timeline", {"query": "Russia"}),
    ],
)
async def test_a_chosen_name_that_is_gone_is_not_put_to_those_who_ask(
    open_world: OpenWorld, command: str, options: dict[str, Any]
) -> None:
    async with open_world(failing=True) as world:
        gone = ServerChoices(publisher="Ministry")
        world.client.state.choose_for_server(world.guild.id, gone, 1)
        world.client.standing.refresh()
        told = texts((await world.member.slash(world.channel, command, **options)).response)
        assert "No publisher on record is called “Ministry”" in told
        assert told.endswith(
            "This server chose the name; those with “Manage Server” change it with /server."
        )
        changed = await add_manager(world).slash(world.channel, "server", plain=False)
        assert "Publisher: Ministry" in texts(changed.response)
