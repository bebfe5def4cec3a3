"""The command line as a person uses it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.cli import cli
from corpus.load import SHIPPED_FOLDER
from corpus.text import fold_space

QUERY = "Are we closer to war?"
MATCH_KEYS = [
    "id", "quote", "speaker", "role", "question", "date", "title", "publisher", "outlet", "place",
    "url", "link", "file", "sha256", "start", "end", "score",
]  # fmt: skip


def onrecord(record: Path, *words: str, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(cli, list(words), input=stdin, env={"ONRECORD_RECORD": str(record)})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_first_use_makes_the_record(tmp_path: Path) -> None:
    record = tmp_path / "new" / "record.db"
    told = onrecord(record, "ask", QUERY)
    assert told.exit_code == 0
    assert "made a record of 2 transcripts" in told.stderr
    assert "Antony J. Blinken, U.S. Secretary of State" in told.stdout
    assert record.exists()


def test_json_has_the_published_shape_and_the_published_words(seed_record_path: Path) -> None:
    told = json.loads(onrecord(seed_record_path, "ask", "--json", QUERY).stdout)
    assert list(told) == ["query", "outcome", "matches", "topics", "notes", "ms"]
    assert told["query"] == QUERY
    assert told["outcome"] == "quoted"
    for match in told["matches"]:
        assert list(match) == MATCH_KEYS
        published = (SHIPPED_FOLDER / match["file"]).read_bytes().decode()
        assert match["quote"] == published[match["start"] : match["end"]]


def test_a_query_a_line_gives_an_object_a_line(seed_record_path: Path) -> None:
    told = onrecord(seed_record_path, "ask", "--json", "-", stdin=f"{QUERY}\n\nnord stream\n")
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert [row["query"] for row in rows] == [QUERY, "nord stream"]
    assert told.exit_code == 0


def test_a_line_with_a_problem_does_not_stop_the_others(seed_record_path: Path) -> None:
    told = onrecord(seed_record_path, "ask", "--json", "-", stdin=f"?!\n{QUERY}\n")
    first, second = (json.loads(line) for line in told.stdout.splitlines())
    assert first["error"]
    assert second["outcome"] == "quoted"
    assert told.exit_code == 1


def test_a_line_of_stdin_each_is_answered_in_words_too(seed_record_path: Path) -> None:
    told = onrecord(seed_record_path, "ask", "-", stdin=f"?!\n{QUERY}\n")
    assert [x for x in told.stdout.splitlines() if x.startswith(">")] == ["> ?!", f"> {QUERY}"]
    assert "— Antony J. Blinken" in told.stdout
    assert told.stderr.startswith("onrecord: ")
    assert told.exit_code == 1


ODD_QUERIES = {
    "empty": "",
    "white space": "  \t ",
    "punctuation": "?!… — «»",
    "one stop word": "the",
    "6,000 characters": "why " * 1500,
    "another script": "Почему войска стоят на границе?",
    "emoji": "🔥💔🤔",
    "quotes for the search": '"NEAR(" OR * AND col:x',
    "controls": "war\x00\x1b[31m",
}


@pytest.mark.parametrize("name", ODD_QUERIES)
def test_an_odd_query_gets_one_sentence_or_nothing_on_record(
    seed_record_path: Path, name: str
) -> None:
    told = onrecord(seed_record_path, "ask", ODD_QUERIES[name])
    if told.exit_code == 0:
        assert told.stdout.startswith(("Nothing on record", "Closest on record"))
    else:
        assert told.exit_code == 1
        assert told.stdout == ""
        assert told.stderr.startswith("onrecord: ")
        assert told.stderr.count("\n") == 1


WRONG_USE = [
    ("ask",),
    ("ask", QUERY, "--after", "yesterday"),
    ("add", "talk.txt", "--yes", "--date", "1.2.2024"),
    ("add", "talk.txt", "--yes", "--speaker", "Minister"),
    ("ask", QUERY, "--after", "2022-02-01", "--before", "2022-01-01"),
    ("ask", QUERY, "--colour", "red"),
    ("answer", QUERY),
]


@pytest.mark.parametrize("words", WRONG_USE, ids=" ".join)
def test_wrong_use_exits_with_2(seed_record_path: Path, words: tuple[str, ...]) -> None:
    told = onrecord(seed_record_path, *words)
    assert told.exit_code == 2
    assert "Error: " in told.stderr


def test_a_date_that_is_none_is_told_how_to_write_it(seed_record_path: Path) -> None:
    for words in (("ask", QUERY, "--after", "1.2.2024"), ("add", "a.txt", "--date", "1.2.2024")):
        told = onrecord(seed_record_path, *words)
        assert "“1.2.2024” is not a date; write it as 2022-01-31." in told.stderr


def test_filters_narrow_the_answer(seed_record_path: Path) -> None:
    told = onrecord(seed_record_path, "ask", "--json", "russia", "--after", "2022-02-01")
    files = {match["file"] for match in json.loads(told.stdout)["matches"]}
    assert files <= {"003_fb85a86849cbdadf.txt"}
    nobody = onrecord(seed_record_path, "ask", "russia", "--speaker", "Nobody Known")
    assert nobody.exit_code == 1 or "Nothing on record" in nobody.stdout


def test_filters_that_leave_no_transcript_are_told(seed_record_path: Path) -> None:
    told = onrecord(seed_record_path, "ask", "russia", "--after", "2030-01-01")
    assert told.stdout.startswith("Nothing on record\n")
    assert "Note: The filters leave no transcript to look in." in told.stdout
    told = onrecord(seed_record_path, "ask", "russia", "--after", "2022-01-01")
    assert "filters" not in told.stdout


def test_the_whole_answer_is_one_step_away(seed_record_path: Path) -> None:
    told = json.loads(onrecord(seed_record_path, "ask", "--json", QUERY).stdout)
    shown = fold_space(onrecord(seed_record_path, "show", told["matches"][0]["id"]).stdout)
    assert "You’d really have to ask President Putin." in shown
    assert "The other is Russian aggression that will have serious consequences." in shown
    assert "Bottom line, are we closer or further away from war?" in shown


def test_a_whole_transcript_can_be_shown(seed_record_path: Path) -> None:
    shown = onrecord(seed_record_path, "show", "000_f5834fc9157b8525.txt")
    assert shown.stdout.count("QUESTION:") == 6
    assert "The Lessons of 1989" not in shown.stdout


def test_an_unknown_id_is_told(seed_record_path: Path) -> None:
    for name in ("abc", "0123456789ab-1-2"):
        told = onrecord(seed_record_path, "show", name)
        assert told.exit_code == 1
        assert name in told.stderr


def test_sources_are_listed_with_what_is_known(seed_record_path: Path) -> None:
    rows = onrecord(seed_record_path, "sources", "--json").stdout.splitlines()
    first, second = map(json.loads, rows)
    assert (first["date"], first["title"], first["place"]) == ("2022-01-21", None, "Geneva")
    assert (second["date"], second["place"]) == ("2022-02-16", None)
    plain = onrecord(seed_record_path, "sources").stdout
    assert "title not recorded" in plain
    assert "1989" not in plain


def test_check_names_what_is_wrong_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    told = onrecord(tmp_path / "record.db", "check", str(tmp_path))
    assert told.exit_code == 1
    assert "bad.txt, line 1" in told.stderr
    assert onrecord(tmp_path / "record.db", "check").exit_code == 0


def test_load_tells_what_changed(tmp_path: Path) -> None:
    told = onrecord(tmp_path / "record.db", "load", str(SHIPPED_FOLDER))
    assert told.stdout.splitlines()[-1] == (
        "2 added, 0 changed, 0 removed, 0 unchanged, 0 with a problem"
    )
    missing = onrecord(tmp_path / "record.db", "load", str(tmp_path / "nowhere"))
    assert missing.exit_code == 1
    assert "no such folder" in missing.stderr


def test_verify_prints_the_published_shape(seed_record_path: Path) -> None:
    quote = "We’re prepared to engage in diplomacy with Russia if it’s serious about it."
    told = json.loads(onrecord(seed_record_path, "verify", "--json", quote).stdout)
    assert told["verdict"] == "verbatim"
    assert told["differences"] == []
    changed = json.loads(
        onrecord(seed_record_path, "verify", "--json", quote.replace("serious", "silent")).stdout
    )
    assert changed["verdict"] == "altered"
    assert changed["differences"] == [{"given": "silent", "actual": "serious"}]


def test_a_record_that_is_none_is_named(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir")
    told = onrecord(letter, "ask", QUERY)
    assert told.exit_code == 1
    assert str(letter) in told.stderr


def test_every_command_explains_itself(tmp_path: Path) -> None:
    for name in cli.commands:
        told = onrecord(tmp_path / "record.db", name, "--help")
        assert told.exit_code == 0
        assert told.stdout.startswith("Usage: ")

    told = onrecord(tmp_path / "record.db", "--help").stdout
    assert "..." not in told.partition("Commands:")[2]


def run_apart(
    record: Path, *words: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with streams as a pipe has them."""
    code = "from corpus.cli import cli; cli(prog_name='onrecord')"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        input=stdin,
        env={**os.environ, "ONRECORD_RECORD": str(record), **environment},
        capture_output=True,
        check=False,
    )


