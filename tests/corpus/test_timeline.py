"""A topic through time."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import timeline
from corpus.load import SHIPPED_FOLDER, load_record
from corpus.model import Filters
from corpus.record import Record
from corpus.timeline import trace_topic

BEES = (
    "MINISTER HANSEN: We will protect the wild bees of Norway by a new law, and nobody may harm"
    " their nests in meadow or forest or sell their honey {when}.\n"
)
FOLDER = {
    "b": ("2024-06-01", "QUESTION: What of wild bees?\n\n" + BEES.format(when="abroad")),
    "a": ("2023-02-03", "QUESTION: And the bees?\n\n" + BEES.format(when="at home")),
    "c": (
        None,
        "QUESTION: Why do bees die?\n\n"
        "MINISTER HANSEN: Bees of the south starve in May, when the valleys have no flowers.\n",
    ),
    "d": ("2022-01-01", "QUESTION: What of trade?\n\nMINISTER HANSEN: Trade is well, I say.\n"),
}


@pytest.fixture
def bees(tmp_path: Path) -> Record:
    folder = tmp_path / "bees"
    folder.mkdir()
    for name, (date, text) in FOLDER.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        if date:
            (folder / f"{name}.toml").write_text(f"date = {date}\n", "utf-8")
    load_record(tmp_path / "bees.db", [folder])
    return Record(tmp_path / "bees.db")


def files(record: Record, query: str, filters: Filters = Filters()) -> list[str]:  # noqa: B008
    traced = trace_topic(record, query, filters)
    return [each.quote.citation.source.file for each in traced.moments]


def test_oldest_first_undated_last_and_what_was_said_twice_once(bees: Record) -> None:
    assert files(bees, "bees") == ["a.txt", "c.txt"]
    first = trace_topic(bees, "bees").moments[0]
    assert [each.source.file for each in first.also] == ["b.txt"]


def test_a_date_filter_leaves_undated_ones_out_and_says_so(bees: Record) -> None:
    after = Filters(after=trace_topic(bees, "bees").moments[0].quote.citation.source.date)
    assert files(bees, "bees", after) == ["a.txt"]
    assert trace_topic(bees, "bees", after).notes == (
        "1 undated transcript is left out by the date filter.",
    )


def test_where_nothing_fits_topics_are_named(bees: Record) -> None:
    traced = trace_topic(bees, "inflation")
    assert not traced.moments
    assert traced.topics


def test_more_than_a_person_would_read_is_told(
    bees: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "MOST_MOMENTS", 1)
    traced = trace_topic(bees, "bees")
    assert len(traced.moments) == 1
    assert traced.notes == ("There is more: only the 1 that fit best are shown.",)


def test_every_passage_is_verbatim_and_from_an_exchange_of_its_own(tmp_path: Path) -> None:
    load_record(tmp_path / "seeds.db", [SHIPPED_FOLDER])
    record = Record(tmp_path / "seeds.db")
    moments = trace_topic(record, "Russia").moments
    assert len({each.exchange_id for each in moments}) == len(moments)
    with record.reading() as reader:
        for each in moments:
            quote = each.quote
            (key, *_) = reader.transcript_keys(quote.citation.source.sha256)
            assert reader.transcript(key).text[quote.start : quote.end] == quote.text
