"""What memory the bot takes: all of it at the start, no more than it needs, and given back."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from corpus.errors import OnrecordError
from corpus.match import answer_query
from corpus.record import Record

if TYPE_CHECKING:
    from bot.client import OnrecordClient

REST_SECONDS = 10.0  # nobody has used the bot for so long, at most twice so long: a crowd is gone
FIRST_QUERY = "Will there be war or peace?"  # any whose words are searched for
_M_ARENA_MAX = -8  # of glibc's malloc.h


def share_one_arena() -> None:
    """Let all threads take memory from one place; call it before there are any.

    By default glibc gives each thread a place of its own, and what is free in one is of no use to
    the others. Of 100,000 exchanges, asked by three threads at once, the process then has 87 to 93
    MB instead of 79, in no less time (150 queries, three times over).
    """
    _call_c("mallopt", _M_ARENA_MAX, 1)


def settle(record: Record) -> None:
    """Read what the first reply would wait for, then leave all that stays to no collector.

    A full collection holds the interpreter for as long as it takes to walk over all objects that
    may be garbage; what a bot has after its start is not walked over once it is frozen.
    """
    with suppress(OnrecordError):
        answer_query(record, FIRST_QUERY)
    gc.collect()
    gc.freeze()


def give_memory_back() -> None:
    """Let the system have what is free; glibc keeps it, for threads that may come.

    After thirty reloads, each with fifty people asking, that is 110 MB instead of 124
    (``tests.bench.crowd`` on 20,000 exchanges).
    """
    _call_c("malloc_trim", 0)


async def give_back_at_rest(
    client: OnrecordClient, stop: asyncio.Event, *, seconds: float = REST_SECONDS
) -> None:
    """Keep what a crowd needed no longer than it is there, until ``stop``.

    Of 100,000 exchanges the process then has 100 MB instead of 115 after fifty have asked at once
    (``tests.bench.crowd``); the first query after a rest takes 1 ms more than others.
    """
    before = rested = client.uses
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
        if client.uses == before != rested and not client.is_replying:
            await asyncio.to_thread(_rest, client.record)
            rested = before
        before = client.uses


def _rest(record: Record) -> None:
    record.rest()
    give_memory_back()


def _call_c(name: str, *numbers: int) -> None:
    """Call a function of the C library, where it has it."""
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)):
        function(*numbers)
