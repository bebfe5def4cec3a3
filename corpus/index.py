"""The search tables of a record, and with ``corpus/postings.py`` the only SQL on them.

``exchange_words`` holds the stems of each exchange, ``postings`` which exchanges hold a stem,
``asked`` is an FTS5 table over the questions, for suggesting them. ``stems`` counts the exchanges
that hold each stem, ``words`` keeps the words as written and ``spellings`` each of them with one
letter cut out: a misspelt word is looked up there instead of being compared with the whole
vocabulary. All are kept transcript by transcript: a changed file costs only that file, and the
postings of its block.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.exchange_words import ExchangeWords, Span, read_exchange, read_spans
from corpus.model import Exchange, Transcript, Turn
from corpus.passages import split_sentences
from corpus.postings import create_posting_tables, mark_changed
from corpus.vectors import chosen_encoder, pack_vectors
from corpus.words import content_words, split_words, stem

VECTOR_HEADS = ("question", "end of the question", "questions before")
"""What an exchange's vectors stand for before those of its answer's sentences."""
LONG_SPELLING = 7  # letters from which two slips in one word are looked for
SHORTEST_SPELLING = 4  # letters; shorter words have too many neighbours
BATCH = 1_000  # exchanges written at a time; all of a long document would fill the memory

_TABLES = (
    "CREATE TABLE exchange_words (id INTEGER PRIMARY KEY, transcript INTEGER NOT NULL,"
    " official INTEGER NOT NULL, topic TEXT, question TEXT NOT NULL, answer TEXT NOT NULL,"
    " spans BLOB NOT NULL, sizes BLOB NOT NULL, stems BLOB NOT NULL, vectors BLOB)",
    "CREATE INDEX exchange_words_transcript ON exchange_words (transcript)",
    "CREATE VIRTUAL TABLE asked USING fts5 (question, content='exchange_words',"
    " content_rowid='id', tokenize=\"ascii tokenchars '.'\")",
    "CREATE TABLE officials (id INTEGER PRIMARY KEY, speaker TEXT NOT NULL, label TEXT NOT NULL,"
    " exchanges INTEGER NOT NULL DEFAULT 0, UNIQUE (speaker, label))",
    "CREATE TABLE speaker_words (word TEXT NOT NULL, official INTEGER NOT NULL,"
    " PRIMARY KEY (word, official)) WITHOUT ROWID",
    "CREATE TABLE stems (stem TEXT PRIMARY KEY, exchanges INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE spellings (cut TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (cut, word))"
    " WITHOUT ROWID",
    "CREATE TABLE totals (exchanges INTEGER, asked_length INTEGER)",
    "INSERT INTO totals VALUES (0, 0)",
)


# ---------------------------------------------------------------- writing

_ADD_WORDS = "INSERT INTO exchange_words VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INDEX = {
    "add": "INSERT INTO asked (rowid, question) VALUES (?, ?)",
    "drop": "INSERT INTO asked (asked, rowid, question) VALUES ('delete', ?, ?)",
}


def create_search_tables(connection: sqlite3.Connection) -> None:
    """Make the empty search tables of a record."""
    for statement in _TABLES:
        connection.execute(statement)
    create_posting_tables(connection)


@dataclass(frozen=True, slots=True)
class Findable:
    """What makes a transcript's exchanges findable; worked out without the record.

    ``words`` and ``vectors`` belong to the exchanges, in order; ``vocabulary`` are the content
    words of the turns as they are written.
    """

    words: tuple[ExchangeWords, ...]
    vectors: tuple[bytes, ...]
    vocabulary: frozenset[str]


def read_findable(
    transcript: Transcript, exchanges: Iterable[Exchange], turns: Iterable[Turn]
) -> Findable:
    """What makes exchanges of a transcript findable, and the words of turns known."""
    pairs = [(exchange, read_exchange(transcript, exchange)) for exchange in exchanges]
    said = (split_words(transcript.said(turn)) for turn in turns)
    return Findable(
        tuple(words for _, words in pairs),
        tuple(_make_vectors(transcript, exchange, words) for exchange, words in pairs),
        frozenset(word for words in said for word in content_words(words)),
    )


def add_to_search(
    connection: sqlite3.Connection, key: int, numbers: Iterable[int], findable: Findable
) -> None:
    """Make the exchanges of a transcript findable; ``numbers`` are their row ids."""
    officials = {
        each: _official_id(connection, *each)
        for each in dict.fromkeys(words.official for words in findable.words)
    }
    each = zip(numbers, findable.words, findable.vectors, strict=True)
    while batch := list(islice(each, BATCH)):
        stored: list[_Stored] = []
        rows: list[tuple[object, ...]] = []
        for number, words, vectors in batch:
            official, texts = officials[words.official], words.texts
            packed = (words.spans, words.sizes, words.numbers, vectors)
            rows.append((number, key, official, words.topic, *texts, *packed))
            stored.append(_Stored(number, official, *texts))
        connection.executemany(_ADD_WORDS, rows)
        _change_index(connection, stored, "add")
    _learn_words(connection, findable.vocabulary)


def _make_vectors(transcript: Transcript, exchange: Exchange, words: ExchangeWords) -> bytes:
    """The packed vectors of question, its end, context, and each sentence of the answer."""
    asked = " ".join(transcript.said(transcript.turns[at]) for at in exchange.questions)
    before = " ".join(transcript.said(transcript.turns[at]) for at in exchange.before)
    tail = split_sentences(asked)[-2:]
    end = " ".join(asked[each.start : each.end] for each in tail)
    said = [transcript.text[each.start : each.end] for each in words.sentences]
    return b"".join(pack_vectors(chosen_encoder().encode([asked, end, before, *said])))


def drop_from_search(connection: sqlite3.Connection, key: int) -> None:
    """Make a transcript's exchanges unfindable and take them out of the counts.

    Its words stay known to the spelling look-up, where they do no harm.
    """
    rows = connection.execute(
        "SELECT id, official, question, answer FROM exchange_words WHERE transcript = ?",
        [key],
    )
    _change_index(connection, [_Stored(*row) for row in rows], "drop")
    connection.execute("DELETE FROM exchange_words WHERE transcript = ?", [key])


@dataclass(frozen=True, slots=True)
class _Stored:
    """An exchange's stems as they are stored."""

    number: int
    official: int
    question: str
    answer: str


