"""What tests share: the folder of development material, and a real record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from corpus.load import load_record
from corpus.record import Record

REPOSITORY = Path(__file__).resolve().parent.parent


# No time is asserted anywhere: the machine that runs the tests may be busy.
settings.register_profile("onrecord", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("onrecord")

SHARED = Path(os.environ.get("ONRECORD_SHARED") or REPOSITORY.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents, queries and API descriptions that lies beside a checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the development material in {SHARED} (or set ONRECORD_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def shared_or_none() -> Path | None:
    """The same, for tests that only test less without it."""
    return SHARED if SHARED.is_dir() else None


@pytest.fixture(scope="session")
def seed_record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record file of the shipped transcripts; copy it before changing it."""
    path = tmp_path_factory.mktemp("seed") / "record.db"
    report = load_record(path)
    assert not report.problems
    return path


@pytest.fixture(scope="session")
def seed_record(seed_record_path: Path) -> Iterator[Record]:
    """The live handle on a record of the shipped transcripts."""
    record = Record(seed_record_path)
    yield record
    record.close()
