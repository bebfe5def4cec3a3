"""What a house style is: how one publisher sets transcripts.

A style claims a document by its marks and reads it into a draft. To add one, write a module with
``claim`` and ``read`` and list it in ``corpus/styles/__init__.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

from corpus.errors import ParseError
from corpus.metadata import Metadata
from corpus.model import Furniture, LineMap, Notice, Removed, SpeakerKind, Turn

MOST_CHARACTERS = 11_000_000
"""Of text in a document, 10 MB: some two hundred hours of speech."""
MOST_LINES = 1_000_000
"""Of a text: 10 MB of wrapped briefings have 210,000."""
MOST_LABELS = 220_000
"""Lines set as labels are, of a document: 10 MB of briefings have 26,000. With so many in 10 MB,
all alike or all different, a load stays under 300 MB (``python -m tests.bench.large``)."""

_OTHER_LINE_END = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_UNSEEN = re.compile("^[\u200b-\u200f\u2060\ufeff]+", re.MULTILINE)

_T = TypeVar("_T")


@dataclass(frozen=True)
class RawFile:
    """A document as it lies on disk."""

    name: str
    content: bytes

    @cached_property
    def text(self) -> str:
        """The content as UTF-8 but for its signature; of a PDF, the text of its pages.

        Each line ends in a newline, whatever ended it, and begins with nothing unseen.

        Raises:
            ParseError: not UTF-8, or with NUL characters; with the line; or a broken PDF.
        """
        if self.content.startswith(b"%PDF-"):
            from corpus.reading.pdf import read_pages

            return "\f".join(read_pages(self.name, self.content))
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            problem = "is not UTF-8 text; save it as UTF-8 and load again."
            raise ParseError(self.name, problem, line) from error
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise ParseError(self.name, "holds a NUL character; it is not a text.", line)
        text = _OTHER_LINE_END.sub("\n", text)
        return _UNSEEN.sub(lambda found: " " * len(found[0]), text)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a style read: everything but who stands behind the labels.

    Turns carry ``label`` and ``kind``; ``speaker`` and ``role`` are filled in by ``parse`` from
    ``metadata.speakers``. Turns and furniture together cover all of ``text`` but white space.
    """

    text: str
    line_map: LineMap
    turns: tuple[Turn, ...]
    furniture: tuple[Furniture, ...]
    metadata: Metadata = field(default_factory=Metadata)
    notices: tuple[Notice, ...] = ()
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """One house style: ``claim`` gives the reason it takes a document, or None."""

    name: str
    claim: Callable[[RawFile], str | None]
    read: Callable[[RawFile], Draft]


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label as it stands in the text; what was said begins at ``end``."""

    printed: str
    kind: SpeakerKind
    start: int
    end: int


def require_length(file: str, text: str) -> None:
    """Refuse a text that is too long for a transcript, before it fills the memory.

    Raises:
        ParseError: it has over 11,000,000 characters, or 1,000,000 lines.
    """
    for count, most, what in (
        (len(text), MOST_CHARACTERS, "characters"),
        (text.count("\n"), MOST_LINES, "lines"),
    ):
        if count > most:
            raise ParseError(file, _too_many(most, what))


class TooManyError(Exception):
    """A document holds more of something than any transcript does; ``str()`` is the sentence."""


def up_to(most: int, found: Iterable[_T], what: str) -> Iterator[_T]:
    """What is found, one after the other, while a document's memory stays bounded.

    Raises:
        TooManyError: there is more than that.
    """
    for count, each in enumerate(found):
        if count == most:
            raise TooManyError(_too_many(most, what))
        yield each


def find_labelled(pattern: re.Pattern[str], text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """What a pattern of labels finds in a text, as far as ``up_to`` lets it."""
    return up_to_most_labels(pattern.finditer(text, start))


def up_to_most_labels(found: Iterable[_T]) -> Iterator[_T]:
    """``up_to`` for labels."""
    return up_to(MOST_LABELS, found, "lines that are set as labels")


def _too_many(most: int, what: str) -> str:
    return f"holds over {most:,} {what}; split it into its transcripts."


def cut_turns(
    text: str, labels: Iterable[Label], stop: int
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """Cut ``text`` from the first label up to ``stop`` into turns.

    Paragraphs without a label belong to the turn above. Returns the turns, trimmed of white
    space, and the labels as furniture. A label that nothing follows makes no turn.
    """
    turns: list[Turn] = []
    furniture: list[Furniture] = []
    for label, below in pairwise(chain(labels, [Label("", "unknown", stop, stop)])):
        furniture.append(Furniture("label", label.start, label.end))
        start, end = trim(text, label.end, below.start)
        if start < end:
            turns.append(Turn(label.kind, label.printed, start, end))
    return tuple(turns), tuple(furniture)


def keep_part(text: str, turn: Turn, start: int, end: int) -> Iterator[Turn]:
    """What is left of a turn within bounds, trimmed; the very turn where that is all of it."""
    start, end = trim(text, start, end)
    if (start, end) == (turn.start, turn.end):
        yield turn
    elif start < end:
        yield replace(turn, start=start, end=end)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty at ``start`` where nothing is left."""
    said = text[start:end]
    before = len(said) - len(said.lstrip())
    begin = start + before if before else start  # the same number: there may be thousands
    return begin, begin + len(said.strip())
