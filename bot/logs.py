"""The log: lines for a person or a JSON object a line; no token ever, no person and no query."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re

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
    """Another formatter's lines, traces as well, with every token taken out."""

    def __init__(self, inner: logging.Formatter, token: str) -> None:
        super().__init__()
        self.inner = inner
        self.token = token

    def format(self, record: logging.LogRecord) -> str:
        """The line of a log record, without a token."""
        line = self.inner.format(record).replace(self.token, "[token]")
        return _IN_ADDRESSES.sub(r"\1[token]", line)


def set_up_log(level: str, form: str, token: str) -> None:
    """Log to stderr from now on.

    Args:
        level: the least level to log, ``INFO`` say; below it discord.py tells who did what.
        form: ``text`` or ``json``.
        token: the bot's, which is kept out of the log.
    """
    formatter = JsonLines() if form == "json" else logging.Formatter(_LINE)
    discord.utils.setup_logging(
        level=logging.getLevelNamesMapping()[level],
        formatter=Discreet(formatter, token),
    )
