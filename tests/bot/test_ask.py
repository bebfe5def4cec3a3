from tests.bot.conftest import KNOWN_QUERY, OpenWorld, labels, texts


async def test_ask_shows(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        print(texts(result.response))
        print(labels(result.response))
        print(world.env.transcript()[:3000])
        print(world.env.errors)
        assert 0
