"""Words before a colon that head the points of what somebody says, and labels set as they are."""

from __future__ import annotations

import re

import pytest

from corpus.parse import parse_transcript

ABOVE = "Commissioner Jan Roe: We put boats on rivers, and crews on the boats, and dogs too.\n\n"
BELOW = "\n\nQuestion: And the third?\n\nCommissioner Roe: Next year.\n\nQuestion: Why?\n"
LABEL, BOLD = r"^(\d\. )?([^:]+:)", r"\1<b>\2</b>"

POINTS = {
    "words of the text": "Boats: we have two.\n\nCrews: we have more.\n\nDogs: none; dogs bark.",
    "numbered": "1. Visits: The Premier will come.\n\n2. Talks: They begin in May.",
}
LABELS = {
    "a misprint": "Qestion: We hear of two.\n\nBoats: they are red; boats too.",
    "a name among them": "Boats: we have two.\n\nAnn Poe: We have more.\n\nCrews: none, and dogs.",
    "names that are words": "Mark: They leave no mark.\n\nBill: They send a bill.",
    "numbered far apart": "1. Poe: The Premier will come.\n\n7. Marr: They begin in May.",
}


def list_labels(said: str) -> list[str]:
    """The labels of a page that sets in bold whatever stands before a colon."""
    paragraphs = (ABOVE + said + BELOW).strip().split("\n\n")
    page = "".join(f"<p>{re.sub(LABEL, BOLD, each)}</p>" for each in paragraphs)
    transcript = parse_transcript("talk.html", f"<html><body>{page}</body></html>".encode())
    return [turn.label for turn in transcript.turns]


@pytest.mark.parametrize("said", POINTS.values(), ids=POINTS)
def test_points_are_the_speakers_own(said: str):
    assert list_labels(said)[:2] == ["Commissioner Jan Roe", "Question"]


@pytest.mark.parametrize("said", LABELS.values(), ids=LABELS)
def test_what_may_be_a_name_is_a_label(said: str):
    assert len(list_labels(said)) > 5  # two more than the page has without them


def test_a_word_of_a_wrapped_line_heads_no_point():
    said = "Question: Two?\n\nGoverner: They are there. It is like a\nboat: nobody sees it.\n\n"
    text = said.replace("Governer", "Governor Roe") * 3 + said
    transcript = parse_transcript("talk.txt", text.encode())
    assert [turn.label for turn in transcript.turns][-1] == "Governer"