def _change_index(connection: sqlite3.Connection, rows: Sequence[_Stored], way: str) -> None:
    """Add exchanges to the indexes and the counts, or drop them."""
    connection.executemany(_INDEX[way], [(row.number, row.question) for row in rows])
    mark_changed(connection, [row.number for row in rows])
    sign = 1 if way == "add" else -1
    _count_stems(connection, rows, sign)
    _count_totals(connection, rows, sign)


def _count_stems(connection: sqlite3.Connection, rows: Sequence[_Stored], sign: int) -> None:
    held: Counter[str] = Counter()
    for row in rows:
        held.update({*row.question.split(), *row.answer.split()})
    connection.executemany(
        "INSERT INTO stems VALUES (?, ?) ON CONFLICT (stem) DO UPDATE SET"
        " exchanges = exchanges + excluded.exchanges",
        [(stem, sign * count) for stem, count in held.items()],
    )


def _count_totals(connection: sqlite3.Connection, rows: Sequence[_Stored], sign: int) -> None:
    asked = sum(len(row.question.split()) for row in rows)
    connection.execute(
        "UPDATE totals SET exchanges = exchanges + ?, asked_length = asked_length + ?",
        [sign * len(rows), sign * asked],
    )
    connection.executemany(
        "UPDATE officials SET exchanges = exchanges + ? WHERE id = ?",
        [(sign, row.official) for row in rows],
    )


