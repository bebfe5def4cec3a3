"""Where on record a purported quote stands, word for word or nearly."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from corpus.align import Alignment, Run, align
from corpus.compare import Way, find_ways
from corpus.pieces import PIECE_OVERLAP, name_pair
from corpus.purported import Purported
from corpus.spoken import Reading, read_transcript
from corpus.spoken_index import Found, count_pieces, find_pieces, read_pieces, read_stretch
from corpus.store import Reader

MOST_PLACES = 200  # pieces compared word by word; more often said is said to be "more than"

_SEED_WORDS = PIECE_OVERLAP * 2 // 3  # leaves room for the transcript's own marks between
_SLACK = 600  # characters around a quote's length for such marks
_NEAR_SLACK = 120
_SAMPLED_PAIRS = 48
_RARE = 300  # pieces; a pair of words in more is looked at only if too few are rarer
_RARE_ENOUGH = 3
_MOST_COUPLES = 8  # of common pairs in a row
_HELD_TOGETHER = 1_000  # pieces that hold both pairs of a couple
_RECORD = 1_000_000  # pieces; only the ratio of two weights matters
_EVIDENCE = 33.0  # nats; measured by tests/bench/verify_bench.py on documents kept apart
_LARGE_RECORD = 8_000  # pieces
_COMPARED = 8
_COMPARED_OF_SHORT = 12  # a quote of so few pairs says less of where it comes from
_SHORT = 12  # words
_FEWEST_HELD = 0.3  # of the quote's words; a piece with fewer is not read


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
    evidence: float = 0.0  # how rare the pairs of words are that it shares; 1 is enough

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
        end = self.reading.ends[last - 1]
        closing = self.reading.text[end : end + 3]
        for char in closing:
            if char not in '.!?…”’)"':
                break
            end += 1
        return self.start + self.reading.starts[first], min(self.start + end, self.found.turn.end)

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
    def unchanged(self) -> Run | None:
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
        return last == len(self.reading.keys) - 1

    def printed(self, first: int, last: int) -> str:
        """The transcript's own text from one word up to another."""
        if first >= last:
            return ""
        return self.reading.text[self.reading.starts[first] : self.reading.ends[last - 1]]


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
    candidates = list(pieces.values())
    if quote.gaps:  # the whole turn is read: once is enough
        candidates = list({(each.transcript, each.position): each for each in candidates}.values())
    for found in candidates:
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
        yield name_pair(quote.words[at].key, quote.words[at + 1].key)


def read_around(
    reader: Reader, found: Found, quote: Purported, marks: int = _SLACK
) -> tuple[Reading, int]:
    """The piece with as much of its turn around it as the quote may need, and where it begins.

    A quote that marks gaps may need the whole turn. ``marks`` is how much longer than the quote its
    place may be, in characters.
    """
    turn = found.turn
    low, high = turn.start, turn.end
    if not quote.gaps:
        slack = len(quote.text) + marks
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
    held, unknown, rarity = _find_held(reader, quote)
    compared = _COMPARED if len(quote.words) > _SHORT else _COMPARED_OF_SHORT
    most = compared * (2 if transcripts is None else 50)
    likeliest = nlargest(most, held.weights, key=held.weights.__getitem__)
    shares = {n: _share_words(held.pairs[n] | unknown, len(quote.words)) for n in likeliest}
    wanted = [number for number in likeliest if shares[number] >= _FEWEST_HELD]
    pieces = read_pieces(reader.connection, wanted, transcripts)
    places: list[Place] = []
    for number in [number for number in wanted if number in pieces][:compared]:
        if places and shares[number] * len(quote.words) <= max(p.score for p in places):
            continue
        found = pieces[number]
        reading, start = read_around(reader, found, quote, _NEAR_SLACK)
        alignment = align(quote.words, reading, quote.text)
        if alignment is not None:
            evidence = _weigh_evidence(alignment, rarity)
            places.append(Place(found, reading, start, quote, None, alignment, evidence))
    return sorted(places, key=lambda place: place.score, reverse=True)


def _weigh_evidence(alignment: Alignment, rarity: Mapping[int, float]) -> float:
    """The rarity of the pairs of words that stand unchanged, 1 where it is enough."""
    within = (at + step for at, _, count in alignment.equal for step in range(count - 1))
    return sum(rarity.get(at, 0.0) for at in within)


class _Held:
    """Which of a quote's pairs of words a piece holds, one bit each, and how rare they are."""

    def __init__(self) -> None:
        # Two tables of plain numbers: there are thousands of pieces.
        self.pairs: dict[int, int] = {}
        self.weights: dict[int, float] = {}

    def add(self, at: int, ids: Sequence[int]) -> None:
        """These pieces hold the pair at ``at``."""
        pairs, weights, bit = self.pairs, self.weights, 1 << at
        weight = math.log(_RECORD / len(ids)) if ids else 0.0
        for number in ids:
            pairs[number] = pairs.get(number, 0) | bit
            weights[number] = weights.get(number, 0.0) + weight


def _find_held(reader: Reader, quote: Purported) -> tuple[_Held, int, dict[int, float]]:
    """The pieces that hold some of the quote's pairs, and how rare each pair is.

    Of a long quote, a sample of the pairs is looked at. Rarity is ln(pieces / pieces with the
    pair), as a share of what is enough.
    """
    held = _Held()
    common: list[tuple[int, str]] = []
    rarity: dict[int, float] = {}
    pieces = count_pieces(reader.connection)
    for at, pair in _sample_pairs(quote):
        ids = find_pieces(reader.connection, [pair], _RARE)
        rarity[at] = math.log(pieces / len(ids)) / _enough(pieces) if ids else 0.0
        if len(ids) >= _RARE:
            common.append((at, pair))
        else:
            held.add(at, ids)
    rare = sum(1 for each in rarity.values() if each) - len(common)
    unknown = sum(1 << at for at, _ in common)
    if rare < _RARE_ENOUGH:
        _hold_couples(reader, held, common)
    return held, unknown, rarity


def _hold_couples(reader: Reader, held: _Held, common: Sequence[tuple[int, str]]) -> None:
    """Look for common pairs two by two: three words in a row are rarer than any two of them."""
    couples = [(a, b) for a, b in pairwise(common) if a[0] + 1 == b[0]]
    for (at, pair), (after, other) in couples[:_MOST_COUPLES]:
        ids = find_pieces(reader.connection, [pair, other], _HELD_TOGETHER)
        held.add(at, ids)
        held.add(after, ids)


def _enough(pieces: int) -> float:
    """How rare, in nats, what is shared must be; less where a record is too small to tell."""
    return _EVIDENCE * min(1.0, math.log1p(pieces / 2) / math.log1p(_LARGE_RECORD / 2))


def _share_words(pairs: int, count: int) -> float:
    """The share of a quote's words in the pairs; of a long one's, of the pairs looked at."""
    if count > _SAMPLED_PAIRS:
        return pairs.bit_count() / _SAMPLED_PAIRS
    return (pairs | pairs << 1).bit_count() / count


def _sample_pairs(quote: Purported) -> list[tuple[int, str]]:
    """Pairs of neighbouring words with the place of the first; evenly spread if there are many."""
    named = [name_pair(a.key, b.key) for a, b in pairwise(quote.words)]
    pairs = list(enumerate(named))
    if len(quote.words) <= _SAMPLED_PAIRS:
        return pairs
    return [pairs[at * len(pairs) // _SAMPLED_PAIRS] for at in range(_SAMPLED_PAIRS)]
