"""Where on record a purported quote stands, word for word or nearly."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.compare import Alignment, Way, align, find_ways
from corpus.quotations import Purported
from corpus.spoken import PIECE_OVERLAP, Reading, name_pair, read_transcript
from corpus.spoken_index import Found, find_pieces, read_pieces, read_stretch
from corpus.store import Reader

MOST_PLACES = 200  # pieces compared word by word; more often said is said to be "more than"

_SEED_WORDS = PIECE_OVERLAP * 2 // 3  # leaves room for the transcript's own marks between
_SLACK = 400  # characters around a quote's length for such marks
_SAMPLED_PAIRS = 48
_RARE = 1_000  # pieces; a pair of words in more is looked at only if too few are rarer
_RARE_ENOUGH = 3
_COMMON = 12_000
_MOST_COMMON_PAIRS = 5
_RECORD = 1_000_000  # pieces; only the ratio of two weights matters
_COMPARED = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A quote laid over a stretch of a turn; exact where it is ``way``, else ``alignment``.

    ``start`` is where the reading's text begins in the transcript.
    """

    found: Found
    reading: Reading
    start: int
    quote: Purported
    way: Way | None = None
    alignment: Alignment | None = None

    @property
    def words(self) -> tuple[int, int]:
        """The first word of the reading that is laid over, and the one after the last."""
        if self.way is not None:
            return self.way[0], self.way[-1] + 1
        return self.require_alignment().span

    @property
    def span(self) -> tuple[int, int]:
        """The same as characters of the transcript, with the punctuation that closes the end."""
        first, last = self.words
        words = self.reading.words
        end = words[last - 1].end
        closing = self.reading.text[end : end + 3]
        for char in closing:
            if char not in '.!?…”’)"':
                break
            end += 1
        return self.start + words[first].start, min(self.start + end, self.found.turn.end)

    @property
    def score(self) -> float:
        """How near the words are; comparable for one quote alone."""
        return self.require_alignment().score if self.way is None else len(self.way)

    @property
    def matched(self) -> int:
        """How many of the quote's words stand here, in order."""
        return self.require_alignment().matched if self.way is None else len(self.way)

    def require_alignment(self) -> Alignment:
        """The alignment of a place that is not exact."""
        if self.alignment is None:
            raise ValueError("the quote stands here word for word")
        return self.alignment

    @property
    def unchanged(self) -> tuple[int, int, int] | None:
        """The one run of the quote's words that stands here, nothing changed inside; else None."""
        if self.way is not None:
            return 0, self.way[0], len(self.way)
        runs = self.require_alignment().equal
        return runs[0] if len(runs) == 1 else None

    def starts_turn(self) -> bool:
        """Whether the unchanged run begins with the turn's first word."""
        run = self.unchanged
        return run is not None and run[1] == 0 and self.start == self.found.turn.start

    def ends_turn(self) -> bool:
        """Whether the unchanged run ends with the turn's last word."""
        if self.unchanged is None or self.start + len(self.reading.text) != self.found.turn.end:
            return False
        last = self.way[-1] if self.way is not None else sum(self.unchanged[1:]) - 1
        return last == len(self.reading.words) - 1

    def printed(self, first: int, last: int) -> str:
        """The transcript's own text from one word up to another."""
        if first >= last:
            return ""
        words = self.reading.words
        return self.reading.text[words[first].start : words[last - 1].end]


# ---------------------------------------------------------------- word for word


def find_places(
    reader: Reader, quote: Purported, transcripts: Collection[int] | None
) -> tuple[list[Place], bool]:
    """All places where the quote stands word for word, oldest first, undated ones last.

    Returns:
        The places, and whether there may be more of them than were compared.
    """
    pairs = list(_seed_pairs(quote))
    if not pairs:
        return [], False
    ids = find_pieces(reader.connection, pairs, MOST_PLACES + 1)
    pieces = read_pieces(reader.connection, ids, transcripts)
    places: dict[tuple[int, int, int], Place] = {}
    for found in pieces.values():
        reading, start = read_around(reader, found, quote)
        for way in find_ways(quote, reading):
            place = Place(found, reading, start, quote, way)
            places.setdefault((found.transcript, found.position, place.span[0]), place)
    ordered = sorted(places.values(), key=_by_date)
    return ordered, len(ids) > MOST_PLACES


