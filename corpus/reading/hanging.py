"""Labels in a column of their own, too long for it: the name goes on in the line below.

    Col. Jane          Thank you. We have
    Roe-Prior:         three boats.

What is below is taken out of the text, so that the turn reads on; the label is both parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Removed
from corpus.reading.briefing import FoundLabel, opens_block
from corpus.reading.labels import is_heading, is_name
from corpus.reading.removal import Cut
from corpus.reading.same_labels import fold_label
from corpus.text import fold_space

_BELOW = "rest of a label"
_ABOVE = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,40}?)[^\S\n]{2,}(?=\S)")
_WRAPPED = re.compile(
    r"^(?P<above>[^\W\d_][^:\n]{0,40}?[^\S\n]{2,})\S[^\n]*\n"
    r"(?P<below>(?P<name>[^\W\d_][^:\n]{0,40}?):)[^\S\n]{2,}(?=\S)",
    re.MULTILINE,
)


def find_rests(raw: str, start: int) -> list[Cut]:
    """The second parts of such labels: the words of both lines begin at the same column."""
    return [
        Cut(_BELOW, *found.span("below"))
        for found in _WRAPPED.finditer(raw, start)
        if found.end() - found.start("below") == len(found["above"])
        and opens_block(raw, found.start())
        and is_name(name := _join(found["above"], found["name"]))
        and not is_heading(name)
    ]


def find_wrapped(text: str, removed: Sequence[Removed]) -> Iterator[FoundLabel]:
    """Such labels, once their second parts are taken out of the text."""
    for rest in removed:
        start = text.rfind("\n", 0, rest.at - 1) + 1
        above = _ABOVE.match(text, start) if rest.name == _BELOW else None
        if above:
            name = _join(above["label"], rest.text.rstrip(":"))
            yield FoundLabel(name, fold_label(name), start, above.end())


def _join(above: str, below: str) -> str:
    above = fold_space(above)
    return above + below if above.endswith("-") else f"{above} {below}"
