"""Where a release says that its transcript begins; the words above it are the publisher's.

“A rush transcript of the Governor’s remarks is available below:” stands under a summary that may
quote the speaker, label and all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.reading.briefing import FoundLabel

_ANNOUNCED = re.compile(
    r"^[^\S\n]*(?=[^\n]{10,300}$)(?:[^\n]{0,80} )?(?i:transcript)\b[^\n]{0,160}"
    r"\b(?i:below|follows|following)\b[^\n]{0,20}:[^\S\n]*$"
    r"|^[^\S\n]*(?i:(?:the following|below) is (?:an?|the) [^\n]{0,30}transcript)\b[^\n]{0,200}:"
    r"[^\S\n]*$",
    re.MULTILINE,
)
_MOST = 4  # labels in what a publisher writes above a transcript


def find_beginning(
    text: str, start: int, found: Sequence[FoundLabel]
) -> tuple[Sequence[FoundLabel], int]:
    """The labels of the transcript itself, and where it begins: with them, or as announced."""
    stop = found[_MOST].start if len(found) > _MOST else len(text)
    announced = _ANNOUNCED.search(text, start, stop)
    below = [label for label in found if announced and label.start >= announced.end()]
    return (below, announced.end()) if announced and below else (found, found[0].start)
