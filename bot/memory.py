"""What memory the bot takes: all of it at the start, no more than it needs, and given back."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

from corpus.errors import OnrecordError
from corpus.match import answer_query
from corpus.store import Record

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


def _call_c(name: str, *numbers: int) -> None:
    """Call a function of the C library, where it has it."""
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)):
        function(*numbers)
