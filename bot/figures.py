"""What has happened since the start, in numbers: no person, no server, no query."""

from __future__ import annotations

import bisect
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

# Upper bounds in seconds: a search takes 1 to 70 ms (FACTS), Discord waits for 3 s.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)

T = TypeVar("T")


@dataclass
class Timed:
    """What came of a command, and how long it took; any thread may add to it.

    ``within[i]`` counts the uses that took up to ``BOUNDS[i]`` seconds.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    within: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def run(self, work: Callable[[], T], tell: Callable[[T], Iterable[str]]) -> T:
        """What ``work`` returns; ``tell`` names what came of it, “error” what it raises."""
        began, outcomes = time.perf_counter(), ["error"]
        try:
            done = work()
            outcomes = list(tell(done))
            return done
        finally:
            self._count(outcomes, time.perf_counter() - began)

    def _count(self, outcomes: Iterable[str], seconds: float) -> None:
        with self._lock:
            self.outcomes.update(outcomes)
            self.seconds += seconds
            self.within[bisect.bisect_left(BOUNDS, seconds)] += 1


@dataclass
class Figures:
    """All that is counted: queries by outcome, purported quotes by verdict, reloads by their end.

    A timeline is “found” or “nothing”; a message that holds several quotations counts for each.
    """

    asks: Timed = field(default_factory=Timed)
    verifies: Timed = field(default_factory=Timed)
    timelines: Timed = field(default_factory=Timed)
    reloads: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count_reload(self, outcome: str) -> None:
        """A reload ended as “changed”, “unchanged” or “failed”."""
        with self._lock:
            self.reloads[outcome] += 1
