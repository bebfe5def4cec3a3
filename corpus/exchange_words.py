"""What the search reads of an exchange: its stems, the spans of its sentences, a short topic."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

from corpus.exchanges import asks_back
from corpus.model import Exchange, Transcript, Turn
from corpus.passages import (
    MOST_SENTENCES,
    gives_figure,
    is_dangling,
    is_deflection,
    split_sentences,
    starts_amid,
)
from corpus.text import fold_space
from corpus.words import stem_words

MOST_TOPIC = 100  # characters, what Discord takes for a choice
_SPAN = struct.Struct("<3i3?f")

Span = tuple[int, int, int, bool, bool, bool, float]
"""Of a sentence: start, end, turn, whether it dangles, deflects, gives a figure, and the share of
the question's different stems that are said again from there on, within a passage."""

SPANS = [
    *((name, "<i4") for name in ("start", "end", "turn")),
    *((name, "?") for name in ("dangles", "deflects", "figure")),
    ("again", "<f4"),
]
"""The same for numpy."""

LINE_HEADS = 2
"""Lines before those of an exchange's sentences: its question, and what was asked before."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer: where it stands, in which of the answer's turns, and its stems.

    ``dangles`` where it points back to the sentence before or goes on with one that was cut off,
    ``deflects`` where it puts the question off, ``figure`` where it gives one.
    """

    start: int
    end: int
    turn: int
    dangles: bool
    deflects: bool
    figure: bool
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExchangeWords:
    """An exchange as the search reads it.

    ``question`` and ``context`` are stems; ``topic`` is a sentence as asked, at most 100
    characters, None where none is short enough or nothing was asked.
    """

    official: tuple[str, str]
    question: tuple[str, ...]
    context: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    topic: str | None

    @property
    def texts(self) -> tuple[str, str]:
        """Question and answer as they are stored: stems, a line for each sentence."""
        answer = "\n".join(" ".join(sentence.stems) for sentence in self.sentences)
        return " ".join(self.question), answer

    @property
    def spans(self) -> bytes:
        """What ``Span`` tells of each sentence, as stored."""
        return b"".join(
            _SPAN.pack(s.start, s.end, s.turn, s.dangles, s.deflects, s.figure, again)
            for s, again in zip(self.sentences, self._said_again(), strict=True)
        )

    def _said_again(self) -> Iterator[float]:
        """For each sentence the share of the question that a passage from there on repeats."""
        asked = set(self.question)
        for at, first in enumerate(self.sentences):
            passage = self.sentences[at : at + MOST_SENTENCES]
            said = chain.from_iterable(s.stems for s in passage if s.turn == first.turn)
            yield len(asked.intersection(said)) / max(1, len(asked))

    @property
    def sizes(self) -> bytes:
        """How many stems each line has: question, context, sentences."""
        return struct.pack(f"<{len(self._lines)}I", *map(len, self._lines))

    @property
    def numbers(self) -> bytes:
        """The numbers of the stems of all lines."""
        numbers = [number_stem(stem) for line in self._lines for stem in line]
        return struct.pack(f"<{len(numbers)}Q", *numbers)

    @property
    def _lines(self) -> list[tuple[str, ...]]:
        return [self.question, self.context, *(sentence.stems for sentence in self.sentences)]


@lru_cache(maxsize=100_000)
def number_stem(stem: str) -> int:
    """A number of 64 bits that stands for a stem; no two stems of a language share one."""
    return int.from_bytes(blake2b(stem.encode(), digest_size=8).digest())


def read_spans(spans: bytes) -> list[Span]:
    """The inverse of ``ExchangeWords.spans``."""
    return list(_SPAN.iter_unpack(spans))


def read_exchange(transcript: Transcript, exchange: Exchange) -> ExchangeWords:
    """What the search reads of an exchange of a transcript."""
    turns = transcript.turns
    asked = [transcript.said(turns[at]) for at in exchange.questions]
    before = [transcript.said(turns[at]) for at in exchange.before]
    sentences = [s for at in exchange.answers for s in _sentences(transcript, at, turns[at])]
    first = turns[exchange.answers[0]]
    if not asked and asks_back(transcript.said(first)):  # says nothing that anybody looks for
        sentences = [replace(sentence, stems=()) for sentence in sentences]
    return ExchangeWords(
        official=(first.speaker or fold_space(first.label), fold_space(first.label)),
        question=tuple(chain.from_iterable(stem_words(said) for said in asked)),
        context=tuple(chain.from_iterable(stem_words(said) for said in before)),
        sentences=tuple(sentences),
        topic=_choose_topic(asked),
    )


def _sentences(transcript: Transcript, at: int, turn: Turn) -> list[Sentence]:
    said = transcript.said(turn)
    spans = split_sentences(said)
    return [
        _read_sentence(said[span.start : span.end], turn.start + span.start, at, first=not place)
        for place, span in enumerate(spans)
    ]


def _read_sentence(sentence: str, start: int, turn: int, *, first: bool) -> Sentence:
    """A sentence that begins at ``start``; the first of a turn has none to point back to."""
    return Sentence(
        start,
        start + len(sentence),
        turn,
        starts_amid(sentence) or (not first and is_dangling(sentence)),
        is_deflection(sentence),
        gives_figure(sentence),
        tuple(stem_words(sentence)),
    )


def _choose_topic(asked: list[str]) -> str | None:
    """The asked sentence that tells most: of those short enough, the one with most stems."""
    sentences = [
        fold_space(said[span.start : span.end]) for said in asked for span in split_sentences(said)
    ]
    short = [each for each in sentences if each.endswith("?") and len(each) <= MOST_TOPIC]
    best = max(short, key=lambda each: len(stem_words(each)), default=None)
    return best if best and len(stem_words(best)) >= 2 else None
