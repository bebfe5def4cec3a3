"""/timeline: what was said on a topic, in order of date."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.browse import read_shown_filters
from bot.escape import unescape
from bot.timeline import render_timeline
from corpus.load import SHIPPED_FOLDER, load_record
from corpus.model import Citation, Filters, Match, Quote, Source
from corpus.record import Record
from corpus.text import fold_space
from corpus.timeline import Timeline, trace_topic
from tests.bot.discord_rules import DiscordRules
from tests.bot.world import OpenWorld, World, labels, read, texts

TOPIC = "Russia"


def dates(shown: str) -> list[dt.date]:
    found = re.findall(r"^\*\*\d+\. (\d+ \w+ \d{4})\*\*$", shown, re.MULTILINE)
    return [dt.datetime.strptime(day, "%d %B %Y").date() for day in found]  # noqa: DTZ007


async def turn_through(world: World, page: Any) -> list[str]:
    seen = [read(texts(page))]
    while "Next page" in labels(page):
        await world.member.click(page, label="Next page")
        seen.append(read(texts(page)))
    return seen


@pytest.mark.parametrize("plain", [False, True])
async def test_it_shows_all_passages_in_order_of_date(
    open_world: OpenWorld, live_record: Record, plain: bool
) -> None:
    traced = trace_topic(live_record, TOPIC)
    async with open_world() as world:
        world.client.state.choose_plain(world.member.id, plain)
        result = await world.member.slash(world.channel, "timeline", query=TOPIC)
        assert bool(result.response.embeds) is not plain
        whole = "\n".join(await turn_through(world, result.response))
    shown = dates(whole)
    assert len(shown) == len(traced.moments) > 4
    assert shown == sorted(shown)
    ids = [each.quote.id for each in traced.moments]
    assert re.findall(r"Quote ([0-9a-f]{12}-\d+-\d+)", whole) == ids
    for each in traced.moments:
        assert fold_space(each.quote.text)[:100] in whole
        assert each.quote.citation.speaker in whole


async def test_each_passage_leads_to_its_context(open_world: OpenWorld) -> None:
    async with open_world() as world:
        page = (await world.member.slash(world.channel, "timeline", query=TOPIC)).response
        assert [label for label in labels(page) if "context" in label] == [
            f"{at} in context" for at in (1, 2, 3, 4)
        ]
        opened = await world.member.click(page, label="2 in context")
        assert "underlined" in texts(opened.response)


async def test_filters_narrow_it_and_stay_while_pages_turn(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(
            world.channel, "timeline", query=TOPIC, after="2022-02", speaker="Blinken", private=True
        )
        assert result.response.ephemeral
        for page in await turn_through(world, result.response):
            assert "After: 2022-02-01" in page
            assert "Speaker: Blinken" in page
            assert set(dates(page)) == {dt.date(2022, 2, 16)}


async def test_others_turn_pages_for_themselves(open_world: OpenWorld) -> None:
    async with open_world() as world:
        other = world.guild.add_member(world.env.create_user("carl"))
        page = (await world.member.slash(world.channel, "timeline", query=TOPIC)).response
        turned = await other.click(page, label="Next page")
        assert turned.response.ephemeral
        assert "page 2 of" in texts(turned.response)
        assert "page 1 of" in texts(page)


async def test_nothing_on_record_is_said_and_kept(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "timeline", query="sourdough bread")
        assert "Nothing on record" in texts(result.response)
        assert "/ask shows what comes close" in texts(result.response)
        (kept,) = world.client.state.unanswered(30)
        assert kept.query == "sourdough bread"


@pytest.mark.parametrize("options", [{"query": "the"}, {"query": TOPIC, "publisher": "Nobody"}])
async def test_bad_input_gets_one_sentence(open_world: OpenWorld, options: dict[str, str]) -> None:
    async with open_world(failing=True) as world:
        result = await world.member.slash(world.channel, "timeline", **options)
        assert result.response.content
        assert "\n" not in result.response.content
        assert "went wrong" not in result.response.content


async def test_what_was_withdrawn_is_left_out(open_world: OpenWorld, live_record: Record) -> None:
    first = trace_topic(live_record, TOPIC).moments[0].quote.id
    async with open_world() as world:
        world.client.state.withdraw(1, first, "Cut wrongly.")
        result = await world.member.slash(world.channel, "timeline", query=TOPIC)
        assert first not in "\n".join(await turn_through(world, result.response))


async def test_undated_passages_come_last_and_are_told(
    open_world: OpenWorld, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "undated"))
    for beside in folder.glob("000*.toml"):
        beside.write_text('publisher = "Someone"\n', "utf-8")
    load_record(tmp_path / "undated.db", [folder])
    async with open_world(record=Record(tmp_path / "undated.db")) as world:
        result = await world.member.slash(world.channel, "timeline", query=TOPIC)
        whole = "\n".join(await turn_through(world, result.response))
    days = re.findall(r"^\*\*\d+\. (.*?)\*\*$", whole, re.MULTILINE)
    undated = days.count("Date not recorded")
    assert 0 < undated < len(days)
    assert days[-undated:] == ["Date not recorded"] * undated
    assert f"{undated} without a recorded date: at the end." in whole


WORDS = st.text(min_size=1, max_size=200).map(fold_space).filter(bool)
NAMES = st.none() | st.text(min_size=1, max_size=100).map(fold_space).filter(bool)
DAYS = st.none() | st.dates()


@given(
    WORDS,
    st.builds(Filters, NAMES, DAYS, DAYS, NAMES),
    st.lists(st.text(min_size=1, max_size=900), min_size=1, max_size=9),
    st.booleans(),
)
def test_whatever_it_holds_it_fits_and_remembers_what_was_asked(
    rules: DiscordRules, query: str, filters: Filters, said: list[str], plain: bool
) -> None:
    place = "*" * 300
    source = Source("a.txt", "0" * 64, title=place, publisher=place, place=place)
    citation = Citation(source, place, place, None)
    quotes = [
        Quote(f"{'0' * 12}-{at}-{at + 1}", text, at, at + 1, text, citation)
        for at, text in enumerate(said)
    ]
    traced = Timeline(query, tuple(Match(quote, 1, 0.0) for quote in quotes), (), ("*" * 300,))
    for number in range(9):
        reply = render_timeline(traced, filters, number, plain=plain)
        embeds = [each.to_dict() for each in reply.embeds]
        body = {"content": reply.content, "embeds": embeds, "allowed_mentions": {"parse": []}}
        assert rules.problems("POST", "/webhooks/1/t", body) == []
        assert read_shown_filters(reply.content) == filters
        line = re.search(r"^-# Query: (.*)$", reply.content, re.MULTILINE)
        assert line
        assert unescape(line[1]) == query
