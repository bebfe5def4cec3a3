"""What a misspelt word of a query is taken for."""

from __future__ import annotations

import pytest

from corpus.slips import find_slips, may_be_slip
from corpus.store import Record


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("stoltenburg", ["stoltenberg"], id="a name on record"),
        pytest.param("incurzion", ["incursion"], id="a word on record"),
        pytest.param("soldjers", ["soldiers"], id="English, not on record"),
        pytest.param("becuase", None, id="a stop word"),
        pytest.param("qqxvw", [], id="nothing"),
        pytest.param("stoltenberg", [], id="itself on record"),
    ],
)
def test_a_misspelt_word_is_taken_for_the_likest(
    seed_record: Record, typed: str, meant: list[str] | None
):
    with seed_record.reading() as reader:
        found = find_slips(reader.connection, typed)
    assert (found and [found[0][0]]) == meant


@pytest.mark.parametrize(
    ("word", "expected"),
    [("incurzion", True), ("incursion", False), ("f16", False), ("brexit", False)],
)
def test_only_letters_that_are_no_english_word_are_looked_up(word: str, expected: bool):
    assert may_be_slip(word) is expected
