"""``onrecord add``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cli.load import load_and_tell
from corpus.cli.options import record_option
from corpus.errors import MetadataError, OnrecordError
from corpus.metadata import Metadata
from corpus.text import fold_space

if TYPE_CHECKING:
    from corpus.add import Preview
    from corpus.model import Transcript


@click.command()
@click.argument("document", metavar="FILE_OR_URL")
@record_option
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that keeps it (else “transcripts” beside the record).",
)
@click.option("--yes", is_flag=True, help="Ask nothing; what is not known stays not recorded.")
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="'LABEL=NAME; ROLE'",
    help="Who a label of the document stands for; may be given several times.",
)
@click.option("--title", help="Its title, as published.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day on which it was said.")
@click.option("--publisher", help="Whose page or paper it is.")
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
    """Preview a document, ask what it does not tell, put it on record."""
    from corpus.add import keep_document, preview_document, state
    from corpus.load import folders_of
    from corpus.record import default_record_path

    try:
        stated = state({key: value or "" for key, value in known.items()}, _labelled(speakers))
    except MetadataError as error:
        raise click.UsageError(error.problem) from error
    name, content, stated = _bring(document, stated)
    preview = preview_document(name, content, stated)
    _require_labels(preview.transcript, stated)
    for line in preview_lines(preview):
        click.echo(line)
    if not yes:
        stated = _ask_for_missing(preview).over(stated)
        for line in speaker_lines(preview_document(name, content, stated).transcript):
            click.echo(line)
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


def _require_labels(transcript: Transcript, stated: Metadata) -> None:
    """A misspelt label would put words on record without their speaker's name."""
    printed = {turn.label: turn.speaker for turn in transcript.turns}
    for label, person in stated.speakers.items():
        if label not in printed and person.name not in printed.values():
            known = ", ".join(f"“{each}”" for each in list(printed)[:_MOST_ASKED])
            raise click.UsageError(f"--speaker {label}: no turn has this label; there are {known}.")


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
    from corpus.terminal import cut

    transcript = preview.transcript
    source = transcript.source
    counts = Counter(turn.kind for turn in transcript.turns)
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    yield f"Style:     {transcript.style} ({preview.why})"
    yield f"Title:     {source.title or 'not recorded'}"
    yield f"Date:      {source.date or 'not recorded'}"
    yield from speaker_lines(transcript)
    yield f"Turns:     {len(transcript.turns)} ({kinds})"
    if preview.missing:
        yield f"Missing:   {', '.join(map(_name_fact, preview.missing))}"
    yield from (f"Line {n.line}: {n.text}" for n in transcript.notices)
    for number, exchange in enumerate(preview.samples, 1):
        yield ""
        yield f"Exchange, sample {number} of {len(preview.samples)}:"
        for at in (*exchange.questions, *exchange.answers):
            turn = transcript.turns[at]
            yield f"  {turn.label}: {cut(fold_space(transcript.said(turn)), 160)}"
    yield ""


def speaker_lines(transcript: Transcript) -> Iterator[str]:
    """Who can be quoted, with the role, and how much they say."""
    officials = [turn for turn in transcript.turns if turn.kind == "official"]
    turns = Counter(turn.speaker or turn.label for turn in officials)
    roles = {turn.speaker or turn.label: turn.role for turn in officials}
    for name, count in turns.most_common():
        role = roles[name] or "role not recorded"
        yield f"Speaker:   {name}, {role}, {count} turn{'' if count == 1 else 's'}"
    if not officials:
        yield "Speaker:   nobody who can be quoted"


def _name_fact(key: str) -> str:
    return "address" if key == "url" else key


_ASKED = {
    "title": "Title, as published",
    "date": "Date it was said (YYYY-MM-DD)",
    "publisher": "Publisher, whose page or paper it is",
    "place": "Place where it was said",
    "url": "Address of the published page (https://…)",
}
_MOST_ASKED = 5  # unknown names; a panel may have dozens


def _ask_for_missing(preview: Preview) -> Metadata:
    """What only a person can tell; an empty reply leaves it not recorded."""
    from corpus.add import state

    if preview.missing or preview.unnamed or preview.unknown:
        click.echo("State only what you have seen; press Enter to leave the rest not recorded.")
    values = {key: _prompt(_ASKED[key], key) for key in preview.missing}
    people = {
        label: _prompt(f"Full name and role of “{label}” (Jane Doe; Minister of Health)")
        for label in preview.unnamed
    }
    for label in preview.unknown[:_MOST_ASKED]:
        people[label] = _prompt(f"Who is “{label}”, if you know (Jane Doe; host of a show)")
    return state(values, {label: who for label, who in people.items() if who})


def _prompt(question: str, key: str | None = None) -> str:
    """A person's reply; asked again where it can't be what it should."""

    def check(reply: str) -> str:
        from corpus.add import state

        reply = reply.strip()
        try:
            state({key: reply} if key else {}, {} if key or not reply else {"A": reply})
        except MetadataError as error:
            raise click.UsageError(error.problem) from error
        return reply

    return str(click.prompt(question, default="", show_default=False, value_proc=check))
