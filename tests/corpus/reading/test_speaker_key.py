"""Documents whose labels are initials, with a list above them of whose they are."""

from __future__ import annotations

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.reading.speaker_key import find_key
from corpus.text import fold_space

HEADING = "TALK WITH LEE KAY\n\nINTERVIEWS: DAME ANN POE, CHIEF EXECUTIVE\n\n"
COLONS = (
    "LK: Lee Kay\nJR: Jim Roe MP\nDAP: Dame Ann Poe\n____\n\nLK: Is it so?\n\nJR: It is.\n\n"
    "LK: And you?\n\nDAP: I think so.\nAM: No.\n\nLK: Is that all?\n"
)
GAPS = (
    "Speaker key:\n\nCM   Cy Moe\nJR   Minister Jim Roe\nUF   Unidentified speaker\n\n00:00:05\n"
    "CM   Good day to you.\n\n00:01:05\nJR   First of all,\n                       12\n"
    "it is five.\n\n00:02:00\nIt is.\n\nXX   Why?\n"
)


def parse(text: str) -> Transcript:
    return parse_transcript("talk.txt", text.encode())


def test_names_behind_initials_before_a_colon():
    transcript = parse(HEADING + COLONS)
    assert [(turn.kind, turn.label, turn.speaker) for turn in transcript.turns] == [
        ("reporter", "LK", "Lee Kay"),
        ("official", "JR", "Jim Roe"),
        ("reporter", "LK", "Lee Kay"),
        ("official", "DAP", "ANN POE"),
        ("unknown", "AM", None),  # no name in the key, yet no part of what was said before
        ("reporter", "LK", "Lee Kay"),
    ]


def test_other_labels_beside_those_of_the_key_are_labels_too():
    transcript = parse(COLONS + "\nJR (by phone): No.\n\nQUESTION: When?\n")
    assert [turn.label for turn in transcript.turns][-2:] == ["JR", "QUESTION"]


def test_initials_set_off_by_white_space_with_time_stamps_and_page_numbers():
    transcript = parse(GAPS)
    said = [(turn.kind, turn.label, fold_space(transcript.said(turn))) for turn in transcript.turns]
    assert said == [
        ("unknown", "CM", "Good day to you."),
        ("official", "JR", "First of all, it is five. It is."),
        ("reporter", "XX", "Why?"),
    ]
    assert {each.name for each in transcript.removed} == {"time stamp", "page number"}


@pytest.mark.parametrize(
    "text",
    [
        "AB: Absolutely\nCD: Indeed\nAB: Yes\n",  # no letters of theirs
        "AB: Absolutely.\nIN: Indeed.\n",
        "AP: Ann Poe\n\nJR: Jim Roe\n",  # not one below the other
        "PM: So it is.\nAP: Ann Poe\nJR: Jim Roe\n",  # not above the turns
    ],
)
def test_what_is_no_key(text: str):
    assert find_key(text, 0) is None


EQUALS = (
    "News\n\nI typed it.\n\nThere were:\nMinister of Roads Ann Roe\nDirector Al Poe\n"
    "Q1 = Jo Doe (a paper), Q2 = a gentleman,\nA1 = the Minister, A2 = Al Poe\n\n"
    "Q1  Why?\n\nA1  So it is.\n\nQ.2 (again)  When?\n\nA2  In May.\n"
)


def test_a_key_with_an_equals_sign():
    turns = parse(EQUALS).turns
    assert [(turn.kind, turn.label, turn.speaker) for turn in turns] == [
        ("reporter", "Q1", None),
        ("official", "A1", "Ann Roe"),
        ("reporter", "Q.2", None),
        ("official", "A2", "Al Poe"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        ("A1  So", "A3  So"),  # whose label stands nowhere
        ("Minister of Roads Ann Roe", "Minister of Roads Ann Roe\nMinister of Ports Jo Poe"),
        ("Minister of Roads", "Deputy Minister"),
    ],
)
def test_an_office_in_a_key_that_nobody_or_two_hold(change: tuple[str, str]):
    assert "Ann Roe" not in [turn.speaker for turn in parse(EQUALS.replace(*change)).turns]
