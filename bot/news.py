"""Knowing when a new record is in place, and telling the other processes of this bot."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.state import State, StateError
from corpus.record import Record

log = logging.getLogger(__name__)


class RecordNews:
    """What this process has to tell of its record; what can't be told now is told later."""

    def __init__(self, state: State, record: Record) -> None:
        self.state = state
        self.record = record
        self._untold = threading.Event()
        self._known: str | None = None
        self._reloads = 0
        self._counting = threading.Lock()

    @contextmanager
    def reloading(self) -> Iterator[None]:
        """While inside, a new record may be of this process's own making."""
        with self._counting:
            self._reloads += 1
        try:
            yield
        finally:
            with self._counting:
                self._reloads -= 1

    def know(self) -> None:
        """The record was reloaded by this process; call it while ``reloading``."""
        self._known = self._generation()

    def notice(self) -> bool:
        """Whether another record was put in place, not by this process, since the last look."""
        found = self._generation()
        if self._reloads or found == self._known:  # in this order: a reload ends with ``know``
            return False
        is_first, self._known = self._known is None, found
        return not is_first

    def _generation(self) -> str | None:
        with self.record.reading() as reader:
            return reader.about().get("generation")

    def tell(self) -> None:
        """The record was reloaded. Call it off the event loop."""
        self._untold.set()
        try:
            self.tell_untold()
        except StateError as error:
            log.warning("others are told of the new record later: %s", error)

    def tell_untold(self) -> None:
        """Tell what could not be told before.

        Raises:
            StateError: it can't be told now either.
        """
        if not self._untold.is_set():
            return
        self._untold.clear()
        try:
            with self.record.reading() as reader:
                digest = reader.digest()
            self.state.tell_record(digest)
        except BaseException:
            self._untold.set()
            raise
