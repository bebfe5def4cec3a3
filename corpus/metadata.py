"""What is stated about a document, and the ``NAME.toml`` beside it that states it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from corpus.errors import MetadataError
from corpus.text import fold_space


@dataclass(frozen=True, slots=True)
class Person:
    """Full name and role at the time of the one who stands behind a printed label."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is stated about a document; None where nothing is."""

    title: str | None = None
    date: dt.date | None = None
    publisher: str | None = None
    outlet: str | None = None
    place: str | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    licence: str | None = None
    speakers: Mapping[str, Person] = field(default_factory=dict[str, Person])

    def over(self, other: Metadata) -> Metadata:
        """These statements, completed by ``other`` where they are silent."""
        stated = {f.name: v for f in fields(self) if (v := getattr(self, f.name)) is not None}
        return replace(other, **{**stated, "speakers": {**other.speakers, **self.speakers}})


TEXT_KEYS = tuple(f.name for f in fields(Metadata) if f.name not in {"date", "speakers"})
_ADDRESS_KEYS = {"url", "archive_url"}


def read_sidecar(file: str, content: bytes) -> Metadata:
    """The metadata of a ``NAME.toml``.

    Args:
        file: its name, for the error.
        content: its bytes, UTF-8.

    Raises:
        MetadataError: not TOML, an unknown key, or a value of the wrong kind; with the line.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MetadataError(file, "is not UTF-8 text; save it as UTF-8.", line) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        problem = f"is not valid TOML: {error}. Correct the line."
        raise MetadataError(file, problem, int(found[1]) if found else None) from error
    return read_table(file, text, table)


def read_table(file: str, text: str, table: Mapping[str, object]) -> Metadata:
    """The metadata of a table of keys, read out of ``text`` (TOML or YAML front matter).

    Raises:
        MetadataError: an unknown key, or a value of the wrong kind; with the line of ``text``.
    """
    return _Sidecar(file, text).read(table)


@dataclass(frozen=True, slots=True)
class _Sidecar:
    file: str
    text: str

    def read(self, table: Mapping[str, object]) -> Metadata:
        stated: dict[str, object] = {}
        for key, value in table.items():
            if key == "speakers":
                stated[key] = self._speakers(value)
            elif key == "date":
                stated[key] = self._date(value)
            elif key in TEXT_KEYS:
                stated[key] = self._string(key, value)
            else:
                known = ", ".join([*TEXT_KEYS, "date", "[speakers]"])
                raise self._wrong(key, f"unknown key “{key}”; the known ones are {known}.")
        return Metadata(**stated)  # type: ignore[arg-type]

    def _wrong(self, key: str, problem: str) -> MetadataError:
        found = re.search(rf"^[ \t]*\[?[\"']?{re.escape(key)}\b", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.start()) + 1 if found else None
        return MetadataError(self.file, problem, line)

    def _string(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, f"“{key}” must be a text in quotes; leave it out if not known.")
        if key in _ADDRESS_KEYS and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise self._wrong(key, f"“{key}” must be an address that starts with https://.")
        return value

    def _date(self, value: object) -> dt.date:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            problem = f"“{value}” is not a date; write it as 2022-01-31."
            raise self._wrong("date", problem) from None

    def _speakers(self, value: object) -> dict[str, Person]:
        if not isinstance(value, dict):
            raise self._wrong("speakers", "[speakers] must be a table of labels.")
        return {fold_space(label): self._person(label, stated) for label, stated in value.items()}

    def _person(self, label: str, stated: object) -> Person:
        wanted = f'write “{label}” = {{ name = "…", role = "…" }}; the role may be left out.'
        if not isinstance(stated, dict) or not set(stated) <= {"name", "role"}:
            raise self._wrong(label, wanted)
        name, role = stated.get("name"), stated.get("role")
        if not isinstance(name, str) or not name or not isinstance(role, str | None):
            raise self._wrong(label, wanted)
        return Person(name, role)
