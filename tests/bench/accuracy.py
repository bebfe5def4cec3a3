"""Right first and in three, beside bm25s on the same exchanges: how much better than a plain index.

Each file of queries is asked of a record of the documents that its gold names. Both are judged by
the exchange: right when any of its answer overlaps the gold.

    python -m tests.bench.accuracy TRANSCRIPTS QUESTIONS.jsonl...
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import bm25s
import Stemmer

from corpus.errors import QueryError
from corpus.evaluate import Case, GoldFinder, read_cases
from corpus.match import rank_candidates
from corpus.model import Filters
from corpus.sets import make_set_record
from corpus.store import Reader

Ranking = Callable[[str], list[int]]


def rank_by_bm25s(reader: Reader) -> Ranking:
    """bm25s over question and answer, English stems and stop words."""
    rows = reader.connection.execute("SELECT id FROM exchanges ORDER BY id").fetchall()
    texts = []
    for (number,) in rows:
        key, exchange = reader.exchange(number)
        transcript = reader.transcript(key)
        turns = (transcript.turns[at] for at in (*exchange.questions, *exchange.answers))
        texts.append(" ".join(map(transcript.said, turns)))
    stemmer = Stemmer.Stemmer("english")

    def tokens(words: list[str]) -> object:
        return bm25s.tokenize(words, stopwords="en", stemmer=stemmer, show_progress=False)

    ranked = bm25s.BM25()
    ranked.index(tokens(texts), show_progress=False)

    def rank(query: str) -> list[int]:
        found, _ = ranked.retrieve(tokens([query]), k=3, show_progress=False)
        return [rows[at][0] for at in found[0]]

    return rank


def rank_by_ours(reader: Reader) -> Ranking:
    """The first three candidates, as ``onrecord ask`` ranks them."""

    def rank(query: str) -> list[int]:
        try:
            _, scored = rank_candidates(reader, query, Filters())
        except QueryError:
            return []
        return [each.candidate.number for each in scored[:3]]

    return rank


def judge(finder: GoldFinder, cases: tuple[Case, ...], rank: Ranking) -> str:
    """Right first / in three of the answerable queries."""
    first = three = 0
    answerable = [case for case in cases if case.gold]
    for case in answerable:
        right = [finder.holds_gold(number, case.gold) for number in rank(case.query)]
        first += any(right[:1])
        three += any(right)
    return f"{first / len(answerable):.3f} / {three / len(answerable):.3f}"


def main() -> None:
    """Print a line a file of queries."""
    parser = argparse.ArgumentParser()
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    options = parser.parse_args()
    for path in options.questions:
        cases = read_cases(path)
        with TemporaryDirectory() as folder:
            record = make_set_record(cases, options.transcripts, Path(folder))
            with record.reading() as reader:
                finder = GoldFinder(reader)
                ours = judge(finder, cases, rank_by_ours(reader))
                peer = judge(finder, cases, rank_by_bm25s(reader))
        print(f"{path.stem:<18} ours {ours}   bm25s {peer}")  # noqa: T201


if __name__ == "__main__":
    main()
