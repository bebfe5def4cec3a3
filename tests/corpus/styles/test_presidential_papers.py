"""Papers of American presidents: turns, headings between them, the editor's note."""

from __future__ import annotations

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript

HEAD = "The President's News Conference\nJuly 6, 1989 (Bush Q3)\nThe President. Good morning.\n"


def parse(text: str) -> Transcript:
    return parse_transcript("papers.txt", text.encode())


@pytest.mark.parametrize(
    ("line", "kind", "label"),
    [
        ("Q. Why?", "reporter", "Q"),
        ("The President. Why?", "official", "The President"),
        ("Prime Minister Thatcher. Why?", "official", "Prime Minister Thatcher"),
        ("Secretary Baker. Why?", "official", "Secretary Baker"),
        ("Mr. Fitzwater. Why?", "unknown", "Mr. Fitzwater"),
    ],
)
def test_labels_and_their_kinds(line: str, kind: str, label: str):
    transcript = parse(HEAD + line)
    turn = transcript.turns[-1]
    assert (turn.kind, turn.label, transcript.said(turn)) == (kind, label, "Why?")


@pytest.mark.parametrize(
    "line", ["Yes. And more.", "The President said so.", "Gorbachev. He is in Paris.", "Poland."]
)
def test_a_paragraph_without_label_belongs_to_the_turn_above(line: str):
    transcript = parse(f"{HEAD}{line}\nQ. Why?")
    assert transcript.said(transcript.turns[0]) == f"Good morning.\n{line}"


def test_headings_and_the_editors_note_are_nobodys_words():
    transcript = parse(
        f"{HEAD}Soviet-U.S. Relations\nQ. Why?\nThe President. So.\nNote: The President spoke at 2."
    )
    assert [transcript.said(turn) for turn in transcript.turns] == ["Good morning.", "Why?", "So."]
    furniture = {each.name: transcript.text[each.start : each.end] for each in transcript.furniture}
    assert furniture["heading"] == "Soviet-U.S. Relations"
    assert furniture["note"] == "Note: The President spoke at 2."


def test_name_title_and_date_stand_at_the_head():
    transcript = parse(HEAD)
    assert (transcript.turns[0].speaker, transcript.turns[0].role) == ("Bush", "President")
    assert transcript.source.title == "The President's News Conference"
    assert str(transcript.source.date) == "1989-07-06"


def test_a_name_that_the_head_does_not_tell_is_not_known():
    assert parse(HEAD.replace(" (Bush Q3)", "")).turns[0].speaker is None


def test_what_stands_in_square_brackets_on_a_line_is_nobodys():
    transcript = parse(
        f"{HEAD}[At this point, the Secretary left the room.]\nSo it goes. [Laughter]\nQ. Why?\n"
        "The President. So.\n[The President spoke in Spanish.]\nPoland\nQ. And?\n"
        "NOTE: It began at 2."
    )
    assert [transcript.said(turn) for turn in transcript.turns] == [
        *("Good morning.", "So it goes. [Laughter]", "Why?", "So.", "And?")
    ]
    assert [x.name for x in transcript.furniture if x.name in {"stage direction", "note"}] == [
        *("note", "stage direction", "stage direction")
    ]


def test_whom_the_president_met_is_not_the_president():
    page = (
        "Remarks Following Discussions With President Ann Roe of Westland\nMay 4, 1995\n\n"
        "The President. We spoke.\n\nQ. Why?\n\nThe President. So it is.\n"
    )
    turns = parse_transcript("a.txt", page.encode()).turns
    assert [(turn.label, turn.speaker) for turn in turns if turn.kind == "official"] == [
        ("The President", None),
        ("The President", None),
    ]
