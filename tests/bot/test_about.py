"""/about."""

from __future__ import annotations

from tests.bot.world import OpenWorld, texts


async def test_about_is_told_without_boxes_to_those_who_want_none(open_world: OpenWorld) -> None:
    async with open_world() as world:
        boxed = await world.member.slash(world.channel, "about")
        await world.member.slash(world.channel, "replies", plain=True)
        plain = await world.member.slash(world.channel, "about")
        assert not plain.response.embeds
        for field in boxed.response.embeds[0].fields:
            assert field.value in plain.response.content


async def test_about_tells_what_is_on_record(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "about")
        shown = texts(result.response)
        assert result.response.ephemeral
        assert "2 transcripts" in shown
        assert "from 21 January 2022 to 16 February 2022" in shown
        assert "U.S. Department of State" in shown
