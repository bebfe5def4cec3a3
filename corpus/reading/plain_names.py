"""Which of the words that are set as labels are a document's labels, whatever publisher set it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.reading.briefing import (
    FoundLabel,
    asks_there,
    find_labels,
    find_questions,
    is_doubtful,
    opens_block,
    sets_small,
)
from corpus.reading.emphasis import PARAGRAPH
from corpus.reading.ending import goes_on
from corpus.reading.label_settings import (
    Candidate,
    find_bare,
    list_candidates,
)
from corpus.reading.labels import (
    is_heading,
    is_name,
    is_shouted,
    is_titled,
    kind_of_label,
    may_name,
)
from corpus.reading.misprints import find_misprints, find_slips
from corpus.reading.points import find_points
from corpus.reading.same_labels import closest_label, fold_label

_NAME_AND_MORE = re.compile(  # Jan Roe, A Paper; Jan Roe [by video]
    r"[A-Z]\S*(?: [A-Z]\S*){1,3}(?:, [A-Z][^,]{1,40}|(?: \[[a-z ]*[A-Za-z]*\]))+"
)
_OFTEN = 3  # times that a label stands with its colon; then it is one without it too
_FEWEST = 2


def find_set_labels(text: str, start: int, told: frozenset[str]) -> dict[int, FoundLabel]:
    """Names that are set as labels, as far as they are some, by their places; see :class:`Names`.

    ``told`` are names that are labels wherever they are set so.
    """
    candidates, by_colon = list_candidates(text, start)
    candidates = _without_headings(candidates)
    points = find_points(text, candidates) if by_colon else frozenset()
    candidates = [each for each in candidates if each.label not in points]
    names = Names.of(candidates, told)
    by_line = _sets_by_line(names, candidates, text, start)
    printed = list(_choose(names, candidates, by_line=by_line))
    finding = find_labels if names.capitals and by_colon else find_questions
    found = {each.start: each for each in finding(text, start)}
    leading = {each.label for each in candidates if by_line or not each.is_inside}
    slips = find_slips(names.counts)
    for label in _read_printed(text, names, printed, leading, slips):
        there = found.setdefault(label.start, label)
        longer = there.meant == label.meant and there.end < label.end  # of ``Q – `` the dash is too
        if longer or label.printed in slips:
            found[label.start] = label
    if by_colon and found:
        often = {x.label for x in printed if names.opening[x.label] >= _OFTEN}
        for each in filter(partial(_is_spoken_below, text), find_bare(text, min(found), often)):
            bare = FoundLabel(each.label, fold_label(each.label), each.start, each.end, True)
            found.setdefault(each.start, bare)
    return found


def _is_spoken_below(text: str, label: Candidate) -> bool:
    """Whether a sentence stands below, and no address, as below a name in a footer."""
    below = PARAGRAPH.search(text, label.end)
    return below is not None and goes_on(below[0])


def _choose(names: Names, candidates: Sequence[Candidate], *, by_line: bool) -> Iterator[Candidate]:
    """The candidates that are labels, and those that are almost one."""
    printed = [
        x
        for x in candidates
        if x.is_certain or names.is_label(x.label, at_block=x.is_plain or by_line)
    ]
    yield from printed
    kept = {each.label for each in printed}
    rest = [each for each in candidates if each.label not in kept]
    opening = {each.label for each in rest if not each.is_inside}
    misprints = find_misprints(opening, kept, Counter(fold_label(x.label) for x in printed))
    for each in rest:
        if each.label in misprints and (not each.is_inside or by_line):
            yield each


def _read_printed(
    text: str,
    names: Names,
    printed: Sequence[Candidate],
    leading: set[str],
    slips: Mapping[str, str],
) -> Iterator[FoundLabel]:
    """The labels, each with what it means, and whether it may be part of what is said."""
    known = sorted({each.label for each in printed if names.is_sure(each.label)})
    small = sets_small(names.counts)
    for each in printed:
        meant = fold_label(slips.get(each.label, each.label))
        if not names.is_sure(each.label) and each.label not in slips:
            meant = fold_label(closest_label(each.label, known) or each.label)
        expected = (small or not names.capitals) and not asks_there(text, each.end)
        told = names.bold and each.label in names.told  # set as all labels are
        alone = names.counts[each.label] == 1 and not expected and not told
        torn = each.label not in leading and kind_of_label(each.label) == "official"
        doubtful = torn or (alone and names.shouted and is_doubtful(each.label, meant))
        yield FoundLabel(each.label, meant, each.start, each.end, doubtful=doubtful)


def _without_headings(candidates: Sequence[Candidate]) -> list[Candidate]:
    """What is no field of the head: ``Speakers`` is one above the turns, a crowd among them."""
    labels = [each for each in candidates if not is_heading(each.label)]
    known = (x.start for x in labels if is_name(x.label) and kind_of_label(x.label))
    first = next(known, math.inf)
    crowd = {x.label for x in candidates if is_heading(x.label) and kind_of_label(x.label)}
    return [
        x for x in candidates if not is_heading(x.label) or (x.start > first and x.label in crowd)
    ]


def _sets_by_line(names: Names, candidates: Sequence[Candidate], text: str, start: int) -> bool:
    """Whether turns follow each other line by line, with no empty line between."""
    sure = [each.is_plain for each in candidates if names.is_sure(each.label)]
    sure += [opens_block(text, each.start) for each in find_questions(text, start)]
    return sum(sure) * 2 < len(sure)


@dataclass(frozen=True, slots=True)
class Names:
    """What tells labels from words that happen to stand before a colon, in one document.

    ``opening`` counts what opens a paragraph; ``told`` are the names set in bold, or listed under
    ``speakers``, and ``bold`` says whether labels are told so here; ``shouted`` whether they are
    set in capitals, ``capitals`` whether most names are, of which a mere ``Q`` tells nothing, and
    ``small`` whether some are in small letters.
    """

    counts: Counter[str]
    opening: Counter[str]
    told: frozenset[str]
    bold: bool
    shouted: bool
    capitals: bool
    small: bool

    @classmethod
    def of(cls, candidates: Sequence[Candidate], told: frozenset[str]) -> Names:
        counts = Counter(each.label for each in candidates)
        opening = Counter(each.label for each in candidates if each.is_plain)
        often = [label for label, count in opening.items() if count >= _FEWEST and is_name(label)]
        in_capitals = sum(n for x, n in counts.items() if is_shouted(x) and len(x) > 1)
        in_small = sum(opening[label] for label in often if not is_shouted(label))
        return cls(
            counts,
            opening,
            told,
            any(counts[label] >= _FEWEST for label in told),
            sum(is_shouted(each.label) for each in candidates) >= _FEWEST,
            in_capitals >= max(_FEWEST, in_small),
            any(not is_shouted(label) and " " in label for label in map(fold_label, often)),
        )

    def is_label(self, label: str, *, at_block: bool) -> bool:
        """Cutting too often loses a quote; too seldom puts words in the wrong mouth.

        So where names are set in small letters, every name at the start of a paragraph counts.
        Where all that stand twice are in capitals, only those do, and small ones that show what
        they are. Inside a wrapped paragraph a label counts if it stands more than once.
        """
        if self._is_told(label) and (may_name(label) or self.counts[label] >= _FEWEST):
            return True
        if not is_name(label):
            return self.opening[label] >= _OFTEN and kind_of_label(label) is not None
        if not (at_block or self.is_sure(label)):
            return False
        if self.capitals and not is_shouted(label):
            return self.small or self.is_sure(label) or is_titled(label)
        if self.bold and self.counts[label] < _FEWEST:
            return kind_of_label(label) is not None or _NAME_AND_MORE.fullmatch(label) is not None
        return True

    def is_sure(self, label: str) -> bool:
        """Whether a label is no misprint: told, or standing more than once, or of known words."""
        often = self.counts[label] >= _FEWEST and is_name(label)
        return self._is_told(label) or often or kind_of_label(label) is not None

    def _is_told(self, label: str) -> bool:
        """Whether a label is told, or is with an aside after it: ``Jane Roe (smiling)``."""
        return label in self.told or fold_label(label) in self.told
