"""What narrowed a search, told with its reply: without it “nothing” would say too much."""

from __future__ import annotations

from corpus.model import Filters


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
    added = [
        value
        for value, mine in ((narrowed.speaker, own.speaker), (narrowed.publisher, own.publisher))
        if value and value != mine
    ]
    return [*told, *([f"As this server chose, only from: {', '.join(added)}."] if added else [])]
