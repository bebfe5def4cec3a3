"""Whose words a query asks for."""

from __future__ import annotations

import pytest

from corpus.names import find_asked
from corpus.record import Record
from corpus.search import plan_search


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("what did blinken say about lavrov", {"blinken": "say"}),
        ("what does lavrov think of blinken", {"lavrov": "think"}),
        ("Lavrov’s position on the corridor", {"lavrov": "position"}),
        ("blinkens own view of nord stream", {"blinken": "view"}),
        ("is the pipeline dead according to mr blinken", {"blinken": "according"}),
        ("the words of Blinken on war", {"blinken": "words"}),
        ("did blinken meet lavrov", {}),
        ("why would anybody believe blinken", {}),
        ("blinkenism says nothing", {}),
    ],
)
def test_whose_words_are_asked_for(query: str, asked: dict[str, str]) -> None:
    assert find_asked(query, ["blinken", "lavrov"]) == asked


@pytest.mark.parametrize(
    "query", ["blinken's view of sanctions", "what did Blinken say: sanctions"]
)
def test_who_is_asked_and_the_asking_do_not_score(seed_record: Record, query: str) -> None:
    with seed_record.reading() as reader:
        search = plan_search(reader.connection, query)
    assert search.asks_words
    assert search.named.keys() <= {"blinken", "blinkens"}
    assert [term.typed for term in search.terms if term.weight > 0] == ["sanctions"]
