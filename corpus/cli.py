"""The command line. It reads options, calls, and prints; nothing is decided here."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import OlderRecordError, OnrecordError
from corpus.model import Filters

if TYPE_CHECKING:
    from corpus.load import LoadReport, Progress
    from corpus.store import Record


class _Group(click.Group):
    """Turns every error meant for a person into one sentence on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            click.echo(f"onrecord: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def cli() -> None:
    """Quote officials in their own words, with the source – or say that nothing is on record."""


def record_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--record FILE``, for every command that uses the record."""
    return click.option(
        "--record",
        "record_path",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="ONRECORD_RECORD",
        help="The record to use (or ONRECORD_RECORD); made from the shipped transcripts if absent.",
    )(command)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--speaker``, ``--after``, ``--before``, ``--publisher``."""
    day = click.DateTime(["%Y-%m-%d"])
    options = (
        click.option("--speaker", help="Only words of this speaker (name, surname or role)."),
        click.option("--after", type=day, help="Only of this day or later, YYYY-MM-DD."),
        click.option("--before", type=day, help="Only of this day or earlier, YYYY-MM-DD."),
        click.option("--publisher", help="Only transcripts of this publisher."),
    )
    for option in options[::-1]:
        command = option(command)
    return command


def read_filters(
    speaker: str | None,
    after: dt.datetime | None,
    before: dt.datetime | None,
    publisher: str | None,
) -> Filters:
    """The filters of a command; a span of dates that ends before it begins is a usage error."""
    if after and before and after > before:
        raise click.UsageError("--after is later than --before; nothing can be in between.")
    return Filters(speaker, after and after.date(), before and before.date(), publisher)


def open_record(path: Path | None) -> Record:
    """The record, made from the shipped transcripts where there is none.

    Raises:
        RecordError: it can't be read, or can't be made.
    """
    from corpus.store import Record, default_record_path

    path = path or default_record_path()
    try:
        if path.exists():
            return Record(path)
    except OlderRecordError:
        click.echo("onrecord: the record is of an older version and is made anew …", err=True)
    from corpus.load import load_record

    with _progress() as progress:
        report = load_record(path, progress=progress)
    click.echo(f"onrecord: made a record of {len(report.added)} transcripts at {path}", err=True)
    _print_problems(report.problems)
    return Record(path)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on stderr, when that is a terminal and the work takes long enough to see."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Loading", file=sys.stderr) as bar:

        def show(_name: str, done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        yield show


def _print_problems(problems: Iterable[str]) -> None:
    for problem in problems:
        click.echo(f"onrecord: {problem}", err=True)


def _lines_of_stdin() -> Iterator[str]:
    for line in click.get_text_stream("stdin"):
        if line.strip():
            yield line.rstrip("\r\n")


def _answer_lines(answer: Callable[[str], dict[str, object]], key: str) -> int:
    """Answer each line of stdin with a JSON line; returns how many had a problem."""
    problems = 0
    for line in _lines_of_stdin():
        try:
            told = answer(line)
        except OnrecordError as error:
            problems += 1
            told = {key: line, "error": str(error)}
            click.echo(f"onrecord: {error}", err=True)
        click.echo(json.dumps(told, ensure_ascii=False))
    return problems


@cli.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; QUERY “-” reads a query a line.")
@record_option
@filter_options
def ask(query: str, as_json: bool, record_path: Path | None, **narrow: Any) -> None:  # noqa: ANN401
    """Answer QUERY with the official's own words, or say that nothing is on record."""
    from corpus.card import outcome_json
    from corpus.match import answer_query

    filters = read_filters(**narrow)
    record = open_record(record_path)
    if not as_json:
        from corpus.terminal import outcome_lines

        for line in outcome_lines(answer_query(record, query, filters)):
            click.echo(line)
    elif query == "-":
        if _answer_lines(lambda one: outcome_json(answer_query(record, one, filters)), "query"):
            raise SystemExit(1)
    else:
        told = outcome_json(answer_query(record, query, filters))
        click.echo(json.dumps(told, ensure_ascii=False))


@cli.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER]...")
@record_option
@click.option("--strict", is_flag=True, help="Change nothing if any document has a problem.")
def load(folders: tuple[Path, ...], record_path: Path | None, strict: bool) -> None:
    """Bring the record in line with FOLDERs, else with those of the last load or the shipped."""
    from corpus.load import load_record
    from corpus.store import default_record_path

    with _progress() as progress:
        report = load_record(
            record_path or default_record_path(), folders, strict=strict, progress=progress
        )
    for line in report_lines(report):
        click.echo(line)
    _print_problems(report.problems)
    if report.problems:
        raise SystemExit(1)


def report_lines(report: LoadReport) -> Iterator[str]:
    """What a load changed, a line each."""
    for name, files in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    ):
        yield from (f"{name}: {file}" for file in files)
    yield (
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed,"
        f" {report.unchanged} unchanged, {len(report.problems)} with a problem"
    )


@cli.command()
@record_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def sources(record_path: Path | None, as_json: bool) -> None:
    """List the transcripts on record, oldest first."""
    with open_record(record_path).reading() as reader:
        stored = reader.transcripts()
    for each in stored:
        source = each.source
        if as_json:
            told = {name: _plain(getattr(source, name)) for name in source.__slots__}
            click.echo(
                json.dumps(
                    {**told, "style": each.style, "exchanges": each.exchanges}, ensure_ascii=False
                )
            )
        else:
            when = source.date.isoformat() if source.date else "no date   "
            title = source.title or "title not recorded"
            publisher = source.publisher or "publisher not recorded"
            click.echo(f"{when}  {title}  ({publisher}; {each.exchanges} exchanges)")
            click.echo(f"            {source.file}")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


@cli.command()
@click.argument("name", metavar="ID")
@record_option
def show(name: str, record_path: Path | None) -> None:
    """Show a quote in its whole answer, or a whole transcript.

    ID is the id under a quote, or the file name of a transcript as “onrecord sources” lists it.
    """
    from corpus.browse import find_shown
    from corpus.terminal import turn_lines

    with open_record(record_path).reading() as reader:
        shown = find_shown(reader, name)
    source = shown.transcript.source
    click.echo(f"{source.title or 'title not recorded'} – {source.date or 'date not recorded'}")
    click.echo(f"{source.url or 'address not recorded'}\n")
    if shown.superseded_on:
        click.echo(f"Superseded on {shown.superseded_on}: these are the words as quoted then.\n")
    for line in turn_lines(shown.transcript, shown.positions, shown.marked):
        click.echo(line)


@cli.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def check(folder: Path | None, as_json: bool) -> None:
    """Read every document of FOLDER (else the shipped ones) and say what would be on record."""
    from corpus.check import check_folder
    from corpus.load import SHIPPED_FOLDER

    bad = 0
    for checked in check_folder(folder or SHIPPED_FOLDER):
        bad += checked.problem is not None
        if as_json:
            click.echo(json.dumps(checked.as_json(), ensure_ascii=False))
        else:
            click.echo(checked.as_text(), err=checked.problem is not None)
    if bad:
        raise SystemExit(1)


def main() -> None:
    """The command line without the bot; ``bot.main`` adds “run”."""
    cli()
