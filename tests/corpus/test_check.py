"""What a curator is told of a folder before it goes on record."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.check import check_path
from corpus.check_table import NARROWEST, notice_lines, summary_lines, table_lines

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = "QUESTION: Why?\n\nMINISTER ROE: Because.\n\nQUESTION: When?\n\nMINISTER ROE: Now.\n"
MISTYPED = GOOD + "\nMINSTER ROE: Then.\n"
STATED = 'title = "A talk"\ndate = 2024-05-01\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents that can be used, one that holds bytes that are no text, one that is empty."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "good.toml").write_text(STATED)
    (tmp_path / "deep" / "mistyped.txt").write_text(MISTYPED)
    (tmp_path / "latin.txt").write_bytes(GOOD.encode() + b"\n\xe9\n")
    (tmp_path / "none.txt").write_text("Nobody speaks here.\n")
    return tmp_path


def onrecord(*arguments: str, columns: int = 80) -> subprocess.CompletedProcess[str]:
    code = "from bot.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
        env={**os.environ, "COLUMNS": str(columns)},
    )


def test_the_table_tells_style_date_speakers_and_counts(folder: Path) -> None:
    table = list(table_lines(list(check_path(folder)), 80))
    assert "plain_labels, 2 documents" in table[0]
    assert "paragraphs open with a label, such as “QUESTION:”" in table[1]
    assert " ".join(table[2].split()) == "file date can be quoted turns unkn. exch. notes"
    rows = {row.split()[0]: row.split() for row in table[3:5]}
    assert rows["good.txt"][1:] == ["2024-05-01", "MINISTER", "ROE", "4", "·", "2", "·"]
    assert rows["deep/mistyped.txt"][-4:] == ["5", "·", "3", "1"]


@pytest.mark.parametrize("width", [10, 80, 120, 200])
def test_no_line_of_the_table_is_wider_than_the_terminal(folder: Path, width: int) -> None:
    long = folder / f"{'a-very-long-name-' * 9}.txt"
    long.write_text(GOOD.replace("MINISTER ROE", "MINISTER OF THE INTERIOR JANE ROE OF SAMOA"))
    lines = [x for x in table_lines(list(check_path(folder)), width) if "because" not in x]
    assert max(map(len, lines)) <= max(width, NARROWEST)
    assert any("…" in line for line in lines) or width == 200


def test_what_to_look_at_is_told_with_file_and_line(folder: Path) -> None:
    heading, *lines = notice_lines(list(check_path(folder)))
    assert "To look at" in heading
    assert lines == [
        "deep/mistyped.txt, line 9: “MINSTER ROE” is taken for the label “MINISTER ROE:”.",
    ]


def test_the_summary_counts_what_is_missing(folder: Path) -> None:
    lines = list(summary_lines(list(check_path(folder))))
    assert lines[0] == "4 documents, 2 can’t be used; 1 notice"
    assert "9 turns: 5 official, 4 reporter; 5 exchanges" in lines
    assert any("title of 1, date of 1, publisher of 2" in line for line in lines)


def test_problems_are_on_stderr_with_file_and_line_and_the_status_is_1(folder: Path) -> None:
    told = onrecord("check", str(folder))
    assert told.returncode == 1
    assert "onrecord: latin.txt, line 9: is not UTF-8 text; save it as UTF-8" in told.stderr
    assert "onrecord: none.txt: no house style claims it" in told.stderr
    assert "good.txt" in told.stdout
    assert "Traceback" not in told.stderr


def test_json_lines_say_the_same(folder: Path) -> None:
    told = onrecord("check", "--json", str(folder))
    rows = {row["file"]: row for row in map(json.loads, told.stdout.splitlines())}
    assert told.stderr == ""
    assert rows["latin.txt"] == {
        "file": "latin.txt",
        "problem": "is not UTF-8 text; save it as UTF-8 and load again.",
        "line": 9,
    }
    good = rows["good.txt"]
    assert (good["problem"], good["style"], good["date"]) == (None, "plain_labels", "2024-05-01")
    assert good["turns"] == {"reporter": 2, "official": 2}
    assert rows["deep/mistyped.txt"]["notices"][0]["line"] == 9


def test_one_document_can_be_checked_alone(folder: Path) -> None:
    told = onrecord("check", str(folder / "good.txt"))
    assert told.returncode == 0
    assert "1 document, 0 can’t be used; 0 notices" in told.stdout


def test_a_document_in_which_nobody_can_be_quoted_is_named(tmp_path: Path) -> None:
    (tmp_path / "panel.txt").write_text("JANE ROE: So.\n\nJIM POE: No.\n\nJANE ROE: Yes.\n")
    lines = list(summary_lines(list(check_path(tmp_path))))
    assert lines[-1] == "nobody can be quoted in 1 document: panel.txt"


def test_a_mistake_in_what_is_stated_beside_is_told_of_that_file(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Q: What now?\n\nMR. ROE: We will build a harbour.\n")
    (tmp_path / "talk.toml").write_text('title = "Talk\n')
    told = onrecord("check", str(tmp_path))
    assert "onrecord: talk.toml, line 1: " in told.stderr
