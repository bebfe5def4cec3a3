"""Query -> candidates: the words that count, misspelt ones corrected, and what holds them."""

from __future__ import annotations

import heapq
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from corpus import index
from corpus.compounds import join_words
from corpus.errors import QueryError
from corpus.index import Candidate, Totals
from corpus.lexicon import expand_words
from corpus.names import find_asked, find_names
from corpus.postings import Narrowing, find_worthiest
from corpus.slips import find_slips, may_be_slip
from corpus.words import content_words, split_query, stem

LONGEST_QUERY = 1_000  # characters; nobody types more, and a pasted page has no subject
CANDIDATES = 120  # that words name clearly, and
_CANDIDATES_OF_DOUBT = 200  # where they don't: so they hold what scoring all exchanges puts first
_CLEAR = 0.8  # worth of the best from which they do; three of four queries by people, all made ones
_FEW_TERMS = 2  # hold in too many exchanges alike
_FEWEST = 40  # that are read where no more are near
_BEHIND = 0.6  # of worth, by which the best of all is hardly ever behind
_MOST_TERMS = 24  # that are looked up, the rarest; a query of more is a page that was pasted
_LEAST_SHARE = 0.3  # of a term's weight from which a stem is looked up; weaker ones only score
_SLIP = 0.95  # times its likeness: what part of a word's weight one has that is a slip of it


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the query and the stems that count for it, each with its share of the weight.

    ``weight`` is its rarity on record (see ``weigh``), 0 where it must not score.
    """

    typed: str
    word: str
    stems: Mapping[str, float]
    weight: float
    known: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What a query asks the record for.

    ``named`` are names in it with the officials so called: of those whose own words it asks for
    (``asks_words``), as "what did Blinken say of Lavrov" does; else of all.
    """

    query: str
    terms: tuple[Term, ...]
    totals: Totals
    named: Mapping[str, set[int]] = field(default_factory=dict)
    asks_words: bool = False

    @property
    def officials(self) -> frozenset[int]:
        """Those whom the query names."""
        return frozenset().union(*self.named.values())

    @property
    def corrected(self) -> str:
        """The query for its vector: misspelt words put right, names of officials left out."""
        words = {term.typed: term.word for term in self.terms}
        silent = {term.typed for term in self.terms if not term.weight} & self.named.keys()
        said = [word for word in split_query(self.query) if word not in silent]
        return " ".join(words.get(word, word) for word in said)


def read_query(query: str) -> list[str]:
    """The words of a query, some of them content words.

    Raises:
        QueryError: it is empty, too long, or holds no word.
    """
    if not query.strip():
        raise QueryError("The query is empty; type what you would like to know.")
    if len(query) > LONGEST_QUERY:
        problem = f"The query has {len(query):,} characters; ask in at most {LONGEST_QUERY:,}."
        raise QueryError(problem)
    words = split_query(query)
    if not words:
        if any(char.isalpha() for char in query):
            raise QueryError("The query holds no word in Latin letters; ask in English.")
        raise QueryError("The query holds no word; type what you would like to know.")
    if not content_words(words):
        raise QueryError("The query holds only very common words; add the subject it is about.")
    return words


