"""Press conferences of the Federal Reserve: page headers, the chair, reporters, the PDF itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space
from tests.pdf_pages import make_pdf

HEAD = """October 30, 2019
  Chair Powell’s Press Conference
FINAL
Page 1 of 2
Transcript of Chair Powell’s Press Conference
October 30, 2019
CHAIR POWELL.  Good afternoon from the Federal Reserve.
"""
HEADER = "\fOctober 30, 2019 \n  Chair Powell’s Press Conference \n \nFINAL \n \nPage 2 of 2 \n \n"


def parse(text: str) -> Transcript:
    return parse_transcript("conference.txt", text.encode())


def read_turns(text: str) -> list[tuple[str, str, str]]:
    transcript = parse(HEAD + text)
    return [
        (turn.kind, turn.label, fold_space(transcript.said(turn))) for turn in transcript.turns[1:]
    ]


def read_conference(shared: Path, date: str) -> Transcript:
    path = shared / "transcripts" / "federal_reserve" / f"FOMCpresconf{date}.txt"
    return parse_transcript(path.name, path.read_bytes())


def test_no_turn_of_any_document_holds_a_page_header(shared: Path):
    for path in (shared / "transcripts" / "federal_reserve").iterdir():
        transcript = parse_transcript(path.name, path.read_bytes())
        for turn in transcript.turns:
            said = transcript.said(turn)
            assert not re.search(r"FINAL|Press Conference|Page \d|\d of \d\d", said)
        assert {each.name for each in transcript.removed} == {"page header"}


def test_a_sentence_that_runs_over_a_page_is_whole(shared: Path):
    text = fold_space(read_conference(shared, "20180926").text)
    assert "we’re holding the largest banks to much higher standards" in text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the “mandate-\nconsistent” rate", "the “mandate-consistent” rate"),
        ("through Dodd– \nFrank and", "through Dodd–Frank and"),
        ("we see—\nyou know", "we see—you know"),
        (f"progress there toward—\n{HEADER}toward an agreement", "toward—toward an agreement"),
        ("low- \nand moderate-\nincome", "low- and moderate-income"),
    ],
)
def test_a_line_broken_after_a_hyphen_or_dash_goes_on_without_a_space(broken: str, whole: str):
    assert whole in read_turns(f"CHAIR POWELL.  So {broken} here.\n")[0][2]


def test_an_interrupted_turn_does_not_swallow_the_label_below_it():
    turns = read_turns("CHAIR POWELL.  I’m saying it now, so— \nSTEVE LIESMAN.  Thanks. \n")
    assert [turn[1:] for turn in turns] == [
        ("CHAIR POWELL", "I’m saying it now, so—"),
        ("STEVE LIESMAN", "Thanks."),
    ]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("CHAIR POWELL.", "official"),
        ("CHAIR POWELL:", "official"),
        ("VICE CHAIR CLARIDA.", "official"),
        ("QUESTION.", "reporter"),
        ("VICTORIA McGRANE.", "reporter"),
        ("PEDRO DA COSTA.", "reporter"),
        ("NANCY MARSHALL-GENZER.", "reporter"),
        ("MODERATOR.", "moderator"),
    ],
)
def test_labels_and_their_kinds(label: str, kind: str):
    assert read_turns(f"{label}  Is that so?\n") == [(kind, label[:-1], "Is that so?")]


@pytest.mark.parametrize("line", ["U.S. growth was strong.", "GDP number. Your own.", "QE3. So we"])
def test_a_wrapped_line_is_no_label(line: str):
    turns = read_turns(f"CHAIR POWELL.  As I said of the\n{line}\n")
    assert [turn[1] for turn in turns] == ["CHAIR POWELL"]


def test_who_only_calls_the_next_speaker_by_name_is_a_moderator():
    turns = read_turns(
        "MICHELLE SMITH.  Let’s go to Nick.\nNICK TIMIRAOS.  Will you cut rates?\n"
        "CHAIR POWELL.  No.\nMICHELLE SMITH.  Thank you. Rachel.\n"
        "RACHEL SIEGEL.  And next year?\nCHAIR POWELL.  We’ll see.\n"
    )
    assert [kind for kind, _, _ in turns] == [
        *("moderator", "reporter", "official"),
        *("moderator", "reporter", "official"),
    ]


def test_a_mistyped_chair_is_the_chair_and_is_reported_with_its_line():
    transcript = parse(f"{HEAD}CHAIR POWEL.  We will act as appropriate.\n")
    turn = transcript.turns[-1]
    assert (turn.kind, turn.label, turn.speaker) == ("official", "CHAIR POWEL", "Powell")
    assert [(each.line, "CHAIR POWEL" in each.text) for each in transcript.notices] == [(8, True)]


@pytest.mark.parametrize(
    ("date", "speaker", "role", "day"),
    [
        ("20110427", "Bernanke", "Chairman", "2011-04-27"),
        ("20180926", "Powell", "Chairman", "2018-09-26"),
        ("20200303", "Powell", "Chair", "2020-03-03"),
    ],
)
def test_name_role_and_date_come_from_the_title(
    shared: Path, date: str, speaker: str, role: str, day: str
):
    transcript = read_conference(shared, date)
    officials = {(t.speaker, t.role) for t in transcript.turns if t.kind == "official"}
    assert officials == {(speaker, role)}
    assert str(transcript.source.date) == day
    assert transcript.source.publisher == "Federal Reserve Board"


def test_a_reporter_is_named_as_they_name_themselves(shared: Path):
    names = {turn.label: turn.speaker for turn in read_conference(shared, "20130320").turns}
    assert names["VICTORIA McGRANE"] == "Victoria McGrane"
    assert names["BINYAMIN APPELBAUM"] is None  # says "Binya Appelbaum"


def test_the_pdf_reads_as_its_text_does(shared: Path):
    path = shared / "transcripts" / "federal_reserve" / "FOMCpresconf20200303.txt"
    pages = path.read_text(encoding="utf-8").split("\f")
    from_pdf = parse_transcript("conference.pdf", make_pdf(pages))
    from_text = parse_transcript(path.name, path.read_bytes())
    assert from_pdf.style == "federal_reserve"
    assert [
        (turn.kind, turn.label, fold_space(from_pdf.said(turn))) for turn in from_pdf.turns
    ] == [(turn.kind, turn.label, fold_space(from_text.said(turn))) for turn in from_text.turns]


@pytest.mark.parametrize("chair", ["Yellen", "McGarr", "De La Cruz", "O’Roe"])
def test_another_chairs_conference_reads_the_same(shared: Path, chair: str):
    """Real documents with another name in the chair's place: no rule hangs on who it was."""
    for path in sorted((shared / "transcripts" / "federal_reserve").iterdir())[::3]:
        raw = path.read_text(encoding="utf-8")
        original = parse_transcript(path.name, raw.encode())
        name = next(turn.speaker for turn in original.turns if turn.kind == "official") or ""
        shouted = re.sub("^MC", "Mc", chair.upper())
        other = raw.replace(name, chair).replace(name.upper(), shouted)
        transcript = parse_transcript(path.name, other.encode())
        kinds = [turn.kind for turn in transcript.turns]
        assert kinds == [turn.kind for turn in original.turns]
        who = {turn.speaker for turn in transcript.turns if turn.kind == "official"}
        assert who == {chair}


def test_a_press_conference_that_only_speaks_of_the_fomc_is_the_feds():
    page = (
        "Transcript of Chair Doe’s Press Conference\nJune 12, 2024\n\nCHAIR DOE.  The FOMC met."
        "\n\nANN POE.  Why?\n\nCHAIR DOE.  Because.\n"
    )
    transcript = parse_transcript("a.txt", page.encode())
    assert transcript.style == "federal_reserve"
    assert [turn.kind for turn in transcript.turns] == ["official", "reporter", "official"]
