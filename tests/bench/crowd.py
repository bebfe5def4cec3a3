"""Fifty people ask at once, while the record is reloaded: who waits how long, and what it costs.

``python -m tests.bench.crowd TRANSCRIPTS QUESTIONS.jsonl --exchanges 100000`` makes a record as
``tests.bench.capacity`` does, starts the real bot against a Discord on loopback, changes a
document, and has the owner reload while all ask. Times are from the moment of asking.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from corpus.load import load_record
from tests.bench.capacity import make_documents, real_exchanges
from tests.bot.loopback import LoopbackDiscord
from tests.bot.test_run import running

RELOAD = "9000"


def memory(process: int) -> int:
    """Resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


async def crowd(discord: LoopbackDiscord, queries: list[str], people: int) -> list[str]:
    """Let everybody ask and the owner reload; tells how long each waited."""
    asked = {}
    await discord.reload(int(RELOAD))
    for number, query in zip(
        range(10_000, 10_000 + people), itertools.cycle(queries), strict=False
    ):
        asked[str(number)] = time.monotonic()
        await discord.ask(query, number)
    while len(discord.replied_at.keys() & asked.keys()) < people:
        await discord.replied.wait()
        discord.replied.clear()
    during = RELOAD not in discord.replied_at
    lines = [f"the reload was {'still under way' if during else 'over'} when the last was answered"]
    for name, times in (("ack", discord.acknowledged_at), ("reply", discord.replied_at)):
        waited = sorted(times[number] - asked[number] for number in asked)
        median, slowest = statistics.median(waited) * 1000, waited[-1] * 1000
        lines.append(f"{name}: p50 {median:.0f} ms, slowest {slowest:.0f} ms of {people}")
    while RELOAD not in discord.replied_at:
        await discord.replied.wait()
        discord.replied.clear()
    return lines


async def measure(record: Path, folder: Path, queries: list[str], people: int) -> None:
    """Print what a crowd meets."""
    async with running(record, ONRECORD_FOLDERS=str(folder)) as (discord, bot):
        await discord.ask(queries[0], 1)
        await discord.replied.wait()
        discord.replied.clear()
        before = memory(bot.pid)
        for attempt in range(1, 4):
            first = next(folder.glob("*.txt"))
            first.write_text(first.read_text(encoding="utf-8") + "\n\nQ: Why?\n", encoding="utf-8")
            for line in await crowd(discord, queries, people):
                print(f"{attempt}. {line}")  # noqa: T201
            discord.acknowledged_at.clear()
            discord.replied_at.clear()
            print(f"{attempt}. memory: {before} MB before, {memory(bot.pid)} MB after")  # noqa: T201
        failed = [r for r in discord.replies if "went wrong" in (r.get("content") or "")]
        print(f"failed: {len(failed)}")  # noqa: T201


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--exchanges", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=50)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines]
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name) / "documents").mkdir()
        make_documents(real_exchanges(options.transcripts), options.exchanges, folder)
        began = time.monotonic()
        load_record(Path(name) / "record.db", [folder])
        print(f"{options.exchanges} exchanges loaded in {time.monotonic() - began:.0f} s")  # noqa: T201
        asyncio.run(measure(Path(name) / "record.db", folder, queries, options.people))


if __name__ == "__main__":
    main()
