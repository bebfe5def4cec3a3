"""Sets of queries with known answers, each asked of a record of its own documents."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from corpus.evaluate import Case, read_cases
from corpus.samples import join_groups
from corpus.sets import make_set_record
from corpus.store import Reader

T = TypeVar("T")


def read_sets(
    about: str | None, read: Callable[[Reader, tuple[Case, ...]], Iterable[T]]
) -> tuple[dict[str, list[T]], list[set[str]]]:
    """What ``read`` makes of each set that the command line names, by the set's name.

    Args:
        about: the benchmark's docstring, whose first line its help shows.
        read: makes of a record and the set's queries what is fitted on.

    Returns:
        That, and which sets are held out together, as they share documents.
    """
    parser = argparse.ArgumentParser(description=about.split("\n", 1)[0] if about else "")
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    options = parser.parse_args()
    sets: dict[str, list[T]] = {}
    documents: dict[str, set[str]] = {}
    for path in options.questions:
        cases = read_cases(path)
        documents[path.stem] = {Path(gold.file).name for case in cases for gold in case.gold}
        with TemporaryDirectory() as folder:
            record = make_set_record(cases, options.transcripts, Path(folder))
            with record.reading() as reader:
                sets[path.stem] = list(read(reader, cases))
    return sets, join_groups(documents)
