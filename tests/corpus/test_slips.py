"""What a misspelt word of a query is taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.load import load_record
from corpus.match import answer_query
from corpus.record import Record
from corpus.slips import find_slips, may_be_slip


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


def test_a_word_that_stands_on_record_outside_all_exchanges_is_itself(tmp_path: Path):
    """Nobody answers the last question: "talban" is in the vocabulary and in no exchange."""
    said = "QUESTION: Are the Taliban there?\n\nSECRETARY ROE: They are.\n\nQUESTION: talban?\n"
    (tmp_path / "a.txt").write_text(said, "utf-8")
    load_record(tmp_path / "record.db", [tmp_path])
    record = Record(tmp_path / "record.db")
    with record.reading() as reader:
        found = find_slips(reader.connection, "talban")
    assert found is not None
    assert [word for word, _ in found] == ["taliban"]
    assert answer_query(record, "talban friends").kind != "quoted"
    record.close()
