"""Running heads, page numbers and time stamps amid what is said."""

from __future__ import annotations

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.reading.running_heads import find_running_heads
from corpus.text import fold_paragraphs

QUESTION = "QUESTION: Why?\n\n"
FAR = "QUESTION: And then?\n\nMINISTER ROE: We waited for it.\n\n" * 4


def parse(text: str) -> Transcript:
    return parse_transcript("talk.txt", text.encode())


def list_answers(text: str) -> list[str]:
    transcript = parse(text)
    said = [transcript.said(turn) for turn in transcript.turns if turn.kind == "official"]
    return [fold_paragraphs(each) for each in said if "waited" not in each]


TORN = {
    "page of pages": ["Page 1 of 9", "Page 2 of 9"],
    "far from a head": ["BUDGET TALK          1 of 9", "BUDGET TALK          2 of 9"],
    "beside a head": ["Budget talk Page 1", "Budget talk Page 2"],
    "beyond a bar": ["Budget talk | 1", "Budget talk | 2"],
    "left and right": ["Page 2       Senate       3 May", "3 May       Senate       Page 3"],
    "first and last": ["12      Senate      3 May", "3 May      Senate      13"],
    "dashes": ["- 1 -", "- 2 -"],
    "in brackets": ["[[Page 1205]]", "[[Page 1206]]"],
    "a number alone": ["1", "2"],
    "head above the number": ["Budget talk\nRoom 5\nPage 1", "Budget talk\nRoom 5\nPage 2"],
    "head that names an event": ["Page 1\n\nNews conference", "Page 2\n\nNews conference"],
    "head below the number": ["Page 1\n\nBudget talk", "Page 2\n\nBudget talk"],
    "page breaks": ["\fBudget talk\nFINAL", "\fBudget talk\nFINAL"],
    "number and break": ["1 of 9\n\fBudget talk", "2 of 9\n\fBudget talk"],
    "time stamps": ["[10:05:07]", "[10:09:55]"],
    "times from and to": ["00:01.000 --> 00:04.000", "00:11.000 --> 00:14.500"],
}


@pytest.mark.parametrize("lines", TORN.values(), ids=TORN)
def test_a_sentence_torn_by_a_page_is_joined(lines: list[str]):
    first = f"MINISTER ROE: We have seen\n\n{lines[0]}\n\nthat it rains.\n\n"
    second = f"MINISTER ROE: It will rain\n\n{lines[1]}\n\ntill May.\n\n"
    text = QUESTION + first + FAR + QUESTION + second
    assert list_answers(text) == ["We have seen that it rains.", "It will rain till May."]
    assert len(parse(text).removed) == 2


def test_a_head_that_differs_on_left_and_right_pages_is_one_amid_a_sentence():
    left = "We have seen\n\n514\n\n          Jan Roe, 1975       Apr. 17   [98]\n\nthat it rains."
    right = "It will rain\n\n515\n\n[98]   Apr. 17       Public Papers\n\ntill May."
    text = f"{QUESTION}MINISTER ROE: {left}\n\n{FAR}{QUESTION}MINISTER ROE: {right}\n\n"
    assert list_answers(text) == ["We have seen that it rains.", "It will rain till May."]


@pytest.mark.parametrize("lines", TORN.values(), ids=TORN)
def test_between_paragraphs_they_leave_an_empty_line(lines: list[str]):
    first, second = (f"MINISTER ROE: We saw.\n\n{line}\n\nThen it rained.\n\n" for line in lines)
    text = QUESTION + first + FAR + QUESTION + second
    assert list_answers(text) == ["We saw.\n\nThen it rained."] * 2


SAID = {
    "an answer": "MEDIA\n\nWill you?\n\nMINISTER ROE\n\nYes\n\n" * 3,
    "an answer beside page breaks": "QUESTION: So?\n\nROE: Yes.\n\n\fROE: Yes.\n\n" * 3,
    "labels beside page breaks": "MEDIA\n\nWill you?\n\n\fMINISTER ROE\n\nYes, I will.\n\n" * 3,
    "labels below pages": "MEDIA\nWill you?\n\nPage {}\n\nMINISTER ROE\nYes, I will.\n\n" * 3,
    "years": "QUESTION: When?\n\nROE:\n\n2021\n\nQUESTION: And then?\n\nROE:\n\n2022\n\n",
    "numbers of a list": "ROE: Two things.\n\n1\nWe build.\n\n2\nWe mend.\n\nQUESTION: Good.\n\n",
    "one time": "QUESTION: When?\n\nROE:\n\n10:30\n\n",
    "an end": "QUESTION: When?\n\nROE: Now.\n\n-30-\n",
    "parts": "ROE: It is\npart 1 of 3\n\nROE: Here is\nand 2 of 3\n\n",
    "a label with a gap": "ROE: They will\n\nPage {}\n\nQ    and so\nforth.\n\n",
    "a table": "ROE: We have\n1     dams     12 m\n2     roads     13 m\n\n",
    "gaps in a line": "ROE: We have   3 of them.\n\nROE: They have   2 of them.\n\n",
}


@pytest.mark.parametrize("text", SAID.values(), ids=SAID)
def test_what_is_said_and_who_says_it_stays(text: str):
    assert {text[cut.start : cut.end].strip() for cut in find_running_heads(text, 0)} <= {"Page {}"}


def test_a_head_that_stands_elsewhere_too_is_none():
    pages = FAR * 3 + "".join(
        f"Page {number}\nOur plan\n\nROE: It is so.\n\n" for number in (1, 2, 3)
    )
    cut = find_running_heads(pages + FAR + "ROE: We called it\nOur plan\n", 0)
    assert {each.name for each in cut} == {"page number"}
