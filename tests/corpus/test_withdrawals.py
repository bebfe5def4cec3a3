"""What a curator withdrew is shown by no command of the host on which the bot runs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from corpus.cli import cli
from corpus.errors import RecordError, WithdrawnError
from corpus.withdrawals import (
    WITHDRAWN,
    Withdrawals,
    hide_words,
    keep_withdrawals,
    read_withdrawals,
)

QUERY = "Are we closer to war?"
WHY = "It was cut wrongly."


@pytest.fixture
def record(seed_record_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(seed_record_path, tmp_path / "record.db"))


def run(record: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--record", str(record)])


def first_match(record: Path) -> dict[str, str]:
    match: dict[str, str] = json.loads(run(record, "ask", "--json", QUERY).stdout)["matches"][0]
    return match


def test_no_command_shows_what_was_withdrawn(record: Path) -> None:
    match = first_match(record)
    name, words = match["id"], " ".join(match["quote"].split())
    beginning = " ".join(words.split()[:8])
    keep_withdrawals(record, {name: WHY})
    assert name not in run(record, "ask", "--json", QUERY).stdout
    assert name not in run(record, "ask", QUERY).stdout
    judged = json.loads(run(record, "verify", "--json", words).stdout)
    assert (judged["verdict"], judged["match"], judged["occurrences"]) == ("not_found", None, [])
    assert judged["withdrawn"] == f"This quote was withdrawn: {WHY}"
    told = run(record, "verify", words).stdout
    assert told.startswith("Withdrawn by a curator")
    assert "These words are not on record" not in told
    shown = run(record, "show", name)
    assert (shown.exit_code, shown.stderr) == (1, f"onrecord: This quote was withdrawn: {WHY}\n")
    whole = " ".join(run(record, "show", match["file"]).stdout.split())
    assert WITHDRAWN in whole
    assert beginning not in whole


def test_words_beside_it_are_shown_without_it(record: Path) -> None:
    match = first_match(record)
    sha, start, end = match["id"].split("-")
    keep_withdrawals(record, {match["id"]: WHY})
    beside = f"{sha}-{int(end) + 1}-{int(end) + 20}"
    shown = run(record, "show", beside)
    assert shown.exit_code == 0
    assert WITHDRAWN in shown.stdout
    assert match["quote"][:40] not in " ".join(shown.stdout.split())
    assert run(record, "show", f"{sha}-{int(start) + 5}-{int(end) + 20}").exit_code == 1


def test_without_a_bot_nothing_is_withdrawn(record: Path) -> None:
    assert read_withdrawals(record) == Withdrawals()
    assert "withdrawn" not in run(record, "ask", QUERY).stdout


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff"])
def test_what_can_t_be_read_is_named_and_nothing_is_shown(record: Path, content: bytes) -> None:
    path = record.with_name("record.db.withdrawn")
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"record\.db\.withdrawn: tells what was withdrawn"):
        read_withdrawals(record)
    for command in (("ask", QUERY), ("verify", "We are not closer to war."), ("show", "x")):
        done = run(record, *command)
        assert (done.exit_code, done.stdout) == (1, "")


def test_any_overlap_counts_and_nothing_else() -> None:
    withdrawals = Withdrawals.of({"0123456789ab-10-20": WHY, "no id": WHY})
    shown = {span: withdrawals.allows(f"0123456789ab-{span}") for span in ("1-10", "20-30")}
    assert all(shown.values())
    for span in ("1-11", "19-30", "10-20", "12-13", "1-30"):
        with pytest.raises(WithdrawnError, match=WHY):
            withdrawals.check(f"0123456789ab-{span}")
    assert withdrawals.allows("ba9876543210-10-20")
    assert withdrawals.spans("0123456789ab" + "0" * 52) == [(10, 20)]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=4)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=2).map(sorted), SPANS)
def test_hidden_words_are_gone_and_all_others_stay(
    ends: list[int], drawn: list[tuple[int, int]]
) -> None:
    start, end = ends
    text = "".join(chr(0x4E00 + at) for at in range(50))
    spans = [(first, first + length) for first, length in drawn]
    shown = hide_words(text, start, end, spans)
    hidden = {at for first, last in spans for at in range(first, last)}
    kept = [at for at in range(start, end) if at not in hidden]
    assert shown.replace(WITHDRAWN, "") == "".join(text[at] for at in kept)
    assert (WITHDRAWN in shown) == any(at in hidden for at in range(start, end))
