"""What a curator wants to know of each document before it goes on record."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import OnrecordError, TranscriptError
from corpus.exchanges import pair_turns
from corpus.load import Document, Progress, find_documents, read_document
from corpus.model import Notice, SpeakerKind, Transcript
from corpus.reading.base import RawFile
from corpus.styles import choose_style

WANTED = ("title", "date", "publisher", "place", "url")
"""What a citation tells of a document where somebody has stated it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One document: how it was understood and why its house style took it, or the problem.

    ``speakers`` are those who can be quoted; ``turns`` are counted by kind; ``missing`` are the
    facts of :data:`WANTED` that nothing states. ``line`` is the problem's, where it has one.
    """

    file: str
    style: str | None = None
    why: str | None = None
    title: str | None = None
    date: dt.date | None = None
    speakers: tuple[str, ...] = ()
    turns: Mapping[SpeakerKind, int] = field(default_factory=dict[SpeakerKind, int])
    exchanges: int = 0
    missing: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    problem: str | None = None
    line: int | None = None

    def as_json(self) -> dict[str, object]:
        """One JSON object; ``problem`` is null where the document can be used."""
        if self.problem is not None:
            return {"file": self.file, "problem": self.problem, "line": self.line}
        return {
            "file": self.file,
            "problem": None,
            "style": self.style,
            "why": self.why,
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "speakers": list(self.speakers),
            "turns": dict(self.turns),
            "exchanges": self.exchanges,
            "missing": list(self.missing),
            "notices": [{"line": n.line, "text": n.text} for n in self.notices],
        }


def check_path(path: Path, progress: Progress | None = None) -> Iterator[Checked]:
    """Read a document, or every document of a folder, one after the other.

    Raises:
        RecordError: there is no such folder.
    """
    found, folder = ([path], path.parent) if path.is_file() else (find_documents(path), path)
    for done, each in enumerate(found, 1):
        name = each.relative_to(folder).as_posix()
        yield _check(folder, each, name)
        if progress:
            progress(name, done, len(found))


def _check(folder: Path, path: Path, name: str) -> Checked:
    try:
        document = read_document(folder, path)
        return _summarise(document, document.parse())
    except TranscriptError as error:
        return Checked(error.file, problem=error.problem, line=error.line)
    except OnrecordError as error:
        return Checked(name, problem=str(error))


def _summarise(document: Document, transcript: Transcript) -> Checked:
    source = transcript.source
    officials = (turn for turn in transcript.turns if turn.kind == "official")
    return Checked(
        document.name,
        transcript.style,
        choose_style(RawFile(document.name, document.content))[1],
        source.title,
        source.date,
        tuple(dict.fromkeys(turn.speaker or turn.label for turn in officials)),
        Counter(turn.kind for turn in transcript.turns),
        len(pair_turns(transcript)),
        tuple(name for name in WANTED if getattr(source, name) is None),
        transcript.notices,
    )
