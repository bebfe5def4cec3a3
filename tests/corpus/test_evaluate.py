"""Measuring: files of queries are read strictly, and the figures count what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.cli import cli
from corpus.evaluate import ALL, QuestionFileError, evaluate, read_cases
from corpus.record import Record

FILE = "000_f5834fc9157b8525.txt"
OTHER = "003_fb85a86849cbdadf.txt"


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("not json", "not JSON"),
        ("[]", '"query"'),
        ('{"query": 3, "gold": []}', '"query"'),
        ('{"query": "war"}', '"gold"'),
        ('{"query": "war", "gold": [{}]}', "each gold"),
        ('{"query": "war", "gold": [{"file": "a", "lines": [1]}]}', "each gold"),
        ('{"query": "war", "gold": [{"file": "a", "lines": [1, true]}]}', "each gold"),
        ('{"query": "war", "gold": [{"file": "a", "lines": [0, 2]}]}', "counted from 1"),
        ('{"query": "war", "gold": [{"file": "a", "lines": [5, 2]}]}', "counted from 1"),
    ],
)
def test_a_wrong_row_is_told_with_file_and_line(tmp_path: Path, line: str, problem: str):
    path = tmp_path / "queries.jsonl"
    path.write_text('{"query": "war", "gold": []}\n\n' + line + "\n", "utf-8")
    with pytest.raises(QuestionFileError, match=r"queries\.jsonl, line 3: .*") as caught:
        read_cases(path)
    assert problem in str(caught.value)


def test_a_file_that_is_not_there_or_empty_is_told(tmp_path: Path):
    with pytest.raises(QuestionFileError, match="can't be read"):
        read_cases(tmp_path / "none.jsonl")
    (tmp_path / "other.jsonl").write_bytes(b"\xff")
    with pytest.raises(QuestionFileError, match="not UTF-8"):
        read_cases(tmp_path / "other.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(QuestionFileError, match="no queries"):
        read_cases(tmp_path / "empty.jsonl")


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path):
    path = tmp_path / "queries.jsonl"
    path.write_text('{"query": "war", "gold": []}', "utf-8-sig")
    assert [case.query for case in read_cases(path)] == ["war"]


@pytest.mark.parametrize(
    ("gold", "problem"),
    [
        ({"file": "other.txt", "lines": [1, 2]}, "other.txt is not on record"),
        ({"file": FILE, "lines": [9000, 9001]}, "has no lines 9000–9001"),
        ({"file": FILE, "phrase": "green cheese"}, "has no “green cheese”"),
    ],
)
def test_gold_that_is_not_on_record_is_told_and_not_counted_as_missed(
    tmp_path: Path, seed_record_path: Path, gold: dict[str, object], problem: str
):
    right = {"query": "war", "gold": [{"file": FILE, "phrase": "constitute an invasion"}]}
    path = write(tmp_path / "queries.jsonl", right, {"query": "war", "gold": [gold]})
    told = CliRunner().invoke(cli, ["eval", str(path), "--record", str(seed_record_path)])
    assert told.exit_code == 1
    assert told.stdout == ""
    assert told.stderr.startswith("onrecord: queries.jsonl, query 2: ")
    assert problem in told.stderr


def test_a_calibration_with_nothing_to_hold_out_or_no_place_is_told(
    tmp_path: Path, seed_record_path: Path
):
    one = {"query": "war", "gold": [{"file": FILE, "phrase": "constitute an invasion"}]}
    words = ["eval", "--record", str(seed_record_path), "--calibrate", str(tmp_path / "no" / "c")]
    words += [str(write(tmp_path / "a.jsonl", one))]
    told = CliRunner().invoke(cli, words)
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    assert "takes two files" in told.stderr
    other = {"query": "songs", "gold": [{"file": OTHER, "phrase": "a lot of your songs"}]}
    told = CliRunner().invoke(cli, [*words, str(write(tmp_path / "b.jsonl", other))])
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    assert "can't be written" in told.stderr


def test_right_by_lines_by_phrase_and_wrong_are_told_apart(tmp_path: Path, seed_record: Record):
    query = "even if it is a minor incursion into ukraine"
    phrase = "constitute an invasion"
    with seed_record.reading() as reader:
        key = next(s.key for s in reader.transcripts() if s.source.file == FILE)
        whole = reader.transcript(key)
    line = whole.line_map.line(whole.text.index(phrase))
    path = write(
        tmp_path / "queries.jsonl",
        {"query": query, "kind": "phrase", "gold": [{"file": FILE, "phrase": phrase}]},
        {"query": query, "kind": "lines", "gold": [{"file": FILE, "lines": [line, line]}]},
        {"query": query, "kind": "wrong", "gold": [{"file": FILE, "lines": [1, 2]}]},
        {"query": "best pizza topping", "kind": "none", "gold": []},
        {"query": "…", "kind": "none", "gold": []},
    )
    report = evaluate(seed_record, read_cases(path))
    scores = {score.kind: score for score in report.scores}
    assert scores["phrase"].right_first == scores["lines"].right_first == 1.0
    assert scores["wrong"].right_in_three == 0.0
    assert (scores["none"].unanswerable, scores["none"].false_quotes) == (2, 0)
    assert scores[ALL].right_first == pytest.approx(2 / 3)
    assert [judged.case.kind for judged in report.wrong] == ["wrong"]


def test_the_shipped_transcripts_are_found_as_promised(shared: Path, seed_record: Record):
    """The floor of the first whole version; the README tells today's figures."""
    report = evaluate(seed_record, read_cases(shared / "questions" / "seeds.jsonl"))
    scores = {score.kind: score for score in report.scores}
    assert scores["keyword"].right_exchange_first == 1.0
    assert (scores["typo"].right_first or 0) >= 0.9
    assert (scores["paraphrase"].right_first or 0) >= 25 / 40
    assert (scores["paraphrase"].right_in_three or 0) >= 32 / 40
    assert scores[ALL].false_quotes <= 2
    assert scores["unanswerable"].false_quotes == 0
    assert (scores["unanswerable"].told_nothing or 0) >= 0.9
