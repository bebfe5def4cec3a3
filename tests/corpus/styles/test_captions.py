"""Files of captions: what is taken out from between the words."""

from __future__ import annotations

from corpus.parse import parse_transcript
from corpus.styles.captions import find_captions

CUE = "{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{said}\n\n"
SAID = ("MINISTER ROE: Here we", "are, at last.", "QUESTION: Why?", "MINISTER ROE: So.")
CAPTIONS = "".join(CUE.format(n=n, said=said) for n, said in enumerate(SAID, 1))


def test_no_time_of_a_caption_is_among_the_words():
    transcript = parse_transcript("talk.srt.txt", CAPTIONS.encode())
    said = [transcript.said(turn) for turn in transcript.turns]
    assert said == ["Here we\nare, at last.", "Why?", "So."]
    assert {each.name for each in transcript.removed} == {"caption"}


def test_no_name_of_a_caption_is_among_the_words():
    named = CAPTIONS.replace("\n00:", "ab41-e07a/19-0\n00:")
    transcript = parse_transcript("talk.vtt.txt", named.encode())
    assert not any("e07a" in transcript.said(turn) for turn in transcript.turns)


def test_a_text_with_a_time_or_two_is_no_file_of_captions():
    assert (
        find_captions("QUESTION: Why?\n\n00:00:01,000 --> 00:00:02,000\nMINISTER ROE: So.\n") == []
    )
