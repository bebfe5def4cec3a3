"""Whom a typed name means."""

from __future__ import annotations

import pytest

from corpus.speakers import Voice, is_meant, is_taken

BLINKEN = Voice("official", "SECRETARY BLINKEN", "Antony J. Blinken", "U.S. Secretary of State")
PSAKI = Voice("official", "MS. PSAKI")
REPORTER = Voice("reporter", "QUESTION")


@pytest.mark.parametrize(
    "name",
    ["Blinken", "blinken", "Sec. Blinken", "Secretary Blinken", "Antony Blinken", "Tony Blinken",
     "Blinkin", "the Secretary of State", "U.S. Secretary of State Antony J. Blinken", "Blinken’s"],
)  # fmt: skip
def test_who_is_meant(name: str) -> None:
    assert is_meant(name, BLINKEN)


@pytest.mark.parametrize(
    "name", ["Putin", "Secretary Putin", "Hunter Blinken", "State", "President Blinken", "", "…"]
)
def test_who_is_not(name: str) -> None:
    assert not is_meant(name, BLINKEN)


@pytest.mark.parametrize(
    ("name", "voice", "expected"),
    [
        ("Jen Psaki", PSAKI, True),
        ("Press Secretary Jen Psaki", PSAKI, True),
        ("Psacki", PSAKI, True),
        ("Psaki Smith", PSAKI, False),
        ("Jen", PSAKI, False),
        ("Ben Bernanke", Voice("official", "CHAIRMAN BERNANKE", "Bernanke", "Chairman"), True),
        ("President Bernanke", Voice("official", "CHAIRMAN BERNANKE"), False),
        ("Zeints", Voice("official", "MR. ZIENTS"), True),
        ("Harrison", Voice("official", "MS. HARRIS"), False),
        ("Howell", Voice("official", "CHAIR POWELL"), False),
        ("Joe Official", Voice("official", "SENIOR ADMINISTRATION OFFICIAL"), False),
    ],
)
def test_a_surname_alone_is_taken_for_any_first_name(
    name: str, voice: Voice, expected: bool
) -> None:
    assert is_meant(name, voice) is expected
    assert not expected or is_taken(name, voice)


def test_what_is_on_record_as_given_is_not_merely_taken() -> None:
    assert not is_taken("Secretary Antony Blinken", BLINKEN)
    assert not is_taken("Tony Blinken", BLINKEN)
    assert not is_taken("Ms. Psaki", PSAKI)


def test_a_label_is_enough() -> None:
    assert is_meant("Psaki", PSAKI)
    assert is_meant("Ms. Psaki", PSAKI)
    assert not is_meant("Jean-Pierre", PSAKI)
    assert not is_meant("Blinken", REPORTER)
