"""Many documents are prepared in processes of their own: the same record, whatever happens."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from corpus import prepare, spoken_index, store
from corpus.load import load_record
from corpus.parse import parse_transcript
from corpus.prepared import LongPrepared, Prepared, prepare_transcript

REPOSITORY = Path(__file__).resolve().parents[2]
MANY = prepare.FEW + 12
UNDERWAY = prepare.FEW + 4  # documents done when the processes are surely at work


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """More short documents than are prepared in the loading process, one of them wrong."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(MANY):
        turns = [
            f"Q: What will you do about problem {number} of {at}?\n\n"
            f"MINISTER SMITH: We will spend {number * at} million on it. It won’t be easy — no.\n"
            for at in range(40)
        ]
        (folder / f"{number:02}.txt").write_text("\n".join(turns), encoding="utf-8")
    (folder / "wrong.txt").write_text("Nobody is named here.", encoding="utf-8")
    return folder


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are used on a machine with one core as well."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def held(record: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a record holds, what lies under its search tables included, but when it was made."""
    with closing(sqlite3.connect(record)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'about'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            for (name,) in tables
        }


def children() -> set[int]:
    """Processes that this one has started."""
    found = Path("/proc/self/task").glob("*/children")
    return {int(pid) for each in found for pid in each.read_text().split()}


@pytest.mark.usefixtures("two_cores")
def test_the_record_is_the_same_however_it_was_prepared(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: set[int] = set()
    before = children()
    apart = load_record(
        tmp_path / "apart.db", [folder], progress=lambda *_: started.update(children() - before)
    )
    monkeypatch.setattr(prepare, "FEW", 1_000)
    alone = load_record(tmp_path / "alone.db", [folder])
    assert len(started) == 2
    assert not children() - before
    assert apart == alone
    assert len(apart.added) == MANY
    assert [problem.split(":")[0] for problem in apart.problems] == ["wrong.txt"]
    assert held(tmp_path / "apart.db") == held(tmp_path / "alone.db")


@pytest.mark.usefixtures("two_cores")
def test_a_process_that_is_killed_loses_nothing(folder: Path, tmp_path: Path) -> None:
    record, before, killed = tmp_path / "record.db", children(), list[int]()

    def kill_one(_name: str, done: int, _whole: int) -> None:
        if done == UNDERWAY:
            killed.append((children() - before).pop())
            os.kill(killed[0], signal.SIGKILL)

    report = load_record(record, [folder], progress=kill_one)
    assert killed
    lost = [problem for problem in report.problems if "wrong.txt" not in problem]
    assert len(report.added) + len(lost) == MANY
    for problem in lost:
        assert re.fullmatch(
            r"\d\d\.txt: the process that read it ended \(SIGKILL\);"
            r" is memory short\? Load again\.",
            problem,
        )
    again = load_record(record, [folder])
    assert len(again.added) == len(lost)
    assert again.unchanged == len(report.added)


def run_script(script: Path, *lines: str) -> subprocess.Popen[str]:
    header = ("import os", "os.sched_getaffinity = lambda _: {0, 1}", "from pathlib import Path")
    script.write_text("\n".join((*header, *lines)), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_a_script_that_loads_is_not_run_again(folder: Path, tmp_path: Path) -> None:
    """The processes of ``multiprocessing`` would, where it has no ``if __name__ == …``."""
    script = run_script(
        tmp_path / "script.py",
        "from corpus.load import load_record",
        f"report = load_record(Path({str(tmp_path / 'record.db')!r}), [Path({str(folder)!r})])",
        "print(len(report.added))",
    )
    told, errors = script.communicate(timeout=120)
    assert (told, errors, script.returncode) == (f"{MANY}\n", "", 0)


def test_ctrl_c_leaves_the_old_record_and_no_process(folder: Path, tmp_path: Path) -> None:
    (home := tmp_path / "home").mkdir()
    record = home / "record.db"
    load_record(record)
    before = held(record)
    script = run_script(
        tmp_path / "script.py",
        "import signal, sys, corpus.load",
        "from contextlib import nullcontext",
        "import corpus.cli.load",
        "def stop(name, done, whole):",
        f"    if done == {UNDERWAY}:",
        "        started = [p.read_text() for p in Path('/proc/self/task').glob('*/children')]",
        "        print(*started, flush=True)",
        "        os.kill(os.getpid(), signal.SIGINT)",
        "sys.modules['corpus.cli.load'].show_progress = lambda: nullcontext(stop)",
        "from bot.main import main",
        f"sys.argv[1:] = ['load', '--record', {str(record)!r}, {str(folder)!r}]",
        "main()",
    )
    told, errors = script.communicate(timeout=120)
    assert (errors.strip(), script.returncode) == ("Aborted!", 1)
    assert len(told.split()) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in told.split())
    assert held(record) == before
    assert sorted(path.name for path in home.iterdir()) == ["record.db", "record.db.lock"]


def test_a_long_transcript_written_part_by_part_is_as_one_written_at_once(
    shared: Path, tmp_path: Path
):
    (path,) = (shared / "transcripts" / "kremlin").glob("59455.html")
    transcript = parse_transcript(path.name, path.read_bytes())
    long = LongPrepared(transcript)
    assert len(list(long.parts())) > 1
    assert rows_of(tmp_path / "parts.db", long) == rows_of(
        tmp_path / "once.db", prepare_transcript(transcript)
    )


def rows_of(path: Path, prepared: Prepared | LongPrepared) -> dict[str, list[str]]:
    """All rows of a record that holds this transcript alone, in whatever order they were written.

    What FTS5 keeps of its own shows how it was written to; what it finds is compared instead.
    """
    db = Database(path)
    store.create_tables(db)
    store.save_transcript(db, prepared, None)
    store.complete_search(db)
    tables = [name for name in db.table_names() if not name.startswith(("spoken", "asked_"))]
    rows = {name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))) for name in tables}  # noqa: S608
    rows["spoken_pieces"] = sorted(map(repr, db.execute("SELECT * FROM spoken_pieces")))
    pieces = [piece for part in prepared.parts() for _, piece in part.pieces]
    pairs = [piece.pairs.split()[0] for piece in pieces[::50]]
    found = (spoken_index.find_pieces(db.conn, [pair], 100) for pair in pairs)
    rows["spoken"] = [f"{pair} {numbers}" for pair, numbers in zip(pairs, found, strict=True)]
    rows["spoken_voices"] = sorted(map(repr, db.execute("SELECT * FROM spoken_voices")))
    db.close()
    return rows


FIRST_READ_AT_ONCE = """
import io, sys, threading
from corpus import prepare
sys.setswitchinterval(1e-6)
pipe, at_once, read = io.BytesIO(), threading.Barrier(8), []
prepare._send(pipe, prepare._Answer(None, "no"))
def receive():
    at_once.wait()
    read.append(prepare._receive(io.BytesIO(pipe.getvalue()), prepare._Answer))
threads = [threading.Thread(target=receive) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
sys.exit(read != 8 * [prepare._Answer(None, "no")])
"""


def test_threads_that_first_read_at_once_all_read_the_answer() -> None:
    """In a process of its own: it used to end in a segmentation fault."""
    assert subprocess.run([sys.executable, "-c", FIRST_READ_AT_ONCE], check=False).returncode == 0
