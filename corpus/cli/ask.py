"""``onrecord ask``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.cli.answers import print_answers, print_json_answers
from corpus.cli.options import filter_options, read_filters, record_option
from corpus.cli.record import open_record

if TYPE_CHECKING:
    from corpus.model import Outcome


@click.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, an object a query.")
@record_option
@filter_options
def ask(query: str, as_json: bool, record_path: Path | None, **narrow: Any) -> None:  # noqa: ANN401
    """Quote an official in reply to QUERY, or say: nothing on record.

    “-” reads a query a line.
    """
    from corpus.card import outcome_json
    from corpus.match import answer_query
    from corpus.withdrawals import read_withdrawals

    filters = read_filters(**narrow)
    record = open_record(record_path)
    withdrawals = read_withdrawals(record.path)

    def answer(one: str) -> Outcome:
        return withdrawals.hide_in_outcome(answer_query(record, one, filters))

    if as_json:
        print_json_answers(query, lambda one: outcome_json(answer(one)), "query")
        return
    from corpus.terminal import outcome_lines

    print_answers(query, lambda one: outcome_lines(answer(one)))
