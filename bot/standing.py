"""What holds for every reply: servers' choices and withdrawn quotes, at hand and up to date."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from pathlib import Path

import discord

from bot.kept import NO_NEWS, News, ServerChoices
from bot.state import State, StateError
from corpus.model import Filters
from corpus.withdrawals import Withdrawals, keep_withdrawals

log = logging.getLogger(__name__)


class Standing:
    """The newest that could be read of the bot's own database; when it can't be, the last that was.

    ``is_current`` tells whether it could be read at the last look. What is withdrawn is left
    beside ``record`` as well, for the command line.
    """

    def __init__(self, state: State, record: Path) -> None:
        """Read it for the first time.

        Raises:
            StateError: it can't be read, so that nobody knows what is withdrawn.
        """
        self.state = state
        self.record = record
        self.withdrawals = Withdrawals()
        self.news: News = NO_NEWS
        self.is_current = True
        self._servers: dict[int, ServerChoices] = {}
        self._kept: dict[str, str] | None = None
        self._read: str | None = None
        self._stamp: object = None
        self._reading = threading.Lock()  # so that nothing older takes the place of what is newer
        self._read_again()

    def look(self) -> None:
        """As ``refresh``, without a look where it is plain that nobody has written."""
        stamp = self.state.stamp()
        if stamp is None or stamp != self._stamp or not self.is_current:
            self.refresh()
            self._stamp = stamp

    def refresh(self) -> None:
        """Read again what any process has changed; call it off the event loop."""
        with self._reading:
            try:
                self._read_again()
            except StateError as error:
                if self.is_current:
                    log.warning("going on with what was read before: %s", error)
                self.is_current = False
            else:
                if not self.is_current:
                    log.info("the bot's own database can be read again")
                self.is_current = True

    def _read_again(self) -> None:
        news = self.state.news()
        if news.standing is None or news.standing != self._read:
            self._servers, reasons = self.state.servers(), self.state.withdrawn()
            self._keep(reasons)
            self._read = news.standing
        self.news = news

    def _keep(self, reasons: dict[str, str]) -> None:
        if reasons == self._kept:
            return
        self.withdrawals, self._kept = Withdrawals.of(reasons), reasons
        try:
            keep_withdrawals(self.record, reasons)
        except OSError as error:
            log.warning("the command line is not told of what is withdrawn: %s", error)

    def server(self, server: int | None) -> ServerChoices:
        """What a server chose; the defaults in a direct message."""
        return self._servers.get(server or 0, ServerChoices())

    def keeps_private(self, user: discord.User | discord.Member, server: int | None) -> bool:
        """Whether a server shows this person's replies to nobody else."""
        choices = self.server(server)
        may = choices.public_role in {role.id for role in getattr(user, "roles", ())}
        return choices.private and not may

    def is_plain(self, user: int, server: int | None) -> bool:
        """Whether replies to a person are plain text: their choice, else the server's."""
        chosen = None
        try:
            if self.is_current:  # else each reply would wait for a database that is away
                chosen = self.state.plain(user)
        except StateError as error:
            log.warning("a person's choice could not be read: %s", error)
        return self.server(server).plain if chosen is None else chosen

    def narrow(self, filters: Filters, server: int | None) -> Filters:
        """A query's filters, completed by the server's choice where they are silent."""
        choices = self.server(server)
        return replace(
            filters,
            speaker=filters.speaker or choices.speaker,
            publisher=filters.publisher or choices.publisher,
        )
