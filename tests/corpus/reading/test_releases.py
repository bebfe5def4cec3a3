"""A heading amid the turns that tells whose statement stands below it."""

from __future__ import annotations

import pytest

from corpus.parse import parse_transcript
from corpus.text import fold_space

DOCUMENT = """Responses of the Spokesperson to Questions

NO-1, 6 May 2021, Statement of the Spokesperson, Ambassador Jan Roe, in Response to a Question

Question: Is the dam safe?

Answer: It is safe.

{heading}

{below}
"""
OTHERS = (
    "NO-2, 8 May 2021, Statement of the Deputy Spokesperson, Ms. Ann Poe, in Response to Letters"
)
HIS = "NO-2, 8 May 2021, Statement of the Spokesperson, Ambassador Jan Roe, Regarding a Report"


def list_said(heading: str, below: str) -> list[tuple[str | None, str]]:
    read = parse_transcript("all.txt", DOCUMENT.format(heading=heading, below=below).encode())
    said = ((t.speaker, fold_space(read.said(t))) for t in read.turns if t.kind == "official")
    return [each for each in said if each[1]]


BELOW = ("They wrote to us.\n\nWe replied.", "Question: Who wrote?\n\nAnswer: We replied.")


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize(
    "heading",
    [
        OTHERS,
        OTHERS.replace(", in Response", ",\nin Response"),
        "Statement by the Ministry",
        "Remarks by Jan Hill Roe on the Dam",
        "Statement by Ann Poe and Jan Roe",
        "Statement by Jan Roe and Ann Poe",
        "5. Joint Statement of the Ministers",
        "Statement of Ms. Ann Poe in Response to Ambassador Jan Roe",
    ],
)
def test_below_anothers_heading_nobody_is_quoted(heading: str, below: str):
    assert list_said(heading, below) == [("Jan Roe", "It is safe.")]


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("heading", [HIS, "Remarks by Jan Roe, Director of NO-2"])
def test_below_his_own_he_goes_on(heading: str, below: str):
    said = list_said(heading, below)
    assert {name for name, _ in said} == {"Jan Roe"}
    assert said[-1][1].endswith("We replied.")
    assert not any("NO-2" in words for _, words in said)


@pytest.mark.parametrize(
    "words", ["I read the Statement of Ann Poe", "Statement of Ann Poe: we know it.", "We spoke"]
)
def test_words_that_are_said_are_no_heading(words: str):
    assert words in " ".join(said for _, said in list_said(words, BELOW[0]))
