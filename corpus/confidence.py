"""Whether the best candidate is quoted, offered among the closest, or not shown.

A logistic of a few signals gives the probability that the best passage answers the query; its
coefficients and the two thresholds are data, fitted by ``corpus/calibrate.py`` on queries with
known answers and stored with the version of the scorer they belong to. Whether anything is offered
at all turns on the score alone, which tells best what is off the topic: how far the rivals are says
nothing of that.
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
_CLOSE = 4.0  # of score, within which a rival may as well be meant
_FEWEST = 40  # candidates that rivals are counted among: a small record has few of both
_MOST_LEAD = 2.0  # of words; more only tells that the record is small and has no rival
_LEAST_LEAD = 0.02  # of a passage; less is none
_FEWEST_WORDS = 2  # a single word names a topic: what holds it may say anything of it
# What share of a query that asks for a figure must stand beside one. With scorer 9, on six sets,
# this keeps back 3 of 12 queries without an answer that would be quoted, and 5 of 232 right quotes.
_LEAST_FIGURE = 0.35
# The cosine below which words in common are a coincidence ("is the pipeline dead": a pipeline, and
# "taking this dead seriously"). Of 127 right and sure ones on those sets the least has .45.
_LEAST_MEANING = 0.4


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of the signals; the probability from which to quote, the score to offer.

    ``closest`` is of the signal of that name, which is a tenth of the score.
    """

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
    signals = find_signals(search, scored)
    if signals["score"] < calibration.closest:
        return "nothing"
    sure = estimate_chance(calibration, signals) >= calibration.quoted
    return "quoted" if sure and not must_doubt(search, best) else "closest"


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
    "covered",
    "known",
    "words",
    "words_lead",
    "meaning_lead",
    "rivals",
    "near",
    "near_lead",
    "passage_lead",
    "brief",
    "deflects",
    "asks_figure",
)
"""What speaks for and against the best candidate.

Its ``score``; the share of the query that it holds (``covered``), of that which is on record at all
(``known``), and of that which only its neighbours hold (``near``); how many ``words`` were asked.
By how much it leads all rivals, those more than two exchanges away: by its words alone, in meaning,
in what its neighbours hold; and which share of the candidates is hardly behind it (``rivals``). How
far its passage leads the rest of its answer; whether the answer is ``brief``, how much of it puts
the question off; and whether a figure is asked for. Chosen one by one, of some seventy, by what
each added on documents left out.
"""


def find_signals(search: Search, scored: Sequence[Scored]) -> dict[str, float]:
    """The ``SIGNALS`` of the best candidate, by their names.

    Args:
        search: what the query asks for.
        scored: the candidates, best first; not empty.
    """
    best = scored[0]
    rivals = [each for each in scored[1:] if not _is_near(best, each)]
    words = best.fit - best.meaning - max((each.fit - each.meaning for each in rivals), default=0.0)
    close = sum(best.fit - each.fit < _CLOSE for each in rivals)
    asked = [term for term in search.terms if term.weight > 0]
    known = sum(term.weight * max(term.stems.values(), default=0.0) for term in asked)
    return {
        "score": best.fit / 10,
        "covered": best.feature("covered"),
        "known": known / max(sum(term.weight for term in asked), 1e-9),
        "words": math.log(1 + len(asked)),
        "words_lead": min(words, _MOST_LEAD),
        "meaning_lead": _lead(best, rivals, "best_cosine"),
        "rivals": math.log((1 + close) / max(len(scored), _FEWEST)),
        "near": best.feature("near"),
        "near_lead": _lead(best, rivals, "near"),
        "passage_lead": math.log(_LEAST_LEAD + max(best.lead, 0.0)),
        "brief": best.feature("brief"),
        "deflects": best.feature("deflects"),
        "asks_figure": float(ASKS_FIGURE.search(search.query) is not None),
    }


def _lead(best: Scored, rivals: Sequence[Scored], feature: str) -> float:
    """By how much the best candidate exceeds all rivals; a lead over none tells nothing."""
    here = best.feature(feature)
    return here - max((each.feature(feature) for each in rivals), default=here)


def is_by_another(search: Search, scored: Scored) -> bool:
    """Whether the query names somebody on record and these are the words of somebody else."""
    return bool(search.named) and scored.candidate.official not in search.officials


def _is_near(one: Scored, other: Scored) -> bool:
    here, there = one.candidate, other.candidate
    close = abs(here.number - there.number) <= _NEIGHBOUR
    return close and here.transcript == there.transcript
