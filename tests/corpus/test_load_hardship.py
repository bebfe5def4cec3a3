"""Swaps under readers, full disks, read-only folders, loads at once: the record goes on serving."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from corpus import load
from corpus.errors import RecordError
from corpus.load import SHIPPED_FOLDER, load_record
from corpus.record import READERS_KEPT, Record
from corpus.store import SCHEMA_VERSION

FIRST, SECOND = "000_f5834fc9157b8525.txt", "003_fb85a86849cbdadf.txt"
REPOSITORY = Path(__file__).resolve().parent.parent.parent

Told = tuple[tuple[str, str], ...]
"""Name and hash of each document on record."""


def told_at(path: Path) -> tuple[str, Told]:
    """What somebody who opens the record now is told."""
    live = Record(path)
    try:
        return told_by(live)
    finally:
        live.close()


def told_by(live: Record) -> tuple[str, Told]:
    """A record's generation and its documents, in reads of which each may come after a swap."""
    with live.reading() as reader:
        generation = reader.about()["generation"]
        stored = reader.transcripts()
        for each in stored:
            assert reader.transcript(each.key).source == each.source
        assert reader.about()["generation"] == generation
    return generation, tuple((each.source.file, each.source.sha256) for each in stored)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_readers_during_a_thousand_swaps(tmp_path: Path) -> None:
    other = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "other"))
    (other / SECOND).rename(other / "renamed.txt")
    versions = [tmp_path / "one.db", tmp_path / "two.db"]
    load_record(versions[0])
    load_record(versions[1], [other])
    known = dict(told_at(version) for version in versions)
    assert len(known) == 2
    record = Path(shutil.copy(versions[0], tmp_path / "record.db"))
    done = threading.Event()

    def read() -> set[str]:
        seen = set()
        while not done.is_set():
            generation, told = told_by(live)
            assert known[generation] == told
            seen.add(generation)
        return seen

    gc.collect()  # what other tests left open
    before = open_files()
    live = Record(record)
    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(4)]
        sizes = []
        for swap in range(1000):
            shutil.copyfile(versions[swap % 2], tmp_path / "building")
            load._swap(tmp_path / "building", record)
            sizes.append(resident_bytes())
        done.set()
        assert set[str]().union(*(reader.result() for reader in readers)) == set(known)
    assert open_files() <= before + 4, "at most an idle connection a reader"
    live.close()
    assert open_files() == before
    assert max(sizes[500:]) - max(sizes[:500]) < 4_000_000


HOLD_AND_LOAD = """
import sys
from pathlib import Path
from corpus.errors import OnrecordError
from corpus.load import load_record
for _ in range(10):
    try:
        load_record(Path(sys.argv[1]), [Path(sys.argv[2])])
    except OnrecordError as error:
        assert "another load is running" in str(error), error
"""


def test_loads_at_once_are_one_after_the_other_or_refused(tmp_path: Path) -> None:
    other = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "other"))
    (other / SECOND).unlink()
    record = tmp_path / "data" / "record.db"
    loads = [
        subprocess.Popen([sys.executable, "-c", HOLD_AND_LOAD, record, folder], cwd=REPOSITORY)
        for folder in (SHIPPED_FOLDER, other, SHIPPED_FOLDER)
    ]
    assert [each.wait(60) for each in loads] == [0, 0, 0]
    _, told = told_at(record)
    assert tuple(name for name, _ in told) in ((FIRST,), (FIRST, SECOND))
    assert sorted(path.name for path in record.parent.iterdir()) == ["record.db", "record.db.lock"]


ADD_ONE = """
import resource, sys
from pathlib import Path
from corpus.errors import RecordError
from corpus.load import load_record
if len(sys.argv) > 3:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    load_record(Path(sys.argv[1]), [Path(sys.argv[2])])
except RecordError as error:
    sys.exit(str(error))
"""


def grown(room: Path) -> tuple[Path, Path]:
    """A record of one document and a folder that has had a second added."""
    folder = Path(shutil.copytree(SHIPPED_FOLDER, room / "folder"))
    (folder / FIRST).rename(room / FIRST)
    (room / "disk").mkdir()
    record = room / "disk" / "record.db"
    load_record(record, [folder])
    (room / FIRST).rename(folder / FIRST)
    return record, folder


ROOM = {"no room to copy the record": 0.5, "no room for the new document": 1.02}


