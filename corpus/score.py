"""How well candidates fit a search: a few features, shares and cosines, times their weights.

All candidates of a search are scored at once, so that the cost lies in numpy and in one walk over
their stems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from corpus.index import Candidate
from corpus.passages import MOST_SENTENCES
from corpus.search import Search
from corpus.vectors import unit_rows

Floats = NDArray[np.float64]

# Raise it whenever a feature or a weight changes: calibrations belong to one version.
SCORER_VERSION = 1

WEIGHTS = {
    "asked": 1.0,
    "said": 0.5,
    "context": 0.2,
    "covered": 0.7,
    "passage": 0.3,
    "pairs": 0.3,
    "alike": 0.2,
    "asked_cosine": 0.0,
    "passage_cosine": 0.0,
    "best_cosine": 1.5,
    "answer_cosine": 0.0,
    "length": 0.0,
    "brief": -0.3,
    "ended_cosine": 0.0,
    "before_cosine": 0.0,
    "near_covered": 0.0,
    "near_cosine": 0.0,
    "covered2": 0.0,
    "either_cosine": 0.0,
    "asked_covered": 0.0,
    "opening": 0.0,
}
"""What each feature adds to the score; ``_features`` tells what it is."""

HEADS = 3
_K = 1.2  # bm25's usual saturation
_B = 0.4  # and length normalisation, gentler than usual: long answers are read by passage
_NEAR = 3  # stems between two words of the query that still stand together
_BRIEF = 4  # stems up to which an answer says little
_POSITION = 0.15  # what a passage loses by standing at the end of its answer
_ASKED_AGAIN = 0.35  # what a passage gains by holding the words of the matched question
_MEANT = 0.5  # what a passage gains by its cosine


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its features and score, and its best passage: sentences ``start`` to ``end``."""

    candidate: Candidate
    features: dict[str, float]
    score: float
    start: int
    end: int


class _Walk:
    """One walk over the stems of all candidates: which terms stand where."""

    def __init__(self, search: Search, candidates: Sequence[Candidate]) -> None:
        self.shares: dict[str, list[tuple[int, float]]] = {}
        for at, term in enumerate(search.terms):
            for stem, share in term.stems.items():
                self.shares.setdefault(stem, []).append((at, share))
        size, terms = len(candidates), len(search.terms)
        self.first = np.cumsum([0, *(len(c.sentences) for c in candidates)])
        self.asked = np.zeros((size, terms))
        self.context = np.zeros((size, terms))
        self.sentences = np.zeros((int(self.first[-1]), terms))
        self.tallies = np.zeros((2, size, terms))
        self.pairs = np.zeros((size, max(1, terms - 1)))
        for row, candidate in enumerate(candidates):
            self._read(candidate.question, row, self.asked[row], self.tallies[0, row])
            self._read(candidate.context, None, self.context[row], None)
            for at, stems in enumerate(candidate.sentences, int(self.first[row])):
                self._read(stems, row, self.sentences[at], self.tallies[1, row])

    def _read(
        self, stems: Sequence[str], row: int | None, best: Floats, tally: Floats | None
    ) -> None:
        last: dict[int, int] = {}
        for place, stem in enumerate(stems):
            for at, share in self.shares.get(stem, ()):
                best[at] = max(best[at], share)
                if tally is None or row is None:
                    continue
                tally[at] += share
                for other in (at - 1, at + 1):
                    if other in last and place - last[other] <= _NEAR:
                        self.pairs[row, min(at, other)] = 1
                last[at] = place


def score_candidates(
    search: Search, candidates: Sequence[Candidate], query_vector: NDArray[np.float32] | None
) -> list[Scored]:
    """The candidates with their scores, best first.

    Args:
        search: what the query asks for.
        candidates: what retrieval brought.
        query_vector: of length 1, from the encoder whose vectors the record holds; or None.
    """
    if not candidates:
        return []
    reading = _Reading(search, candidates, query_vector)
    table = reading.features()
    scores = table @ np.array(list(WEIGHTS.values()))
    scored = [
        Scored(candidate, dict(zip(WEIGHTS, row.tolist(), strict=True)), float(score), *passage)
        for candidate, row, score, passage in zip(
            candidates, table, scores, reading.passages(), strict=True
        )
    ]
    return sorted(scored, key=lambda each: (-each.score, each.candidate.number))


