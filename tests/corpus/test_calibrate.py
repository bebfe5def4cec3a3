"""Calibrating: what it learns, what it holds out, and what is shipped."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from corpus.calibrate import calibrate
from corpus.confidence import SIGNALS, estimate_chance, shipped_calibration
from corpus.errors import OnrecordError
from corpus.evaluate import read_cases
from corpus.samples import Sample, collect_samples, join_groups
from corpus.score import SCORER_VERSION
from corpus.sets import make_set_record

QUESTIONS = Path(__file__).parents[1] / "questions"


def test_the_shipped_calibration_belongs_to_this_scorer():
    calibration = shipped_calibration()
    assert calibration.scorer_version == SCORER_VERSION
    assert set(calibration.coefficients) == set(SIGNALS)
    assert 0 < calibration.quoted < 1
    assert calibration.closest > 0


@pytest.fixture(scope="module")
def samples(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    found: list[Sample] = []
    for path in (shared / "questions" / "seeds.jsonl", *sorted(QUESTIONS.glob("*.jsonl"))):
        cases = read_cases(path)
        record = make_set_record(cases, shared / "transcripts", tmp_path_factory.mktemp(path.stem))
        found += collect_samples(record, cases, path.stem)
        record.close()
    return found


ABOUT = {"seeds": {"a"}, "briefings": {"b", "c"}, "interviews": {"d"}}


def test_calibrating_again_learns_to_tell_right_from_wrong(samples: list[Sample]):
    calibration, tiers = calibrate(samples, ABOUT)
    assert calibration.scorer_version == SCORER_VERSION
    assert [tier.group for tier in tiers] == [*ABOUT, "all"]
    chances = {
        right: [estimate_chance(calibration, s.signals) for s in samples if s.right is right]
        for right in (True, False)
    }
    assert mean(chances[True]) > 2 * mean(chances[False])
    assert tiers[-1].quoted >= 20
    assert tiers[-1].wrong < 0.2
    assert tiers[-1].astray < 0.1
    assert not any(sample.right for sample in samples if sample.removed)


def test_queries_asked_of_their_own_document_serve_the_fit_alone(
    samples: list[Sample], shared: Path, tmp_path: Path
):
    cases = [case for case in read_cases(QUESTIONS / "interviews.jsonl") if case.gold]
    first = [case for case in cases if case.gold[0].file == cases[0].gold[0].file]
    record = make_set_record(first, shared / "transcripts", tmp_path)
    alone = collect_samples(record, first, "interviews", alone=True)
    record.close()
    calibration, tiers = calibrate([*samples, *alone], ABOUT)
    before, tiers_before = calibrate(samples, ABOUT)
    assert calibration.coefficients != before.coefficients
    assert [tier.unanswerable for tier in tiers] == [tier.unanswerable for tier in tiers_before]


def test_sets_over_the_same_documents_cannot_be_held_out(samples: list[Sample]):
    with pytest.raises(OnrecordError, match="over different documents"):
        calibrate(samples, {name: {"a"} for name in ABOUT})


@pytest.mark.parametrize(
    ("documents", "folds"),
    [
        ({"a": {"1"}, "b": {"2"}}, [{"a"}, {"b"}]),
        ({"a": {"1"}, "b": {"1", "2"}}, [{"a", "b"}]),
        ({"a": {"1"}, "b": {"2"}, "c": {"1", "2"}}, [{"a", "b", "c"}]),
        ({"a": set(), "b": {"2"}}, [{"a"}, {"b"}]),
    ],
)
def test_what_shares_a_document_is_held_out_together(
    documents: dict[str, set[str]], folds: list[set[str]]
):
    assert join_groups(documents) == folds
