"""Documents set as NAME: text, by hand or by a publisher whose style is not known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.errors import MetadataError, StyleError
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space


def parse(text: str, name: str = "talk.txt") -> Transcript:
    return parse_transcript(name, text.encode())


def list_said(transcript: Transcript) -> list[tuple[str, str, str]]:
    return [(t.kind, t.label, fold_space(transcript.said(t))) for t in transcript.turns]


LAYOUTS = {
    "blank lines": "QUESTION: Why?\n\nMINISTER ROE: Because.\n\nIt is so: yes.\n",
    "line by line": "QUESTION: Why?\nMINISTER ROE: Because.\nIt is so: yes.\nQUESTION: Oh.\n",
    "wrapped": "QUESTION: Why?\n\nMINISTER ROE: Because.\nIt is\nso: yes.\n",
    "bold, colon inside": "**QUESTION:** Why?\n\n**MINISTER ROE:** Because.\n\nIt is so: yes.\n",
    "bold, colon outside": "**QUESTION**: Why?\n\n**MINISTER ROE**: Because.\n\nIt is so: yes.\n",
    "a label on its own": "QUESTION:\nWhy?\n\nMINISTER ROE:\nBecause.\nIt is so: yes.\n",
    "windows": "QUESTION: Why?\r\n\r\nMINISTER ROE: Because.\r\n\r\nIt is so: yes.\r\n",
    "page": "<p><b>QUESTION:</b> Why?</p><p><b>MINISTER ROE</b>: Because.</p><p>It is so: yes.</p>",
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_each_layout(text: str):
    transcript = parse(text)
    assert transcript.style == "plain_labels"
    assert list_said(transcript)[:2] == [
        ("reporter", "QUESTION", "Why?"),
        ("official", "MINISTER ROE", "Because. It is so: yes."),
    ]


def test_names_in_small_letters():
    transcript = parse(
        "Interviewer: Good morning.\n\nPrime Minister: Good morning, and\n\n"
        "here is the thing: we go on.\n\nAl Poe: I ask once.\n\nPrime Minister: Note: no.\n"
    )
    assert list_said(transcript) == [
        ("reporter", "Interviewer", "Good morning."),
        ("official", "Prime Minister", "Good morning, and here is the thing: we go on."),
        ("unknown", "Al Poe", "I ask once."),
        ("official", "Prime Minister", "Note: no."),
    ]


def test_a_briefing_without_its_publishers_marks_reads_the_same(shared: Path):
    for path in sorted((shared / "transcripts" / "white_house").iterdir())[::6]:
        whole = path.read_text(encoding="utf-8")
        original = parse(whole, path.name)
        body = whole[whole.index("\n---\n", 4) + 5 :]
        bare = parse(f"---\ntitle: '{original.source.title}'\n---\n{body}", path.name)
        assert bare.style == "plain_labels"
        assert list_said(bare) == list_said(original)


def test_a_name_alone_makes_no_official():
    transcript = parse("JANE DOE: We will.\n\nJIM ROE: We won’t.\n\nJANE DOE: We will.\n")
    assert {turn.kind for turn in transcript.turns} == {"unknown"}
    assert len(transcript.notices) == 2


def test_one_who_asks_is_a_reporter():
    transcript = parse("JIM ROE: Why?\n\nMS. DOE: So.\n\nJIM ROE: When?\n\nMS. DOE: Now.\n")
    assert [turn.kind for turn in transcript.turns] == ["reporter", "unknown"] * 2


def test_several_who_answer_under_one_letter_are_told_apart():
    transcript = parse(
        "Briefing by Trade Adviser Ann Doe\n\nQ: Why?\n\nA (Trade Adviser Doe): Because.\n\n"
        "Q: And you?\n\nA (Deputy Minister Roe): I agree.\n\nQ: All of you?\n\nA: Yes, all.\n"
    )
    answers = [(t.kind, t.speaker, t.role) for t in transcript.turns if t.label.startswith("A")]
    assert answers == [
        ("official", "Ann Doe", "Trade Adviser"),
        ("official", None, None),
        ("unknown", None, None),
    ]


def test_an_unknown_voice_in_brackets_is_nobodys():
    transcript = parse(
        "QUESTION: Why?\n\nMINISTER ROE: Because.\n\n(UNKNOWN): We can't hear you.\n\n"
        "MINISTER ROE: Is that better?\n"
    )
    assert [turn.kind for turn in transcript.turns] == [
        "reporter",
        "official",
        "unknown",
        "official",
    ]


def test_a_web_address_is_nobodys_label():
    transcript = parse("GOV.UK\n\nSearch\n\nQuestion: Why?\n\nPrime Minister: Because.\n")
    assert [t.label for t in transcript.turns] == ["Question", "Prime Minister"]


def test_a_mistyped_label_is_its_speakers():
    transcript = parse(
        "QUESTION: Why?\n\nMINISTER ROE: So.\n\nQUSTION: When?\n\nMINSTER ROE: Now.\n\n"
        "QUESTION: Sure?\n\nMINISTER ROE: Yes.\n"
    )
    assert [turn.kind for turn in transcript.turns] == ["reporter", "official"] * 3
    assert [notice.line for notice in transcript.notices] == [5, 7]


FRONT = """---
title: Morning talk
date: 2024-05-01
publisher: A Channel
colour: blue
speakers:
  Jane Doe: {name: Jane Doe, role: Minister of Health}
  Jim Roe: {name: Jim Roe, role: presenter}
