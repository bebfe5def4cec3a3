"""What ``--json`` prints: one object, or one a line of stdin."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator

import click

from corpus.errors import OnrecordError


def _lines_of_stdin() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\r\n")


def print_answers(given: str, answer: Callable[[str], dict[str, object]], key: str) -> None:
    """Print the answer to what was given as JSON; “-” stands for each line of stdin.

    A line with a problem gets ``{key: line, "error": …}`` and makes the exit code 1.
    """
    if given != "-":
        click.echo(json.dumps(answer(given), ensure_ascii=False))
        return
    problems = 0
    for line in _lines_of_stdin():
        try:
            told = answer(line)
        except OnrecordError as error:
            problems += 1
            told = {key: line, "error": str(error)}
            click.echo(f"onrecord: {error}", err=True)
        click.echo(json.dumps(told, ensure_ascii=False))
    if problems:
        raise SystemExit(1)
