"""Places of a quote as a reader is shown them: cited, with the sentences around, who said them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.cite import cite_turn
from corpus.model import Match, Transcript
from corpus.passages import split_sentences
from corpus.places import Place
from corpus.quotations import Quotation
from corpus.speakers import is_meant, is_taken
from corpus.store import Reader
from corpus.strict_words import read_keys
from corpus.text import fold_space
from corpus.verdict import Occurrence

_BESIDE = 300  # characters beside a place that are held against a message's own words
_LITTLE = frozenset(("that", "the", "of", "to", "and", "in", "on", "a"))  # words met anywhere
_CLOSING = frozenset('”"»')
_ENDS = " .,;!?…"
_DASHES = {"-", "–", "—"}


class PlaceView:
    """What is read of the transcripts in which places lie; of each whole one but once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._whole: dict[int, Transcript] = {}

    def _transcript(self, key: int) -> Transcript:
        if key not in self._whole:
            self._whole[key] = self.reader.transcript(key)
        return self._whole[key]

    def match(self, place: Place, score: float) -> Match:
        """The words at a place, cited; ``score`` is the share of the quote that stands there."""
        found = place.found
        number, exchange = self.reader.exchange_of(found.transcript, found.position) or (0, None)
        transcript = self._transcript(found.transcript)
        quote = cite_turn(transcript, found.position, exchange, *place.span)
        return Match(quote, number, score)

    def occurrences(self, places: Sequence[Place], named: str | None) -> tuple[Occurrence, ...]:
        """The words at each of the places, and whether they are the named person's."""
        return tuple(
            Occurrence(self.match(p, 1.0), p.found.turn.kind, is_by(p, named)) for p in places
        )

    def around(self, place: Place) -> str:
        """The sentences in which the words stand; with their neighbours if they are just these."""
        turn, (start, end) = place.found.turn, place.span
        transcript = self._transcript(place.found.transcript)
        spans = split_sentences(transcript.said(turn))
        touched = [
            at
            for at, each in enumerate(spans)
            if turn.start + each.start < end and start < turn.start + each.end
        ]
        if not touched:
            return transcript.text[start:end]
        first, last = touched[0], touched[-1]
        if spans[last].end - spans[first].start <= (end - start) * 1.1:
            first, last = max(0, first - 1), min(len(spans) - 1, last + 1)
        return transcript.text[turn.start + spans[first].start : turn.start + spans[last].end]

    def is_apart(self, quotation: Quotation, match: Match) -> bool:
        """Whether the words around a quotation are the message's, and none of the transcript's.

        "Trump said, We will go" has one word changed where the record has "Biden said, we will go".
        """
        quote = match.quote
        sha256 = quote.citation.source.sha256
        said_in = next(each for each in self._whole.values() if each.source.sha256 == sha256)
        turn = next(each for each in said_in.turns if each.start <= quote.start < each.end)
        before, after = quotation.around
        left = said_in.text[max(turn.start, quote.start - _BESIDE) : quote.start]
        right = said_in.text[quote.end : min(turn.end, quote.end + _BESIDE)]
        if after and right.lstrip(_ENDS)[:1] in _CLOSING:  # the marks are the transcript's own
            return False
        near = set(_take_near(before, read_keys(left)[::-1]))
        near |= set(_take_near(after, read_keys(right)))
        own = {*read_keys(f"{before} {after}")} - _LITTLE
        is_dashed = {after.strip()[:1], right.strip()[:1]} <= _DASHES  # "14 — Nobel" or "14 — Lee"
        return (
            not own & near and not is_dashed and not _has(left, before) and not _has(right, after)
        )


def _take_near(own: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """Of the words beside a place as many as the message has there, and two."""
    return beside[: len(read_keys(own)) + 2] if own else ()


def _has(text: str, own: str) -> bool:
    """Whether the message's words stand in a text in a row, as after a clause that was cut out."""
    keys = " ".join(read_keys(own))
    return bool(keys) and f" {keys} " in f" {' '.join(read_keys(text))} "


def is_by(place: Place, named: str | None) -> bool | None:
    """Whether words at a place are the named person's; None if nobody is named."""
    return None if named is None else is_meant(named, place.found.voice)


def tell_taken(place: Place, named: str | None) -> list[str]:
    """That a name stands on record otherwise than as given."""
    voice = place.found.voice
    if named is None or not is_meant(named, voice) or not is_taken(named, voice):
        return []
    printed = fold_space(voice.label)
    return [f"The transcript names the speaker as “{printed}”; “{named}” is taken to be the same."]
