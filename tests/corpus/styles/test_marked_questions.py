"""Interviews with a dash, a number or ``Q1.`` before each question and nothing before answers."""

from __future__ import annotations

import pytest

from corpus.errors import StyleError
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.reading.base import RawFile
from corpus.styles import STYLES, UNLABELLED
from corpus.text import fold_space

BODY = """Interview with Minister of Trade Jane Roe

@ You came late, Minister. Why?

I slept. I had three reasons:

• I was ill;
• I was tired.

I said so.

@ And the exchange rate...

It rose.

@ Are you going to stay?

I am.

My bag is here.

@ Until when?

Until May.

@ Thank you very much for joining us.

I thank you.

Other Interviews

12 February - Minister Roe on tax
"""
MARKS = {
    "hyphen": ("- ",) * 5,
    "en dash": ("– ",) * 5,
    "em dash": ("— ",) * 5,
    "number": ("1. ", "2. ", "3. ", "4. ", "5. "),
    "number in brackets": ("1) ", "2) ", "3) ", "4) ", "5) "),
    "letter and number": ("Q1. ", "Q1-1. ", "Q2. ", "Q3. ", "Q4. "),
}


def make(marks: tuple[str, ...]) -> str:
    text = BODY
    for mark in marks:
        text = text.replace("@ ", mark, 1)
    return text


def parse(text: str, name: str = "talk.txt") -> Transcript:
    return parse_transcript(name, text.encode())


def list_said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.kind[0], fold_space(transcript.said(t))) for t in transcript.turns]


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_what_is_marked_asks_and_the_minister_answers(marks: tuple[str, ...]):
    transcript = parse(make(marks))
    assert transcript.style == "marked_questions"
    assert list_said(transcript) == [
        ("r", "You came late, Minister. Why?"),
        ("o", "I slept. I had three reasons: • I was ill; • I was tired. I said so."),
        ("r", "And the exchange rate..."),
        ("o", "It rose."),
        ("r", "Are you going to stay?"),
        ("o", "I am. My bag is here."),
        ("r", "Until when?"),
        ("o", "Until May."),
        ("r", "Thank you very much for joining us."),
        ("o", "I thank you."),
    ]
    assert {t.speaker for t in transcript.turns if t.kind == "official"} == {"Jane Roe"}
    raw = RawFile("talk.txt", make(marks).encode())
    assert [style.name for style in (*STYLES, *UNLABELLED) if style.claim(raw)] == [
        "marked_questions"
    ]


def test_a_page():
    said = "".join(f"<p>{each}</p>" for each in make(MARKS["hyphen"]).split("\n\n")[1:13])
    page = (
        "<html><body><h1>Interview with Minister of Trade Jane Roe</h1><div>{}</div></body></html>"
    )
    transcript = parse(page.format(said), "talk.html")
    assert transcript.style == "marked_questions"
    assert list_said(transcript)[2:4] == [("r", "And the exchange rate..."), ("o", "It rose.")]


def test_marked_answers_and_others_who_answer():
    text = make(MARKS["letter and number"]).replace("It rose.", "A1-1. It rose.")
    text = text.replace("My bag", "(Jo Poe, Director for Ports) My bag")
    transcript = parse(text)
    said = {transcript.said(turn): turn for turn in transcript.turns}
    assert said["It rose."].speaker == "Jane Roe"
    assert (said["My bag is here."].speaker, said["My bag is here."].role) == (
        "Jo Poe",
        "Director for Ports",
    )


def test_a_second_paragraph_that_asks_is_no_answer():
    text = make(MARKS["hyphen"]).replace("It rose.", "Is it rising?\n\nIt rose.")
    assert ("u", "Is it rising?") in list_said(parse(text))


REFUSED = {
    "a dialogue": "— Why, Minister?\n\n— I slept.\n\n— Did you?\n\n— I did.\n\n— And?\n\n— No.\n",
    "a list": "I ask you:\n\n- Why?\n\n- When?\n\n- Where?\n\nI do not know.\n",
    "no order": "3. Why you?\n\nI slept.\n\n7. Did you?\n\nI did.\n\n8. And you?\n\nI do.\n",
    "no conversation": "- What is it?\n\nA tax.\n\n- Who pays?\n\nAll.\n\n- When?\n\nSoon.\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_interview_is_not_claimed(text: str):
    with pytest.raises(StyleError):
        parse(f"Interview with Minister of Trade Jane Roe\n\n{text}")
