"""How long finding takes on records of 1,000 to a million exchanges, beside what others use.

``python -m tests.bench.speed TRANSCRIPTS --cache FOLDER [--exchanges 1000 10000 100000]`` makes
the records (kept in the cache), draws queries from targets spread over all their exchanges, and
prints milliseconds of processor a query, so that figures from a busy machine can be compared.
``--plot docs/pictures/growth.svg`` draws how all of them grow with the record.
``pip install onrecord[bench]`` brings the others.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from corpus import index
from corpus.errors import OnrecordError
from corpus.match import answer_query, suggest_queries
from corpus.postings import Narrowing
from corpus.record import Record
from corpus.score import Scored, score_candidates
from corpus.search import Search, find_candidates, plan_search
from corpus.store import Reader
from corpus.vectors import chosen_encoder
from corpus.words import content_words, split_words
from tests.bench.growth import draw_growth
from tests.bench.made_record import A_DOCUMENT, make_record, read_pool
from tests.bench.systems import (
    BASELINE,
    SYSTEMS,
    Ask,
    Corpus,
    ours,
    ours_without_vectors,
    read_corpus,
)

SEED = 1787


# ---------------------------------------------------------------- queries


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, in which way it was made, and the exchange it was made from."""

    text: str
    kind: str
    target: int


def draw_queries(reader: Reader, exchanges: int, count: int) -> list[Query]:
    """Queries of three kinds, made from exchanges spread over the whole record."""
    chance = random.Random(SEED + exchanges)  # noqa: S311 - seeded
    kinds: dict[str, Callable[[list[str], list[str], random.Random], list[str]]] = {
        "reworded": _reword,
        "typo": _mistype,
        "keyword": _pick,
    }
    queries: list[Query] = []
    while len(queries) < count:
        target = 1 + (len(queries) * exchanges) // count + chance.randrange(exchanges // count)
        question, answer = _said(reader, target)
        if len(question) < 4 or len(answer) < 8:
            continue
        kind = list(kinds)[len(queries) % len(kinds)]
        words = kinds[kind](question, answer, chance)
        queries.append(Query(" ".join(words), kind, target))
    return queries


def _said(reader: Reader, number: int) -> tuple[list[str], list[str]]:
    """Content words of an exchange's question and answer."""
    key, exchange = reader.exchange(number)
    transcript = reader.transcript(key)
    sides = (exchange.questions, exchange.answers)
    question, answer = (
        [word for at in side for word in content_words(split_words(transcript.said(turns[at])))]
        for turns in (transcript.turns,)
        for side in sides
    )
    return question, answer


