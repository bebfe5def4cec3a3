"""What holds for every reply: servers' choices and withdrawn quotes, at hand and up to date."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from bot.state import NO_NEWS, News, ServerChoices, State, StateError
from corpus.cite import locate_quote
from corpus.errors import OnrecordError
from corpus.model import Filters, Match, Outcome

log = logging.getLogger(__name__)

Span = tuple[str, int, int]


class WithdrawnError(OnrecordError):
    """A curator took this quote out of everything that is shown."""


class Standing:
    """The newest that could be read of the bot's own database; when it can't be, the last that was.

    ``is_current`` tells whether it could be read at the last look.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.news: News = NO_NEWS
        self.is_current = True
        self._servers: dict[int, ServerChoices] = {}
        self._withdrawn: dict[str, str] = {}
        self._read: str | None = None
        self._reading = threading.Lock()  # so that nothing older takes the place of what is newer

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
            self._servers, self._withdrawn = self.state.servers(), self.state.withdrawn()
            self._read = news.standing
        self.news = news

    def server(self, server: int | None) -> ServerChoices:
        """What a server chose; the defaults in a direct message."""
        return self._servers.get(server or 0, ServerChoices())

    def is_plain(self, user: int, server: int | None) -> bool:
        """Whether replies to a person are plain text: their choice, else the server's."""
        try:
            chosen = self.state.plain(user)
        except StateError as error:
            if self.is_current:  # else it has been told
                log.warning("a person's choice could not be read: %s", error)
            chosen = None
        return self.server(server).plain if chosen is None else chosen

    def narrow(self, filters: Filters, server: int | None) -> Filters:
        """A query's filters, completed by the server's choice where they are silent."""
        choices = self.server(server)
        return replace(
            filters,
            speaker=filters.speaker or choices.speaker,
            publisher=filters.publisher or choices.publisher,
        )

    def withdrawn_spans(self, sha256: str) -> list[tuple[int, int]]:
        """Where a transcript's withdrawn words stand."""
        spans = [span for quote in self._withdrawn if (span := locate_quote(quote))]
        return [(start, end) for sha, start, end in spans if sha256.startswith(sha)]

    def check_quote(self, quote: str) -> None:
        """Make sure that a quote may be shown.

        Raises:
            WithdrawnError: a curator withdrew it, or words of it; with the reason.
        """
        asked = locate_quote(quote)
        for name, reason in self._withdrawn.items():
            held = locate_quote(name)
            if asked and held and _overlap(asked, held):
                raise WithdrawnError(f"This quote was withdrawn: {reason}")

    def is_shown(self, quote: str) -> bool:
        """Whether a quote may be shown."""
        try:
            self.check_quote(quote)
        except WithdrawnError:
            return False
        return True

    def without_withdrawn(self, outcome: Outcome) -> Outcome:
        """``outcome`` without withdrawn quotes; what is left of a confident one is no longer so."""
        kept: tuple[Match, ...] = tuple(m for m in outcome.matches if self.is_shown(m.quote.id))
        if kept == outcome.matches:
            return outcome
        if not kept:
            return replace(outcome, kind="nothing", matches=())
        first_stays = outcome.kind == "quoted" and kept[0] == outcome.matches[0]
        return replace(outcome, kind="quoted" if first_stays else "closest", matches=kept)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
