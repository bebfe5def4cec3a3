"""A purported quote laid over a stretch of a transcript where it does not stand word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq, Levenshtein

from corpus.english import read_list
from corpus.spoken import Reading
from corpus.strict_words import Word

Run = tuple[int, int, int]
"""Words that are the same: the quote's first, the transcript's first, and how many."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words ``given[0]:given[1]`` of the quote stand for words ``actual[0]:actual[1]``."""

    given: tuple[int, int]
    actual: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best way to lay a quote over a stretch of a transcript.

    ``equal`` are runs in order; ``changes`` what lies between and at the ends. ``landmarks`` are
    the runs that show that this is the place.
    """

    equal: tuple[Run, ...]
    changes: tuple[Change, ...]
    landmarks: tuple[Run, ...] = ()

    @property
    def longest_landmark(self) -> tuple[Run, ...]:
        """The longest of the landmarks, alone."""
        return (max(self.landmarks, key=lambda run: run[2]),)

    def find_rests(self, count: int, fewest: int) -> list[tuple[int, int]]:
        """Stretches between landmarks, of at least ``fewest`` of the quote's ``count`` words."""
        rests: list[tuple[int, int]] = []
        at = 0
        for first, _, length in [*self.landmarks, (count, 0, 0)]:
            if first - at >= fewest:
                rests.append((at, first))
            at = first + length
        return rests

    def without(self, first: int, last: int) -> Alignment:
        """The same, but the quote's words from one up to another count as added ones."""
        equal = tuple(run for run in self.equal if not first <= run[0] < last)
        changes = [c for c in self.changes if not (first <= c.given[0] and c.given[1] <= last)]
        place = max((run[1] + run[2] for run in equal if run[0] < first), default=equal[0][1])
        changes.append(Change((first, last), (place, place)))
        ordered = sorted(changes, key=lambda change: (change.given, change.actual))
        return Alignment(equal, tuple(ordered), self.landmarks)

    @property
    def matched(self) -> int:
        """How many words of the quote are in the transcript, in order."""
        return sum(count for _, _, count in self.equal)

    @property
    def score(self) -> float:
        """``matched`` less a cost for each change and each word that it drops."""
        missing = sum(
            max(0, c.actual[1] - c.actual[0] - c.given[1] + c.given[0]) for c in self.changes
        )
        cost = min(_WORD_COST * missing, _DISTANCE_COST_LIMIT)
        return self.matched - _RUN_COST * len(self.changes) - cost

    @property
    def longest(self) -> int:
        """The number of words of the longest unchanged run."""
        return max((count for _, _, count in self.equal), default=0)

    @property
    def span(self) -> tuple[int, int]:
        """The first word of the transcript that is laid over, and the one after the last."""
        edges = [run[1] for run in self.equal] + [c.actual[0] for c in self.changes]
        ends = [at + count for _, at, count in self.equal] + [c.actual[1] for c in self.changes]
        return min(edges), max(ends)


_MOST_RUNS = 80  # the longest are kept; a run of two common words is no landmark
_RUN_COST = 0.5  # words
_WORD_COST = 0.15  # words, for each word that lies between two runs
_DISTANCE_COST_LIMIT = 8.0  # words
_FILL_WORDS = 60  # between two runs, up to which single words are compared
_EDGE_SLACK = 2  # words more than the quote has at its edge


def align(quote: Sequence[Word], reading: Reading, quote_text: str) -> Alignment | None:
    """Lay the quote over the reading; None where not even two neighbouring words are the same."""
    given = [word.key for word in quote]
    actual = reading.keys
    chain = _chain_runs(_find_runs(given, actual))
    if not chain:
        return None
    pieces: list[tuple[tuple[int, int], tuple[int, int]]] = []
    head, tail = _edge_windows(quote, quote_text, reading, chain)
    pieces.append(((0, chain[0][0]), head))
    for (at, place, count), (to, to_place, _) in pairwise(chain):
        pieces.append(((at + count, to), (place + count, to_place)))
    pieces.append(((chain[-1][0] + chain[-1][2], len(given)), tail))
    runs, changes = list(chain), list[Change]()
    for number, (left, right) in enumerate(pieces):
        edge = -1 if number == 0 else 1 if number == len(pieces) - 1 else 0
        found, changed = _compare_between(given, actual, left, right, edge)
        runs += found
        changes += changed
    runs, confused = _split_initials(sorted(runs), quote, reading)
    changes = sorted([*changes, *confused], key=lambda change: (change.given, change.actual))
    return Alignment(tuple(runs), tuple(changes), tuple(chain))


