"""Fifty people ask at once, while the record is reloaded: who waits how long, and what it costs.

``python -m tests.bench.crowd TRANSCRIPTS QUESTIONS.jsonl --exchanges 100000`` makes a record as
``tests.bench.capacity`` does, starts the real bot against a Discord on loopback, lets a crowd ask
once, so that every thread has what it keeps, and then, several times over, changes a document and
has the owner reload while all ask and ten others type. Times are from the moment of asking, memory
is what the process has before a crowd, right after it, and at rest. With ``--cache`` the record,
which takes minutes to make, is kept there for the next time.

What a crowd of fifty takes at 100,000 exchanges, by the figures of glibc, SQLite and Python: from
96 MB after one query to 114 right after it. Of these 18 MB 10 are two more readers, with the pages
and transcripts that each keeps, and 3 what the third keeps: given back at rest. The other 5 stay,
and later crowds add nothing to them: 2 are caches that fill with use and are bounded (stems, words
near others, sentences), 2 room between what is in use in glibc's heap and Python's, 1 the program's
own pages and its threads. The first reload adds 2, for what starts another process.
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
from collections.abc import Collection
from pathlib import Path

import click

from bot.memory import REST_SECONDS
from corpus.load import load_record
from tests.bench.capacity import make_documents, real_exchanges
from tests.bot.loopback import LoopbackDiscord
from tests.bot.test_run import running

RELOAD = "9000"
TYPING = 10  # others, amid the crowd


def memory(process: int) -> int:
    """Resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


async def crowd(
    discord: LoopbackDiscord, queries: list[str], people: int, *, reloading: bool
) -> list[str]:
    """Let everybody ask, while the owner reloads or not; tells how long each waited."""
    asked, typed = {}, {}
    if reloading:
        await discord.reload(int(RELOAD))
    for number, query in zip(
        range(10_000, 10_000 + people), itertools.cycle(queries), strict=False
    ):
        asked[str(number)] = time.monotonic()
        await discord.ask(query, number)
    for number, query in zip(range(20_000, 20_000 + TYPING), queries, strict=False):
        typed[str(number)] = time.monotonic()
        await discord.type(query[:12], number)
    await replied(discord, asked)
    lines = []
    if reloading:
        during = RELOAD not in discord.replied_at
        lines.append(f"the last was answered {'during' if during else 'after'} the reload")
        await replied(discord, [RELOAD])
    for name, began, times in (
        ("ack", asked, discord.acknowledged_at),
        ("reply", asked, discord.replied_at),
        ("suggestions", typed, discord.acknowledged_at),
    ):
        waited = sorted(times[number] - began[number] for number in began)
        median, slowest = statistics.median(waited) * 1000, waited[-1] * 1000
        lines.append(f"{name}: p50 {median:.0f} ms, slowest {slowest:.0f} ms of {len(began)}")
    discord.acknowledged_at.clear()
    discord.replied_at.clear()
    return lines


async def type_alone(discord: LoopbackDiscord, queries: list[str]) -> str:
    """Type when nobody else asks, a letter or a few at a time; tells how long suggestions took."""
    waited = []
    for number, query in enumerate(queries, 30_000):
        began = time.monotonic()
        await discord.type(query[: number % 20], number)
        while str(number) not in discord.acknowledged_at:
            await discord.acknowledged.wait()
            discord.acknowledged.clear()
        waited.append(discord.acknowledged_at[str(number)] - began)
    median, slowest = statistics.median(waited) * 1000, max(waited) * 1000
    discord.acknowledged_at.clear()
    return f"suggestions at rest: p50 {median:.0f} ms, slowest {slowest:.0f} ms of {len(waited)}"


async def replied(discord: LoopbackDiscord, numbers: Collection[str]) -> None:
    """Wait until all these interactions have their reply."""
    while not discord.replied_at.keys() >= set(numbers):
        await discord.replied.wait()
        discord.replied.clear()


async def measure(record: Path, folder: Path, queries: list[str], people: int, times: int) -> None:
    """Print what a crowd meets."""
    first = next(folder.glob("*.txt"))
    async with running(record, ONRECORD_FOLDERS=str(folder)) as (discord, bot):
        await discord.ask(queries[0], 1)
        await replied(discord, ["1"])
        click.echo(f"after one query: {memory(bot.pid)} MB")
        click.echo(await type_alone(discord, queries))
        for round_ in range(times + 1):
            before = memory(bot.pid)
            if round_:
                text = first.read_text(encoding="utf-8")
                first.write_text(f"{text}\n\nQ: Why?\n", encoding="utf-8")
            lines = await crowd(discord, queries, people, reloading=bool(round_))
            after = memory(bot.pid)
            await asyncio.sleep(2 * REST_SECONDS + 1)  # it looks twice before it takes a rest
            lines.append(
                f"memory: {before} MB before, {after} MB after, {memory(bot.pid)} MB at rest"
            )
            click.echo(f"{round_}. {'; '.join(lines)}")
        failed = [r for r in discord.replies if "went wrong" in (r.get("content") or "")]
        click.echo(f"failed: {len(failed)} of {people * (times + 1)}")


def make_once(transcripts: Path, exchanges: int, folder: Path) -> tuple[Path, Path]:
    """The record of so many exchanges and its documents, made in ``folder`` where it has none."""
    documents, record = folder / "documents", folder / "record.db"
    if not record.exists():
        documents.mkdir(parents=True)
        make_documents(real_exchanges(transcripts), exchanges, documents)
        began = time.monotonic()
        load_record(record, [documents])
        click.echo(f"{exchanges} exchanges loaded in {time.monotonic() - began:.0f} s")
    return record, documents


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--exchanges", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--times", type=int, default=4, help="how often the owner reloads")
    parser.add_argument("--cache", type=Path, help="a folder that keeps the record")
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines]
    with tempfile.TemporaryDirectory() as name:
        kept = options.cache and options.cache / str(options.exchanges)
        made = make_once(options.transcripts, options.exchanges, kept or Path(name))
        asyncio.run(measure(*made, queries, options.people, options.times))


if __name__ == "__main__":
    main()
