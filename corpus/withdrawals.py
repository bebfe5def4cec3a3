"""Quotes that a curator took out of everything that is shown, with all that overlaps them.

The bot keeps them in its own database. Beside the record it serves it leaves a copy, so that the
command line of its host shows no more than it does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.cite import locate_quote, quote_id
from corpus.errors import RecordError, WithdrawnError
from corpus.model import Match, Outcome
from corpus.verdict import Verdict

WITHDRAWN = "[withdrawn]"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The start of a file's hash, a span of its text, and the reason."""

    sha: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """All that is withdrawn."""

    words: tuple[Withdrawn, ...] = ()

    @classmethod
    def of(cls, reasons: Mapping[str, str]) -> Withdrawals:
        """Those of ``reasons``, by the id of the quote."""
        places = ((locate_quote(name), reason) for name, reason in reasons.items())
        return cls(tuple(Withdrawn(*place, reason) for place, reason in places if place))

    def spans(self, sha256: str) -> list[tuple[int, int]]:
        """Where a transcript's withdrawn words stand."""
        return [(each.start, each.end) for each in self.words if sha256.startswith(each.sha)]

    def check(self, name: str) -> None:
        """Make sure that the quote with the id ``name`` may be shown.

        Raises:
            WithdrawnError: a curator withdrew it, or words of it; with the reason.
        """
        sha, start, end = locate_quote(name) or ("", 0, 0)
        for each in self.words:
            if each.sha == sha and each.start < end and start < each.end:
                raise WithdrawnError(f"This quote was withdrawn: {each.reason}")

    def allows(self, name: str) -> bool:
        """Whether the quote with the id ``name`` may be shown."""
        try:
            self.check(name)
        except WithdrawnError:
            return False
        return True

    def hide_in_outcome(self, outcome: Outcome) -> Outcome:
        """``outcome`` without withdrawn quotes; what is left of a confident one is no longer so."""
        kept: tuple[Match, ...] = tuple(m for m in outcome.matches if self.allows(m.quote.id))
        if kept == outcome.matches:
            return outcome
        if not kept:
            return replace(outcome, kind="nothing", matches=())
        first_stays = outcome.kind == "quoted" and kept[0] == outcome.matches[0]
        return replace(outcome, kind="quoted" if first_stays else "closest", matches=kept)

    def hide_in_verdict(self, verdict: Verdict) -> Verdict:
        """``verdict`` without withdrawn words; if its own were, no more than that."""
        try:
            if verdict.match:
                self.check(verdict.match.quote.id)
        except WithdrawnError as error:
            return Verdict(verdict.quote, "not_found", withdrawn=str(error))
        kept = tuple(each for each in verdict.occurrences if self.allows(each.match.quote.id))
        around = verdict.around if self._allows_around(verdict) else None
        return replace(verdict, occurrences=kept, around=around)

    def _allows_around(self, verdict: Verdict) -> bool:
        if verdict.match is None or verdict.around is None:
            return True
        quote = verdict.match.quote
        start = quote.start - max(0, verdict.around.find(quote.text))
        sha256 = quote.citation.source.sha256
        return self.allows(quote_id(sha256, start, start + len(verdict.around)))


def hide_words(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """``text[start:end]`` with a mark in place of each of the withdrawn ``spans`` of ``text``."""
    parts, at = [], start
    for first, last in sorted(spans):
        if at < end and first < end and last > at:
            parts += [text[at : max(at, first)], WITHDRAWN]
            at = min(last, end)
    return "".join([*parts, text[at:end]])


def read_withdrawals(record: Path) -> Withdrawals:
    """What was withdrawn when the bot of this host last looked; nothing where none ran.

    Raises:
        RecordError: they are there and can't be read, so that nobody knows what to leave out.
    """
    path = _beside(record)
    try:
        return Withdrawals.of(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Withdrawals()
    except (OSError, ValueError, AttributeError) as error:
        problem = "tells what was withdrawn, and can't be read; start the bot, it writes it anew"
        raise RecordError(f"{path}: {problem} ({error}).") from error


def keep_withdrawals(record: Path, reasons: Mapping[str, str]) -> None:
    """Leave beside the record what was withdrawn: the reasons by the id of the quote.

    Raises:
        OSError: the disk refuses.
    """
    path = _beside(record)
    part = path.with_name(f".{path.name}.{os.getpid()}")  # processes may share a record
    part.write_text(json.dumps(reasons, ensure_ascii=True), encoding="utf-8")
    part.replace(path)


def _beside(record: Path) -> Path:
    return record.with_name(f"{record.name}.withdrawn")
