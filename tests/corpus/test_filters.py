"""What filters leave of a record, and what is said of what they leave out."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.filters import narrow_search, tell_undated
from corpus.model import Filters
from corpus.postings import Narrowing
from corpus.record import Record


@pytest.mark.parametrize(
    ("filters", "transcripts"),
    [
        (Filters(publisher="state"), 2),
        (Filters(after=dt.date(2022, 2, 16)), 1),
        (Filters(before=dt.date(2022, 2, 15)), 1),
        (Filters(publisher="state", before=dt.date(2022, 1, 20)), 0),
    ],
)
def test_a_publisher_by_part_of_its_name_and_dates_inclusive(
    seed_record: Record, filters: Filters, transcripts: int
):
    with seed_record.reading() as reader:
        narrowing, undated = narrow_search(reader.connection, filters)
    assert len(narrowing.transcripts or ()) == transcripts
    assert (narrowing.officials, undated) == (None, 0)


def test_without_filters_every_side_stays_open(seed_record: Record):
    with seed_record.reading() as reader:
        assert narrow_search(reader.connection, Filters()) == (Narrowing(), 0)


def test_how_many_undated_ones_are_left_out_is_told_in_a_sentence():
    assert tell_undated(0) == ()
    assert tell_undated(1) == ("1 undated transcript is left out by the date filter.",)
    assert tell_undated(2) == ("2 undated transcripts are left out by the date filter.",)
