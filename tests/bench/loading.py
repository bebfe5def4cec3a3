"""How long a load takes, by the clock and of processor, and with how much memory.

``python -m tests.bench.loading TRANSCRIPTS --documents 1500`` copies the documents of a folder
until there are so many, a lower-case word in twenty changed for another of theirs (seeded), and
loads them into a new record, then again unchanged, then with one file changed.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from corpus.load import LoadReport, find_documents, load_record

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LOWER = re.compile(r"(?<= )[a-z]{3,}(?= )")
CHANGED = 0.05  # of the words


def copy_documents(documents: Sequence[Path], count: int, into: Path) -> None:
    """Write so many documents, each with words changed; their front matter stays."""
    chance = random.Random(count)  # noqa: S311 - a seed, so that figures can be compared
    texts = [path.read_text("utf-8") for path in documents]
    pool = [word for text in texts for word in _LOWER.findall(text)]

    def change(found: re.Match[str]) -> str:
        return chance.choice(pool) if chance.random() < CHANGED else found[0]

    for number in range(count):
        path, text = documents[number % len(documents)], texts[number % len(documents)]
        front = match[0] if (match := _FRONT.match(text)) else ""
        copy = into / f"{number:05}_{path.name}"
        copy.write_text(front + _LOWER.sub(change, text[len(front) :]), "utf-8")


class Memory:
    """The most memory that this process and those it started held at one time, in MB."""

    def __init__(self) -> None:
        self.most = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self.most = max(self.most, sum(map(_private, _family())))


def _family() -> list[str]:
    children = Path(f"/proc/self/task/{threading.main_thread().native_id}/children")
    threads = Path("/proc/self/task").glob("*/children")
    started = {pid for each in (children, *threads) for pid in each.read_text().split()}
    return ["self", *started]


def _private(process: str) -> float:
    """Proportional share of memory in MB: what processes share counts once."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _spent() -> float:
    """Seconds of processor of this process and those it started and ended."""
    uses = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def measure(name: str, load: Callable[[], LoadReport]) -> str:
    """A line of figures for a load."""
    began, spent = time.perf_counter(), _spent()
    with Memory() as memory:
        report = load()
    clock = time.perf_counter() - began
    return (
        f"{name:<18} {clock:7.1f} s by the clock {_spent() - spent:7.1f} s of processor"
        f" {memory.most:5.0f} MB  {len(report.added)} added, {len(report.changed)} changed,"
        f" {report.unchanged} unchanged, {len(report.problems)} problems"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--documents", type=int, default=1_500)
    parser.add_argument("--folder", type=Path, help="where to work (else a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        (folder := Path(name) / "documents").mkdir()
        record = Path(name) / "record.db"
        copy_documents(find_documents(options.transcripts), options.documents, folder)
        click.echo(f"{options.documents:,} documents, Python {sys.version.split()[0]}")
        click.echo(measure("all", lambda: load_record(record, [folder])))
        click.echo(measure("again", lambda: load_record(record, [folder])))
        one = next(iter(find_documents(folder)))
        one.write_text(one.read_text("utf-8") + "\n\nMR. SMITH:  One more thing.\n", "utf-8")
        click.echo(measure("one file changed", lambda: load_record(record, [folder])))
        click.echo(f"record: {record.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
