"""Candidates -> scored matches -> Outcome: quoted, closest, or nothing on record."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from corpus import index
from corpus.cite import make_quote
from corpus.confidence import Calibration, calibration_of, is_by_another, judge
from corpus.exchange_words import MOST_TOPIC
from corpus.filters import narrow_search, tell_undated
from corpus.model import Filters, Match, Outcome, OutcomeKind
from corpus.record import Record
from corpus.score import Scored, score_candidates
from corpus.search import Search, find_candidates, plan_search
from corpus.store import Reader
from corpus.vectors import built_in, encoder_named
from corpus.words import STOP_WORDS, content_words, split_query, stem, stem_words

MOST_MATCHES = 3
MOST_TOPICS = 5
_NEAR_TOPIC = 0.45  # below it all are chatter, by those named for queries far from the record
_FAR_TOPICS = 2  # named where all are far off, to show what is on record at all
_TOPICS_WEIGHED = 40  # those whose whole question is nearest; encoding each takes 50 microseconds
_TOPICS_LOOKED_AT = 200  # the newest; encoding them takes a few milliseconds
UNCALIBRATED = "No match is called confident: that is not measured for this sentence encoder."
_FAR_BEHIND = 6.0  # of score, where the words of the one who was asked are on something else
TWINS = 92  # rapidfuzz's ratio from which two passages say the same


def answer_query(record: Record, query: str, filters: Filters = Filters()) -> Outcome:  # noqa: B008
    """What is on record about a query.

    Args:
        record: where to look; all reads of one query see one whole record.
        query: as typed.
        filters: what narrows the search.

    Raises:
        QueryError: the query or a filter can't be searched for.
    """
    began = time.perf_counter()
    with record.reading() as reader:
        kind, matches, topics, notes = _answer(reader, query, filters)
    spent = (time.perf_counter() - began) * 1000
    return Outcome(query, kind, matches, topics, notes, spent)


def rank_candidates(reader: Reader, query: str, filters: Filters) -> tuple[Search, list[Scored]]:
    """The search that a query becomes, and its candidates, best first.

    Raises:
        QueryError: the query or a filter can't be searched for.
        SettingsError: the encoder that made the record's vectors is not at hand.
    """
    search = plan_search(reader.connection, query)
    narrowing, _ = narrow_search(reader.connection, filters)
    candidates = find_candidates(reader.connection, search, narrowing)
    vector = encoder_named(reader.encoder).encode([search.corrected])[0]
    return search, score_candidates(search, candidates, vector)


def rank_matches(record: Record, query: str, filters: Filters = Filters()) -> tuple[Match, ...]:  # noqa: B008
    """The first three matches, whether or not they are good enough to be shown.

    Raises:
        QueryError: the query or a filter can't be searched for.
    """
    with record.reading() as reader:
        _, scored = rank_candidates(reader, query, filters)
        return _choose_matches(reader, scored)


def suggest_queries(record: Record, typed: str, limit: int = 25) -> list[str]:
    """Questions on record that hold the words typed so far, the last of them perhaps unfinished.

    Args:
        record: where to look.
        typed: what a person has typed so far; empty for the newest questions.
        limit: how many at most.

    Returns:
        Questions as asked, at most 100 characters each, the most alike first.
    """
    words = split_query(typed[:MOST_TOPIC])
    with record.reading() as reader:
        expression = _unfinished_expression(reader, words, finished=typed[-1:].isspace())
        if expression is None:
            return index.some_topics(reader.connection, limit)
        found = index.find_topics(reader.connection, expression, 4 * limit)
    return sorted(found, key=lambda each: -fuzz.token_set_ratio(typed, each))[:limit]


def _unfinished_expression(reader: Reader, words: list[str], *, finished: bool) -> str | None:
    """All the words, in the question; the last one may stand for any word it begins."""
    last = words[-1] if words and not finished else None
    parts = [f'"{stem(word)}"' for word in content_words(words[:-1] if last else words)]
    if last and len(last) > 1:
        begun = index.find_beginnings(reader.connection, last, 30)
        if begun:
            quoted = [f'"{each}"' for each in begun]
            parts.append(f"({' OR '.join(quoted)})")
        elif last not in STOP_WORDS:
            parts.append(f'"{stem(last)}"')
    return f"question : ({' AND '.join(parts)})" if parts else None


def _answer(
    reader: Reader, query: str, filters: Filters
) -> tuple[OutcomeKind, tuple[Match, ...], tuple[str, ...], tuple[str, ...]]:
    search, scored = rank_candidates(reader, query, filters)
    calibration = calibration_of(reader.encoder)
    kind = judge(search, scored, calibration)
    theirs = _choose_named(search, scored, kind, calibration)
    if theirs:
        sure = kind == "quoted" and theirs[0] is scored[0]
        kind, scored = "quoted" if sure else "closest", theirs
    notes = tell_left_out(reader, filters)
    if kind == "closest" and calibration.quoted > 1:
        notes = (*notes, UNCALIBRATED)
    if kind == "nothing":
        return kind, (), name_topics(reader, search, scored), notes
    if is_by_another(search, scored[0]):
        named = " and ".join(f"“{name.capitalize()}”" for name in search.named)
        notes = (f"The query names {named}; the first words below are somebody else's.", *notes)
    return kind, _choose_matches(reader, scored), (), notes


def _choose_named(
    search: Search, scored: Sequence[Scored], kind: OutcomeKind, calibration: Calibration
) -> list[Scored]:
    """The candidates by whom the query names, where it wants theirs alone.

    That is so where nobody else's are any good, and where it asks what they themselves said, unless
    theirs are on other things ("what did Biden say", of which only his press secretary spoke).
    """
    theirs = [each for each in scored if each.candidate.official in search.officials]
    if not theirs:
        return []
    behind = scored[0].score - theirs[0].score
    if kind != "nothing" and not (search.asks_words and behind <= _FAR_BEHIND):
        return []
    return theirs if judge(search, theirs, calibration) != "nothing" else []


def tell_left_out(reader: Reader, filters: Filters) -> tuple[str, ...]:
    """What a reader must know of the transcripts that filters leave out."""
    narrowing, undated = narrow_search(reader.connection, filters)
    is_empty = narrowing.transcripts == frozenset()
    nothing = ("The filters leave no transcript to look in.",) if is_empty else ()
    return (*nothing, *tell_undated(undated))


def _choose_matches(reader: Reader, scored: Sequence[Scored]) -> tuple[Match, ...]:
    """The first matches that really differ; near-duplicates are folded into the first of them.

    "Yeah." is offered only where nothing is better.
    """
    chosen: list[tuple[Scored, list[Scored]]] = []
    for each in scored:
        twin = next((twins for kept, twins in chosen if says_the_same(kept, each)), None)
        if twin is not None:
            twin.append(each)
        elif len(chosen) == MOST_MATCHES:
            break
        elif not chosen or any(each.candidate.sentences):
            chosen.append((each, []))
    return tuple(fold_twins(reader, kept, twins) for kept, twins in chosen)


def says_the_same(one: Scored, other: Scored) -> bool:
    """Whether the passages of two candidates are the same but for a few words."""
    return fuzz.ratio(_passage(one), _passage(other), score_cutoff=TWINS) > 0


def _passage(scored: Scored) -> str:
    sentences = scored.candidate.sentences[scored.start : scored.end]
    return " ".join(stem for sentence in sentences for stem in sentence)


def fold_twins(reader: Reader, kept: Scored, twins: Sequence[Scored]) -> Match:
    """The match of a candidate that cites the other documents in which its twins stand."""
    match = _make_match(reader, kept)
    others = [_make_match(reader, twin).quote.citation for twin in twins]
    elsewhere = {each.source.sha256: each for each in others}
    elsewhere.pop(match.quote.citation.source.sha256, None)
    return replace(match, also=tuple(elsewhere.values()))


def _make_match(reader: Reader, scored: Scored) -> Match:
    candidate = scored.candidate
    key, exchange = reader.exchange(candidate.number)
    transcript = reader.transcript(key)
    start = candidate.spans[scored.start][0]
    end = candidate.spans[scored.end - 1][1]
    quote = make_quote(transcript, exchange, start, end)
    return Match(quote, candidate.number, scored.score)


def name_topics(reader: Reader, search: Search, scored: Sequence[Scored]) -> tuple[str, ...]:
    """The questions on record nearest to a query that nothing answers.

    Nearness is what they hold of the query's words plus the cosine of their meaning. Those that
    are far off are named only where no other is.
    """
    asked = [each for each in scored if each.candidate.topic]
    asked.sort(key=lambda each: -each.feature("asked") - each.feature("asked_cosine"))
    topics = list(dict.fromkeys(each.candidate.topic or "" for each in asked[:_TOPICS_WEIGHED]))
    topics = topics or index.some_topics(reader.connection, _TOPICS_LOOKED_AT)
    query, *others = built_in().encode([search.corrected, *topics])
    nearness = {
        topic: float(row @ query) + _share_held(search, topic)
        for topic, row in zip(topics, others, strict=True)
    }
    topics.sort(key=lambda topic: -nearness[topic])
    near = [topic for topic in topics if nearness[topic] >= _NEAR_TOPIC]
    return tuple(near[:MOST_TOPICS] or topics[:_FAR_TOPICS])


def _share_held(search: Search, text: str) -> float:
    """What share of a search's words a text holds, by their weights."""
    held = set(stem_words(text))
    whole = sum(term.weight for term in search.terms)
    best = (
        term.weight * max((term.stems[each] for each in held & term.stems.keys()), default=0.0)
        for term in search.terms
    )
    return sum(best) / whole if whole else 0.0
