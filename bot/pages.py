"""A quote in its context, in pages: what was asked, the whole answer, and the turns around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import discord

from bot.escape import escape, fit, split_pages, width
from bot.render import ABOUT_WORDS, Control, Reply, link_for_button, quote_controls
from corpus.browse import FoundQuote
from corpus.card import Card, make_card
from corpus.model import Match, Source, Transcript, Turn
from corpus.text import fold_beginning, fold_paragraphs, fold_space
from corpus.withdrawals import hide_words

Hidden = Sequence[tuple[int, int]]

PLAIN_WIDTH = 1400  # of a message's 2,000
PAGE_WIDTH = 3600  # of an embed's 4,096, so that labels and marks have room
_BEGINS, _ENDS, _GOES_ON = "-# Quote begins", "-# Quote ends", "-# Quote goes on"
_LEAST = 500  # rather begin a turn on a new page than with less room than this
_TURNS_AFTER = 2
_COLOUR = 0x3F51B5


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a transcript as Discord shows it; ``has_quote`` where the quote begins on it."""

    text: str
    has_quote: bool


def render_page(
    found: FoundQuote, number: int | None = None, *, plain: bool = False, hidden: Hidden = ()
) -> Reply:
    """One page of a quote's context.

    Args:
        found: the quote.
        number: the page, from 0; None for the one on which the quote begins.
        plain: without an embed.
        hidden: spans of the transcript that were withdrawn and are not shown.
    """
    pages = split_context(found, hidden, plain=plain)
    begins = next((at for at, page in enumerate(pages) if page.has_quote), 0)
    number = begins if number is None else min(number, len(pages) - 1)
    source = found.transcript.source
    place = f"Page {number + 1} of {len(pages)} · {_day(source)}"
    controls = [
        *page_turns(f"page:{found.quote.id}", number, len(pages)),
        *quote_controls(found_card(found), row=1, doubt=ABOUT_WORDS),
    ]
    where = "" if plain else " (underlined)"
    if number != begins:
        where = f" (begins on page {begins + 1})"
    place = f"{place} · Quote {found.quote.id}{where}"
    return _page_reply(source, pages[number], tell_superseded(found), place, controls, plain=plain)


def found_card(found: FoundQuote) -> Card:
    """The card of a quote looked up by its id."""
    card = make_card(Match(found.quote, exchange_id=0, score=0.0))
    return replace(card, caveats=(*tell_superseded(found), *card.caveats))


def tell_superseded(found: FoundQuote) -> list[str]:
    """A sentence where a newer version took the transcript's place."""
    told = "these are the words as quoted then."
    return _tell_replaced(found.superseded_on, told)


def _tell_replaced(on: dt.date | None, told: str) -> list[str]:
    return [] if on is None else [f"The transcript was replaced on {on:%-d %B %Y}; {told}"]


def split_context(found: FoundQuote, hidden: Hidden = (), *, plain: bool = False) -> list[Page]:
    """The pages: the turn before, the exchange (beginning a page), the turns after."""
    at = (*found.exchange.questions, *found.exchange.answers)
    first, last = min(at), max(at)
    turns = range(len(found.transcript.turns))
    blocks = (turns[max(0, first - 1) : first], turns[first : last + 1])
    after = turns[last + 1 : last + 1 + _TURNS_AFTER]
    words = _Words(found.transcript, (found.quote.start, found.quote.end), hidden, plain)
    return [page for block in (*blocks, after) for page in words.fill_pages(block)]


def page_turns(press: str, number: int, pages: int, row: int = 0) -> list[Control]:
    """Buttons to the pages before and after page ``number`` (from 0) of ``pages``."""
    controls = []
    if number:
        controls.append(Control("Previous page", press=f"{press}:{number - 1}", row=row))
    if number + 1 < pages:
        controls.append(Control("Next page", press=f"{press}:{number + 1}", row=row))
    return controls


