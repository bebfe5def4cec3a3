"""The table of everyday words: every row is read, and its format held."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import corpus
from corpus.english import read_list
from corpus.lexicon import expand_words, is_english, nearest_english
from corpus.record import Record
from corpus.search import plan_search
from corpus.words import STOP_WORDS, split_words, stem

TABLE = Path(corpus.__file__).parent / "everyday_words.tsv"
LINES = TABLE.read_text("utf-8").splitlines()
ROWS = [
    (number, line.split("\t"))
    for number, line in enumerate(LINES, 1)
    if line and not line.startswith("#")
]
LONGEST = 4  # words of a phrase that the search looks for


def cells(column: str) -> list[str]:
    return column.split(", ") if column else []


def stems(phrase: str) -> tuple[str, ...]:
    return tuple(map(stem, phrase.split()))


def wrong_rows(is_wrong) -> list[str]:
    return [f"line {number}: {columns}" for number, columns in ROWS if is_wrong(columns)]


def test_the_table_is_large_and_its_rows_have_two_or_three_columns():
    assert len(ROWS) > 1_000
    assert wrong_rows(lambda columns: len(columns) not in (2, 3) or not all(columns)) == []


def test_every_cell_is_written_as_words_are_compared():
    """Lower case, plain typography, single spaces: a cell that isn't would never be found."""

    def is_wrong(columns):
        return any(
            " ".join(split_words(cell)) != cell for column in columns for cell in cells(column)
        )

    assert wrong_rows(is_wrong) == []


def test_nothing_that_people_type_stands_twice():
    typed = [phrase for _, columns in ROWS for phrase in cells(columns[0])]
    assert sorted({phrase for phrase in typed if typed.count(phrase) > 1}) == []


def test_everything_that_people_type_carries_a_subject_and_is_short_enough():
    def is_wrong(columns):
        typed = [phrase.split() for phrase in cells(columns[0])]
        return any(len(words) > LONGEST or set(words) <= STOP_WORDS for words in typed)

    assert wrong_rows(is_wrong) == []


def test_every_typed_phrase_has_a_single_word_that_stands_for_it_and_is_not_itself():
    def is_wrong(columns):
        said = {stems(cell) for column in columns[1:] for cell in cells(column) if " " not in cell}
        return any(not said - {stems(phrase)} for phrase in cells(columns[0]))

    assert wrong_rows(is_wrong) == []


def test_no_word_that_officials_say_stands_twice_in_a_row():
    def is_wrong(columns):
        said = [stems(cell) for column in columns[1:] for cell in cells(column)]
        return len(said) != len(set(said))

    assert wrong_rows(is_wrong) == []


def test_no_stop_word_stands_for_anything():
    def is_wrong(columns):
        return any(cell in STOP_WORDS for column in columns[1:] for cell in cells(column))

    assert wrong_rows(is_wrong) == []


def test_no_officials_name_of_the_transcripts_is_in_the_table(shared):
    """The table tells how people speak, not who is spoken of."""
    labels = re.compile(
        r"^(?:MS|MR|MRS|DR|CHAIR|SECRETARY)\.? ([A-Z][A-Z'-]+(?: [A-Z]+)?):", re.MULTILINE
    )
    said = "\n".join(
        path.read_text("utf-8", "replace")
        for path in (shared / "transcripts" / "white_house").glob("*.md")
    )
    names = {name.lower() for label in labels.findall(said) for name in label.split()}
    names -= read_list("titles")
    assert len(names) > 10
    words = {word for _, columns in ROWS for cell in columns for word in re.findall("[a-z]+", cell)}
    assert sorted(words & names) == []


@pytest.mark.parametrize(
    ("query", "word", "said"),
    [
        ("cops", "cops", "police"),
        ("did the nukes come up", "nukes", "nuclear"),
        ("boots on the ground", "boots", "troops"),
        ("bank run", "run", "deposits"),
        ("the dole", "dole", "benefits"),
        ("peking", "peking", "beijing"),
        ("imf", "imf", "monetary"),
        ("ramifications of it", "ramifications", "consequences"),
    ],
)
def test_what_people_type_finds_what_officials_say(query, word, said):
    assert expand_words(query.split())[word][stem(said)] >= 0.5


def test_a_phrase_goes_before_the_words_in_it():
    """“Student loans” are no bank's lending."""
    assert stem("repayment") in expand_words(["student", "loans"])["loans"]
    alone = expand_words(["loans"])["loans"]
    together = expand_words(["student", "loans"])["loans"]
    assert alone[stem("lending")] > together.get(stem("lending"), 0)


def test_the_table_is_read_one_way_only():
    assert stem("popo") not in expand_words(["police"])["police"]


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("ghost", True),
        ("ghosting", True),
        ("impractical", True),
        ("restructure", True),
        ("autoworkers", True),
        ("goverment", False),
        ("nukess", False),
    ],
)
def test_a_form_of_a_word_is_no_misspelling(word: str, known: bool):
    assert is_english(word) is known


@pytest.mark.parametrize(
    ("typed", "meant"), [("autum", "autumn"), ("arested", "arrested"), ("qqxv", None)]
)
def test_a_misspelt_word_is_put_right_though_it_is_not_on_record(typed: str, meant: str | None):
    found = nearest_english(typed, 0.78)
    assert (found[0] if found else None) == meant


def test_what_is_related_to_a_misspelt_word_is_found(seed_record: Record):
    """Nobody on record says "soldiers", and less so "soldjers"; they say "troops"."""
    with seed_record.reading() as reader:
        (term,) = plan_search(reader.connection, "soldjers").terms
    assert term.word == "soldiers"
    assert set(term.stems) == {"troop", "forc"}
