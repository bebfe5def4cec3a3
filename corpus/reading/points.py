"""Words before a colon that head the points of what somebody says: ``Zoning: …``, ``Water: …``.

Two or more follow each other at once, each a paragraph or a line that asks nothing; and they are
announced, or numbered as labels are not, or are words that stand in small letters as well. A whole
name, or a word of which the document speaks elsewhere, may be a speaker's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.reading.label_settings import Candidate
from corpus.reading.labels import is_shouted, kind_of_label
from corpus.reading.misprints import find_misprints

_FEWEST = 2
_LONGEST = 400  # characters of a point
_BREAK = re.compile(r"\n[^\S\n]*\n")
_ANNOUNCED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|following|these)\b|:\s*\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{1,3}")
_LOOKED_BACK = 100  # characters in which points are announced
_LOOKED_UP = 200  # words searched for in a document; keeps reading linear


def find_points(text: str, candidates: Sequence[Candidate]) -> frozenset[str]:
    """What is set as a label is and heads a point."""
    counts = Counter(each.label for each in candidates)
    ordered = sorted(candidates, key=lambda each: each.start)
    heads = {label for label, count in counts.items() if count == 1 and _may_head(label)}
    heads -= find_misprints(heads, counts.keys() - heads, counts)
    runs = [run for run in _find_runs(text, ordered, heads) if len(run) >= _FEWEST]
    words = frozenset(_WORD.findall(text)) if runs else frozenset()
    numbered = 2 * sum(text[x.start].isdigit() for x in candidates) > len(candidates)
    points = {
        each.label
        for run in runs
        if not is_shouted(run[0].label)
        for each in (
            run
            if _announces(text, run[0]) or (not numbered and _counts(text, run))
            else _list_words(run, words)
        )
    }
    looked_up = sorted(points)[:_LOOKED_UP]
    return frozenset(point for point in looked_up if not _is_spoken_of(point, text))


def _may_head(label: str) -> bool:
    """Whether but one word of a label, the first, is set as names are."""
    _, *others = label.split()
    return kind_of_label(label) is None and not any(word[:1].isupper() for word in others)


def _announces(text: str, first: Candidate) -> bool:
    before = text[max(0, first.start - _LOOKED_BACK) : first.start]
    return _ANNOUNCED.search(before) is not None


def _counts(text: str, run: Sequence[Candidate]) -> bool:
    """Whether numbers that go up stand before them."""
    numbers = [_NUMBER.match(text, each.start) for each in run]
    first = int(numbers[0][0]) if numbers[0] else 0
    return [int(x[0]) if x else -1 for x in numbers] == [*range(first, first + len(run))]


def _list_words(run: Sequence[Candidate], words: frozenset[str]) -> list[Candidate]:
    """Single words of a run that stand in small letters elsewhere, so that they are no names."""
    small = [each for each in run if each.label.lower() in words]
    return small if len(small) > _FEWEST else []  # Mark and Bill may speak in turn


def _is_spoken_of(point: str, text: str) -> bool:
    return re.search(rf"[a-z,] {re.escape(point)}\b", text) is not None


def _find_runs(
    text: str, candidates: Sequence[Candidate], heads: set[str]
) -> Iterator[list[Candidate]]:
    """What may head points, as far as one follows the other with a paragraph between."""
    run: list[Candidate] = []
    for each, following in zip(candidates, [*candidates[1:], None], strict=False):
        end = following.start if following else len(text)
        said = text[each.end : min(end, each.end + _LONGEST)].strip()
        is_wrapped = (
            each.is_inside and text[max(0, each.start - 3) : each.start].rstrip()[-1:].isalnum()
        )
        is_head = (
            bool(said)
            and not is_wrapped
            and each.label in heads
            and "?" not in _BREAK.split(said, maxsplit=1)[0]
        )
        if is_head:
            run.append(each)
        if not is_head or _BREAK.search(said) or end - each.end > _LONGEST:
            yield run
            run = []
    yield run
