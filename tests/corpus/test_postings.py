"""What the postings find is what a walk over every exchange finds."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import index, postings
from corpus.exchange_words import ExchangeWords, Sentence
from corpus.index import Findable
from corpus.postings import BLOCK, Narrowing

STEMS = ["war", "peac", "talk", "price", "ga"]
stems = st.lists(st.sampled_from(STEMS), max_size=6).map(tuple)
exchanges = st.lists(st.tuples(stems, stems, stems), min_size=1, max_size=5)
terms = st.lists(
    st.dictionaries(st.sampled_from([*STEMS, "unknown"]), st.sampled_from([0.1, 0.5]), max_size=3),
    min_size=1,
    max_size=3,
)
Parts = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def make_words(question: tuple[str, ...], before: tuple[str, ...], said: tuple[str, ...]):
    sentence = Sentence(0, 1, 1, False, False, False, said)
    return ExchangeWords(("A", "A"), question, before, (sentence,), None)


def add(connection: sqlite3.Connection, key: int, first: int, parts: list[Parts]) -> None:
    """Put a transcript of these exchanges (question, what was asked before, answer) on record."""
    words = tuple(make_words(*each) for each in parts)
    findable = Findable(words, tuple(b"" for _ in parts), frozenset())
    index.add_to_search(connection, key, range(first, first + len(parts)), findable)


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as made:
        index.create_search_tables(made)
        yield made


def find(connection: sqlite3.Connection, *terms, narrowing=None, most: int = 50):
    [found] = postings.find_worthiest(connection, terms, [narrowing or Narrowing()], most)
    return found


def walk(parts: list[Parts], terms: list[dict[str, float]]) -> dict[int, float]:
    """The worth of each exchange, one stem after the other."""
    means = [max(1.0, sum(len(each[at]) for each in parts) / len(parts)) for at in (0, 2)]

    def grow(stem: str, side: tuple[str, ...], mean: float) -> float:
        count = side.count(stem)
        return count / (count + 1.2 * (0.6 + 0.4 * len(side) / mean))

    worths = {}
    for number, (question, before, said) in enumerate(parts, 1):
        held = {
            stem: 1 + 1.4 * grow(stem, question, means[0]) + 0.6 * grow(stem, said, means[1])
            for stem in {*question, *before, *said}
        }
        worths[number] = sum(
            max((weight * held.get(stem, 0) for stem, weight in term.items()), default=0)
            for term in terms
        )
    return {number: worth for number, worth in worths.items() if worth}


@given(exchanges, terms)
def test_every_exchange_is_weighed_by_what_it_holds(parts: list[Parts], terms) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        index.create_search_tables(connection)
        add(connection, 1, 1, parts)
        postings.write_changed(connection)
        found = find(connection, *terms)
    assert found == pytest.approx(walk(parts, terms), abs=len(terms) / 80)
    assert list(found.values()) == sorted(found.values(), reverse=True)


WAR: Parts = (("war",), (), ("peac", "talk"))
TALK: Parts = (("talk",), (), ("peac",))


def test_the_best_come_first_over_all_blocks(connection: sqlite3.Connection):
    add(connection, 1, 1, [TALK, WAR])
    add(connection, 2, BLOCK, [WAR, TALK])
    add(connection, 3, 5 * BLOCK + 7, [TALK, WAR])
    postings.write_changed(connection)
    sought = {"war": 0.5}, {"talk": 0.5}
    first = {2, BLOCK, 5 * BLOCK + 8}
    found = list(find(connection, *sought))
    assert set(found[:3]) == first
    assert set(found[3:]) == {1, BLOCK + 1, 5 * BLOCK + 7}
    assert set(find(connection, *sought, most=3)) == first


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        (Narrowing(), {1, 2, BLOCK}),
        (Narrowing(transcripts=frozenset([1])), {1, 2}),
        (Narrowing(transcripts=frozenset([2, 3])), {BLOCK}),
        (Narrowing(transcripts=frozenset()), set()),
        (Narrowing(officials=frozenset([1])), {1, 2, BLOCK}),
        (Narrowing(officials=frozenset([2])), set()),
        (Narrowing(frozenset([1]), frozenset([1])), {1, 2}),
    ],
)
def test_filters_narrow_what_is_weighed(connection: sqlite3.Connection, narrowing, expected):
    add(connection, 1, 1, [WAR, WAR])
    add(connection, 2, BLOCK, [WAR])
    postings.write_changed(connection)
    assert set(find(connection, {"war": 1.0}, narrowing=narrowing)) == expected
    if expected:  # however few may be found
        assert set(find(connection, {"war": 1.0}, narrowing=narrowing, most=1)) <= expected


def test_one_pass_serves_several_narrowings(connection: sqlite3.Connection):
    add(connection, 1, 1, [WAR, TALK])
    add(connection, 2, BLOCK, [WAR])
    postings.write_changed(connection)
    narrowings = [Narrowing(), Narrowing(frozenset([2])), Narrowing(frozenset())]
    found = postings.find_worthiest(connection, [{"war": 1.0}], narrowings, 50)
    assert [set(each) for each in found] == [{1, BLOCK}, {BLOCK}, set()]


def test_only_blocks_with_changed_exchanges_are_written_anew(connection: sqlite3.Connection):
    add(connection, 1, 1, [WAR])
    add(connection, 2, BLOCK, [WAR])
    postings.write_changed(connection)
    connection.execute("UPDATE postings SET held = x'' WHERE id >> 48 = 0")
    index.drop_from_search(connection, 2)
    add(connection, 3, BLOCK + 1, [TALK])
    postings.write_changed(connection)
    assert find(connection, {"war": 1.0}) == {}
    assert set(find(connection, {"talk": 1.0})) == {BLOCK + 1}


def test_a_block_that_lost_all_its_exchanges_is_gone(connection: sqlite3.Connection):
    add(connection, 1, 1, [WAR])
    postings.write_changed(connection)
    index.drop_from_search(connection, 1)
    postings.write_changed(connection)
    for table in ("postings", "blocks", "changed_blocks"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608


def test_the_transcripts_of_officials(connection: sqlite3.Connection):
    add(connection, 1, 1, [WAR])
    add(connection, 2, BLOCK, [WAR])
    postings.write_changed(connection)
    assert postings.transcripts_of(connection, [1]) == {1, 2}
    assert postings.transcripts_of(connection, [2]) == frozenset()
