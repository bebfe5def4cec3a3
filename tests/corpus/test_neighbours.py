"""The shipped list of neighbours is what the shipped table gives."""

from __future__ import annotations

import random

import pytest

from corpus.vectors.neighbours import ALIKE, MOST, find_nearest, nearest_words
from corpus.vectors.words import shipped_table


def test_the_file_belongs_to_the_table():
    table = shipped_table()
    chance = random.Random(35)  # noqa: S311 - a seed, so that a failure comes again
    places = [0, len(table.vocabulary) - 1, *chance.sample(range(len(table.vocabulary)), 200)]
    for place, found in zip(places, find_nearest(table, places), strict=True):
        word = table.vocabulary[place]
        named = dict(nearest_words(word))
        expected = {table.vocabulary[each]: cosine for each, cosine in found}
        assert named == pytest.approx(expected, abs=0.001), word


@pytest.mark.parametrize(("word", "near"), [("cops", "police"), ("kids", "children")])
def test_other_words_for_the_same_are_near(word: str, near: str):
    assert near in dict(nearest_words(word))


def test_neighbours_are_few_whole_words_nearest_first():
    near = nearest_words("war")
    assert 1 <= len(near) <= MOST
    cosines = [cosine for _, cosine in near]
    assert cosines == sorted(cosines, reverse=True)
    assert min(cosines) >= ALIKE - 0.001
    assert not any(word == "war" or word.startswith("##") for word, _ in near)


def test_a_word_the_table_does_not_hold_has_none():
    assert nearest_words("qwxztish") == []
