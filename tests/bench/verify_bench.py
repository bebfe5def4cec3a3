"""How far verdicts can be trusted, and how fast they are: quotes drawn and changed by a seed.

    python -m tests.bench.verify_bench [--scale 1.0] [--seed 1] [--keep-out 0]

prints a table: quotes changed in one of nine ways, and in fourteen that are smaller or craftier;
quotes in other typography; reporters' words; and sentences of documents that are not in the record
(every sixth is kept out of it), those apart that an official on record says too. A changed quote
that happens to be on record after all is not used.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import OnrecordError
from corpus.load import load_record
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.record import Record
from corpus.verdict import Verdict
from corpus.verify import verify_quote
from tests.bench.verify_changes import (
    CHANGES,
    LONGEST,
    SHORTEST,
    Changes,
    Said,
    restyle,
)
from tests.bench.verify_crafty import CRAFTY, MARKED

SUFFIXES = {".txt", ".md", ".html", ".xml", ".pdf"}
KEPT_OUT = 6  # one document in so many


@dataclass(frozen=True)
class Case:
    """A purported quote, the verdict it must get, and words one of which a difference must name."""

    kind: str
    quote: str
    verdict: str
    changed: frozenset[str] = frozenset()


# ---------------------------------------------------------------- documents


def read_documents(folder: Path) -> Iterator[tuple[Path, Transcript]]:
    """The documents under ``folder`` that a house style claims, in order of name."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES and path.name != "NOTES.md":
            try:
                yield path, parse_transcript(path.name, path.read_bytes())
            except OnrecordError:
                continue


def seen(text: str) -> str:
    """A turn as a reader of the page sees it: struck words gone, escapes resolved."""
    text = re.sub(r"\w*<s>.*?</s>\w*", " ", text, flags=re.DOTALL)
    return re.sub(r"\\([\[\]*_.\-])", r"\1", text)


def gather(transcripts: Sequence[Transcript], kind: str) -> Said:
    """What speakers of a kind say, in turns that are long enough to draw from."""
    turns = [
        words
        for transcript in transcripts
        for turn in transcript.turns
        if turn.kind == kind and len(words := seen(transcript.said(turn)).split()) >= SHORTEST + 2
    ]
    return Said(tuple(turns))


def bare(text: str) -> str:
    """Letters and digits of each word, in small letters: a rough check on what is on record."""
    kept = "".join(char if char.isalnum() else "" if char in "'’‘,." else " " for char in text)
    return f" {' '.join(kept.casefold().split())} "


# ---------------------------------------------------------------- cases


# What stands in brackets may rightly be left out, and an ellipsis marks that something is.
_MARKS = re.compile(r"[()\[\]<…]|\.\.\.")


class Bench:
    """Documents of ``folder``, a record of most of them, and cases drawn by a seed."""

    def __init__(self, folder: Path, record: Path, keep_out: int = 0) -> None:
        documents = list(read_documents(folder))
        self.outside = [t for at, (_, t) in enumerate(documents) if at % KEPT_OUT == keep_out]
        self.inside = [t for at, (_, t) in enumerate(documents) if at % KEPT_OUT != keep_out]
        kept = record.parent / "documents"
        kept.mkdir()
        for at, (path, _) in enumerate(documents):
            if at % KEPT_OUT != keep_out:
                (kept / path.name).write_bytes(path.read_bytes())
        load_record(record, [kept])
        self.record = Record(record)
        self.officials = gather(self.inside, "official")
        self.reporters = gather(self.inside, "reporter")
        self.others = gather(self.outside, "official")
        self.on_record = "\n".join(
            bare(seen(t.said(turn)))
            for t in self.inside
            for turn in t.turns
            if turn.kind == "official"
        )

    def altered(self, count: int, rng: random.Random, changes: Changes = CHANGES) -> Iterator[Case]:
        """Quotes changed in each of the ways in turn."""
        kinds = list(changes)
        made = 0
        while made < count:
            kind = kinds[made % len(kinds)]
            words = self.officials.draw(rng)
            changed = changes[kind](words, rng, self.officials)
            fresh = [] if changed is None or kind in MARKED else changed[0]
            if changed is None or _MARKS.search(" ".join(words + fresh)):
                continue
            quote = " ".join(changed[0])
            if bare(quote) in self.on_record or not bare(quote).strip():
                continue
            made += 1
            yield Case(kind, quote, "altered", frozenset(bare(" ".join(changed[1])).split()))

    def restyled(self, count: int, rng: random.Random) -> Iterator[Case]:
        """Quotes as they are, in other typography."""
        for _ in range(count):
            yield Case("typography only", restyle(self.officials.draw(rng), rng), "verbatim")

    def asked(self, count: int, rng: random.Random) -> Iterator[Case]:
        """Words of reporters that no official on record says too."""
        made = 0
        while made < count:
            quote = " ".join(self.reporters.draw(rng))
            if bare(quote) not in self.on_record:
                made += 1
                yield Case("a reporter's words", quote, "other_speaker")

    def elsewhere(self, count: int, rng: random.Random) -> Iterator[Case]:
        """Sentences of the documents kept out; those that an official says on record too apart."""
        sentences = [
            words
            for turn in self.others.turns
            for sentence in re.split(r"(?<=[.?!])\s+", " ".join(turn))
            if SHORTEST <= len(words := sentence.split()) <= LONGEST
        ]
        for words in rng.sample(sentences, min(count, len(sentences))):
            quote = " ".join(words)
            if bare(quote) in self.on_record:
                yield Case("said on record too", quote, "verbatim")
            else:
                yield Case("not in the record", quote, "not_found")

    def cases(self, scale: float, seed: int) -> list[Case]:
        """10,000 altered, 5,000 restyled, 1,000 of reporters, 1,000 from elsewhere, 7,000 altered
        in smaller and craftier ways; times scale."""
        rng = random.Random(seed)  # noqa: S311
        return [
            *self.altered(round(10_000 * scale), rng),
            *self.restyled(round(5_000 * scale), rng),
            *self.asked(round(1_000 * scale), rng),
            *self.elsewhere(round(1_000 * scale), rng),
            *self.altered(round(7_000 * scale), rng, CRAFTY),
        ]


