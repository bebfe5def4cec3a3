"""Headings, pictures and notes amid turns, which nobody says."""

from __future__ import annotations

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space

TOP = "**QUESTION:** Is it so?\n\n**MINISTER ROE:** It is so.\n\n"
BELOW = "It was so last year.\n\n"
NEXT = "**QUESTION:** And then?\n\n**MINISTER ROE:** So it was.\n"


def parse(text: str, name: str = "talk.md") -> Transcript:
    return parse_transcript(name, text.encode())


def list_said(transcript: Transcript) -> list[str]:
    return [fold_space(transcript.said(t)) for t in transcript.turns if t.kind == "official"]


AMID = {
    "a heading": "### The year",
    "a heading in bold": "**The year**",
    "a rule": "* * *",
    "a direction in italics": "*[The Minister continued in Dutch]*",
    "a note in square brackets": "[The aircraft meets with turbulence]",
    "two of them": "[The statement of Mr. Poe follows:]\n\n[GRAPHICS NOT AVAILABLE]",
    "what happened there": "*The minister paused the interview to take a call.*",
    "that questions were taken": "*After the tour, the minister answered some questions.*",
    "a picture": "![The Minister](https://example.org/a.jpg)",
    "a linked picture": "[![The Minister](https://example.org/a.jpg)](https://example.org/a)",
    "a caption in italics": "![](https://example.org/a.jpg)\n\n*The Minister speaks. [File: Poe]*",
    "a caption": "![](https://example.org/a.jpg)\n\nThe Minister speaks. Foto: Ann Poe / EPA",
    "links": "**Read on**\n\n- [The dam](https://example.org/a)\n- [Why?](https://example.org/b)",
    "a pause": "Sitting suspended for a vote in the House.\n\nOn resuming—",
    "a time and a note": "[00:21:50] (sound fails)",
    "a link": "**Go deeper:** [The dam of the year](https://example.org/a)",
    "a box": "> **About Jane Roe**\n>\n> Jane Roe was born in May.",
}


@pytest.mark.parametrize("amid", AMID.values(), ids=AMID)
def test_what_stands_between_paragraphs_of_an_answer_is_not_said(amid: str):
    said = list_said(parse(f"{TOP}{amid}\n\n{BELOW}{NEXT}"))
    assert " ".join(said) == "It is so. It was so last year. So it was."


@pytest.mark.parametrize("amid", AMID.values(), ids=AMID)
def test_and_below_an_answer(amid: str):
    assert list_said(parse(f"{TOP}{amid}\n\n{NEXT}")) == ["It is so.", "So it was."]


def test_a_time_or_a_word_that_points_is_said_in_a_sentence():
    said = "Read this: it is short.\n\n12:30, I said.\n\n"
    assert "Read this: it is short. 12:30, I said." in list_said(parse(TOP + said + NEXT))[0]


@pytest.mark.parametrize(
    "words",
    [
        "[It was so, and it is so.]",
        "*We paused the interview there.*",
        "*I answered all questions.*",
        "*It is so, said the poet.*",
    ],
)
def test_what_may_be_said_stays(words: str):
    assert words.strip("*") in list_said(parse(f"{TOP}{words}\n\n{BELOW}{NEXT}"))[0]


def test_a_turn_in_italics_below_a_picture_is_no_caption():
    picture = "![](https://example.org/a.jpg)\n\n*QUESTION: We do not know.*\n\nNobody does.\n\n"
    assert list_said(parse(f"{TOP}{picture}{NEXT}")) == ["It is so.", "So it was."]


ABOVE_LABELS = [
    "Situation in the Middle East",
    "Questions and Answers",
    "III. Questions and answers",
    "STATEMENT OF HON. JIM POE, ADMINISTRATOR,\nOFFICE OF DAMS",
    "* * *\n\nThe following question was raised after the press conference:",
]


@pytest.mark.parametrize("heading", ABOVE_LABELS)
def test_a_heading_above_a_label_is_not_said(heading: str):
    text = (f"{TOP}{heading}\n\n{NEXT}").replace("**", "")
    assert list_said(parse(text, "talk.txt")) == ["It is so.", "So it was."]


