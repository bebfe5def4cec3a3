"""The client, the command tree, and the one place where an error becomes a sentence."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands

from bot.escape import MESSAGE_WIDTH, fit
from bot.figures import Figures
from bot.news import RecordNews
from bot.settings import Settings
from bot.shards import Shards
from bot.standing import Standing
from bot.state import State, StateError
from bot.sync import sync_commands
from corpus.errors import OnrecordError, RecordError, UnknownIdError
from corpus.record import Record

log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0  # systemd and containers give at least this long before they kill
# More only wait for the interpreter: of 50 queries at once on 20,000 exchanges, on two cores, three
# threads take .53 s of processor and six .96.
SEARCHES_AT_ONCE = 3
# Discord: not answered within 3 seconds; the time for a reply is over; it was dismissed or deleted.
_GONE = frozenset((10062, 10015, 10008))
BUSY = "Discord did not take the reply, it seems to be busy; please try again in a moment."

T = TypeVar("T")
AppCommand: TypeAlias = (
    app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
)
Action: TypeAlias = "Callable[[discord.Interaction[OnrecordClient], str], Awaitable[None]]"
Button: TypeAlias = type[discord.ui.DynamicItem[Any]]


@dataclass(frozen=True, slots=True)
class Surface:
    """All that people can use: commands, kinds of buttons, and what the buttons do."""

    commands: Sequence[AppCommand]
    buttons: Sequence[Button]
    actions: Mapping[str, Action]


class NotAllowedError(OnrecordError, app_commands.CheckFailure):
    """Someone asked for what only others may do; the sentence says who may."""


class GoneError(OnrecordError):
    """What a button leads to is no longer on record; the sentence says what."""


class OnrecordClient(discord.AutoShardedClient):
    """The connection to Discord, with the record that it serves.

    It shards itself, so that growing past the 2,500 servers of one connection needs nothing. It
    asks for no privileged intent and keeps no members and no messages.
    """

    def __init__(
        self,
        settings: Settings,
        record: Record,
        state: State,
        *,
        surface: Surface,
        shards: Shards | None = None,
    ) -> None:
        split: dict[str, Any] = {}
        if shards:
            split = {"shard_count": shards.count, "shard_ids": list(shards.ids)}
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            **split,
        )
        self.settings = settings
        self.record = record
        self.figures = Figures()
        self.tree = OnrecordTree(self)
        self.state = state
        self.standing = Standing(state, record.path)
        self.news = RecordNews(state, record)
        self.actions = surface.actions
        self._buttons = surface.buttons
        self.noting = asyncio.Lock()
        self.uses = 0  # interactions since the start
        self._searching = ThreadPoolExecutor(SEARCHES_AT_ONCE, thread_name_prefix="search")
        self._replying = 0
        self._idle = asyncio.Event()
        for command in surface.commands:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Take up the buttons of old messages; tell Discord of the commands if they changed."""
        self.add_dynamic_items(*self._buttons)
        await asyncio.to_thread(self.standing.refresh)
        try:
            if await sync_commands(self.tree):
                log.info("told Discord of the changed commands")
        except discord.HTTPException as error:
            log.warning("Discord did not take the commands; the old ones stay: %s", error)

    async def on_ready(self) -> None:
        """Log that queries are served."""
        log.info("serving as %s in %d servers", self.user, len(self.guilds))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a form that was sent in, though another process may have opened it."""
        self.uses += 1
        if interaction.type is discord.InteractionType.modal_submit and interaction.data:
            await self.act(interaction, str(interaction.data.get("custom_id")))

    async def act(self, interaction: Interaction, custom_id: str) -> None:
        """Do what the custom id of a button or of a form says, or tell why not."""
        action, _, argument = custom_id.partition(":")
        try:
            await self.actions[action](interaction, argument)
        except Exception as error:
            await tell_error(interaction, error)

    async def search(self, work: Callable[[], T]) -> T:
        """Do what searches the record in a thread; when all are busy it waits its turn.

        A crowd of those who ask thus keeps nobody from pressing a button or from suggestions.
        """
        return await asyncio.get_running_loop().run_in_executor(self._searching, work)

    async def close(self) -> None:
        """Leave Discord; a search under way is not waited for."""
        await super().close()
        await asyncio.to_thread(self.state.close)
        self._searching.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def replying(self) -> Iterator[None]:
        """While inside, a stop waits for the reply."""
        self._replying += 1
        try:
            yield
        finally:
            self._replying -= 1
            if not self._replying:
                self._idle.set()

    @property
    def is_replying(self) -> bool:
        """Whether a reply is under way."""
        return self._replying > 0

    async def finish_replies(self) -> None:
        """Wait until the replies under way are sent, at most ``GRACE_SECONDS``."""
        self._idle.clear()
        if self._replying:
            try:
                await asyncio.wait_for(self._idle.wait(), GRACE_SECONDS)
            except TimeoutError:
                log.warning("stopped with %d replies not sent", self._replying)

    def may_curate(self, user: discord.User | discord.Member) -> bool:
        """Whether ``user`` may change the record: owner, team, or named in the settings."""
        roles = {role.id for role in getattr(user, "roles", ())}
        return (
            user.id in self.settings.curators
            or bool(roles & self.settings.curator_roles)
            or user.id in self._owners()
        )

    def require_curator(self, user: discord.User | discord.Member) -> None:
        """Make sure that ``user`` may change the record.

        Raises:
            NotAllowedError: they may not; the sentence says who may.
        """
        if not self.may_curate(user):
            raise NotAllowedError(
                "Only the owner of this bot, its team, and the people and roles that its settings"
                " name may do this."
            )

    def _owners(self) -> frozenset[int]:
        application = self.application
        if application is None:
            return frozenset()
        if application.team is None:
            return frozenset({application.owner.id})
        accepted = discord.TeamMembershipState.accepted
        members = application.team.members
        return frozenset(m.id for m in members if m.membership_state is accepted)


Interaction: TypeAlias = discord.Interaction[OnrecordClient]


class OnrecordTree(app_commands.CommandTree[OnrecordClient]):
    """The commands; what goes wrong in one ends in ``tell_error``."""

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what went wrong."""
        await tell_error(interaction, error)


