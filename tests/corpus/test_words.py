"""Text for matching: typography, numbers and names of the country come out alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import content_words, split_query, split_words, stem_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Putin’s plan", "Putin's plan"),
        ("don’t", "dont"),
        ("100,000 forces", "100k forces"),
        ("$1,500.00", "1500"),
        ("60bn", "60 billion"),
        ("U.S. troops", "US troops"),
        ("the United States", "the U.S."),
        ("Erdoğan", "Erdogan"),
        ("F-16", "F16"),
        ("J&J", "JJ"),
        ("no\xa0break", "no break"),
        ("ceasefire — now", "ceasefire - now"),
        ("UKRAINE", "ukraine"),
    ],
)
def test_typography_makes_no_difference(one: str, other: str):
    assert split_words(one) == split_words(other)


@pytest.mark.parametrize(
    ("query", "is_country"),
    [
        ("does the us support it", True),
        ("is us going to send troops", True),
        ("US troops", True),
        ("us troops in poland", True),
        ("tell us about it", False),
        ("what does it mean for us", False),
        ("did they help us", False),
    ],
)
def test_us_is_told_from_the_country(query: str, is_country: bool):
    assert ("usa" in split_query(query)) is is_country


def test_forms_of_a_word_share_a_stem():
    assert stem_words("invading invaded invades") == ["invad"] * 3


def test_words_without_a_subject_are_left_out():
    assert content_words(split_words("so what did they say about it, really?")) == []


@given(st.text())
def test_any_text_becomes_plain_words(text: str):
    assert all(word and " " not in word for word in split_words(text))


# Without u: "US" is the country, "us" is not.
@given(st.text("abcdefghijklmnopqrstvwxyz .,'’"))
def test_words_are_the_same_whatever_the_case(text: str):
    assert split_words(text.upper()) == split_words(text.title()) == split_words(text)
