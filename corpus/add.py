"""Adding one transcript: how it would be understood, then keeping it and what is known of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import tomli_w

from corpus.errors import OnrecordError
from corpus.exchanges import pair_turns
from corpus.load import DOCUMENT_SUFFIXES
from corpus.metadata import Metadata, Person, read_sidecar
from corpus.model import Exchange, Transcript
from corpus.parse import parse_transcript
from corpus.reading.base import RawFile
from corpus.reading.emphasis import NOBODY
from corpus.reading.labels import kind_of_label
from corpus.styles import choose_style

SAMPLES = 5
ASKED_FOR = ("title", "date", "publisher", "place", "url")
"""What a curator is asked for where neither document nor options tell it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How a document would go on record, before anything is kept.

    ``quotable`` counts the exchanges, and statements of officials. ``unnamed`` are the labels of
    officials without a full name, ``unknown`` the names of which nothing tells whether they are
    officials; both as printed.
    """

    transcript: Transcript
    quotable: int
    why: str
    samples: tuple[Exchange, ...]
    missing: tuple[str, ...]
    unnamed: tuple[str, ...]
    unknown: tuple[str, ...]


def preview_document(name: str, content: bytes, stated: Metadata) -> Preview:
    """Read a document without keeping it.

    Args:
        name: its file name.
        content: its bytes.
        stated: what the curator says of it.

    Raises:
        TranscriptError: it can't be read.
    """
    if Path(name).suffix.lower() not in DOCUMENT_SUFFIXES:
        known = ", ".join(sorted(DOCUMENT_SUFFIXES))
        raise OnrecordError(f"{name}: the name must end in one of {known}.")
    transcript = parse_transcript(name, content, stated)
    quotable = pair_turns(transcript)
    exchanges = [exchange for exchange in quotable if exchange.questions]
    step = max(1, len(exchanges) // SAMPLES)
    missing = (key for key in ASKED_FOR if getattr(transcript.source, key) is None)
    officials = (turn for turn in transcript.turns if turn.kind == "official")
    unnamed = tuple(dict.fromkeys(x.label for x in officials if " " not in (x.speaker or "")))
    return Preview(
        transcript,
        len(quotable),
        choose_style(RawFile(name, content))[1],
        tuple(exchanges[::step][:SAMPLES]),
        tuple(missing),
        unnamed,
        tuple(list_unknown(transcript)),
    )


def list_unknown(transcript: Transcript) -> Iterator[str]:
    """The names of which nothing tells whether they are officials, who speaks most first."""
    told = {turn.label for turn in transcript.turns if turn.kind != "unknown"}
    counts = Counter(turn.label for turn in transcript.turns if turn.label not in told)
    for label, _ in counts.most_common():
        if label not in {"", NOBODY} and kind_of_label(label) in {None, "official"}:
            yield label


def state(values: Mapping[str, str], speakers: Mapping[str, str]) -> Metadata:
    """Metadata from a curator's words: texts by key, and “Name; role” by label.

    Raises:
        MetadataError: a value of the wrong kind.
    """
    people = {}
    for label, words in speakers.items():
        name, _, role = (part.strip() for part in words.partition(";"))
        people[label] = {"name": name, **({"role": role} if role else {})}
    table: dict[str, object] = {key: value for key, value in values.items() if value}
    return read_sidecar("what was stated", tomli_w.dumps({**table, "speakers": people}).encode())


def keep_document(folder: Path, name: str, content: bytes, stated: Metadata) -> Path:
    """Write a document, byte for byte, and its ``NAME.toml`` into a folder.

    Raises:
        OnrecordError: a document of that name with other content is there, or the disk refuses.
    """
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() != content:
            raise OnrecordError(f"{path}: is there already; remove it, or rename the new one.")
        table = _as_table(stated)
        if table:
            _write_whole(path.with_suffix(".toml"), tomli_w.dumps(table).encode())
        _write_whole(path, content)
    except OSError as error:
        raise OnrecordError(f"{path}: can't be written ({error.strerror}).") from error
    return path


def _as_table(stated: Metadata) -> dict[str, object]:
    known = {f.name: getattr(stated, f.name) for f in fields(stated) if f.name != "speakers"}
    table = {key: value for key, value in known.items() if value is not None}
    people = {label: _person_table(person) for label, person in stated.speakers.items()}
    return {**table, **({"speakers": people} if people else {})}


def _person_table(person: Person) -> dict[str, str]:
    return {"name": person.name, **({"role": person.role} if person.role else {})}


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing: written beside, put on disk, renamed."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def with_address(stated: Metadata, address: str) -> Metadata:
    """The metadata with the address that the page was fetched from, unless another is stated."""
    return stated if stated.url else replace(stated, url=address)
