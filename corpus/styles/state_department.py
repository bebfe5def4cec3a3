"""U.S. Department of State, the text of a page: ``QUESTION:  …``, ``SECRETARY BLINKEN:  …``.

A .gov banner stands before the first turn; the line "U.S. Department of State" and the headline
of an unrelated page after the last.
"""

from __future__ import annotations

import re

from corpus.errors import ParseError
from corpus.metadata import Metadata
from corpus.model import Furniture, LineMap, SpeakerKind
from corpus.styles.base import Draft, Label, RawFile, cut_turns, trim

PUBLISHER = "U.S. Department of State"

_BANNER = "An official website of the United States Government"
_LABEL = re.compile(r"^[^\S\n]*(?P<label>[A-Z][A-Z.'’\- ]*[A-Z.]):(?=\s)[^\S\n]*", re.MULTILINE)
_FOOTER = re.compile(rf"^[^\S\n]*{re.escape(PUBLISHER)}[^\S\n]*$", re.MULTILINE)
_KINDS: dict[str, SpeakerKind] = {
    "QUESTION": "reporter",
    "Q": "reporter",
    "MODERATOR": "moderator",
    "OPERATOR": "moderator",
}


def claim(raw: RawFile) -> str | None:
    """Claims a text that opens with the .gov banner and names the department after its turns."""
    if raw.content.lstrip()[:1] == b"<" or not raw.text.lstrip().startswith(_BANNER):
        return None
    return "opens with the .gov banner" if _FOOTER.search(raw.text) else None


def read(raw: RawFile) -> Draft:
    """Read the turns between banner and footer.

    Raises:
        ParseError: not UTF-8, or no turn in it.
    """
    text = raw.text
    labels = [
        Label(found["label"], _KINDS.get(found["label"], "official"), found.start(), found.end())
        for found in _LABEL.finditer(text)
    ]
    if not labels:
        raise ParseError(raw.name, "has no turns: no line starts with a label such as “QUESTION:”.")
    footer = _FOOTER.search(text, labels[-1].end)
    stop = footer.start() if footer else len(text)
    turns, furniture = cut_turns(text, labels, stop)
    edges = (
        Furniture("banner", *trim(text, 0, labels[0].start)),
        Furniture("footer", *trim(text, stop, len(text))),
    )
    furniture += tuple(edge for edge in edges if edge.start < edge.end)
    return Draft(text, LineMap.of(text), turns, furniture, Metadata(publisher=PUBLISHER))