@dataclass
class Tally:
    """What the cases of one kind got."""

    verdicts: Counter[str] = field(default_factory=Counter[str])
    named: int = 0
    wrong: list[tuple[Case, Verdict]] = field(default_factory=list[tuple[Case, Verdict]])

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.verdicts.values())


def names_change(case: Case, verdict: Verdict) -> bool:
    """Whether a difference has one of the changed words."""
    told = bare(" ".join(f"{d.given} {d.actual}" for d in verdict.differences))
    return any(f" {word} " in told for word in case.changed)


def judge(record: Record, cases: Sequence[Case]) -> tuple[dict[str, Tally], list[float]]:
    """The tally of each kind, and the CPU milliseconds of each quote."""
    tallies: dict[str, Tally] = {}
    times: list[float] = []
    for case in cases:
        started = time.process_time()
        verdict = verify_quote(record, case.quote)
        times.append((time.process_time() - started) * 1000)
        tally = tallies.setdefault(case.kind, Tally())
        tally.verdicts[verdict.verdict] += 1
        named = case.verdict != "altered" or names_change(case, verdict)
        tally.named += named and verdict.verdict == case.verdict
        if verdict.verdict != case.verdict or not named:
            tally.wrong.append((case, verdict))
    return tallies, sorted(times)


VERDICTS = ("verbatim", "altered", "other_speaker", "not_found")


def table(tallies: dict[str, Tally]) -> str:
    """One row a kind: how many got which verdict, and for how many it was right in all."""
    rows = [f"{'kind':22}{'quotes':>8}" + "".join(f"{v:>15}" for v in VERDICTS) + f"{'right':>9}"]
    for kind, tally in tallies.items():
        counts = "".join(f"{tally.verdicts[v]:>15}" for v in VERDICTS)
        rows.append(f"{kind:22}{tally.count:>8}{counts}{tally.named / tally.count:>9.2%}")
    return "\n".join(rows)


def main() -> None:
    """Print the table, the times and some of the wrong ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transcripts", type=Path, default=Path("../shared/transcripts"))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep-out", type=int, default=0, help="which sixth of the documents")
    parser.add_argument("--wrong", type=int, default=0, help="show so many wrong ones of each kind")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        bench = Bench(given.transcripts, Path(folder) / "record.db", given.keep_out)
        tallies, times = judge(bench.record, bench.cases(given.scale, given.seed))
    print(table(tallies))  # noqa: T201
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"CPU ms a quote: p50 {p50:.1f}, p99 {p99:.1f}, most {times[-1]:.1f}")  # noqa: T201
    for kind, tally in tallies.items():
        for case, verdict in tally.wrong[: given.wrong]:
            print(f"\n[{kind}] {case.quote}\n  {sorted(case.changed)}")  # noqa: T201
            print(f"  -> {verdict.verdict} {verdict.differences} {verdict.notes}")  # noqa: T201
            if verdict.match:
                print(f"  = {verdict.match.quote.text}")  # noqa: T201


if __name__ == "__main__":
    main()
