"""What is answered, in lines of text or of JSON: one query or quote, or one a line of stdin."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator

import click

from corpus.errors import OnrecordError


def print_answers(given: str, answer: Callable[[str], Iterable[str]]) -> None:
    """Print the lines that answer what was given; “-” stands for each line of stdin.

    A line with a problem is named on stderr and makes the exit code 1.
    """
    if given != "-":
        print_lines(answer(given))
        return

    def answer_below(line: str) -> Iterable[str]:
        click.echo(click.style(f"> {line}", bold=True))
        return [*answer(line), ""]

    _answer_stdin(answer_below, lambda _line, _error: [""])


def print_json_answers(given: str, answer: Callable[[str], dict[str, object]], key: str) -> None:
    """Print the answer to what was given as JSON; “-” stands for each line of stdin.

    A line with a problem gets ``{key: line, "error": …}`` and makes the exit code 1.
    """
    if given != "-":
        print_lines([json_text(answer(given))])
        return
    _answer_stdin(
        lambda line: [json_text(answer(line))],
        lambda line, error: [json_text({key: line, "error": str(error)})],
    )


def _answer_stdin(
    answer: Callable[[str], Iterable[str]],
    tell_problem: Callable[[str, OnrecordError], Iterable[str]],
) -> None:
    problems = 0
    for line in _lines_of_stdin():
        try:
            told = answer(line)
        except OnrecordError as error:
            problems += 1
            click.echo(f"onrecord: {error}", err=True)
            told = tell_problem(line, error)
        print_lines(told)
    if problems:
        raise SystemExit(1)


def _lines_of_stdin() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\r\n")


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def json_text(told: object) -> str:
    """One line of JSON, in ASCII alone where the terminal or file takes no more than some."""
    takes_all = (sys.stdout.encoding or "").lower().startswith("utf")
    return json.dumps(told, ensure_ascii=not takes_all)
