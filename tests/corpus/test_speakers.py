"""Whom a typed name means."""

from __future__ import annotations

import pytest

from corpus.speakers import Voice, is_meant

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


def test_a_label_is_enough() -> None:
    assert is_meant("Psaki", PSAKI)
    assert is_meant("Ms. Psaki", PSAKI)
    assert not is_meant("Jean-Pierre", PSAKI)
    assert not is_meant("Blinken", REPORTER)
