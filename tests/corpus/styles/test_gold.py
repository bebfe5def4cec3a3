"""Every turn of the gold documents, made by reading them: tests/gold/PUBLISHER/DOCUMENT.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.metadata import read_sidecar
from corpus.model import Transcript
from corpus.parse import parse_transcript

GOLD = Path(__file__).resolve().parents[2] / "gold"
SHIPPED = Path(__file__).resolve().parents[3] / "corpus" / "transcripts"
TABLES = sorted(GOLD.glob("*/*.tsv"))


def read_gold(table: Path) -> list[tuple[str, ...]]:
    """Rows of kind, label, speaker, role, start, end, first words, last words; "-" is None."""
    rows = table.read_text(encoding="utf-8").splitlines()
    return [tuple(row.split("\t")) for row in rows if not row.startswith("#")]


def list_turns(transcript: Transcript) -> list[tuple[str, ...]]:
    """The turns as rows of a gold table."""
    rows = []
    for turn in transcript.turns:
        words = transcript.said(turn).split()
        who = (turn.kind, turn.label, turn.speaker or "-", turn.role or "-")
        edges = (" ".join(words[:5]), " ".join(words[-5:]))
        rows.append((*who, str(turn.start), str(turn.end), *edges))
    return rows


def parse_gold_document(table: Path, request: pytest.FixtureRequest) -> Transcript:
    """The document of a gold table, with its sidecar where it has one."""
    found = sorted(SHIPPED.glob(f"{table.stem}.txt"))
    if not found:
        shared: Path = request.getfixturevalue("shared")
        found = sorted((shared / "transcripts" / table.parent.name).glob(f"{table.stem}.*"))
    beside = found[0].with_suffix(".toml")
    stated = read_sidecar(beside.name, beside.read_bytes()) if beside.is_file() else None
    return parse_transcript(found[0].name, found[0].read_bytes(), stated)


@pytest.mark.parametrize(
    "table", TABLES, ids=lambda table: f"{table.parent.name}-{table.stem[:24]}"
)
def test_every_turn_is_as_the_gold_says(table: Path, request: pytest.FixtureRequest):
    assert list_turns(parse_gold_document(table, request)) == read_gold(table)


@pytest.mark.parametrize("publisher", sorted({table.parent.name for table in TABLES}))
def test_no_reporter_is_taken_for_an_official(publisher: str, request: pytest.FixtureRequest):
    for table in (table for table in TABLES if table.parent.name == publisher):
        transcript = parse_gold_document(table, request)
        kinds = {row[4]: row[0] for row in read_gold(table)}
        for turn in transcript.turns:
            if turn.kind == "official":
                assert kinds[str(turn.start)] == "official", transcript.said(turn)[:80]
