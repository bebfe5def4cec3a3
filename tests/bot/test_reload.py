"""A reload in a process of its own: what it changed comes back, and it outlives nobody."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.reload import load_apart
from corpus.errors import RecordError
from corpus.load import SHIPPED_FOLDER
from corpus.record import Record
from tests.conftest import REPOSITORY
from tests.corpus.test_load_killed import children_of

SCRIPT = """
import sys
from pathlib import Path
from bot.reload import load_apart
if __name__ == "__main__":
    load_apart(Path(sys.argv[1]), [Path(sys.argv[2])])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """More documents than a process reads in the blink of an eye."""
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "folder"))
    for path in list(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for number in range(20):
            changed = text.replace("Russia", f"Russia {number}")
            path.with_name(f"{number}-{path.name}").write_text(changed, encoding="utf-8")
    return folder


def test_what_changed_comes_back(tmp_path: Path, folder: Path) -> None:
    report = load_apart(tmp_path / "record.db", [folder])
    assert len(report.added) == 42
    with Record(tmp_path / "record.db").reading() as reader:
        assert len(reader.transcripts()) == 42


def test_what_went_wrong_comes_back(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such folder"):
        load_apart(tmp_path / "record.db", [tmp_path / "gone"])


def family_of(pid: int) -> set[int]:
    children = children_of(pid)
    return children.union(*map(family_of, children))


def test_no_process_outlives_a_killed_bot(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, tmp_path / "script.py", tmp_path / "record.db", folder]
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, env=environ) as bot:
        while len(family := family_of(bot.pid)) < 2:  # multiprocessing's tracker, and the load
            assert bot.poll() is None, "the load ended before the bot was killed"
        handles = [os.pidfd_open(pid) for pid in family]
        bot.kill()
    for handle in handles:
        ended, _, _ = select.select([handle], [], [], 60)
        assert ended
        os.close(handle)
