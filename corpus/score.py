"""How well candidates fit a search: a few features, shares and cosines, times their weights.

All candidates of a search are scored at once, so that the cost lies in numpy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from corpus.best_passages import BestPassages
from corpus.cosines import Cosines, Windows
from corpus.index import Candidate
from corpus.lines import Floats, Lines
from corpus.search import Search

# Raise it whenever a feature or a weight changes: calibrations belong to one version.
SCORER_VERSION = 10

WEIGHTS = {
    "asked": 5.5,
    "context": 3.9,
    "covered": 7.5,
    "passage": 1.1,
    "sentence": 0.9,
    "pairs": 1.5,
    "alike": 0.7,
    "near": 2.0,
    "asked_cosine": 0.1,
    "context_cosine": 1.2,
    "sentence_cosine": 1.1,
    "answer_cosine": 1.7,
    "best_cosine": 6.6,
    "together_cosine": 3.2,
    "brief": -0.6,
    "deflects": 1.6,
    "figure": 4.8,
    "named": 2.6,
}
"""What each feature adds to the score (``tests/bench/fit_weights.py`` fits them).

Of the query's words, by their weights, what share (0 to 1): ``asked`` in the question, the more the
more often; ``context`` only in what was asked before; ``covered`` anywhere, half where only there;
``passage`` in the best passage; ``sentence`` in one sentence; ``pairs`` beside each other;
``near`` only in exchanges up to two away; ``figure`` beside a figure, where one is asked for.
``alike`` is rapidfuzz's ratio with the question. Cosines (-1 to 1) are with the question, what was
asked before, the nearest sentence, the whole answer, the nearest of the question, its end and the
best passage, and the last two of these together. ``deflects`` is the share of sentences that put
the question off; ``brief`` and ``named`` are 1 where the answer says little and where the query
names its speaker.
"""

_K = 1.2  # bm25's usual saturation
_B = 0.4  # and length normalisation, gentler than usual: long answers are read by passage
_BRIEF = 4  # stems up to which an answer says little
_BRIEF_DEFLECTION = 15  # and up to which one does that half puts the question off
ASKS_FIGURE = re.compile(
    r"\bhow (?:many|much|long|old|often|big)\b|\b(?:number|cost|price|percent|amount)\b",
    re.IGNORECASE,
)


_COLUMNS = {name: at for at, name in enumerate(WEIGHTS)}
_COSINES = [at for name, at in _COLUMNS.items() if "cosine" in name]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and its best passage: sentences ``start`` to ``end``.

    ``row`` holds the features in the order of ``WEIGHTS``. ``fit`` is the score but for what it
    owes to the speaker's name, which says nothing of the subject; ``meaning`` is the part of it
    that word vectors add. ``lead`` is by how much the passage is better than any other of the
    answer that shares no sentence with it; ``NO_RIVAL`` where the answer has no other.
    """

    candidate: Candidate
    row: Sequence[float]
    score: float
    fit: float
    meaning: float
    lead: float
    start: int
    end: int

    def feature(self, name: str) -> float:
        """One of the features named in ``WEIGHTS``."""
        return self.row[_COLUMNS[name]]


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
    reading = Reading(search, candidates, query_vector)
    table = reading.features()
    weights = np.array(list(WEIGHTS.values()))
    scores = table @ weights
    fits = scores - WEIGHTS["named"] * table[:, _COLUMNS["named"]]
    meanings = table[:, _COSINES] @ weights[_COSINES]
    numbers = np.array([candidate.number for candidate in candidates])
    spans, leads = reading.passages.spans(), reading.passages.leads()
    best = np.lexsort((numbers, -scores))
    columns = (table[best], scores[best], fits[best], meanings[best], leads[best])
    return [
        Scored(candidates[at], *figures, *spans[at])
        for at, *figures in zip(
            best.tolist(), *(column.tolist() for column in columns), strict=True
        )
    ]