def _find_runs(given: Sequence[str], actual: Sequence[str]) -> list[Run]:
    """Runs of at least two words that are the same, as long as they go."""
    pairs: dict[tuple[str, str], list[int]] = {}
    for at in range(len(actual) - 1):
        pairs.setdefault((actual[at], actual[at + 1]), []).append(at)
    runs: list[Run] = []
    for at in range(len(given) - 1):
        for place in pairs.get((given[at], given[at + 1]), ()):
            if at and place and given[at - 1] == actual[place - 1]:
                continue
            count = 2
            while (
                at + count < len(given)
                and place + count < len(actual)
                and given[at + count] == actual[place + count]
            ):
                count += 1
            runs.append((at, place, count))
    if len(runs) > _MOST_RUNS:
        runs = sorted(runs, key=lambda run: -run[2])[:_MOST_RUNS]
    return sorted(runs)


def _chain_runs(runs: Sequence[Run]) -> list[Run]:
    """The runs that follow each other in both texts and hold the most words for their distance."""
    best: list[tuple[float, int | None, Run]] = []
    for run in runs:
        score, before, kept = run[2] - _RUN_COST, None, run
        for number, (worth, _, left) in enumerate(best):
            if run[0] <= left[0] or run[1] <= left[1]:
                continue
            joined = _shift_run(left, run)
            if joined is None:
                continue
            rest, cost = joined
            if (total := worth + rest[2] - _RUN_COST - cost) > score:
                score, before, kept = total, number, rest
        best.append((score, before, kept))
    chain: list[Run] = []
    last: int | None = max(range(len(best)), key=lambda n: best[n][0], default=None)
    while last is not None:
        _, before, run = best[last]
        chain.append(run)
        last = before
    return chain[::-1]


def _shift_run(left: Run, run: Run) -> tuple[Run, float] | None:
    """What is left of a run after the one to its left, and what the distance costs."""
    overlap = max(left[0] + left[2] - run[0], left[1] + left[2] - run[1], 0)
    if overlap >= run[2]:
        return None
    rest = (run[0] + overlap, run[1] + overlap, run[2] - overlap)
    distance = max(rest[0] - left[0], rest[1] - left[1]) - left[2]
    return rest, min(_WORD_COST * distance, _DISTANCE_COST_LIMIT)


_SENTENCE_END = re.compile(r"[.!?…]|\n\s*\n")


