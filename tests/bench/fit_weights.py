"""Fit the weights of ``corpus/score.py`` on queries with known answers, and judge them held out.

Each set of queries is asked of a record of its own documents. For each set the weights are fitted
on the sets that share no document with it, by softmax regression (the right exchange against the
other candidates), then judged on it; last come the weights fitted on all, to be written into
``corpus/score.py``.

    python -m tests.bench.fit_weights TRANSCRIPTS QUESTIONS.jsonl...
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QueryError
from corpus.evaluate import Case, GoldFinder
from corpus.match import rank_candidates
from corpus.model import Filters
from corpus.score import WEIGHTS
from corpus.store import Reader
from tests.bench.question_sets import read_sets
from tests.bench.softmax import fit_softmax

MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of one query: features, whose quote is right, whose exchange is."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    right_exchange: NDArray[np.bool_]


def read_set(reader: Reader, cases: tuple[Case, ...]) -> Iterator[Ranked]:
    """The candidates of each answerable query."""
    finder = GoldFinder(reader)
    for case in cases:
        try:
            _, scored = rank_candidates(reader, case.query, Filters()) if case.gold else (None, [])
        except QueryError:
            continue
        best = scored[:MOST_CANDIDATES]
        if not best:
            continue
        spans = [(s.candidate.spans[s.start][0], s.candidate.spans[s.end - 1][1]) for s in best]
        numbers = [s.candidate.number for s in best]
        yield Ranked(
            np.array([s.row for s in best], float),
            np.array(
                [
                    finder.is_right(n, *span, case.gold)
                    for n, span in zip(numbers, spans, strict=True)
                ]
            ),
            np.array([finder.holds_gold(n, case.gold) for n in numbers]),
        )


def fit(queries: list[Ranked]) -> NDArray[np.float64]:
    """Weights that make the right exchange the likeliest."""
    return fit_softmax([(query.features, query.right_exchange) for query in queries])


def judge(queries: list[Ranked], weights: NDArray[np.float64]) -> str:
    """Right first and in three, by quote and by exchange."""
    order = [np.argsort(-(q.features @ weights), kind="stable")[:3] for q in queries]
    shares = [
        float(
            np.mean([wanted(q)[best[:most]].any() for q, best in zip(queries, order, strict=True)])
        )
        for wanted in (lambda q: q.right, lambda q: q.right_exchange)
        for most in (1, 3)
    ]
    return "quote {:.3f} / {:.3f}   exchange {:.3f} / {:.3f}".format(*shares)


def main() -> None:
    """Print the figures of each set held out, and the weights of all."""
    sets, folds = read_sets(__doc__, read_set)
    for fold in folds:
        weights = fit([query for name in sets.keys() - fold for query in sets[name]])
        for name in sorted(fold):
            print(f"{name:<18}{len(sets[name]):>5}  {judge(sets[name], weights)}")  # noqa: T201
    fitted = fit([query for each in sets.values() for query in each])
    print({name: round(float(w), 1) for name, w in zip(WEIGHTS, fitted, strict=True)})  # noqa: T201


if __name__ == "__main__":
    main()
