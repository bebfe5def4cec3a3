"""The lines of all candidates of a search, read at once: questions, what was asked before, and
sentences.

A record keeps each exchange's stems as numbers as well, so that looking for a query's stems in
some thousand lines is one pass of numpy over them instead of a walk in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.exchange_words import LINE_HEADS, SPANS, number_stem
from corpus.index import Candidate
from corpus.search import Search

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]

NEAR = 3  # stems between two words of the query that still stand together


class Lines:
    """Which terms of a search stand where in its candidates.

    Rows of a matrix are candidates, or the sentences of all candidates one after the other; its
    columns are the terms. ``first`` tells where each candidate's sentences begin, and the end.
    """

    def __init__(self, search: Search, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._sizes = np.frombuffer(b"".join(c.sizes for c in candidates), "<u4").astype(np.intp)
        self._stems = np.frombuffer(b"".join(c.stems for c in candidates), "<u8")
        counts = np.array([len(c.sizes) // 4 for c in candidates])
        self.first: Numbers = np.concatenate([[0], np.cumsum(counts - LINE_HEADS)])
        self._heads = self.first[:-1] + LINE_HEADS * np.arange(len(candidates))
        inside = np.ones(len(self._sizes), bool)
        inside[self._heads] = inside[self._heads + 1] = False
        self._said = np.flatnonzero(inside)
        self._find_terms(search)

    def _find_terms(self, search: Search) -> None:
        shares, keys = _share_table(search)
        at, place = _find_keys(keys, self._stems)
        lines = np.searchsorted(np.cumsum(self._sizes), at, side="right")
        rows = shares[place]
        edges = _edges(lines)
        best = np.zeros((len(self._sizes), shares.shape[1]))
        sums = np.zeros_like(best)
        if len(at):
            best[lines[edges]] = np.maximum.reduceat(rows, edges, axis=0)
            sums[lines[edges]] = np.add.reduceat(rows, edges, axis=0)
        self.asked: Floats = best[self._heads]
        self.tallies: Floats = sums[self._heads]
        self.context: Floats = best[self._heads + 1]
        self.sentences: Floats = best[self._said]
        self.pairs = self._find_pairs(at, lines, rows > 0)

    def _find_pairs(self, at: Numbers, lines: Numbers, held: NDArray[np.bool_]) -> Floats:
        """For each candidate which neighbouring words of the query stand together in a line."""
        pairs = np.zeros((len(self._candidates), max(1, held.shape[1] - 1)))
        owners = np.searchsorted(self._heads, lines, side="right") - 1
        counted = lines != self._heads[owners] + 1  # what was asked before doesn't count
        at, lines, held, owners = (each[counted] for each in (at, lines, held, owners))
        if held.shape[1] < 2 or not len(at):
            return pairs
        together = held[:, :-1] & held[:, 1:]
        for step in range(1, NEAR + 1):
            left, right = held[:-step], held[step:]
            near = (lines[:-step] == lines[step:]) & (at[step:] - at[:-step] <= NEAR)
            both = (left[:, :-1] & right[:, 1:]) | (left[:, 1:] & right[:, :-1])
            together[:-step] |= both & near[:, None]
        edges = _edges(owners)
        pairs[owners[edges]] = np.logical_or.reduceat(together, edges, axis=0)
        return pairs

    @cached_property
    def asked_lengths(self) -> Numbers:
        """Stems of each candidate's question."""
        lengths: Numbers = self._sizes[self._heads]
        return lengths

    @cached_property
    def sentence_lengths(self) -> Numbers:
        """Stems of each sentence."""
        return self._sizes[self._said]

    @cached_property
    def owners(self) -> Numbers:
        """The candidate of each sentence."""
        return np.repeat(np.arange(len(self._candidates)), np.diff(self.first))

    @cached_property
    def spans(self) -> NDArray[np.void]:
        """The stored span of each sentence, by the names of ``SPANS``."""
        return np.frombuffer(b"".join(c.packed_spans for c in self._candidates), SPANS)

    @cached_property
    def turns(self) -> tuple[Numbers, Numbers]:
        """For each sentence where its turn's first stands, and the end of its turn."""
        turns, owners = self.spans["turn"], self.owners
        starts = np.ones(len(turns), bool)
        starts[1:] = (turns[1:] != turns[:-1]) | (owners[1:] != owners[:-1])
        edges = np.flatnonzero(starts)
        number = np.cumsum(starts) - 1
        return edges[number], np.append(edges[1:], len(turns))[number]


def _share_table(search: Search) -> tuple[Floats, NDArray[np.uint64]]:
    """The numbers of all stems of a search in order, and the share that each has of each term."""
    stems = sorted({stem for term in search.terms for stem in term.stems}, key=number_stem)
    rows = {stem: row for row, stem in enumerate(stems)}
    shares = np.zeros((len(stems), len(search.terms)))
    for column, term in enumerate(search.terms):
        for stem, share in term.stems.items():
            shares[rows[stem], column] = share
    return shares, np.array([number_stem(stem) for stem in stems], np.uint64)


def _find_keys(keys: NDArray[np.uint64], numbers: NDArray[np.uint64]) -> tuple[Numbers, Numbers]:
    """Where ``numbers`` are among the ``keys`` (which ascend), and which key each of those is.

    Their last 16 bits tell most of them apart, for a tenth of the time.
    """
    if not len(keys):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    likely = np.zeros(1 << 16, bool)
    likely[keys.astype(np.uint16)] = True
    at = np.flatnonzero(likely[numbers.astype(np.uint16)])
    place = np.minimum(np.searchsorted(keys, numbers[at]), len(keys) - 1)
    same = keys[place] == numbers[at]
    return at[same], place[same]


def _edges(ascending: Numbers) -> Numbers:
    """Where runs of the same number begin."""
    if not len(ascending):
        return np.zeros(0, np.intp)
    return np.concatenate([[0], np.flatnonzero(np.diff(ascending)) + 1])
