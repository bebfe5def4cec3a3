"""A private reply can be shown to everybody, where the server allows it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.actions import look_up
from bot.share import refuse_withdrawn
from corpus.cite import quote_id as make_id
from corpus.errors import WithdrawnError
from corpus.passages import split_sentences
from tests.bot.test_actions import quote_id
from tests.bot.test_server import add_manager
from tests.bot.test_verify import ASKED, CHANGED
from tests.bot.world import KNOWN_QUERY, OpenWorld, World, labels, read, texts

EVERYBODY = "Show to everybody"
PRIVATE: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"query": KNOWN_QUERY}),
    ("ask", {"query": "what would sanctions do to Russia"}),
    ("ask", {"query": "How do I bake sourdough bread?"}),
    ("verify", {"quote": CHANGED}),
    ("verify", {"quote": f"“{CHANGED}” and “{ASKED}”"}),
    ("timeline", {"query": "Russia"}),
]


def seen_by_all(world: World) -> list[Any]:
    other = world.guild.add_member(world.env.create_user("carl"))
    return list(world.channel.history(viewer=other.user))


@pytest.mark.parametrize(("command", "options"), PRIVATE)
@pytest.mark.parametrize("plain", [False, True])
async def test_a_private_reply_is_shown_as_it_is(
    open_world: OpenWorld, command: str, options: dict[str, Any], plain: bool
) -> None:
    async with open_world() as world:
        world.client.state.choose_plain(world.member.id, plain)
        result = await world.member.slash(world.channel, command, private=True, **options)
        assert not seen_by_all(world)
        sent = [result.response, *result.followups]
        for message in sent:
            shown = (await world.member.click(message, label=EVERYBODY)).response
            assert not shown.ephemeral
            assert texts(shown) == texts(message).replace(
                message.content, f"{message.content}\n-# Shown by ann"
            )
            assert labels(shown) == [each for each in labels(message) if each != EVERYBODY]
        assert len(seen_by_all(world)) == len(sent)


async def test_what_a_menu_found_can_be_shown(open_world: OpenWorld) -> None:
    async with open_world() as world:
        posted = await world.member.send(world.channel, CHANGED)
        result = await world.member.context_menu(world.channel, "Check this quote", posted)
        assert result.response.ephemeral
        shown = await world.member.click(result.response, label=EVERYBODY)
        assert "Altered" in texts(shown.response)
        context = await world.member.click(shown.response, label="In context")
        assert "Quote" in texts(context.response)


async def test_a_public_reply_and_a_direct_message_need_no_button(open_world: OpenWorld) -> None:
    async with open_world() as world:
        public = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        direct = await world.member.user.slash("ask", query=KNOWN_QUERY, private=True)
        for result in (public, direct):
            assert EVERYBODY not in labels(result.response)


async def test_a_server_that_keeps_replies_private_shows_none(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        before = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY, private=True)
        await add_manager(world).slash(world.channel, "server", private=True)
        after = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert EVERYBODY not in labels(after.response)
        refused = await world.member.click(before.response, label=EVERYBODY)
        assert refused.response.content == "This server shows replies only to those who ask."
        assert not seen_by_all(world)


async def test_what_was_withdrawn_since_is_not_shown(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY, private=True)
        world.client.state.withdraw(1, quote_id(result.response), "It was cut wrongly.")
        told = await world.member.click(result.response, label=EVERYBODY)
        assert told.response.content == "This quote was withdrawn: It was cut wrongly."


async def test_what_stood_around_withdrawn_words_is_not_shown_either(open_world: OpenWorld) -> None:
    async with open_world() as world:
        world.client.state.choose_plain(world.member.id, True)
        result = await world.member.slash(world.channel, "verify", quote=CHANGED, private=True)
        (around,) = result.followups
        assert "Said just before" in around.content
        world.client.state.withdraw(1, quote_id(result.response), "It was cut wrongly.")
        told = await world.member.click(around, label=EVERYBODY)
        assert told.response.content == "This quote was withdrawn: It was cut wrongly."


async def test_one_sentence_of_withdrawn_words_is_not_shown_either(open_world: OpenWorld) -> None:
    async with open_world() as world:
        client = world.client
        asked = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY, private=True)
        found = look_up(client, quote_id(asked.response))
        said = found.transcript.text
        first = "You’d really have to ask President Putin."
        start = said.index(first)
        sentences = split_sentences(said[start : start + 400])
        second = said[start + sentences[1].start : start + sentences[1].end]
        sha256 = found.transcript.source.sha256
        client.state.withdraw(1, make_id(sha256, start, start + sentences[1].end), "Cut wrongly.")
        client.standing.refresh()
        withdrawn = client.standing.withdrawals
        refuse_withdrawn(withdrawn, [found], "Yes. Something else was said there.")
        for sentence in (first, second):
            with pytest.raises(WithdrawnError, match="Cut wrongly"):
                refuse_withdrawn(withdrawn, [found], f"> Before. {sentence} > After.")


@pytest.mark.parametrize("plain", [False, True])
async def test_withdrawn_words_beside_a_quote_are_not_shown(
    open_world: OpenWorld, plain: bool
) -> None:
    async with open_world() as world:
        world.client.state.choose_plain(world.member.id, plain)
        result = await world.member.slash(world.channel, "verify", quote=CHANGED, private=True)
        message = (result.followups or [result.response])[-1]
        before = "You’d really have to ask President Putin."
        assert f"Said just before:{chr(10) if plain else ' '}{before}" in read(texts(message))
        found = look_up(world.client, quote_id(message))
        sha256, start = found.transcript.source.sha256, found.transcript.text.index(before)
        name = make_id(sha256, start, start + len(before))
        world.client.state.withdraw(1, name, "It was cut wrongly.")
        told = await world.member.click(message, label=EVERYBODY)
        assert told.response.content == "This quote was withdrawn: It was cut wrongly."
