"""The log: lines for a person or a JSON object a line; no token ever, no person and no query."""

from __future__ import annotations

import copy
import datetime as dt
import json
import logging
import re
from collections.abc import Iterable

import discord

_LINE = "%(asctime)s %(levelname)-8s %(name)s: %(message)s"
# Discord's addresses hold the token of an interaction, which lets whoever has it reply for 15 min.
_IN_ADDRESSES = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]+")


class JsonLines(logging.Formatter):
    """A JSON object a line: time (UTC), level, logger, message and, where there is one, trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a log record."""
        told = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(
                "T", "milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


class Discreet(logging.Formatter):
    """Another formatter's lines, traces as well, with every secret taken out."""

    def __init__(self, inner: logging.Formatter, *secrets: str) -> None:
        super().__init__()
        self.inner = inner
        self.secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line of a log record, without a secret."""
        line = hide(self.inner.format(_without_noise(record)), self.secrets)
        return _IN_ADDRESSES.sub(r"\1[token]", line)


def _without_noise(record: logging.LogRecord) -> logging.LogRecord:
    """discord.py's own lines without a person, and without a trace where nothing is to be mended.

    That is where it connects again, and where Discord takes no suggestions, mostly since somebody
    has typed on meanwhile.
    """
    error = record.exc_info[1] if record.exc_info else None
    told, is_noise = copy.copy(record), str(record.msg).startswith("Attempting a reconnect")
    if str(record.msg).startswith("Ignoring exception in autocomplete"):  # of a server and a person
        told.msg, told.args = "no suggestions for %r", tuple(record.args or ())[:1]
        is_noise = isinstance(getattr(error, "original", error), discord.HTTPException)
    if error is not None and is_noise:
        told.msg, told.args = "%s (%s)", (told.getMessage(), error)
        told.exc_info = told.exc_text = None
    return told


def hide(text: str, secrets: Iterable[str]) -> str:
    """``text`` without the secrets, the bot's token or a password."""
    for secret in secrets:
        text = text.replace(secret, "[token]")
    return text


def set_up_log(level: str, form: str, *secrets: str) -> None:
    """Log to stderr from now on.

    Args:
        level: the least level to log, ``INFO`` say; below it discord.py tells who did what.
        form: ``text`` or ``json``.
        secrets: what is kept out of the log: the bot's token, passwords.
    """
    formatter = JsonLines() if form == "json" else logging.Formatter(_LINE)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it has no voice
    discord.utils.setup_logging(
        level=logging.getLevelNamesMapping()[level],
        formatter=Discreet(formatter, *secrets),
    )
