"""Buttons: what they show, after a restart, after a reload, and when the quote is gone."""

from __future__ import annotations

import re
from pathlib import Path

from bot.actions import look_up
from corpus.load import load_record
from corpus.match import answer_query
from corpus.record import Record
from corpus.text import fold_space
from tests.bot.world import KNOWN_QUERY, OpenWorld, World, labels, read, texts


async def ask(world: World, query: str = KNOWN_QUERY) -> object:
    return (await world.member.slash(world.channel, "ask", query=query)).response


async def test_in_context_shows_question_and_whole_answer(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.click(await ask(world), label="In context")
        assert result.response.ephemeral
        found = look_up(world.client, quote_id(result.response))
        shown = fold_space(read(texts(result.response)).replace("__", ""))
        for at in (*found.exchange.questions, *found.exchange.answers):
            assert fold_space(found.transcript.said(found.transcript.turns[at])) in shown


def quote_id(message: object) -> str:
    named = re.search(r"[0-9a-f]{12}-\d+-\d+", texts(message))
    assert named
    return named[0]


async def test_pages_turn_in_place(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.click(await ask(world), label="In context")
        shown = result.response
        seen = [texts(shown)]
        while "Previous page" in labels(shown):
            await world.member.click(shown, label="Previous page")
            seen.append(texts(shown))
        first = texts(shown)
        assert "Page 1 of" in first
        assert "(begins on page 2)" in first
        assert "(underlined)" in seen[0]
        while "Next page" in labels(shown):
            await world.member.click(shown, label="Next page")
            seen.append(texts(shown))
        assert len(set(seen)) > 1
        assert len(world.channel.history(viewer=world.member.user)) == 2


async def test_other_matches_are_listed(open_world: OpenWorld, live_record: Record) -> None:
    others = answer_query(live_record, KNOWN_QUERY).matches[1:]
    assert others
    async with open_world() as world:
        result = await world.member.click(await ask(world), label="Other matches")
        assert result.response.ephemeral
        shown = read(texts(result.response))
        for other in others:
            assert f"Quote {other.quote.id}" in shown
            assert fold_space(other.quote.text)[:200] in shown


async def test_other_matches_that_are_gone_are_counted(
    open_world: OpenWorld, live_record: Record
) -> None:
    others = answer_query(live_record, KNOWN_QUERY).matches[1:]
    async with open_world() as world:
        message = await ask(world)
        world.client.state.withdraw(1, others[0].quote.id, "It was cut wrongly.")
        told = texts((await world.member.click(message, label="Other matches")).response)
        assert "-# Taken off the record or withdrawn since: 1" in told
        assert others[0].quote.id not in told
        assert others[1].quote.id in told


async def test_buttons_work_after_a_restart(open_world: OpenWorld, live_record: Record) -> None:
    async with open_world() as world:
        message = await ask(world)
        await world.restart()
        for label in ("In context", "Other matches"):
            result = await world.member.click(message, label=label)
            assert "Quote" in texts(result.response)


async def test_a_revised_transcript_shows_the_words_as_quoted(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record) as world:
        message = await ask(world)
        file = folder / look_up(world.client, quote_id(message)).transcript.source.file
        file.write_bytes(file.read_bytes().replace(b"Bottom line,", b"Well,"))
        assert load_record(own_record.path, [folder]).changed == (file.name,)
        result = await world.member.click(message, label="In context")
        assert "as quoted then" in texts(result.response)
        assert "Bottom line" in texts(result.response)


async def test_a_quote_taken_off_the_record_says_so(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record) as world:
        message = await ask(world)
        for file in folder.glob(
            f"{look_up(world.client, quote_id(message)).transcript.source.file[:3]}*"
        ):
            file.unlink()
        load_record(own_record.path, [folder])
        result = await world.member.click(message, label="In context")
        assert result.response.content == (
            "This quote is no longer on record: its transcript was taken off."
        )


async def test_a_button_nobody_knows_any_more_is_answered(open_world: OpenWorld) -> None:
    async with open_world() as world:
        message = await ask(world)
        stored = world.env.backend.get_message(world.channel.id, message.id)
        stored.components[0]["components"][0]["custom_id"] = "unheard:of"
        result = await world.member.click(message, custom_id="unheard:of")
        assert "reference" in result.response.content
