"""Whether mutated real documents are read or refused, and what is made of them.

``python -m tests.bench.mutations TRANSCRIPTS --documents 10000 --seed 1`` cuts, doubles, moves and
overwrites stretches of real documents (seeded), swaps, drops and invents labels, and parses each
result. A table tells for each way of mutating how many were read, were refused in a sentence, or
broke the rules: turns and furniture are the whole text, in order and once; an error names file,
line and remedy; nothing else is raised; no official's turn takes in a reporter's label.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from corpus.errors import TranscriptError
from corpus.exchanges import pair_turns
from corpus.load import find_documents
from corpus.model import Transcript
from corpus.parse import parse_transcript

Mutation = Callable[[bytes, random.Random], bytes]
_LABEL = re.compile(rb"^(?:<p>)?(?:<b>)?(?:Q\b|[A-Z][\w.' -]{1,40}:)", re.MULTILINE)
_ASKS = re.compile(r"^(?:QUESTION|REPORTER|JOURNALIST|Media):\s", re.MULTILINE)
_SWAPPED = (b"Q    ", b"QUESTION: ", b"MS. DOE: ", b"Media: ", b"**Q:** ", b"THE PRESIDENT: ")
_NOISE = (b"\x00", b"\xff\xfe", b"\xe2\x80", b"<p>", b"]]>", b"---\n", b"\r", b"\xc2\xa0", b"\x0c")


def cut(content: bytes, chance: random.Random) -> bytes:
    """Leave a stretch out."""
    at, size = chance.randrange(len(content)), chance.choice((1, 40, 900, 9_000))
    return content[:at] + content[at + size :]


def double(content: bytes, chance: random.Random) -> bytes:
    """Say a stretch up to three times more."""
    at, size = chance.randrange(len(content)), chance.choice((3, 40, 900))
    return content[:at] + content[at : at + size] * chance.randint(1, 3) + content[at:]


def move(content: bytes, chance: random.Random) -> bytes:
    """Put a stretch elsewhere."""
    at, size = chance.randrange(len(content)), chance.choice((40, 900))
    piece, rest = content[at : at + size], content[:at] + content[at + size :]
    goal = chance.randrange(len(rest) + 1)
    return rest[:goal] + piece + rest[goal:]


def overwrite(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes for any others."""
    broken = bytearray(content)
    for _ in range(chance.randint(1, 9)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def insert(content: bytes, chance: random.Random) -> bytes:
    """Put in what breaks encodings and markup."""
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(_NOISE) + content[at:]


def relabel(content: bytes, chance: random.Random) -> bytes:
    """Put another label in a label's place, or drop it."""
    found = list(_LABEL.finditer(content))
    for each in reversed(chance.sample(found, min(len(found), chance.randint(1, 5)))):
        label = chance.choice((b"", *_SWAPPED))
        content = content[: each.start()] + label + content[each.end() :]
    return content


def misspell(content: bytes, chance: random.Random) -> bytes:
    """Swap, drop or double a letter of some labels."""
    found = list(_LABEL.finditer(content))
    for each in reversed(chance.sample(found, min(len(found), chance.randint(1, 5)))):
        label = bytearray(each[0])
        at = chance.randrange(len(label))
        label[at : at + 1] = chance.choice((b"", label[at : at + 1] * 2, b"X"))
        content = content[: each.start()] + bytes(label) + content[each.end() :]
    return content


MUTATIONS: tuple[Mutation, ...] = (cut, double, move, overwrite, insert, relabel, misspell)


def mutate(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """The document after one to four mutations of a kind, and the kind's name."""
    mutation = chance.choice(MUTATIONS)
    for _ in range(chance.randint(1, 4)):
        content = mutation(content, chance) or b"?"
    return mutation.__name__, content


def broken_rules(transcript: Transcript) -> Iterator[str]:
    """Which of the rules that hold of every transcript do not hold of this one."""
    spans = [(turn.start, turn.end) for turn in transcript.turns]
    spans = sorted(spans + [(each.start, each.end) for each in transcript.furniture])
    at = 0
    for start, end in [*spans, (len(transcript.text), len(transcript.text))]:
        if start < at or end < start:
            yield "read twice"
        if transcript.text[at:start].strip():
            yield "lost"
        at = end
    if any(transcript.said(turn).strip() != transcript.said(turn) for turn in transcript.turns):
        yield "white space at an end"
    answers = [at for exchange in pair_turns(transcript) for at in exchange.answers]
    officials = [at for at, turn in enumerate(transcript.turns) if turn.kind == "official"]
    if sorted(answers) != officials:
        yield "an answer in no exchange, or in two"
    if any(_ASKS.search(transcript.said(transcript.turns[at])) for at in officials):
        yield "a reporter's label inside an official's turn"


def judge(name: str, content: bytes) -> str:
    """What came of a document: ``read``, ``refused``, or which rule it broke."""
    try:
        transcript = parse_transcript(name, content)
    except TranscriptError as error:
        lines = content.count(b"\n") + 2
        told = error.file == name and error.problem.endswith(".") and len(error.problem) < 400
        told = told and (error.line is None or 1 <= error.line <= lines)
        return "refused" if told else f"told badly: {error}"
    except Exception:  # what must never happen, with its place
        return "raised " + traceback.format_exc().strip().splitlines()[-1]
    return next(broken_rules(transcript), "read")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - a seed, so that figures can be compared
    documents = [path for path in find_documents(options.transcripts) if path.stat().st_size]
    outcomes: dict[str, Counter[str]] = {each.__name__: Counter() for each in MUTATIONS}
    slowest, began = (0.0, ""), time.perf_counter()
    with click.progressbar(range(options.documents), label="Mutating") as numbers:
        for number in numbers:
            path = chance.choice(documents)
            kind, content = mutate(path.read_bytes(), chance)
            started = time.process_time()
            outcome = judge(path.name, content)
            slowest = max(slowest, (time.process_time() - started, f"{path.name}, no. {number}"))
            outcomes[kind][outcome] += 1
            if outcome not in {"read", "refused"}:
                click.echo(f"\n{path.name}, no. {number}, {kind}: {outcome}")
    _print_table(outcomes, options.documents)
    click.echo(f"{time.perf_counter() - began:.0f} s; the slowest {slowest[0]:.2f} s: {slowest[1]}")


def _print_table(outcomes: dict[str, Counter[str]], documents: int) -> None:
    click.echo(f"{'mutation':<12}{'documents':>10}{'read':>8}{'refused':>9}{'broken':>8}")
    whole = Counter[str]()
    for kind, counts in [*outcomes.items(), ("all", whole)]:
        broken = counts.total() - counts["read"] - counts["refused"]
        row = f"{counts.total():>10,}{counts['read']:>8,}{counts['refused']:>9,}{broken:>8,}"
        click.echo(f"{kind:<12}{row}")
        if kind != "all":
            whole.update(counts)
    if whole.total() != documents:
        raise SystemExit(f"only {whole.total()} of {documents} were judged")


if __name__ == "__main__":
    main()