@pytest.mark.parametrize("share", ROOM.values(), ids=ROOM)
def test_no_room_for_the_new_record(room: Path, share: float) -> None:
    record, folder = grown(room)
    before = told_at(record)
    limit = int(record.stat().st_size * share)
    command = [sys.executable, "-c", ADD_ONE, record, folder, str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{record}: can't be written (")
    assert told_at(record) == before
    assert sorted(path.name for path in record.parent.iterdir()) == ["record.db", "record.db.lock"]
    assert load_record(record).added == (FIRST,), "once there is room again"


@pytest.mark.parametrize("share", ROOM.values(), ids=ROOM)
def test_a_disk_that_is_full(room: Path, share: float) -> None:
    record, folder = grown(room)
    before = told_at(record)
    size = record.stat().st_size
    mounted = room / "mounted"
    mounted.mkdir()
    steps = (
        f"mount -t tmpfs -o size={int(size * (1 + share))} none {mounted} || exit 77",
        f"cp {record} {mounted}",
        f"{sys.executable} -c '{ADD_ONE}' {mounted}/record.db {folder}; told=$?",
        f"ls -A {mounted}; cp {mounted}/record.db {room}/after.db; exit $told",
    )
    command = ["unshare", "--mount", "sh", "-c", "\n".join(steps)]
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, of util-linux, to mount a small disk")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    if "permi" in done.stderr.lower():
        pytest.skip(f"needs the right to mount a small disk: {done.stderr.strip()}")
    assert done.returncode == 1, done.stderr
    assert "can't be written (" in done.stderr
    assert done.stdout.split() == ["record.db", "record.db.lock"]
    assert told_at(room / "after.db") == before


AS_NOBODY = """
import os, sys
from pathlib import Path
from corpus.errors import RecordError
from corpus.load import load_record
from corpus.record import Record
load_record(Path(sys.argv[3]))  # imports what a load needs
if os.geteuid() == 0:
    os.seteuid(65534)
with Record(Path(sys.argv[1])).reading() as reader:
    print(*(each.source.file for each in reader.transcripts()))
try:
    load_record(Path(sys.argv[1]), [Path(sys.argv[2])])
except RecordError as error:
    sys.exit(str(error))
"""


def test_a_folder_that_may_only_be_read(room: Path) -> None:
    record, folder = grown(room)
    record.with_name("record.db.lock").unlink()
    record.parent.chmod(0o555)
    command = [sys.executable, "-c", AS_NOBODY, record, folder, room / "warm.db"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    record.parent.chmod(0o755)
    assert done.stdout.split() == [SECOND], "what is on record is served all the same"
    assert done.stderr == f"{record}: can't be written (Permission denied).\n"
    assert done.returncode == 1


def replace_with(record: Path, content: bytes) -> None:
    record.with_name("new").write_bytes(content)
    record.with_name("new").replace(record)


def make_newer(record: Path) -> None:
    newer = Path(shutil.copy(record, record.with_name("new")))
    with sqlite3.connect(newer) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    newer.replace(record)


def spoil_the_rest(record: Path) -> None:
    """It still begins as a record."""
    content = record.read_bytes()
    kept = 8192
    replace_with(record, content[:kept] + b"\xff" * (len(content) - kept))


SPOILS = {
    "cut short": lambda record: replace_with(record, record.read_bytes()[:65536]),
    "spoilt after its first pages": spoil_the_rest,
    "deleted": lambda record: record.unlink(),
    "overwritten": lambda record: replace_with(record, b"Dear Sir or Madam, " * 1000),
    "emptied": lambda record: replace_with(record, b""),
    "made by a newer version": make_newer,
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_a_record_spoilt_under_a_running_bot(
    room: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    record, folder = grown(room)
    live = Record(record)
    whole = told_by(live)
    with ThreadPoolExecutor(1) as thread:
        with live.reading():
            spoil(record)
            waiting = thread.submit(told_by, live)
        assert waiting.result() == whole
    for _ in range(3):
        assert told_by(live) == whole
    told = caplog.text.count("The last whole record goes on serving.")
    assert told == 1, "once, not for every query"
    record.unlink(missing_ok=True)
    load_record(record, [folder])
    assert [name for name, _ in told_by(live)[1]] == [FIRST, SECOND]
    live.close()


def test_a_record_overwritten_in_place_tells_no_mix(seed_record_path: Path, tmp_path: Path) -> None:
    """As a plain copy does: what was read of it before may stand beside what is read now."""
    record = Path(shutil.copy(seed_record_path, tmp_path / "record.db"))
    content = record.read_bytes()
    live = Record(record)
    whole = told_by(live)
    record.write_bytes(content[: len(content) // 2])
    for _ in range(3):
        with pytest.raises(RecordError, match=r"record\.db: is damaged or not all there; put a"):
            told_by(live)
    record.write_bytes(content)
    assert told_by(live) == whole
    live.close()
    assert not files_open(record)


def test_a_crowd_leaves_few_readers_behind(seed_record_path: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(seed_record_path, tmp_path / "record.db"))
    live = Record(path)
    try:
        with ExitStack() as crowd:
            readers = [crowd.enter_context(live.reading()) for _ in range(50)]
            assert all(reader.transcripts() for reader in readers)
        assert files_open(path) <= READERS_KEPT
        with live.reading() as reader:
            assert reader.transcripts()
    finally:
        live.close()
    assert not files_open(path)


def test_a_rest_leaves_one_reader_that_keeps_nothing(
    seed_record_path: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(seed_record_path, tmp_path / "record.db"))
    live = Record(path)
    try:
        live.rest()
        with live.reading() as one, live.reading() as other:
            (key, *_) = (each.key for each in one.transcripts())
            kept = {reader: reader.transcript(key) for reader in (one, other)}
        assert files_open(path) == 2
        live.rest()
        assert files_open(path) == 1
        path.unlink()  # it serves on
        with live.reading() as reader:
            assert reader.transcript(key) == kept[reader]
            assert reader.transcript(key) is not kept[reader]
    finally:
        live.close()


def test_a_record_put_in_place_amid_a_load_is_no_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys of one record must not be looked up in the copy of another."""
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "folder"))
    path = tmp_path / "record.db"
    load_record(path, [folder])
    shutil.copy(path, tmp_path / "other.db")
    (folder / FIRST).write_bytes((folder / FIRST).read_bytes() + b"\n")
    began = load.find_documents

    def replace_then_find(each: Path) -> list[Path]:
        (tmp_path / "other.db").replace(path)
        return began(each)

    monkeypatch.setattr(load, "find_documents", replace_then_find)
    whole = told_at(path)
    with pytest.raises(RecordError, match="another record was put in its place meanwhile; load"):
        load_record(path, [folder])
    assert told_at(path) == whole
    monkeypatch.undo()
    assert load_record(path, [folder]).changed == (FIRST,)


def files_open(path: Path) -> int:
    """How often this process has a file open."""
    links = [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    return sum(os.path.realpath(each) == str(path.resolve()) for each in links)