def test_what_is_not_utf8_on_stdin_is_marked_and_the_rest_answered(seed_record_path: Path) -> None:
    stdin = b"\xff harbour\n" + QUERY.encode() + b"\n"
    told = run_apart(
        seed_record_path, "ask", "--json", "-", stdin=stdin, PYTHONIOENCODING="utf-8:strict"
    )
    assert told.stderr == b""
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert [row["query"] for row in rows] == ["\ufffd harbour", QUERY]


def test_a_terminal_that_knows_few_characters_gets_the_others_named(
    seed_record_path: Path,
) -> None:
    shown = run_apart(seed_record_path, "ask", QUERY, PYTHONIOENCODING="latin-1")
    assert shown.stderr == b""
    assert b"\\u2014 Antony J. Blinken" in shown.stdout
    told = run_apart(seed_record_path, "ask", "--json", QUERY, PYTHONIOENCODING="latin-1")
    assert "You’d really have to ask" in json.loads(told.stdout)["matches"][0]["quote"]


@pytest.mark.parametrize("columns", [30, 60, 300])
def test_no_line_but_a_link_is_wider_than_the_terminal(
    seed_record_path: Path, columns: int
) -> None:
    for words in (("ask", QUERY), ("verify", "We will respond to those too in a slow, severe way")):
        told = run_apart(seed_record_path, *words, COLUMNS=str(columns)).stdout.decode()
        lines = [
            x for x in told.splitlines() if not x.startswith(("Link:", "Whole answer:", "   —"))
        ]
        assert max(map(len, lines)) <= min(columns, 92)


