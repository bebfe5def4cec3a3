"""How long the longest documents take to load, and with how much memory.

``python -m tests.bench.large`` loads made documents of 2½, 5 and 10 megabytes into new records,
each in a process of its own, and prints what came of it, seconds of processor time and the most
memory that was held. Twice the size should take twice the time. Those named “full” have as many
labels as a document may have; the others are those of ``parse_growth``, made to be slow.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import click

from corpus.load import load_record
from corpus.reading.base import MOST_LABELS
from tests.bench import parse_growth

_SAID = "we said that it’s true, and then we said it once more in that very room of theirs. "
_PAIRS = MOST_LABELS // 2 - 1
_XML = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<transcripts><transcript>'
    "<transcript-id>1</transcript-id><title>Interview</title><prime-minister>Doe, Jane"
    "</prime-minister><release-type>Interview</release-type><content><![CDATA["
)
_KREMLIN = (
    '<html><head><meta property="og:url" content="http://en.kremlin.ru/events/1"></head><body>'
    '<div itemprop="articleBody">'
)

FULL: dict[str, tuple[str, int, str, str, str]] = {
    "plain": ("txt", _PAIRS, "", "MINISTER ROE: {}\n\nQUESTION: {}\n\n", ""),
    "every official another": (
        *("txt", _PAIRS, "", "MINISTER {name}: {}\n\nQUESTION: {}\n\n", ""),
    ),
    "every label another": (
        *("txt", _PAIRS, "", "MINISTER {name}: {}\n\nJANE {name}: {}\n\n", ""),
    ),
    "white house": ("md", _PAIRS, parse_growth.FRONT, "MS. DOE:  {}\n\nQ    {}\n\n", ""),
    "white house, real density": (
        *("md", 13_000, parse_growth.FRONT, "MS. DOE:  {}\n\nQ    {}\n\n", ""),
    ),
    "state": (
        "txt",
        _PAIRS,
        parse_growth.BANNER,
        "QUESTION:  {}\n\nSECRETARY ROE:  {}\n\n",
        "U.S. Department of State\n",
    ),
    "federal reserve": (
        "txt",
        _PAIRS,
        "Transcript of Chair Doe’s Press Conference\nJuly 1, 2020\n\nFederal Reserve\n\n",
        "CHAIR DOE.  {}\n\nQUESTION.  {}\n\n",
        "",
    ),
    "papers": (
        *("txt", _PAIRS, "News Conference\nMay 1, 1990\n\n"),
        *("The President. {}\n\nQ. {}\n\n", ""),
    ),
    "australia": (
        *("xml", 74_000, _XML, "<p>JOURNALIST: {}</p>\n<p>PRIME MINISTER: {}</p>\n"),
        "]]></content></transcript></transcripts>",
    ),
    "kremlin": (
        *("html", 37_000, _KREMLIN, "<p><b>Jane Doe:</b> {}</p><p><b>Question:</b> {}</p>"),
        "</div></body></html>",
    ),
    "state page": (
        *("html", 37_000, parse_growth.PAGE),
        *("<p><b>SECRETARY ROE:</b> {}</p><p><b>QUESTION:</b> {}</p>", ""),
    ),
}


def make_full(kind: str, size: int) -> tuple[str, bytes]:
    """A document of about ``size`` bytes with all its labels, and its name."""
    suffix, pairs, head, pair, tail = FULL[kind]
    room = max(8, size // (2 * pairs) - len(pair) // 2)
    said = "".join(islice(cycle(_SAID), room - len(_SAID[:room].encode()) + len(_SAID[:room])))
    half = said[: len(said) // 2] + "\n" + said[len(said) // 2 :]
    body = "".join(pair.format(half, half, name=parse_growth.letters(n)) for n in range(pairs))
    return f"made.{suffix}", f"{head}{body}{tail}".encode()


def make(kind: str, size: int) -> tuple[str, bytes]:
    """A document of a kind, of about ``size`` bytes, and its name."""
    if kind.startswith("full "):
        return make_full(kind.removeprefix("full "), size)
    content = parse_growth.make(kind, size)
    return ("made.html" if content.startswith(b"<") else "made.md"), content


def load_one(kind: str, size: int) -> dict[str, object]:
    """Load a document in this process; what came of it, seconds and megabytes."""
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name) / "documents").mkdir()
        file, content = make(kind, size)
        (folder / file).write_bytes(content)
        del content
        spent = time.process_time()
        report = load_record(Path(name) / "record.db", [folder])
        return {
            "seconds": time.process_time() - spent,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "outcome": "on record" if report.added else report.problems[0],
        }


def load_apart(kind: str, size: int) -> dict[str, float | str]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.large", "--one", kind, str(size)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(told))


def print_row(kind: str, sizes: list[float], show: Callable[[str], None] = click.echo) -> None:
    """A line for a kind: seconds and megabytes for each size, and what came of the largest."""
    each = [load_apart(kind, round(size * 1_000_000)) for size in sizes]
    figures = "".join(f"{x['seconds']:7.1f} s{x['megabytes']:5.0f} MB" for x in each)
    show(f"{kind:32}{figures}  {str(each[-1]['outcome'])[:80]}")


def main() -> None:
    """Print the table."""
    kinds = [*(f"full {kind}" for kind in FULL), *parse_growth.DOCUMENTS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=kinds)
    parser.add_argument("--sizes", nargs="+", type=float, default=[2.5, 5, 10])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        kind, size = options.one
        click.echo(json.dumps(load_one(kind, int(size))))
        return
    click.echo(f"{'megabytes':32}" + "".join(f"{size:>17}" for size in options.sizes))
    for kind in options.kinds:
        print_row(kind, options.sizes)


if __name__ == "__main__":
    main()
