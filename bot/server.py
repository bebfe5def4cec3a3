"""/server: what those who manage a server choose for it."""

from __future__ import annotations

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
from corpus.store import Record

ANY = "any"


@app_commands.command(description="What this server chooses; without options, what it has chosen")
@app_commands.describe(
    private="Show every reply only to the one who asks",
    plain="Plain text without boxes, for all who have not chosen for themselves",
    publisher="Quote only from this publisher, unless asked otherwise; “any” for all",
    speaker="Quote only this official, unless asked otherwise; “any” for all",
)
@app_commands.autocomplete(publisher=suggest_publishers, speaker=suggest_speakers)
@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def server(
    interaction: Interaction,
    private: bool | None = None,
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
        after = _changed(before, private, plain, publisher, speaker)
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
                f"- Replies: {'only to the one who asks' if choices.private else 'to everybody'}",
                f"- Looks: {'plain text' if choices.plain else 'boxes'}",
                f"- Publisher: {fit(choices.publisher or ANY, 200)}",
                f"- Speaker: {fit(choices.speaker or ANY, 200)}",
            )
        )
    )


def _changed(
    before: ServerChoices,
    private: bool | None,
    plain: bool | None,
    publisher: str | None,
    speaker: str | None,
) -> ServerChoices:
    return ServerChoices(
        private=before.private if private is None else private,
        plain=before.plain if plain is None else plain,
        publisher=_named(before.publisher, publisher),
        speaker=_named(before.speaker, speaker),
    )


def _named(before: str | None, typed: str | None) -> str | None:
    if typed is None:
        return before
    return None if typed.strip().casefold() == ANY else typed.strip() or before
