"""Keeping in step with the other processes of this bot, on this host and on others.

What is withdrawn and chosen is read again when it has changed. A record that “onrecord load” or a
copy puts in the place of this one is served as it is. When another process tells of a new record,
this one reads its own transcripts again; a process without folders of its own
(``ONRECORD_FOLDERS``) is given copies of the record, never makes one, and serves each as it comes.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress

from bot.client import OnrecordClient
from bot.kept import News
from bot.memory import give_memory_back
from bot.reload import reload_record
from corpus.errors import OnrecordError, RecordError

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
MOST_SECONDS = 600.0  # between two tries to catch up with a record that is not here yet


async def follow_others(client: OnrecordClient, stop: asyncio.Event) -> None:
    """Keep in step until ``stop``."""
    catching_up = CatchingUp(client)

    def look() -> None:
        client.standing.look()
        if client.news.notice():
            _take_up(client)
        if client.standing.is_current:
            client.news.tell_untold()

    await asyncio.gather(_again_and_again(look, stop), _again_and_again(catching_up.step, stop))


def _take_up(client: OnrecordClient) -> None:
    """The record was replaced; those who are given copies of it tell nobody."""
    with client.record.reading() as reader:
        digest = reader.digest()
    give_memory_back()
    log.info("serving the record that was put in place at %s", client.record.path)
    if client.settings.folders and digest != client.standing.news.record:
        client.news.tell()


async def _again_and_again(step: Callable[[], None], stop: asyncio.Event) -> None:
    told = ""
    while not stop.is_set():
        try:
            await asyncio.to_thread(step)
        except (OnrecordError, sqlite3.Error) as error:
            if str(error) != told:  # not at every look
                log.warning("%s", error)
            told = str(error)
        else:
            told = ""
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


class CatchingUp:
    """How far this process is with the record that was put in place last, here or elsewhere."""

    def __init__(self, client: OnrecordClient) -> None:
        self.client = client
        self._done: News | None = None
        self._heard: News | None = None
        self._next_at, self._pause = 0.0, LOOK_SECONDS

    def step(self) -> None:
        """Try to serve the record that is out; longer and longer apart while it is not here."""
        out = self.client.standing.news
        if out.record is None or out.same_record(self._done):
            return
        if not out.same_record(self._heard):
            digest, built_on = self._served()
            if self._heard is None and (digest == out.record or built_on > out.record_at):
                self._done = self._heard = out  # told before this process began
                return
            self._heard, self._next_at, self._pause = out, 0.0, LOOK_SECONDS
        if time.monotonic() >= self._next_at:
            self._try(out)

    def _try(self, out: News) -> None:
        digest, built_on = self._served()
        if digest == out.record and not self._next_at:  # put in place by this one, or beside it
            self._done = out
            return
        if digest != out.record:
            self._read_again()
            digest, built_on = self._served()
        if digest == out.record:
            self._done = out
            log.info("serving the record that another process put in place")
        elif built_on > out.record_at:
            self._done = out
            log.warning("not the record that is out: give all hosts the same transcripts")
        else:
            self._next_at = time.monotonic() + self._pause
            self._pause = min(self._pause * 2, MOST_SECONDS)

    def _read_again(self) -> None:
        first, path = not self._next_at, self.client.record.path
        if self.client.settings.folders:
            with suppress(RecordError):  # counted and in the log; the old record stays
                reload_record(self.client, tell=False, asked=False)
        elif first:
            log.warning("a new record is out; waiting for a copy of it at %s", path)

    def _served(self) -> tuple[str, str]:
        """The digest of the record that is served, and when it was built."""
        with self.client.record.reading() as reader:
            return reader.digest(), reader.about()["built_on"]
