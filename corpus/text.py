"""Text for eyes: the single place where white space is folded for display.

Text for matching lives in ``corpus/words.py``; nothing made there is ever shown.
"""

from __future__ import annotations

import re

_EMPTY_LINE = re.compile(r"\n\s*\n")


def fold_space(text: str) -> str:
    """``text`` with each run of white space shown as one space, and none at the ends.

    Every other character stays as published: no quote is straightened, no dash changed.
    """
    folded = " ".join(text.split())
    return text if text == folded else folded  # the same string: a document has many labels


def fold_paragraphs(text: str) -> str:
    """As ``fold_space`` for each paragraph; one empty line stays between them."""
    return "\n\n".join(filter(None, map(fold_space, _EMPTY_LINE.split(text))))


def fold_beginning(text: str) -> str:
    """``text`` as ``fold_paragraphs`` shows it before a word: the space at its end stays.

    It is to end just before a word; the whole then begins with it.
    """
    folded = fold_paragraphs(text)
    if not folded or not text[-1].isspace():
        return folded
    return folded + ("\n\n" if _EMPTY_LINE.search(text[len(text.rstrip()) :]) else " ")
