"""Two words of a query that stand on record as one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.compounds import join_words
from corpus.load import load_record
from corpus.match import answer_query
from corpus.record import Record

_SAID = """\
QUESTION: And the ceasefire?

SECRETARY ROE: The ceasefire holds in the north, and we thank those who keep it.

QUESTION: A fire at the ministry, and will the strikes of the teachers cease?

SECRETARY ROE: The fire was put out. The strikes of the teachers will cease in May, we hope.

QUESTION: Is the budget a lot of work?

SECRETARY ROE: It was work. We save a billion.
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("compounds")
    (folder / "a.txt").write_text(_SAID, "utf-8")
    load_record(folder / "record.db", [folder])
    record = Record(folder / "record.db")
    yield record
    record.close()


@pytest.mark.parametrize(
    ("typed", "joined"),
    [
        ("cease fire now", {"cease": "ceasefire", "fire": "ceasefire"}),
        ("fire cease", {}),
        ("bud get", {}),  # "budget" is on record and means something else
    ],
)
def test_two_words_stand_for_the_one_on_record_that_means_the_same(
    record: Record, typed: str, joined: dict[str, str]
):
    with record.reading() as reader:
        assert join_words(reader.connection, typed.split()) == joined


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("does the ceasefire hold", "The ceasefire holds"),
        ("does the cease fire hold", "The ceasefire holds"),
        ("does the cease-fire hold", "The ceasefire holds"),
    ],
)
def test_every_spelling_finds_the_same(record: Record, query: str, said: str):
    assert said in answer_query(record, query).matches[0].quote.text
