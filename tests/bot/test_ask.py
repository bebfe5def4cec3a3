"""/ask, as people meet it: typed, answered, refused."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import read_day
from bot.suggest import make_choices
from corpus.card import make_card
from corpus.errors import QueryError
from corpus.match import answer_query
from corpus.record import Record
from corpus.store import Reader
from corpus.text import fold_space
from tests.bot.discord_rules import DiscordRules
from tests.bot.world import KNOWN_QUERY, OpenWorld, labels, read, texts


async def test_it_answers_with_the_official_s_words(
    open_world: OpenWorld, live_record: Record
) -> None:
    card = make_card(answer_query(live_record, KNOWN_QUERY).matches[0])
    async with open_world() as world:
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        shown = read(texts(result.response))
        assert "On record" in shown
        assert f"> {card.quote}" in shown
        assert card.speaker in shown
        assert f"Asked: {card.asked}" in shown
        assert labels(result.response) == [
            "In context",
            "Other matches",
            "Cite",
            "Not what I asked",
            "Source",
        ]


@pytest.mark.parametrize("private", [True, False])
async def test_private_is_fixed_when_it_is_acknowledged(
    open_world: OpenWorld, private: bool
) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY, private=private)
        assert result.response.ephemeral is private
        (acknowledged,) = world.requests("POST", "/callback")
        assert acknowledged.json["type"] == 5
        assert bool((acknowledged.json.get("data") or {}).get("flags", 0) & 64) is private


async def test_it_says_when_nothing_is_on_record(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(
            world.channel, "ask", query="How do I bake sourdough bread?"
        )
        assert "Nothing on record" in texts(result.response)
        assert "Quote" not in texts(result.response)


async def test_filters_narrow_the_search(open_world: OpenWorld) -> None:
    async with open_world() as world:
        asked = {"query": "Did Russia pull back its forces?", "private": True}
        late = await world.member.slash(world.channel, "ask", after="2022-02", **asked)
        early = await world.member.slash(world.channel, "ask", before="2022-01", **asked)
        assert "Only: from 1 February 2022 on." in texts(late.response)
        assert "Only: until 31 January 2022." in texts(early.response)
        assert "21 January 2022" not in texts(late.response)
        assert "16 February 2022" not in texts(early.response)


async def test_nothing_within_filters_tells_what_was_searched(open_world: OpenWorld) -> None:
    async with open_world() as world:
        asked = {"query": KNOWN_QUERY, "speaker": "Blinken", "after": "2030"}
        result = await world.member.slash(world.channel, "ask", **asked)
        shown = texts(result.response)
        assert "Nothing on record" in shown
        assert "Only: Blinken, from 1 January 2030 on." in shown


async def test_a_query_that_quotes_is_shown_the_way(open_world: OpenWorld) -> None:
    async with open_world() as world:
        for query, shows in (('did he say "we are at war"', True), ("are we at war", False)):
            result = await world.member.slash(world.channel, "ask", query=query)
            assert ("/verify" in texts(result.response)) is shows


BAD = [
    ({"query": "…!?"}, "query"),
    ({"query": "the"}, "query"),
    ({"query": "   "}, "query"),
    ({"query": KNOWN_QUERY, "after": "yesterday"}, "after: “yesterday” is not a date"),
    ({"query": KNOWN_QUERY, "before": "2022-02-30"}, "before: “2022-02-30” is not a date"),
    ({"query": KNOWN_QUERY, "after": "2023", "before": "2022"}, "later than"),
]


@pytest.mark.parametrize(("options", "said"), BAD)
async def test_bad_input_gets_one_clear_sentence(
    open_world: OpenWorld, options: dict[str, str], said: str
) -> None:
    async with open_world(failing=True) as world:
        result = await world.member.slash(world.channel, "ask", **options)
        assert said in result.response.content.lower()
        assert "\n" not in result.response.content
        assert "went wrong" not in result.response.content


@pytest.mark.parametrize(
    "query", ["wort " * 1200, "Ближе ли мы к войне?", "战争", "🙂🙂", "@everyone"]
)
async def test_odd_queries_get_a_reply(open_world: OpenWorld, query: str) -> None:
    async with open_world(failing=True) as world:
        result = await world.member.slash(world.channel, "ask", query=query)
        assert texts(result.response)
        assert "went wrong" not in texts(result.response)


class WatchedRecord(Record):
    """A record that notes on which thread it is read."""

    threads: list[int]

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        self.__dict__.setdefault("threads", []).append(threading.get_ident())
        with super().reading() as reader:
            yield reader


async def test_it_searches_off_the_event_loop(open_world: OpenWorld, record_path: Path) -> None:
    record = WatchedRecord(record_path)
    record.threads.clear()
    async with open_world(record=record) as world:
        await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        await world.member.autocomplete(world.channel, "ask", "query", "war")
        await world.member.slash(world.channel, "about")
    assert len(record.threads) >= 3
    assert threading.get_ident() not in record.threads
    record.close()


FOR_EVERYBODY: list[tuple[str, dict[str, Any], str]] = [
    ("ask", {"query": KNOWN_QUERY}, "On record"),
    ("verify", {"quote": KNOWN_QUERY}, "Given: Are we closer to war?"),
    ("timeline", {"query": "Russia"}, "in order of date"),
    ("sources", {}, "Transcripts on record: 2"),
    ("about", {}, "2 transcripts"),
    ("replies", {"plain": True}, "plain text from now on"),
    ("privacy show", {}, "Nothing is stored about you."),
    ("privacy forget", {}, "Nothing was stored about you."),
]


@pytest.mark.parametrize(("command", "options", "said"), FOR_EVERYBODY)
async def test_all_that_is_for_everybody_works_in_a_direct_message(
    open_world: OpenWorld, command: str, options: dict[str, Any], said: str
) -> None:
    async with open_world() as world:
        result = await world.member.user.slash(command, **options)
        assert said in texts(result.response)


@pytest.mark.parametrize("plain", [False, True])
async def test_an_id_that_is_quoted_back_leads_to_the_words(
    open_world: OpenWorld, live_record: Record, plain: bool
) -> None:
    quote = answer_query(live_record, KNOWN_QUERY).matches[0].quote
    async with open_world(failing=True) as world:
        world.client.state.choose_plain(world.member.id, plain)
        for typed in (quote.id, f" Quote {quote.id} "):
            result = await world.member.slash(world.channel, "ask", query=typed)
            shown = read(texts(result.response))
            assert shown.startswith(f"**The words of quote {quote.id}**")
            assert f"> {fold_space(quote.text)}" in shown
            assert labels(result.response)[:2] == ["In context", "Cite"]
        gone = await world.member.slash(world.channel, "ask", query="0123456789ab-1-2")
        assert gone.response.content.startswith("No quote on record has this id")
        world.client.state.withdraw(1, quote.id, "It was cut wrongly.")
        gone = await world.member.slash(world.channel, "ask", query=quote.id)
        assert gone.response.content == "This quote was withdrawn: It was cut wrongly."


async def test_a_publisher_narrows_the_search(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        asked = {"query": KNOWN_QUERY, "publisher": "U.S. Department of State"}
        result = await world.member.slash(world.channel, "ask", **asked)
        assert "On record" in texts(result.response)
        asked["publisher"] = "Kremlin"
        result = await world.member.slash(world.channel, "ask", **asked)
        assert "No publisher on record is called “Kremlin”" in result.response.content
        names = await world.member.autocomplete(world.channel, "ask", "publisher", "state")
        assert names


async def test_questions_on_record_are_suggested(
    open_world: OpenWorld, live_record: Record
) -> None:
    async with open_world() as world:
        choices = await world.member.autocomplete(world.channel, "ask", "query", "closer to war")
        assert 1 <= len(choices) <= 25
        assert any("closer" in choice["name"] for choice in choices)
        answered = answer_query(live_record, choices[0]["value"])
        assert answered.kind != "nothing"


@pytest.mark.parametrize("typed", ["", " ", "zzzzqqq", "🙂", "x" * 3000, "`*_"])
async def test_any_typing_gets_choices_that_discord_takes(
    open_world: OpenWorld, typed: str
) -> None:
    async with open_world() as world:
        assert len(await world.member.autocomplete(world.channel, "ask", "query", typed)) <= 25
        (answered,) = world.requests("POST", "/callback")
        assert answered.json["type"] == 8


@given(st.lists(st.text(max_size=300), max_size=60))
def test_whatever_is_on_record_discord_takes_the_choices(names: list[str]) -> None:
    choices = [{"name": each.name, "value": each.value} for each in make_choices(names)]
    body = {"type": 8, "data": {"choices": choices}}
    assert DiscordRules(None).problems("POST", "/interactions/1/t/callback", body) == []


def test_choices_are_cut_between_words_and_differ() -> None:
    long = "word " * 40
    choices = make_choices([long, long + "more", "short", "", "x" * 300, "🙂" * 60])
    assert [len(choice.name) for choice in choices[:2]] == [99, 5]
    assert choices[0].name.endswith("word")
    assert len({choice.value for choice in choices}) == len(choices)
    assert len(make_choices([f"question {n}" for n in range(40)])) == 25


@pytest.mark.parametrize(
    ("typed", "last", "day"),
    [
        ("2022-01-31", False, dt.date(2022, 1, 31)),
        (" 2022-1-5 ", False, dt.date(2022, 1, 5)),
        ("2022-02", False, dt.date(2022, 2, 1)),
        ("2022-02", True, dt.date(2022, 2, 28)),
        ("2024-02", True, dt.date(2024, 2, 29)),
        ("2022", False, dt.date(2022, 1, 1)),
        ("2022", True, dt.date(2022, 12, 31)),
    ],
)
def test_a_day_a_month_or_a_year_is_a_date(typed: str, last: bool, day: dt.date) -> None:
    assert read_day("after", typed, last=last) == day


@pytest.mark.parametrize(
    "typed", ["", "0000", "2022-13", "31.1.2022", "２０２２", "2022-01-31T", "-1"]
)
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(QueryError, match="write it as 2022-01-31"):
        read_day("after", typed)
