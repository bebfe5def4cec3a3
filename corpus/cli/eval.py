"""``onrecord eval``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cli.options import record_option
from corpus.cli.record import open_record, show_progress
from corpus.text import fold_space

if TYPE_CHECKING:
    from corpus.evaluate import Judged, Report, Score


@click.command("eval")
@click.argument("questions", type=click.Path(path_type=Path, dir_okay=False))
@record_option
@click.option("--wrong", "list_wrong", is_flag=True, help="List the queries that went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def eval_command(
    questions: Path, record_path: Path | None, list_wrong: bool, as_json: bool
) -> None:
    """Ask the queries of QUESTIONS.jsonl and count the right, the wrong and the false quotes."""
    from corpus.evaluate import evaluate, read_cases

    cases = read_cases(questions)
    with show_progress("Asking") as progress:
        report = evaluate(open_record(record_path), cases, progress)
    lines = [_as_json(report)] if as_json else report_lines(report)
    for line in lines:
        click.echo(line)
    if list_wrong and not as_json:
        for judged in report.wrong:
            click.echo("\n".join(_wrong_lines(judged)))


def report_lines(report: Report) -> Iterator[str]:
    """The figures as a table, a line a kind of query."""
    yield (
        f"{'kind':<13}{'queries':>8}{'right first':>13}{'in three':>10}{'told nothing':>14}"
        f"{'quoted right':>14}{'wrong quotes':>14}{'false quotes':>14}"
    )
    yield from map(_score_line, report.scores)
    yield f"milliseconds a query: median {report.ms_p50:.1f}, 99 of 100 within {report.ms_p99:.1f}"


def _score_line(score: Score) -> str:
    queries = score.answerable + score.unanswerable
    false = f"{score.false_quotes} of {score.unanswerable}" if score.unanswerable else "–"
    return (
        f"{score.kind:<13}{queries:>8}{_share(score.right_first):>13}"
        f"{_share(score.right_in_three):>10}{_share(score.told_nothing):>14}"
        f"{_share(score.coverage):>14}"
        f"{_share(score.wrong_quotes):>14}{false:>14}"
    )


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _wrong_lines(judged: Judged) -> Iterator[str]:
    yield f"\n{judged.case.name} ({judged.case.kind}): {judged.case.query}"
    first = judged.first
    if first is None or not judged.case.gold:
        yield f"    {judged.outcome}"
    if first is not None:
        source = first.quote.citation.source
        yield f"    {judged.outcome}: “{fold_space(first.quote.text)}” ({source.file})"
    for gold in judged.case.gold:
        place = f"lines {gold.lines[0]}–{gold.lines[1]}" if gold.lines else f"“{gold.phrase}”"
        yield f"    wanted: {gold.file}, {place}"


def _as_json(report: Report) -> str:
    told = {
        "scores": [asdict(score) for score in report.scores],
        "ms_p50": round(report.ms_p50, 3),
        "ms_p99": round(report.ms_p99, 3),
        "wrong": [judged.case.name for judged in report.wrong],
    }
    return json.dumps(told, ensure_ascii=False)
