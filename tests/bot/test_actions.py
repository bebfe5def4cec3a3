"""Cite, flag, the message menu: what the buttons do, and what stays when state.db fails."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.actions import look_up
from bot.database import TABLES
from bot.place import Place
from corpus.citations import FORMS
from corpus.record import Record
from tests.bot.places import run_sql
from tests.bot.world import KNOWN_QUERY, OpenWorld, World, labels, read, texts

IN_VAIN = "How do I bake sourdough bread?"


@pytest.fixture
def place(either_place: Place) -> Place:
    return either_place


async def ask(world: World, query: str = KNOWN_QUERY) -> Any:
    return (await world.member.slash(world.channel, "ask", query=query)).response


def quote_id(message: Any) -> str:
    named = re.search(r"[0-9a-f]{12}-\d+-\d+", texts(message))
    assert named
    return named[0]


async def test_cite_gives_every_form(open_world: OpenWorld) -> None:
    async with open_world() as world:
        message = await ask(world)
        quote = look_up(world.client, quote_id(message)).quote
        result = await world.member.click(message, label="Cite")
        shown = result.response
        assert shown.ephemeral
        seen = {}
        for label, _, make in list(FORMS.values())[1:] + list(FORMS.values())[:1]:
            await world.member.click(shown, label=label)
            seen[label] = shown.content
            assert f"Citation: {label}\n```\n{make(quote)}\n```" == shown.content
        assert len(set(seen.values())) == len(FORMS)
        assert len(world.channel.history(viewer=world.member.user)) == 2


async def test_what_was_not_asked_is_flagged_with_the_query(open_world: OpenWorld) -> None:
    async with open_world() as world:
        query = "Are we *closer* to war?"
        message = await ask(world, query)
        why = await world.member.click(message, label="Not what I asked")
        assert why.response.ephemeral
        await world.member.click(why.response, label="Somebody else said it")
        assert why.response.content.startswith("Thank you.")
        assert labels(why.response) == []
        (flag,) = world.client.state.flagged()
        assert (flag.quote, flag.why) == (quote_id(message), ("speaker",))
        assert flag.queries == (query,)


async def test_words_without_a_query_answer_nothing_else(open_world: OpenWorld) -> None:
    async with open_world() as world:
        context = await world.member.click(await ask(world), label="In context")
        why = await world.member.click(context.response, label="Something is wrong")
        assert labels(why.response) == ["Somebody else said it", "The words are wrong"]


async def test_what_got_nothing_is_kept_for_the_curators(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await ask(world, IN_VAIN)
        (missed,) = world.client.state.unanswered(30)
        assert missed.query == IN_VAIN


async def test_a_message_can_be_taken_for_a_query(open_world: OpenWorld) -> None:
    async with open_world() as world:
        posted = await world.member.send(world.channel, KNOWN_QUERY)
        result = await world.member.context_menu(world.channel, "Find the official answer", posted)
        assert result.response.ephemeral
        assert "On record" in texts(result.response)


async def test_a_message_without_text_gets_a_sentence(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        posted = await world.member.send(world.channel, "", attachments=[("a.txt", b"a")])
        result = await world.member.context_menu(world.channel, "Find the official answer", posted)
        assert result.response.content == "This message holds no text to look for."


@pytest.mark.parametrize("text", ["@everyone <@1> " * 100, "a" * 2000, "# **heading**\n> quoted"])
async def test_any_message_gets_a_reply(open_world: OpenWorld, text: str) -> None:
    async with open_world(failing=True) as world:
        posted = await world.member.send(world.channel, text)
        result = await world.member.context_menu(world.channel, "Find the official answer", posted)
        assert texts(result.response)
        assert "went wrong" not in texts(result.response)


async def test_a_withdrawn_quote_is_reached_on_no_path(open_world: OpenWorld) -> None:
    async with open_world() as world:
        message = await ask(world)
        name = quote_id(message)
        words = read(message.embeds[0].description.partition("\n")[0].removeprefix("> "))
        await world.member.click(message, label="In context")
        world.client.state.withdraw(1, name, "It was cut wrongly.")
        again = await ask(world)
        assert words not in read(texts(again))
        for label in ("In context", "Cite"):
            result = await world.member.click(message, label=label)
            assert result.response.content == "This quote was withdrawn: It was cut wrongly."
        others = await world.member.click(message, label="Other matches")
        assert words not in read(texts(others.response))
        for at, label in enumerate(labels(others.response)):
            if label.endswith("in context"):
                page = await world.member.click(others.response, label=label)
                assert words not in read(texts(page.response)), at


async def test_a_failing_state_costs_no_reply(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        message = await ask(world)
        for table in TABLES:
            run_sql(world.client.state.place, f"DROP TABLE {table}")
        assert "On record" in texts(await ask(world))
        assert "Nothing on record" in texts(await ask(world, IN_VAIN))
        context = await world.member.click(message, label="In context")
        assert "Quote" in texts(context.response)
        why = await world.member.click(message, label="Not what I asked")
        told = await world.member.click(why.response, label="The words are wrong")
        assert "can't be kept or looked up at the moment" in told.followups[0].content


async def test_nobody_is_pinged_by_what_is_quoted_or_asked(
    open_world: OpenWorld, live_record: Record
) -> None:
    async with open_world() as world:
        await ask(world, f"{KNOWN_QUERY} @everyone @here <@{world.member.id}>")
        for sent in world.requests("PATCH", "@original"):
            assert sent.json["allowed_mentions"] == {"parse": []}