async def tell_error(interaction: Interaction, error: Exception) -> None:
    """Answer with the sentence of an error; never raises."""
    sentence = explain_error(error)
    if sentence is None:
        return
    response = interaction.response
    try:
        if not response.is_done():
            await response.send_message(sentence, ephemeral=True)
        elif response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(content=sentence, embeds=[], view=None)
        else:
            await interaction.followup.send(sentence, ephemeral=True)
    except discord.HTTPException as failed:
        log.warning("an error could not be told: %s", failed)


def explain_error(error: Exception) -> str | None:
    """The sentence for a person, within a message's width; None where nobody can be told.

    What is not theirs to mend gets a reference that stands beside the traceback in the log.
    """
    error = _cause(error)
    if isinstance(error, discord.NotFound) and error.code in _GONE:
        log.warning("Discord dropped an interaction before it was answered: %s", error)
        return None
    if isinstance(error, discord.HTTPException) and (error.status >= 500 or error.status == 429):
        log.warning("Discord did not take a reply: %s", error)
        return BUSY
    sentence = _known_sentence(error)
    if sentence is not None:
        return sentence
    reference = secrets.token_hex(4)
    if isinstance(error, StateError):
        log.error("reference %s: %s", reference, error)
        return (
            "This can't be kept or looked up at the moment; nothing else is lost. If it lasts, tell"
            f" whoever runs this bot the reference {reference}."
        )
    if isinstance(error, RecordError):
        log.error("reference %s: %s", reference, error)
    else:
        log.error("reference %s", reference, exc_info=error)
    if isinstance(error, RecordError | sqlite3.Error):
        return (
            "The record can't be read at the moment; nothing is lost. If it lasts, tell whoever"
            f" runs this bot the reference {reference}."
        )
    return (
        "Something went wrong here; it was nothing that you did. If it happens again, tell whoever"
        f" runs this bot the reference {reference}."
    )


def _known_sentence(error: Exception) -> str | None:
    """What can be told as it is; the paths in a ``RecordError`` are not for everybody."""
    if isinstance(error, UnknownIdError):
        return "This quote is no longer on record: its transcript was taken off."
    if isinstance(error, OnrecordError) and not isinstance(error, RecordError | StateError):
        return fit(str(error), MESSAGE_WIDTH)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return "This command has changed; reload Discord (Ctrl+R) and try again."
    return None


def _cause(error: Exception) -> Exception:
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.TransformerError) and isinstance(error.__cause__, Exception):
        return error.__cause__
    return error
