"""What finding is timed against: each way to search the same questions and answers, built alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.filters import narrow_search
from corpus.match import answer_query
from corpus.model import Filters
from corpus.record import Record
from corpus.score import score_candidates
from corpus.search import find_candidates, plan_search
from corpus.words import split_words


@dataclass(frozen=True, slots=True)
class Corpus:
    """What every system searches: a live record, and for the others its texts."""

    path: Path
    record: Record
    questions: list[str]
    answers: list[str]


def read_corpus(path: Path) -> Corpus:
    """The questions and answers of a record, by row id less one."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT e.questions, e.answers, t.text, t.id FROM exchanges e"
            " JOIN transcripts t ON t.id = e.transcript ORDER BY e.id"
        )
        turns: dict[int, list[tuple[int, int]]] = {}
        for key, start, end in connection.execute(
            "SELECT transcript, start, end FROM turns ORDER BY transcript, position"
        ):
            turns.setdefault(key, []).append((start, end))
        sides: tuple[list[str], list[str]] = ([], [])
        for *places, text, key in rows:
            for side, place in zip(sides, places, strict=True):
                start, end = turns[key][int(place.strip("[]"))]
                side.append(text[start:end])
    return Corpus(path, Record(path), *sides)


Ask = Callable[[str], object]


def ours(corpus: Corpus) -> Ask:
    """The answer as people get it."""
    return lambda query: answer_query(corpus.record, query)


def ours_without_vectors(corpus: Corpus) -> Ask:
    """The ranking by words alone."""

    def ask(query: str) -> object:
        with corpus.record.reading() as reader:
            search = plan_search(reader.connection, query)
            narrowing, _ = narrow_search(reader.connection, Filters())
            candidates = find_candidates(reader.connection, search, narrowing)
            return score_candidates(search, candidates, None)

    return ask


def scan_with(scorer_name: str) -> Callable[[Corpus], Ask]:
    """rapidfuzz's ``process.extract`` over all questions, as most bots do."""
    from rapidfuzz import fuzz, process, utils

    scorer = getattr(fuzz, scorer_name)

    def build(corpus: Corpus) -> Ask:
        choices = [utils.default_process(each) for each in corpus.questions]
        processor = utils.default_process
        return lambda query: process.extract(processor(query), choices, scorer=scorer, limit=3)

    return build


def full_text(corpus: Corpus) -> Ask:
    """FTS5 with one table of questions and answers, any word, bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (question, answer, tokenize='porter')")
    rows = zip(corpus.questions, corpus.answers, strict=True)
    connection.executemany("INSERT INTO t VALUES (?, ?)", rows)

    def ask(query: str) -> object:
        expression = " OR ".join(f'"{word}"' for word in split_words(query))
        ranked = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT 3"
        return connection.execute(ranked, [expression]).fetchall()

    return ask


def tantivy_and_rapidfuzz(corpus: Corpus) -> Ask:
    """tantivy's 50 best by any word, reordered by rapidfuzz."""
    import tantivy
    from rapidfuzz import fuzz

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("said", tokenizer_name="en_stem")
    schema.add_integer_field("row", stored=True)
    held = tantivy.Index(schema.build())
    writer = held.writer(64_000_000, 1)
    for row, (question, answer) in enumerate(zip(corpus.questions, corpus.answers, strict=True)):
        writer.add_document(tantivy.Document(said=f"{question} {answer}", row=row))
    writer.commit()
    writer.wait_merging_threads()
    held.reload()
    searcher = held.searcher()

    def ask(query: str) -> object:
        parsed = held.parse_query(" ".join(split_words(query)), ["said"])
        hits = searcher.search(parsed, 50).hits
        rows = [searcher.doc(address)["row"][0] for _, address in hits]
        return sorted(rows, key=lambda row: -fuzz.token_set_ratio(query, corpus.questions[row]))[:3]

    return ask


def bm25s_with_stems(corpus: Corpus) -> Ask:
    """bm25s over question and answer, stemmed."""
    import bm25s  # type: ignore[import-untyped]
    import Stemmer  # type: ignore[import-not-found]

    stemmer = Stemmer.Stemmer("english")
    texts = [f"{q} {a}" for q, a in zip(corpus.questions, corpus.answers, strict=True)]
    ranker = bm25s.BM25()
    ranker.index(
        bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False),
        show_progress=False,
    )

    def ask(query: str) -> object:
        words = bm25s.tokenize(query, stopwords="en", stemmer=stemmer, show_progress=False)
        return ranker.retrieve(words, k=3, show_progress=False)

    return ask


BASELINE = "rapidfuzz token_set_ratio"
SYSTEMS: dict[str, tuple[Callable[[Corpus], Ask], bool]] = {
    "onrecord": (ours, False),
    "onrecord, words only": (ours_without_vectors, False),
    BASELINE: (scan_with("token_set_ratio"), True),
    "rapidfuzz WRatio": (scan_with("WRatio"), True),
    "FTS5 any word": (full_text, False),
    "tantivy + rapidfuzz": (tantivy_and_rapidfuzz, False),
    "bm25s": (bm25s_with_stems, False),
}
"""How each system is built, and whether it is so slow that fewer queries must do."""
