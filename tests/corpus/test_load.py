"""Folders -> record: what is taken, what is reported, and that nothing stored is ever lost."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from corpus import load, store
from corpus.errors import RecordError
from corpus.load import SHIPPED_FOLDER, LoadReport, load_record
from corpus.record import Record

FIRST, SECOND = "000_f5834fc9157b8525.txt", "003_fb85a86849cbdadf.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped transcripts that a test may change."""
    return Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "transcripts"))


@pytest.fixture
def record(tmp_path: Path, folder: Path) -> Path:
    path = tmp_path / "data" / "record.db"
    load_record(path, [folder])
    return path


def files_on_record(path: Path) -> list[str]:
    with Record(path).reading() as reader:
        return [stored.source.file for stored in reader.transcripts()]


def test_what_is_stored_is_what_was_said(record: Path, folder: Path) -> None:
    with Record(record).reading() as reader:
        for stored in reader.transcripts():
            published = (folder / stored.source.file).read_bytes().decode()
            transcript = reader.transcript(stored.key)
            assert transcript.text == published
            assert transcript.turns
            for turn in transcript.turns:
                assert transcript.said(turn) == published[turn.start : turn.end]


def test_loading_again_changes_nothing(record: Path) -> None:
    before = record.stat()
    report = load_record(record)
    assert report == LoadReport((), (), (), unchanged=2, problems=())
    assert (record.stat().st_ino, record.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_long_document_goes_on_record_like_any_other(
    record: Path, folder: Path, tmp_path: Path
) -> None:
    """It is taken by itself, after the others, and told of in the same report."""
    said = "We moved the wards of the old hospital, as we said that we would. " * 9_000
    long, broken = folder / "a.txt", folder / "b.txt"
    long.write_text(f"QUESTION: Why?\n\nMINISTER ROE: {said}\n\n" * 2)
    broken.write_text(f"{said}\n")
    assert long.stat().st_size > load.LONG_BYTES
    told: list[tuple[str, int, int]] = []
    report = load_record(record, [folder], progress=lambda *each: told.append(each))
    assert report.added == ("a.txt",)
    assert report.problems[0].startswith("b.txt: no house style claims it")
    assert [(done, of) for _, done, of in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [name for name, _, _ in told][2:] == ["b.txt", "a.txt"]
    assert "a.txt" in files_on_record(record)
    assert load_record(record).unchanged == 3


def digest(path: Path) -> str:
    with Record(path).reading() as reader:
        return reader.digest()


def test_records_have_one_digest_when_they_hold_the_same_and_only_then(
    record: Path, folder: Path, tmp_path: Path
) -> None:
    """However they came to hold it: at once, or with a version in between."""
    other = tmp_path / "other.db"
    load_record(other, [Path(shutil.copytree(folder, tmp_path / "copied"))])
    seen = [digest(record)]
    assert digest(other) == seen[0]
    content = (folder / FIRST).read_bytes()
    beside = (folder / FIRST).with_suffix(".toml")
    for change in (
        lambda: (folder / FIRST).write_bytes(content + b"\n"),
        lambda: beside.write_bytes(beside.read_bytes() + b"\n"),
        lambda: (folder / SECOND).rename(folder / "renamed.txt"),
    ):
        change()
        load_record(record)
        seen.append(digest(record))
    assert len(set(seen)) == 4
    shutil.rmtree(folder)
    shutil.copytree(SHIPPED_FOLDER, folder)
    load_record(record)
    assert digest(record) == seen[0]


def test_a_changed_file_replaces_its_last_version(record: Path, folder: Path) -> None:
    text = (folder / FIRST).read_text(encoding="utf-8")
    (folder / FIRST).write_text(text.replace("100,000 forces", "90,000 forces"), encoding="utf-8")
    report = load_record(record)
    assert (report.changed, report.unchanged) == ((FIRST,), 1)
    with Record(record).reading() as reader:
        (old,) = reader.transcripts(superseded=True)
        assert "100,000 forces" in reader.transcript(old.key).text
        assert {s.source.file for s in reader.transcripts()} == {FIRST, SECOND}


def test_a_changed_sidecar_counts_as_a_change(record: Path, folder: Path) -> None:
    sidecar = (folder / FIRST).with_suffix(".toml")
    sidecar.write_text(sidecar.read_text().replace("Geneva", "Geneva, Switzerland"))
    assert load_record(record).changed == (FIRST,)


def test_a_removed_file_leaves_the_record(record: Path, folder: Path) -> None:
    (folder / FIRST).unlink()
    assert load_record(record).removed == (FIRST,)
    assert files_on_record(record) == [SECOND]


BROKEN = {
    "not UTF-8": (b"QUESTION:  \xff\xfe\n", "line 1", "UTF-8"),
    "empty": (b"", "", "is empty"),
    "white space": (b" \n\n ", "", "is empty"),
    "no turns": (b"Nothing that anybody said.\n", "", "style"),
    "NUL": (b"An official website\n\nQUESTION:  A\0b\n", "line 3", "NUL"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_its_last_good_version_stays(
    record: Path, folder: Path, name: str
) -> None:
    content, place, problem = BROKEN[name]
    (folder / FIRST).write_bytes(content)
    (folder / SECOND).with_suffix(".toml").unlink()
    report = load_record(record)
    assert report.changed == (SECOND,), "everything else is brought up to date"
    (told,) = report.problems
    assert FIRST in told
    assert place in told
    assert problem in told
    assert files_on_record(record)[0] == FIRST


def test_strict_changes_nothing_when_a_document_has_a_problem(record: Path, folder: Path) -> None:
    (folder / FIRST).write_bytes(b"")
    (folder / SECOND).unlink()
    report = load_record(record, strict=True)
    assert report.problems
    assert not report.swapped
    assert files_on_record(record) == [FIRST, SECOND]


METADATA_PROBLEMS = {
    'date = "next week"\n': ("line 1", "not a date"),
    'title = "A"\ncolour = "red"\n': ("line 2", "unknown key “colour”"),
    "title = \n": ("line 1", "not valid TOML"),
    "title = 3\n": ("line 1", "text in quotes"),
    'url = "state.gov/page"\n': ("line 1", "https://"),
    '[speakers]\n"SECRETARY BLINKEN" = "Antony"\n': ("line 2", "name ="),
    "speakers = 3\n": ("line 1", "table"),
}


@pytest.mark.parametrize("toml", METADATA_PROBLEMS)
def test_wrong_metadata_is_named_with_file_and_line(
    tmp_path: Path, folder: Path, toml: str
) -> None:
    (folder / FIRST).with_suffix(".toml").write_text(toml)
    report = load_record(tmp_path / "record.db", [folder])
    (told,) = report.problems
    for part in (FIRST.replace(".txt", ".toml"), *METADATA_PROBLEMS[toml]):
        assert part in told
    assert report.added == (SECOND,)


def test_the_same_content_twice_is_taken_once(record: Path, folder: Path) -> None:
    shutil.copy(folder / FIRST, folder / "copy.txt")
    (told,) = load_record(record).problems
    assert "copy.txt" in told
    assert FIRST in told


def test_links_out_of_the_folder_and_fifos_are_not_read(record: Path, folder: Path) -> None:
    (folder / "link.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe.txt")
    problems = load_record(record).problems
    assert len(problems) == 2
    assert any("link.txt" in told and "link" in told for told in problems)
    assert any("pipe.txt" in told and "regular file" in told for told in problems)


def test_a_folder_that_is_not_there(record: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such folder"):
        load_record(record, [tmp_path / "nowhere"])
    assert files_on_record(record) == [FIRST, SECOND]


def test_a_record_that_is_not_sqlite_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(RecordError, match="not a record"):
        load_record(path)
    assert path.read_text().startswith("Dear Sir")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE letters (text)")
    with pytest.raises(RecordError, match="not a record"):
        load_record(path)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM letters").fetchone() == (0,)


def set_version(path: Path, version: int) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {version}")


def test_a_record_of_a_newer_version_is_left_alone(record: Path) -> None:
    set_version(record, store.SCHEMA_VERSION + 1)
    before = record.read_bytes()
    with pytest.raises(RecordError, match="newer version"):
        load_record(record)
    assert record.read_bytes() == before


def test_a_record_of_an_older_version_is_made_anew_from_its_folders(record: Path) -> None:
    set_version(record, store.SCHEMA_VERSION - 1)
    assert load_record(record).added == (FIRST, SECOND)


def test_a_second_load_at_the_same_time_is_refused(record: Path) -> None:
    with FileLock(f"{record}.lock"):
        refused: list[str] = []

        def second() -> None:
            with pytest.raises(RecordError, match="another load") as told:
                load_record(record)
            refused.append(str(told.value))

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert refused


def test_a_full_disk_is_told_and_the_old_record_serves(
    record: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FIRST).unlink()

    def full(_building: Path, _record: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(load, "_swap", full)
    with pytest.raises(RecordError, match="No space left"):
        load_record(record)
    assert files_on_record(record) == [FIRST, SECOND]
    assert sorted(p.name for p in record.parent.iterdir()) == ["record.db", "record.db.lock"]


def test_a_query_under_way_sees_the_record_it_began_with(record: Path, folder: Path) -> None:
    live = Record(record)
    with live.reading() as reader:
        (folder / FIRST).unlink()
        load_record(record)
        assert len(reader.transcripts()) == 2
    with live.reading() as reader:
        assert len(reader.transcripts()) == 1


def test_a_record_deleted_under_a_running_reader_goes_on_serving(record: Path) -> None:
    live = Record(record)
    record.unlink()
    with live.reading() as reader:
        assert len(reader.transcripts()) == 2


def test_nothing_is_quoted_from_a_text_that_was_altered(record: Path) -> None:
    with sqlite3.connect(record) as db:
        db.execute("UPDATE transcripts SET text = replace(text, '100,000', '900,000')")
    with (
        Record(record).reading() as reader,
        pytest.raises(RecordError, match="no longer matches its hash"),
    ):
        reader.transcript(1)


def test_a_file_too_large_to_be_a_transcript_is_refused_unread(tmp_path: Path) -> None:
    (folder := tmp_path / "documents").mkdir()
    (folder / "talk.txt").write_text("QUESTION: Why?\n\nMINISTER ROE: So.\n")
    with (folder / "video.txt").open("wb") as file:
        file.truncate(21 * 2**20)
    report = load_record(tmp_path / "record.db", [folder])
    assert report.added == ("talk.txt",)
    assert report.problems == (
        "video.txt: is larger than 20 MB; no transcript is. Save its text alone.",
    )
