"""White House pages: traps seen in real ones, each in a few lines of its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.errors import MetadataError, ParseError
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space

FRONT = (
    "---\ntags: press-briefings\ndate: '2021-01-22'\n"
    "source_url: https://bidenwhitehouse.archives.gov/briefing-room/2021/01/22/a/\n"
    'title: "Press Briefing by Press Secretary Jen\\_Psaki and\\\n'
    '  \\ Adviser Jim\\_Roe, May 1,\\_2021"\n---\n \n'
)
OPENING = "James S. Brady Press Briefing Room\n\n1:03 P.M. EST\n\n"


def parse(body: str, front: str = FRONT) -> Transcript:
    return parse_transcript("briefing.md", (front + body).encode())


def list_said(transcript: Transcript) -> list[tuple[str, str, str]]:
    return [(t.kind, t.label, fold_space(transcript.said(t))) for t in transcript.turns]


@pytest.mark.parametrize("gap", ["    ", "\u00a0\u00a0\u00a0 ", " ", "\u00a0 ", "\t", ": ", ".  "])
@pytest.mark.parametrize("indent", ["", "     ", "\u00a0\u00a0\u00a0\u00a0 "])
def test_however_q_is_spaced_a_reporter_asks(gap: str, indent: str):
    transcript = parse(f"MS. PSAKI:  Hi.\n\n{indent}Q{gap}Why?\n\nMS. PSAKI:  Because.\n")
    assert list_said(transcript)[1] == ("reporter", "Q", "Why?")


MISTYPED = [
    ("S. PSAKI:  Yes.", "S. PSAKI"),
    ("M. PSAKI:  Yes.", "M. PSAKI"),
    ("QMS. PSAKI:  Yes.", "QMS. PSAKI"),
    ("PSAKI:  Yes.", "PSAKI"),
    ("MS PSAKI:  Yes.", "MS PSAKI"),
    ("MR. PSAKI:  Yes.", "MR. PSAKI"),
    ("MS. PSKAI:  Yes.", "MS. PSKAI"),
    ("MS. PSAKI.  Yes.", "MS. PSAKI"),
    ("MS. PSAKI;  Yes.", "MS. PSAKI"),
    ("MS. PSAKI  Yes.", "MS. PSAKI"),
    ("Ms. Psaki:  Yes.", "Ms. Psaki"),
    ("MS.  PSAKI:  Yes.", "MS. PSAKI"),
]


@pytest.mark.parametrize(("line", "label"), MISTYPED)
def test_a_mistyped_label_is_understood(line: str, label: str):
    turns = "".join(f"Q    {n}?\n\nMS. PSAKI:  {n}.\n\n" for n in range(5))
    transcript = parse(f"{turns}Q    Is it so?\n\n{line}\n\nQ    Thanks.\n")
    turn = transcript.turns[-2]
    assert (turn.kind, turn.label, turn.speaker) == ("official", label, "Jen Psaki")
    assert transcript.said(turn) == "Yes."
    if label != "MS. PSAKI":
        (notice,) = transcript.notices
        assert notice.line == transcript.line_map.line(turn.start)


FALSE_LABELS = [
    "MS. PSAKI:  We lead the fight against\nCOVID:  and we will win.",
    "MS. PSAKI:  He asked me about\nIran:  it was short.",
    "MS. PSAKI:  This might be for you,\nDr. Fauci: what of it?",
    "MS. PSAKI:  We met.\n\nOn Iran: How it goes is open.",
    "MS. PSAKI:  The plan is this:\n\nFirst; we go on.",
]


@pytest.mark.parametrize("body", FALSE_LABELS)
def test_a_line_that_opens_with_a_colon_is_no_label(body: str):
    transcript = parse(body)
    assert [turn.label for turn in transcript.turns] == ["MS. PSAKI"]


def test_a_label_inside_a_paragraph_cuts_it():
    transcript = parse(
        "MS. PSAKI:  I said.\n\nQ    So.\n\nMS. PSAKI:  We met, and he conveyed MS.\n"
        "PSAKI:  Well, he told me.  Q    And then?\n\nMS. PSAKI:  Then no.\n"
    )
    assert list_said(transcript)[2:5] == [
        ("official", "MS. PSAKI", "We met, and he conveyed"),
        ("official", "MS. PSAKI", "Well, he told me."),
        ("reporter", "Q", "And then?"),
    ]


READ_OUT = [
    "You told us on Monday, and I am going to read it out to you as it is:\n"
    "MS. PSAKI:  We have no plans.\nIs that still so?",
    "In that very same interview last week he was asked, and it was by the\n"
    "SECRETARY ROE:  will you go?",
    "It says MS. PSAKI:  We have no plans.  Is that so?",
    "The transcript of your own briefing of last Friday afternoon has MR.\nROE:  No.  Is that so?",
    "You told CNN:\n\nMR. ROE:  We have no plans.\n\nIs that still so?",
]


@pytest.mark.parametrize("asked", READ_OUT)
def test_a_label_inside_a_reporters_paragraph_opens_no_officials_turn(asked: str):
    transcript = parse(
        f"MS. PSAKI:  Hello.\n\nQ    {asked}\n\nMS. PSAKI:  It is.\n\nMR. ROE:  Yes.\n"
    )
    official = [words for kind, _, words in list_said(transcript) if kind == "official"]
    assert official == ["Hello.", "It is.", "Yes."]


def test_a_label_after_a_short_line_begins_a_turn():
    transcript = parse("MS. PSAKI:  Hello.\n\nQ    And then?\nMS. PSAKI:  Then no.\n\nQ    So?\n")
    assert list_said(transcript)[1:3] == [
        ("reporter", "Q", "And then?"),
        ("official", "MS. PSAKI", "Then no."),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_where_answers_follow_line_by_line_labels_stand_inside_paragraphs(between: str):
    asked = between.join(f"Q    Why {n}?\nMS. PSAKI:  So." for n in range(4))
    transcript = parse(f"MS. PSAKI:  Hello.\n\n{asked}\n")
    assert [kind for kind, *_ in list_said(transcript)] == [
        "official",
        *["reporter", "official"] * 4,
    ]


def test_a_label_after_a_line_break_of_markdown():
    transcript = parse("Q    A question?  \nMS. PSAKI:  An answer.  \nQ Another?  \n")
    assert [turn.label for turn in transcript.turns] == ["Q", "MS. PSAKI", "Q"]


def test_italics_escapes_and_corrections():
    transcript = parse(
        "*Q    Hi, Jen.*\n\nMS. PSAKI:  The <s>transition</s> \\[tradition\\], not \\[the\\]\\*\n"
        "*one*.\n"
    )
    assert list_said(transcript) == [
        ("reporter", "Q", "Hi, Jen."),
        ("official", "MS. PSAKI", "The <s>transition</s> [tradition], not [the]* one."),
    ]
    assert {each.name for each in transcript.removed} == {"emphasis", "escape"}


def test_what_nobody_said_is_named():
    transcript = parse(
        OPENING + "MS. PSAKI:  Hi.\n\n(Cross-talk.)\n\nQ    Why?  (Laughter.)\n\n"
        "(A phone rings.)\n\nGo on.\n\nEND                2:07 P.M. EST \n\n"
        "To view slides, visit.\n"
    )
    named = {
        each.name: fold_space(transcript.text[each.start : each.end])
        for each in transcript.furniture
    }
    assert named["header"] == fold_space(OPENING)
    assert named["stage direction"] == "(Cross-talk.)"
    assert named["footer"] == "END 2:07 P.M. EST To view slides, visit."
    assert list_said(transcript) == [
        ("official", "MS. PSAKI", "Hi."),
        ("reporter", "Q", "Why? (Laughter.) (A phone rings.) Go on."),
    ]


@pytest.mark.parametrize(
    "end", ["2:05 P.M. EST", " 2:05 P.M.\nEDT", "END 3:12 P.M.", "END", "   3:49 P.M. EDT"]
)
def test_every_kind_of_end_is_no_part_of_the_last_answer(end: str):
    transcript = parse(f"Q    Why?\n\nMS. PSAKI:  At 2:05 P.M. EST.\n\n{end}\n")
    assert list_said(transcript)[-1] == ("official", "MS. PSAKI", "At 2:05 P.M. EST.")


def test_what_the_page_states_of_itself():
    source = parse(OPENING + "MS. PSAKI:  Hi.\n").source
    assert (
        source.title
        == "Press Briefing by Press Secretary Jen Psaki and Adviser Jim Roe, May 1, 2021"
    )
    assert source.date == dt.date(2021, 1, 22)
    assert source.publisher == "The White House"
    assert source.place == "James S. Brady Press Briefing Room"
    assert source.url == "https://bidenwhitehouse.archives.gov/briefing-room/2021/01/22/a/"
    assert (source.licence, source.language) == (None, None)


def test_several_officials_are_told_apart_and_strangers_stay_unknown():
    transcript = parse(
        "MS. PSAKI:  Hi.\n\nMR. ROE:  Hello.\n\nMR. POE:  Jen —\n\nAIDE:  One more.\n\n"
        "SENIOR ADMINISTRATION OFFICIAL:  No.\n\nINTERPRETER:  He says no.\n"
    )
    who = [(turn.kind, turn.speaker, turn.role) for turn in transcript.turns]
    assert who == [
        ("official", "Jen Psaki", "Press Secretary"),
        ("official", "Jim Roe", "Adviser"),
        ("unknown", None, None),
        ("moderator", None, None),
        ("official", None, None),
        ("unknown", None, None),
    ]
    (notice,) = transcript.notices
    assert "MR. POE" in notice.text


def test_what_a_label_says_in_parentheses_is_no_part_of_the_name():
    transcript = parse(
        "MS. PSAKI (by phone):  Hi.\n\nQ    Why?\n\nPRESIDENT POE (as interpreted):  So.\n"
    )
    assert list_said(transcript) == [
        ("official", "MS. PSAKI (by phone)", "Hi."),
        ("reporter", "Q", "Why?"),
        ("official", "PRESIDENT POE (as interpreted)", "So."),
    ]
    assert transcript.turns[0].speaker == "Jen Psaki"


def test_officials_of_a_team_may_hand_over_with_a_question():
    front = FRONT.replace("Press Secretary Jen\\_Psaki and", "Public Health Officials and")
    turns = "".join(f"MR. ZED:  Thanks.  Dr. {n}?\n\nQ    Hi.\n\n" for n in range(4))
    assert {turn.kind for turn in parse(turns, front).turns} == {"official", "reporter"}


def test_a_host_with_a_name_is_no_official():
    turns = "".join(f"MR. POE:  What of {n}?\n\nTHE PRESIDENT:  It’s {n}.\n\n" for n in range(4))
    transcript = parse(f"MR. POE:  I’m Al Poe.\n\n{turns}")
    assert transcript.turns[0].kind == "reporter"
    assert transcript.turns[0].speaker == "Al Poe"


def test_a_question_that_lost_its_label_is_nobodys():
    transcript = parse(
        "Q    Why?\n\nMS. PSAKI:  We answered that.\n\nAnd lastly, the neighbours said they might "
        "not come.  What do you plan to do?\n\nMS. PSAKI:  Well, nothing.\n\n"
        "Q    So.\n\nMS. PSAKI:  Thanks, Jen.  A change of topic: are you worried?\n\n"
        "MS. PSAKI:  No.\n"
    )
    assert [turn.kind for turn in transcript.turns] == [
        *("reporter", "official", "unknown", "official", "reporter", "unknown", "official")
    ]
    assert transcript.turns[2].speaker is None
    assert len([notice for notice in transcript.notices if "question" in notice.text]) == 2


@pytest.mark.parametrize(
    ("front", "line"),
    [
        (FRONT.replace("'2021-01-22'", "last week"), 3),
        (FRONT.replace("tags: press", "tags: [press"), 3),
    ],
)
def test_broken_front_matter_is_told_with_its_line(front: str, line: int):
    with pytest.raises(MetadataError) as raised:
        parse("Q    Why?\n", front)
    assert raised.value.line == line


def test_a_page_without_labels_is_an_error():
    with pytest.raises(ParseError, match="has no turns"):
        parse("There are no remarks.\n")


PAGE = """<!DOCTYPE html><html><head>
<link rel="canonical" href="https://www.whitehouse.gov/remarks/2025/02/briefing/">
<meta property="og:site_name" content="The White House">
<meta property="og:title" content="Press Briefing by Press Secretary Jane Doe – The White House">
<meta property="article:published_time" content="2025-02-20T20:00:00+00:00">
</head><body><nav><p>Q &amp; A: menu</p></nav><main><h1>Press Briefing</h1><section>
<p>James S. Brady Press Briefing Room</p><p>1:05 P.M. EST</p>
<p>MS. DOE:&nbsp; Hello.&nbsp; We&#8217;re at work.</p><p>It is
late.</p>
<p>Q&nbsp;&nbsp;&nbsp; Why?</p><p>&nbsp;&nbsp;&nbsp;&nbsp; MS. DOE:&nbsp; Because.</p>
<p>END&nbsp;&nbsp; 1:56 P.M. EST</p></section></main>
<footer><p>JOIN US: now</p></footer></body></html>
"""


def test_a_saved_page():
    transcript = parse_transcript("briefing.html", PAGE.encode())
    assert list_said(transcript) == [
        ("official", "MS. DOE", "Hello. We’re at work. It is late."),
        ("reporter", "Q", "Why?"),
        ("official", "MS. DOE", "Because."),
    ]
    assert transcript.turns[0].speaker == "Jane Doe"
    source = transcript.source
    assert source.title == "Press Briefing by Press Secretary Jane Doe"
    assert (source.date, source.place) == (
        dt.date(2025, 2, 20),
        "James S. Brady Press Briefing Room",
    )
    assert source.url == "https://www.whitehouse.gov/remarks/2025/02/briefing/"
    assert [transcript.line_map.line(turn.start) for turn in transcript.turns] == [8, 10, 10]


def test_what_a_page_strikes_out_stays_marked():
    page = PAGE.replace("at work", "at <s>a <i>loss</i></s> [work]")
    transcript = parse_transcript("briefing.html", page.encode())
    assert "We’re at <s>a loss</s> [work]." in transcript.said(transcript.turns[0])


def test_every_speaker_who_is_not_known_is_one_of_few(shared: Path):
    unknown = set()
    for path in sorted((shared / "transcripts" / "white_house").iterdir()):
        transcript = parse_transcript(path.name, path.read_bytes())
        assert transcript.source.title
        assert transcript.source.date
        unknown |= {turn.label for turn in transcript.turns if turn.kind == "unknown"}
    assert len(unknown) <= 6


BUSH = (
    '---\ntitle: "Press Gaggle by Jan Roe and Ann Doe"\ndate: 2005-05-11\n'
    "url: https://georgewbush-whitehouse.archives.gov/news/a.html\n---\n\n"
)
GAGGLE = (
    "MR. ROE: Good morning.\n\nQ Is it so?\n\nMR. ROE: It is.\n\n"
    "MR. POE: It was.\n\nQ Why?\n\nMS. DOE: So.\n"
)


def test_who_gives_a_gaggle_by_its_title_is_an_official_though_no_office_is_told():
    transcript = parse(GAGGLE, BUSH)
    assert transcript.style == "white_house"
    assert transcript.source.url == "https://georgewbush-whitehouse.archives.gov/news/a.html"
    assert [(turn.kind, turn.speaker) for turn in transcript.turns] == [
        *(("official", "Jan Roe"), ("reporter", None), ("official", "Jan Roe")),
        *(("unknown", None), ("reporter", None), ("official", "Ann Doe")),
    ]


@pytest.mark.parametrize(
    "title", ["Remarks by Jan Roe", "Press Gaggle by Al Roe and Jan Roe", "Press Gaggle by Roe"]
)
def test_and_nobody_is_whom_the_title_does_not_say_to_give_it(title: str):
    front = BUSH.replace("Press Gaggle by Jan Roe and Ann Doe", title)
    assert "official" not in {turn.kind for turn in parse(GAGGLE, front).turns}


@pytest.mark.parametrize(
    ("front", "body"),
    [
        (BUSH.replace("date:", "speakers:\n  Jan Roe: {name: Jan Roe, role: Aide}\ndate:"), GAGGLE),
        (BUSH, "Question: Is it so?\n\nMinister Roe: It is.\n\nQuestion: Why?\n"),
    ],
    ids=["speakers are stated", "no Q"],
)
def test_a_transcript_made_by_hand_states_its_address_too(front: str, body: str):
    assert parse(body, front).style == "plain_labels"
