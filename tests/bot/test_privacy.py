"""/privacy and /replies: people see what is stored of them, and erase it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.place import Place
from tests.bot.test_every_path import open_all, walk
from tests.bot.test_review import add_curator, flag
from tests.bot.world import KNOWN_QUERY, OpenWorld, texts

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
        name = await flag(world)
        shown = await world.member.slash(world.channel, "privacy show")
        assert f"A query that got nothing: {IN_VAIN}" in texts(shown.response)
        said = f"What you said of quote {name}: The words are wrong. Query: {KNOWN_QUERY}"
        assert said in texts(shown.response)
        assert "plain text" in texts(shown.response)
        gone = await world.member.slash(world.channel, "privacy forget")
        assert gone.response.content.startswith("Everything that was stored about you is erased.")
        again = await world.member.slash(world.channel, "privacy show")
        assert again.response.content == "Nothing is stored about you."
        once_more = await world.member.slash(world.channel, "privacy forget")
        assert once_more.response.content == "Nothing was stored about you."


async def test_whatever_somebody_does_no_id_of_theirs_is_in_any_file(
    open_world: OpenWorld, tmp_path: Path
) -> None:
    async with open_world() as world:
        curator = add_curator(world)
        await walk(curator, await open_all(world, curator))
        await curator.slash(world.channel, "replies", plain=True)
        await curator.slash(world.channel, "server", plain=True)
        await curator.slash(world.channel, "ask", query=IN_VAIN)
        person = world.client.state.person(curator.id)
        assert world.client.state.held(curator.id).actions
        kept = "\n".join(every_text(tmp_path))
        assert (person in kept) is isinstance(world.client.state.place, Path)
        assert str(curator.id) not in kept
        assert curator.user.name not in kept
        await curator.slash(world.channel, "privacy forget")
        kept = "\n".join(every_text(tmp_path))
        assert person not in kept
        assert IN_VAIN not in kept


def every_text(folder: Path) -> list[str]:
    """What can be read in the files of a folder."""
    return [
        path.read_bytes().decode("latin-1")
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("record.db")
    ]


async def test_others_see_nothing_of_it(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "ask", query=IN_VAIN)
        bea = world.guild.add_member(world.env.create_user("bea"))
        result = await bea.slash(world.channel, "privacy show")
        assert result.response.content == "Nothing is stored about you."
