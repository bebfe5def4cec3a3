"""From a span to a quote: right mouth, exact characters, and a link to the sentence."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cite import deep_link, locate_quote, make_quote, quote_id
from corpus.exchanges import pair_turns
from corpus.load import SHIPPED_FOLDER, read_document
from corpus.model import Source, Transcript
from corpus.passages import split_sentences
from corpus.text import fold_space

ADDRESS = "https://www.state.gov/page/"


@pytest.fixture(scope="module", params=sorted(SHIPPED_FOLDER.glob("*.txt")), ids=lambda p: p.name)
def transcript(request: pytest.FixtureRequest) -> Transcript:
    path: Path = request.param
    return read_document(SHIPPED_FOLDER, path).parse()


def test_every_answer_can_be_quoted_and_nothing_else(transcript: Transcript) -> None:
    for exchange in pair_turns(transcript):
        for at in exchange.answers:
            turn = transcript.turns[at]
            quote = make_quote(transcript, exchange, turn.start, turn.end)
            assert quote.text == transcript.text[turn.start : turn.end]
            assert quote.citation.speaker == "Antony J. Blinken"
            with pytest.raises(ValueError, match="one official"):
                make_quote(transcript, exchange, turn.start - 1, turn.end)
        for at in exchange.questions:
            asked = transcript.turns[at]
            with pytest.raises(ValueError, match="one official"):
                make_quote(transcript, exchange, asked.start, asked.end)


@given(
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.integers(0, 10**6),
    st.integers(1, 10**4),
)
def test_an_id_leads_back_to_its_place(sha256: str, start: int, length: int) -> None:
    name = quote_id(sha256, start, start + length)
    assert locate_quote(name) == (sha256[:12], start, start + length)


@pytest.mark.parametrize("name", ["", "hello", "bf31fd67f5bb-9-3", "bf31fd67f5bb-1", "../x-1-2"])
def test_what_is_no_id_leads_nowhere(name: str) -> None:
    assert locate_quote(name) is None


FRAGMENTS = [
    ("Yes, it will.", "Yes%2C%20it%20will."),
    ("a well-kept promise & more", "a%20well%2Dkept%20promise%20%26%20more"),
    ("there’s what\u00a0 Russia says", "there%E2%80%99s%20what%20Russia%20says"),
    ("(Laughter.)", "%28Laughter.%29"),
    ("First block here.\n\nAnd the last one.", "First%20block%20here.,And%20the%20last%20one."),
]


@pytest.mark.parametrize(("words", "fragment"), FRAGMENTS)
def test_the_link_marks_the_words(words: str, fragment: str) -> None:
    link = deep_link(Source("f", "0", url=ADDRESS), words)
    assert link == f"{ADDRESS}#:~:text={fragment}"


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_each_part_of_a_fragment_stands_in_one_paragraph(words: str) -> None:
    link = deep_link(Source("f", "0", url=ADDRESS + "#top"), words)
    assert link is not None
    address, _, fragment = link.partition("#:~:text=")
    assert address == ADDRESS
    for part in fragment.split(","):
        assert "-" not in part
        assert "&" not in part
        assert ")" not in part
        assert unquote(part) in fold_space(words)


def find_marked(page: str, fragment: str) -> tuple[int, int] | None:
    """What a browser marks of a page: the first place where prefix, start and end fit."""
    parts = fragment.split(",")
    before = f"(?<={re.escape(unquote(parts.pop(0)[:-1]))} )" if parts[0][-1] == "-" else ""
    pattern = before + ".*?".join(re.escape(unquote(part)) for part in parts)
    found = re.search(pattern, page, re.IGNORECASE)
    return found and found.span()


def test_a_browser_marks_the_quote_and_no_earlier_place(transcript: Transcript) -> None:
    text = transcript.text
    page = fold_space(text)
    for turn in transcript.turns:
        for sentence in split_sentences(transcript.said(turn)):
            start, end = turn.start + sentence.start, turn.start + sentence.end
            link = deep_link(Source("f", "0", url=ADDRESS), text[start:end], text[:start]) or ""
            at = len(fold_space(text[:start])) + 1
            marked = at, at + len(fold_space(text[start:end]))
            assert find_marked(page, link.partition("#:~:text=")[2]) == marked


SAID_BEFORE = [
    ("Q: Why? DOE: We will see. Q: When? DOE: ", "We will see.", "Q%3A%20When%3F%20DOE%3A-,"),
    (
        "DOE: Go on. ROE: ",
        "Go on, and say what you think of all that, at length: " + 9 * "ever ",
        "",
    ),
    ("DOE: What I can say is this. ROE: ", "what I can say is that " + 30 * "yes " + "it is.", ""),
    ("DOE: One two three four five six. ROE: ", "one two three four five " * 9 + "six.", ""),
]


@pytest.mark.parametrize(("before", "words", "prefix"), SAID_BEFORE)
def test_words_said_before_are_told_from_the_quote(before: str, words: str, prefix: str) -> None:
    link = deep_link(Source("f", "0", url=ADDRESS), words, before) or ""
    fragment = link.partition("#:~:text=")[2]
    assert fragment.startswith(prefix)
    marked = len(before), len(before + words.strip())
    assert find_marked(before + words.strip() + " Thank you.", fragment) == marked


def test_no_address_no_link_and_the_archive_goes_first() -> None:
    assert deep_link(Source("f", "0"), "Yes.") is None
    archived = Source("f", "0", url=ADDRESS, archive_url="https://archive.org/web/1")
    assert (deep_link(archived, "Yes.") or "").startswith("https://archive.org/web/1#")
    assert deep_link(Source("f", "0", url="https://a.au/1.pdf"), "Yes.") == "https://a.au/1.pdf"