---
"""


def test_front_matter_with_the_keys_of_a_sidecar():
    transcript = parse(FRONT + "\nJim Roe: Why?\n\nJane Doe: Because.\n", "talk.md")
    assert [(turn.kind, turn.role) for turn in transcript.turns] == [
        ("reporter", "presenter"),
        ("official", "Minister of Health"),
    ]
    source = transcript.source
    assert (source.title, source.date) == ("Morning talk", dt.date(2024, 5, 1))
    assert source.publisher == "A Channel"
    (notice,) = transcript.notices
    assert "colour" in notice.text
    assert notice.line == 5


@pytest.mark.parametrize(
    ("wrong", "line"),
    [("date: soon", 3), ("date: [2024", 3), ("date: 2024-05-01\nurl: nowhere", 4)],
)
def test_a_wrong_value_in_front_matter_is_told_with_its_line(wrong: str, line: int):
    front = FRONT.replace("date: 2024-05-01", wrong)
    with pytest.raises(MetadataError) as raised:
        parse(front + "QUESTION: Why?\n\nMINISTER ROE: So.\n")
    assert raised.value.line in {line, line + 1}


def test_a_bomb_of_aliases_is_no_harm():
    bomb = "---\na: &a [x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )
    assert len(parse(bomb + "---\nQUESTION: Why?\n\nMINISTER ROE: So.\n").turns) == 2


@pytest.mark.parametrize(
    "text", ["No labels here.\n", "Only: one\n", "here is: one\nand there: another\n", "<p>a</p>"]
)
def test_what_is_no_transcript_is_not_claimed(text: str):
    with pytest.raises(StyleError):
        parse(text)


CHAIRS = {
    "a committee": ("CHAIR: Order. Why?\n\nMINISTER ROE: So.\n\nCHAIR: Thank you.\n", "mom"),
    "a club": ("CHAIRMAN: Mr Poe.\n\nJIM POE: So?\n\nMINISTER ROE: No.\n\nCHAIRMAN: Oh.\n", "mrom"),
    "untold witnesses": ("The Chair: Yes?\n\nANN ROE: So.\n\nThe Chair: Thanks.\n", "m?m"),
    "asks nobody told": ("CHAIR: Why?\n\nQUESTION: When?\n\nCHAIR: How?\n", "mrm"),
    "answers the press": ("QUESTION: Why?\n\nCHAIRMAN: So.\n\nMODERATOR: Thanks.\n", "rom"),
    "with a name": ("CHAIR ROE: So.\n\nMINISTER DOE: No.\n\nCHAIR ROE: Yes.\n", "ooo"),
}


@pytest.mark.parametrize(("text", "kinds"), CHAIRS.values(), ids=CHAIRS)
def test_a_chair_without_a_name_leads_where_others_may_answer(text: str, kinds: str):
    assert "".join(turn.kind[0] for turn in parse(text).turns).replace("u", "?") == kinds


def test_a_chair_whose_role_is_stated_is_an_official():
    front = "---\nspeakers:\n  CHAIR: {name: Ann Roe, role: Chair of the Board}\n---\n\n"
    turn, *_ = parse(front + CHAIRS["a committee"][0]).turns
    assert (turn.kind, turn.speaker) == ("official", "Ann Roe")


INTERVIEWED = (
    "Ann Roe answered questions from Agency Director General Jim Poe\n\n"
    "President Ann Roe: Good evening.\n\nJim Poe: Let us turn to oil. Will it hold?\n\n"
    "Ann Roe: It will.\n\nJim Poe: And what of the price? (Laughter.)\n\nAnn Roe: It rises.\n\n"
    "Jim Poe: Thank you for your time, President.\n\nAnn Roe: Thank you.\n"
)


def test_one_with_a_stated_role_who_mostly_asks_an_official_is_nobody():
    transcript = parse(INTERVIEWED)
    assert {turn.kind for turn in transcript.turns if turn.label == "Jim Poe"} == {"unknown"}
    assert {turn.kind for turn in transcript.turns if turn.label != "Jim Poe"} == {"official"}
    (notice,) = transcript.notices
    assert "“Jim Poe” (Agency Director General) seems to ask" in notice.text


OTHERWISE = {
    "tells as much as he asks": ("And what of the price? (Laughter.)", "It is the price of oil."),
    "asks but once": ("Let us turn to oil. Will it hold?", "Oil?"),
    "his label holds the office": ("Jim Poe:", "Director General Jim Poe:"),
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=OTHERWISE)
def test_one_with_a_stated_role_who_asks_little_is_an_official(change: tuple[str, str]):
    assert {turn.kind for turn in parse(INTERVIEWED.replace(*change)).turns} == {"official"}


def test_one_whose_role_an_author_states_is_an_official_whatever_is_asked():
    front = "---\nspeakers:\n  Jim Poe: {name: Jim Poe, role: Minister of Oil}\n---\n\n"
    assert {turn.kind for turn in parse(front + INTERVIEWED).turns} == {"official"}


OPENED = (
    "Remarks by Chancellor Jan Roe in Berlin\n\nBerlin, 27 May 2022\n\n"
    "Ladies and gentlemen, we live through hard times.\n\nI will spend 100 billion on it.\n\n"
    "Question: Why?\n\nChancellor Roe: Because.\n\nQuestion: When?\n\nChancellor Roe: Soon.\n"
)
_LEADS = ("Question: Why?", "Moderator: Yes?\n\nQuestion: Why?")
_ANSWERS = ("Question: When?", "Question: When?\n\nMinister Doe: In May.")
NOT_CERTAIN = {
    "somebody else leads": _LEADS,
    "somebody else answers": _ANSWERS,
    "two in the title": ("Jan Roe", "Jan Roe and Minister Ann Doe"),
    "no remarks of his": ("Remarks by", "A day of"),
    "a question at its end": ("Question: Why?\n\n", "Why?\n\n"),
    "the floor is given": ("billion on it", "billion. I hand over to him"),
    "spoken of": ("I will", "We will hear the Chancellor.  I will"),
    "no greeting": ("Ladies and gentlemen, we", "We"),
    "told, not spoken": (
        *("Ladies and gentlemen, we live through hard times.\n\nI will", "Hello. He will"),
    ),
}


def test_an_opening_without_a_label_is_the_titles_one_speakers():
    turn, *_ = parse(OPENED).turns
    assert (turn.kind, turn.speaker, turn.role) == ("official", "Jan Roe", "Chancellor")
    assert parse(OPENED).said(turn).startswith("Ladies and gentlemen")
    assert any("opening" in notice.text for notice in parse(OPENED).notices)


@pytest.mark.parametrize(
    "change",
    [
        ("Remarks by Chancellor Jan Roe in Berlin", "Press statement\n\nby Chancellor Jan Roe"),
        ("Remarks by Chancellor", "A day in Berlin\n\nDelivered by: Chancellor"),
        ("Remarks by Chancellor Jan Roe in", "The Chancellor’s press conference in"),
        ("Remarks by Chancellor Jan Roe in", "Press conference in"),
    ],
)
def test_an_opening_is_whose_the_lines_above_say(change: tuple[str, str]):
    text = OPENED.replace(*change)
    turn, *_ = parse(text).turns
    assert turn.kind == "official"
    assert "Roe" in (turn.speaker or turn.label)
    assert parse(text).said(turn).endswith("on it.")


@pytest.mark.parametrize("later", [_LEADS, _ANSWERS])
def test_a_long_opening_is_no_mere_welcome_by_who_leads_later(later: tuple[str, str]):
    long = OPENED.replace("on it.", "on it.\n\n" + "We shall build schools, and we mean it. " * 12)
    turn, *_ = parse(long.replace(*later)).turns
    assert (turn.kind, turn.speaker) == ("official", "Jan Roe")


def test_headings_part_the_openings_of_several():
    text = (
        "Press conference of 3 May\n\nIntroductory remarks by Jan Roe, President of the Council\n\n"
        "Good evening. We had a long and a good meeting, and we agreed on fish.\n\nOn rain\n\n"
        "I hand over to the Commissioner, and to her fish.\n\n"
        "Remarks by Commissioner Ann Doe\n\n3 May\n\n"
        "Thank you, Jan. I shall be brief on fish, of which so much was said tonight.\n\n"
        "Questions and answers\n\nModerator: Please.\n\nQuestion: Why?\n\nJan Roe: Because.\n"
    )
    turns = [(x.speaker, fold_space(parse(text).said(x))) for x in parse(text).turns[:3]]
    assert [(who, said.split()[0]) for who, said in turns] == [
        ("Jan Roe", "Good"),
        ("Jan Roe", "I"),
        ("Ann Doe", "Thank"),
    ]
    printed = {parse(text).text[x.start : x.end] for x in parse(text).furniture}
    assert {"On rain", "Questions and answers"} <= printed


def test_points_below_a_line_that_announces_them_are_said():
    text = OPENED.replace("on it.", "on it.\n\nHere is how:\n\nSchools: 40.\n\nWater works: 60.")
    turn, *_ = parse(text).turns
    assert parse(text).said(turn).endswith("Water works: 60.")


@pytest.mark.parametrize("change", NOT_CERTAIN.values(), ids=NOT_CERTAIN)
def test_an_opening_that_may_be_anothers_is_nobodys(change: tuple[str, str]):
    transcript = parse(OPENED.replace(*change))
    assert not any("hard times" in transcript.said(turn) for turn in transcript.turns)
    assert not any("100 billion" in transcript.said(turn) for turn in transcript.turns)


TWO_ANSWER = (
    "Briefing by Minister Jan Roe\n\n{asks}Why?\n\n{first}So.\n\n{asks}When?\n\n{second}Now.\n\n"
    "{asks}Where?\n\n{first}Here.\n\n{asks}Who?\n\n{bare}Me.\n"
)


@pytest.mark.parametrize(
    ("ask", "answer", "end"),
    [("Q", "A", ": "), ("Q", "A", " – "), ("## Question", "## Answer", "\n\n")],
)
def test_two_who_answer_under_one_word_are_told_apart(ask: str, answer: str, end: str):
    marks = {"asks": ask + end, "bare": answer + end}
    marks |= {"first": f"{answer} (Minister Roe){end}", "second": f"{answer} (Director Poe){end}"}
    transcript = parse(TWO_ANSWER.format(**marks), "talk.md")
    turns = [turn for turn in transcript.turns if turn.kind != "reporter"]
    assert [turn.speaker for turn in turns] == ["Jan Roe", None, "Jan Roe", None]
    assert [turn.kind for turn in turns] == ["official"] * 3 + ["unknown"]  # whose “Me.” is?


def test_a_letter_that_stands_for_nobody_is_no_part_of_the_question():
    transcript = parse("Q – Why?\n\nA – So.\n\nQ – When?\n\nR – Now.\n\nQ – Who?\n\nA – I.\n")
    assert [(turn.kind, turn.label) for turn in transcript.turns] == [
        *(("reporter", "Q"), ("unknown", "A"), ("reporter", "Q"), ("unknown", "R")),
        *(("reporter", "Q"), ("unknown", "A")),
    ]
    assert list_said(transcript)[0][2] == "Why?"


def test_one_surname_that_is_an_office_too_is_no_officials():
    transcript = parse(
        "LARRY KING, CNN HOST: Hello.\n\nGOV. ROE: Hello.\n\nKING: So it goes.\n\nROE: Yes.\n"
    )
    assert [turn.kind for turn in transcript.turns] == ["reporter", "official"] * 2


def test_an_office_that_stands_once_where_offices_are_in_small_letters():
    text = (
        "Minister Roe: Hello.\n\nQ: Why?\n\nSpokesperson: Ann.\n\nQ: How?\n\nSpokesperson: Bob.\n"
    )
    assert parse(text).turns[0].kind == "official"
    spoken_of = text.replace("Why?", "Two things.\n\nSecretary Poe: will he go?")
    assert parse(spoken_of).turns[2].kind == "unknown"
    assert parse(text.replace("Spokesperson", "PM")).turns[0].kind == "unknown"


def test_a_role_does_not_reach_back_over_a_sentence():
    text = (
        "Today the two, after a day, agreed on it this year. Chief Minister Ann Roe comes.\n\n"
        "Minister Ann Roe: Hello.\n\nQ: Why?\n\nMinister Ann Roe: So.\n"
    )
    assert parse(text).turns[0].role == "Chief Minister"


def test_a_slip_in_the_word_that_shows_the_office_is_understood_in_bold_too():
    page = "<p><b>Minister Jan Roe: </b>A.</p><p><b>Al Poe, A Paper: </b>Why?</p>" * 3
    slip = "<p><b>Minster Jan Roe: </b>B.</p><p><b>Al Poe, A Paper: </b>Sure?</p>"
    transcript = parse(page + slip, "talk.html")
    assert (transcript.turns[-2].kind, transcript.turns[-2].speaker) == ("official", "Jan Roe")
    assert any("Minster" in notice.text for notice in transcript.notices)
    for other in ("Minister Jim Roe", "Minister Jan Poe", "Sister Jan Roe", "Ministers Jan Roes"):
        turn = parse(page + slip.replace("Minster Jan Roe", other)).turns[-2]
        assert turn.speaker != "Jan Roe"


MISSPELT = (
    "Hearing of Minister Jan Branton\n\nPOE: Why?\n\nMINISTER BRANTON: So.\n\nPOE: And you?\n\n"
    "{first}: I agree.\n\nPOE: All?\n\nMINISTER BRANTON: All.\n\nPOE: When?\n\n"
    "MINISTER BRANTON: {last}\n"
)
SLIPS = {  # the label, what is said last, kind, name
    "a letter too much": ("MINISTER BRANDTON", "Now.", "official", "Jan Branton"),
    "two letters changed over": ("MINISTER BRANTNO", "Now.", "official", "Jan Branton"),
    "one spoken of": ("MINISTER BRANTEN", "Minister Branten is right.", "official", None),
    "without the office": ("BRANTEN", "Now.", "unknown", None),
    "two letters off": ("JAN BRINTEN", "Now.", "unknown", None),
    "another first letter": ("MINISTER GRANTON", "Now.", "official", None),
    "a first name": ("JO BRANTEN", "Now.", "unknown", None),
}


@pytest.mark.parametrize(("label", "last", "kind", "who"), SLIPS.values(), ids=SLIPS)
def test_a_misspelt_name_is_the_one_who_speaks_often(
    label: str, last: str, kind: str, who: str | None
):
    transcript = parse(MISSPELT.format(first=label, last=last))
    (turn,) = (turn for turn in transcript.turns if turn.label == label)
    assert (turn.kind, turn.speaker) == (kind, who)
    noted = any(f"“{label}” is taken for" in notice.text for notice in transcript.notices)
    assert noted == (who is not None)


INITIALS = {  # another label, and whom J.-P. BRANTON means
    "nobody else": ("BRANTON", "Jean-Paul Branton"),
    "another first name": ("KIM BRANTON", "Jean-Paul Branton"),
    "the same initials": ("JEAN-PIERRE BRANTON", None),
}


@pytest.mark.parametrize(("other", "who"), INITIALS.values(), ids=INITIALS)
def test_initials_are_of_the_one_whose_names_begin_so(other: str, who: str | None):
    transcript = parse(
        "Talk with Minister Jean-Paul Branton\n\nQ: Why?\n\nJEAN-PAUL BRANTON: So.\n\nQ: Who?\n\n"
        f"{other}: I.\n\nQ: When?\n\nJ.-P. BRANTON: Now.\n\nQ: Is it?\n\nMINISTER BRANTON: Yes.\n"
    )
    (turn,) = (turn for turn in transcript.turns if turn.label == "J.-P. BRANTON")
    assert turn.speaker == who


ANNOUNCED = (
    "Q: How so?\n\nMinister Roe: It is global. Compare the following:\n\n{first}: up.\n"
    "{second}: down.\n\nQ: Why?\n\nMinister Roe: So.\n"
)
NO_POINTS = {
    "asks": ("Zoning", "Water: why"),
    "whole names": ("Al Poe", "Jo Poe"),
    "spoken of": ("Maria", "Paul"),
    "one alone": ("Zoning", "Minister Roe"),
}


def test_points_that_are_announced_are_the_speakers_own():
    text = ANNOUNCED.format(first="Zoning", second="Water")
    assert len(parse(text).turns) == 4
    on_its_line = text.replace(" Compare", "\n\nHere is what we do").replace("the following", "")
    assert len(parse(on_its_line).turns) == 4


@pytest.mark.parametrize(("first", "second"), NO_POINTS.values(), ids=NO_POINTS)
def test_what_may_be_a_label_heads_no_point(first: str, second: str):
    text = ANNOUNCED.format(first=first, second=second).replace(
        "down.", "down?" * ("why" in second)
    )
    text = text.replace("global", "global, Maria and Paul")
    said = [(turn.kind, parse(text).said(turn)) for turn in parse(text).turns]
    assert not any(kind == "official" and f"{first}:" in words for kind, words in said)
    unannounced = text.replace("Compare the following:", "So it is.")
    turns = parse(unannounced).turns
    assert not any(f"{first}:" in parse(unannounced).said(t) for t in turns if t.kind == "official")


def test_of_a_label_set_off_by_a_dash_the_dash_is_not_said():
    page = "CAPT. HUNT: We did.\n\nQ: Why?\n\nCAPT HUNT - All of it.\n\nCAPT. HUNT: In May.\n"
    transcript = parse_transcript("a.txt", page.encode())
    assert [transcript.said(turn) for turn in transcript.turns][2] == "All of it."
