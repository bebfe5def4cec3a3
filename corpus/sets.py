"""A record of just the documents that a set of queries is about."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import RecordError
from corpus.evaluate import Case
from corpus.load import SHIPPED_FOLDER, find_documents, load_record
from corpus.record import Record


def make_set_record(cases: Sequence[Case], folder: Path, workplace: Path) -> Record:
    """A record of the documents that the cases' gold names.

    Args:
        cases: queries with their gold.
        folder: where the documents lie, in it or in folders below; the shipped ones are known.
        workplace: an empty folder for copies and the record.

    Raises:
        RecordError: a document is in neither, or can't be loaded.
    """
    wanted = {Path(gold.file).name for case in cases for gold in case.gold}
    known = {path.name: path for path in (*find_documents(SHIPPED_FOLDER), *find_documents(folder))}
    if missing := sorted(wanted - set(known)):
        raise RecordError(f"{folder}: {missing[0]} is named by the gold but is not in this folder.")
    copies = workplace / "documents"
    copies.mkdir()
    for name in sorted(wanted):
        shutil.copy(known[name], copies)
        beside = known[name].with_suffix(".toml")
        if beside.is_file():
            shutil.copy(beside, copies)
    report = load_record(workplace / "record.db", [copies])
    if report.problems:
        raise RecordError(report.problems[0])
    return Record(workplace / "record.db")
