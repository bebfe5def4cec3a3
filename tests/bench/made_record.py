"""Large records made by recombining the sentences of real transcripts, for measuring.

Each made exchange takes its sentences from one document, a tenth of the words of every other
sentence changed for others of the documents. The rows are those that a load would write; a
sentence is read once for all the exchanges it goes into, so that a record of 100,000 exchanges
takes a minute. Nothing is indexed for verifying.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from corpus import store
from corpus.errors import OnrecordError
from corpus.exchange_words import ExchangeWords, Sentence
from corpus.index import VECTOR_HEADS, Findable
from corpus.load import find_documents, read_document
from corpus.model import Exchange, LineMap, Source, Transcript, Turn
from corpus.passages import gives_figure, is_dangling, is_deflection, split_sentences
from corpus.prepared import Prepared
from corpus.vectors import chosen_encoder, pack_vectors
from corpus.words import content_words, split_words, stem

A_DOCUMENT = 40  # exchanges
_CHANGED = 0.1  # of the words of a sentence that is changed
_FOLLOW_UPS = 0.3  # share of exchanges that take the question before along
_FEWEST_WORDS = 5  # of a sentence that is taken


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what is stored of it."""

    text: str
    words: frozenset[str]
    stems: tuple[str, ...]
    dangles: bool
    deflects: bool
    figure: bool
    vector: bytes


Pool = list[tuple[list[Said], list[Said]]]
"""For each document the sentences of reporters and those of officials."""


def read_pool(folder: Path, chance: random.Random) -> Pool:
    """The sentences of all documents that can be read, each as it is and once changed."""
    texts = [sides for sides in _read_texts(folder) if all(len(side) > 5 for side in sides)]
    spare = [word for sides in texts for side in sides for text in side for word in text.split()]
    return [
        (_read_side(asked, spare, chance), _read_side(said, spare, chance)) for asked, said in texts
    ]


def _read_texts(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    for path in find_documents(folder):
        with suppress(OnrecordError):
            transcript = read_document(folder, path).parse()
            sides: tuple[list[str], list[str]] = ([], [])
            for turn in transcript.turns:
                said = transcript.said(turn)
                sentences = (said[each.start : each.end] for each in split_sentences(said))
                sides[turn.kind == "official"].extend(
                    " ".join(text.split()) for text in sentences if text.count(" ") >= _FEWEST_WORDS
                )
            yield sides


def _read_side(texts: Sequence[str], spare: Sequence[str], chance: random.Random) -> list[Said]:
    changed = [
        " ".join(chance.choice(spare) if chance.random() < _CHANGED else w for w in text.split())
        for text in texts
    ]
    both = [*texts, *changed]
    vectors = pack_vectors(chosen_encoder().encode(both))
    return [_read_sentence(text, vector) for text, vector in zip(both, vectors, strict=True)]


def _read_sentence(text: str, vector: bytes) -> Said:
    words = content_words(split_words(text))
    stems = tuple(stem(word) for word in words)
    return Said(
        text,
        frozenset(words),
        stems,
        is_dangling(text),
        is_deflection(text),
        gives_figure(text),
        vector,
    )


class Maker:
    """Makes transcripts, one after the other, from a pool of sentences."""

    def __init__(self, pool: Pool, chance: random.Random) -> None:
        self.pool = pool
        self.chance = chance

    def make(self, number: int) -> Prepared:
        """The next transcript."""
        turns: list[Turn] = []
        parts: list[str] = []
        length = 0
        made: list[tuple[Exchange, ExchangeWords, bytes]] = []
        before: Sequence[Said] = ()
        words: set[str] = set()
        for _ in range(A_DOCUMENT):
            sides = self.chance.choice(self.pool)
            asked = self.chance.choices(sides[0], k=self.chance.randint(1, 3))
            said = self.chance.choices(sides[1], k=self.chance.randint(2, 12))
            follows = bool(before) and self.chance.random() < _FOLLOW_UPS
            for kind, label, sentences in (("reporter", "Q", asked), ("official", "MS. A", said)):
                text = " ".join(each.text for each in sentences)
                turns.append(Turn(kind, label, length, length + len(text)))  # type: ignore[arg-type]
                parts.append(text)
                length += len(text) + 2
                words.update(*(each.words for each in sentences))
            at = len(turns) - 1
            exchange = Exchange((at - 1,), (at,), (at - 3,) if follows else ())
            context = before if follows else ()
            read = _join_words(asked, context, said, at, turns[at].start)
            made.append((exchange, read, _join_vectors(asked, context, said)))
            before = asked
        text = "\n\n".join(parts)
        exchanges, read_all, vectors = zip(*made, strict=True)
        source = Source(f"{number}.txt", f"{number:064x}", title=f"Briefing {number}")
        transcript = Transcript(source, "made", text, tuple(turns), (), LineMap.of(text))
        return Prepared(transcript, exchanges, Findable(read_all, vectors, frozenset(words)), ())


def _join_words(
    asked: Sequence[Said], context: Sequence[Said], said: Sequence[Said], at: int, start: int
) -> ExchangeWords:
    sentences: list[Sentence] = []
    for place, each in enumerate(said):
        end = start + len(each.text)
        dangles = place > 0 and each.dangles
        sentences.append(Sentence(start, end, at, dangles, each.deflects, each.figure, each.stems))
        start = end + 1
    topic = min((each.text for each in asked), key=len)
    return ExchangeWords(
        official=("MS. A", "MS. A"),
        question=tuple(stem for each in asked for stem in each.stems),
        context=tuple(stem for each in context for stem in each.stems),
        sentences=tuple(sentences),
        topic=topic if len(topic) <= 100 else None,
    )


def _join_vectors(asked: Sequence[Said], context: Sequence[Said], said: Sequence[Said]) -> bytes:
    """A question's vector is taken for that of its last sentence: as long, and about as near."""
    assert len(VECTOR_HEADS) == 3
    nothing = bytes(len(said[0].vector))
    before = context[-1].vector if context else nothing
    return b"".join([asked[-1].vector, asked[-1].vector, before, *(each.vector for each in said)])


def make_record(path: Path, exchanges: int, pool: Pool) -> None:
    """Write a record of so many exchanges, the same for the same number."""
    maker = Maker(pool, random.Random(exchanges))  # noqa: S311 - seeded
    with closing(Database(path)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        store.create_tables(db)
        for number in range(exchanges // A_DOCUMENT):
            store.save_transcript(db, maker.make(number), None)
        store.complete_search(db)
        db.conn.commit()
