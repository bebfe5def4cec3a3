"""How many asks a second a record of a given size takes, with how much memory.

``python -m tests.bench.capacity TRANSCRIPTS QUESTIONS.jsonl --exchanges 1000 10000`` makes
documents of these sizes out of the exchanges of real transcripts (each in new company, a word in
ten changed for another of theirs), loads them, then asks the real queries of the second file from
one and two processes. ``--made 1000000`` writes a record as ``tests.bench.made_record`` does,
without reading documents, for what would take too long to load. Processor time is told beside the
clock's, so that figures from a busy machine can be judged.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import click

from corpus.errors import OnrecordError
from corpus.exchanges import pair_turns
from corpus.load import find_documents, load_record, read_document
from corpus.match import answer_query
from corpus.record import Record
from tests.bench.made_record import Pool, make_record, read_pool
from tests.bot.test_run import running

ROOT = Path(__file__).resolve().parents[2]
A_DOCUMENT = 40  # exchanges; a briefing has 30 to 60


def real_exchanges(folder: Path) -> list[tuple[str, str]]:
    """Questions with their answers, of every transcript that can be read."""
    found = []
    for path in find_documents(folder):
        with suppress(OnrecordError):
            transcript = read_document(folder, path).parse()
            for exchange in pair_turns(transcript):
                sides = (exchange.questions, exchange.answers)
                question, answer = (
                    " ".join(" ".join(transcript.said(transcript.turns[at]) for at in side).split())
                    for side in sides
                )
                if question and answer:
                    found.append((question, answer))
    return found


def make_documents(real: Sequence[tuple[str, str]], exchanges: int, folder: Path) -> None:
    """Transcripts in the plain style, with as many exchanges as asked for."""
    chance = random.Random(exchanges)  # noqa: S311 - a seed, so that figures can be compared
    words = [word for pair in real for side in pair for word in side.split() if word.isalpha()]

    def changed(text: str) -> str:
        return " ".join(
            chance.choice(words) if word.isalpha() and chance.random() < 0.1 else word
            for word in text.split()
        )

    for number in range(0, exchanges, A_DOCUMENT):
        chosen = chance.choices(real, k=min(A_DOCUMENT, exchanges - number))
        turns = (f"Q: {changed(q)}\n\nMINISTER SMITH: {changed(a)}\n" for q, a in chosen)
        (folder / f"{number}.txt").write_text("\n".join(turns), encoding="utf-8")


def memory() -> int:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def ask_on(path: Path, queries: Sequence[str], seconds: float) -> dict[str, float]:
    """Ask one query after the other for some seconds."""
    with closing(Record(path)) as record:
        answer_query(record, queries[0])
        began, cpu, times = time.perf_counter(), time.process_time(), []
        for query in itertools.cycle(queries):
            before = time.process_time()
            with suppress(OnrecordError):
                answer_query(record, query)
            times.append(time.process_time() - before)
            if time.perf_counter() - began > seconds:
                break
        return {
            "asks/s": len(times) / (time.perf_counter() - began),
            "asks/s of processor": len(times) / (time.process_time() - cpu),
            "p50 ms": statistics.median(times) * 1000,
            "p99 ms": statistics.quantiles(times, n=100)[98] * 1000,
            "MB": memory(),
        }


def children_seconds() -> float:
    """Processor time of all ended child processes."""
    times = os.times()
    return times.children_user + times.children_system


def ask_once(record: Path, query: str) -> tuple[float, float]:
    """Seconds by the clock and of processor of one ``onrecord ask``, the medians of five."""
    command = [sys.executable, "-c", "from bot.main import main; main()", "ask", "--record"]
    clocks, spent = [], []
    for _ in range(5):
        began, before = time.perf_counter(), children_seconds()
        subprocess.run([*command, record, query], cwd=ROOT, check=True, capture_output=True)
        clocks.append(time.perf_counter() - began)
        spent.append(children_seconds() - before)
    return statistics.median(clocks), statistics.median(spent)


async def start_bot(record: Path) -> tuple[float, float]:
    """Seconds by the clock and of processor from the start of a bot until Discord has it."""
    began, before = time.perf_counter(), children_seconds()
    async with running(record) as (_discord, bot):
        clock = time.perf_counter() - began
        bot.kill()
        await bot.wait()
    return clock, children_seconds() - before


def measure(
    real: Sequence[tuple[str, str]], queries: Sequence[str], exchanges: int, seconds: float
) -> Iterator[str]:
    """Lines that tell what a record of this size takes."""
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name) / "documents").mkdir()
        make_documents(real, exchanges, folder)
        documents = sum(path.stat().st_size for path in folder.iterdir())
        record = Path(name) / "record.db"
        yield f"{documents / 1e6:.1f} MB of documents, " + build(
            record, lambda: load_record(record, [folder])
        )
        yield from measure_record(record, queries, seconds)


def measure_made(
    pool: Pool, queries: Sequence[str], exchanges: int, seconds: float
) -> Iterator[str]:
    """The same of a record that no load has made."""
    with tempfile.TemporaryDirectory() as name:
        record = Path(name) / "record.db"
        yield build(record, lambda: make_record(record, exchanges, pool))
        yield from measure_record(record, queries, seconds)


def build(record: Path, work: Callable[[], object]) -> str:
    """How long it took to make a record, and how large it is."""
    began, cpu = time.perf_counter(), time.process_time() + children_seconds()
    work()
    clock = time.perf_counter() - began
    spent = time.process_time() + children_seconds() - cpu
    with closing(Record(record)) as live, live.reading() as reader:
        held = sum(stored.exchanges for stored in reader.transcripts())
    return (
        f"{held:,} exchanges: made in {clock:.1f} s ({spent:.1f} s of processor),"
        f" {record.stat().st_size / 1e6:.1f} MB on disk"
    )


def measure_record(record: Path, queries: Sequence[str], seconds: float) -> Iterator[str]:
    """Lines that tell what it takes to ask a record, from one process and from two."""
    starts = {"onrecord ask": ask_once(record, queries[0])}
    starts["onrecord run, until ready"] = asyncio.run(start_bot(record))
    for command, (clock, spent) in starts.items():
        yield f"  {command}: {clock:.2f} s ({spent:.2f} s of processor)"
    for processes in (1, 2):
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            told = pool.starmap(ask_on, [(record, queries, seconds)] * processes)
        whole = {key: sum(each[key] for each in told) for key in ("asks/s", "asks/s of processor")}
        worst = {key: max(each[key] for each in told) for key in ("p50 ms", "p99 ms", "MB")}
        figures = ", ".join(f"{key} {value:.1f}" for key, value in {**whole, **worst}.items())
        yield f"  {processes} process{'es' * (processes > 1)}: {figures} each"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--exchanges", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--made", type=int, nargs="*", default=[])
    parser.add_argument("--record", type=Path, help="measure this one and make none")
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines if line.strip()]
    if options.record:
        for line in measure_record(options.record, queries, options.seconds):
            click.echo(line)
        return
    real = real_exchanges(options.transcripts)
    click.echo(f"{len(real):,} real exchanges, {len(queries)} queries")
    for exchanges in options.exchanges:
        for line in measure(real, queries, exchanges, options.seconds):
            click.echo(line)
    for exchanges in options.made:
        pool = read_pool(options.transcripts, random.Random(exchanges))  # noqa: S311 - seeded
        for line in measure_made(pool, queries, exchanges, options.seconds):
            click.echo(line)


if __name__ == "__main__":
    main()
