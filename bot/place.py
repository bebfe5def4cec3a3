"""Where the bot's own facts lie: a file on this host, or a PostgreSQL that several hosts share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qs, unquote

import click

from corpus.errors import SettingsError

# Strict, so that what is shown of an address can hold no part of a password.
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
_LETTER = r"(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_HOST = r"(?:(?:[\w.-]|%[0-9A-Fa-f]{2})*|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?"
_ADDRESS = re.compile(
    r"postgres(?:ql)?://"
    rf"(?:{_LETTER}*(?::(?P<password>(?:{_LETTER}|:)*))?@)?"
    rf"(?P<where>{_HOST}(?:,{_HOST})*(?:/{_LETTER}*)?)"
    rf"(?:\?(?P<more>(?:{_LETTER}|[:/])*))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A PostgreSQL database, shown without its password.

    ``key`` is the file of the key under which people are stored; every host has the same.
    """

    url: str = field(repr=False)
    key: Path

    def __str__(self) -> str:
        found = _ADDRESS.fullmatch(self.url)
        return f"postgresql://{found['where'] if found else ''}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What of it may stand in no log: the whole, and the password in each way to write it."""
        found = _ADDRESS.fullmatch(self.url)
        written = found["password"] if found else None
        more = parse_qs(found["more"] or "") if found else {}
        passwords = [*more.get("password", []), *more.get("sslpassword", [])]
        passwords += [written, unquote(written)] if written else []
        return (self.url, *sorted(passwords, key=len, reverse=True))


Place: TypeAlias = Path | Address


def default_state_path() -> Path:
    """The bot's own database in the user's data folder."""
    return Path(click.get_app_dir("onrecord")) / "state.db"


def key_of(place: Place) -> Path:
    """The file of the key under which people are stored."""
    if isinstance(place, Address):
        return place.key
    return place.with_name(f"{place.name}.key")


def read_place(environ: Mapping[str, str]) -> Place:
    """The place that ``ONRECORD_STATE`` or ``ONRECORD_STATE_FILE`` names.

    Raises:
        SettingsError: it is wrong; the sentence holds nothing of an address.
    """
    name, named = read_secret("ONRECORD_STATE", environ)
    key = environ.get("ONRECORD_STATE_KEY_FILE", "").strip()
    if "://" not in named and not named.startswith(("postgres:", "postgresql:")):
        return Path(named) if named else default_state_path()
    if not _ADDRESS.fullmatch(named):
        raise SettingsError(
            f"{name} is neither a file nor the address of a PostgreSQL database; write it as"
            " postgresql://user:password@host:5432/name, odd characters of the password as %40."
        )
    return Address(named, Path(key) if key else key_of(default_state_path()))


def read_secret(name: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """The value of a setting, or of the file that ``NAME_FILE`` names, and which it was.

    Raises:
        SettingsError: both are set, or the file can't be read.
    """
    value, file = environ.get(name, "").strip(), environ.get(f"{name}_FILE", "").strip()
    if value and file:
        raise SettingsError(f"{name} and {name}_FILE are both set; set only one.")
    if not file:
        return name, value
    try:
        return f"{name}_FILE", Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        problem = f"{name}_FILE: {file} can't be read ({error.strerror})"
        raise SettingsError(f"{problem}; name a file that holds the value.") from error
    except UnicodeDecodeError as error:
        problem = f"{name}_FILE: {file} is not a text file"
        raise SettingsError(f"{problem}; name a file that holds only the value.") from error
