"""Reading the transcripts again while the bot serves."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from corpus.errors import RecordError
from corpus.load import LoadReport, load_record

if TYPE_CHECKING:
    from bot.client import OnrecordClient

log = logging.getLogger(__name__)


def reload_record(client: OnrecordClient) -> LoadReport:
    """Build a new record beside the one that serves, and swap. Call it off the event loop.

    Raises:
        RecordError: a folder is missing, another load is running, or the disk refuses.
    """
    try:
        report = load_record(client.record.path, client.settings.folders)
    except RecordError as error:
        client.figures.count_reload("failed")
        log.warning("not reloaded; the old record stays: %s", error)
        raise
    client.figures.count_reload("changed" if report.swapped else "unchanged")
    log.info("reloaded: %s", count_changes(report))
    for problem in report.problems:
        log.warning("%s", problem)
    return report


def count_changes(report: LoadReport) -> str:
    """How many files changed, in a line."""
    return (
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed,"
        f" {report.unchanged} unchanged, {len(report.problems)} with a problem"
    )
