"""What a label's own words tell, and which labels are misprints of which."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.reading.introductions import tell_person
from corpus.reading.labels import (
    is_chair,
    is_name,
    is_shouted,
    kind_of_label,
    kind_of_role,
    kind_with_role,
)
from corpus.reading.same_labels import closest_label, find_rare_twins, fold_label, surname_of

KINDS = [
    ("Q", "reporter"),
    ("QUESTION", "reporter"),
    ("Question 2", "reporter"),
    ("JOURNALIST", "reporter"),
    ("PRESS", "reporter"),
    ("PRESS SECRETARY", "official"),
    ("Press Officer", "moderator"),
    ("Coordinator", "moderator"),
    ("Coordinator Doe", "official"),
    ("Le Premier ministre", "official"),
    ("MODERATOR", "moderator"),
    ("AIDE", "moderator"),
    ("THE PRESIDENT", "official"),
    ("THE FIRST LADY", "official"),
    ("MR. PRESIDENT", "official"),
    ("SECRETARY OF STATE BLINKEN", "official"),
    ("SENIOR ADMINISTRATION OFFICIAL ONE", "official"),
    ("PM", "official"),
    ("GEN. ROE", "official"),
    ("REV. ROE", None),
    ("KING CHARLES", "official"),
    ("KING", None),
    ("Pope Leo", "official"),
    ("JIM POPE", None),
    ("Federal Chancellor Roe", "official"),
    ("DA USEC. ROE", "official"),
    ("SPEAKER PELOSI", "official"),
    ("SPEAKER 1", "unknown"),
    ("AUDIENCE MEMBER", "unknown"),
    ("UNIDENTIFIED SENATOR", "unknown"),
    ("UNIDENTIFIED REPORTER", "reporter"),
    ("Man at back", "unknown"),
    ("The woman in green", "unknown"),
    ("Supplementary question", "reporter"),
    ("HE the Minister", "official"),
    ("Resident", None),
    ("INTERPRETER", "unknown"),
    ("UNIDENTIFIED SENATOR", "unknown"),
    ("UNIDENTIFIED REPORTER", "reporter"),
    ("Tánaiste", "official"),
    ("Council Member Roe", "official"),
    ("CLUB MEMBER ROE", "unknown"),
    ("ROE, MEMBER FOR HINTON", "official"),
    ("Gouverneur Roe", "official"),
    ("Première sous-gouverneure Roe", "official"),
    ("HE the Minister", "official"),
    ("SUPT. ROE", "official"),
    ("MS. KING", None),
    ("LARRY KING", None),
    ("MR. COOPER", None),
    ("COVID", None),
    ("", None),
]


@pytest.mark.parametrize(("printed", "kind"), KINDS)
def test_kind_of_label(printed: str, kind: str | None):
    assert kind_of_label(printed) == kind


@pytest.mark.parametrize(
    ("printed", "is_one"),
    [
        ("Woman in green coat (no name given)", True),
        ("Follow-up question", True),
        ("HE the Secretary-General", True),
        ("Jo Poe, Former Director, Governor’s Office of Emergency Services of Anyland", True),
        ("HE SAID", False),
        ("He the Minister", False),
        ("The question", False),
        ("First question", False),
        ("question", False),
        ("Women in green coats", False),
        ("Jo Poe Former Director Governor’s Office Of Emergency Services Of Anyland", False),
    ],
)
def test_what_could_be_a_name_or_an_office(printed: str, *, is_one: bool):
    assert is_name(printed) == is_one


@pytest.mark.parametrize(
    "printed", ["Chair", "The Chair", "CHAIRMAN", "Mr. Chairman", "Vice-Chair", "The Acting CHAIR"]
)
def test_a_chair_without_a_name(printed: str):
    assert is_chair(printed)


@pytest.mark.parametrize(
    "printed",
    ["CHAIR ROE", "Chair of the Board", "Ann Chair", "THE PRESIDENT", "Q1 Chair", "", "–"],
)
def test_no_chair_without_a_name(printed: str):
    assert not is_chair(printed)


@pytest.mark.parametrize(
    ("printed", "whose"),
    [
        ("MS  ROE (by phone)", "MS. ROE"),
        ("A (Minister Roe)", "Minister Roe"),
        ("Answer (by Jim Roe, Director)", "Jim Roe, Director"),
        ("A (laughing)", "A"),
    ],
)
def test_fold_label(printed: str, whose: str):
    assert fold_label(printed) == whose


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("Press Secretary", "official"),
        ("U.S. Secretary of State", "official"),
        ("chief Washington correspondent", "reporter"),
        ("host of a morning show", "reporter"),
        ("moderator", "moderator"),
        (None, "unknown"),
    ],
)
def test_kind_of_role(role: str | None, kind: str):
    assert kind_of_role(role) == kind


def test_a_stated_role_never_makes_an_official_of_one_who_asks_or_leads():
    assert kind_with_role("QUESTION", "reporter", "Minister of Health") == "reporter"
    assert kind_with_role("MODERATOR", "moderator", "Minister of Health") == "moderator"
    assert kind_with_role("JANE ROE", "unknown", "Minister of Health") == "official"
    assert kind_with_role("MINISTER ROE", "official", "news anchor") == "reporter"
    assert kind_with_role("MINISTER ROE", "official", None) == "official"


def test_a_stated_role_goes_before_what_asking_lets_suppose():
    assert kind_with_role("JANE ROE", "reporter", "Senator") == "official"


@pytest.mark.parametrize(
    ("printed", "surname"),
    [
        ("MS. JEAN-PIERRE", "JEAN-PIERRE"),
        ("MS. VAN HOLLEN", "VAN HOLLEN"),
        ("PRESIDENT VON DER LEYEN", "VON DER LEYEN"),
        ("SECRETARY OF STATE BLINKEN", "BLINKEN"),
        ("FOREIGN MINISTER KULEBA", "KULEBA"),
        ("SENATOR KING", "KING"),
        ("REP. JAN ROE (D-OH), HOUSE WHIP", "JAN ROE"),
        ("JAN ROE (D-OH), HOUSE WHIP", None),
        ("CHIEF EXECUTIVE", None),
        ("SECRETARY FOR TRANSPORT AND LOGISTICS", None),
        ("SECRETARY OF STATE", None),
        ("THE PRESIDENT", None),
        ("SENIOR ADMINISTRATION OFFICIAL ONE", None),
    ],
)
def test_surname_of(printed: str, surname: str | None):
    assert surname_of(printed) == surname


KNOWN = ["MS. PSAKI", "MODERATOR", "SECRETARY MAYORKAS", "DR. FAUCI", "PRIME MINISTER"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("S. PSAKI", "MS. PSAKI"),
        ("QMS. PSAKI", "MS. PSAKI"),
        ("M. PSAKI", "MS. PSAKI"),
        ("PSAKI", "MS. PSAKI"),
        ("MOERATOR", "MODERATOR"),
        ("SECREATRY MAYORKAS", "SECRETARY MAYORKAS"),
        ("PRTME MINISTER", "PRIME MINISTER"),
        ("COVID", None),
        ("MR. KIRBY", None),
        ("SECRETARY CARDONA", None),
    ],
)
def test_closest_label(printed: str, meant: str | None):
    assert closest_label(printed, KNOWN) == meant


def test_two_labels_that_are_equally_close_give_none():
    assert closest_label("BROWN", ["MR. BROWN", "MS. BROWN"]) is None


def test_rare_twins_are_misprints_of_frequent_labels():
    counts = Counter({"MR. SULLIVAN": 20, "MR. SULLIVCAN": 1, "DR. SULLIVAN": 1, "MR. SUTTON": 1})
    assert find_rare_twins(counts) == {"MR. SULLIVCAN": "MR. SULLIVAN"}


def test_two_officials_told_apart_by_a_number_are_no_twins():
    counts = Counter({"SENIOR OFFICIAL ONE": 20, "SENIOR OFFICIAL TWO": 1})
    assert find_rare_twins(counts) == {}


def test_capitals_but_for_parts_of_names():
    assert is_shouted("VICTORIA McGRANE")
    assert not is_shouted("Dr. Fauci")
    assert not is_shouted("…")


BRIEFING = "Press Briefing by Press Secretary Jane Doe and "
SAME_NAME = "Joint press conference of Home Secretary Ann Roe and Health Minister Iain Roe"
TITLES = [
    ("MS. DOE", BRIEFING + "Adviser Jim Roe, May 1, 2021", ("Jane Doe", "Press Secretary")),
    ("MR. ROE", BRIEFING + "Adviser Jim Roe, May 1, 2021", ("Jim Roe", "Adviser")),
    (
        "MR. ROE",
        BRIEFING + "Deputy Director for Cyber and Emerging Technology Jim Roe",
        ("Jim Roe", "Deputy Director for Cyber and Emerging Technology"),
    ),
    (
        "MR. ROE",
        BRIEFING + "FEMA Deputy Administrator for Response and Recovery Jim Roe En Route Oslo",
        ("Jim Roe", "FEMA Deputy Administrator for Response and Recovery"),
    ),
    (
        "CHAIR ROE",
        BRIEFING + "Chair of the Council of Economic Advisers Jim B. Roe",
        ("Jim B. Roe", "Chair of the Council of Economic Advisers"),
    ),
    (
        "SECRETARY ROE",
        "Remarks by Vice President Doe and Secretary of Homeland Security Roe",
        ("Roe", "Secretary of Homeland Security"),
    ),
    ("THE PRESIDENT", "Remarks by President Jane Doe Before Departure", ("Jane Doe", "President")),
    ("THE PRESIDENT", "Remarks by the President on His Call With President Roe", None),
    ("THE PRESIDENT", "Remarks by the President Following a Call With President Roe", None),
    ("THE PRESIDENT", "Remarks Following Discussions With President Ann Roe of Westland", None),
    ("THE PRESIDENT", "Press Conference With President Roe", ("Roe", "President")),
    ("THE VICE PRESIDENT", "Remarks by President Doe", None),
    ("MR. ROE", "Secretary Jane Doe With Jim Roe of a Morning Show", None),
    ("JIM ROE", "Secretary Doe and Jim Roe", None),
    ("MR. ROE", "Secretary of State Doe and a Channel’s Jim Roe", None),
    ("MR. ROE", "Department Press Briefing – March 1, 2023", None),
    ("THE PRESIDENT", "President Doe and President Roe in Joint Press Conference", None),
    ("THE PRESIDENT", "President Doe in Oslo; President Doe’s Remarks", ("Doe", "President")),
    ("MR. ROE", "Secretary Roe | Jim Roe, Secretary of State", ("Jim Roe", "Secretary of State")),
    ("HOME SECRETARY ROE", SAME_NAME, ("Ann Roe", "Home Secretary")),
    ("HEALTH MINISTER ROE", SAME_NAME, ("Iain Roe", "Health Minister")),
    ("MR. ROE", SAME_NAME, None),
    ("MR. ROE", "Remarks by Secretary Jane Roe With Al Roe", None),
    (
        "MR. ROE",
        "Press Secretary Jim F. Roe and Spokesman Jim Roe",
        ("Jim F. Roe", "Press Secretary"),
    ),
    ("PRESS SECRETARY JIM ROE", "Press Secretary Jim F. Roe", ("Jim F. Roe", "Press Secretary")),
    ("SENIOR OFFICIAL ONE", "Background Call by Senior Officials", None),
    (
        "SECRETARY-GENERAL ROE",
        "Secretary-General Roe Jae-in also attended",
        ("Roe", "Secretary-General"),
    ),
    ("GOV. PETRA ROE, D-Oregon", "", ("PETRA ROE", "GOV.")),
    ("A (Deputy Minister Roe)", "Briefing by Trade Adviser Doe", None),
]


@pytest.mark.parametrize(("label", "title", "told"), TITLES)
def test_name_and_role_from_a_title(label: str, title: str, told: tuple[str, str] | None):
    person = tell_person(label, title, "", "")
    assert (person and (person.name, person.role)) == told


HEADINGS = [
    ("AMBASSADOR ROE", "With that, I’ll turn it over to Ambassador Roe.", ("Roe", "Ambassador")),
    ("PRESIDENT ROE", "# President Roe meets the press", ("Roe", "President")),
    (
        "Rt. Hon. Ann Roe",
        "THOSE WHO SPEAK: The Right Hon. Ann Roe, Prime Minister of Samoa",
        ("Ann Roe", "Prime Minister of Samoa"),
    ),
    (
        "Rt. Hon. Ann Roe",
        "WITH: The Right Hon. Ann Roe\nSUBJECT: A call with Prime Minister Roe on the new budget",
        ("Ann Roe", "Right Hon."),
    ),
]


@pytest.mark.parametrize(("label", "heading", "told"), HEADINGS)
def test_a_role_is_no_more_than_is_said_of_it(
    label: str, heading: str, told: tuple[str, str] | None
):
    person = tell_person(label, "", "", "", heading)
    assert (person and (person.name, person.role)) == told


SPOKEN = [
    ("MR. ROE", "", "Thanks.  I’m Jim Roe.", ("Jim Roe", None)),
    (
        "MR. ROE",
        "",
        "Yeah, Jim Roe, housing and transport czar.",
        ("Jim Roe", "housing and transport czar"),
    ),
    (
        "MS. ROE",
        "joining us is Ann Roe, Deputy Director for Trade.  She",
        "",
        ("Ann Roe", "Deputy Director for Trade"),
    ),
    (
        "MS. ROE",
        "Here with National Budget Director Ann Roe.  She",
        "",
        ("Ann Roe", "National Budget Director"),
    ),
    ("MS. ROE", "as former Budget Director Ann Roe said.  She", "", None),
    ("MS. ROE", "what Ann Roe, as the President said, meant.", "", None),
    ("MS. ROE", "Director Ann Roe and Director Eve Roe came.", "", None),
]


@pytest.mark.parametrize(("label", "before", "own", "told"), SPOKEN)
def test_name_and_role_from_what_is_said(
    label: str, before: str, own: str, told: tuple[str, str | None] | None
):
    person = tell_person(label, "Press Briefing", before, own)
    assert (person and (person.name, person.role)) == told
