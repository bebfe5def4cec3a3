"""Reading the transcripts again while the bot serves."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from bot.memory import give_memory_back
from corpus.errors import RecordError
from corpus.load import LoadReport, find_documents, folders_of, load_record

if TYPE_CHECKING:
    from bot.client import OnrecordClient

log = logging.getLogger(__name__)


def reload_record(client: OnrecordClient, *, tell: bool = True, asked: bool = True) -> LoadReport:
    """Build a new record beside the one that serves, and swap. Call it off the event loop.

    Args:
        client: whose record it is.
        tell: whether to tell other processes, so that they do the same.
        asked: whether a person asked for it; else folders without any document, those of a disk
            that is away say, take nothing off the record.

    Raises:
        RecordError: a folder is missing, another load is running, or the disk refuses.
    """
    try:
        if not asked:
            _require_documents(client)
        with client.news.reloading():
            report = load_apart(client.record.path, client.settings.folders)
            if report.swapped:
                client.news.know()  # which closes those that read the old record
                give_memory_back()
    except RecordError as error:
        client.figures.count_reload("failed")
        log.warning("not reloaded; the old record stays: %s", error)
        raise
    client.figures.count_reload("changed" if report.swapped else "unchanged")
    log.info("reloaded: %s", count_changes(report))
    for problem in report.problems:
        log.warning("%s", problem)
    if tell and report.swapped:
        client.news.tell()
    return report


def _require_documents(client: OnrecordClient) -> None:
    folders = client.settings.folders or folders_of(client.record.path)
    with client.record.reading() as reader:
        if any(map(find_documents, folders)) or not reader.transcripts():
            return
    named = ", ".join(map(str, folders))
    raise RecordError(f"{named}: no document is left there; if that is meant, use /record reload.")


def load_apart(record: Path, folders: Sequence[Path]) -> LoadReport:
    """``load_record`` in a process of its own, so that parsing takes no time from those who ask.

    Raises:
        RecordError: as ``load_record``, or the process was killed; the old record stays.
    """
    spawn = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(1, mp_context=spawn, initializer=_stay_apart) as apart:
            return apart.submit(load_record, record, folders).result()
    except BrokenProcessPool as error:
        problem = "the load was ended, by a stop or for want of memory; reload again."
        raise RecordError(f"{record}: {problem}") from error


def end_loads() -> None:
    """End the loads under way, so that a stop waits for none; the old record stays."""
    for child in multiprocessing.active_children():
        child.kill()


def _stay_apart() -> None:
    """SIGINT to the whole group is for the bot to act on; where the bot is killed, end as well."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process of a pool waits for work for ever; to end amid a load costs nothing."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def count_changes(report: LoadReport) -> str:
    """How many files changed, in a line."""
    return (
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed,"
        f" {report.unchanged} unchanged, {len(report.problems)} with a problem"
    )
