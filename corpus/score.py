"""How well candidates fit a search: a few features, shares and cosines, times their weights.

All candidates of a search are scored at once, so that the cost lies in numpy and in one walk over
their stems.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from corpus.index import VECTOR_HEADS, Candidate
from corpus.passages import MOST_SENTENCES
from corpus.search import Search
from corpus.vectors import unit_rows

Floats = NDArray[np.float64]

# Raise it whenever a feature or a weight changes: calibrations belong to one version.
SCORER_VERSION = 1

WEIGHTS = {
    "asked": 4.4,
    "context": 4.9,
    "covered": 6.2,
    "passage": 1.4,
    "sentence": 1.4,
    "pairs": 2.1,
    "alike": 1.4,
    "near": 3.7,
    "asked_cosine": 1.6,
    "context_cosine": 1.1,
    "sentence_cosine": 1.9,
    "answer_cosine": 2.8,
    "best_cosine": 8.6,
    "brief": -1.4,
}
"""What each feature adds to the score; ``_features`` tells what it is."""

_K = 1.2  # bm25's usual saturation
_B = 0.4  # and length normalisation, gentler than usual: long answers are read by passage
_NEAR = 3  # stems between two words of the query that still stand together
_BRIEF = 4  # stems up to which an answer says little
_BRIEF_DEFLECTION = 15  # and up to which one does that half puts the question off
_POSITION = 0.3  # what a passage loses by standing at the end of its answer
_ASKED_AGAIN = 0.35  # what a passage gains by holding the words of the matched question
_DANGLES = 1.0  # what it loses by pointing back to a sentence that it could take along
_MEANT = 0.5  # what a passage gains by its cosine


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its features and score, and its best passage: sentences ``start`` to ``end``.

    ``held`` tells for each word of the query with which share question or answer holds it.
    """

    candidate: Candidate
    features: dict[str, float]
    held: dict[str, float]
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
        self.tallies = np.zeros((size, terms))
        self.pairs = np.zeros((size, max(1, terms - 1)))
        wanted = frozenset(self.shares)
        for row, candidate in enumerate(candidates):
            self._read(candidate.question, row, self.asked[row], self.tallies[row])
            self._read(candidate.context, None, self.context[row], None)
            for at, stems in enumerate(candidate.sentences, int(self.first[row])):
                if not wanted.isdisjoint(stems):
                    self._read(stems, row, self.sentences[at], None)

    def _read(
        self, stems: Sequence[str], row: int | None, best: Floats, tally: Floats | None
    ) -> None:
        last: dict[int, int] = {}
        for place, stem in enumerate(stems):
            if stem not in self.shares:
                continue
            for at, share in self.shares[stem]:
                best[at] = max(best[at], share)
                if row is None:
                    continue
                if tally is not None:
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
    words = [term.typed for term in search.terms]
    scores = table @ np.array(list(WEIGHTS.values()))
    scored = [
        Scored(
            candidate,
            dict(zip(WEIGHTS, row.tolist(), strict=True)),
            dict(zip(words, held.tolist(), strict=True)),
            float(score),
            *passage,
        )
        for candidate, row, held, score, passage in zip(
            candidates, table, reading.anywhere, scores, reading.passages(), strict=True
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
    first = 0
    for _, sentences in groupby(turns):
        end = first + sum(1 for _ in sentences)
        for start in range(first, max(first + 1, end - MOST_SENTENCES + 1)):
            yield start, min(start + MOST_SENTENCES, end)
        first = end


class _Cosines:
    """The query's cosines with questions and with runs of sentences; 0 without vectors."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        query: NDArray[np.float32] | None,
        first: NDArray[np.int64],
    ) -> None:
        size, heads = len(candidates), len(VECTOR_HEADS)
        blobs = [candidate.vectors or b"" for candidate in candidates]
        count = int(first[-1]) + heads * size
        if query is None or sum(map(len, blobs)) != count * len(query):
            query, rows = np.zeros(1, np.float32), np.zeros((count, 1), np.float32)
        else:
            packed = np.frombuffer(b"".join(blobs), np.int8).reshape(count, -1)
            rows = unit_rows(packed.astype(np.float32))
        self.query = query
        at = first[:-1] + heads * np.arange(size)
        self.asked, self.asked_end, self.context = (
            (rows[at + head] @ query).astype(np.float64) for head in range(heads)
        )
        said = np.delete(rows, np.concatenate([at + head for head in range(heads)]), axis=0)
        self.sentences: Floats = (said @ query).astype(np.float64)
        sizes = [math.sqrt(1 + len(stems)) for c in candidates for stems in c.sentences]
        said *= np.array(sizes, np.float32)[:, None]
        self.sums = np.concatenate([np.zeros_like(said[:1]), np.cumsum(said, axis=0)])

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
        self.cosines = _Cosines(candidates, query, self.walk.first)
        whole = np.maximum.reduceat(self.walk.sentences, self.walk.first[:-1])
        self.anywhere: Floats = np.maximum(self.walk.asked, whole)
        self.held = self._window_hits()
        self.meant = self.cosines.between(self.windows.starts, self.windows.ends)
        self.best = self._best_windows()

    def passages(self) -> list[tuple[int, int]]:
        """First sentence and end of the best passage of each candidate."""
        first = self.walk.first[:-1]
        starts, ends = self.windows.starts[self.best], self.windows.ends[self.best]
        return list(zip((starts - first).tolist(), (ends - first).tolist(), strict=True))

    def features(self) -> Floats:
        """A row a candidate, a column a feature, in the order of ``WEIGHTS``."""
        walk, weights, totals = self.walk, self.weights, self.search.totals
        first, ends = walk.first[:-1], walk.first[1:]
        asked_length = np.array([len(c.question) for c in self.candidates])
        said_length = np.array([sum(map(len, c.sentences)) for c in self.candidates])
        held = self.anywhere
        cosines = self.cosines
        columns = {
            "asked": _saturate(walk.tallies, asked_length, totals.asked_length) @ weights,
            "context": np.maximum(0, walk.context - held) @ weights,
            "covered": np.maximum(held, 0.5 * walk.context) @ weights,
            "passage": (self.held @ weights)[self.best],
            "sentence": np.maximum.reduceat(walk.sentences @ weights, first),
            "pairs": self._pair_shares(),
            "alike": self._alike(),
            "near": self._near_shares(held),
            "asked_cosine": cosines.asked,
            "context_cosine": cosines.context,
            "sentence_cosine": np.maximum.reduceat(cosines.sentences, first),
            "answer_cosine": cosines.between(first, ends),
            "best_cosine": np.maximum.reduce(
                [cosines.asked, cosines.asked_end, self.meant[self.best]]
            ),
            "brief": self._says_little(said_length),
        }
        return np.column_stack([columns[name] for name in WEIGHTS])

    def _near_shares(self, held: Floats) -> Floats:
        """The weight of words that are not in an exchange but in those up to two turns away."""
        places = {c.number: row for row, c in enumerate(self.candidates)}
        shares = np.zeros(len(self.candidates))
        for row, candidate in enumerate(self.candidates):
            near = [places.get(candidate.number + step) for step in (-2, -1, 1, 2)]
            rows = [
                at
                for at in near
                if at is not None and self.candidates[at].transcript == candidate.transcript
            ]
            if rows:
                more = np.maximum(held[rows].max(axis=0) - held[row], 0)
                shares[row] = more @ self.weights
        return shares

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
        dangles = np.array([span[3] for c in self.candidates for span in c.spans], float)
        fits = (
            self.held @ self.weights
            + _MEANT * self.meant
            + _ASKED_AGAIN * self._asked_shares()
            - _POSITION * places
            - _DANGLES * dangles[self.windows.starts]
        )
        edges = np.searchsorted(owners, np.arange(len(self.candidates) + 1)).tolist()
        best = [lo + int(np.argmax(fits[lo:hi])) for lo, hi in pairwise(edges)]
        return np.array(best, np.int64)

    def _asked_shares(self) -> Floats:
        """Of the different stems of each window's question, the share that it repeats."""
        repeated: list[frozenset[str]] = []
        asked = [frozenset(candidate.question) for candidate in self.candidates]
        for candidate, stems in zip(self.candidates, asked, strict=True):
            repeated += [stems.intersection(sentence) for sentence in candidate.sentences]
        windows = self.windows
        rows = zip(
            windows.starts.tolist(), windows.ends.tolist(), windows.owners.tolist(), strict=True
        )
        return np.array(
            [
                len(set().union(*repeated[start:end])) / max(1, len(asked[owner]))
                for start, end, owner in rows
            ]
        )

    def _says_little(self, said_length: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether an answer is an acknowledgement, or little more than "I'll get back to you"."""
        deflects = np.array([span[4] for c in self.candidates for span in c.spans], float)
        first = self.walk.first
        shares = np.add.reduceat(deflects, first[:-1]) / np.diff(first)
        return (said_length <= _BRIEF) | ((said_length <= _BRIEF_DEFLECTION) & (shares >= 0.5))

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
