"""What one pass of numpy finds is what a walk over every stem finds."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.exchange_words import ExchangeWords, Sentence
from corpus.index import Candidate, Totals
from corpus.lines import NEAR, Lines
from corpus.passages import MOST_SENTENCES
from corpus.search import Search, Term

STEMS = ["war", "peac", "talk", "price", "ga"]
stems = st.lists(st.sampled_from(STEMS), max_size=6).map(tuple)
# A turn's number and its sentences, each with stems.
turns = st.lists(st.lists(stems, min_size=1, max_size=4), min_size=1, max_size=3)
exchanges = st.lists(st.tuples(stems, stems, turns), min_size=1, max_size=4)
terms = st.lists(
    st.dictionaries(st.sampled_from(STEMS), st.sampled_from([0.3, 0.8, 1.0]), max_size=3),
    min_size=1,
    max_size=4,
)


def make_candidates(given_exchanges) -> list[Candidate]:
    found = []
    for number, (question, context, answer) in enumerate(given_exchanges):
        sentences = tuple(
            Sentence(0, 1, turn, False, False, False, each)
            for turn, inside in enumerate(answer)
            for each in inside
        )
        words = ExchangeWords(("", ""), question, context, sentences, None)
        question_text, answer_text = words.texts
        packed = (words.spans, words.sizes, words.numbers, None)
        found.append(Candidate(number, 1, 1, None, question_text, answer_text, *packed))
    return found


def make_search(shares: list[dict[str, float]]) -> Search:
    made = tuple(Term(str(at), str(at), each, 1.0, True) for at, each in enumerate(shares))
    return Search("", made, Totals(1, 1))


def best(line: tuple[str, ...], shares: list[dict[str, float]]) -> list[float]:
    return [max((term.get(stem, 0.0) for stem in line), default=0.0) for term in shares]


def is_pair(line: tuple[str, ...], one: dict[str, float], other: dict[str, float]) -> bool:
    return any(
        line[a] in one and line[b] in other and abs(a - b) <= NEAR
        for a in range(len(line))
        for b in range(len(line))
    )


@given(exchanges, terms)
def test_each_term_is_found_where_it_stands(given_exchanges, shares):
    lines = Lines(make_search(shares), make_candidates(given_exchanges))
    said = [each for *_, answer in given_exchanges for turn in answer for each in turn]
    np.testing.assert_allclose(lines.asked, [best(q, shares) for q, *_ in given_exchanges])
    np.testing.assert_allclose(lines.context, [best(c, shares) for _, c, _ in given_exchanges])
    np.testing.assert_allclose(lines.sentences, [best(each, shares) for each in said])
    tallies = [
        [math.fsum(term.get(stem, 0.0) for stem in q) for term in shares]
        for q, *_ in given_exchanges
    ]
    np.testing.assert_allclose(lines.tallies, tallies)


@given(exchanges, terms)
def test_neighbouring_words_of_the_query_count_where_they_stand_together(given_exchanges, shares):
    lines = Lines(make_search(shares), make_candidates(given_exchanges))
    for row, (question, _, answer) in enumerate(given_exchanges):
        counted = [question, *(each for turn in answer for each in turn)]
        expected = [
            any(is_pair(line, one, other) for line in counted) for one, other in pairwise(shares)
        ]
        assert lines.pairs[row].astype(bool).tolist() == (expected or [False])


@given(exchanges)
def test_what_a_passage_repeats_of_its_question(given_exchanges):
    lines = Lines(make_search([{}]), make_candidates(given_exchanges))
    expected = []
    for question, _, answer in given_exchanges:
        for turn in answer:
            for start in range(len(turn)):
                passage = turn[start : start + MOST_SENTENCES]
                said = {stem for each in passage for stem in each}
                expected.append(len(said & set(question)) / max(1, len(set(question))))
    np.testing.assert_allclose(lines.spans["again"], expected, rtol=1e-6)


@given(exchanges)
def test_sentences_know_their_turn_and_candidate(given_exchanges):
    lines = Lines(make_search([{}]), make_candidates(given_exchanges))
    first, end = lines.turns
    at = 0
    for row, (*_, answer) in enumerate(given_exchanges):
        for turn in answer:
            inside = slice(at, at + len(turn))
            assert set(first[inside].tolist()) == {at}
            assert set(end[inside].tolist()) == {at + len(turn)}
            assert set(lines.owners[inside].tolist()) == {row}
            at += len(turn)
    assert lines.first[-1] == at
