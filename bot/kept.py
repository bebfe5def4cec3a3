"""What the bot's own database holds, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerChoices:
    """What a server has chosen.

    ``private`` shows replies only to those who ask; with a ``public_role``, to others as well where
    somebody asks who has this role.
    """

    private: bool = False
    plain: bool = False
    publisher: str | None = None
    speaker: str | None = None
    public_role: int | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A query that got nothing, and the people who asked it."""

    query: str
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Flag:
    """A quote that people found wrong: why, what they had asked, and how many they were."""

    quote: str
    why: tuple[str, ...]
    queries: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Held:
    """All that is stored of one person."""

    plain: bool | None = None
    unanswered: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    actions: int = 0


@dataclass(frozen=True, slots=True)
class Audited:
    """A change that somebody made."""

    at: str
    action: str
    detail: str


@dataclass(frozen=True, slots=True)
class News:
    """What other processes have to know: it differs when what it names has changed.

    ``standing`` are servers' choices and withdrawn quotes; ``record`` is the record that was put
    in place last, as ``Reader.digest`` tells it, and when (UTC, ISO 8601).
    """

    standing: str | None
    record: str | None
    record_at: str

    def same_record(self, other: News | None) -> bool:
        """Whether both tell of the same record, put in place at the same time."""
        told = (self.record, self.record_at)
        return other is not None and told == (other.record, other.record_at)


NO_NEWS = News(None, None, "")


def gather_flags(rows: Iterable[tuple[str, str, str]]) -> list[Flag]:
    """Rows of quote, why and query -> a flag a quote."""
    by_quote: dict[str, list[tuple[str, str]]] = {}
    for quote, why, query in rows:
        by_quote.setdefault(quote, []).append((why, query))
    return [
        Flag(
            quote,
            tuple(dict.fromkeys(why for why, _ in told)),
            tuple(dict.fromkeys(query for _, query in told if query)),
            len(told),
        )
        for quote, told in by_quote.items()
    ]