def _edge_windows(
    quote: Sequence[Word], quote_text: str, reading: Reading, chain: Sequence[Run]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The transcript's words to hold against what the quote has before and after the chain.

    A sentence end that only the transcript has is not passed: there the quote's word is an added
    one, not the neighbouring sentence's word changed.
    """

    def is_passed(at: int, place: int) -> bool:
        """Whether the edge may move over what parts two words of the transcript.

        ``at`` is the quote's word that would stand for the second of them, at ``place``.
        """
        starts, ends = reading.starts, reading.ends
        if not _SENTENCE_END.search(reading.text, ends[place - 1], starts[place]):
            return True
        return 0 < at < len(quote) and bool(
            _SENTENCE_END.search(quote_text, quote[at - 1].end, quote[at].start)
        )

    before, place = chain[0][0], chain[0][1]
    low = place
    while low and place - low < before + _EDGE_SLACK and is_passed(before - (place - low), low):
        low -= 1
    after, high = chain[-1][0] + chain[-1][2], chain[-1][1] + chain[-1][2]
    most = min(len(reading.starts), high + len(quote) - after + _EDGE_SLACK)
    end = high
    while end < most and is_passed(after + (end - high), end):
        end += 1
    head = (low, place) if before else (place, place)
    return head, (high, end) if after < len(quote) else (high, high)


def _compare_between(
    given: Sequence[str],
    actual: Sequence[str],
    left: tuple[int, int],
    right: tuple[int, int],
    edge: int,
) -> tuple[list[Run], list[Change]]:
    """What is equal and what changed between two runs, or at an edge (-1 before, 1 after)."""
    if left[0] == left[1] and (right[0] == right[1] or edge):
        return [], []
    if edge:
        right = _fit_edge(given[slice(*left)], actual, right, edge)
    elif right[1] - right[0] > _FILL_WORDS:
        return [], [Change(left, right)]
    operations = Levenshtein.opcodes(given[slice(*left)], actual[slice(*right)])
    runs: list[Run] = []
    changes: list[Change] = []
    for op in operations:
        source = (left[0] + op.src_start, left[0] + op.src_end)
        target = (right[0] + op.dest_start, right[0] + op.dest_end)
        if op.tag == "equal":
            runs.append((source[0], target[0], source[1] - source[0]))
        elif changes and (changes[-1].given[1], changes[-1].actual[1]) == (source[0], target[0]):
            last = changes.pop()
            changes.append(Change((last.given[0], source[1]), (last.actual[0], target[1])))
        else:
            changes.append(Change(source, target))
    return runs, changes


def _fit_edge(
    given: Sequence[str], actual: Sequence[str], right: tuple[int, int], edge: int
) -> tuple[int, int]:
    """So many of the transcript's words beyond the edge as are likest to those given there."""
    low, high = right
    if edge > 0 and len(given) == 1 and _abbreviates(given[0], actual[low:high]):
        return low, low + len(given[0])
    sizes = range(high - low + 1)
    spans = [(high - size, high) if edge < 0 else (low, low + size) for size in sizes]

    def unlike(span: tuple[int, int]) -> tuple[float, int, int]:
        words = actual[slice(*span)]
        kept = LCSseq.similarity(given, words)
        return Levenshtein.distance(given, words), -kept, abs(len(words) - len(given))

    best = min(spans, key=unlike)
    return _widen_number(actual, best, right, edge)


def _abbreviates(word: str, words: Sequence[str]) -> bool:
    """Whether a word is the first letters of words: "us" for "united states"."""
    return 1 < len(word) <= len(words) and word == "".join(each[0] for each in words[: len(word)])


def _widen_number(
    actual: Sequence[str], span: tuple[int, int], within: tuple[int, int], edge: int
) -> tuple[int, int]:
    """The span with the rest of the number that its outer word belongs to: "two hundred"."""
    low, high = span
    while edge < 0 and within[0] < low < high and _is_number(actual[low - 1 : low + 1]):
        low -= 1
    while edge > 0 and low < high < within[1] and _is_number(actual[high - 1 : high + 1]):
        high += 1
    return low, high


def _is_number(words: Sequence[str]) -> bool:
    return all(word in _NUMBER_WORDS or word[0].isdigit() for word in words)


_NUMBER_WORDS = read_list("number_words")


def _split_initials(
    runs: Sequence[Run], quote: Sequence[Word], reading: Reading
) -> tuple[list[Run], list[Change]]:
    """Words with the same letters that are not the same, "us" for "U.S.", are changes."""
    kept: list[Run] = []
    changes: list[Change] = []
    for at, place, count in runs:
        first = 0
        for number in range(count):
            if not reading.has(quote[at + number], place + number):
                changes.append(
                    Change((at + number, at + number + 1), (place + number, place + number + 1))
                )
                if number > first:
                    kept.append((at + first, place + first, number - first))
                first = number + 1
        if count > first:
            kept.append((at + first, place + first, count - first))
    return kept, changes
