"""Where a release says that its transcript begins."""

from __future__ import annotations

import pytest

from corpus.parse import parse_transcript

QUOTED = "Governor Roe: “The dam will hold.”\n\nEarlier today, the Governor spoke of the dam.\n\n"
TURNS = "Governor Roe: Good day.\n\nQUESTION: Will it hold?\n\nGovernor Roe: It will.\n"


@pytest.mark.parametrize(
    "line",
    [
        "A rush transcript of the Governor's remarks is available below:",
        "Transcript follows:",
        "The following is a transcript of the Governor's remarks:",
        "Below is a rush transcript of the call:",
    ],
)
def test_words_above_the_transcript_are_the_publishers(line: str):
    transcript = parse_transcript("talk.txt", f"{QUOTED}{line}\n\n{TURNS}".encode())
    said = [transcript.said(turn) for turn in transcript.turns]
    assert said == ["Good day.", "Will it hold?", "It will."]


@pytest.mark.parametrize(
    "line", ["The transcript is long.", "We have a transcript, and I follow it: it is long."]
)
def test_words_about_a_transcript_announce_none(line: str):
    transcript = parse_transcript("talk.txt", f"{QUOTED}{line}\n\n{TURNS}".encode())
    assert len(transcript.turns) == 4
