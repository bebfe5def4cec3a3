"""``onrecord add``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cli.load import load_and_tell
from corpus.cli.options import record_option
from corpus.errors import OnrecordError
from corpus.metadata import Metadata
from corpus.text import fold_space

if TYPE_CHECKING:
    from corpus.add import Preview


@click.command()
@click.argument("document", metavar="FILE_OR_URL")
@record_option
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that keeps it (else “transcripts” beside the record).",
)
@click.option("--yes", is_flag=True, help="Ask nothing; what is not known stays not recorded.")
@click.option("--speaker", "speakers", multiple=True, metavar="LABEL=NAME;ROLE")
@click.option("--title")
@click.option("--date", metavar="YYYY-MM-DD")
@click.option("--publisher")
@click.option("--place", help="Where it was said.")
@click.option("--url", help="The page it is published on; known when it is fetched from there.")
def add(
    document: str,
    record_path: Path | None,
    into: Path | None,
    yes: bool,
    speakers: tuple[str, ...],
    **known: str | None,
) -> None:
    """Show how a document would be understood, ask for what is missing, put it on record."""
    from corpus.add import keep_document, preview_document, state
    from corpus.load import folders_of
    from corpus.store import default_record_path

    stated = state({key: value or "" for key, value in known.items()}, _labelled(speakers))
    name, content, stated = _bring(document, stated)
    preview = preview_document(name, content, stated)
    for line in preview_lines(preview):
        click.echo(line)
    if not yes:
        stated = _ask_for_missing(preview).over(stated)
        click.confirm("Put it on record?", abort=True)
    record = record_path or default_record_path()
    folder = (into or record.parent / "transcripts").resolve()
    keep_document(folder, name, content, stated)
    load_and_tell(record, (*(f for f in folders_of(record) if f != folder), folder), strict=False)


def _labelled(speakers: tuple[str, ...]) -> dict[str, str]:
    for each in speakers:
        if "=" not in each:
            raise click.UsageError(f"--speaker {each}: write it as 'LABEL=Name; role'.")
    return {label.strip(): who for label, _, who in (each.partition("=") for each in speakers)}


def _bring(document: str, stated: Metadata) -> tuple[str, bytes, Metadata]:
    """The document's file name and bytes, from the disk or from its publisher."""
    if "://" in document:
        from corpus.add import with_address
        from corpus.fetch import fetch_page

        name, content = fetch_page(document)
        return name, content, with_address(stated, document)
    from corpus.load import require_size

    path = Path(document)
    try:
        require_size(str(path), path)
        return path.name, path.read_bytes(), stated
    except OSError as error:
        raise OnrecordError(f"{path}: can't be read ({error.strerror}).") from error


def preview_lines(preview: Preview) -> Iterator[str]:
    """What was understood of a document, for a person to judge."""
    transcript = preview.transcript
    source = transcript.source
    yield f"Style:     {transcript.style}"
    yield f"Title:     {source.title or 'not recorded'}"
    yield f"Date:      {source.date or 'not recorded'}"
    officials = {t.speaker or t.label: t.role for t in transcript.turns if t.kind == "official"}
    for name, role in officials.items():
        yield f"Speaker:   {name}" + (f", {role}" if role else " (role not recorded)")
    yield f"Turns:     {len(transcript.turns)}"
    yield from (f"Line {n.line}: {n.text}" for n in transcript.notices)
    for exchange in preview.samples:
        yield ""
        for at in (*exchange.questions, *exchange.answers):
            turn = transcript.turns[at]
            yield f"  {turn.label}: {_shorten(fold_space(transcript.said(turn)))}"
    yield ""


def _shorten(words: str) -> str:
    return words if len(words) <= 160 else f"{words[:160].rpartition(' ')[0]} […]"


def _ask_for_missing(preview: Preview) -> Metadata:
    """What only a person can tell; an empty reply leaves it not recorded."""
    from corpus.add import state

    click.echo("Leave empty what is not known.")
    values = {key: _prompt(key.capitalize()) for key in preview.missing}
    people = {label: _prompt(f"Who is “{label}” (Name; role)") for label in preview.unnamed}
    return state(values, {label: who for label, who in people.items() if who})


def _prompt(what: str) -> str:
    return str(click.prompt(what, default="", show_default=False))
