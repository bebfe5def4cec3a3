"""/verify and *Check this quote*, as people meet them."""

from __future__ import annotations

import re

import pytest

from bot.verdicts import fit_lines, mark_difference
from corpus.record import Record
from corpus.verdict import Difference
from corpus.verify import verify_quote
from tests.bot.test_review import add_curator
from tests.bot.world import OpenWorld, labels, read, texts

SAID = "It’s ultimately going to be President Putin who decides what Russia will do."
CHANGED = "It’s ultimately going to be President Biden who decides what Russia will do."
ASKED = "Bottom line, are we closer or further away from war?"


async def test_what_was_said_is_verbatim_with_its_source(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "verify", quote=SAID, speaker="Blinken")
        shown = read(texts(result.response))
        assert "Verbatim" in shown
        assert "are those of Blinken" in shown
        assert f"> {SAID}" in shown
        assert "21 January 2022" in shown
        assert labels(result.response) == ["In context", "Cite", "Wrong verdict", "Source"]


async def test_what_was_changed_is_told_without_colour(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "verify", quote=CHANGED)
        assert "Altered" in texts(result.response)
        assert "- ~~Biden~~ → **Putin** (changed)" in texts(result.response)
        assert result.response.embeds[0].title == "The words on record"


async def test_a_reporters_words_are_shown_as_the_reporters(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "verify", quote=ASKED, speaker="Blinken")
        shown = read(texts(result.response))
        assert "Somebody else's words" in shown
        assert "are not those of Blinken" in shown
        assert "said by a reporter (“QUESTION” in the transcript), not by an official" in shown
        assert "— **QUESTION, reporter**" in texts(result.response)


async def test_what_nobody_said_is_not_found(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(
            world.channel, "verify", quote="Pigs will fly over the Potomac before next Tuesday."
        )
        assert "Not found on record" in texts(result.response)
        assert labels(result.response) == []


@pytest.mark.parametrize(
    "quote",
    ["…!?", "x" * 5000 + " " + "y" * 900, "“@everyone a b c” " * 60, "战争", "> `a*b` c _d_ ||e||"],
)
async def test_odd_input_gets_a_reply(open_world: OpenWorld, quote: str) -> None:
    async with open_world(failing=True) as world:
        result = await world.member.slash(world.channel, "verify", quote=quote)
        assert texts(result.response)
        assert "went wrong" not in texts(result.response)


async def test_a_message_with_several_quotations_is_checked_from_its_menu(
    open_world: OpenWorld,
) -> None:
    async with open_world() as world:
        message = await world.member.send(
            world.channel, f"Blinken: “{SAID}” and Lavrov: “{CHANGED}” https://example.org"
        )
        result = await world.member.context_menu(world.channel, "Check this quote", message)
        shown = read(texts(result.response))
        assert result.response.ephemeral
        assert "2 quotations checked" in shown
        assert "Verbatim" in shown
        assert "Altered" in shown
        assert "~~Biden~~ → **Putin**" in shown


async def test_plain_text_carries_the_same(open_world: OpenWorld) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "replies", plain=True)
        result = await world.member.slash(world.channel, "verify", quote=CHANGED)
        assert not result.response.embeds
        assert "- “Biden” was given; the record has “Putin”" in result.response.content
        assert f"The words on record:\n> {SAID.removesuffix('.')}" in read(result.response.content)
        assert SAID.removesuffix(".") in read(result.response.content)


async def test_withdrawn_words_are_not_shown(open_world: OpenWorld, live_record: Record) -> None:
    match = verify_quote(live_record, SAID).match
    assert match is not None
    async with open_world() as world:
        world.client.state.withdraw(1, match.quote.id, "the page was wrong")
        result = await world.member.slash(world.channel, "verify", quote=CHANGED)
        assert "withdrawn: the page was wrong" in texts(result.response)
        assert "Putin" not in texts(result.response)


async def test_a_reporters_words_put_to_nobody_are_told_at_first_sight(
    open_world: OpenWorld,
) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "verify", quote=ASKED)
        assert result.response.content.startswith("**Not an official's words**")


@pytest.mark.parametrize("plain", [False, True])
async def test_what_stands_around_the_words_is_told_once(
    open_world: OpenWorld, plain: bool
) -> None:
    async with open_world() as world:
        world.client.state.choose_plain(world.member.id, plain)
        part = "that any Russian forces going into Ukraine constitute an invasion"
        result = await world.member.slash(world.channel, "verify", quote=part)
        shown = read("\n".join(map(texts, [result.response, *result.followups])))
        assert re.search(r"Said just before:\s+We’ve been very clear with Russia\n", shown)
        assert re.search(r"Said just after:\s+that will be receiving a very swift", shown)


async def test_the_buttons_under_a_reporters_words_lead_to_them(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "verify", quote=ASKED)
        context = await world.member.click(result.response, label="In context")
        assert f"__{ASKED}__" in read(texts(context.response))
        cited = await world.member.click(result.response, label="Cite")
        assert f"“{ASKED}” — QUESTION, reporter" in cited.response.content


async def test_a_wrong_verdict_is_flagged_with_what_was_given(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "verify", quote=CHANGED)
        why = await world.member.click(result.response, label="Wrong verdict")
        assert labels(why.response)[:2] == ["The verdict is wrong", "Other words were meant"]
        await world.member.click(why.response, label="The verdict is wrong")
        assert why.response.content.startswith("Thank you.")
        (flag,) = world.client.state.flagged()
        assert flag.why == ("verdict",)
        assert flag.queries == (f"Given: {CHANGED}",)
        listed = await add_curator(world).slash(world.channel, "record flagged")
        told = f"1. 1 person: the verdict is wrong. Given: {CHANGED}"
        assert told in read(texts(listed.response))


@pytest.mark.parametrize(
    ("given", "actual", "shown"),
    [
        ("not", "", "~~not~~ (added)"),
        ("", "not", "**not** (left out)"),
        ("a*b", "c_d", r"~~a\*b~~ → **c\_d** (changed)"),
    ],
)
def test_differences(given: str, actual: str, shown: str) -> None:
    assert mark_difference(Difference(given, actual), 100) == shown


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("a\nb", 3, "a\nb"),
        ("heading\nmore\nand more", 16, "heading\nmore\n[…]"),
        ("😀😀\n" * 3, 12, "😀😀\n[…]"),
    ],
)
def test_lines_that_are_left_out_leave_a_mark(text: str, room: int, shown: str) -> None:
    assert fit_lines(text, room) == shown


async def test_changes_that_are_not_told_are_counted(open_world: OpenWorld) -> None:
    changed = (
        "We’ve been perfectly clear with Russia that any Russian forces going into Ukraine"
        " constitute an incursion that will be receiving a swift, united, and severe answer."
    )
    async with open_world() as world:
        quote = f"“{changed}” and “{SAID}”"
        result = await world.member.slash(world.channel, "verify", quote=quote)
        assert re.search(r"; and \d+ more$", texts(result.response), re.MULTILINE)
