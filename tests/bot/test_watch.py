"""Watching: a change on disk is served after it has settled; nothing else starts a reload."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.watch import watch_folders
from tests.bot.test_run import running

FIRST = "000_f5834fc9157b8525.txt"


class Reloads:
    """Counts reloads; each can be waited for."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.running = self.most = self.count = 0

    async def __call__(self) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        self.count += 1
        self.begun.put_nowait(self.count)
        await self.go_on.wait()
        self.running -= 1


@asynccontextmanager
async def watching(folder: Path, *, again_ms: int = 60_000) -> AsyncIterator[Reloads]:
    """Watches a folder; the first reload has run."""
    reloads, stop = Reloads(), asyncio.Event()
    task = asyncio.create_task(
        watch_folders([folder], reloads, stop, settled_ms=50, again_ms=again_ms)
    )
    async with asyncio.timeout(60):
        assert await reloads.begun.get() == 1
        yield reloads
        stop.set()
        await task


CHANGES = {
    "a new document": lambda folder: (folder / "new.txt").write_text("x"),
    "a changed one": lambda folder: (folder / FIRST).write_text("x"),
    "a removed one": lambda folder: (folder / FIRST).unlink(),
    "its metadata": lambda folder: (folder / FIRST).with_suffix(".toml").write_text("x"),
    "one in a folder": lambda folder: (folder / "in" / "deep.html").write_text("x"),
    "one put in place": lambda folder: (folder / ".new").replace(folder / FIRST),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "transcripts"
    (folder / "in").mkdir(parents=True)
    (folder / FIRST).write_text("first")
    (folder / ".new").write_text("second")
    return folder


@pytest.mark.parametrize("name", CHANGES)
async def test_a_change_is_followed_by_a_reload(folder: Path, name: str) -> None:
    async with watching(folder) as reloads:
        CHANGES[name](folder)
        assert await reloads.begun.get() == 2


async def test_what_no_load_reads_starts_none(folder: Path) -> None:
    async with watching(folder) as reloads:
        (folder / "notes.bak").write_text("x")
        (folder / "new.txt.part").write_text("x")
        (folder / "new.txt").write_text("x")  # so that there is something to wait for
        assert await reloads.begun.get() == 2
        assert reloads.begun.empty()


async def test_changes_during_a_reload_are_followed_by_one_more(folder: Path) -> None:
    async with watching(folder) as reloads:
        reloads.go_on.clear()
        (folder / "one.txt").write_text("x")
        assert await reloads.begun.get() == 2
        for number in range(50):
            (folder / f"{number}.txt").write_text("x")
        reloads.go_on.set()
        assert await reloads.begun.get() == 3
    assert reloads.most == 1


async def test_a_folder_that_was_taken_away_is_watched_again(folder: Path) -> None:
    async with watching(folder, again_ms=100) as reloads:
        shutil.rmtree(folder)
        assert await reloads.begun.get() > 1
        folder.mkdir()
        for _ in range(2):  # one may have begun before the folder was there
            await reloads.begun.get()


async def test_the_bot_serves_what_was_put_into_the_folder_and_keeps_what_vanishes_with_it(
    tmp_path: Path, record_path: Path
) -> None:
    """A folder without any document is taken for a disk that is away."""
    folder = tmp_path / "transcripts"
    folder.mkdir()
    async with (
        running(record_path, "--watch", ONRECORD_FOLDERS=str(folder)) as (discord, bot),
        asyncio.timeout(60),
    ):
        assert bot.stderr
        seen: list[str] = []

        async def told(words: str) -> None:
            while words not in "".join(seen):
                seen.append((await bot.stderr.readline()).decode())

        await told(f"{folder}: no document is left there; if that is meant, use /record reload.")
        beside = tmp_path / FIRST
        beside.write_text("HOST: Will it rain?\n\nMINISTER: It will rain on Tuesday.\n")
        os.replace(beside, folder / "rain.txt")  # noqa: PTH105 - in one step, as a careful copy
        await told("reloaded: 1 added, 0 changed, 2 removed")
        shutil.rmtree(folder)
        await told(f"not reloaded; the old record stays: {folder}: there is no such folder")
        await discord.ask("Will it rain?")
        await discord.replied.wait()
    assert "It will rain on Tuesday." in str(discord.replies[-1])
    assert "Traceback" not in "".join(seen)
