"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from corpus.model import Filters


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
    options = (
        click.option(
            "--speaker", metavar="NAME", help="Only words of this speaker (name, surname or role)."
        ),
        click.option("--after", type=_Day(), help="Only of this day or later."),
        click.option("--before", type=_Day(), help="Only of this day or earlier."),
        click.option("--publisher", metavar="NAME", help="Only transcripts of this publisher."),
    )
    for option in options[::-1]:
        command = option(command)
    return command


class _Day(click.ParamType[dt.date]):
    name = "YYYY-MM-DD"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a date; write it as 2022-01-31.", param, ctx)


def read_filters(
    speaker: str | None,
    after: dt.date | None,
    before: dt.date | None,
    publisher: str | None,
) -> Filters:
    """The filters of a command; a span of dates that ends before it begins is a usage error."""
    if after and before and after > before:
        raise click.UsageError("--after is later than --before; nothing can be in between.")
    return Filters(speaker, after, before, publisher)
