"""What a curator wants to know of each document before it goes on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OnrecordError
from corpus.exchanges import pair_turns
from corpus.load import Progress, find_documents, read_document
from corpus.model import Transcript
from corpus.styles import choose_style
from corpus.styles.base import RawFile

_WANTED = ("title", "date", "publisher", "place", "url")


@dataclass(frozen=True, slots=True)
class Checked:
    """One document: how it was understood and why its house style took it, or the problem."""

    file: str
    transcript: Transcript | None = None
    why: str | None = None
    problem: str | None = None

    def as_json(self) -> dict[str, object]:
        """One JSON object; ``problem`` is null where the document can be used."""
        if self.transcript is None:
            return {"file": self.file, "problem": self.problem}
        t = self.transcript
        return {
            "file": self.file,
            "problem": None,
            "style": t.style,
            "why": self.why,
            "title": t.source.title,
            "date": t.source.date.isoformat() if t.source.date else None,
            "speakers": _speakers(t),
            "turns": dict(Counter(turn.kind for turn in t.turns)),
            "exchanges": len(pair_turns(t)),
            "missing": _missing(t),
            "notices": [{"line": n.line, "text": n.text} for n in t.notices],
        }

    def as_text(self) -> str:
        """A few lines for a terminal."""
        if self.transcript is None:
            return f"✗ {self.problem}"
        t = self.transcript
        kinds = ", ".join(f"{n} {kind}" for kind, n in Counter(x.kind for x in t.turns).items())
        lines = [f"✓ {self.file}: {t.style} ({self.why}); {len(t.turns)} turns ({kinds})"]
        lines += [f"    speakers: {', '.join(_speakers(t)) or 'none that can be quoted'}"]
        if missing := _missing(t):
            lines.append(f"    not recorded: {', '.join(missing)}")
        lines += [f"    line {n.line}: {n.text}" if n.line else f"    {n.text}" for n in t.notices]
        return "\n".join(lines)


def check_folder(folder: Path, progress: Progress | None = None) -> Iterator[Checked]:
    """Read every document of a folder, one after the other.

    Raises:
        RecordError: there is no such folder.
    """
    found = find_documents(folder)
    for done, path in enumerate(found, 1):
        name = path.relative_to(folder).as_posix()
        try:
            document = read_document(folder, path)
            transcript = document.parse()
            _, why = choose_style(RawFile(name, document.content))
            yield Checked(name, transcript, why)
        except OnrecordError as error:
            yield Checked(name, problem=str(error))
        if progress:
            progress(name, done, len(found))


def _speakers(transcript: Transcript) -> list[str]:
    officials = (turn for turn in transcript.turns if turn.kind == "official")
    return list(dict.fromkeys(turn.speaker or turn.label for turn in officials))


def _missing(transcript: Transcript) -> list[str]:
    return [name for name in _WANTED if getattr(transcript.source, name) is None]
