"""Title and date out of the lines that stand above the first label of a plain text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from corpus.reading.label_words import EVENT_WORDS
from corpus.reading.labels import read_words
from corpus.text import fold_space

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join((*MONTHS, *(rf"{month[:3]}\." for month in MONTHS), r"Sept\."))
_DATE = (
    rf"(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_PLACE = r"(?:[^\W\d][\w.’' ]{1,40},\s+)?"
_ALONE = re.compile(rf"(?:Date:\s*)?{_PLACE}(?:on\s+)?{_WEEKDAY}{_DATE}\.?", re.I)
_LAST = re.compile(rf"(?:[–—|,(-]|\bon)\s*{_WEEKDAY}{_DATE}\)?$", re.I)
_EVENTS = EVENT_WORDS | {"REMARKS", "STATEMENT", "INTERVIEWS", "BRIEFINGS", "Q&A", "QUESTIONS"}
_LONGEST = 200  # characters of a title


def read_title(heading: str) -> str | None:
    """The first line above the turns, where it names an event and is no sentence.

    Args:
        heading: what stands above the first label.
    """
    for line in _list_lines(heading):
        words = set(read_words(line))
        named = line.startswith("#") or words & _EVENTS
        title = line.lstrip("# ")
        if named and len(words) > 1 and len(title) <= _LONGEST and title[-1] not in ".:;,":
            return title
        return None
    return None


def read_date(heading: str) -> dt.date | None:
    """The one date that stands alone on a line above the turns, or ends the title's line.

    None where there is none, or more than one.
    """
    found = {date for line in _list_lines(heading) if (date := _date_of(line))}
    return found.pop() if len(found) == 1 else None


def _list_lines(heading: str) -> Iterator[str]:
    return (folded for line in heading.splitlines() if (folded := fold_space(line)))


def _date_of(line: str) -> dt.date | None:
    found = _ALONE.fullmatch(line) or (_LAST.search(line) if len(line) <= _LONGEST else None)
    if found is None:
        return None
    if found["iso"]:
        try:
            return dt.date.fromisoformat(found["iso"])
        except ValueError:
            return None
    return make_date(
        found["month"] or found["month2"],
        found["day"] or found["day2"],
        found["year"] or found["year2"],
    )


def make_date(month: str, day: str, year: str) -> dt.date | None:
    """A printed date; the month by its first three letters. None where there is no such day."""
    number = [name[:3] for name in MONTHS].index(month[:3].title()) + 1
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None
