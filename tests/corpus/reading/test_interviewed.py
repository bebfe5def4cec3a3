"""Whom an interview is with, by its title and the lines above its first question."""

from __future__ import annotations

import pytest

from corpus.reading.interviewed import tell_interviewed

TOLD = [
    ("Interview with Minister of Trade Jane Roe", "", "Minister of Trade"),
    ("Interview of Minister of Trade Mr. Jane Roe to Radio Samoa", "", "Minister of Trade"),
    ("Q&A with Finnish Prime Minister Jane Roe", "", "Finnish Prime Minister"),
    (
        "Interview of Press Secretary of the President Jane Roe",
        "",
        "Press Secretary of the President",
    ),
    ("Late", "Jane Roe, the minister of health, spoke to Ann Poe.", "minister of health"),
    ("Late", "Prime Minister Jane Roe sat down with TIME in Paris.", "Prime Minister"),
    ("Late", "Historian Ann Poe spoke with Prime Minister Jane Roe in Paris.", "Prime Minister"),
    ("Late", "In an interview with Samoa Daily, President Jane Roe explains why.", "President"),
    (
        "Late",
        "By Ann Poe\n\nJane Roe, Secretary of Energy, told Ann Poe why.",
        "Secretary of Energy",
    ),
    (
        "Late",
        "Jane Roe has been minister of health since May. She spoke by phone.",
        "minister of health",
    ),
    (
        "Late",
        "When Jane Roe was a mate she was lost. Now the Chilean is the Secretary-General of Ports."
        " She sat down to talk.",
        "Secretary-General of Ports",
    ),
    ("Jane Roe: “No one is safe”", "Jane Roe is the Minister of Health.", "Minister of Health"),
    ("Foreign Minister Jane Roe’s interview with Der Spiegel", "", "Foreign Minister"),
    (
        "Interview",
        "Interview with Jane Roe, Member of the Executive Board of the ECB, conducted by Ann Poe",
        "Member of the Executive Board of the ECB",
    ),
    (
        "Late",
        "I recently spoke by phone with Jane Roe, the minister of ports.",
        "minister of ports",
    ),
    (
        "“No one sleeps”",
        "Nobody here sleeps, President of Samoa Jane Roe said in an interview with Samoa Daily.",
        "President of Samoa",
    ),
    ("‘No one sleeps’: mayor Jane Roe on rents", "Interview by Ann Poe", "mayor"),
    ("Late", "Amid war, Samoa’s minister of ports, Jane Roe, tells us why.", "minister of ports"),
    (
        "Late",
        "INTERVIEW | Jane Roe, the minister of ports, defends her plan and tells us why.",
        "minister of ports",
    ),
    ("Late", "Jane Roe, Samoa’s minister of ports, on fish and rain.", "Samoa’s minister of ports"),
    (
        "Late",
        "Ports — Interview\n\nJane Roe is late today. She is the minister of ports.",
        "minister of ports",
    ),
    (
        "Jane Roe: “We are late”",
        "INTERVIEW – The minister of ports defends her bill and regrets her words.\n\nBy Ann Poe",
        "minister of ports",
    ),
]


@pytest.mark.parametrize(("title", "heading", "role"), TOLD)
def test_the_one_official_who_is_said_to_be_interviewed(title: str, heading: str, role: str):
    person = tell_interviewed(title, heading)
    assert person is not None
    assert (person.name, person.role) == ("Jane Roe", role)


NOT_TOLD = [
    ("Interview", ""),
    ("Minister Jane Roe announced a tax", "Here is what we know of it."),
    ("His legacy", "Historian Ann Smith spoke to us about President Joe Poe."),
    ("Interview with Ann Smith, biographer of President Joe Poe", ""),
    ("Interview with President Joe Poe’s biographer Ann Smith", ""),
    ("Interview with the wife of President Joe Poe", ""),
    ("Interview with the spokesperson for President Joe Poe", ""),
    ("Interview with Ann Smith about President Joe Poe", ""),
    ("War", "Adviser to President Joe Poe spoke with us."),
    ("War", "Author Ann Smith tells us about her conversation with President Joe Poe."),
    ("War", "Ann Smith, who interviewed President Joe Poe in May, spoke with us."),
    ("War", "We spoke with President Joe Poe and Minister Jane Roe."),
    ("War", "President Joe Poe spoke with us. Minister Jane Roe told us more."),
    ("War", "Ann Smith sat down with us. She met President Joe Poe in May."),
    ("War", "Ann Smith worked for President Joe Poe. In an interview with us, she tells why."),
    ("War", "Ann Smith grew up here. Her aunt was the president of the bank. She spoke with us."),
    ("War", "He spoke by phone with President Joe Poe."),
    ("War", "Nobody sleeps, President Joe Poe said in an interview. Ann Smith spoke with us."),
    ("War", "Nobody sleeps, President Joe Poe said in an interview. Minister Jane Roe is tired."),
    ("War", "We spoke with novelist Ann Smith.\n\n‘No one sleeps’: President Joe Poe on war"),
    ("War", "Amid war, the aide of the president, Joe Poe’s critic, tells us why."),
    ("War", "President Joe Poe was a mate and met Ann Smith."),
    ("War", "Joe Poe, the minister of ports, fears a war, and Ann Smith tells us why."),
    ("War", "President Joe Poe on Monday announced a tax."),
    ("War", "Joe Poe is late. He is the minister of ports."),
    ("Ann Smith: “We are late”", "INTERVIEW – The minister of ports wants a tax."),
    ("Ann Smith: “We are late”", "INTERVIEW – The minister of ports answers Ann Smith."),
    (
        "Ann Smith: “We are late”",
        "INTERVIEW – The minister of ports defends a tax. The mayor answers.",
    ),
    ("Ann Smith on rain", "INTERVIEW – The minister of ports defends her bill."),
]


@pytest.mark.parametrize(("title", "heading"), NOT_TOLD)
def test_nobody_who_is_only_spoken_of_and_none_of_two(title: str, heading: str):
    assert tell_interviewed(title, heading) is None
