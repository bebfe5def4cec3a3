"""/about."""

from __future__ import annotations

from tests.bot.world import OpenWorld, texts


async def test_about_tells_what_is_on_record(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "about")
        shown = texts(result.response)
        assert result.response.ephemeral
        assert "2 transcripts" in shown
        assert "from 21 January 2022 to 16 February 2022" in shown
        assert "U.S. Department of State" in shown