def plan_search(connection: sqlite3.Connection, query: str) -> Search:
    """Weigh the words of a query by what is on record, and correct those that are not.

    Raises:
        QueryError: it holds nothing that can be searched for.
    """
    words = read_query(query)
    totals = index.read_totals(connection)
    readings = _read_words(connection, words)
    counts = index.count_stems(connection, {s for reading in readings for s in reading.stems})
    terms = [_make_term(reading, counts, totals) for reading in readings]
    named = find_names(connection, query, {term.typed: term.word for term in terms})
    asked = find_asked(query, named)
    named = {name: named[name] for name in asked or named}
    terms = _silence(terms, named.keys() | set(asked.values()))
    return Search(query, _merge(terms), totals, named, asks_words=bool(asked))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A word as typed, the word it is taken for, and the stems that stand for it."""

    typed: str
    word: str
    stems: dict[str, float]


def _read_words(connection: sqlite3.Connection, typed: Sequence[str]) -> list[_Reading]:
    """The words that count with what they are taken for and related ones; no misspelt stop words.

    Misspelt ones are put right first, so that what is related to the right word is found too.
    """
    words = list(dict.fromkeys(content_words(list(typed))))
    slips = {word: find_slips(connection, word) for word in words if may_be_slip(word)}
    meant = {word: found[0][0] for word, found in slips.items() if found}
    related = expand_words([meant.get(word, word) for word in typed])
    joined = join_words(connection, typed)
    return [
        _read_word(word, slips.get(word) or [], related[meant.get(word, word)], joined.get(word))
        for word in words
        if slips.get(word, []) is not None
    ]


def _read_word(
    word: str,
    spellings: Sequence[tuple[str, float]],
    related: Mapping[str, float],
    joined: str | None,
) -> _Reading:
    """A word, what it makes with its neighbour, what it may be a slip of, and what is related."""
    stems = dict.fromkeys(map(stem, [word, *([joined] if joined else [])]), 1.0)
    for other, alike in spellings:
        stems.setdefault(stem(other), _SLIP * alike)
    trust = _SLIP * spellings[0][1] if spellings else 1.0
    for each, share in related.items():
        stems.setdefault(each, trust * share)
    return _Reading(word, spellings[0][0] if spellings else word, stems)


def _make_term(reading: _Reading, counts: Mapping[str, int], totals: Totals) -> Term:
    """A term weighs what its own stem weighs; a commoner stem that stands for it, less."""
    own = stem(reading.word)
    rarity = {each: weigh(counts[each], totals) for each in reading.stems if each in counts}
    if not rarity:
        return Term(reading.typed, reading.word, {}, weigh(0, totals), known=False)
    best = max(share * rarity.get(each, 0) for each, share in reading.stems.items())
    weight = rarity.get(own, best / max(reading.stems[each] for each in rarity))
    shares = {each: reading.stems[each] * min(1.0, held / weight) for each, held in rarity.items()}
    return Term(reading.typed, reading.word, shares, weight, known=True)


def _silence(terms: list[Term], silent: Set[str]) -> list[Term]:
    """A name of one who speaks on record says who, not what: it scores only where it is alone."""
    if not any(term.known and term.typed not in silent for term in terms):
        return terms
    return [replace(term, weight=0.0) if term.typed in silent else term for term in terms]


def weigh(exchanges: float, totals: Totals) -> float:
    """Rarity of a stem that ``exchanges`` hold: the logarithm of bm25, never below .1.

    A word that no exchange holds weighs like one that a single one holds.
    """
    held = max(1.0, exchanges)
    return max(0.1, math.log(1 + (totals.exchanges - held + 0.5) / (held + 0.5)))


def _merge(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms of the same stems become one."""
    merged: dict[frozenset[str] | str, Term] = {}
    for term in terms:
        merged.setdefault(frozenset(term.stems) or term.typed, term)
    return tuple(merged.values())


# ---------------------------------------------------------------- candidates


def find_candidates(
    connection: sqlite3.Connection, search: Search, narrowing: Narrowing
) -> list[Candidate]:
    """The exchanges worth reading for a search.

    Those that hold as much of it as the best or nearly so: what is far behind in words isn't made
    up for by its meaning. Where the query names an official, that one's own as well.
    """
    narrowings = [narrowing]
    if search.named and narrowing.officials is None:
        narrowings.append(replace(narrowing, officials=search.officials))
    sought = _sought(search)
    found = find_worthiest(connection, sought, narrowings, _CANDIDATES_OF_DOUBT)
    few = len(sought) <= _FEW_TERMS
    numbers = dict.fromkeys(each for worths in found for each in _near_best(worths, few=few))
    return index.fetch_candidates(connection, list(numbers))


def _near_best(worths: Mapping[int, float], *, few: bool) -> list[int]:
    """Of exchanges in order of worth those that are hardly behind the first."""
    best = max(worths.values(), default=0.0)
    near = sum(worth >= best - _BEHIND for worth in worths.values())
    most = _CANDIDATES_OF_DOUBT if few or best < _CLEAR else CANDIDATES
    return list(worths)[: min(most, max(near, _FEWEST))]


def _sought(search: Search) -> list[dict[str, float]]:
    """The stems that are looked up for each term, with their parts of the weight of all."""
    known = (term for term in search.terms if term.stems and term.weight > 0)
    terms = heapq.nlargest(_MOST_TERMS, known, key=lambda term: term.weight)
    whole = sum(term.weight for term in terms)
    return [
        {stem: share * term.weight / whole for stem, share in _telling(term).items()}
        for term in terms
    ]


def _telling(term: Term) -> dict[str, float]:
    """The stems worth looking up: those that mean nearly the same, or the best there is."""
    least = min(_LEAST_SHARE, max(term.stems.values()))
    return {stem: share for stem, share in term.stems.items() if share >= least}
