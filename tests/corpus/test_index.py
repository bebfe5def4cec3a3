"""The search tables: kept transcript by transcript, narrowed inside the search."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus import index
from corpus.load import SHIPPED_FOLDER, load_record
from corpus.postings import Narrowing, find_worthiest
from corpus.record import Record, open_read_only


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the search knows, whatever the order in which it learned it."""
    queries = {
        "stems": "SELECT * FROM stems WHERE exchanges > 0 ORDER BY stem",
        "totals": "SELECT * FROM totals",
        "officials": "SELECT speaker, label, exchanges FROM officials WHERE exchanges > 0",
        "speakers": "SELECT word, count(*) FROM speaker_words GROUP BY word",
        "exchanges": "SELECT question, answer, spans FROM exchange_words ORDER BY 2",
        "asked": "SELECT count(*) FROM asked WHERE asked MATCH 'russia'",
        "postings": "SELECT count(*), sum(length(held)) FROM postings",
    }
    with closing(open_read_only(path)) as connection:
        return {name: [tuple(r) for r in connection.execute(sql)] for name, sql in queries.items()}


def test_a_transcript_taken_off_and_put_back_leaves_no_trace(tmp_path: Path):
    folder = tmp_path / "documents"
    shutil.copytree(SHIPPED_FOLDER, folder)
    path = tmp_path / "record.db"
    load_record(path, [folder])
    before = tables(path)
    (folder / "000_f5834fc9157b8525.txt").rename(tmp_path / "away.txt")
    load_record(path, [folder])
    assert tables(path) != before
    (tmp_path / "away.txt").rename(folder / "000_f5834fc9157b8525.txt")
    load_record(path, [folder])
    assert tables(path) == before


def test_an_integrity_check_of_the_full_text_table_passes(seed_record_path: Path, tmp_path: Path):
    import sqlite3

    copy = tmp_path / "record.db"
    shutil.copy(seed_record_path, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("INSERT INTO asked (asked) VALUES ('integrity-check')")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stoltenburg", "stoltenberg"),
        ("zelensky", "zelenskyy"),
        ("zelenskiy", "zelenskyy"),
        ("aggresion", "aggression"),
        ("incurzion", "incursion"),
        ("diplomcy", "diplomacy"),
        ("ukrainain", "ukrainian"),
    ],
)
def test_a_misspelt_word_is_looked_up_not_compared(seed_record: Record, typed: str, meant: str):
    with seed_record.reading() as reader:
        assert meant in index.find_spellings(reader.connection, typed)


def test_candidates_come_in_the_order_asked_for_with_a_vector_for_each_sentence(
    seed_record: Record,
):
    with seed_record.reading() as reader:
        [found] = find_worthiest(reader.connection, [{"russia": 1.0}], [Narrowing()], 5)
        numbers = list(found)
        candidates = index.fetch_candidates(reader.connection, numbers[::-1])
        for candidate in candidates:
            key, exchange = reader.exchange(candidate.number)
            text = reader.transcript(key).text
            assert candidate.transcript == key
            assert {turn for _, _, turn, *_ in candidate.spans} <= set(exchange.answers)
            assert len(candidate.spans) == len(candidate.sentences)
            assert all(text[start:end].strip() for start, end, *_ in candidate.spans)
    assert [candidate.number for candidate in candidates] == numbers[::-1]
    size = len(index.VECTOR_HEADS)
    counts = {len(c.vectors or b"") / (size + len(c.spans)) for c in candidates}
    assert len(counts) == 1


def test_a_narrowed_search_finds_only_what_is_left(seed_record: Record):
    terms = [{"russia": 1.0}]
    with seed_record.reading() as reader:
        for key in [stored.key for stored in reader.transcripts()]:
            narrowing = Narrowing(transcripts=frozenset([key]))
            [found] = find_worthiest(reader.connection, terms, [narrowing], 50)
            assert {reader.exchange(number)[0] for number in found} == {key}
        nobody = Narrowing(officials=frozenset())
        assert find_worthiest(reader.connection, terms, [nobody], 50) == [{}]


def test_words_of_names_are_those_of_officials_who_are_on_record(seed_record: Record):
    words = ["blinken", "secretary", "sanctions", "nobody"]
    with seed_record.reading() as reader:
        assert set(index.find_named(reader.connection, words)) == {"blinken"}


@pytest.mark.parametrize(
    ("words", "found"), [({"blinken"}, 1), ({"secretary", "blinken"}, 1), ({"blinken", "x"}, 0)]
)
def test_an_official_is_found_by_all_words_of_the_name(
    seed_record: Record, words: set[str], found: int
):
    with seed_record.reading() as reader:
        assert len(index.find_officials(reader.connection, words)) == found


@pytest.mark.parametrize(
    ("publisher", "after", "before", "found"),
    [
        (None, "", "9999-12-31", 2),
        (None, "2022-01-22", "9999-12-31", 1),
        (None, "2022-01-21", "2022-01-21", 1),
        ("U.S. Department of State ", "2022-01-01", "2022-12-31", 2),
        ("The Moon ", "2022-01-01", "2022-12-31", 0),
        (None, "", "", 0),
    ],
)
def test_transcripts_are_found_by_publisher_and_date(
    seed_record: Record, publisher: str | None, after: str, before: str, found: int
):
    publishers = None if publisher is None else [publisher]
    with seed_record.reading() as reader:
        if publisher and found:
            assert publishers == index.read_publishers(reader.connection)
        kept = index.find_published(reader.connection, publishers, after, before)
    assert len(kept) == found