def test_no_colour_is_printed_where_none_is_wanted(seed_record_path: Path) -> None:
    for wanted, bold in (("", "\x1b[1m"), ("1", "")):
        known = {"NO_COLOR": wanted, "ONRECORD_RECORD": str(seed_record_path)}
        told = CliRunner().invoke(cli, ["ask", QUERY], color=True, env=known)
        assert told.stdout.startswith(f"{bold}On record")


def test_one_exchange_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Q: What now?\n\nMINISTER DOE: We will build a harbour.\n")
    record = tmp_path / "record.db"
    assert onrecord(record, "load", str(tmp_path)).exit_code == 0
    assert "; 1 exchange)" in onrecord(record, "sources").stdout


def test_a_message_of_many_words_is_repeated_only_in_part(seed_record_path: Path) -> None:
    told = onrecord(seed_record_path, "verify", "The harbour will be made of cheese. " * 100)
    assert "[…]" in told.stdout
    assert len(told.stdout) < 1200


def test_quotations_of_a_message_are_set_apart(seed_record_path: Path) -> None:
    message = "He said “we will respond to those too” and “the harbour is made of green cheese”"
    told = onrecord(seed_record_path, "verify", message).stdout
    assert "\n\n\nNot found on record\n" in told


def test_a_file_in_place_of_its_folder_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Q: What now?\n")
    told = onrecord(tmp_path / "record.db", "load", str(path))
    assert told.exit_code == 1
    assert "is a file; name its folder" in told.stderr
