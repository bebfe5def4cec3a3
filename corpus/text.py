"""Text for eyes: the single place where white space is folded for display.

Text for matching lives in ``corpus/words.py``; nothing made there is ever shown.
"""

from __future__ import annotations

import re

_WHITE_SPACE = re.compile(r"\s+")


def fold_space(text: str) -> str:
    """``text`` with each run of white space shown as one space, and none at the ends.

    Every other character stays as published: no quote is straightened, no dash changed.
    """
    return _WHITE_SPACE.sub(" ", text).strip()
