"""The command line, a file a command: they read options, call, and print (nothing is decided)."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import click

from corpus.cli.add import add
from corpus.cli.ask import ask
from corpus.cli.check import check
from corpus.cli.eval import eval_command
from corpus.cli.load import load
from corpus.cli.show import show
from corpus.cli.sources import sources
from corpus.cli.verify import verify
from corpus.errors import OnrecordError


class _Group(click.Group):
    """Turns every error meant for a person into one sentence on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        _take_any_character()
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            click.echo(f"onrecord: {error}", err=True)
            ctx.exit(1)


def _take_any_character() -> None:
    """No character stops a command: what can't be read is marked, what can't be shown is named."""
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def cli() -> None:
    """Quote officials in their own words, with the source – or say that nothing is on record."""


for _command in (ask, verify, load, sources, show, add, check, eval_command):
    cli.add_command(_command)
