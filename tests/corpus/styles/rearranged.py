"""Real documents set again as other publishers would set them: the same words, other labels.

What each turn is, is known from the original; so any way of labelling can be tried on hundreds of
real turns, with all that real speech has in it: colons, names at the start of a paragraph, lists.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from corpus.errors import OnrecordError
from corpus.model import SpeakerKind, Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space

PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Said:
    """One turn of the original, by paragraphs."""

    kind: SpeakerKind
    label: str
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> str:
        return " ".join(self.paragraphs)


@dataclass(frozen=True)
class Setting:
    """How a made document is set: what stands above, the label of each kind, what ends a label."""

    above: str
    asks: str
    answers: str
    leads: str = "MODERATOR"
    ending: str = ": "
    file: str = "made.txt"
    gap: str = "\n\n"

    def label(self, kind: SpeakerKind) -> str:
        return {"reporter": self.asks, "official": self.answers}.get(kind, self.leads)

    def set(self, turns: Sequence[Said]) -> bytes:
        lines = (
            self.label(turn.kind) + self.ending + self.gap.join(turn.paragraphs) for turn in turns
        )
        return (self.above + self.gap.join(lines) + "\n").encode()


@dataclass(frozen=True)
class Layout:
    """How a made page is set: its address, what stands around, and a turn of it."""

    address: str
    before: str
    after: str
    asks: str  # with {said}
    answers: str  # with {label} and {said}
    between: str = "</p><p>"

    def set(self, title: str, turns: Sequence[Said]) -> bytes:
        link = f'<link rel="canonical" href="{self.address}">' if self.address else ""
        menu = (
            "<nav><ul><li>Q&amp;A</li></ul></nav><div><p>THE CABINET:</p><ul><li>A</li></ul></div>"
        )
        body = "".join(self._turn(turn) for turn in turns)
        return (
            f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title>{link}</head><body>"
            f"{menu}{self.before}{body}{self.after}<footer><p>MEDIA CONTACT: a</p></footer></body>"
        ).encode()

    def _turn(self, turn: Said) -> str:
        said = self.between.join(map(html.escape, turn.paragraphs))
        setting = self.asks if turn.kind == "reporter" else self.answers
        return setting.format(said=said, label=turn.label.removesuffix(":"))


def read_turns(path: Path, *, one_official: bool) -> tuple[str, list[Said]]:
    """Title and turns of a real document; of its officials only the one who speaks most."""
    transcript = parse_transcript(path.name, path.read_bytes())
    officials = Counter(turn.label for turn in transcript.turns if turn.kind == "official")
    one = officials.most_common(1)[0][0]
    turns = [
        Said(turn.kind, turn.label, tuple(map(fold_space, PARAGRAPH.split(transcript.said(turn)))))
        for turn in transcript.turns
        if not one_official or turn.label == one or turn.kind not in {"official", "unknown"}
    ]
    return transcript.source.title or "", turns


@dataclass
class Tally:
    """How many turns came back whole and of the right kind, and what is in a wrong mouth."""

    turns: int = 0
    right: int = 0
    misquoted: tuple[str, ...] = ()
    refused: int = 0

    @property
    def share(self) -> float:
        return self.right / self.turns

    def add(self, content: bytes, file: str, turns: Sequence[Said]) -> None:
        """Parse a document that was set from these turns, and compare."""
        self.turns += len(turns)
        try:
            transcript = parse_transcript(file, content)
        except OnrecordError:
            self.refused += 1
            return
        self._compare(transcript, turns)

    def _compare(self, transcript: Transcript, turns: Sequence[Said]) -> None:
        found = [(fold_space(transcript.said(turn)), turn.kind) for turn in transcript.turns]
        wanted, got = [turn.words[:50] for turn in turns], [words[:50] for words, _ in found]
        blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
        for first, second, size in blocks:
            for offset in range(size):
                turn, (words, kind) = turns[first + offset], found[second + offset]
                self.right += kind == turn.kind and words == turn.words
                if kind == "official" and (turn.kind != kind or len(words) > len(turn.words)):
                    self.misquoted += (words[:200],)
