"""Labels with a slip in the word that shows what they are: ``Qestion``, ``Minster Roe``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from corpus.reading.labels import kind_of_label, read_words, shows_office
from corpus.reading.same_labels import closest_label, fold_label, surname_of

_MUCH = 3  # times that a label stands of which others may be misprints
_LONG = 5  # letters of one, so that "Yes" is none of "Yet"
_COMPARED = 16


def find_misprints(words: Iterable[str], kept: Iterable[str], counts: Counter[str]) -> set[str]:
    """Words set as labels are that are almost a label that stands often: ``Qestion``.

    Args:
        words: what opens a paragraph so, and is no label by itself.
        kept: the labels.
        counts: how often each stands.
    """
    often = [label for label in kept if counts[fold_label(label)] >= _MUCH and len(label) >= _LONG]
    often = sorted(often, key=lambda label: -counts[fold_label(label)])[:_COMPARED]
    long = (label for label in words if often and len(label) >= _LONG - 1)
    return {label for label in long if _is_misprint(label, often)}


def find_slips(counts: Counter[str]) -> dict[str, str]:
    """Labels with a slip in the word that shows what they are, and those that they mean.

    ``Minster Roe`` stands for ``Minister Roe``, whatever else sets it as a label.
    """
    often = [label for label, count in counts.most_common(_COMPARED) if count >= _MUCH]
    slips: dict[str, str] = {}
    for label in (label for label, count in counts.items() if count < _MUCH):
        meant = [each for each in often if _is_slip(read_words(label), read_words(each))]
        if len(meant) == 1:
            slips[label] = meant[0]
    return slips


def _is_slip(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words differ by a letter of one that tells the office, or that somebody asks."""
    differing = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(differing) != 1:
        return False
    printed, meant = differing[0]
    shows = kind_of_label(meant) is not None and kind_of_label(printed) is None
    shows = shows or _is_whole_surname(words, printed)
    return shows and len(meant) >= _LONG and OSA.distance(printed, meant) == 1


def _is_whole_surname(words: Sequence[str], printed: str) -> bool:
    """Whether a word is the long surname of an official whose given name is printed as well."""
    given = len(words) > 2 and not any(map(shows_office, (words[-2], printed)))
    return given and words[-1] == printed and len(printed) > _LONG and shows_office(words[-3])


def _is_misprint(label: str, often: Sequence[str]) -> bool:
    """Whether a label differs by letters from one that shows what it is, and not by the name."""
    meant = closest_label(fold_label(label), often)
    if meant is None or kind_of_label(meant) is None:
        return False
    surname = surname_of(meant)
    return surname is None or read_words(label)[-1:] == surname.split()[-1:]
