"""From an id that a reader holds to the words around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from corpus.cite import cite_turn, locate_quote
from corpus.errors import UnknownIdError
from corpus.exchanges import pair_turns
from corpus.model import Exchange, Quote, Transcript
from corpus.store import Reader

_TURNS_AROUND = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a transcript; ``marked`` are the positions of the turn the id points at."""

    transcript: Transcript
    positions: range
    marked: range
    superseded_on: dt.date | None


def find_shown(reader: Reader, name: str) -> Shown:
    """What an id names: a quote's whole answer with the turns around, or a whole transcript.

    Args:
        reader: the record.
        name: a quote id, or the file name of a transcript.

    Raises:
        UnknownIdError: nothing on record has that id.
    """
    place = locate_quote(name)
    if place:
        return _find_quote(reader, name, *place)
    for stored in reader.transcripts():
        if name in {stored.source.file, stored.source.sha256}:
            transcript = reader.transcript(stored.key)
            whole = range(len(transcript.turns))
            return Shown(transcript, whole, range(0), None)
    raise UnknownIdError(f"{name}: no quote or transcript has this id; see “onrecord sources”.")


def _find_quote(reader: Reader, name: str, sha: str, start: int, end: int) -> Shown:
    for key in reader.transcript_keys(sha):
        transcript = reader.transcript(key)
        for at, turn in enumerate(transcript.turns):
            if turn.start <= start and end <= turn.end:
                first = max(0, at - _TURNS_AROUND)
                last = min(len(transcript.turns), at + 1 + _TURNS_AROUND)
                superseded = reader.superseded_on(key)
                return Shown(transcript, range(first, last), range(at, at + 1), superseded)
    raise UnknownIdError(f"{name}: no transcript on record holds this quote any more.")


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote looked up by its id, with the exchange that it was taken from."""

    transcript: Transcript
    exchange: Exchange
    quote: Quote
    superseded_on: dt.date | None


def find_quote(reader: Reader, name: str) -> FoundQuote:
    """The quote with the id ``name``, from the current or the superseded file that it names.

    Whoever speaks: what a verdict shows may be a reporter's.

    Raises:
        UnknownIdError: nothing on record has that id.
    """
    sha, start, end = locate_quote(name) or ("", 0, 0)
    for key in reader.transcript_keys(sha) if sha else ():
        transcript = reader.transcript(key)
        for position, turn in enumerate(transcript.turns):
            if turn.start <= start and end <= turn.end:
                exchange = _exchange_of(transcript, position)
                quote = cite_turn(transcript, position, exchange, start, end)
                return FoundQuote(transcript, exchange, quote, reader.superseded_on(key))
    raise UnknownIdError(f"{name}: no transcript on record holds this quote any more.")


def _exchange_of(transcript: Transcript, position: int) -> Exchange:
    """The exchange in which a turn answers, else asks; one of its own where it is in none.

    Paired anew, since nothing of a superseded transcript but its words is kept.
    """
    exchanges = pair_turns(transcript)
    answering = (each for each in exchanges if position in each.answers)
    asking = (each for each in exchanges if position in each.questions)
    return next(answering, None) or next(asking, None) or Exchange((), (position,))
