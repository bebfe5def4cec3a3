"""The values that pass between the layers. All are frozen: nothing downstream can alter a quote.

Offsets (``start``, ``end``) count characters of ``Transcript.text``, the canonical text;
``end`` is exclusive, so that ``text[start:end]`` is what was said. Lines are 1-based lines of the
raw file.
"""

from __future__ import annotations

import datetime as dt
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

SpeakerKind = Literal["official", "reporter", "moderator", "unknown"]
OutcomeKind = Literal["quoted", "closest", "nothing"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a transcript comes from. What nobody has seen is None, never a guess."""

    file: str
    sha256: str
    title: str | None = None
    date: dt.date | None = None
    publisher: str | None = None
    outlet: str | None = None
    place: str | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One unbroken stretch by one speaker; ``text[start:end]`` leaves its label out.

    ``label`` is the speaker as printed; ``speaker`` and ``role`` are the full name and the role at
    the time, None where the document (or its metadata) does not tell them.
    """

    kind: SpeakerKind
    label: str
    start: int
    end: int
    speaker: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the canonical text that nobody said: banner, footer, header, label …"""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of the raw text that is not in the canonical text: page header, menu, soft hyphen …

    It stood before the character at ``at`` of the canonical text, on raw line ``line``.
    """

    name: str
    text: str
    at: int
    line: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a curator should look at; the document is usable all the same."""

    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class LineMap:
    """Raw lines of canonical offsets: from ``offsets[i]`` on, the raw line is ``lines[i]``.

    Packed, since a text may have a million lines: one takes eight bytes so, and 80 in tuples.
    """

    packed_offsets: bytes
    packed_lines: bytes

    @classmethod
    def holding(cls, offsets: Iterable[int], lines: Iterable[int]) -> LineMap:
        """The map of these, both in order."""
        return cls(array("I", offsets).tobytes(), array("I", lines).tobytes())

    @classmethod
    def of(cls, text: str) -> LineMap:
        """The map of a text that is the raw file's own."""
        offsets = array("I", [0])
        offsets.extend(found.end() for found in re.finditer("\n", text))
        return cls.holding(offsets, range(1, len(offsets) + 1))

    @property
    def offsets(self) -> Sequence[int]:
        return memoryview(self.packed_offsets).cast("I")

    @property
    def lines(self) -> Sequence[int]:
        return memoryview(self.packed_lines).cast("I")

    def line(self, offset: int) -> int:
        """The 1-based raw line on which the character at ``offset`` stands."""
        return self.lines[max(0, bisect_right(self.offsets, offset) - 1)]


@dataclass(frozen=True, slots=True)
class Transcript:
    """One published document, parsed. Turns and furniture together cover all of its text.

    ``removed`` names what of the raw file's text is left out of the canonical text.
    """

    source: Source
    style: str
    text: str
    turns: tuple[Turn, ...]
    furniture: tuple[Furniture, ...]
    line_map: LineMap
    notices: tuple[Notice, ...] = ()
    removed: tuple[Removed, ...] = ()

    def said(self, turn: Turn) -> str:
        """The words of a turn, verbatim."""
        return self.text[turn.start : turn.end]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer as spoken, by the positions of their turns in the transcript.

    ``questions`` is empty for a statement that answers no question. ``answers`` holds one
    official's turns; more than one where an interjection tore the answer apart. ``before`` are
    the questions of the exchanges that lead up to this one, nearest first.
    """

    questions: tuple[int, ...]
    answers: tuple[int, ...]
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A start–end span of an answer, whole sentences."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; None leaves that side open. Dates are inclusive."""

    speaker: str | None = None
    after: dt.date | None = None
    before: dt.date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Who said it, when and where it is published; None is shown as "not recorded"."""

    source: Source
    speaker: str
    role: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage with what was asked and its citation.

    ``text`` is ``Transcript.text[start:end]``, unfolded. ``question`` is the question as spoken,
    None where none was asked. ``id`` names these very characters of this very file and can be
    quoted back.
    """

    id: str
    text: str
    start: int
    end: int
    question: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Match:
    """A scored candidate: the quote to show and the exchange it was taken from.

    ``also`` are the citations of the same words in other documents (near-duplicates folded).
    """

    quote: Quote
    exchange_id: int
    score: float
    also: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a query gets. ``notes`` are sentences the reader must see (undated ones left out …)."""

    query: str
    kind: OutcomeKind
    matches: tuple[Match, ...] = ()
    topics: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ms: float = 0.0