class Reading:
    """All candidates of a search, read together."""

    def __init__(
        self, search: Search, candidates: Sequence[Candidate], query: NDArray[np.float32] | None
    ) -> None:
        """As ``score_candidates``; ``candidates`` are not empty."""
        self.search = search
        self.candidates = candidates
        self.lines = Lines(search, candidates)
        weights = np.array([term.weight for term in search.terms])
        self.weights: Floats = weights / max(float(weights.sum()), 1e-9)
        self.cosines = Cosines(candidates, query, self.lines)
        whole = np.maximum.reduceat(self.lines.sentences, self.lines.first[:-1])
        self.anywhere: Floats = np.maximum(self.lines.asked, whole)
        self.figures = self._figure_shares()
        deflects = self.lines.spans["deflects"].astype(float)
        first = self.lines.first
        self.deflecting: Floats = np.add.reduceat(deflects, first[:-1]) / np.diff(first)
        windows = Windows(self.lines)
        meant = self.cosines.windows(windows)
        self.passages = BestPassages(self.lines, windows, self.weights, self.figures, meant)

    def features(self) -> Floats:
        """A row a candidate, a column a feature, in the order of ``WEIGHTS``."""
        lines, weights, totals = self.lines, self.weights, self.search.totals
        first = lines.first[:-1]
        said_length = np.add.reduceat(lines.sentence_lengths, first)
        held, cosines, passages = self.anywhere, self.cosines, self.passages
        columns = {
            "asked": _saturate(lines.tallies, lines.asked_lengths, totals.asked_length) @ weights,
            "context": np.maximum(0, lines.context - held) @ weights,
            "covered": np.maximum(held, 0.5 * lines.context) @ weights,
            "passage": passages.held,
            "sentence": np.maximum.reduceat(lines.sentences @ weights, first),
            "pairs": self._pair_shares(),
            "alike": self._alike(),
            "near": self._near_shares(held),
            "asked_cosine": cosines.asked,
            "context_cosine": cosines.context,
            "sentence_cosine": np.maximum.reduceat(cosines.sentences, first),
            "answer_cosine": cosines.answers,
            "best_cosine": np.maximum.reduce([cosines.asked, cosines.asked_end, passages.means]),
            "together_cosine": cosines.together(
                passages.windows, passages.chosen, lines.asked_lengths
            ),
            "brief": self._says_little(said_length),
            "deflects": self.deflecting,
            "figure": np.maximum.reduceat(self.figures, first),
            "named": np.isin([c.official for c in self.candidates], list(self.search.officials)),
        }
        return np.column_stack([columns[name] for name in WEIGHTS])

    def _near_shares(self, held: Floats) -> Floats:
        """The weight of words that are not in an exchange but in those up to two turns away."""
        numbers = np.array([candidate.number for candidate in self.candidates])
        transcripts = np.array([candidate.transcript for candidate in self.candidates])
        order = np.argsort(numbers)
        near = np.zeros_like(held)
        for step in (-2, -1, 1, 2):
            place = np.searchsorted(numbers[order], numbers + step)
            other = order[np.minimum(place, len(order) - 1)]
            there = (numbers[other] == numbers + step) & (transcripts[other] == transcripts)
            near[there] = np.maximum(near[there], held[other[there]])
        shares: Floats = np.maximum(near - held, 0) @ self.weights
        return shares

    def _figure_shares(self) -> Floats:
        """What share of the query a sentence with a figure holds, where one is asked for."""
        if not ASKS_FIGURE.search(self.search.query):
            return np.zeros(len(self.lines.sentences))
        shares: Floats = self.lines.spans["figure"] * (self.lines.sentences @ self.weights)
        return shares

    def _says_little(self, said_length: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether an answer is an acknowledgement, or little more than "I'll get back to you"."""
        puts_off = (said_length <= _BRIEF_DEFLECTION) & (self.deflecting >= 0.5)
        return (said_length <= _BRIEF) | puts_off

    def _pair_shares(self) -> Floats:
        """The share of neighbouring words of the query that stand together in the exchange."""
        if len(self.weights) < 2:
            return np.zeros(len(self.candidates))
        both = np.minimum(self.weights[:-1], self.weights[1:])
        shares: Floats = self.lines.pairs @ both / max(float(both.sum()), 1e-9)
        return shares

    def _alike(self) -> Floats:
        """rapidfuzz's token_set_ratio of the corrected query and the question."""
        terms = [term for term in self.search.terms if term.stems]
        typed = " ".join(max(t.stems, key=lambda s: t.stems[s]) for t in terms)
        asked = [candidate.question for candidate in self.candidates]
        ratios: Floats = cdist([typed], asked, scorer=fuzz.token_set_ratio, dtype=np.float64)[0]
        return ratios / 100


def _saturate(tallies: Floats, lengths: Floats | NDArray[np.int64], mean: float) -> Floats:
    """bm25's growth with repetition, as a share: 1 where a word is said without end."""
    norm = _K * (1 - _B + _B * lengths / max(mean, 1.0))
    shares: Floats = tallies * (1 + _K) / (tallies + norm[:, None]) / (1 + _K)
    return shares
