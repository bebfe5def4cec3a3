"""PDFs that are no transcripts: one clear sentence for each, whatever pypdf makes of them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import TranscriptError
from corpus.parse import parse_transcript
from corpus.reading.pdf import read_pages
from tests.pdf_pages import make_pdf

WHOLE = make_pdf(["CHAIR POWELL.  Good afternoon."])


def test_the_lines_of_each_page_are_read_in_order():
    pages = read_pages("two.pdf", make_pdf(["first page\nits second line", "second page"]))
    assert [page.splitlines() for page in pages] == [
        ["first page", "its second line"],
        ["second page"],
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (make_pdf(["secret"], password="open sesame"), "protected by a password"),  # noqa: S106
        (make_pdf(["so it goes " * 300_000]), "too long to be one transcript; split it"),
        (make_pdf(["", ""]), "without text, probably a scan"),
        (b"%PDF-1.7\nnothing of the kind", "can't be read as a PDF"),
        (WHOLE[: len(WHOLE) // 2], "can't be read as a PDF|without text"),
    ],
)
def test_a_pdf_that_cant_be_read_says_why(content: bytes, problem: str):
    with pytest.raises(TranscriptError, match=problem):
        parse_transcript("page.pdf", content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_pdf_is_read_or_refused(at: int, damage: bytes):
    content = WHOLE[:at] + damage + WHOLE[at + len(damage) :]
    with suppress(TranscriptError):
        assert parse_transcript("page.pdf", b"%PDF-1.4" + content[8:]).turns
