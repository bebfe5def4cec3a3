"""Debates of the houses of four parliaments."""

from __future__ import annotations

import pytest

from corpus.errors import StyleError
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.reading.base import RawFile
from corpus.styles import STYLES, UNLABELLED
from corpus.text import fold_space

COMMONS = """House of Commons
Thursday 5 February 2026

Oral Answers to Questions

Rural Buses

John Poe (North Lake) (Con)
1. What steps she is taking on buses. (907411)

The Secretary of State for Transport (Jane Roe)
With permission, I will answer.

That is what we said: more buses.
Column 402
Mr Speaker
I call John Poe.

John Poe
Will she apologise? [Interruption.]

Jane Roe
No.

[Laughter.]

Potholes

Ann Doe (Mid Lake) (LD)
The roads are bad. I speak for all.

Jo Loe
So do I.

The Prime Minister (Al Moe)
We will see.

Hon. Members
Answer!

The Prime Minister
I did.

Contains Parliamentary information licensed under the Open Parliament Licence v3.0.
"""
OTTAWA = """House of Commons
Oral Questions

The Speaker: I call the hon. member.

Mr. John Poe (Leeds—Lake, CPC): Mr. Speaker, why?

Some hon. members: Hear, hear!

Hon. Jane Roe (Minister of Finance, Lib.): Mr. Speaker, it has not.

Hon. Jo Loe (Ottawa, Lib.): Mr. Speaker, will the minister tell us?

Hon. Jane Roe: Mr. Speaker, yes: we will.
"""
CANBERRA = """QUESTIONS WITHOUT NOTICE

Mr POE (Leeds—Leader of the Opposition) (14:01):  My question is to the minister. Why?

Ms ROE (Sydney—Minister for Health) (14:02):  It is so.

Opposition members interjecting—

The SPEAKER:  Order!

Ms ROE:  As I said: so.

Mr ROE:  I never did.
"""
WELLINGTON = """Oral Questions

SPEAKER: Question No. 1.

1. JOHN POE (Labour—Leeds) to the Minister of Health: Does she stand by it?

Hon JANE ROE (Minister of Health): Yes.

John Poe: Why?

2. ANN DOE (National—Taupo) to the Minister of Health: And why?

Hon JANE ROE: Because I do.
"""
HOLYROOD = """Official Report

First Minister’s Question Time

12:00

Ferries (Isle)

1. John Poe (North Lake) (Con): They are late. When will one sail? (S6F-1)

The First Minister (Jane Roe): Soon.

The Presiding Officer (Al Moe): Let us hear her.

The First Minister: As I said.

Waiting Times

2. Ann Doe (Mid Lake) (Lab): I am sorry for them.

When did she last wait? (S6F-2)

The First Minister: In May.

Jo Loe (Far Lake) (LD) [Remote]: Why will they not—

The Presiding Officer: We have lost him.
"""
HOUSES = {
    "Holyrood": (HOLYROOD, "romoro?m", "Jane Roe"),
    "Westminster": (COMMONS, "romro??o?o", "Jane Roe"),
    "Ottawa": (OTTAWA, "mr?oro", "Jane Roe"),
    "Canberra": (CANBERRA, "romo?", "ROE"),
    "Wellington": (WELLINGTON, "mrorro", "JANE ROE"),
}
LETTERS = {"official": "o", "reporter": "r", "moderator": "m", "unknown": "?"}


def parse(text: str, name: str = "debate.txt") -> Transcript:
    return parse_transcript(name, text.encode())


def kinds(transcript: Transcript) -> str:
    return "".join(LETTERS[turn.kind] for turn in transcript.turns)


@pytest.mark.parametrize(("text", "expected", "name"), HOUSES.values(), ids=HOUSES)
def test_ministers_answer_members_ask_and_the_chair_leads(text: str, expected: str, name: str):
    transcript = parse(text)
    assert transcript.style == "hansard"
    assert kinds(transcript) == expected
    assert next(t.speaker for t in transcript.turns if t.kind == "official") == name
    raw = RawFile("debate.txt", text.encode())
    assert [x.name for x in (*STYLES, *UNLABELLED) if x.claim(raw)] == ["hansard"]


def test_what_the_printer_set_between_the_words_is_nobodys():
    commons = parse(COMMONS)
    officials = [fold_space(commons.said(t)) for t in commons.turns if t.kind == "official"]
    assert officials == [
        "With permission, I will answer. That is what we said: more buses.",
        "No.",
        "We will see.",
        "I did.",
    ]
    assert not any("interjecting" in parse(CANBERRA).said(t) for t in parse(CANBERRA).turns)


def test_page_heads_amid_an_answer_are_nobodys():
    page = "CHAMBER\n\n28       HOUSE OF REPRESENTATIVES       3 May"
    text = CANBERRA.replace("It is so.", f"I table it for the\n\n{page}\n\nLeader. It is so.")
    transcript = parse(f"3 May       HOUSE OF REPRESENTATIVES       27\n\n{text}")
    said = [fold_space(transcript.said(t)) for t in transcript.turns if t.kind == "official"]
    assert said == ["I table it for the", "Leader. It is so.", "As I said: so."]


def test_offices_are_told_at_the_time_and_those_of_the_opposition_are_none():
    assert {t.role for t in parse(COMMONS).turns if t.kind == "official"} == {
        "Secretary of State for Transport",
        "Prime Minister",
    }
    assert parse(CANBERRA).turns[0].role is None


def test_a_page():
    blocks = "".join(f"<div><p>{line}</p></div>" for line in COMMONS.splitlines()[6:13] if line)
    more = "<div><h2>Ann Doe (Mid Lake) (LD)</h2><p>Why?</p></div>"
    more += "<div><h2>Mr Speaker</h2><p>Order.</p></div>"
    page = f"<html><body><h1>Buses</h1><div>{blocks}{more}</div></body></html>"
    assert kinds(parse(page, "debate.html")) == "rorm"


REFUSED = {
    "no minister": "Mr Speaker\nOrder.\n\nJo Poe (Leeds) (Con)\nWhy?\n\nAl Doe (Ayr) (Lab)\nSo.\n",
    "no chair": COMMONS.replace("Mr Speaker", "Mr Smith"),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_debate_is_not_claimed(text: str):
    with pytest.raises(StyleError):
        parse(text)
