"""Sentences of an answer: where they end, and which of them point back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import (
    gives_figure,
    is_dangling,
    is_deflection,
    split_sentences,
    starts_amid,
)


def sentences(text: str) -> list[str]:
    return [text[each.start : each.end] for each in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Senate voted. | It passed.",
        "We stand with the U.S. | We always have.",
        "Mr. Biden met Dr. Fauci at 3 p.m. today. | They spoke.",
        "He went to No. 10 Downing Street. | He left.",
        "Was it No. 1? | No. | It was not.",
        "It costs $3.5 billion. | That’s a lot!",
        "“We will go.” | He said so.",
        "He said “wait.” | Then he left.",
        "I think… we can. | Yes.",
        "So… | Well, no.",
        "We — and I mean this — won’t. | Right?",
        "J. R. Smith Jr. spoke. | I listened.",
        "Rep. Cheney and Sen. Romney agreed. | Others didn’t.",
        "As of Jan. 6 it stood. | Since then, no.",
        "a first block\n\n | a second block",
        "(Laughter.) | Thank you.",
        "Really?! | Yes.",
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(text: str):
    parts = [part.strip() for part in text.split("|")]
    assert sentences(text.replace(" | ", " ")) == parts


@given(st.text(alphabet=st.sampled_from("ab. !?…”“\n’A1—U.S.")))
def test_sentences_cover_all_but_white_space_in_order(text: str):
    spans = split_sentences(text)
    kept = "".join(text[each.start : each.end] for each in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert [each.start for each in spans] == sorted(each.start for each in spans)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He says he wants NATO further away.", True),
        ("And that’s exactly right.", True),
        ("The other is Russian aggression.", True),
        ("“They” is the word he used.", True),
        ("President Putin decides.", False),
        ("We’ve been very clear.", False),
        ("Italy agreed.", False),
    ],
)
def test_a_sentence_that_points_back_is_seen(sentence: str, expected: bool):
    assert is_dangling(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I’ll get back to you on that.", True),
        ("I would refer you to the Pentagon.", True),
        ("I don’t have anything to preview.", True),
        ("We will impose severe costs.", False),
        ("We don’t want war.", False),
    ],
)
def test_putting_off_is_told_from_answering(sentence: str, expected: bool):
    assert is_deflection(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "amid"),
    [("— and we will release it.", True), ("... as he said.", True), ("We — we will.", False)],
)
def test_what_goes_on_with_a_sentence_is_known(sentence, amid):
    assert starts_amid(sentence) is amid


@pytest.mark.parametrize(
    ("sentence", "figure"), [("About $24 billion.", True), ("About twenty billion.", False)]
)
def test_a_figure_is_written_in_digits(sentence, figure):
    assert gives_figure(sentence) is figure