@dataclass(frozen=True, slots=True)
class _Words:
    """A transcript's words as they may be shown, with the span of a quote to mark in them."""

    transcript: Transcript
    quoted: tuple[int, int]
    hidden: Hidden
    plain: bool

    def fill_pages(self, positions: Iterable[int]) -> Iterator[Page]:
        """The turns at ``positions``, each with its label as printed, on pages."""
        room = PLAIN_WIDTH if self.plain else PAGE_WIDTH
        mark_quote = _tell_quote if self.plain else _underline
        text, has_quote = "", False
        for at in positions:
            turn = self.transcript.turns[at]
            label = f"**{fit(fold_space(turn.label), 200)}**"
            said, mark = self._fold_with_mark(turn)
            left = room - width(text) - width(label)
            if text and left < _LEAST:
                yield Page(text, has_quote)
                text, has_quote, left = "", False, room - width(label)
            start = 0
            for part in split_pages(said, room - 220, left):
                if start:
                    yield Page(text, has_quote)
                    text, has_quote = "", False
                begun = f"{label} (continued)" if start else label
                shown = mark_quote(part.rstrip(), (mark[0] - start, mark[1] - start))
                text = f"{text}\n\n{begun}\n{shown}".lstrip("\n")
                has_quote |= start <= mark[0] < start + len(part)
                start += len(part)
        if text:
            yield Page(text, has_quote)

    def _fold_with_mark(self, turn: Turn) -> tuple[str, tuple[int, int]]:
        """A turn's words with white space folded, and where the quote stands in them."""
        start, end = self._quoted_words()
        whole = fold_paragraphs(self._visible(turn.start, turn.end))
        if not turn.start <= start < end <= turn.end:
            return whole, (-1, -1)
        before = fold_beginning(self._visible(turn.start, start))
        return whole, (len(before), len(fold_paragraphs(self._visible(turn.start, end))))

    def _quoted_words(self) -> tuple[int, int]:
        """Where the quote stands without the white space at its ends."""
        start, end = self.quoted
        quote = self.transcript.text[start:end]
        return start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip())

    def _visible(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` without those that were withdrawn."""
        return hide_words(self.transcript.text, start, end, self.hidden)


def render_transcript(
    transcript: Transcript,
    number: int,
    replaced: dt.date | None = None,
    *,
    plain: bool = False,
    hidden: Hidden = (),
) -> Reply:
    """One page of a whole transcript, from 0.

    Args:
        transcript: what to show.
        number: the page.
        replaced: when a newer version took its place, if one did.
        plain: without an embed.
        hidden: spans that were withdrawn and are not shown.
    """
    words = _Words(transcript, (0, 0), hidden, plain)
    pages = list(words.fill_pages(range(len(transcript.turns))))
    number = min(number, len(pages) - 1)
    source = transcript.source
    press = f"read:{source.sha256[:12]}"
    controls = page_turns(press, number, len(pages))
    if link := link_for_button(source.archive_url or source.url):
        controls.append(Control("Source", link=link))
    place = f"Page {number + 1} of {len(pages)} · {_day(source)}"
    notes = _tell_replaced(replaced, "this is the older version. /sources lists the newer one.")
    return _page_reply(source, pages[number], notes, place, controls, plain=plain)


def _page_reply(  # noqa: PLR0913 - the parts of a page
    source: Source,
    page: Page,
    notes: Sequence[str],
    place: str,
    controls: Sequence[Control],
    *,
    plain: bool,
) -> Reply:
    title = fit(_title(source), 250)
    if plain:
        lines = [f"**{title}**", page.text, *notes, place]
        return Reply("\n".join(lines), controls=tuple(controls))
    embed = discord.Embed(colour=_COLOUR, title=title, description=page.text)
    for note in notes:
        embed.add_field(name="Note", value=note, inline=False)
    return Reply(embeds=(embed.set_footer(text=place),), controls=tuple(controls))


def _title(source: Source) -> str:
    named = ", ".join(part for part in (source.publisher, source.outlet) if part)
    unknown = f"{named} (title not recorded)" if named else "Title not recorded"
    return fold_space(source.title or unknown)


def _day(source: Source) -> str:
    return f"{source.date:%-d %B %Y}" if source.date else "date not recorded"


def _underline(part: str, mark: tuple[int, int]) -> str:
    start, end = max(0, mark[0]), min(len(part), mark[1])
    if start >= end:
        return escape(part)
    return f"{escape(part[:start])}__{escape(part[start:end].strip())}__{escape(part[end:])}"


def _tell_quote(part: str, mark: tuple[int, int]) -> str:
    """As ``_underline``, but told in lines of their own, for those who hear the words."""
    start, end = max(0, mark[0]), min(len(part), mark[1])
    if start >= end:
        return escape(part)
    lines = (
        escape(part[:start].rstrip()),
        _BEGINS if mark[0] >= 0 else _GOES_ON,
        escape(part[start:end].strip()),
        _ENDS if mark[1] <= len(part) else _GOES_ON,
        escape(part[end:].lstrip()),
    )
    return "\n".join(line for line in lines if line)
