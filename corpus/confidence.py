"""Whether the best candidate is quoted, offered among the closest, or not shown.

A logistic of a few signals gives the probability that the best passage answers the query; its
coefficients and the two thresholds are data, fitted by ``corpus/calibrate.py`` on queries with
known answers and stored with the version of the scorer they belong to.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.model import OutcomeKind
from corpus.score import SCORER_VERSION, Scored
from corpus.search import Search

CALIBRATION_FILE = Path(__file__).parent / "calibration.json"
_NEIGHBOUR = 2  # exchanges away that still speak of the same
_NO_RIVAL = 8.0  # margin where nothing else was found


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of the signals, and the probabilities from which to quote or to offer."""

    scorer_version: int
    intercept: float
    coefficients: Mapping[str, float]
    quoted: float
    closest: float


@cache
def shipped_calibration() -> Calibration:
    """The calibration that belongs to this version of the scorer.

    Raises:
        ValueError: it belongs to another version.
    """
    stated = Calibration(**json.loads(CALIBRATION_FILE.read_text("utf-8")))
    if stated.scorer_version != SCORER_VERSION:
        problem = f"the calibration is of scorer {stated.scorer_version}, not {SCORER_VERSION}"
        raise ValueError(f"{problem}; run “onrecord eval --calibrate”")
    return stated


def judge(search: Search, scored: Sequence[Scored]) -> OutcomeKind:
    """What the ranking allows to say."""
    if not scored:
        return "nothing"
    calibration = shipped_calibration()
    chance = estimate_chance(calibration, find_signals(search, scored))
    if chance >= calibration.quoted:
        return "quoted"
    return "closest" if chance >= calibration.closest else "nothing"


def estimate_chance(calibration: Calibration, signals: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that the best candidate answers the query."""
    total = calibration.intercept + sum(
        weight * signals[name] for name, weight in calibration.coefficients.items()
    )
    return 1 / (1 + math.exp(-total)) if total > -500 else 0.0


SIGNALS = (
    "margin",
    "share",
    "covered_lead",
    "passage_lead",
    "alike",
    "best_cosine",
    "words",
    "near",
    "brief",
    "score",
)


def find_signals(search: Search, scored: Sequence[Scored]) -> dict[str, float]:
    """What speaks for and against the best candidate, by the names of ``SIGNALS``.

    Args:
        search: what the query asks for.
        scored: the candidates, best first; not empty.

    Returns:
        The margin to the best rival that is more than two exchanges away, and the share of all
        chance that falls nearer; by how much the best exceeds all rivals in words found; how alike
        question and meaning are; how many words were asked; how much of the score its neighbours
        would earn; whether it is brief; and the score.
    """
    best = scored[0]
    rivals = [each for each in scored[1:] if not _is_near(best, each)]
    margin = best.score - rivals[0].score if rivals else _NO_RIVAL
    telling = sum(term.weight > 0 for term in search.terms)
    return {
        "margin": min(margin, _NO_RIVAL),
        "share": _share_nearby(best, scored),
        "covered_lead": _lead("covered", best, rivals),
        "passage_lead": _lead("passage", best, rivals),
        "alike": best.features["alike"],
        "best_cosine": best.features["best_cosine"],
        "words": math.log(1 + telling),
        "near": best.features["near"],
        "brief": best.features["brief"],
        "score": best.score / 10,
    }


def _lead(feature: str, best: Scored, rivals: Sequence[Scored]) -> float:
    """By how much the best exceeds all rivals in one feature; negative where one exceeds it."""
    return best.features[feature] - max((each.features[feature] for each in rivals), default=0.0)


def _is_near(one: Scored, other: Scored) -> bool:
    here, there = one.candidate, other.candidate
    close = abs(here.number - there.number) <= _NEIGHBOUR
    return close and here.transcript == there.transcript


def _share_nearby(best: Scored, scored: Sequence[Scored]) -> float:
    """Of the chance that the scores give to all candidates, what falls to the best's stretch."""
    chances = [math.exp(each.score - best.score) for each in scored]
    nearby = sum(
        chance for chance, each in zip(chances, scored, strict=True) if _is_near(best, each)
    )
    return nearby / sum(chances)