def _official_id(connection: sqlite3.Connection, speaker: str, label: str) -> int:
    key = [speaker, label]
    row = connection.execute(
        "SELECT id FROM officials WHERE speaker = ? AND label = ?", key
    ).fetchone()
    if row:
        return int(row[0])
    number = connection.execute(
        "INSERT INTO officials (speaker, label) VALUES (?, ?)", key
    ).lastrowid
    connection.executemany(
        "INSERT INTO speaker_words VALUES (?, ?)",
        [(word, number) for word in {*split_words(speaker), *split_words(label)}],
    )
    return int(number or 0)


def _learn_words(connection: sqlite3.Connection, vocabulary: Iterable[str]) -> None:
    """Teach the spelling look-up the words that it doesn't know."""
    rows = connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT word FROM words)",
        [json.dumps(sorted(vocabulary))],
    )
    fresh = [str(row[0]) for row in rows]
    connection.executemany("INSERT INTO words VALUES (?, ?)", ((w, stem(w)) for w in fresh))
    spelt = (word for word in fresh if len(word) >= SHORTEST_SPELLING and word.isalpha())
    cuts = ((cut, word) for word in spelt for cut in cut_letters(word))
    connection.executemany("INSERT INTO spellings VALUES (?, ?)", cuts)


def cut_letters(word: str) -> set[str]:
    """The word and all that is left of it when one letter is cut out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Totals:
    """Exchanges on record, and the mean number of stems of a question."""

    exchanges: int
    asked_length: float


@dataclass(frozen=True, slots=True)
class Official:
    """One who speaks as an official on record, and in how many exchanges."""

    number: int
    speaker: str
    label: str
    exchanges: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What retrieval brings: an exchange's stems, and its sentences as they are packed.

    ``question`` and ``answer`` are stems, a line for each sentence of the answer; ``stems`` are
    the numbers of those of all lines (question, context, sentences), ``sizes`` how many each has.
    """

    number: int
    transcript: int
    official: int
    topic: str | None
    question: str
    answer: str
    packed_spans: bytes
    sizes: bytes
    stems: bytes
    vectors: bytes | None

    @property
    def sentences(self) -> list[list[str]]:
        """The stems of each sentence."""
        return [line.split(" ") if line else [] for line in self.answer.split("\n")]

    @property
    def spans(self) -> list[Span]:
        """Where each sentence stands."""
        return read_spans(self.packed_spans)


def read_totals(connection: sqlite3.Connection) -> Totals:
    """How much is on record."""
    row = connection.execute("SELECT exchanges, asked_length FROM totals").fetchone()
    exchanges, asked = row
    return Totals(exchanges, asked / max(1, exchanges))


def read_officials(connection: sqlite3.Connection) -> list[Official]:
    """The officials who have exchanges on record."""
    rows = connection.execute("SELECT * FROM officials WHERE exchanges > 0")
    return [Official(*row) for row in rows]


def find_named(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, set[int]]:
    """For those words that are part of the name of officials on record, which officials.

    What else stands in a label does not name them: the Russia of "President of Russia".
    """
    rows = connection.execute(
        "SELECT word, id, speaker FROM speaker_words JOIN officials ON id = official"
        " WHERE exchanges > 0 AND word IN (SELECT value FROM json_each(?))",
        [json.dumps(list(words))],
    )
    named: dict[str, set[int]] = {}
    for word, official, speaker in rows:
        if word in split_words(speaker):
            named.setdefault(word, set()).add(official)
    return named


def find_officials(connection: sqlite3.Connection, words: Collection[str]) -> frozenset[int]:
    """The officials on record whose name and label hold all the words."""
    rows = connection.execute(
        "SELECT official FROM speaker_words WHERE word IN (SELECT value FROM json_each(?))"
        " AND EXISTS (SELECT 1 FROM officials WHERE id = official AND exchanges > 0)"
        " GROUP BY official HAVING count(*) = ?",
        [json.dumps(list(words)), len(words)],
    )
    return frozenset(row[0] for row in rows)


