"""Fit the weights of ``corpus/best_passages.py`` on queries with known answers, judged held out.

Given the right exchange, is the passage that is quoted from it right? For each set of queries it
tells what share is, with the weights as shipped and with weights fitted on the sets that share no
document with it; last come the weights fitted on all. Answers of one window are left out, and so is
what begins by pointing back, where anything else can be quoted.

    python -m tests.bench.fit_passages TRANSCRIPTS QUESTIONS.jsonl...
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from corpus.best_passages import PASSAGE_WEIGHTS
from corpus.errors import QueryError
from corpus.evaluate import Case, GoldFinder
from corpus.match import rank_candidates
from corpus.model import Filters
from corpus.score import Reading
from corpus.store import Reader
from corpus.vectors import encoder_named
from tests.bench.question_sets import read_sets
from tests.bench.softmax import fit_softmax

FITTED = len(PASSAGE_WEIGHTS) - 1  # all but the last, which says what dangles
MOST_CANDIDATES = 20
MOST_WINDOWS = 80

Choice = tuple[NDArray[np.float64], NDArray[np.bool_]]


def read_set(reader: Reader, cases: tuple[Case, ...]) -> Iterator[Choice]:
    """The windows of each query's right exchange: features, and which hold words of the gold."""
    finder = GoldFinder(reader)
    for case in cases:
        try:
            search, scored = rank_candidates(reader, case.query, Filters())
        except QueryError:
            continue
        ranked = [each.candidate for each in scored[:MOST_CANDIDATES]]
        right = [each for each in ranked if finder.holds_gold(each.number, case.gold)][:1]
        if not right:
            continue
        query = encoder_named(reader.encoder).encode([search.corrected])[0]
        passages = Reading(search, right, query).passages
        number, spans, windows = right[0].number, right[0].spans, passages.windows
        wanted = [
            finder.is_right(number, spans[start][0], spans[end - 1][1], case.gold)
            for start, end in zip(windows.starts, windows.ends, strict=True)
        ]
        stands = passages.columns[:, FITTED] == 0
        kept = np.flatnonzero(stands if stands.any() else ~stands)[:MOST_WINDOWS]
        if len(kept) > 1:
            yield passages.columns[kept, :FITTED], np.array(wanted)[kept]


def judge(choices: list[Choice], weights: NDArray[np.float64]) -> float:
    """The share of passages that are right."""
    return float(np.mean([right[np.argmax(features @ weights)] for features, right in choices]))


def main() -> None:
    """Print the figures of each set held out, and the weights of all."""
    sets, folds = read_sets(__doc__, read_set)
    shipped = np.array(list(PASSAGE_WEIGHTS.values()))[:FITTED]
    for fold in folds:
        fitted = fit_softmax([each for name in sets.keys() - fold for each in sets[name]])
        for name in sorted(fold):
            figures = f"{judge(sets[name], shipped):.3f}  fitted {judge(sets[name], fitted):.3f}"
            print(f"{name:<18}{len(sets[name]):>5}  shipped {figures}")  # noqa: T201
    fitted = fit_softmax([each for choices in sets.values() for each in choices])
    scaled = fitted * (shipped[0] / fitted[0])
    names = list(PASSAGE_WEIGHTS)[:FITTED]
    print({name: round(float(w), 2) for name, w in zip(names, scaled, strict=True)})  # noqa: T201


if __name__ == "__main__":
    main()
