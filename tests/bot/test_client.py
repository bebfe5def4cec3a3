"""The client: what it asks of Discord, and what people are told when something fails."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import discord
import pytest

from bot.client import explain_error
from corpus.errors import QueryError, RecordError
from corpus.record import Record
from corpus.store import Reader
from tests.bot.world import KNOWN_QUERY, OpenWorld, texts


async def test_it_asks_for_no_privileged_intent_and_pings_nobody(open_world: OpenWorld) -> None:
    async with open_world() as world:
        assert world.client.intents == discord.Intents(guilds=True)
        assert world.client.allowed_mentions is not None
        assert world.client.allowed_mentions.to_dict() == {"parse": []}


async def test_commands_are_told_once(open_world: OpenWorld, live_record: Record) -> None:
    async with open_world() as world:
        assert len(world.requests("PUT", "/commands")) == 1
        await world.restart()
        assert len(world.requests("PUT", "/commands")) == 1


async def test_commands_are_told_when_they_changed(
    open_world: OpenWorld, live_record: Record
) -> None:
    async with open_world() as world:
        await world.restart(without="about")
        first, second = world.requests("PUT", "/commands")
        gone = {c["name"] for c in first.json} - {c["name"] for c in second.json}
        assert gone == {"about"}


async def test_it_starts_when_discord_refuses_the_commands(
    open_world: OpenWorld, live_record: Record, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world() as world:
        world.env.inject_error("GET", "/applications/*/commands", status=500, code=0, times=1)
        await world.restart()
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert "On record" in texts(result.response)
    assert "did not take the commands" in caplog.text


async def test_two_shards_serve(open_world: OpenWorld) -> None:
    async with open_world(shards=2) as world:
        other = world.env.create_guild()
        channel = other.create_text_channel("general")
        member = other.add_member(world.env.create_user("cid"))
        for person, place in ((world.member, world.channel), (member, channel)):
            result = await person.slash(place, "ask", query=KNOWN_QUERY)
            assert "On record" in texts(result.response)


async def test_an_interaction_that_discord_dropped_is_let_go(
    open_world: OpenWorld, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(failing=True) as world:
        world.env.inject_error("POST", "/interactions/*", status=404, code=10062, times=1)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert not result.acknowledged
        assert "dropped an interaction" in caplog.text
        again = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert "On record" in texts(again.response)


async def test_a_reply_that_discord_refuses_leads_to_a_sentence(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        world.env.inject_error("PATCH", "/webhooks/*", status=400, code=50035, times=1)
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert "reference" in result.response.content


async def test_a_record_that_is_gone_serves_on(open_world: OpenWorld, record_path: Path) -> None:
    async with open_world() as world:
        record_path.unlink()
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert "On record" in texts(result.response)


class LostRecord(Record):
    """A record that was never served whole and can't be read now."""

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        raise RecordError(f"{self.path}: is not a record of Onrecord.")
        yield


async def test_a_record_that_can_t_be_read_is_told_without_its_path(
    open_world: OpenWorld, record_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lost = Record(record_path)
    lost.__class__ = LostRecord
    async with open_world(record=lost, failing=True) as world:
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        said = result.response.content
        assert said.startswith("The record can't be read at the moment")
        assert str(record_path) not in said
        assert said.rpartition(" ")[2].rstrip(".") in caplog.text
        assert await world.member.autocomplete(world.channel, "ask", "query", "war") == []


def test_only_errors_meant_for_people_are_told() -> None:
    assert explain_error(QueryError("Type *something*.")) == "Type \\*something\\*."
    assert "/secret/path" not in (explain_error(RecordError("/secret/path: broken")) or "")
    assert "boom" not in (explain_error(ValueError("boom")) or "")


def test_an_unexpected_error_can_be_found_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        said = explain_error(ZeroDivisionError("boom"))
    reference = (said or "").rpartition(" ")[2].rstrip(".")
    assert len(reference) == 8
    assert f"reference {reference}" in caplog.text
    assert "ZeroDivisionError: boom" in caplog.text
