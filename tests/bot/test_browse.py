"""/sources: what is on record, narrowed, turned, and read in pages."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.browse import read_shown_filters, render_sources
from corpus.load import SHIPPED_FOLDER, load_record
from corpus.model import Filters
from corpus.record import Record
from corpus.text import fold_space
from tests.bot.world import OpenWorld, labels, read, texts


async def test_transcripts_are_listed_newest_first(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(world.channel, "sources")
        shown = texts(result.response)
        assert result.response.ephemeral
        assert "Transcripts on record: 2**, page 1 of 1" in shown
        assert shown.index("16 February 2022") < shown.index("21 January 2022")
        assert labels(result.response) == ["Read 1", "Read 2"]


async def test_filters_narrow_the_list(open_world: OpenWorld) -> None:
    async with open_world() as world:
        result = await world.member.slash(
            world.channel, "sources", after="2022-02", speaker="Blinken", publisher="State"
        )
        assert "on record: 1**" in texts(result.response)
        assert "16 February 2022" in texts(result.response)


async def test_a_filter_that_fits_nobody_is_told(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        result = await world.member.slash(world.channel, "sources", speaker="Nobody at all")
        assert "“Nobody at all”" in result.response.content


async def test_a_transcript_is_read_from_first_to_last_word(
    open_world: OpenWorld, live_record: Record
) -> None:
    async with open_world() as world:
        listed = await world.member.slash(world.channel, "sources")
        opened = await world.member.click(listed.response, label="Read 1")
        page, seen = opened.response, [texts(opened.response)]
        while "Next page" in labels(page):
            await world.member.click(page, label="Next page")
            seen.append(texts(page))
        shown = fold_space(read(" ".join(seen)))
        with live_record.reading() as reader:
            transcript = reader.transcript(reader.transcripts()[-1].key)
        for turn in (transcript.turns[0], transcript.turns[-1]):
            assert fold_space(transcript.said(turn))[:200] in shown
        assert len(seen) > 2
        assert "Transcripts on record" in texts(listed.response)


async def test_a_long_list_is_turned_with_its_filters(
    open_world: OpenWorld, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for at in range(12):
        for file in SHIPPED_FOLDER.glob("000*"):
            copy = folder / f"{at}{file.suffix}"
            shutil.copy(file, copy)
            if file.suffix == ".txt":
                copy.write_bytes(copy.read_bytes() + b"\n" * at)
    load_record(tmp_path / "many.db", [folder])
    async with open_world(record=Record(tmp_path / "many.db")) as world:
        result = await world.member.slash(world.channel, "sources", speaker="Blinken")
        shown = result.response
        assert "on record: 12**, page 1 of 3" in texts(shown)
        for page in (2, 3):
            await world.member.click(shown, label="Next page")
            assert f"page {page} of 3" in texts(shown)
            assert "Speaker: Blinken" in texts(shown)
        assert labels(shown) == ["Read 1", "Read 2", "Previous page"]


NAMES = st.text(min_size=1, max_size=60).map(fold_space).filter(bool)


@given(st.none() | NAMES, st.none() | st.dates(), st.none() | st.dates(), st.none() | NAMES)
def test_a_page_remembers_its_filters(
    speaker: str | None, after: dt.date | None, before: dt.date | None, publisher: str | None
) -> None:
    from bot.browse import filter_lines

    filters = Filters(speaker, after, before, publisher)
    assert read_shown_filters("\n".join(filter_lines(filters))) == filters


def test_an_empty_record_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    load_record(tmp_path / "empty.db", [tmp_path / "empty"])
    reply = render_sources(Record(tmp_path / "empty.db"), Filters(), 0)
    assert reply.content == "**Transcripts on record: 0**, page 1 of 1"
