"""Reloading when the transcripts change, after they have settled; needs the extra “host”."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, awatch

from corpus.load import DOCUMENT_SUFFIXES

log = logging.getLogger(__name__)

# A copy over a slow network writes at least this often; a reload in between would read half a file.
SETTLED_MS = 2_000
LONGEST_MS = 60_000
# Some file systems tell of no change, and a folder that was replaced tells of none either.
AGAIN_MS = 600_000
READ = DOCUMENT_SUFFIXES | {".toml"}

Reload = Callable[[], Awaitable[object]]


async def watch_folders(
    folders: Sequence[Path],
    reload: Reload,
    stop: asyncio.Event,
    *,
    settled_ms: int = SETTLED_MS,
    again_ms: int = AGAIN_MS,
) -> None:
    """Call ``reload`` at once, and when a document or what lies beside it has changed.

    Args:
        folders: what is watched, with the folders in it.
        reload: awaited, never twice at once; changes while it runs are gathered for the next.
        stop: ends the watching.
        settled_ms: how long nothing must have changed before (ms).
        again_ms: after how long without a change to reload all the same (ms).
    """
    busy = asyncio.Lock()

    async def once() -> None:
        async with busy:
            await reload()

    while not stop.is_set():
        # It runs when the watching has begun, for what changed before: nothing falls in between.
        first = asyncio.create_task(once())
        try:
            async for changes in _changes(folders, stop, settled_ms, again_ms):
                log.info("%d files of transcripts changed", changes)
                await once()
        except OSError as error:
            log.warning("can't watch the transcripts (%s); trying again", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), again_ms / 1000)
        await first


async def _changes(
    folders: Sequence[Path], stop: asyncio.Event, settled_ms: int, again_ms: int
) -> AsyncIterator[int]:
    """How many files changed, each time; ends after ``again_ms`` without a change."""
    watched = awatch(
        *folders,
        watch_filter=_is_read,
        debounce=LONGEST_MS,
        step=settled_ms,
        stop_event=stop,
        rust_timeout=again_ms,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    async for changes in watched:
        if not changes:
            return
        yield len({path for _, path in changes})


def _is_read(_change: Change, path: str) -> bool:
    return Path(path).suffix.lower() in READ
