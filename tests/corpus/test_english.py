"""The lists of English words: each is read by the code, and its words are written to be found."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import corpus
from corpus.words import split_words

PACKAGE = Path(corpus.__file__).parent
FILES = sorted((PACKAGE / "english").glob("*.txt"))


def words_of(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_list_says_what_it_is_and_is_plain_words(path: Path):
    assert path.read_text("utf-8").startswith("# ")
    assert [word for word in words_of(path) if split_words(word) != [word]] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_word_is_listed_twice(path: Path):
    words = words_of(path)
    if path.stem == "everyday":  # a table: the first word of each line is looked for
        lines = path.read_text("utf-8").splitlines()
        words = [line.split()[0] for line in lines if not line.startswith("#")]
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_every_list_is_read_and_no_other():
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    read = set(re.findall(r'read_(?:list|table)\("(\w+)"\)', code))
    assert read == {path.stem for path in FILES}