@pytest.mark.parametrize(
    "words",
    [
        "We call it the Black Sea Grain Initiative.",
        "- the dam and the road",
        "Situation in the —",
        "**We will build it. We will build it well.**",
        "> They said that it was so.",
        "See [the dam](https://example.org/a) and [the road](https://example.org/b).",
        "(Laughter.) But yes.",
        "Two things:\n\n- [the dam](https://example.org/a)\n- [the road](https://example.org/b)",
    ],
)
def test_what_is_said_stays(words: str):
    whole = "".join(list_said(parse(f"{TOP}{words}\n\n{NEXT}")))
    plain = words.replace("**", "").replace("](https://example.org/a)", "")
    assert fold_space(plain.replace("](https://example.org/b)", "").replace("[", "")) in whole


@pytest.mark.parametrize(
    "below",
    [
        "**Jim Poe (The Times)**\n\nI would like to know of the dam.",
        "**Jim Poe**\n\nWill the dam hold?",
        "### The dam\n\nThank you, Minister. My question is about the dam.",
        "### Poe\n\nThe dam holds.",
    ],
)
def test_below_a_heading_that_may_name_who_speaks_words_are_nobodys(below: str):
    others = "**JIM POE:** Why?\n\n**MINISTER ROE:** Because.\n\n"
    said = list_said(parse(f"{TOP}{below}\n\n{others}{NEXT}"))
    assert said == ["It is so.", "Because.", "So it was."]


def test_an_interjection_without_its_words_is_nobodys():
    text = TOP + "Senator Poe interjecting—\n\n**MINISTER ROE:** I am answering.\n\n" + NEXT
    assert list_said(parse(text)) == ["It is so.", "I am answering.", "So it was."]


def test_a_direction_on_a_line_of_its_own():
    text = "Q: Is it so?\nMinister Roe: It is so.\n(big laugh, some clapping)\nQ: Why?\n"
    text += "Minister Roe: It was so\n(as we know)\n"
    assert list_said(parse(text, "talk.txt")) == ["It is so.", "It was so (as we know)"]


PAGE = (
    "<p>QUESTION: Is it so?</p><p>MINISTER ROE: It is so.</p>{}<p>It was so last year.</p>"
    "<p>QUESTION: And then?</p><p>MINISTER ROE: So it was.</p>"
)


@pytest.mark.parametrize(
    "amid",
    [
        "<h3>The year</h3>",
        '<div role="complementary"><h3>Related</h3><p><a href="a">The dam: why?</a></p></div>',
        '<div class="Related_card"><p>The dam will hold.</p></div>',
        '<ul class="share-links"><li>By post.</li></ul>',
        "<figure><img><figcaption>The dam.</figcaption></figure>",
    ],
)
def test_what_a_page_sets_between_paragraphs(amid: str):
    said = " ".join(list_said(parse(PAGE.format(amid), "talk.html")))
    assert said == "It is so. It was so last year. So it was."


def test_a_page_may_call_its_turns_related():
    text = PAGE.format('<div class="related"><p>MINISTER POE: It is not.</p></div>')
    assert "It is not. It was so last year." in list_said(parse(text, "talk.html"))


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("(2) U.S. rice prices", []),
        ("First Questions\n\n(2) Rice prices", []),
        ("Two things:\n\n(1) rice\n\n(2) salt", ["Two things:", "(1) rice", "(2) salt"]),
        ("(2) We buy rice.", ["(2) We buy rice."]),
    ],
)
def test_a_numbered_topic_above_a_question_is_a_heading(above: str, said: list[str]):
    told = list_said(parse(f"{TOP}{BELOW}{above}\n\n{NEXT}"))
    assert " ".join(told) == " ".join(["It is so. It was so last year.", *said, "So it was."])


INSERTED = (
    "[The prepared statement of Minister Roe follows:]",
    "[The written opening statement of Minister Roe fol-\nlows:]",
)


@pytest.mark.parametrize("note", INSERTED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_statement_that_was_handed_in_is_not_said(note: str, gap: str):
    written = "PREPARED STATEMENT OF JANE ROE\n\nI am pleased to appear.\n\nIt rains.\n\n"
    text = f"{TOP}It was so last year.{gap}{note}\n\n{written}{NEXT}"
    assert list_said(parse(text)) == ["It is so. It was so last year.", "So it was."]
    said = text.replace("follows:", "is here").replace("lows:", "low")
    assert "It rains." in " ".join(list_said(parse(said)))
