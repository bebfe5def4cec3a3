"""Which lines are labels in a document that sets them alone on their lines.

Headings, captions and names over an office in the head stand so as well. ``Jane ROE`` is a label
wherever a document sets some so: no sentence, and no heading, has but a surname in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.reading.labels import is_heading, is_name
from corpus.reading.same_labels import fold_label

if TYPE_CHECKING:
    from corpus.reading.label_settings import Candidate

_ENDS_BLOCK = re.compile(r"[^\S\n]*\n[^\S\n]*(?:\n|\Z)")
_WHOLE_NAME = re.compile(r"[A-Z]\S*(?: [A-Z]\S*){1,3}")
_SMALL = r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_SURNAME_APART = re.compile(
    rf"[^\W\d_]{_SMALL}[\w’'.\-]{{0,30}}(?: [^\W\d_][\w’'.\-]{{0,30}}){{0,3}}"
    r" (?:Mc|Mac)?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’'\-]{1,30}"
)
_OFTEN = 3


def choose_lone(text: str, lines: Sequence[Candidate], kept: set[str]) -> set[str]:
    """The lines that are labels.

    Args:
        text: the document.
        lines: what stands alone on a line.
        kept: what of it is a label by its words, or by how often it stands.
    """
    return kept | _list_apart(lines) | set(_list_persons(text, lines, kept))


def _list_apart(lines: Sequence[Candidate]) -> set[str]:
    """The labels with but their surname in capitals, where a document sets labels so."""
    apart = {line.label for line in lines if line.is_plain and sets_surname_apart(line.label)}
    return apart if sum(line.label in apart for line in lines) >= _OFTEN else set()


def sets_surname_apart(label: str) -> bool:
    """Whether a label is a name with but its surname in capitals: ``Jane ROE, Minister``."""
    return _SURNAME_APART.fullmatch(fold_label(label).partition(",")[0]) is not None and is_name(
        label
    )


def without_byline(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Lines set as labels, without those of the head: a name over an office there is no label.

    They begin with the first whose surname alone is in capitals, or the first that is a paragraph,
    where most of them are so.
    """
    for is_one in (lambda x: sets_surname_apart(x.label), lambda x: _ENDS_BLOCK.match(text, x.end)):
        alike = [bool(is_one(each)) for each in found]
        if 2 * sum(alike) > len(found):
            return list(found)[alike.index(True) :]
    return list(found)


def _list_persons(text: str, lines: Sequence[Candidate], kept: set[str]) -> Iterator[str]:
    """Lines below the first label that open a paragraph, or are one, as whole names and labels do.

    A headline may be so too: what follows is then nobody's, and not another speaker's.
    """
    labels = [line for line in lines if line.label in kept]
    if 2 * sum(line.is_plain for line in labels) <= len(labels):
        return
    whole = [bool(_ENDS_BLOCK.match(text, label.end)) for label in labels]
    alone = 2 * sum(whole) >= len(whole)
    for line in lines:
        below = line.start > labels[0].start and line.is_plain and not is_heading(line.label)
        alike = below and (alone == bool(_ENDS_BLOCK.match(text, line.end)))
        if alike and is_name(line.label) and _WHOLE_NAME.fullmatch(line.label):
            yield line.label