@dataclass(frozen=True, slots=True)
class _Windows:
    """Spans of three sentences (of a turn that has fewer, all), by their places in the walk."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    owners: NDArray[np.int64]

    @classmethod
    def of(cls, candidates: Sequence[Candidate], first: NDArray[np.int64]) -> _Windows:
        """All windows of all candidates; ``owners`` are rows of candidates, ascending."""
        rows = [
            (int(first[row]) + start, int(first[row]) + end, row)
            for row, candidate in enumerate(candidates)
            for start, end in _turn_windows([span[2] for span in candidate.spans])
        ]
        starts, ends, owners = np.array(rows, np.int64).reshape(-1, 3).T
        return cls(starts, ends, owners)


def _turn_windows(turns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The windows of an answer whose sentences stand in these turns."""
    for _, places in groupby(range(len(turns)), key=lambda at: turns[at]):
        inside = list(places)
        for start in inside[: max(1, len(inside) - MOST_SENTENCES + 1)]:
            yield start, min(start + MOST_SENTENCES, inside[-1] + 1)


class _Cosines:
    """The query's cosines with questions and with runs of sentences."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        query: NDArray[np.float32],
        first: NDArray[np.int64],
    ) -> None:
        packed = b"".join(c.vectors or b"" for c in candidates)
        rows = unit_rows(np.frombuffer(packed, np.int8).reshape(-1, len(query)).astype(np.float32))
        heads = first[:-1] + HEADS * np.arange(len(candidates))
        self.query = query
        self.asked: Floats = (rows[heads] @ query).astype(np.float64)
        self.ended: Floats = (rows[heads + 1] @ query).astype(np.float64)
        self.before: Floats = (rows[heads + 2] @ query).astype(np.float64)
        said = np.delete(rows, np.concatenate([heads + at for at in range(HEADS)]), axis=0)
        sizes = [np.sqrt(1 + len(stems)) for c in candidates for stems in c.sentences]
        said *= np.array(sizes, np.float32)[:, None]
        self.sums = np.concatenate([np.zeros((1, len(query)), np.float32), np.cumsum(said, axis=0)])

    def between(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Floats:
        """With the sentences from each start to its end, taken together."""
        runs = unit_rows(self.sums[ends] - self.sums[starts])
        return (runs @ self.query).astype(np.float64)


class _Reading:
    """All candidates of a search, read together."""

    def __init__(
        self, search: Search, candidates: Sequence[Candidate], query: NDArray[np.float32] | None
    ) -> None:
        self.search = search
        self.candidates = candidates
        self.walk = _Walk(search, candidates)
        weights = np.array([term.weight for term in search.terms])
        self.weights: Floats = weights / max(float(weights.sum()), 1e-9)
        self.windows = _Windows.of(candidates, self.walk.first)
        known = query is not None and all(c.vectors for c in candidates)
        self.cosines = (
            _Cosines(candidates, query, self.walk.first) if known and query is not None else None
        )
        self.held = self._window_hits()
        self.meant = (
            self.cosines.between(self.windows.starts, self.windows.ends)
            if self.cosines
            else np.zeros(len(self.windows.starts))
        )
        self.best = self._best_windows()

    def passages(self) -> list[tuple[int, int]]:
        """First sentence and end of the best passage of each candidate."""
        first = self.walk.first[:-1]
        starts, ends = self.windows.starts[self.best], self.windows.ends[self.best]
        return list(zip((starts - first).tolist(), (ends - first).tolist(), strict=True))

    def features(self) -> Floats:
        """A row a candidate, a column a feature, in the order of ``WEIGHTS``."""
        walk, weights, totals = self.walk, self.weights, self.search.totals
        asked_length = np.array([len(c.question) for c in self.candidates])
        said_length = np.array([sum(map(len, c.sentences)) for c in self.candidates])
        anywhere = np.maximum(walk.asked, np.maximum.reduceat(walk.sentences, walk.first[:-1]))
        nothing = np.zeros(len(self.candidates))
        asked_cosine = self.cosines.asked if self.cosines else nothing
        passage_cosine = self.meant[self.best]
        columns = {
            "asked": _saturate(walk.tallies[0], asked_length, totals.asked_length) @ weights,
            "said": _saturate(walk.tallies[1], said_length, totals.said_length) @ weights,
            "context": np.maximum(0, walk.context - anywhere) @ weights,
            "covered": np.maximum(anywhere, 0.5 * walk.context) @ weights,
            "passage": (self.held @ weights)[self.best],
            "pairs": self._pair_shares(),
            "alike": self._alike(),
            "asked_cosine": asked_cosine,
            "passage_cosine": passage_cosine,
            "best_cosine": np.maximum(asked_cosine, passage_cosine),
            "answer_cosine": self.cosines.between(walk.first[:-1], walk.first[1:])
            if self.cosines
            else nothing,
            "length": np.log1p(said_length) / 5,
            "brief": said_length <= _BRIEF,
        }
        columns["ended_cosine"] = self.cosines.ended
        columns["before_cosine"] = self.cosines.before
        columns["near_covered"] = self._near(columns["covered"])
        columns["near_cosine"] = self._near(columns["best_cosine"])
        columns["covered2"] = columns["covered"] ** 2
        columns["either_cosine"] = np.maximum.reduce([asked_cosine, self.cosines.ended, passage_cosine])
        columns["asked_covered"] = walk.asked @ weights
        lo = walk.first[:-1]
        hi = np.minimum(lo + 2, walk.first[1:])
        columns["opening"] = self.cosines.between(lo, hi)
        return np.column_stack([columns[name] for name in WEIGHTS])

    def _near(self, column):
        by = {c.number: (c.transcript, v) for c, v in zip(self.candidates, column)}
        out = []
        for c in self.candidates:
            vals = [by[n][1] for n in (c.number-2, c.number - 1, c.number + 1,c.number+2) if n in by and by[n][0] == c.transcript]
            out.append(max(vals, default=0.0))
        return np.array(out)

    def _window_hits(self) -> Floats:
        """Best share of each term within each window."""
        starts, ends, sentences = self.windows.starts, self.windows.ends, self.walk.sentences
        held = sentences[starts]
        for step in range(1, MOST_SENTENCES):
            inside = starts + step < ends
            held[inside] = np.maximum(held[inside], sentences[starts[inside] + step])
        return held

    def _best_windows(self) -> NDArray[np.int64]:
        """For each candidate the window that answers best: words, meaning, an early place."""
        owners, first = self.windows.owners, self.walk.first
        places = (self.windows.starts - first[owners]) / np.diff(first)[owners]
        fits = self.held @ self.weights + _MEANT * self.meant - _POSITION * places
        edges = np.searchsorted(owners, np.arange(len(self.candidates) + 1)).tolist()
        best = [lo + int(np.argmax(fits[lo:hi])) for lo, hi in pairwise(edges)]
        return np.array(best, np.int64)

    def _pair_shares(self) -> Floats:
        """The share of neighbouring words of the query that stand together in the exchange."""
        if len(self.weights) < 2:
            return np.zeros(len(self.candidates))
        both = np.minimum(self.weights[:-1], self.weights[1:])
        shares: Floats = self.walk.pairs @ both / max(float(both.sum()), 1e-9)
        return shares

    def _alike(self) -> Floats:
        """rapidfuzz's token_set_ratio of the corrected query and the question."""
        terms = [term for term in self.search.terms if term.stems]
        typed = " ".join(max(t.stems, key=lambda s: t.stems[s]) for t in terms)
        asked = [" ".join(c.question) for c in self.candidates]
        return np.array([fuzz.token_set_ratio(typed, each) / 100 for each in asked])


def _saturate(tallies: Floats, lengths: Floats | NDArray[np.int64], mean: float) -> Floats:
    """bm25's growth with repetition, as a share: 1 where a word is said without end."""
    norm = _K * (1 - _B + _B * lengths / max(mean, 1.0))
    shares: Floats = tallies * (1 + _K) / (tallies + norm[:, None]) / (1 + _K)
    return shares
