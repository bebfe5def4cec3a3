"""What a reload did, in a reply."""

from __future__ import annotations

from bot.client import OnrecordClient
from bot.escape import MESSAGE_WIDTH, fit
from bot.lists import render_lines
from bot.reload import count_changes, reload_record
from bot.render import Reply
from corpus.errors import RecordError
from corpus.load import LoadReport


def render_reload(client: OnrecordClient) -> Reply:
    """Reload, and what came of it."""
    try:
        report = reload_record(client)
    except RecordError as error:
        return Reply(fit(f"Not reloaded; the old record stays. {error}", MESSAGE_WIDTH))
    return render_lines(f"Reloaded: {count_changes(report)}.", _changes(report), "reload.txt")


def _changes(report: LoadReport) -> list[str]:
    named = (("Added", report.added), ("Changed", report.changed), ("Removed", report.removed))
    changes = [f"{what}: {file}" for what, files in named for file in files]
    return [*(f"Problem: {problem}" for problem in report.problems), *changes]
