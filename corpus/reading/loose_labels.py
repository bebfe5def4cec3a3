"""Labels inside a turn that no style takes for one, as a typist in a hurry sets them.

``lady in green coat: …``, ``Oakes - …``, ``Amina from the school: …``: nobody is listed so, and the
next time the same person is ``green coat``. Where much is typed in small letters, any few words
that open a line so may be somebody's label; elsewhere a paragraph's only, if they are in small
letters before a colon, or tell of a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Turn
from corpus.reading.briefing import opens_block
from corpus.reading.ending import goes_on
from corpus.reading.labels import is_heading, is_unnamed, kind_of_label

_OPENS = re.compile(
    r"^[^\S\n]*(?P<label>[^\W\d_][^:;?!\n]{1,40}?)(?P<mark>:|[^\S\n][-–—])(?=[^\S\n])",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_WORDS_AT_MOST = 5
_MUCH = 3  # of so many turns one opens in a small letter
_FEWEST = 4
_LOOKED_BACK = 8  # characters
_SHORT = 3  # letters; a shorter word is no name


class LooseLabels:
    """Tells which words before a colon or a dash may be anybody's label, in one document."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        small = sum(_opens_small(text, turn) for turn in turns)
        self._typed_small = small >= max(_FEWEST, len(turns) / _MUCH)
        self._names = {
            word.casefold()
            for label in {turn.label for turn in turns}
            for word in _WORD.findall(label)
            if word[0].isupper() and len(word) >= _SHORT and kind_of_label(word) is None
        }

    def find(self, text: str, turn: Turn) -> re.Match[str] | None:
        """The first line of a turn that opens so; never what stands beside the turn's label."""
        found = _OPENS.finditer(text, turn.start, turn.end)
        return next((each for each in found if self._is_label(text, each)), None)

    def _is_label(self, text: str, found: re.Match[str]) -> bool:
        label, above = found["label"], text[max(0, found.start() - _LOOKED_BACK) : found.start()]
        if len(label.split()) > _WORDS_AT_MOST:
            return False
        if self._typed_small:
            return True
        if not opens_block(text, found.start()) or "," in label:
            return False
        if found["mark"] == ":":  # a torn sentence goes on in small letters too
            return label[0].islower() and goes_on(above)
        is_one_here = label[0].isupper() and self._names.issuperset(label.casefold().split())
        return is_unnamed(label) or (is_one_here and not is_heading(label))


def _opens_small(text: str, turn: Turn) -> bool:
    first = _WORD.search(text, turn.start, turn.end)
    return first is not None and first[0][0].islower()
