"""Fitting the chance that a quote is right, on queries whose answers are known.

Every query is asked twice: as it is, and with the exchanges that answer it taken out, so that the
fit learns what a neighbour of the right answer looks like. What is reported was fitted on the
other sets (or, with one set, on the other documents' queries).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.confidence import SIGNALS, Calibration, find_signals, must_doubt
from corpus.errors import OnrecordError, QueryError
from corpus.evaluate import Case, GoldFinder
from corpus.match import MOST_MATCHES, rank_candidates
from corpus.model import Filters
from corpus.score import SCORER_VERSION, Scored
from corpus.search import Search
from corpus.store import Reader, Record

Floats = NDArray[np.float64]

# Of the quotes to answerable queries, those from an exchange that does not answer. One from the
# right exchange may still miss the sentences wanted: no surer match is freer of that.
MOST_ASTRAY = 0.05
MOST_FALSE = 1 / 40  # of unanswerable queries quoted
MOST_REMOVED = 0.08  # of queries quoted although their answer was taken out
LEAST_QUOTES = 20  # below which a share of wrong ones says nothing
LOST = 0.03  # of the queries with a right match in three that may be told "nothing"
_PARTS = 10  # into which the documents of a single set are dealt
_STIFFNESS = 1e-3  # ridge on the coefficients
_STEPS = 60  # of Newton's method; it settles in about ten


@dataclass(frozen=True, slots=True)
class Sample:
    """One query as asked once: its signals, whether it may be quoted, and what was right."""

    group: str
    answerable: bool
    removed: bool
    signals: Mapping[str, float]
    doubted: bool
    right: bool
    right_exchange: bool
    right_in_three: bool


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


def collect_samples(record: Record, cases: Sequence[Case], group: str) -> list[Sample]:
    """Ask each query of a set, as it is and with its answer taken out."""
    with record.reading() as reader:
        finder = GoldFinder(reader)
        return [sample for case in cases for sample in _sample(reader, finder, case, group)]


def split_by_document(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """The cases in ten groups that share no document, as far as each names only one.

    Unanswerable ones are dealt out in turn.
    """
    documents = sorted({case.gold[0].file for case in cases if case.gold})
    places = {file: at % _PARTS for at, file in enumerate(documents)}
    groups: dict[str, list[Case]] = {}
    for turn, case in enumerate(cases):
        at = places[case.gold[0].file] if case.gold else turn % min(_PARTS, len(documents) or 1)
        groups.setdefault(f"documents, part {at + 1}", []).append(case)
    return groups


def _sample(reader: Reader, finder: GoldFinder, case: Case, group: str) -> Iterator[Sample]:
    try:
        search, scored = rank_candidates(reader, case.query, Filters())
    except QueryError:
        return
    if scored:
        right = [_is_right(finder, case, each) for each in scored[:MOST_MATCHES]]
        signals, doubted = find_signals(search, scored), must_doubt(search, scored[0])
        exchange = finder.holds_gold(scored[0].candidate.number, case.gold)
        asked = (group, bool(case.gold), False)
        yield Sample(*asked, signals, doubted, right[0], exchange, any(right))
    yield from _sample_removed(finder, case, group, search, scored)


def _is_right(finder: GoldFinder, case: Case, scored: Scored) -> bool:
    spans = scored.candidate.spans
    start, end = spans[scored.start][0], spans[scored.end - 1][1]
    return finder.is_right(scored.candidate.number, start, end, case.gold)


def _sample_removed(
    finder: GoldFinder, case: Case, group: str, search: Search, scored: Sequence[Scored]
) -> Iterator[Sample]:
    rest = [each for each in scored if not finder.holds_gold(each.candidate.number, case.gold)]
    if case.gold and rest:
        signals, doubted = find_signals(search, rest), must_doubt(search, rest[0])
        yield Sample(group, True, True, signals, doubted, False, False, False)


def calibrate(samples: Sequence[Sample]) -> tuple[Calibration, tuple[Tier, ...]]:
    """The calibration of all samples, and what calibrations of the others give on each group.

    A group's chances come from a fit on the other groups, and so does the threshold that its tier
    is told for. The shipped threshold is chosen on the chances of all groups, each held out.

    Raises:
        OnrecordError: there are not two groups, so that nothing can be held out.
    """
    groups = np.array([sample.group for sample in samples])
    names = list(dict.fromkeys(groups.tolist()))
    if len(names) < 2:
        raise OnrecordError("calibrating takes two files of queries, or gold in two documents.")
    chances = np.zeros(len(samples))
    for name in names:
        held = groups == name
        chances[held] = _apply(_fit(_pick(samples, ~held)), _table(samples)[held])
    shown = np.zeros(len(samples), bool)
    for name in names:
        held = groups == name
        threshold = _choose_quoted(_pick(samples, ~held), chances[~held])
        shown[held] = _shown(_pick(samples, held), chances[held], threshold)
    fitted = _fit(samples)
    calibration = Calibration(
        scorer_version=SCORER_VERSION,
        intercept=round(float(fitted[0]), 4),
        coefficients={
            name: round(float(value), 4) for name, value in zip(SIGNALS, fitted[1:], strict=True)
        },
        quoted=round(_choose_quoted(samples, chances), 3),
        closest=round(_choose_closest(samples, chances), 3),
    )
    return calibration, tuple(_tier(samples, shown, name) for name in [*names, "all"])


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
    """What each signal tells of the right exchange having been found."""
    right = np.array([sample.right_exchange for sample in samples], float)
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

    The share that is astray is read off a curve through all answerable queries. Counted, it turns
    on the few wrong ones among the surest, and one of them more moves the threshold by a fifth.
    """
    answerable = np.array([sample.answerable and not sample.removed for sample in samples])
    odds = np.log(chances / (1 - chances))
    table = np.column_stack([np.ones(len(odds)), odds])
    right = np.array([sample.right_exchange for sample in samples], float)
    if not answerable.any():
        return 0.99
    astray = 1 - _apply(_fit_logistic(table[answerable], right[answerable]), table)
    for threshold in np.arange(0.3, 0.99, 0.01):
        shown = _shown(samples, chances, threshold)
        tier = _tier(samples, shown, "all")
        false = tier.false_quotes / max(1, tier.unanswerable)
        kept = false <= MOST_FALSE and tier.removed_quoted <= MOST_REMOVED
        quoted = shown & answerable
        if kept and (quoted.sum() < LEAST_QUOTES or astray[quoted].mean() <= MOST_ASTRAY):
            return float(threshold)
    return 0.99


def _choose_closest(samples: Sequence[Sample], chances: Floats) -> float:
    """The threshold below which few of the useful lists of three are lost."""
    useful = [
        chance for sample, chance in zip(samples, chances, strict=True) if sample.right_in_three
    ]
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
