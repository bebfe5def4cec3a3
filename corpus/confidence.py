"""Whether the best candidate is quoted, offered among the closest, or not shown.

A logistic of a few signals gives the probability that the best passage answers the query; its
coefficients and the two thresholds are data, fitted by ``corpus/calibrate.py`` on queries with
known answers and stored with the version of the scorer they belong to.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from corpus.errors import SettingsError
from corpus.model import OutcomeKind
from corpus.score import ASKS_FIGURE, SCORER_VERSION, Scored
from corpus.search import Search
from corpus.vectors import built_in, encoder_folder

CALIBRATION_FILE = Path(__file__).parent / "calibration.json"
_NEIGHBOUR = 2  # exchanges away that still speak of the same
_NO_RIVAL = 8.0  # margin where nothing else was found
_MOST_LEAD = 2.0  # of words; more only tells that the record is small and has no rival
_FEWEST_WORDS = 2  # a single word names a topic: what holds it may say anything of it
# The share of the query's words found plus the nearness in meaning below which nothing ties the
# best candidate to the query, however far its rivals are. With scorer 9, on four of the sets of
# queries that the README names, 4 of 590 answerable ones have less, and 30 of 73 off the topic.
_LEAST_TIE = 0.6
# What share of a query that asks for a figure must stand beside one. On six sets this keeps back 3
# of the 12 queries without an answer that would be quoted, and 5 of 232 right quotes.
_LEAST_FIGURE = 0.35
# The cosine below which words in common are a coincidence ("is the pipeline dead": a pipeline, and
# "taking this dead seriously"). Of 127 right and sure ones on those sets the least has .45.
_LEAST_MEANING = 0.4


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
    """The calibration that belongs to this version of the scorer and the built-in table.

    Raises:
        ValueError: it belongs to another version.
    """
    stated = _read_calibration(CALIBRATION_FILE)
    if stated.scorer_version != SCORER_VERSION:
        problem = f"the calibration is of scorer {stated.scorer_version}, not {SCORER_VERSION}"
        raise ValueError(f"{problem}; run “onrecord eval --calibrate”")
    return stated


def calibration_of(encoder: str) -> Calibration:
    """The calibration measured with an encoder, by its name.

    A sentence encoder's is kept in its folder as ``calibration.json``. Without one, or with one of
    another version of the scorer, nothing is ever sure enough to be quoted.

    Raises:
        SettingsError: the file in the folder is no calibration.
    """
    if encoder == built_in().name:
        return shipped_calibration()
    file = encoder_folder() / CALIBRATION_FILE.name
    measured = _read_calibration(file) if file.is_file() else None
    if measured is None or measured.scorer_version != SCORER_VERSION:
        return replace(shipped_calibration(), quoted=math.inf)
    return measured


@cache
def _read_calibration(file: Path) -> Calibration:
    try:
        stated = Calibration(**json.loads(file.read_text("utf-8")))
        estimate_chance(stated, dict.fromkeys(SIGNALS, 0.0))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        problem = f"{file}: is no calibration; write it with “onrecord eval --calibrate”."
        raise SettingsError(problem) from error
    return stated


def judge(search: Search, scored: Sequence[Scored], calibration: Calibration) -> OutcomeKind:
    """What the ranking allows to say."""
    if not scored:
        return "nothing"
    best = scored[0]
    if best.feature("covered") + best.feature("best_cosine") < _LEAST_TIE:
        return "nothing"
    chance = estimate_chance(calibration, find_signals(search, scored))
    if chance >= calibration.quoted and not must_doubt(search, best):
        return "quoted"
    return "closest" if chance >= calibration.closest else "nothing"


def must_doubt(search: Search, best: Scored) -> bool:
    """Whether the best candidate may not be quoted however far it leads."""
    asked = sum(term.weight > 0 for term in search.terms)
    figure = not ASKS_FIGURE.search(search.query) or best.feature("figure") >= _LEAST_FIGURE
    meant = best.feature("best_cosine") >= _LEAST_MEANING
    return asked < _FEWEST_WORDS or not figure or not meant or is_by_another(search, best)


def estimate_chance(calibration: Calibration, signals: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that the best candidate answers the query."""
    total = calibration.intercept + sum(
        weight * signals[name] for name, weight in calibration.coefficients.items()
    )
    return 1 / (1 + math.exp(-total)) if total > -500 else 0.0


SIGNALS = (
    "score",
    "margin",
    "near",
    "words",
    "brief",
    "words_lead",
    "meaning_rank",
    "sentence_lead",
    "passage",
)


def find_signals(search: Search, scored: Sequence[Scored]) -> dict[str, float]:
    """What speaks for and against the best candidate, by the names of ``SIGNALS``.

    Args:
        search: what the query asks for.
        scored: the candidates, best first; not empty.

    Returns:
        The score; its margin to the best rival, one that is more than two exchanges away; how much
        of the score its neighbours would earn; how many words were asked; whether it is brief; by
        how much the words alone, and the best sentence alone, exceed all rivals'; how many rivals
        are nearer in meaning; and what the passage holds of the query. Chosen one by one by what
        each adds on sets left out.
    """
    best = scored[0]
    rivals = [each for each in scored[1:] if not _is_near(best, each)]
    margin = best.fit - max(each.fit for each in rivals) if rivals else _NO_RIVAL
    words = max((each.fit - each.meaning for each in rivals), default=0.0)
    sentence = max((each.feature("sentence") for each in rivals), default=0.0)
    return {
        "score": best.fit / 10,
        "margin": min(margin, _NO_RIVAL),
        "near": best.feature("near"),
        "words": math.log(1 + sum(term.weight > 0 for term in search.terms)),
        "brief": best.feature("brief"),
        "words_lead": min(best.fit - best.meaning - words, _MOST_LEAD),
        "meaning_rank": -math.log(1 + sum(each.meaning > best.meaning for each in rivals)),
        "sentence_lead": best.feature("sentence") - sentence,
        "passage": best.feature("passage"),
    }


def is_by_another(search: Search, scored: Scored) -> bool:
    """Whether the query names somebody on record and these are the words of somebody else."""
    return bool(search.named) and scored.candidate.official not in search.officials


def _is_near(one: Scored, other: Scored) -> bool:
    here, there = one.candidate, other.candidate
    close = abs(here.number - there.number) <= _NEIGHBOUR
    return close and here.transcript == there.transcript
