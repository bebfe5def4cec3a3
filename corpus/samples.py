"""What queries with known answers teach of when to quote: each as asked once, with what came back.

Every query is asked twice: as it is, and with the exchanges that answer it taken out, so that a fit
learns what a neighbour of the right answer looks like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from corpus.confidence import find_signals, must_doubt
from corpus.errors import QueryError
from corpus.evaluate import Case, GoldFinder
from corpus.match import MOST_MATCHES, rank_candidates
from corpus.model import Filters
from corpus.record import Record
from corpus.score import Scored
from corpus.search import Search
from corpus.store import Reader

_PARTS = 10  # into which the documents of a single set are dealt


@dataclass(frozen=True, slots=True)
class Sample:
    """One query as asked once: its signals, whether it may be quoted, and what was right.

    ``alone`` where it was asked of a record of its own document.
    """

    group: str
    alone: bool
    answerable: bool
    removed: bool
    signals: Mapping[str, float]
    doubted: bool
    right: bool
    right_exchange: bool
    right_in_three: bool


def collect_samples(
    record: Record, cases: Sequence[Case], group: str, *, alone: bool = False
) -> list[Sample]:
    """Ask each query of a set, as it is and with its answer taken out.

    Args:
        record: of all the set's documents; of the one that the cases are about where ``alone``.
        cases: the queries with their gold.
        group: the set's name.
        alone: whether the samples serve the fit alone, not the figures or the threshold.
    """
    with record.reading() as reader:
        finder = GoldFinder(reader)
        return [
            sample for case in cases for sample in _sample(reader, finder, case, (group, alone))
        ]


def split_by_document(cases: Sequence[Case]) -> Mapping[str, Sequence[Case]]:
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


def _sample(
    reader: Reader, finder: GoldFinder, case: Case, group: tuple[str, bool]
) -> Iterator[Sample]:
    try:
        search, scored = rank_candidates(reader, case.query, Filters())
    except QueryError:
        return
    if scored:
        right = [_is_right(finder, case, each) for each in scored[:MOST_MATCHES]]
        signals, doubted = find_signals(search, scored), must_doubt(search, scored[0])
        exchange = finder.holds_gold(scored[0].candidate.number, case.gold)
        asked = (*group, bool(case.gold), False)
        yield Sample(*asked, signals, doubted, right[0], exchange, any(right))
    yield from _sample_removed(finder, case, group, search, scored)


def _is_right(finder: GoldFinder, case: Case, scored: Scored) -> bool:
    spans = scored.candidate.spans
    start, end = spans[scored.start][0], spans[scored.end - 1][1]
    return finder.is_right(scored.candidate.number, start, end, case.gold)


def _sample_removed(
    finder: GoldFinder,
    case: Case,
    group: tuple[str, bool],
    search: Search,
    scored: Sequence[Scored],
) -> Iterator[Sample]:
    rest = [each for each in scored if not finder.holds_gold(each.candidate.number, case.gold)]
    if case.gold and rest:
        signals, doubted = find_signals(search, rest), must_doubt(search, rest[0])
        yield Sample(*group, True, True, signals, doubted, False, False, False)


def join_groups(documents: Mapping[str, Set[str]]) -> list[set[str]]:
    """The groups that are held out together: those joined by a document that they share."""
    folds: list[tuple[set[str], set[str]]] = []
    for name, held in documents.items():
        joined, known = {name}, set(held)
        apart = []
        for fold in folds:
            if known.isdisjoint(fold[1]):
                apart.append(fold)
            else:
                joined |= fold[0]
                known |= fold[1]
        folds = [*apart, (joined, known)]
    return [fold for fold, _ in folds]