def _by_date(place: Place) -> tuple[str, int, int, int]:
    found = place.found
    return found.date or "9999", found.transcript, found.position, place.span[0]


def _seed_pairs(quote: Purported) -> Iterator[str]:
    """Neighbouring words that stand together in any place of the quote, from its longest part."""
    first, last = max(quote.parts(), key=lambda part: part[1] - part[0])
    last = min(last, first + _SEED_WORDS)
    for at in range(first, last - 1):
        if at + 1 not in quote.joints:
            yield name_pair(quote.words[at].key, quote.words[at + 1].key)


def read_around(reader: Reader, found: Found, quote: Purported) -> tuple[Reading, int]:
    """The piece with as much of its turn around it as the quote may need, and where it begins.

    A quote that marks gaps may need the whole turn.
    """
    turn = found.turn
    low, high = turn.start, turn.end
    if not any(reach is None for reach in quote.joints.values()):
        slack = 2 * len(quote.text) + _SLACK
        low, high = max(low, found.start - slack), min(high, found.end + slack)
    text = read_stretch(reader.connection, found.transcript, low, high)
    first, last = 0, len(text)
    while low > turn.start and first < found.start - low and not text[first].isspace():
        first += 1
    while high < turn.end and last > found.end - low and not text[last - 1].isspace():
        last -= 1
    return read_transcript(text, first, last), low


# ---------------------------------------------------------------- nearly


def find_nearest(
    reader: Reader, quote: Purported, transcripts: Collection[int] | None
) -> list[Place]:
    """The places most like the quote, best first; few, and none where nothing is alike."""
    weights = _weigh_pieces(reader, quote)
    ids = sorted(weights, key=lambda number: -weights[number])
    wanted = ids[: _COMPARED * 2] if transcripts is None else ids
    pieces = read_pieces(reader.connection, wanted, transcripts)
    places: list[Place] = []
    for number in [number for number in wanted if number in pieces][:_COMPARED]:
        if places and _is_settled(places, weights[number] / weights[wanted[0]]):
            break
        found = pieces[number]
        reading, start = read_around(reader, found, quote)
        alignment = align(quote.words, reading, quote.text)
        if alignment is not None:
            places.append(Place(found, reading, start, quote, None, alignment))
    return sorted(places, key=lambda place: place.score, reverse=True)


def _is_settled(places: Sequence[Place], share: float) -> bool:
    """Whether a piece with so small a share of the best one's pairs needs no more looking at."""
    best = max(place.score for place in places)
    return share < 0.6 and best >= 0.7 * len(places[0].quote.words)


def _weigh_pieces(reader: Reader, quote: Purported) -> dict[int, float]:
    """Pieces by the rarity of those of the quote's pairs of words that they hold."""
    weights: dict[int, float] = {}
    common: list[str] = []
    rare = 0
    for pair in _sample(_all_pairs(quote), _SAMPLED_PAIRS):
        ids = find_pieces(reader.connection, [pair], _RARE)
        if len(ids) >= _RARE:
            common.append(pair)
        elif ids:
            rare += 1
            _add_weight(weights, ids)
    if rare < _RARE_ENOUGH:
        for pair in common[:_MOST_COMMON_PAIRS]:
            _add_weight(weights, find_pieces(reader.connection, [pair], _COMMON))
    return weights


def _add_weight(weights: dict[int, float], ids: Sequence[int]) -> None:
    weight = math.log(_RECORD / len(ids))
    for number in ids:
        weights[number] = weights.get(number, 0.0) + weight


def _all_pairs(quote: Purported) -> list[str]:
    words = quote.words
    pairs = (name_pair(a.key, b.key) for a, b in pairwise(words))
    return list(dict.fromkeys(pairs))


def _sample(pairs: Sequence[str], most: int) -> Iterable[str]:
    if len(pairs) <= most:
        return pairs
    return [pairs[at * len(pairs) // most] for at in range(most)]
