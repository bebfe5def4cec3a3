"""What filters leave of a record: names and dates as typed -> transcripts and officials."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable

from corpus import index
from corpus.errors import QueryError
from corpus.model import Filters
from corpus.postings import Narrowing
from corpus.text import fold_space
from corpus.words import split_words

_NAMED = 4  # of those who are on record, where nobody has the name that was asked for


def narrow_search(connection: sqlite3.Connection, filters: Filters) -> tuple[Narrowing, int]:
    """What the filters leave, and how many undated transcripts a date filter leaves out.

    Raises:
        QueryError: nobody or nothing on record is called so, or the dates are the wrong way round.
    """
    if filters.after and filters.before and filters.after > filters.before:
        problem = f"No date is after {filters.after} and before {filters.before}; swap the two."
        raise QueryError(problem)
    officials = _find_officials(connection, filters.speaker) if filters.speaker else None
    named = filters.publisher
    publishers = None if named is None else _find_publishers(connection, named)
    first = (filters.after or dt.date.min).isoformat()
    last = (filters.before or dt.date.max).isoformat()
    if filters.after or filters.before:
        kept = index.find_published(connection, publishers, first, last)
        undated = index.find_published(connection, publishers, "", "")
        return Narrowing(kept, officials), len(undated)
    if publishers is None:
        return Narrowing(None, officials), 0
    return Narrowing(index.find_published(connection, publishers, "", last), officials), 0


def tell_undated(undated: int) -> tuple[str, ...]:
    """What a reader must know of so many transcripts that a date filter leaves out."""
    if not undated:
        return ()
    what = "1 undated transcript is" if undated == 1 else f"{undated} undated transcripts are"
    return (f"{what} left out by the date filter.",)


def _find_officials(connection: sqlite3.Connection, name: str) -> frozenset[int]:
    wanted = set(split_words(name))
    found = index.find_officials(connection, wanted) if wanted else frozenset()
    if not found:
        officials = index.read_officials(connection)
        officials.sort(key=lambda official: -official.exchanges)
        known = _name_some(official.speaker or official.label for official in officials)
        raise QueryError(f"No official on record is called “{name}”; {known}.")
    return found


def _find_publishers(connection: sqlite3.Connection, name: str) -> list[str]:
    wanted = set(split_words(name))
    publishers = index.read_publishers(connection)
    found = [each for each in publishers if wanted and wanted <= set(split_words(each))]
    if not found:
        raise QueryError(f"No publisher on record is called “{name}”; {_name_some(publishers)}.")
    return found


def _name_some(names: Iterable[str]) -> str:
    """Who is on record instead, told where a name is not."""
    different = [name for name in dict.fromkeys(map(fold_space, names)) if name]
    more = len(different) - _NAMED
    rest = f" and {more:,} more" if more > 0 else ""
    return f"those on record: {', '.join(different[:_NAMED]) or 'none'}{rest}"
