"""Which passage of each candidate's answer is quoted: the window of sentences that fits best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.cosines import Windows
from corpus.lines import Floats, Lines, Numbers
from corpus.passages import MOST_SENTENCES

PASSAGE_WEIGHTS = {
    "holds": 0.6,
    "dwells": 0.2,
    "figure": 0.5,
    "means": 0.5,
    "again": 0.2,
    "late": -0.3,
    "dangles": -1.0,
}
"""What each feature of a window adds to how well it answers (``tests/bench/fit_passages.py``).

Of the query's words, by their weights: ``holds`` those that stand in it, each once; ``dwells`` the
same, for each of its sentences; ``figure`` those beside a figure, where one is asked for. ``means``
is its cosine; ``again`` the share of the matched question that it repeats; ``late`` how far down
the answer it begins, times the share that the question holds: an answer begins at once. ``dangles``
where it begins by pointing back: not fitted, a quote must stand by itself.
"""

NO_RIVAL = 1.0
"""Lead of a passage that is the only one of its answer."""


class BestPassages:
    """The best window of each candidate.

    ``columns`` has a row a window, a column a feature in the order of ``PASSAGE_WEIGHTS``;
    ``chosen`` are the best windows' rows, one a candidate; ``held`` is the share of the query that
    each of these holds, ``means`` its cosine.
    """

    def __init__(
        self, lines: Lines, windows: Windows, weights: Floats, figures: Floats, meant: Floats
    ) -> None:
        """The words of the query weigh ``weights``; ``figures`` is a share a sentence, ``meant`` a
        cosine a window."""
        self._lines, self.windows = lines, windows
        owners, first = windows.owners, lines.first
        places = (windows.starts - first[owners]) / np.diff(first)[owners]
        columns = {
            "holds": self._hits() @ weights,
            "dwells": self._sums(lines.sentences @ weights),
            "figure": self._sums(figures),
            "means": meant,
            "again": lines.spans["again"][windows.starts].astype(float),
            "late": (lines.asked @ weights)[owners] * places,
            "dangles": lines.spans["dangles"][windows.starts].astype(float),
        }
        self.columns: Floats = np.column_stack([columns[name] for name in PASSAGE_WEIGHTS])
        self._fits: Floats = self.columns @ np.array(list(PASSAGE_WEIGHTS.values()))
        order = np.lexsort((-self._fits, owners))
        self._edges: Numbers = np.searchsorted(owners, np.arange(len(first) - 1))
        self.chosen: NDArray[np.int64] = order[self._edges]
        self.held: Floats = columns["holds"][self.chosen]
        self.means: Floats = meant[self.chosen]

    def spans(self) -> list[tuple[int, int]]:
        """First sentence and end of each candidate's best passage, counted in its answer."""
        first = self._lines.first[:-1]
        starts, ends = self.windows.starts[self.chosen], self.windows.ends[self.chosen]
        return list(zip((starts - first).tolist(), (ends - first).tolist(), strict=True))

    def leads(self) -> Floats:
        """How far each best passage is ahead of those that share no sentence with it."""
        windows, mine = self.windows, self.chosen[self.windows.owners]
        apart = (windows.ends <= windows.starts[mine]) | (windows.starts >= windows.ends[mine])
        rivals = np.maximum.reduceat(np.where(apart, self._fits, -np.inf), self._edges)
        leads: Floats = np.minimum(self._fits[self.chosen] - rivals, NO_RIVAL)
        return leads

    def _hits(self) -> Floats:
        """Best share of each term within each window."""
        starts, ends, sentences = self.windows.starts, self.windows.ends, self._lines.sentences
        held: Floats = sentences[starts]
        for step in range(1, MOST_SENTENCES):
            inside = starts + step < ends
            held[inside] = np.maximum(held[inside], sentences[starts[inside] + step])
        return held

    def _sums(self, column: Floats) -> Floats:
        """What the sentences of each window add up to."""
        sums = np.concatenate([[0.0], np.cumsum(column)])
        added: Floats = sums[self.windows.ends] - sums[self.windows.starts]
        return added
