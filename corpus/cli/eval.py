"""``onrecord eval``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from corpus.cli.answers import json_text
from corpus.cli.options import record_option
from corpus.cli.record import open_record, show_progress
from corpus.text import fold_space

if TYPE_CHECKING:
    from corpus.evaluate import Case, Judged, Report, Score
    from corpus.record import Record
    from corpus.samples import Sample


@click.command("eval")
@click.argument(
    "questions",
    nargs=-1,
    required=True,
    metavar="QUESTIONS.jsonl...",
    type=click.Path(path_type=Path, dir_okay=False),
)
@record_option
@click.option(
    "--documents",
    type=click.Path(path_type=Path, file_okay=False),
    help="Ask each file of a record of just the documents its gold names, found in this folder.",
)
@click.option("--wrong", "list_wrong", is_flag=True, help="List the queries that went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each file.")
@click.option(
    "--calibrate",
    "calibration_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fit when to quote on these files, tell what it gives held out, and write it here.",
)
def eval_command(  # noqa: PLR0913, PLR0917 - the options of the command
    questions: tuple[Path, ...],
    record_path: Path | None,
    documents: Path | None,
    list_wrong: bool,
    as_json: bool,
    calibration_file: Path | None,
) -> None:
    """Ask queries with known answers; count right and wrong quotes.

    A line of QUESTIONS.jsonl: {"query": "…", "gold": [{"file": "…", "lines": [first, last]}]}.
    Lines are those of the file, from 1; "phrase": "…" may stand for them; gold is [] where nothing
    answers.
    """
    if calibration_file is not None:
        _calibrate(questions, record_path, documents, calibration_file)
        return
    for path in questions:
        with _record_for(path, record_path, documents) as (cases, record):
            _print_report(path, cases, record, list_wrong=list_wrong, as_json=as_json)


@contextmanager
def _record_for(
    path: Path, record_path: Path | None, documents: Path | None
) -> Iterator[tuple[tuple[Case, ...], Record]]:
    from corpus.evaluate import read_cases, require_gold

    cases = read_cases(path)
    if documents is None:
        record = open_record(record_path)
        require_gold(record, cases, path.name)
        yield cases, record
        return
    from corpus.sets import make_set_record

    with TemporaryDirectory() as workplace:
        record = make_set_record(cases, documents, Path(workplace))
        require_gold(record, cases, path.name)
        yield cases, record
        record.close()


def _print_report(
    path: Path, cases: tuple[Case, ...], record: Record, *, list_wrong: bool, as_json: bool
) -> None:
    from corpus.evaluate import evaluate

    with show_progress("Asking") as progress:
        report = evaluate(record, cases, progress)
    if as_json:
        click.echo(_as_json(path, report))
        return
    click.echo(f"{path.name}:")
    for line in report_lines(report):
        click.echo(line)
    for judged in report.wrong if list_wrong else ():
        click.echo("\n".join(_wrong_lines(judged)))


def _calibrate(
    questions: Sequence[Path], record_path: Path | None, documents: Path | None, file: Path
) -> None:
    """Each file is a group; the queries of the only one are grouped by document."""
    from corpus.calibrate import calibrate, save_calibration
    from corpus.samples import collect_samples, split_by_document

    samples: list[Sample] = []
    about: dict[str, set[str]] = {}
    for path in questions:
        with _record_for(path, record_path, documents) as (cases, record):
            groups = {path.stem: cases} if len(questions) > 1 else split_by_document(cases)
            for name, part in groups.items():
                samples += collect_samples(record, part, name)
                named = {Path(gold.file).name for case in part for gold in case.gold}
                about.setdefault(name, set()).update(named)
        if documents:
            samples += _ask_alone(path.stem, cases, documents)
    calibration, tiers = calibrate(samples, about)
    click.echo(
        f"{'held out':<24}{'quoted right':>13}{'wrong':>14}{'astray':>8}{'false':>12}{'removed':>9}"
    )
    for tier in tiers:
        wrong = f"{tier.wrong:.3f} of {tier.quoted}"
        false = f"{tier.false_quotes} of {tier.unanswerable}"
        click.echo(
            f"{tier.group[:23]:<24}{tier.coverage:>13.3f}{wrong:>14}{tier.astray:>8.3f}"
            f"{false:>12}{tier.removed_quoted:>9.3f}"
        )
    save_calibration(calibration, file)
    click.echo(f"written to {file}")


def _ask_alone(name: str, cases: Sequence[Case], documents: Path) -> Iterator[Sample]:
    """What the queries of a file teach when each is asked of its own document alone."""
    from corpus.samples import collect_samples
    from corpus.sets import make_set_record

    about: dict[str, list[Case]] = {}
    for case in cases:
        named = {Path(gold.file).name for gold in case.gold}
        if len(named) == 1:
            about.setdefault(named.pop(), []).append(case)
    for part in about.values():
        with TemporaryDirectory() as workplace:
            record = make_set_record(part, documents, Path(workplace))
            yield from collect_samples(record, part, name, alone=True)
            record.close()


def report_lines(report: Report) -> Iterator[str]:
    """The figures as a table, a line a kind of query."""
    yield (
        f"{'kind':<13}{'queries':>8}{'right quote':>15}{'exchange':>15}{'told nothing':>14}"
        f"{'quoted right':>14}{'wrong quotes':>14}{'false quotes':>14}"
    )
    yield from map(_score_line, report.scores)
    yield "right quote, exchange: first / in three; a quote is right if it overlaps the gold,"
    yield "an exchange if any of its answer does"
    yield f"milliseconds a query: median {report.ms_p50:.1f}, 99 of 100 within {report.ms_p99:.1f}"


def _score_line(score: Score) -> str:
    queries = score.answerable + score.unanswerable
    false = f"{score.false_quotes} of {score.unanswerable}" if score.unanswerable else "–"
    return (
        f"{score.kind:<13}{queries:>8}"
        f"{_ranked(score.right_first, score.right_in_three):>15}"
        f"{_ranked(score.right_exchange_first, score.right_exchange_in_three):>15}"
        f"{_share(score.told_nothing):>14}{_share(score.coverage):>14}"
        f"{_share(score.wrong_quotes):>14}{false:>14}"
    )


def _ranked(first: float | None, in_three: float | None) -> str:
    return "–" if first is None else f"{_share(first)} / {_share(in_three)}"


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
        yield f"    wanted: {gold.file}, {gold.place}"


def _as_json(path: Path, report: Report) -> str:
    told = {
        "file": path.name,
        "scores": [asdict(score) for score in report.scores],
        "ms_p50": round(report.ms_p50, 3),
        "ms_p99": round(report.ms_p99, 3),
        "wrong": [judged.case.name for judged in report.wrong],
    }
    return json_text(told)
