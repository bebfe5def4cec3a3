"""Fitting the chance that a quote is right, on queries whose answers are known.

What is reported was fitted on sets over other documents (or, with one set, on the other documents'
queries). The fit also sees each query as asked of its own document alone, so that it holds for
small records; the figures and the thresholds don't.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.confidence import SIGNALS, Calibration
from corpus.errors import OnrecordError
from corpus.samples import Sample, join_groups
from corpus.score import SCORER_VERSION

Floats = NDArray[np.float64]

# Of the quotes to answerable queries, those from an exchange that does not answer. One from the
# right exchange may still miss the sentences wanted: no surer match is freer of that.
MOST_ASTRAY = 0.05
MOST_FALSE = 1 / 40  # of unanswerable queries quoted
MOST_REMOVED = 0.08  # of queries quoted although their answer was taken out
LOST = 0.03  # of the queries with a right match in three that may be told "nothing"
_STIFFNESS = 1e-3  # ridge on the coefficients
_STEPS = 60  # of Newton's method; it settles in about ten


@dataclass(frozen=True, slots=True)
class Tier:
    """What a threshold gives on samples it was not fitted on; shares are 0 to 1.

    Of the quotes ``wrong`` are those that hold none of the words wanted, and ``astray`` those among
    them from an exchange that does not answer.
    """

    group: str
    coverage: float
    wrong: float
    astray: float
    quoted: int
    false_quotes: int
    unanswerable: int
    removed_quoted: float


def calibrate(
    samples: Sequence[Sample], documents: Mapping[str, Set[str]]
) -> tuple[Calibration, tuple[Tier, ...]]:
    """The calibration of all samples, and what calibrations of the others give on each group.

    A group's chances come from a fit on the groups that share no document with it, and so does the
    threshold that its tier is told for. The shipped threshold is chosen on the chances of all
    groups, each held out.

    Args:
        samples: what was asked.
        documents: the documents that the queries of each group are about.

    Raises:
        OnrecordError: all groups share documents, so that nothing can be held out.
    """
    whole = [sample for sample in samples if not sample.alone]
    groups = np.array([sample.group for sample in whole])
    names = list(dict.fromkeys(groups.tolist()))
    folds = join_groups({name: documents[name] for name in names})
    if len(folds) < 2:
        raise OnrecordError(
            "calibrating takes two files of queries over different documents, or gold in two"
            " documents."
        )
    chances = np.zeros(len(whole))
    for fold in folds:
        others = _fit([sample for sample in samples if sample.group not in fold])
        held = np.isin(groups, list(fold))
        chances[held] = _apply(others, _table(whole)[held])
    shown = np.zeros(len(whole), bool)
    for fold in folds:
        held = np.isin(groups, list(fold))
        threshold = _choose_quoted(_pick(whole, ~held), chances[~held])
        shown[held] = _shown(_pick(whole, held), chances[held], threshold)
    fitted = _fit(samples)
    calibration = Calibration(
        scorer_version=SCORER_VERSION,
        intercept=round(float(fitted[0]), 4),
        coefficients={
            name: round(float(value), 4) for name, value in zip(SIGNALS, fitted[1:], strict=True)
        },
        quoted=round(_choose_quoted(whole, chances), 3),
        closest=round(_choose_closest(whole), 3),
    )
    return calibration, tuple(_tier(whole, shown, name) for name in [*names, "all"])


def _pick(samples: Sequence[Sample], wanted: NDArray[np.bool_]) -> list[Sample]:
    return [sample for sample, each in zip(samples, wanted, strict=True) if each]


def save_calibration(calibration: Calibration, path: Path) -> None:
    """Write a calibration as ``corpus/confidence.py`` reads it.

    Raises:
        OnrecordError: it can't be written there.
    """
    try:
        path.write_text(json.dumps(asdict(calibration), indent=1) + "\n", "utf-8")
    except OSError as error:
        raise OnrecordError(f"{path}: can't be written ({error.strerror}).") from error


def _table(samples: Sequence[Sample]) -> Floats:
    return np.array([[1.0, *(sample.signals[name] for name in SIGNALS)] for sample in samples])


def _fit(samples: Sequence[Sample]) -> Floats:
    """What each signal tells of the quote being right."""
    right = np.array([sample.right for sample in samples], float)
    return _fit_logistic(_table(samples), right)


def _fit_logistic(table: Floats, right: Floats) -> Floats:
    """Ridge logistic regression by Newton's method; the intercept is not held back."""
    stiffness = np.full(table.shape[1], _STIFFNESS * len(table))
    stiffness[0] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chances = _apply(weights, table)
        slope = table.T @ (right - chances) - stiffness * weights
        spread = chances * (1 - chances) + 1e-9
        weights = weights + np.linalg.solve((table.T * spread) @ table + np.diag(stiffness), slope)
    return weights


def _apply(weights: Floats, table: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(table @ weights, -50, 50)))
    return chances


def _shown(samples: Sequence[Sample], chances: Floats, threshold: float) -> NDArray[np.bool_]:
    """Which would be quoted."""
    doubted = np.array([sample.doubted for sample in samples], bool)
    shown: NDArray[np.bool_] = (chances >= threshold) & ~doubted
    return shown


def _choose_quoted(samples: Sequence[Sample], chances: Floats) -> float:
    """The lowest threshold that keeps all three limits.

    One more quote is taken to be astray than was counted: a few queries can't tell a low share.
    """
    for threshold in np.arange(0.3, 0.99, 0.01):
        tier = _tier(samples, _shown(samples, chances, threshold), "all")
        astray = (tier.astray * tier.quoted + 1) / (tier.quoted + 1)
        false = tier.false_quotes / max(1, tier.unanswerable)
        if astray <= MOST_ASTRAY and false <= MOST_FALSE and tier.removed_quoted <= MOST_REMOVED:
            return float(threshold)
    return 0.99


def _choose_closest(samples: Sequence[Sample]) -> float:
    """The score, as the signal, below which few of the useful lists are lost."""
    useful = [sample.signals["score"] for sample in samples if sample.right_in_three]
    return float(np.quantile(useful, LOST)) if useful else 0.0


def _tier(samples: Sequence[Sample], shown: NDArray[np.bool_], group: str) -> Tier:
    rows = [
        (sample, quoted)
        for sample, quoted in zip(samples, shown.tolist(), strict=True)
        if group in {"all", sample.group}
    ]
    whole = [(sample, shown) for sample, shown in rows if not sample.removed]
    answerable = [pair for pair in whole if pair[0].answerable]
    quoted = [sample for sample, shown in answerable if shown]
    right = sum(sample.right for sample in quoted)
    unanswerable = [shown for sample, shown in whole if not sample.answerable]
    return Tier(
        group=group,
        coverage=right / max(1, len(answerable)),
        wrong=1 - right / len(quoted) if quoted else 0.0,
        astray=_mean([not sample.right_exchange for sample in quoted]),
        quoted=len(quoted),
        false_quotes=sum(unanswerable),
        unanswerable=len(unanswerable),
        removed_quoted=_mean([shown for sample, shown in rows if sample.removed]),
    )


def _mean(shown: Sequence[bool]) -> float:
    return sum(shown) / len(shown) if shown else 0.0