def read_publishers(connection: sqlite3.Connection) -> list[str]:
    """All publishers in the search, each with its outlet."""
    rows = connection.execute(
        "SELECT DISTINCT coalesce(publisher, '') || ' ' || coalesce(outlet, '') FROM transcripts"
        " WHERE superseded_on IS NULL"
    )
    return [row[0] for row in rows]


def find_published(
    connection: sqlite3.Connection, publishers: Iterable[str] | None, after: str, before: str
) -> frozenset[int]:
    """The transcripts in the search of these publishers (None: of any) and of these dates.

    Args:
        publishers: as ``read_publishers`` gives them.
        after: the first date, in ISO's form.
        before: the last; both empty for transcripts without a date.
    """
    rows = connection.execute(
        "SELECT id FROM transcripts WHERE superseded_on IS NULL"
        " AND coalesce(date, '') BETWEEN ?1 AND ?2"
        " AND (?3 IS NULL OR coalesce(publisher, '') || ' ' || coalesce(outlet, '')"
        " IN (SELECT value FROM json_each(?3)))",
        [after, before, None if publishers is None else json.dumps(list(publishers))],
    )
    return frozenset(row[0] for row in rows)


def read_days(connection: sqlite3.Connection, transcripts: Iterable[int]) -> dict[int, str]:
    """The dates of those of the transcripts that have one, in ISO's form."""
    rows = connection.execute(
        "SELECT id, date FROM transcripts WHERE date IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(transcripts))],
    )
    return {row[0]: row[1] for row in rows}


def count_stems(connection: sqlite3.Connection, stems: Iterable[str]) -> dict[str, int]:
    """For those stems that are on record in how many exchanges."""
    rows = connection.execute(
        "SELECT stem, exchanges FROM stems"
        " WHERE exchanges > 0 AND stem IN (SELECT value FROM json_each(?))",
        [json.dumps(list(stems))],
    )
    return {row[0]: row[1] for row in rows}


def find_spellings(connection: sqlite3.Connection, word: str) -> list[str]:
    """Words on record that differ from ``word`` by a letter or two, two only in long words."""
    cuts = cut_letters(word)
    if len(word) >= LONG_SPELLING:
        cuts = cuts.union(*map(cut_letters, cuts))
    rows = connection.execute(
        "SELECT DISTINCT word FROM spellings WHERE cut IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(cuts))],
    )
    return [row[0] for row in rows]


def find_beginnings(connection: sqlite3.Connection, start: str, limit: int) -> list[str]:
    """Stems of the words on record that begin with ``start``."""
    rows = connection.execute(
        "SELECT DISTINCT stem FROM words WHERE word >= ? AND word < ? LIMIT ?",
        [start, start + "\U0010ffff", limit],
    )
    return [row[0] for row in rows]


def fetch_candidates(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Candidate]:
    """The exchanges of these row ids, in that order."""
    rows = connection.execute(
        "SELECT id, transcript, official, topic, question, answer, spans, sizes, stems, vectors"
        " FROM exchange_words WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(numbers))],
    )
    found = {row[0]: Candidate(*row) for row in rows}
    return [found[number] for number in numbers if number in found]


def find_topics(connection: sqlite3.Connection, expression: str, limit: int) -> list[str]:
    """Topics of exchanges whose question matches, newest rows first."""
    rows = connection.execute(
        "SELECT w.topic FROM asked JOIN exchange_words w ON w.id = asked.rowid"
        " WHERE asked MATCH ? AND w.topic IS NOT NULL ORDER BY asked.rowid DESC LIMIT ?",
        [expression, limit],
    )
    return list(dict.fromkeys(row[0] for row in rows))


def some_topics(connection: sqlite3.Connection, limit: int) -> list[str]:
    """The newest topics on record."""
    rows = connection.execute(
        "SELECT topic FROM exchange_words WHERE topic IS NOT NULL ORDER BY id DESC LIMIT ?",
        [limit],
    )
    return list(dict.fromkeys(row[0] for row in rows))
