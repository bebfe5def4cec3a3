"""A sample of the benchmark of verdicts; ``tests/bench/verify_bench.py`` runs the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.verify_bench import Bench, Tally, judge, table
from tests.bench.verify_changes import CHANGES
from tests.bench.verify_crafty import CRAFTY


@pytest.fixture(scope="module")
def tallies(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tally]:
    folder = tmp_path_factory.mktemp("bench")
    bench = Bench(shared / "transcripts" / "federal_reserve", folder / "record.db")
    found, _ = judge(bench.record, bench.cases(0.03, seed=3))
    return found


def share(tallies: dict[str, Tally], kinds: set[str]) -> float:
    """The share of quotes of these kinds that got the right verdict, with its reason."""
    chosen = [tallies[kind] for kind in kinds]
    return sum(tally.named for tally in chosen) / sum(tally.count for tally in chosen)


def test_no_changed_quote_is_verbatim(tallies: dict[str, Tally]) -> None:
    verbatim = {kind: tallies[kind].verdicts["verbatim"] for kind in (*CHANGES, *CRAFTY)}
    assert not any(verbatim.values()), table(tallies)


def test_changed_quotes_are_altered_and_the_change_is_named(tallies: dict[str, Tally]) -> None:
    assert share(tallies, set(CHANGES)) >= 0.98, table(tallies)
    assert share(tallies, set(CRAFTY)) >= 0.95, table(tallies)


def test_unchanged_quotes_are_verbatim_in_any_typography(tallies: dict[str, Tally]) -> None:
    assert share(tallies, {"typography only"}) >= 0.99, table(tallies)


def test_reporters_words_are_somebody_elses(tallies: dict[str, Tally]) -> None:
    assert share(tallies, {"a reporter's words"}) >= 0.96, table(tallies)


def test_what_is_not_in_the_record_is_not_found(tallies: dict[str, Tally]) -> None:
    assert share(tallies, {"not in the record"}) >= 0.93, table(tallies)
