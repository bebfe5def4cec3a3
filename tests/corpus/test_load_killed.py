"""Loads that are killed at any moment: the last whole record serves, and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import random
import select
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.load import SHIPPED_FOLDER, load_record
from corpus.record import Record

FIRST, SECOND, THIRD = "000_f5834fc9157b8525.txt", "003_fb85a86849cbdadf.txt", "third.txt"
REPOSITORY = Path(__file__).resolve().parent.parent.parent

# Forks a load a line and kills it, so that a kill costs no start of Python. “after SECONDS” kills
# from outside, wherever the kernel is; “at LINE” kills on the n-th line that add, load, record or
# store runs. Where a document is named, it is added first.
LOADER = """
import os, signal, sys, time
from pathlib import Path
from corpus.add import keep_document
from corpus.load import load_record
from corpus.metadata import Metadata

WATCHED = {"corpus.add", "corpus.load", "corpus.record", "corpus.store"}

def die_at(last):
    left = int(last)
    def count(frame, event, _arg):
        nonlocal left
        if frame.f_globals["__name__"] not in WATCHED:
            return None
        left -= event == "line"
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return count
    sys.settrace(count)

record = Path(sys.argv[1])
load_record(Path(sys.argv[2]))  # imports what a load needs
print("ready", flush=True)
for line in sys.stdin:
    folder, how, when, document = line.rstrip("\\n").split("\\t")
    pid = os.fork()
    if pid == 0:
        if how == "at":
            die_at(when)
        if document:
            content = Path(document).read_bytes()
            keep_document(Path(folder), Path(document).name, content, Metadata(title="Added"))
        load_record(record, [Path(folder)])
        os._exit(0)
    if how == "after":
        time.sleep(float(when))
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    print("killed" if os.WIFSIGNALED(status) else "let be", flush=True)
"""


class Loader:
    """A process that loads and is killed."""

    def __init__(self, record: Path) -> None:
        command = [sys.executable, "-c", LOADER, str(record), str(record.with_name("warm.db"))]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
        )
        assert self._told() == ["ready"]
        for file in record.parent.glob("warm.db*"):
            file.unlink()

    def load(self, folder: Path, how: str, when: float, document: Path | None = None) -> bool:
        """Whether the load, of a folder to which a document is added, was killed."""
        assert self.process.stdin
        self.process.stdin.write(f"{folder}\t{how}\t{when}\t{document or ''}\n")
        self.process.stdin.flush()
        return self._told() == ["killed"]

    def _told(self) -> list[str]:
        assert self.process.stdout
        return self.process.stdout.readline().split()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Where the record is to be."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "record.db"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two states of a folder of short documents: one file changed, one gone, one new."""
    one = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "one"))
    for path in one.glob("*.txt"):
        parts = path.read_text(encoding="utf-8").split("\n\n")
        path.write_text("\n\n".join(parts[:10] + parts[-4:]), encoding="utf-8")
    two = Path(shutil.copytree(one, tmp_path / "two"))
    changed = (two / FIRST).read_text(encoding="utf-8").replace("Russia", "Finland")
    (two / FIRST).write_text(changed, encoding="utf-8")
    (two / SECOND).rename(two / THIRD)
    return one, two


@pytest.fixture
def loader(record: Path) -> Iterator[Loader]:
    loader = Loader(record)
    yield loader
    assert loader.process.stdin
    loader.process.stdin.close()
    assert loader.process.wait(30) == 0


def texts_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in folder.glob("*.txt")}


