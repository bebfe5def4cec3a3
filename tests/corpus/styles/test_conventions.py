"""Each way of labelling turns that we know of, in a made document: tests/made/conventions.txt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.parse import parse_transcript

MADE = Path(__file__).resolve().parents[2] / "made" / "conventions.txt"
LETTERS = {"official": "o", "reporter": "r", "moderator": "m", "unknown": "?"}


@dataclass(frozen=True)
class Made:
    """A document, the kinds of its turns by letter, and who stands behind officials' labels."""

    name: str
    file: str
    text: str
    kinds: str
    who: dict[str, str]


def read_made() -> list[Made]:
    """The documents of the file."""
    parts = re.split(r"^=== (.*)\n", MADE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    made = []
    for head, text in zip(parts[::2], parts[1::2], strict=True):
        name, file, kinds, *people = head.split(" | ")
        who = dict(person.split(" = ") for person in people)
        made.append(Made(name, file, text, kinds, who))
    return made


DOCUMENTS = read_made()


@pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: made.name)
def test_each_turn_is_the_right_kinds_and_officials_have_their_names(made: Made) -> None:
    transcript = parse_transcript(made.file, made.text.encode())
    assert "".join(LETTERS[turn.kind] for turn in transcript.turns) == made.kinds
    officials = [turn for turn in transcript.turns if turn.kind == "official" and turn.speaker]
    assert made.who == {
        turn.label: ", ".join(filter(None, (turn.speaker, turn.role))) for turn in officials
    }


def test_there_are_many_ways_of_labelling() -> None:
    assert len({made.name for made in DOCUMENTS}) > 80
