"""Files of captions: what is taken out from between the words."""

from __future__ import annotations

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.reading.captions import find_captions
from corpus.text import fold_space

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


def list_said(transcript: Transcript) -> list[tuple[str, str, str]]:
    return [(x.kind[0], x.speaker or "", fold_space(transcript.said(x))) for x in transcript.turns]


def make_captions(*said: str) -> str:
    head = "WEBVTT\n\n"
    cue = "{n}f-{n}/1-0\n00:00:0{n}.000 --> 00:00:0{n}.900\n{said}\n\n"
    return head + "".join(cue.format(n=n, said=each) for n, each in enumerate(said, 1))


def test_voices_of_a_meeting_are_labels_whatever_they_are_called():
    captions = make_captions(
        "<v Roe, Jane (Chief Executive)>The pool</v>",
        "<v Roe, Jane (Chief Executive)>stays open.</v>",
        "<v Committee Room 2>Does it now.</v>",
        "<v Roe, Jane (Chief Executive)>It does.</v>",
        "<v Ann Poe | Samoa Daily>Why?</v>",
        "<v Doe, Al (Communications)>One at a time.</v>",
    )
    assert list_said(parse_transcript("talk.vtt.txt", captions.encode())) == [
        ("o", "Jane Roe", "The pool stays open."),
        ("u", "", "Does it now."),
        ("o", "Jane Roe", "It does."),
        ("r", "", "Why?"),
        ("u", "", "One at a time."),
    ]


@pytest.mark.parametrize("sign", ["- ", "-", "– ", ">> "])
def test_words_after_a_sign_without_a_name_are_nobodys(sign: str):
    captions = make_captions("MINISTER ROE: We go on.", f"{sign}Why?\n{sign}So.", "QUESTION: Oh?")
    said = list_said(parse_transcript("talk.vtt.txt", captions.encode()))
    assert [(kind, words) for kind, _, words in said] == [
        ("o", "We go on."),
        ("u", "Why?"),
        ("u", "So."),
        ("r", "Oh?"),
    ]


ARROWS = """>> GOOD AFTERNOON.
SHELTERS: 18 OPEN.
>> GOVERNOR, WHY?
>> SO.
BECAUSE MY POINT IS: WE GO ON.
"""


def test_where_nobody_is_named_every_change_is_kept():
    transcript = parse_transcript("talk.txt", ARROWS.encode())
    assert [(kind, words) for kind, _, words in list_said(transcript)] == [
        ("u", "GOOD AFTERNOON. SHELTERS: 18 OPEN."),
        ("u", "GOVERNOR, WHY?"),
        ("u", "SO. BECAUSE MY POINT IS: WE GO ON."),
    ]
    assert any("somebody else speaks" in notice.text for notice in transcript.notices)


def test_a_list_in_a_text_is_said_on():
    text = "QUESTION: Why?\n\nMINISTER ROE: Two things:\n- fish\n- rain\n- salt\n"
    said = list_said(parse_transcript("talk.txt", text.encode()))
    assert said[-1] == ("o", "", "Two things: - fish - rain - salt")


def test_names_in_boxes_before_a_time_are_labels():
    text = "".join(
        f"[{who}] 10:01:{n}0\n{said}\n\n"
        for n, (who, said) in enumerate(
            [
                ("Minister Roe", "We go on."),
                ("iPad (2)", "Hello."),
                ("Minister Roe", "So."),
                ("13035550177", "Oh."),
                ("Ann Poe - KMRW 7", "Why?"),
                ("Minister Roe", "Yes."),
            ]
        )
    )
    assert [
        (kind, words) for kind, _, words in list_said(parse_transcript("t", text.encode()))
    ] == [
        ("o", "We go on."),
        ("u", "Hello."),
        ("o", "So."),
        ("u", "Oh."),
        ("r", "Why?"),
        ("o", "Yes."),
    ]


EACH_NAMED = (
    "Jo Poe: We have the director, Jane Roe, and then the rest.",
    "Jane Roe, Lakes Board: The pool stays open.",
    "Jane Roe, Lakes Board: It did last year.",
    "Ann Marr - Daily: Does it now?",
    "Ann Marr - Daily: And in May?",
    "Jane Roe, Lakes Board: It does.",
    "Jane Roe, Lakes Board: And in May.",
)


def test_a_caption_without_a_name_is_nobodys_where_each_has_one():
    captions = make_captions(*EACH_NAMED, "[inaudible] please mute.", "Ann Marr - Daily: Why?")
    said = list_said(parse_transcript("talk.vtt.txt", captions.encode()))
    assert said[-3:] == [
        ("o", "Jane Roe", "And in May."),
        ("u", "", "[inaudible] please mute."),
        ("r", "", "Why?"),
    ]


def test_and_the_last_ones_where_names_stand_only_above_their_first_words():
    captions = make_captions(
        *(
            "Jo Poe: Here is the director, Jane Roe.",
            "Jane Roe, Lakes Board: The pool",
            "stays open.",
        ),
        *("Ann Marr - Daily: Does it?", "Jane Roe, Lakes Board: It does,", "and it did."),
    )
    said = list_said(parse_transcript("talk.vtt.txt", captions.encode()))
    assert said[-1] == ("o", "Jane Roe", "It does, and it did.")


def test_a_label_of_one_letter_is_a_name_too():
    roe = ("Minister Roe: We met", "Minister Roe: and then")
    captions = make_captions(*roe, *roe, "went home.", "Q: Why?", "Minister Roe: So.", "Q: And?")
    said = list_said(parse_transcript("talk.vtt.txt", captions.encode()))
    assert [(kind, words) for kind, _, words in said][-4:] == [
        *(("u", "went home."), ("r", "Why?"), ("o", "So."), ("r", "And?"))
    ]