def texts_on_record(path: Path) -> dict[str, str]:
    """What a bot that starts now would serve; each text is checked against its hash."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    live = Record(path)
    with live.reading() as reader:
        stored = reader.transcripts()
        told = {each.source.file: reader.transcript(each.key).text for each in stored}
        for each in stored:
            assert reader.turns(each.key)
            assert each.exchanges
    live.close()
    return told


KILLS = {
    "after": (200, lambda chance: chance.expovariate(1 / 0.03)),  # seconds; a reload takes 0.02
    "at": (100, lambda chance: chance.randrange(1500)),  # lines; a reload runs about 700
}


@pytest.mark.parametrize("how", KILLS)
def test_a_load_killed_at_any_moment_leaves_a_whole_record(
    record: Path, folders: tuple[Path, Path], loader: Loader, how: str
) -> None:
    chance = random.Random(20210127)  # noqa: S311 - a seed, so that a failure comes again
    states = [texts_in(folder) for folder in folders]
    kills, moment = KILLS[how]
    killed = tries = 0
    while killed < kills:
        if tries % 40 == 0:  # begin anew: a first load is killed as well
            record.unlink(missing_ok=True)
        before = texts_on_record(record) if record.exists() else None
        stopped = loader.load(folders[tries % 2], how, moment(chance))
        after = texts_on_record(record) if record.exists() else None
        assert after in (before, states[tries % 2])
        assert stopped or after == states[tries % 2], "a load that was let be is whole"
        killed, tries = killed + stopped, tries + 1
        assert tries < 20 * kills
    load_record(record, [folders[0]])
    assert texts_on_record(record) == states[0]
    assert sorted(path.name for path in record.parent.iterdir()) == ["record.db", "record.db.lock"]


@pytest.mark.parametrize("how", KILLS)
def test_an_add_killed_at_any_moment_leaves_all_of_the_document_or_nothing(
    record: Path, folders: tuple[Path, Path], loader: Loader, tmp_path: Path, how: str
) -> None:
    folder, new = folders[0], tmp_path / "new.txt"
    new.write_bytes((folders[1] / THIRD).read_bytes().replace(b"Russia", b"Norway"))
    before, after = texts_in(folder), {**texts_in(folder), new.name: new.read_bytes().decode()}
    chance = random.Random(20211130)  # noqa: S311
    kept = killed = tries = 0
    while killed < 100:
        (folder / new.name).unlink(missing_ok=True)
        (folder / new.name).with_suffix(".toml").unlink(missing_ok=True)
        load_record(record, [folder])
        assert texts_on_record(record) == before
        killed += loader.load(folder, how, KILLS[how][1](chance), new)
        assert texts_in(folder) in (before, after)
        assert texts_on_record(record) in (before, after)
        load_record(record, [folder])
        assert texts_on_record(record) == texts_in(folder)
        kept, tries = kept + (texts_in(folder) == after), tries + 1
        assert tries < 2000
    assert kept


LOAD = """
import sys
from pathlib import Path
from corpus.load import load_record
load_record(Path(sys.argv[1]), [Path(sys.argv[2])])
"""


def children_of(pid: int) -> set[int]:
    """The processes that any thread of a process has started."""
    found: set[int] = set()
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread has ended
            found.update(map(int, file.read_text().split()))
    return found


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core prepares without processes")
def test_the_processes_of_a_killed_load_end_as_well(record: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "many").mkdir()
    text = (SHIPPED_FOLDER / FIRST).read_text(encoding="utf-8")
    for number in range(200):
        changed = text.replace("Russia", f"Russia {number}")
        (folder / f"{number}.txt").write_text(changed, encoding="utf-8")
    command = [sys.executable, "-c", LOAD, record, folder]
    with subprocess.Popen(command, cwd=REPOSITORY) as load:
        while not (children := children_of(load.pid)):
            assert load.poll() is None, "the load ended before it was killed"
        handles = [os.pidfd_open(child) for child in children]
        load.kill()
    for handle in handles:
        ended, _, _ = select.select([handle], [], [], 60)
        assert ended
        os.close(handle)
    assert not record.exists()
    load_record(record, [SHIPPED_FOLDER])
    assert sorted(path.name for path in record.parent.iterdir()) == ["record.db", "record.db.lock"]


SPILL_AND_DIE = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("CREATE TABLE letters (text)")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
for _ in range(200):
    connection.execute("INSERT INTO letters VALUES (zeroblob(4000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_journal_of_a_killed_load_is_not_played_into_the_next(
    record: Path, folders: tuple[Path, Path]
) -> None:
    load_record(record, [folders[1]])
    building = record.with_name(".record.db.building")
    subprocess.run([sys.executable, "-c", SPILL_AND_DIE, building], check=False)
    assert Path(f"{building}-journal").stat().st_size
    building.unlink()
    load_record(record, [folders[0]])
    assert texts_on_record(record) == texts_in(folders[0])
    assert sorted(path.name for path in record.parent.iterdir()) == ["record.db", "record.db.lock"]
