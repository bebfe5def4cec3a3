"""What narrowed a search, told with its reply: without it “nothing” would say too much."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from corpus.errors import QueryError
from corpus.model import Filters


@contextmanager
def telling_choice(narrowed: Filters, own: Filters) -> Iterator[None]:
    """Tell whose choice it was where a name is not on record that the person never typed.

    Raises:
        QueryError: what is searched for inside can't be.
    """
    try:
        yield
    except QueryError as error:
        if not any(f"“{each}”" in str(error) for each in _chosen(narrowed, own)):
            raise
        advice = "This server chose the name; those with “Manage Server” change it with /server."
        raise QueryError(f"{error} {advice}") from error


def tell_narrowing(narrowed: Filters, own: Filters) -> list[str]:
    """Sentences that tell what was searched.

    Args:
        narrowed: the filters that the search was made with.
        own: those that the person set; the others are the server's choice.
    """
    days = []
    if own.after:
        days.append(f"from {own.after:%-d %B %Y} on")
    if own.before:
        days.append(f"until {own.before:%-d %B %Y}")
    chosen = [*(each for each in (own.speaker, own.publisher) if each), *days]
    told = [f"Only: {', '.join(chosen)}."] if chosen else []
    added = _chosen(narrowed, own)
    return [*told, *([f"As this server chose, only from: {', '.join(added)}."] if added else [])]


def _chosen(narrowed: Filters, own: Filters) -> list[str]:
    """What the server chose."""
    pairs = ((narrowed.speaker, own.speaker), (narrowed.publisher, own.publisher))
    return [value for value, mine in pairs if value and value != mine]
