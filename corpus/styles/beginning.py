"""Where a release says that its transcript begins; the words above it are the publisher's.

“A rush transcript of the Governor’s remarks is available below:” stands under a summary that may
quote the speaker, label and all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.styles.briefing import FoundLabel

_ANNOUNCED = re.compile(
    r"^[^\S\n]*(?=[^\n]{10,300}$)(?:[^\n]{0,80} )?(?i:transcript)\b[^\n]{0,160}"
    r"\b(?i:below|follows|following)\b[^\n]{0,20}:[^\S\n]*$"
    r"|^[^\S\n]*(?i:(?:the following|below) is (?:an?|the) [^\n]{0,30}transcript)\b[^\n]{0,200}:"
    r"[^\S\n]*$",
    re.MULTILINE,
)
_MOST = 4  # labels in what a publisher writes above a transcript


def drop_above_transcript(
    text: str, start: int, found: Sequence[FoundLabel]
) -> Sequence[FoundLabel]:
    """The labels without those above the line that announces the transcript."""
    stop = found[_MOST].start if len(found) > _MOST else len(text)
    announced = _ANNOUNCED.search(text, start, stop)
    if announced is None:
        return found
    return [label for label in found if label.start >= announced.end()] or found
