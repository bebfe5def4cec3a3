"""/privacy: what is stored of a person, and its erasing; /replies: how replies look to them."""

from __future__ import annotations

from discord import app_commands

from bot.actions import REASONS
from bot.client import Interaction
from bot.kept import Held
from bot.lists import render_lines
from bot.render import Reply
from bot.review import name_query
from bot.state import State
from bot.views import reply_after

privacy = app_commands.Group(
    name="privacy",
    description="What this bot stores about you",
    allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    allowed_contexts=app_commands.AppCommandContext(
        guild=True, dm_channel=True, private_channel=True
    ),
)

_HOW = (
    "You are stored as a keyed hash, not by name or number, and only with what is listed here."
    " “/privacy forget” erases all of it."
)


@privacy.command(description="Show everything that is stored about you")
async def show(interaction: Interaction) -> None:
    """List what is stored of the one who asks."""
    state, user = interaction.client.state, interaction.user.id
    await reply_after(interaction, lambda: render_held(state.held(user)), private=True)


@privacy.command(description="Erase everything that is stored about you")
async def forget(interaction: Interaction) -> None:
    """Erase what is stored of the one who asks."""
    state, user = interaction.client.state, interaction.user.id
    await reply_after(interaction, lambda: _forget(state, user), private=True)


@app_commands.command(description="Choose how replies look to you")
@app_commands.describe(
    plain="Plain text without boxes: for screen readers, for copying, when embeds are off"
)
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def replies(interaction: Interaction, plain: bool) -> None:
    """Keep a person's choice."""
    state, user = interaction.client.state, interaction.user.id

    def work() -> Reply:
        state.choose_plain(user, plain)
        return Reply(f"Your replies are {'plain text' if plain else 'shown in boxes'} from now on.")

    await reply_after(interaction, work, private=True)


def render_held(held: Held) -> Reply:
    """What is stored of a person."""
    if held == Held():
        return Reply("Nothing is stored about you.")
    lines = []
    if held.plain is not None:
        lines.append(f"Your choice of replies: {'plain text' if held.plain else 'boxes'}")
    lines += [f"A query that got nothing: {query}" for query in held.unanswered]
    for flag in held.flags:
        why = ", ".join(REASONS.get(each, each) for each in flag.why)
        asked = "".join(f" {name_query(query)}" for query in flag.queries)
        lines.append(f"What you said of quote {flag.quote}: {why}.{asked}")
    if held.actions:
        lines.append(f"Changes that you made as a curator or admin: {held.actions}")
    return render_lines("Stored about you", [*lines, _HOW], "stored.txt")


def _forget(state: State, user: int) -> Reply:
    held = state.held(user)
    state.forget(user)
    if held == Held():
        return Reply("Nothing was stored about you.")
    return Reply(
        "Everything that was stored about you is erased. If whoever runs this bot keeps safety"
        " copies, it goes from those when they are replaced."
    )
