"""Whether the best candidate is quoted, offered among the closest, or not shown."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import OutcomeKind
from corpus.score import Scored
from corpus.search import Search


def judge(search: Search, scored: Sequence[Scored]) -> OutcomeKind:
    """What the ranking allows to say."""
    if not scored or scored[0].features["covered"] < 0.3:
        return "nothing"
    margin = scored[0].score - (scored[1].score if len(scored) > 1 else 0)
    return "quoted" if margin > 0.5 and scored[0].features["covered"] > 0.7 else "closest"