def _reword(question: list[str], answer: list[str], chance: random.Random) -> list[str]:
    """Two thirds of the question's words and some of the answer's, in a sentence of its own."""
    some = chance.sample(question, min(8, max(3, 2 * len(question) // 3)))
    words = [*some, *chance.sample(answer, 2)]
    chance.shuffle(words)
    return ["what", "did", "they", "say", "about", *words[:3], "and", "the", *words[3:]]


def _mistype(question: list[str], _answer: list[str], chance: random.Random) -> list[str]:
    """The question's words, two of the longer with a letter swapped, dropped or doubled."""
    words = question[:10]
    longer = [at for at, word in enumerate(words) if len(word) > 4]
    for at in chance.sample(longer, min(2, len(longer))):
        word, cut = words[at], chance.randrange(1, len(words[at]) - 1)
        words[at] = chance.choice(
            (
                word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
                word[:cut] + word[cut + 1 :],
                word[:cut] + word[cut] + word[cut:],
            )
        )
    return words


def _pick(question: list[str], answer: list[str], chance: random.Random) -> list[str]:
    """Two to four words of question and answer, the longer ones."""
    longest = sorted({*question, *answer}, key=lambda word: (-len(word), word))[:12]
    return chance.sample(longest, chance.randint(2, 4))


def how_many(exchanges: int) -> int:
    """Queries for the slow ones: some minutes' worth."""
    return min(40, max(8, 4_000_000 // exchanges))


# ---------------------------------------------------------------- measuring


def time_queries(ask: Ask, queries: Sequence[str]) -> list[float]:
    """Milliseconds of processor a query, in order of size, once the first few have been asked."""
    for query in queries[:5]:
        ask(query)
    spent: list[float] = []
    for query in queries:
        began = time.process_time()
        with suppress(OnrecordError):
            ask(query)
        spent.append((time.process_time() - began) * 1000)
    return sorted(spent)


def percentile(times: Sequence[float], share: float) -> float:
    """The value that so many of the ordered ``times`` don't exceed."""
    return times[min(len(times) - 1, int(len(times) * share))]


def longest_hold(ask: Ask, queries: Sequence[str]) -> list[float]:
    """For each query the longest that another thread waited, in ms of this process's time.

    Time in which the machine ran other processes or had no core for the thread that waits doesn't
    count, nor does what it waits because Python hands over only every so often: that is set to
    .1 ms here.
    """
    holds: list[float] = []
    done = threading.Event()
    longest = [0.0]

    def watch() -> None:
        queue = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        while not done.is_set():
            before, waited = time.process_time(), _queued(queue)
            time.sleep(0.0002)
            held = time.process_time() - before - (_queued(queue) - waited)
            longest[0] = max(longest[0], held)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.0001)
    watcher = threading.Thread(target=watch)
    watcher.start()
    for query in queries:
        longest[0] = 0.0
        with suppress(OnrecordError):
            ask(query)
        holds.append(longest[0] * 1000)
    done.set()
    watcher.join()
    sys.setswitchinterval(interval)
    return sorted(holds)


def _queued(schedstat: Path) -> float:
    """Seconds that a thread has waited for a core."""
    return int(schedstat.read_text().split()[1]) / 1e9


def peak_memory(path: Path, queries: Sequence[str], *, vectors: bool) -> float:
    """Megabytes at the most of a fresh process that answers the queries."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_answer_all, (path, queries, vectors))


def _answer_all(path: Path, queries: Sequence[str], vectors: bool) -> float:
    corpus = Corpus(path, Record(path), [], [])
    ask = ours(corpus) if vectors else ours_without_vectors(corpus)
    for query in queries:
        with suppress(OnrecordError):
            ask(query)
    # Not what getrusage tells: that counts the process that started this one, too.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def share_kept(record: Record, queries: Sequence[Query]) -> str:
    """For how many queries the candidates hold what scoring every exchange would put first."""
    kept = 0
    with record.reading() as reader:
        searches = [plan_search(reader.connection, query.text) for query in queries]
        for search, best in zip(searches, _best_of_all(reader, searches), strict=True):
            candidates = find_candidates(reader.connection, search, Narrowing())
            kept += best.candidate.number in {each.number for each in candidates}
    return f"{kept} of {len(queries)}"


def _best_of_all(reader: Reader, searches: Sequence[Search]) -> list[Scored]:
    """The best of all exchanges; whole documents at a time, since neighbours lend words."""
    vectors = [chosen_encoder().encode([search.corrected])[0] for search in searches]
    (last,) = reader.connection.execute("SELECT max(id) FROM exchange_words").fetchone()
    best: list[list[Scored]] = [[] for _ in searches]
    step = 50 * A_DOCUMENT
    for first in range(1, last + 1, step):
        numbers = range(first, min(first + step, last + 1))
        candidates = index.fetch_candidates(reader.connection, numbers)
        for found, search, vector in zip(best, searches, vectors, strict=True):
            found.extend(score_candidates(search, candidates, vector)[:1])
    return [max(found, key=lambda each: each.score) for found in best]


# ---------------------------------------------------------------- the report


Figures = dict[str, dict[int, tuple[float, float]]]
"""For each system, by the size of the record, milliseconds a query: p50 and p99."""


def report(
    path: Path, exchanges: int, options: argparse.Namespace, figures: Figures
) -> Iterator[str]:
    """Lines of figures for a record, which are added to ``figures``."""
    corpus = read_corpus(path)
    with corpus.record.reading() as reader:
        queries = draw_queries(reader, exchanges, options.queries)
    texts = [query.text for query in queries]
    yield f"\n{exchanges:,} exchanges, {path.stat().st_size / 1e6:,.0f} MB, {len(queries)} queries"
    yield "| system | p50 ms | p99 ms | times faster than the scan |\n|---|---|---|---|"
    rows: dict[str, list[float]] = {}
    for name, (build, slow) in SYSTEMS.items():
        if options.only and name not in options.only and name != BASELINE:
            continue
        asked = texts[: how_many(exchanges)] if slow else texts
        rows[name] = time_queries(build(corpus), asked)
    scan = percentile(rows[BASELINE], 0.5)
    for name, times in rows.items():
        p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
        figures.setdefault(name, {})[exchanges] = (p50, p99)
        yield f"| {name} | {p50:.2f} | {p99:.2f} | {scan / p50:.1f} |"
    yield from _other_figures(corpus, queries, options)


def _other_figures(
    corpus: Corpus, queries: Sequence[Query], options: argparse.Namespace
) -> Iterator[str]:
    texts = [query.text for query in queries]
    some = queries[:: max(1, len(queries) // options.exhaustive)] if options.exhaustive else []
    if some:
        kept = share_kept(corpus.record, some)
        yield f"candidates hold the exhaustive scorer's first choice: {kept}"
    found = [_rank_of_target(corpus.record, query) for query in queries]
    right = statistics.mean(rank == 0 for rank in found)
    yield f"the exchange a query was made from is first: {right:.3f}"
    holds = longest_hold(ours(corpus), texts[:100])
    floor = longest_hold(lambda _: [None for _ in range(200_000)], texts[:100])
    yield f"longest hold of the interpreter: {_tell(holds)}"
    yield f"the same of a loop in Python, which holds nothing: {_tell(floor)}"
    starts = [text[:size] for text in texts for size in (2, 5, 12)]
    times = time_queries(lambda typed: suggest_queries(corpus.record, typed), starts)
    yield f"suggest_queries: {_tell(times)}"
    for vectors in (True, False):
        name = "with" if vectors else "without"
        most = peak_memory(corpus.path, texts[:100], vectors=vectors)
        yield f"peak memory of a process that answers, {name} vectors: {most:.0f} MB"


def _tell(times: Sequence[float]) -> str:
    p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, most {times[-1]:.1f} ms"


def _rank_of_target(record: Record, query: Query) -> int | None:
    with suppress(OnrecordError):
        outcome = answer_query(record, query.text)
        numbers = [match.exchange_id for match in outcome.matches]
        return numbers.index(query.target) if query.target in numbers else None
    return None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the records")
    parser.add_argument("--exchanges", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--exhaustive", type=int, default=100, help="queries; 0 for none")
    parser.add_argument("--only", nargs="*", help="names of systems")
    parser.add_argument("--plot", type=Path, help="an SVG of how all grow with the record")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    figures: Figures = {}
    for exchanges in options.exchanges:
        path = options.cache / f"{exchanges}.db"
        if not path.exists():
            made = path.with_suffix(".making")
            made.unlink(missing_ok=True)
            pool = read_pool(options.transcripts, random.Random(SEED))  # noqa: S311 - seeded
            make_record(made, exchanges, pool)
            made.replace(path)
        for line in report(path, exchanges, options, figures):
            click.echo(line)
        if options.plot:
            options.plot.write_text(draw_growth(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
