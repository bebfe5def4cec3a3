"""/privacy and /replies: people see what is stored of them, and erase it."""

from __future__ import annotations

import pytest

from bot.place import Place
from tests.bot.world import OpenWorld, texts

IN_VAIN = "How do I bake sourdough bread?"


@pytest.fixture
def place(either_place: Place) -> Place:
    return either_place


async def test_nothing_is_stored_of_who_is_answered(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "ask", query="Are we closer to war?")
        result = await world.member.slash(world.channel, "privacy show")
        assert result.response.content == "Nothing is stored about you."
        assert result.response.ephemeral


async def test_what_is_stored_is_shown_and_erased(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "replies", plain=True)
        await world.member.slash(world.channel, "ask", query=IN_VAIN)
        shown = await world.member.slash(world.channel, "privacy show")
        assert f"A query that got nothing: {IN_VAIN}" in texts(shown.response)
        assert "plain text" in texts(shown.response)
        gone = await world.member.slash(world.channel, "privacy forget")
        assert gone.response.content == "Everything that was stored about you is erased."
        again = await world.member.slash(world.channel, "privacy show")
        assert again.response.content == "Nothing is stored about you."
        once_more = await world.member.slash(world.channel, "privacy forget")
        assert once_more.response.content == "Nothing was stored about you."


async def test_others_see_nothing_of_it(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "ask", query=IN_VAIN)
        bea = world.guild.add_member(world.env.create_user("bea"))
        result = await bea.slash(world.channel, "privacy show")
        assert result.response.content == "Nothing is stored about you."
