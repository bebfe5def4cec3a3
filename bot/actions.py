"""What the buttons do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from bot.client import Action, GoneError, Interaction, OnrecordClient
from bot.escape import unescape
from bot.pages import found_card, render_page, tell_superseded
from bot.render import GIVEN_LINE, QUERY_LINE, Control, Reply, render_list, render_named
from bot.views import change_after, reply_after
from corpus.browse import FoundQuote, find_quote
from corpus.citations import FORMS
from corpus.errors import QueryError, UnknownIdError, WithdrawnError

_OTHERS = "**Other matches – they may answer something else**"
_BLOCK_WIDTH = 1800  # of a message's 2,000

WORDS_REASONS = {"speaker": "Somebody else said it", "words": "The words are wrong"}
ANSWER_REASONS = {"else": "It answers something else", **WORDS_REASONS}
VERDICT_REASONS = {
    "verdict": "The verdict is wrong",
    "meant": "Other words were meant",
    "speaker": "Somebody else said it",
    "words": "The words on record are wrong",
}
REASONS = {**VERDICT_REASONS, **ANSWER_REASONS}


def look_up(client: OnrecordClient, name: str) -> FoundQuote:
    """A quote by its id.

    Raises:
        UnknownIdError: it is no longer on record.
        WithdrawnError: a curator withdrew it.
    """
    client.standing.refresh()
    client.standing.withdrawals.check(name)
    with client.record.reading() as reader:
        return find_quote(reader, name)


async def show_context(interaction: Interaction, name: str) -> None:
    """The page of the transcript on which a quote begins, to the one who pressed."""
    await reply_after(interaction, partial(_page, interaction, name, None), private=True)


async def turn_page(interaction: Interaction, argument: str) -> None:
    """Another page, in place of the one shown."""
    name, _, number = argument.rpartition(":")
    await change_after(interaction, partial(_page, interaction, name, int(number)))


def _page(interaction: Interaction, name: str, number: int | None) -> Reply:
    client = interaction.client
    found = look_up(client, name)
    hidden = client.standing.withdrawals.spans(found.transcript.source.sha256)
    return render_page(found, number, plain=is_plain(interaction), hidden=hidden)


def is_plain(interaction: Interaction) -> bool:
    """Whether replies to this person, here, go without embeds. Call it off the event loop."""
    return interaction.client.standing.is_plain(interaction.user.id, interaction.guild_id)


def show_named(interaction: Interaction, name: str) -> Reply:
    """The quote whose id somebody quoted back.

    Raises:
        QueryError: no quote on record has it.
        WithdrawnError: a curator withdrew it.
    """
    try:
        card = found_card(look_up(interaction.client, name))
    except UnknownIdError as error:
        problem = "No quote on record has this id. Its transcript may have been taken off."
        raise QueryError(problem) from error
    return render_named(card, plain=is_plain(interaction))


async def show_others(interaction: Interaction, argument: str) -> None:
    """The further matches of a reply, as a list."""

    def work() -> Reply:
        cards, ids = [], argument.split(",")
        for name in ids:
            with suppress(UnknownIdError, WithdrawnError):
                cards.append(found_card(look_up(interaction.client, name)))
        if not cards:
            raise GoneError("The other matches were taken off the record or withdrawn.")
        gone = len(ids) - len(cards)
        note = f"\n-# Taken off the record or withdrawn since: {gone}" if gone else ""
        names = ["Other match"] * len(cards)
        return render_list(_OTHERS + note, cards, names, plain=is_plain(interaction))

    await reply_after(interaction, work, private=True)


async def cite(interaction: Interaction, argument: str) -> None:
    """A quote's citation in one form, with buttons for the others."""
    form, _, name = argument.partition(":")
    work = partial(_citation, interaction.client, form, name)
    message = interaction.message
    if message and message.content.startswith("Citation"):
        await change_after(interaction, work)
    else:
        await reply_after(interaction, work, private=True)


def _citation(client: OnrecordClient, form: str, name: str) -> Reply:
    label, ending, make = FORMS[form]
    found = look_up(client, name)
    text = make(found.quote)
    controls = tuple(
        Control(shown, press=f"cite:{other}:{name}", row=at // 3)
        for at, (other, (shown, _, _)) in enumerate(FORMS.items())
        if other != form
    )
    heading = "\n".join([f"Citation: {label}", *tell_superseded(found)])
    if len(text.encode("utf-16-le")) // 2 > _BLOCK_WIDTH or "```" in text:
        return Reply(heading, controls=controls, files=((f"citation.{ending}", text.encode()),))
    return Reply(f"{heading}\n```\n{text}\n```", controls=controls)


async def ask_why(interaction: Interaction, name: str) -> None:
    """Ask what is wrong with a quote; where no query is told, none can have been missed."""
    reasons = ANSWER_REASONS if line_above(interaction) else WORDS_REASONS
    await _ask_which(interaction, name, reasons)


async def ask_why_verdict(interaction: Interaction, name: str) -> None:
    """Ask what is wrong with the verdict on a purported quote."""
    await _ask_which(interaction, name, VERDICT_REASONS)


async def _ask_which(interaction: Interaction, name: str, reasons: Mapping[str, str]) -> None:
    def work() -> Reply:
        look_up(interaction.client, name)  # what is gone by now can't be put right
        lines = ["What is wrong? A curator will look at it; your name is not shown to anybody."]
        lines[:0] = line_above(interaction)
        controls = (Control(label, press=f"flag:{why}:{name}") for why, label in reasons.items())
        return Reply("\n".join(lines), controls=tuple(controls))

    await reply_after(interaction, work, private=True)


async def flag(interaction: Interaction, argument: str) -> None:
    """Keep what a person found wrong."""
    why, _, name = argument.partition(":")

    def work() -> Reply:
        look_up(interaction.client, name)
        shown = unescape("".join(line_above(interaction)))
        query = shown.removeprefix(QUERY_LINE).removeprefix("-# ")  # “Given: …” tells itself
        interaction.client.state.flag(interaction.user.id, name, why, query)
        return Reply(f"Thank you. Noted for quote {name}: {REASONS[why].lower()}.")

    await change_after(interaction, work)


async def none_of_these(interaction: Interaction, _argument: str) -> None:
    """Keep that none of the closest was what a person asked."""

    def work() -> Reply:
        query = unescape(query_above(interaction))
        if query:
            interaction.client.state.note_unanswered(interaction.user.id, query)
        return Reply("Thank you. It is noted as missing from the record, without your name.")

    await reply_after(interaction, work, private=True)


def query_above(interaction: Interaction) -> str:
    """The query that the message with the button repeats, as sent; empty where it has none."""
    (line,) = line_above(interaction) or [""]
    return line.removeprefix(QUERY_LINE) if line.startswith(QUERY_LINE) else ""


def line_above(interaction: Interaction) -> list[str]:
    """The line with which a message repeats a query or a purported quote, if it has one."""
    content = interaction.message.content if interaction.message else ""
    beginnings = "|".join(map(re.escape, (QUERY_LINE, GIVEN_LINE)))
    found = re.search(rf"^(?:{beginnings}).*$", content, re.MULTILINE)
    return [found[0]] if found else []


ACTIONS: dict[str, Action] = {
    "context": show_context,
    "page": turn_page,
    "others": show_others,
    "cite": cite,
    "wrong": ask_why,
    "doubt": ask_why_verdict,
    "flag": flag,
    "none": none_of_these,
}
