"""What counts as too short, as altered, as put together: the rules of a verdict on found places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.align import Change
from corpus.changes import is_loose
from corpus.places import Place
from corpus.purported import Purported
from corpus.quotations import FEWEST_WORDS

# Of the shipped table of words, which is about in order of how common they are.
COMMON_WORDS = 4_000
_SHORTEST_PART = 6  # words of a quote put together from two places


def is_short(quote: Purported) -> bool:
    """Under four words, none of them a number or rarer than the 4,000 commonest."""
    if len(quote.words) >= FEWEST_WORDS:
        return False
    from corpus.vectors.words import shipped_table

    places = shipped_table().places
    keys = [word.key.removesuffix("'s") for word in quote.words]
    rare = [
        key
        for key in keys
        if any(char.isdigit() for char in key)
        or (len(key) > 3 and "'" not in key and places.get(key, COMMON_WORDS) >= COMMON_WORDS)
    ]
    return len(keys) < 2 or not rare


def is_alike(quote: Purported, place: Place) -> bool:
    """Whether a quote has enough of the real words, in order and not all common ones.

    Measured by ``tests/bench/verify_bench.py`` on quotes and on documents kept apart.
    """
    count = len(quote.words)
    changes = [each for each in place.require_alignment().changes if not is_loose(place, each)]
    if _is_reordered(place) and place.matched >= count / 2:
        return place.evidence >= 0.13
    full = [each for each in changes if _is_contraction(place, each)]
    matched = place.matched + sum(each.given[1] - each.given[0] for each in full)
    is_one_change = matched >= count - 1 and len(changes) <= 1 + len(full)
    return matched >= 0.75 * count and place.evidence >= (0.53 if is_one_change else 1.2)


def _is_contraction(place: Place, change: Change) -> bool:
    """Whether the same words are written out in one place and contracted in the other."""
    given = [word.key for word in place.quote.words[slice(*change.given)]]
    actual = place.reading.keys[slice(*change.actual)]
    return bool(given) and _write_out(given) == _write_out(actual)


_FULL = {"won't": "will not", "can't": "can not", "cannot": "can not"}
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'s": "is"}


def _write_out(keys: Sequence[str]) -> list[str]:
    written: list[str] = []
    for key in keys:
        ending = next((end for end in _ENDINGS if key.endswith(end)), None)
        if key in _FULL or ending is None:
            written += _FULL.get(key, key).split()
        else:
            written += [key.removesuffix(ending), _ENDINGS[ending]]
    return written


def _is_reordered(place: Place) -> bool:
    """Whether the words are all the same, and only their order is not."""
    given, actual = Counter[str](), Counter[str]()
    for change in place.require_alignment().changes:
        given.update(word.key for word in place.quote.words[slice(*change.given)])
        actual.update(place.reading.keys[slice(*change.actual)])
    return given == actual


def is_stitched(chosen: Place, others: Sequence[Place]) -> bool:
    """Whether long parts of a quote, almost all of it, stand in two places or more.

    A shorter part counts if every word is accounted for and the long part is no common phrase.
    """
    own = sum(count for _, _, count in chosen.require_alignment().landmarks)
    parts = [own, *(other.matched for other in others)]
    count = len(chosen.quote.words)
    if len(parts) == 1 or min(parts) < FEWEST_WORDS:
        return False
    if min(parts) < _SHORTEST_PART:
        return sum(parts) == count and own > min(parts) and chosen.evidence >= 1
    return sum(parts) >= 0.85 * count


def is_continued(one: Place, other: Place) -> bool:
    """Whether two places are the end of a turn and the beginning of the same speaker's next one."""
    left, right = sorted((one, other), key=lambda place: place.found.position)
    a, b = left.found, right.found
    if (a.transcript, a.position + 1) != (b.transcript, b.position):
        return False
    if (a.turn.label, a.turn.kind) != (b.turn.label, b.turn.kind):
        return False
    run, rest = one.unchanged, other.unchanged
    if run is None or rest is None:
        return False
    if run[2] + rest[2] != len(one.quote.words):
        return False
    is_first = one is left
    return (run[0] == 0) == is_first and left.ends_turn() and right.starts_turn()


def tell_stitch(chosen: Place, others: Sequence[Place]) -> str:
    """Where the parts of a quote that is put together come from."""
    keys = {place.found.transcript for place in (chosen, *others)}
    turns = {(place.found.transcript, place.found.position) for place in (chosen, *others)}
    if len(keys) > 1:
        return "The quote is put together from two answers, in different transcripts."
    if len(turns) > 1:
        return "The quote is put together from two answers of the same transcript."
    return "The quote is put together from two places of the same answer, not as they were said."
