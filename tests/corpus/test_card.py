"""What a reader is shown of a match: everything known, and “not recorded” for the rest."""

from __future__ import annotations

import dataclasses
import datetime as dt

from corpus.card import NOT_RECORDED, make_card, match_json
from corpus.model import Citation, Match, Quote, Source
from corpus.text import fold_space

SOURCE = Source("f.txt", "ab" * 32)
WHOLE = dataclasses.replace(
    SOURCE,
    title="Press\u00a0Briefing",
    date=dt.date(2022, 2, 16),
    publisher="The Office",
    outlet="A Channel",
    place="Geneva",
    url="https://a.gov/",
)


def match_of(
    source: Source, text: str = "Well,\u00a0 –\nyes.", asked: str | None = "Is it?"
) -> Match:
    citation = Citation(source, "A. Person", "Secretary", source.url)
    return Match(Quote("id-1", text, 0, len(text), asked, citation), 1, 0.5)


def test_a_card_shows_all_that_is_known() -> None:
    card = make_card(match_of(WHOLE))
    assert card.quote == "Well, – yes."
    assert card.speaker == "A. Person, Secretary"
    assert card.asked == "Is it?"
    assert dict(card.facts) == {
        "Date": "16 February 2022",
        "Title": "Press Briefing",
        "Publisher": "The Office, A Channel",
        "Place": "Geneva",
    }
    assert card.caveats == ()


def test_what_is_not_known_reads_not_recorded() -> None:
    card = make_card(match_of(SOURCE, asked=None))
    assert set(dict(card.facts).values()) == {NOT_RECORDED}
    assert card.link is None
    assert card.caveats == ("No address is recorded for this transcript.",)
    assert "no question" in card.asked


def test_other_places_of_the_same_words_are_named() -> None:
    match = dataclasses.replace(match_of(WHOLE), also=(match_of(WHOLE).quote.citation,))
    assert make_card(match).caveats == (
        "Also in Press\u00a0Briefing, The Office, 16 February 2022.",
    )


def test_json_holds_the_words_unfolded() -> None:
    told = match_json(match_of(WHOLE))
    assert told["quote"] == "Well,\u00a0 –\nyes."
    assert fold_space(str(told["quote"])) == "Well, – yes."
    assert told["date"] == "2022-02-16"
    assert (told["start"], told["end"]) == (0, 13)
