"""Dates as people type them in an option: a day, a month or a year."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from discord import app_commands

from bot.client import Interaction
from corpus.errors import QueryError
from corpus.text import fold_space


class FirstDay(app_commands.Transformer):
    """A day, a month or a year as typed -> its first day."""

    async def transform(self, interaction: Interaction, value: str, /) -> dt.date:  # type: ignore[override]
        """The date; a sentence where it is none."""
        return read_day("after", value)


class LastDay(app_commands.Transformer):
    """A day, a month or a year as typed -> its last day."""

    async def transform(self, interaction: Interaction, value: str, /) -> dt.date:  # type: ignore[override]
        """The date; a sentence where it is none."""
        return read_day("before", value, last=True)


def read_day(name: str, typed: str, *, last: bool = False) -> dt.date:
    """The day that ``2022-01-31``, ``2022-01`` or ``2022`` begins with, or ends with if ``last``.

    Raises:
        QueryError: it is none of these; ``name`` is the option's.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", typed.strip(), re.ASCII)
    if found:
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            month = month or (12 if last else 1)
            day = day or (calendar.monthrange(year or 0, month)[1] if last else 1)
            return dt.date(year or 0, month, day)
        except ValueError:
            pass
    shown = fold_space(typed)[:40]
    raise QueryError(f"{name}: “{shown}” is not a date; write it as 2022-01-31, 2022-01 or 2022.")
