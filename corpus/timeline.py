"""A topic through time: the passages on record that speak of it, in order of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.confidence import Calibration, calibration_of, judge
from corpus.index import read_days
from corpus.match import fold_twins, name_topics, rank_candidates, says_the_same, tell_left_out
from corpus.model import Filters, Match
from corpus.record import Record
from corpus.score import Scored
from corpus.search import Search
from corpus.store import Reader

MOST_MOMENTS = 40  # ten pages

# What a passage must hold to speak of a topic, of the features of corpus/score.py: the share of
# the topic's words in exchange and passage, and the nearness of meaning. They let 93 of the 236
# gold exchanges of white_house.jsonl pass and anything at all for 3 of its 28 unanswerable queries
# (without nearness 108 and 10); of voices.jsonl, on which they weren't chosen, 81 of 423 and 0 of
# 30. Those queries are whole questions; here people are asked for a topic in a few words.
_COVERED = 0.6
_PASSAGE = 0.3
_MEANT = 0.5


@dataclass(frozen=True, slots=True)
class Timeline:
    """Passages on a topic, oldest first, those without a date last; one of an exchange at most.

    ``topics`` are the nearest on record where no passage fits; ``notes`` are sentences that the
    reader must see.
    """

    query: str
    moments: tuple[Match, ...]
    topics: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def trace_topic(record: Record, query: str, filters: Filters = Filters()) -> Timeline:  # noqa: B008
    """What was said on a topic, in order of date.

    Args:
        record: where to look.
        query: the topic as typed.
        filters: what narrows the search; a date filter leaves undated transcripts out.

    Raises:
        QueryError: the query or a filter can't be searched for.
    """
    with record.reading() as reader:
        search, scored = rank_candidates(reader, query, filters)
        notes = tell_left_out(reader, filters)
        calibration = calibration_of(reader.encoder)
        groups = _fold(_in_order(reader, _choose_fitting(search, scored, calibration)))
        if not groups:
            return Timeline(query, (), name_topics(reader, search, scored), notes)
        kept = _keep_best(groups)
        if len(kept) < len(groups):
            notes = (*notes, f"There is more: only the {len(kept)} that fit best are shown.")
        moments = (fold_twins(reader, first, twins) for first, *twins in kept)
        return Timeline(query, tuple(moments), (), notes)


def _choose_fitting(
    search: Search, scored: Sequence[Scored], calibration: Calibration
) -> list[Scored]:
    """Those that speak of the topic; always what would be quoted in reply to it."""
    fitting = [each for each in scored if _fits(each)]
    if judge(search, scored, calibration) == "quoted" and scored[0] not in fitting:
        fitting.insert(0, scored[0])
    return fitting


def _fits(scored: Scored) -> bool:
    return (
        not scored.feature("brief")
        and scored.feature("covered") >= _COVERED
        and scored.feature("passage") >= _PASSAGE
        and scored.feature("best_cosine") >= _MEANT
    )


def _in_order(reader: Reader, chosen: Sequence[Scored]) -> list[Scored]:
    days = read_days(reader.connection, {each.candidate.transcript for each in chosen})

    def place(scored: Scored) -> tuple[bool, str, int]:
        day = days.get(scored.candidate.transcript, "")
        return not day, day, scored.candidate.number

    return sorted(chosen, key=place)


def _fold(ordered: Sequence[Scored]) -> list[list[Scored]]:
    """Passages that say the same, together, in the place of the first of them."""
    groups: list[list[Scored]] = []
    for each in ordered:
        same = next((group for group in groups if says_the_same(group[0], each)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return groups


def _keep_best(groups: Sequence[list[Scored]]) -> list[list[Scored]]:
    best = sorted(groups, key=lambda group: -max(each.score for each in group))[:MOST_MOMENTS]
    return [group for group in groups if group in best]
