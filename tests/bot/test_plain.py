"""Plain text carries the same as the boxes do, in the text alone."""

from __future__ import annotations

from hypothesis import given

from bot.plain import plain_card
from bot.render import Reply, render_outcome
from corpus.card import make_card
from corpus.match import answer_query
from corpus.model import Outcome
from corpus.record import Record
from tests.bot.discord_rules import DiscordRules
from tests.bot.test_render import PATH, body, outcomes, read_as
from tests.bot.world import KNOWN_QUERY, OpenWorld, labels, read, texts


def all_of(reply: Reply) -> list[Reply]:
    return [reply, *reply.more]


@given(outcomes())
def test_discord_takes_every_plain_reply(rules: DiscordRules, outcome: Outcome) -> None:
    for reply in all_of(render_outcome(outcome, plain=True)):
        assert reply.embeds == ()
        assert reply.content
        assert rules.problems("PATCH", PATH, body(reply)) == []


@given(outcomes())
def test_what_is_read_is_the_quote_and_a_cut_is_seen(outcome: Outcome) -> None:
    for reply, match in zip(
        all_of(render_outcome(outcome, plain=True)), outcome.matches, strict=False
    ):
        card = make_card(match)
        (quoted,) = [line for line in reply.content.split("\n") if line.startswith("> ")]
        read_as(quoted.removeprefix("> "), card.quote)
        assert f"Quote {card.id}" in reply.content


def test_plain_text_carries_the_whole_card(seed_record: Record) -> None:
    card = make_card(answer_query(seed_record, KNOWN_QUERY).matches[0])
    shown = read(plain_card(card))
    for part in (card.speaker, card.quote, card.asked, card.link or "", f"Quote {card.id}"):
        assert part in shown
    facts = dict(card.facts)
    assert f"— **{card.speaker}**, {facts.pop('Date')}" in shown
    for name, fact in facts.items():
        assert f"{name}: {fact}" in shown


async def test_a_person_can_choose_it(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "replies", plain=True)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert result.response.embeds == []
        assert "> " in result.response.content
        assert "Cite" in labels(result.response)
        context = await world.member.click(result.response, label="In context")
        assert context.response.embeds == []
        assert "Quote" in context.response.content
        await world.member.slash(world.channel, "replies", plain=False)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert result.response.embeds


async def test_the_closest_come_as_a_message_each(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "replies", plain=True)
        asked = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        result = await world.member.click(asked.response, label="Other matches")
        sent = [result.response, *result.followups]
        assert [texts(each).count("> ") for each in sent] == [1] * len(sent)
        assert all(each.ephemeral for each in sent)


async def test_a_button_for_several_messages_says_for_how_many(open_world: OpenWorld) -> None:
    async with open_world() as world:
        query = "what would sanctions do to Russia"
        asked = await world.member.slash(world.channel, "ask", query=query)
        assert "None of these" in labels(asked.response)
        await world.member.slash(world.channel, "replies", plain=True)
        asked = await world.member.slash(world.channel, "ask", query=query)
        assert len(asked.followups) == 2
        assert "None of the 3" in labels(asked.response)
