"""/server: what those who manage a server choose for it."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.client import Interaction, NotAllowedError
from bot.escape import fit
from bot.kept import ServerChoices
from bot.render import Reply
from bot.suggest import suggest_publishers, suggest_speakers
from bot.views import reply_after
from corpus.filters import narrow_search
from corpus.model import Filters
from corpus.record import Record

ANY = "any"


@app_commands.command(description="What this server chooses; without options, what it has chosen")
@app_commands.describe(
    private="Show every reply only to the one who asks",
    public_role="Only those with this role may show replies to all; @everyone for everybody",
    plain="Plain text without boxes, for all who have not chosen for themselves",
    publisher="Quote only from this publisher, unless asked otherwise; “any” for all",
    speaker="Quote only this official, unless asked otherwise; “any” for all",
)
@app_commands.autocomplete(publisher=suggest_publishers, speaker=suggest_speakers)
@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def server(  # noqa: PLR0913, PLR0917 - the options that Discord shows
    interaction: Interaction,
    private: bool | None = None,
    public_role: discord.Role | None = None,
    plain: bool | None = None,
    publisher: Range[str, 1, 200] | None = None,
    speaker: Range[str, 1, 200] | None = None,
) -> None:
    """Change or show a server's choices."""
    client, guild = interaction.client, interaction.guild_id
    if guild is None or not interaction.permissions.manage_guild:
        raise NotAllowedError("Only those with the permission “Manage Server” may choose for it.")

    def work() -> Reply:
        client.standing.refresh()
        before = client.standing.server(guild)
        after = replace(
            _who_may(before, private, public_role),
            plain=before.plain if plain is None else plain,
            publisher=_named(before.publisher, publisher),
            speaker=_named(before.speaker, speaker),
        )
        if after != before:
            require_known(client.record, before, after)
            client.state.choose_for_server(guild, after, interaction.user.id)
            client.standing.refresh()
        return render_choices(after)

    await reply_after(interaction, work, private=True)


def require_known(record: Record, before: ServerChoices, after: ServerChoices) -> None:
    """Make sure that new names are on record, lest nobody in the server find anything.

    Raises:
        QueryError: nobody or nothing on record is called so.
    """
    filters = Filters(
        speaker=after.speaker if after.speaker != before.speaker else None,
        publisher=after.publisher if after.publisher != before.publisher else None,
    )
    with record.reading() as reader:
        narrow_search(reader.connection, filters)


def render_choices(choices: ServerChoices) -> Reply:
    """What a server has chosen."""
    return Reply(
        "\n".join(
            (
                "**This server's choices**",
                f"- Replies: {_tell_who_may(choices)}",
                f"- Looks: {'plain text' if choices.plain else 'boxes'}",
                f"- Publisher: {fit(choices.publisher or ANY, 200)}",
                f"- Speaker: {fit(choices.speaker or ANY, 200)}",
            )
        )
    )


def _tell_who_may(choices: ServerChoices) -> str:
    if not choices.private:
        return "to everybody"
    role = choices.public_role
    return f"only to the one who asks{f', but for those with the role <@&{role}>' if role else ''}"


def _who_may(
    before: ServerChoices, private: bool | None, role: discord.Role | None
) -> ServerChoices:
    """To name a role is to keep the others' replies private; “private” alone is for everybody."""
    if role is not None and not role.is_default():
        return replace(before, private=True, public_role=role.id)
    if role is not None or private is not None:
        return replace(before, private=bool(private), public_role=None)
    return before


def _named(before: str | None, typed: str | None) -> str | None:
    if typed is None:
        return before
    return None if typed.strip().casefold() == ANY else typed.strip() or before
