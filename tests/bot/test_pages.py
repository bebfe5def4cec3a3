"""The context of a quote: nothing of the exchange is left out, whatever it holds."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.escape import width
from bot.pages import render_page, split_context
from bot.render import Control
from corpus.browse import FoundQuote
from corpus.cite import make_quote
from corpus.exchanges import pair_turns
from corpus.model import LineMap, Source, Transcript, Turn
from corpus.record import Record
from corpus.text import fold_space
from tests.bot.discord_rules import DiscordRules
from tests.bot.test_render import PATH, WORDS, body
from tests.bot.world import read


def found_in(said: list[str], start: int, end: int) -> FoundQuote:
    """A quote, in hundredths, of the last of turns in which reporter and official alternate."""
    text, turns = "", []
    for at, words in enumerate(said):
        kind = "official" if at % 2 else "reporter"
        turns.append(
            Turn(kind, "MS. LABEL" if at % 2 else "QUESTION", len(text), len(text) + len(words))
        )
        text += words + "\n\n"
    transcript = Transcript(
        Source("a.txt", "0" * 64), "plain", text, tuple(turns), (), LineMap.of(text)
    )
    turn = turns[-1]
    size = turn.end - turn.start
    first = turn.start + size * start // 100
    last = max(first + 1, turn.start + size * end // 100)
    exchange = pair_turns(transcript)[-1]
    return FoundQuote(transcript, exchange, make_quote(transcript, exchange, first, last), None)


@st.composite
def found_quotes(draw: st.DrawFn) -> FoundQuote:
    said = [draw(WORDS) for _ in range(draw(st.sampled_from([2, 4])))]
    start = draw(st.integers(0, 90))
    return found_in(said, start, draw(st.integers(start, 100)))


@given(found_quotes(), st.integers(0, 50))
def test_discord_takes_every_page(rules: DiscordRules, found: FoundQuote, number: int) -> None:
    for reply in (render_page(found), render_page(found, number)):
        assert rules.problems("PATCH", PATH, body(reply)) == []
        assert all(width(control.press or "") <= 100 for control in reply.controls)


def words_of(text: str) -> str:
    """A text without white space and without what marks the quote in it."""
    return "".join(text.split()).replace("_", "")


def words_shown(found: FoundQuote) -> str:
    """The words on the pages, without labels."""
    lines = [line for page in split_context(found) for line in page.text.split("\n")]
    return words_of(read(" ".join(line for line in lines if not line.startswith("**"))))


@given(found_quotes())
def test_the_pages_hold_every_word_of_the_exchange(found: FoundQuote) -> None:
    shown = words_shown(found)
    for at in (*found.exchange.questions, *found.exchange.answers):
        assert words_of(found.transcript.said(found.transcript.turns[at])) in shown


@given(found_quotes())
def test_the_quote_is_what_is_underlined(found: FoundQuote) -> None:
    pages = "".join(page.text for page in split_context(found))
    marked, inside = "", False
    for piece in re.findall(r"\\.|__|.", pages, re.DOTALL):
        inside ^= piece == "__"
        marked += piece if inside and piece != "__" else ""
    assert words_of(read(marked)) == words_of(found.quote.text)


@given(found_quotes())
def test_in_plain_text_the_quote_is_between_lines_that_tell_of_it(found: FoundQuote) -> None:
    pages = split_context(found, plain=True)
    marked: list[str] = []
    inside = False
    for line in (line for page in pages for line in page.text.split("\n")):
        if line == "-# Quote begins":
            inside = True
        elif line == "-# Quote ends":
            inside = False
        elif inside and line != "-# Quote goes on" and not line.startswith("**"):
            marked.append(line)
    assert not inside
    assert "".join(read("".join(marked)).split()) == "".join(found.quote.text.split())


def test_paragraphs_stay_apart() -> None:
    found = found_in(["Why?", "First things\nfirst.\n\n  Then the rest.\n \nThat is all."], 0, 100)
    whole = "**MS. LABEL**\n__First things first.\n\nThen the rest.\n\nThat is all.__"
    assert whole in split_context(found)[0].text


def test_the_quote_is_underlined_and_its_page_opens(seed_record: Record) -> None:
    for found in real_quotes(seed_record):
        reply = render_page(found)
        text = reply.embeds[0].description or ""
        assert "__" in text
        marked = "".join(page.text for page in split_context(found)).split("__")[1::2]
        assert fold_space(read(" ".join(marked))) == fold_space(found.quote.text)


def real_quotes(record: Record) -> list[FoundQuote]:
    """Each answer on record, quoted whole."""
    quotes = []
    with record.reading() as reader:
        for stored in reader.transcripts():
            transcript = reader.transcript(stored.key)
            for exchange in pair_turns(transcript):
                turn = transcript.turns[exchange.answers[0]]
                if transcript.said(turn).strip() and turn.kind == "official":
                    quote = make_quote(transcript, exchange, turn.start, turn.end)
                    quotes.append(FoundQuote(transcript, exchange, quote, None))
    assert quotes
    return quotes


@pytest.mark.parametrize(("number", "labels"), [(0, ["Next page"]), (99, ["Previous page"])])
def test_pages_can_be_turned_to_their_ends(number: int, labels: list[str]) -> None:
    found = found_in(["Why?", "First words. " * 2000], 0, 1)
    shown = [control.label for control in render_page(found, number).controls]
    assert shown == [*labels, "Cite", "Something is wrong"]


def test_a_turned_page_names_its_neighbours() -> None:
    found = found_in(["Why?", "First words. " * 2000], 0, 1)
    name = found.quote.id
    assert render_page(found, 2).controls[:2] == (
        Control("Previous page", press=f"page:{name}:1"),
        Control("Next page", press=f"page:{name}:3"),
    )


def test_a_long_turn_goes_on_under_its_label() -> None:
    found = found_in(["Why?", "First words. " * 2000], 0, 1)
    assert "**MS. LABEL** (continued)" in split_context(found)[1].text


def test_a_superseded_transcript_says_so() -> None:
    found = replace(found_in(["Why?", "Because."], 0, 100), superseded_on=dt.date(2022, 2, 1))
    (note,) = render_page(found).embeds[0].fields
    assert (note.value or "").startswith("The transcript was replaced on 1 February 2022")
