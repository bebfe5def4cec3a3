"""``onrecord ask``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.cli.answers import print_answers
from corpus.cli.options import filter_options, read_filters, record_option
from corpus.cli.record import open_record


@click.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; QUERY “-” reads a query a line.")
@record_option
@filter_options
def ask(query: str, as_json: bool, record_path: Path | None, **narrow: Any) -> None:  # noqa: ANN401
    """Answer QUERY with the official's own words, or say that nothing is on record."""
    from corpus.card import outcome_json
    from corpus.match import answer_query

    filters = read_filters(**narrow)
    record = open_record(record_path)
    if as_json:
        print_answers(query, lambda one: outcome_json(answer_query(record, one, filters)), "query")
        return
    from corpus.terminal import outcome_lines

    for line in outcome_lines(answer_query(record, query, filters)):
        click.echo(line)
