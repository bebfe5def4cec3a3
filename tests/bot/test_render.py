"""Whatever an outcome holds, Discord takes the reply, and what is quoted reads as published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.escape import CUT
from bot.plain import tell_day
from bot.render import Reply, link_for_button, render_outcome
from corpus.card import make_card
from corpus.model import Citation, Match, Outcome, Quote, Source
from corpus.record import Record
from corpus.text import fold_space
from tests.bot.discord_rules import DiscordRules
from tests.bot.test_escape import NASTY
from tests.bot.world import KNOWN_QUERY, read

WORDS = st.one_of(
    st.text(min_size=1),
    st.lists(st.sampled_from([*NASTY, "word ", "end. "]), min_size=1).map("".join),
    st.sampled_from(["Long words. " * 2000, "x" * 20_000, "_*~|" * 2000, "\U0001f600" * 5000]),
).filter(fold_space)
ADDRESSES = st.sampled_from(
    [
        "https://example.org/a",
        "https://example.org/" + "b" * 600,
        "https://example.org/#" + "c" * 600,
    ]
)


@st.composite
def sources(draw: Any) -> Source:
    maybe = st.none() | WORDS
    return Source(
        file="a.txt",
        sha256="0" * 64,
        title=draw(maybe),
        date=draw(st.none() | st.dates(min_value=dt.date(1000, 1, 1))),
        publisher=draw(maybe),
        outlet=draw(maybe),
        place=draw(maybe),
    )


@st.composite
def matches(draw: Any) -> Match:
    source, text = draw(sources()), draw(WORDS)
    speaker, role = draw(WORDS), draw(st.none() | WORDS)
    citation = Citation(source, speaker, role, draw(st.none() | ADDRESSES))
    start = draw(st.integers(0, 10**9 - 20_001))
    name = f"{draw(st.integers(0, 16**12 - 1)):012x}-{start}-{start + len(text)}"
    quote = Quote(name, text, start, start + len(text), draw(st.none() | WORDS), citation)
    also = draw(st.lists(st.just(citation), max_size=2))
    return Match(quote, 1, 0.5, tuple(also))


@st.composite
def outcomes(draw: Any) -> Outcome:
    kind = draw(st.sampled_from(["quoted", "closest", "nothing"]))
    most = 0 if kind == "nothing" else 3
    found = draw(st.lists(matches(), min_size=min(1, most), max_size=most))
    topics = draw(st.lists(WORDS, max_size=5)) if kind == "nothing" else []
    notes = draw(st.lists(WORDS, max_size=3))
    return Outcome(draw(WORDS), kind, tuple(found), tuple(topics), tuple(notes))


def body(reply: Reply) -> dict[str, Any]:
    """The request that discord.py makes of a reply, without its buttons."""
    return {
        "content": reply.content or None,
        "embeds": [embed.to_dict() for embed in reply.embeds],
        "allowed_mentions": discord.AllowedMentions.none().to_dict(),
    }


PATH = "/webhooks/1/token/messages/@original"


@given(outcomes())
def test_discord_takes_every_reply(rules: DiscordRules, outcome: Outcome) -> None:
    reply = render_outcome(outcome)
    assert rules.problems("PATCH", PATH, body(reply)) == []
    for control in reply.controls:
        assert len(control.press or "") <= 100
        assert len(control.link or "") <= 512
        assert 1 <= len(control.label) <= 80


@given(outcomes())
def test_what_is_read_is_the_quote_and_a_cut_is_seen(outcome: Outcome) -> None:
    reply = render_outcome(outcome)
    for embed, match in zip(reply.embeds, outcome.matches, strict=False):
        card = make_card(match)
        assert embed.description is not None
        lines = embed.description.split("\n")
        if embed.title:
            read_to_its_end(lines.pop(0).removeprefix("Asked: "), card.asked)
            assert lines.pop().startswith("-# Title: ")
        else:
            read_to_its_end(embed.fields[0].value or "", card.asked)
        quoted, said_by = lines
        read_as(quoted.removeprefix("> "), card.quote)
        speaker, _, day = said_by.removeprefix("— **").rpartition("**, ")
        read_as(speaker, fold_space(card.speaker))
        assert day == tell_day(dict(card.facts)["Date"])
        assert embed.footer.text == f"Quote {card.id}"


def read_as(sent: str, words: str) -> None:
    shown = read(sent)
    if shown != words:
        assert shown.endswith(CUT)
        assert words.startswith(shown.removesuffix(CUT).rstrip())


def read_to_its_end(sent: str, words: str) -> None:
    shown = read(sent)
    if shown != words:
        assert shown.startswith(CUT)
        assert words.endswith(shown.removeprefix(CUT).strip())


@given(outcomes())
def test_each_quote_is_one_step_from_its_whole_and_its_source(outcome: Outcome) -> None:
    reply = render_outcome(outcome)
    pressed = {control.press for control in reply.controls}
    shown = outcome.matches[:1] if outcome.kind == "quoted" else outcome.matches
    for match in shown:
        assert f"context:{match.quote.id}" in pressed


def test_a_reply_shows_the_whole_card(seed_record: Record) -> None:
    from corpus.match import answer_query

    outcome = answer_query(seed_record, KNOWN_QUERY)
    assert outcome.kind == "quoted"
    card = make_card(outcome.matches[0])
    reply = render_outcome(outcome)
    (embed,) = reply.embeds
    assert reply.content == f"**On record**\n-# Query: {KNOWN_QUERY}"
    facts = dict(card.facts)
    assert embed.description == f"> {card.quote}\n— **{card.speaker}**, {facts.pop('Date')}"
    assert embed.title is None
    fields = {field.name: field.value for field in embed.fields}
    assert fields["Asked"] == card.asked
    stated = [f"{name}: {fact}" for name, fact in facts.items()]
    assert read(fields["Source"] or "").split("\n") == stated
    assert reply.controls[-1].link == card.link


def test_the_closest_are_numbered_and_told_apart(seed_record: Record) -> None:
    from corpus.match import rank_matches

    found = rank_matches(seed_record, "diplomacy with Russia")
    reply = render_outcome(Outcome("diplomacy with Russia", "closest", found))
    assert len(found) > 1
    titles = [embed.title for embed in reply.embeds]
    assert titles == [f"{n}. Not certain" for n in range(1, len(found) + 1)]
    asked = {(embed.description or "").partition("\n")[0] for embed in reply.embeds}
    assert len(asked) == len(found)
    assert all(embed.url is None for embed in reply.embeds)


def test_nothing_names_the_nearest_topics() -> None:
    reply = render_outcome(Outcome("bees", "nothing", topics=("*Ukraine*", "Norway")))
    assert "Nothing on record" in reply.content
    assert reply.embeds[0].fields[0].value == "- \\*Ukraine\\*\n- Norway"


def test_notes_are_shown() -> None:
    note = "2 transcripts have no date and were left out."
    assert f"-# {note}" in render_outcome(Outcome("bees", "nothing", notes=(note,))).content


@pytest.mark.parametrize(
    ("link", "button"),
    [
        (None, None),
        ("https://example.org/a#:~:text=b", "https://example.org/a#:~:text=b"),
        ("https://example.org/a#:~:text=" + "b" * 512, "https://example.org/a"),
        ("https://example.org/" + "a" * 512, None),
    ],
)
def test_a_button_carries_the_longest_address_it_can(link: str | None, button: str | None) -> None:
    assert link_for_button(link) == button


def test_what_is_not_known_is_said(seed_record: Record) -> None:
    from corpus.match import answer_query

    match = answer_query(seed_record, KNOWN_QUERY).matches[0]
    bare = replace(match.quote.citation, source=Source("a.txt", "0" * 64), link=None)
    unknown = replace(match, quote=replace(match.quote, citation=bare, question=None))
    (embed,) = render_outcome(Outcome("q", "quoted", (unknown,))).embeds
    fields = {field.name: field.value for field in embed.fields}
    assert (embed.description or "").endswith("**, date not recorded")
    for name in ("Title", "Publisher", "Place"):
        assert f"{name}: not recorded" in (fields["Source"] or "")
    assert fields["Note"] == "No address is recorded for this transcript."
