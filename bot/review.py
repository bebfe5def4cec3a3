"""/record unanswered and flagged: what people miss, and what they found wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from rapidfuzz import fuzz

from bot.actions import REASONS
from bot.client import Interaction, OnrecordClient
from bot.escape import fit_line
from bot.kept import Unanswered
from bot.lists import count, render_lines
from bot.render import Control, Reply
from bot.views import reply_after, typed_in
from corpus.browse import find_quote
from corpus.errors import QueryError, UnknownIdError
from corpus.text import fold_space
from corpus.words import stem_words

ALIKE = 80  # rapidfuzz token_sort_ratio of two queries' stems from which they count as one
MOST_COMPARED = 2000  # queries; keeps the grouping within a second
_ON_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class Missed:
    """A query that stands for those alike, and how many different people asked one of them."""

    query: str
    people: int


def render_unanswered(client: OnrecordClient) -> Reply:
    """What enough people asked in vain, most people first."""
    settings = client.settings
    missed = group_queries(client.state.unanswered(settings.unanswered_days))
    shown = [each for each in missed if each.people >= settings.unanswered_people]
    lines = [f"{_count(each.people)}: {each.query}" for each in shown]
    lines.append(
        f"What fewer than {_count(settings.unanswered_people)} asked is not shown; nothing is kept"
        f" longer than {count(settings.unanswered_days, 'day')}."
    )
    return render_lines("Asked in vain", lines, "unanswered.txt")


def group_queries(unanswered: Sequence[Unanswered]) -> list[Missed]:
    """Group what is alike.

    The query of most people stands for its group, of several the shortest: whatever one person
    added about themselves is not shown.
    """
    groups: list[tuple[str, list[Unanswered]]] = []
    for each in sorted(unanswered, key=lambda each: -len(each.query))[:MOST_COMPARED]:
        subject = " ".join(stem_words(each.query)) or each.query
        for other, alike in groups:
            if fuzz.token_sort_ratio(subject, other) >= ALIKE:
                alike.append(each)
                break
        else:
            groups.append((subject, [each]))
    return sorted((_sum_up(alike) for _, alike in groups), key=lambda missed: -missed.people)


def _sum_up(alike: Sequence[Unanswered]) -> Missed:
    shown = min(alike, key=lambda each: (-len(each.people), len(each.query), each.query))
    people = frozenset[str]().union(*(each.people for each in alike))
    return Missed(shown.query, len(people))


def render_flagged(client: OnrecordClient) -> Reply:
    """The flagged quotes, with what can be done about each."""
    flags = client.state.flagged()
    if not flags:
        return Reply("No quote is flagged.")
    rest = f"; the first {_ON_A_PAGE} are shown" if len(flags) > _ON_A_PAGE else ""
    lines = [f"**Flagged: {len(flags)}**, those of most people first{rest}"]
    controls = []
    for at, flag in enumerate(flags[:_ON_A_PAGE], 1):
        why = ", ".join(REASONS.get(each, each).lower() for each in flag.why)
        asked = fit_line("; ".join(map(name_query, flag.queries)), 100) or "Query: not recorded"
        lines += [
            f"{at}. {_count(flag.people)}: {fit_line(why, 110)}. {asked}",
            f"> {fit_line(_words(client, flag.quote), 100)}",
            f"-# Quote {flag.quote}",
        ]
        controls += [
            Control(f"{at} in context", press=f"context:{flag.quote}"),
            Control(f"Keep {at}", press=f"keep:{flag.quote}", row=1),
            Control(f"Withdraw {at}", press=f"withdraw:{flag.quote}", row=2),
        ]
    return Reply("\n".join(lines), controls=tuple(controls))


def _count(people: int) -> str:
    return count(people, "person", "people")


def name_query(told: str) -> str:
    """A query, or what was given to be checked, which tells so itself."""
    return told if told.startswith("Given: ") else f"Query: {told}"


def _words(client: OnrecordClient, name: str) -> str:
    try:
        with client.record.reading() as reader:
            return fold_space(find_quote(reader, name).quote.text)
    except UnknownIdError:
        return "(no longer on record)"


async def keep(interaction: Interaction, name: str) -> None:
    """A curator found a flagged quote right."""
    client, user = interaction.client, interaction.user
    client.require_curator(user)

    def work() -> Reply:
        client.standing.refresh()
        client.standing.withdrawals.check(name)  # another curator may have been first
        client.state.keep_quote(user.id, name)
        return Reply(f"Kept: quote {name}. Its flags are cleared.")

    await reply_after(interaction, work, private=True)


async def ask_reason(interaction: Interaction, name: str) -> None:
    """A curator wants to withdraw a quote: ask for the reason."""
    interaction.client.require_curator(interaction.user)
    await interaction.response.send_modal(ReasonModal(name))


class ReasonModal(discord.ui.Modal, title="Withdraw this quote"):
    """The reason for a withdrawal, which everybody will read in place of the quote.

    It holds nothing: its custom id says what it is for, as that of a button does.
    """

    reason: discord.ui.TextInput[ReasonModal] = discord.ui.TextInput(
        label="Reason, shown in place of the quote", min_length=3, max_length=300
    )

    def __init__(self, name: str) -> None:
        super().__init__(custom_id=f"reason:{name}")


async def take_reason(interaction: Interaction, name: str) -> None:
    """The form was sent in, to this process or to one that has started since it was opened."""
    await withdraw_quote(interaction, name, typed_in(interaction))


async def withdraw_quote(interaction: Interaction, name: str, reason: str) -> None:
    """Take a quote out of everything that is shown, with the reason.

    Raises:
        NotAllowedError: only for curators.
        QueryError: no quote has this id.
    """
    client, user = interaction.client, interaction.user
    client.require_curator(user)

    def work() -> Reply:
        try:
            with client.record.reading() as reader:
                find_quote(reader, name)
        except UnknownIdError as error:
            raise QueryError(f"“{name}” is not the id of a quote on record.") from error
        client.state.withdraw(user.id, name, fold_space(reason))
        client.standing.refresh()
        told = "No reply shows it from now on; the buttons below older ones tell the reason."
        return Reply(f"Withdrawn: quote {name}. {told}")

    await reply_after(interaction, work, private=True)
