"""How near candidates are to a query in meaning, and the windows of sentences that are compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.index import VECTOR_HEADS, Candidate
from corpus.lines import Floats, Lines, Numbers
from corpus.passages import MOST_SENTENCES

_END = 20  # stems; what the last two sentences of a question have


class Windows:
    """Spans of three sentences (of a turn that has fewer, all), by their places in ``lines``.

    Where a turn's last three begin by pointing back, what they end with is a span as well, so that
    it can be quoted without them. ``owners`` are rows of candidates, ascending.
    """

    def __init__(self, lines: Lines) -> None:
        places = np.arange(len(lines.owners))
        first, end = lines.turns
        dangles = lines.spans["dangles"]
        last = places + MOST_SENTENCES - 1 == end  # one more sentence than is left
        before = np.roll(dangles, 1)
        rest = (places > first) & (places + MOST_SENTENCES > end) & before & ~dangles
        rest &= last | np.roll(before, 1)
        whole = (places == first) | (places + MOST_SENTENCES <= end) | rest
        self.starts = places[whole]
        self.ends = np.minimum(self.starts + MOST_SENTENCES, end[self.starts])
        self.owners = lines.owners[self.starts]


class Cosines:
    """The query's cosines with questions and with runs of sentences; 0 without vectors."""

    def __init__(
        self, candidates: Sequence[Candidate], query: NDArray[np.float32] | None, lines: Lines
    ) -> None:
        size, heads = len(candidates), len(VECTOR_HEADS)
        blobs = [candidate.vectors or b"" for candidate in candidates]
        count = int(lines.first[-1]) + heads * size
        if query is None or sum(map(len, blobs)) != count * len(query):
            query, rows = np.zeros(1, np.float32), np.zeros((count, 1), np.float32)
        else:
            packed = np.frombuffer(b"".join(blobs), np.int8).reshape(count, -1)
            rows = packed.astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        lengths[lengths == 0] = 1
        cosines = rows @ query / lengths
        at = lines.first[:-1] + heads * np.arange(size)
        self.asked, self.asked_end, self.context = (
            cosines[at + head].astype(np.float64) for head in range(heads)
        )
        inside = np.ones(count, bool)
        for head in range(heads):
            inside[at + head] = False
        self.sentences: Floats = cosines[inside].astype(np.float64)
        weights = np.sqrt(1 + lines.sentence_lengths)
        self._along = self.sentences * weights
        self._rows = rows[inside]
        self._rows *= (weights / lengths[inside]).astype(np.float32)[:, None]
        sums = np.add.reduceat(self._rows, lines.first[:-1], axis=0)
        sizes = np.linalg.norm(sums, axis=1)
        self.answers: Floats = (sums @ query / np.where(sizes > 0, sizes, 1)).astype(np.float64)
        ends = at + VECTOR_HEADS.index("end of the question")
        self._ends = rows[ends] / lengths[ends, None]
        self._query = query

    def windows(self, windows: Windows) -> Floats:
        """With the sentences of each window, taken together."""
        starts, ends = windows.starts, windows.ends
        dots = [
            np.einsum("ij,ij->i", self._rows[: len(self._rows) - step], self._rows[step:])
            for step in range(MOST_SENTENCES)
        ]
        along, square = np.zeros(len(starts)), np.zeros(len(starts))
        for step in range(MOST_SENTENCES):
            inside = np.flatnonzero(starts + step < ends)
            along[inside] += self._along[starts[inside] + step]
            for back in range(step + 1):
                dot = dots[back][starts[inside] + step - back]
                square[inside] += dot if back == 0 else 2 * dot
        return along / np.sqrt(np.where(square > 0, square, 1))

    def together(self, windows: Windows, chosen: Numbers, asked_lengths: Numbers) -> Floats:
        """With the end of each question and one window of its answer, taken as one text.

        Args:
            windows: of all candidates.
            chosen: one of them for each candidate.
            asked_lengths: stems of each question; its end has at most some twenty.
        """
        starts, ends = windows.starts[chosen], windows.ends[chosen]
        both = self._ends * np.sqrt(1 + np.minimum(asked_lengths, _END))[:, None].astype(np.float32)
        for step in range(MOST_SENTENCES):
            inside = np.flatnonzero(starts + step < ends)
            both[inside] += self._rows[starts[inside] + step]
        sizes = np.linalg.norm(both, axis=1)
        cosines: Floats = (both @ self._query / np.where(sizes > 0, sizes, 1)).astype(np.float64)
        return cosines
