"""PM Transcripts: labels as scanned, words on fax paper, and who it is that speaks."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from corpus.errors import ParseError
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space

TITLE = "TRANSCRIPT OF THE PRIME MINISTER THE HON JOHN HOWARD MP PRESS CONFERENCE"


def parse(
    content: str, title: str = TITLE, kind: str = "Press Conference", who: str = "Howard, John"
) -> Transcript:
    fields = {
        "transcript-id": "1",
        "title": title,
        "prime-minister": who,
        "release-date": "18/11/1996",
        "release-type": kind,
        "document": "https://pmtranscripts.pmc.gov.au/original/1.pdf",
    }
    head = "\n".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    document = f"<transcripts>\n<transcript>\n{head}\n<content><![CDATA[{content}]]></content>\n"
    return parse_transcript("pm.xml", f"{document}</transcript>\n</transcripts>".encode())


def read_scan(*lines: str) -> list[tuple[str, str, str]]:
    """Kind, label and words of what stands after two turns that show how labels are set."""
    start = ("PRIME MINISTER: Good morning.", "JOURNALIST: Good morning.", "PM: Yes.", "Q. Sir?")
    content = "<p>" + "<br />\n".join([*start, *lines]) + "</p>"
    transcript = parse(content)
    turns = [(t.kind, t.label, fold_space(transcript.said(t))) for t in transcript.turns]
    return turns[4:]


def test_initials_inside_a_line_are_no_part_of_what_was_said_before():
    turns = read_scan("PM: So it is. LO: Is it? PH: Yes. A plan: NO: good.")
    assert [(label, words) for _, label, words in turns] == [
        *(("PM", "So it is."), ("LO", "Is it?"), ("PH", "Yes. A plan: NO: good.")),
    ]


def read_shared(shared: Path, number: int) -> Transcript:
    path = shared / "transcripts" / "australia_pm" / f"transcript-{number}.xml"
    return parse_transcript(path.name, path.read_bytes())


@pytest.mark.parametrize(
    ("line", "kind", "label"),
    [
        ("PRIME MINISTER: Words.", "official", "PRIME MINISTER"),
        ("PRIM MINISTER: Words.", "official", "PRIM MINISTER"),
        ("PRTME MINISTER: Words.", "official", "PRTME MINISTER"),
        ("PRI[ ME MIINISTER: Words.", "official", "PRI[ ME MIINISTER"),
        ("PRIME NMSTER: Words.", "official", "PRIME NMSTER"),
        ("? RTM4E MINISTER: Words.", "official", "RTM4E MINISTER"),
        ("PRIME MINISTER; Words.", "official", "PRIME MINISTER"),
        ("PRIME MINISTER. Words.", "official", "PRIME MINISTER"),
        ("PRIME MINISTER Words.", "official", "PRIME MINISTER"),
        ("PRIME MINSTERWords.", "official", "PRIME MINSTER"),
        ("PRIE MINISTER.-Words.", "official", "PRIE MINISTER"),
        ("PM: Words.", "official", "PM"),
        ("PM. Words.", "official", "PM"),
        ("PM Words.", "official", "PM"),
        ("PMkv Words.", "official", "PMkv"),
        ("P. M. Words.", "official", "P. M."),
        ("MR HOWARD: Words.", "official", "MR HOWARD"),
        ("HOWARD: Words.", "official", "HOWARD"),
        ("TREASURER: Words.", "official", "TREASURER"),
        ("CHAIRMAN: Words.", "moderator", "CHAIRMAN"),
        ("JOURNALIST: Words.", "reporter", "JOURNALIST"),
        ("JOURANLIST: Words.", "reporter", "JOURANLIST"),
        ("JOURNALIST; Words.", "reporter", "JOURNALIST"),
        ("JOURNALISTWords.", "reporter", "JOURNALIST"),
        ("JRNLST: Words.", "reporter", "JRNLST"),
        ("QUESTION: Words.", "reporter", "QUESTION"),
        ("QIJEST[ ON: Words.", "reporter", "QIJEST[ ON"),
        ("Q. Words.", "reporter", "Q"),
        ("MITCHELL: Words.", "unknown", "MITCHELL"),
        ("LO: Words.", "unknown", "LO"),
        ("FM: Words.", "unknown", "FM"),
        ("PH: Words.", "unknown", "PH"),
        ("PM4: Words.", "official", "PM4"),
    ],
)
def test_labels_as_printed_and_as_scanned(line: str, kind: str, label: str):
    assert read_scan(line) == [(kind, label, "Words.")]


@pytest.mark.parametrize(
    "line",
    ["PRIME MINISTER GOH: Words.", "VICE PRIME MINISTER: Words.", "ACTING PRIME MINISTER: Words."],
)
def test_another_prime_minister_is_not_the_prime_minister(line: str):
    transcript = parse(f"<p>PRIME MINISTER: Welcome.</p><p>JOURNALIST: Hello?</p><p>{line}</p>")
    assert transcript.turns[-1].speaker != "John Howard"
    assert transcript.said(transcript.turns[-1]) == "Words."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["JOURNALIST: Is it", "so? PRINIE MINISTER:", "No."],
            [("reporter", "JOURNALIST", "Is it so?"), ("official", "PRINIE MINISTER", "No.")],
        ),
        (
            ["PRIME MINISTER:", "No. JOURNALIST: Why?"],
            [("official", "PRIME MINISTER", "No."), ("reporter", "JOURNALIST", "Why?")],
        ),
        (
            ["JOURNALIST: than it was", "before PM: Well I think"],
            [("reporter", "JOURNALIST", "than it was before"), ("official", "PM", "Well I think")],
        ),
        (
            ["PRIME MINISTER: A relationship.JOURNALIST: A legacy?"],
            [
                ("official", "PRIME MINISTER", "A relationship."),
                ("reporter", "JOURNALIST", "A legacy?"),
            ],
        ),
    ],
)
def test_a_label_that_follows_the_last_words_on_their_line(
    lines: list[str], expected: list[tuple[str, str, str]]
):
    assert read_scan(*lines) == expected


@pytest.mark.parametrize(
    "line",
    [
        "the Prime Minister said so",
        "APEC. It was good",
        "In 1996: a good year",
        "PS: no",
        "U.S. it is",
    ],
)
def test_a_wrapped_line_is_no_label(line: str):
    assert [turn[1] for turn in read_scan("PRIME MINISTER: We met at", line)] == ["PRIME MINISTER"]


def test_a_turn_in_which_the_prime_minister_is_spoken_to_is_nobodys():
    transcript = parse(
        "<p>PRIME MINISTER: I will think of it.<br />\nWhen will you be back, Sir?<br />\n"
        "JOURNALIST: And then?<br />\nPRIME MINISTER: I don't know.</p>"
    )
    assert [(turn.kind, turn.speaker) for turn in transcript.turns] == [
        ("unknown", None),
        ("reporter", None),
        ("official", "John Howard"),
    ]
    assert [note.line for note in transcript.notices] == [9]


def test_no_question_is_in_an_officials_turn_where_the_scanner_lost_the_labels(shared: Path):
    transcript = read_shared(shared, 1165)
    for turn in transcript.turns:
        if turn.kind == "official":
            assert ", Sir?" not in fold_space(transcript.said(turn))


@pytest.mark.parametrize(
    ("number", "kept", "gone"),
    [
        (10095, "as a dialogue partner", "Fax from"),
        (10239, "the work for the dole scheme", "Fa rom"),
        (10172, "by one or other of us", "XVJ"),
        (1764, "We have requirements PM. for looking after", "e9oee/ 2"),
    ],
)
def test_fax_lines_and_page_numbers_are_taken_out(shared: Path, number: int, kept: str, gone: str):
    transcript = read_shared(shared, number)
    assert kept in fold_space(transcript.text)
    assert gone not in transcript.text
    assert any(gone in each.text for each in transcript.removed)


def test_an_opening_without_label_is_the_prime_ministers_at_his_own_press_conference():
    words = (
        "Ladies and gentlemen, I have called this news conference to inform you of what is known."
    )
    transcript = parse(f"<p>{words}<br />\nJOURNALIST: And what is it?</p>")
    assert [(t.kind, t.label, t.speaker) for t in transcript.turns] == [
        ("official", "PRIME MINISTER", "John Howard"),
        ("reporter", "JOURNALIST", None),
    ]


@pytest.mark.parametrize(
    "title",
    [
        TITLE.replace("PRESS", "JOINT PRESS"),
        "PRESS CONFERENCE, SYDNEY",
        TITLE.replace("THE PRIME", "THE ACTING PRIME"),
    ],
)
def test_an_opening_without_label_is_nobodys_where_another_may_speak(title: str):
    words = (
        "Ladies and gentlemen, I have called this news conference to inform you of what is known."
    )
    transcript = parse(f"<p>{words}<br />\nJOURNALIST: And what is it?</p>", title)
    assert (transcript.turns[0].kind, transcript.turns[0].speaker) == ("unknown", None)


def test_a_speech_is_one_statement_and_a_media_release_is_refused():
    words = "<p>Mr Chairman, ladies and gentlemen, it is a great pleasure to be with you today.</p>"
    speech = parse(words, "SPEECH BY THE PRIME MINISTER, SYDNEY", "Speech")
    assert [(turn.kind, turn.speaker) for turn in speech.turns] == [("official", "John Howard")]
    with pytest.raises(ParseError, match="is a Media Release: nothing shows who speaks"):
        parse(words, "TAX REFORM", "Media Release")


def test_an_interviewer_is_a_reporter_where_the_heading_names_them(shared: Path):
    for number, label in ((8096, "PEACOCK"), (8179, "LYNEHAM")):
        kinds = {turn.label: turn.kind for turn in read_shared(shared, number).turns}
        assert kinds == {label: "reporter", "PM": "official"}


def test_officials_of_other_governments_are_themselves(shared: Path):
    speakers = {(turn.speaker, turn.role) for turn in read_shared(shared, 10523).turns}
    assert speakers == {
        ("John Howard", "Prime Minister"),
        ("Bob Carr", "Premier"),
        ("Kate Carnell", "Chief Minister"),
        (None, None),
    }


def test_two_prime_ministers_with_labels_of_their_own_lines(shared: Path):
    transcript = read_shared(shared, 10283)
    speakers = {turn.label: turn.speaker for turn in transcript.turns if turn.kind == "official"}
    assert speakers["Prime Minister Goh"] == "Goh"
    assert speakers["Prime Minister Howard"] == speakers["Prime Minsiter Howard"] == "John Howard"


def test_what_the_file_states_of_itself(shared: Path):
    source = read_shared(shared, 10172).source
    assert str(source.date) == "1996-11-18"
    assert source.title is not None
    assert source.title.endswith("PRESS CONFERENCE - PARLIAMENT HOUSE")
    assert source.url == (
        "https://pmtranscripts.pmc.gov.au/sites/default/files/original/00010172.pdf"
    )
    assert source.publisher is not None
    assert source.publisher.startswith("Department of the Prime Minister and Cabinet")
    assert source.licence == "© Commonwealth of Australia, CC BY 3.0 AU"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Will there be a trip? Oh no. I have had a few trips there.", "unknown"),
        ("No matter how discreet? PK. Yes, I don't like it.", "unknown"),
        ("Will there be a trip? Or don't you like it there?", "reporter"),
    ],
)
def test_a_reporters_turn_that_answers_itself_is_nobodys(asked: str, kind: str):
    turns = parse(f"<p>JOURNALIST: {asked}</p><p>PRIME MINISTER: We will see.</p>").turns
    assert [turn.kind for turn in turns] == [kind, "official"]


def test_pm_after_another_office_is_one_label():
    spoken = parse("<p>MINISTER PM: Why.</p>\n<p>PM: Yes.</p>")
    assert [(turn.label, spoken.said(turn)) for turn in spoken.turns] == [
        ("MINISTER PM", "Why."),
        ("PM", "Yes."),
    ]


def test_a_short_surname_after_a_title_is_no_initials():
    spoken = parse("<p>PM: Thank you for coming.</p>\n<p>DR. LEE: I agree.</p>")
    assert [(turn.label, spoken.said(turn)) for turn in spoken.turns] == [
        ("PM", "Thank you for coming."),
        ("DR. LEE", "I agree."),
    ]
