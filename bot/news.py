"""Telling the other processes of this bot that a new record is in place."""

from __future__ import annotations

import logging
import threading

from bot.state import State, StateError
from corpus.store import Record

log = logging.getLogger(__name__)


class RecordNews:
    """What this process has to tell of its record; what can't be told now is told later."""

    def __init__(self, state: State, record: Record) -> None:
        self.state = state
        self.record = record
        self._untold = threading.Event()

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
