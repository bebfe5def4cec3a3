"""All that can be set from outside, as one frozen object read from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import pathsep
from pathlib import Path

from bot.place import Address, Place, default_state_path, read_place, read_secret
from corpus.errors import SettingsError

VARIABLES = (
    "DISCORD_TOKEN",
    "DISCORD_TOKEN_FILE",
    "ONRECORD_FOLDERS",
    "ONRECORD_CURATORS",
    "ONRECORD_CURATOR_ROLES",
    "ONRECORD_STATE",
    "ONRECORD_STATE_FILE",
    "ONRECORD_STATE_KEY_FILE",
    "ONRECORD_UNANSWERED_DAYS",
    "ONRECORD_UNANSWERED_PEOPLE",
    "ONRECORD_LISTEN",
    "ONRECORD_LOG_LEVEL",
    "ONRECORD_LOG_FORMAT",
)
LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_WHERE_TOKENS_ARE = (
    "the bot's token from the Discord developer portal"
    " (https://discord.com/developers/applications, your application, “Bot”)"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this bot is set up.

    ``folders`` are what a reload reads, empty for those of the last load; ``curators`` and
    ``curator_roles`` are the Discord ids of people and roles who may change the record beside the
    application's owner and team; ``state`` is where the bot's own database is; ``listen`` is the
    host and port where the bot tells how it is, None for nowhere. Queries that got nothing are kept
    ``unanswered_days`` and shown once ``unanswered_people`` asked alike.
    """

    token: str = field(repr=False)
    folders: tuple[Path, ...] = ()
    curators: frozenset[int] = frozenset()
    curator_roles: frozenset[int] = frozenset()
    state: Place = field(default_factory=default_state_path)
    listen: tuple[str, int] | None = None
    unanswered_days: int = 30
    unanswered_people: int = 3
    log_level: str = "INFO"
    log_format: str = "text"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may stand in no log."""
        return (self.token, *(self.state.secrets if isinstance(self.state, Address) else ()))


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings that ``environ`` names; the rest keep their defaults.

    Raises:
        SettingsError: one is missing or wrong; the sentence names it, never the token.
    """
    return Settings(
        token=_read_token(environ),
        folders=_read_folders(environ.get("ONRECORD_FOLDERS", "")),
        curators=_read_ids("ONRECORD_CURATORS", environ),
        curator_roles=_read_ids("ONRECORD_CURATOR_ROLES", environ),
        state=read_place(environ),
        listen=read_listen(environ),
        unanswered_days=_read_number("ONRECORD_UNANSWERED_DAYS", 30, environ),
        unanswered_people=_read_number("ONRECORD_UNANSWERED_PEOPLE", 3, environ),
        log_level=_read_choice("ONRECORD_LOG_LEVEL", LOG_LEVELS, "INFO", environ),
        log_format=_read_choice("ONRECORD_LOG_FORMAT", LOG_FORMATS, "text", environ),
    )


def _read_token(environ: Mapping[str, str]) -> str:
    name, token = read_secret("DISCORD_TOKEN", environ)
    if token or name != "DISCORD_TOKEN":
        return _check_token(name, token)
    raise SettingsError(
        f"DISCORD_TOKEN is not set; set it to {_WHERE_TOKENS_ARE},"
        " or set DISCORD_TOKEN_FILE to a file that holds it."
    )


def _check_token(name: str, token: str) -> str:
    if not re.fullmatch(r"[!-~]+", token):
        raise SettingsError(f"{name} does not hold a token; set it to {_WHERE_TOKENS_ARE}.")
    return token


def _read_folders(named: str) -> tuple[Path, ...]:
    folders = tuple(Path(part.strip()) for part in named.split(pathsep) if part.strip())
    for folder in folders:
        if not folder.is_dir():
            problem = f"ONRECORD_FOLDERS: {folder} is not a folder"
            raise SettingsError(f"{problem}; name folders of transcripts, divided by “{pathsep}”.")
    return folders


def _read_ids(name: str, environ: Mapping[str, str]) -> frozenset[int]:
    parts = re.split(r"[\s,;]+", environ.get(name, "").strip(" ,;\t\r\n"))
    for part in parts:
        if part and not re.fullmatch(r"[0-9]{15,20}", part):
            raise SettingsError(
                f"{name}: “{part}” is not a Discord id (15 to 20 digits); divide ids by commas."
            )
    return frozenset(int(part) for part in parts if part)


def _read_number(name: str, default: int, environ: Mapping[str, str]) -> int:
    named = environ.get(name, "").strip()
    if named and not re.fullmatch(r"[1-9][0-9]{0,3}", named):
        raise SettingsError(f"{name}: “{named}” is not a number from 1 to 9999.")
    return int(named) if named else default


def _read_choice(
    name: str, known: tuple[str, ...], default: str, environ: Mapping[str, str]
) -> str:
    named = environ.get(name, "").strip()
    for choice in known:
        if choice.casefold() == (named or default).casefold():
            return choice
    raise SettingsError(f"{name}: “{named}” is not known; set one of {', '.join(known)}.")


def read_listen(environ: Mapping[str, str]) -> tuple[str, int] | None:
    """Host and port of ``ONRECORD_LISTEN``; None where it is not set.

    Raises:
        SettingsError: it is no ``host:port``.
    """
    named = environ.get("ONRECORD_LISTEN", "").strip()
    if not named:
        return None
    host, _, port = named.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise SettingsError(
            f"ONRECORD_LISTEN: “{named}” is not host:port; set it to 127.0.0.1:9465, say."
        )
    return host.strip("[]"), int(port)
