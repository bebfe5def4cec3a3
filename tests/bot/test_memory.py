"""What the bot reads before it serves, and what memory it keeps."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import subprocess
import sys

import pytest

from bot.memory import FIRST_QUERY, give_back_at_rest, settle
from corpus.match import answer_query
from corpus.record import Record
from tests.bot.world import OpenWorld
from tests.conftest import REPOSITORY


def test_what_stays_from_the_start_on_is_left_to_no_collector(seed_record: Record) -> None:
    try:
        settle(seed_record)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_the_first_query_is_searched_for_like_any(seed_record: Record) -> None:
    assert answer_query(seed_record, FIRST_QUERY).query == FIRST_QUERY


async def test_what_a_crowd_needed_is_given_back_once_nobody_asks(
    open_world: OpenWorld, live_record: Record
) -> None:
    async with open_world() as world:
        await world.member.slash(world.channel, "ask", query=FIRST_QUERY)
        with live_record.reading(), live_record.reading() as kept:
            keys = [each.key for each in kept.transcripts()]
            first = kept.transcript(keys[0])
        stop, rested = asyncio.Event(), asyncio.Event()
        loop, rest = asyncio.get_running_loop(), live_record.rest

        def tell() -> None:
            rest()
            loop.call_soon_threadsafe(rested.set)

        live_record.rest = tell  # type: ignore[method-assign]
        resting = asyncio.create_task(give_back_at_rest(world.client, stop, seconds=0.01))
        await world.member.slash(world.channel, "ask", query=FIRST_QUERY)
        await rested.wait()
        stop.set()
        await resting
    with live_record.reading() as only, live_record.reading() as another:
        assert kept in {only, another}
        assert kept.transcript(keys[0]) is not first


SHARING = """
import ctypes, sys, threading
from bot.memory import share_one_arena
if sys.argv[1] == "one":
    share_one_arena()
all_have = threading.Barrier(4)
def take():
    kept = bytes(40_000)  # more than Python's own pools give
    all_have.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for each in threads: each.start()
for each in threads: each.join()
c = ctypes.CDLL(None)
c.fdopen.restype = ctypes.c_void_p
c.malloc_info(0, ctypes.c_void_p(out := c.fdopen(1, b"w")))
c.fflush(ctypes.c_void_p(out))
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="needs glibc")
@pytest.mark.parametrize(("how", "arenas"), [("one", 1), ("as it comes", 5)])
def test_threads_share_one_arena(how: str, arenas: int) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SHARING, how],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.count("<heap ") == arenas
