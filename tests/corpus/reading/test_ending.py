"""Where what is said ends, and what a publisher sets below it begins."""

from __future__ import annotations

import pytest

from corpus.parse import parse_transcript
from corpus.text import fold_paragraphs

SPOKEN = "QUESTION: Is it done?\n\nMINISTER ROE: It is done.\n\nThank you all.\n\n"
LONG = "We went there, and we saw that it was so, and that it had been so for years. " * 5

FOOTERS = [
    "ENDS",
    "[ENDS]\n\nMedia contact:\nJim Poe – (02) 6277 0000",
    "(Ends)\n\n3",
    "-30-\n\nTranscription prepared by Ann Poe.",
    "# # #\n\nWe fund roads, rails and ports.",
    "* * *\n\nOur Press Office",
    "(Concluded)\n\nOslo",
    "End of the briefing: 12:41",
    "conclusion of press conference",
    "*** END OF TRANSCRIPT ***",
    "[Transcript ends]",
    "/END/\n\nunofficial translation",
    "---\n\n**See also**\n\n- A read-out",
    "## Share this page\n\n- On paper",
    "© Ministry of Roads. You may copy this page.",
    "Copyright 2024 The Roads. No copies, please.",
    "Related events\n\n12 Feb. 2026\n\nA meeting of ministers, Oslo",
    "CONTACT\n\nMinistry of Roads\n\n+49 69 1344 7455\n\npress@example.org",
    "Monday, 3 May 2021",
    "Subscribe to Roads.example Letters\nChoose what we send to your inbox.",
    "Next Post: All roads lead to Rome\n\nWe write to you each week",
    "Read more of our coverage\n\nThe road ahead (Dec 15th)",
    "*EDITOR’S NOTE: The minister meant rails.",
    "This interview has been edited for length. Some of it was cut.",
    "Transcribe your own words\n\nTry us, and save an hour.",
    "Further information\n\nThe speech of the minister",
    "ENDS\n\nPhone: 0300 000 0000\n\nAlbany: (518) 555-0181",
    "Other news:\n\nQUESTION: When and why\n\nMinister Roe: “We wait”\n\nAll rights reserved.",
    "Related stories\nFM: Roads keep us keen\nMost visited\n\n© 2024 The Roads.",
    "###\n\npress@example.org\n\nRelated\n\nMINISTER ROE: “State of the Roads”",
    "---\n\nSupport Provided By: Our friends\n\nWrite to us each week.",
]


def list_last(text: str, name: str = "talk.txt") -> str:
    transcript = parse_transcript(name, text.encode())
    return fold_paragraphs(transcript.said(transcript.turns[-1]))


@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.parametrize("name", ["talk.txt", "talk.md"])
def test_what_stands_below_the_last_words_is_nobodys(footer: str, name: str):
    assert list_last(SPOKEN + footer + "\n", name) == "It is done.\n\nThank you all."


@pytest.mark.parametrize(
    "rest",
    [
        "We end.",
        "In conclusion, we are done.",
        "The related matter is done. Contact us.",
        "We will hold copyright in all of it.",
        "We do three things:\n\n- we build\n\n- we mend",
        "Share what you have, and see also to others.",
        "This interview is my last. It was edited by nobody.",
        "That is what we —\n\nwhat we did",
    ],
)
def test_what_is_said_stays(rest: str):
    assert list_last(SPOKEN + rest) == fold_paragraphs("It is done.\n\nThank you all.\n\n" + rest)


def test_a_rule_above_a_long_paragraph_is_no_end():
    assert list_last(SPOKEN + "---\n\n" + LONG) == LONG.strip()


def test_words_without_stops_are_no_footer():
    text = "QUESTION: So?\n\nMINISTER ROE: It is done\n\nthank you all\n\nwe go on"
    assert list_last(text) == "It is done\n\nthank you all\n\nwe go on"


def test_an_end_with_speakers_below_it_is_none():
    assert list_last(SPOKEN + "END\n\nQUESTION: And then?\n\nMINISTER ROE: No.\n") == "No."


def test_a_list_of_other_pages_with_a_sentence_below_it_is_none():
    text = SPOKEN + "Related stories\n\nMINISTER ROE: I have one more to tell.\n"
    assert list_last(text) == "I have one more to tell."


def test_a_rule_with_an_official_below_it_is_no_end():
    assert list_last(SPOKEN + "---\n\nMINISTER POE: I agree.\n") == "I agree."


def test_a_rule_with_a_speech_below_it_is_no_end():
    assert list_last(f"{SPOKEN}---\n\nANN POE: {LONG}\n") == LONG.strip()
