"""/record unanswered, flagged, withdraw, settings: what curators see and do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.actions import REASONS
from bot.kept import Unanswered
from bot.place import Place
from bot.review import MOST_COMPARED, Missed, group_queries
from corpus.cite import quote_id
from corpus.record import Record
from tests.bot.test_admin import add_admin, give
from tests.bot.world import KNOWN_QUERY, OpenWorld, World, labels, read, texts


@pytest.fixture
def place(either_place: Place) -> Place:
    return either_place


def add_curator(world: World) -> Any:
    admin = add_admin(world)
    give(world, curators=frozenset({admin.id}))
    return admin


async def test_what_enough_people_asked_is_shown_without_names(open_world: OpenWorld) -> None:
    async with open_world() as world:
        curator = add_curator(world)
        asked = ("When will the railway open?", "when will the railway open", "Railway open when?")
        for person, query in enumerate(asked):
            world.client.state.note_unanswered(person, query)
        world.client.state.note_unanswered(7, "What about the secret of one person?")
        result = await curator.slash(world.channel, "record unanswered")
        shown = read(texts(result.response))
        assert "3 people: Railway open when?" in shown
        assert "secret" not in shown
        assert "What fewer than 3 people asked is not shown" in shown


@pytest.mark.parametrize(
    ("queries", "groups"),
    [
        (["Why war?", "why war", "WHY WAR??"], 1),
        (["Why war?", "What of the grain deal?"], 2),
        ([], 0),
        (["*", "?"], 2),
    ],
)
def test_alike_queries_are_grouped(queries: list[str], groups: int) -> None:
    asked = [Unanswered(query, frozenset({str(at)})) for at, query in enumerate(queries)]
    missed = group_queries(asked)
    assert len(missed) == groups
    assert sum(each.people for each in missed) == len(queries)


def test_what_one_person_added_is_not_shown() -> None:
    asked = {
        "When will the railway open, says Ann?": "a",
        "when will the railway open": "b",
        "When will the railway open?": "cd",
        "Will the railway open? When?": "b",
    }
    (missed,) = group_queries([Unanswered(each, frozenset(by)) for each, by in asked.items()])
    assert missed == Missed("When will the railway open?", 4)


def test_of_thousands_only_so_many_are_compared() -> None:
    asked = [
        Unanswered(f"query number {at} about {at % 97}", frozenset({str(at)})) for at in range(3000)
    ]
    assert sum(each.people for each in group_queries(asked)) == MOST_COMPARED


async def flag(world: World) -> str:
    """Someone flags the reply to the known query; returns the quote's id."""
    message = (await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)).response
    why = await world.member.click(message, label="Not what I asked")
    await world.member.click(why.response, label="The words are wrong")
    named = re.search(r"[0-9a-f]{12}-\d+-\d+", texts(message))
    assert named
    return named[0]


async def test_many_flags_for_all_reasons_fit_a_message(
    open_world: OpenWorld, live_record: Record
) -> None:
    with live_record.reading() as reader:
        transcripts = [reader.transcript(each.key) for each in reader.transcripts()]
    async with open_world() as world:
        curator, state = add_curator(world), world.client.state
        turns = [(each, turn) for each in transcripts for turn in each.turns]
        for transcript, turn in turns[:7]:
            name = quote_id(transcript.source.sha256, turn.start, turn.end)
            for person, why in enumerate(REASONS):
                state.flag(person, name, why, f"Given: *{why}* \n" * 40)
        told = (await curator.slash(world.channel, "record flagged")).response.content
        assert told.startswith("**Flagged: 7**, those of most people first; the first 5 are shown")
        assert told.count("Quote ") == 5


async def test_a_quote_that_was_withdrawn_meanwhile_can_t_be_kept(open_world: OpenWorld) -> None:
    async with open_world() as world:
        curator, name = add_curator(world), await flag(world)
        listed = await curator.slash(world.channel, "record flagged")
        world.client.state.withdraw(7, name, "It was cut wrongly.")
        told = await curator.click(listed.response, label="Keep 1")
        assert told.response.content == "This quote was withdrawn: It was cut wrongly."


async def test_a_flagged_quote_can_be_kept(open_world: OpenWorld) -> None:
    async with open_world() as world:
        curator, name = add_curator(world), await flag(world)
        listed = await curator.slash(world.channel, "record flagged")
        shown = read(texts(listed.response))
        assert "1 person: the words are wrong. Query: Are we closer to war?" in shown
        assert name in shown
        assert labels(listed.response) == ["1 in context", "Keep 1", "Withdraw 1"]
        await curator.click(listed.response, label="Keep 1")
        again = await curator.slash(world.channel, "record flagged")
        assert again.response.content == "No quote is flagged."


async def test_a_flagged_quote_can_be_withdrawn_with_a_reason(open_world: OpenWorld) -> None:
    async with open_world() as world:
        curator, name = add_curator(world), await flag(world)
        listed = await curator.slash(world.channel, "record flagged")
        modal = await curator.click(listed.response, label="Withdraw 1")
        assert modal.modal is not None
        (field,) = modal.modal["components"][0]["components"]
        told = await curator.submit_modal(modal, {field["custom_id"]: "It was cut wrongly."})
        assert "No reply shows it from now on" in told.response.content
        assert world.client.state.withdrawn() == {name: "It was cut wrongly."}
        again = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert name not in texts(again.response)


async def test_a_form_opened_before_a_restart_is_taken_after_it(
    open_world: OpenWorld, live_record: Record
) -> None:
    async with open_world() as world:
        curator, name = add_curator(world), await flag(world)
        listed = await curator.slash(world.channel, "record flagged")
        modal = await curator.click(listed.response, label="Withdraw 1")
        await world.restart()
        (field,) = modal.modal["components"][0]["components"]
        told = await curator.submit_modal(modal, {field["custom_id"]: "It was cut wrongly."})
        assert "No reply shows it from now on" in told.response.content
        assert world.client.state.withdrawn() == {name: "It was cut wrongly."}


async def test_a_form_is_checked_again_when_it_is_sent_in(open_world: OpenWorld) -> None:
    async with open_world() as world:
        curator, _ = add_curator(world), await flag(world)
        listed = await curator.slash(world.channel, "record flagged")
        modal = await curator.click(listed.response, label="Withdraw 1")
        give(world, curators=frozenset())
        (field,) = modal.modal["components"][0]["components"]
        told = await curator.submit_modal(modal, {field["custom_id"]: "It was cut wrongly."})
        assert told.response.content.startswith("Only the owner of this bot")
        assert world.client.state.withdrawn() == {}


async def test_any_quote_can_be_withdrawn_by_its_id(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        curator, name = add_curator(world), await flag(world)
        refused = await curator.slash(
            world.channel, "record withdraw", quote="bf31fd67f5bb-1-999999999", reason="Because."
        )
        assert "is not the id of a quote on record" in refused.response.content
        await curator.slash(world.channel, "record withdraw", quote=name, reason="Because.")
        assert name in world.client.state.withdrawn()
        settings = await curator.slash(world.channel, "record settings")
        assert f"withdrew {name}: Because." in read(texts(settings.response))


@pytest.mark.parametrize("label", ["Keep 1", "Withdraw 1"])
async def test_buttons_check_again_who_presses(open_world: OpenWorld, label: str) -> None:
    async with open_world() as world:
        curator = add_curator(world)
        await flag(world)
        listed = await curator.slash(world.channel, "record flagged")
        give(world, curators=frozenset())
        result = await curator.click(listed.response, label=label)
        assert result.modal is None
        assert result.response.content.startswith("Only the owner of this bot")
        assert len(world.client.state.flagged()) == 1
