"""``onrecord verify``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from corpus.cli.answers import print_answers, print_json_answers
from corpus.cli.options import filter_options, read_filters, record_option
from corpus.cli.record import open_record


@click.command()
@click.argument("quote")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, an object a quote.")
@record_option
@filter_options
def verify(quote: str, as_json: bool, record_path: Path | None, **narrow: Any) -> None:  # noqa: ANN401
    """Say if QUOTE is verbatim, altered, another's, or not found.

    QUOTE may be a message with quotations in it; --json takes it for one quote. “-” reads a quote a
    line. --speaker names the one to whom the words are put.
    """
    from corpus.verdict import verdict_json
    from corpus.verify import verify_message, verify_quote
    from corpus.withdrawals import read_withdrawals

    filters = read_filters(**narrow)
    record = open_record(record_path)
    hide = read_withdrawals(record.path).hide_in_verdict
    if as_json:

        def answer(one: str) -> dict[str, object]:
            return verdict_json(hide(verify_quote(record, one, filters)))

        print_json_answers(quote, answer, "quote")
        return
    from corpus.terminal import verdict_lines

    def answer_message(message: str) -> Iterator[str]:
        for at, verdict in enumerate(verify_message(record, message, filters)):
            yield from ["", ""] if at else []
            yield from verdict_lines(hide(verdict))

    print_answers(quote, answer_message)
