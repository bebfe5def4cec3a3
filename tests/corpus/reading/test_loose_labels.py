"""Labels of no list inside a turn, as somebody sets them who types what he hears."""

from __future__ import annotations

import pytest

from corpus.parse import parse_transcript
from corpus.text import fold_space

TYPED = """chair = Cllr Ann Poe
Cllr Roe = Cllr Jan Roe, roads

Chair: hands up please

Cllr Roe: it is the gravel, we are short of it
{line}
Chair: thank you

Cllr Roe: so we wait until may

Mr Marsh (officer): it is not long

Chair: thats all then
"""
PRINTED = """QUESTION: Why so late?

MINISTER ROE: It is late.

{line}

QUESTION: And then?

MR. MARSH: It goes on.

MINISTER ROE: So it does.
"""


def say(text: str) -> str:
    turns = parse_transcript("talk.txt", text.encode())
    return " ".join(fold_space(turns.said(t)) for t in turns.turns if t.kind == "official")


@pytest.mark.parametrize(
    "line",
    [
        "lady in a red hat: they lie",
        "\nred hat: they lie",
        "bloke at the back - they lie",
        "[04:35]\nlady in a red hat - they lie",
        "\nMarsh - they lie",
        "Ann from the mill - they lie",
        "Ann (mill) – they lie",
        "mr. marsh, officer - they lie",
    ],
)
def test_any_few_words_that_open_a_line_may_be_a_label_where_much_is_in_small_letters(line: str):
    assert "they lie" in TYPED.format(line=line)
    assert "lie" not in say(TYPED.format(line=line))
    assert "we are short of it" in say(TYPED.format(line=line))


def test_but_no_whole_sentence():
    line = "and what we said about it last may is this: it comes"
    assert line in say(TYPED.format(line=line))


@pytest.mark.parametrize(
    ("line", "is_label"),
    [
        ("lady in a red hat: They lie.", True),
        ("Lady in a red hat – They lie.", True),
        ("Marsh – They lie.", True),
        ("First: They lie.", False),
        ("The result - They lie.", False),
        ("And with that — They lie.", False),
        ("Some of the mills – They lie.", False),
    ],
)
def test_elsewhere_small_letters_before_a_colon_and_those_who_are_there(line: str, is_label: bool):
    assert ("They lie" not in say(PRINTED.format(line=line))) is is_label
