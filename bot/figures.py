"""What has happened since the start, in numbers: no person, no server, no query."""

from __future__ import annotations

import bisect
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.model import Outcome

# Upper bounds in seconds: a search takes 1 to 70 ms (FACTS), Discord waits for 3 s.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)


@dataclass
class Figures:
    """Counts that any thread may add to. ``within[i]`` counts the asks up to ``BOUNDS[i]``."""

    asks: Counter[str] = field(default_factory=Counter)
    reloads: Counter[str] = field(default_factory=Counter)
    within: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count_ask(self, outcome: str, seconds: float) -> None:
        """A query got ``outcome``, or “error”, after ``seconds``."""
        with self._lock:
            self.asks[outcome] += 1
            self.seconds += seconds
            self.within[bisect.bisect_left(BOUNDS, seconds)] += 1

    def count_reload(self, outcome: str) -> None:
        """A reload ended as “changed”, “unchanged” or “failed”."""
        with self._lock:
            self.reloads[outcome] += 1

    def timed_ask(self, ask: Callable[[], Outcome]) -> Outcome:
        """The outcome of ``ask``, counted; what it raises counts as “error”."""
        began, kind = time.perf_counter(), "error"
        try:
            outcome = ask()
            kind = outcome.kind
            return outcome
        finally:
            self.count_ask(kind, time.perf_counter() - began)
