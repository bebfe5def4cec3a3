"""State Department pages and their text: what is said, and what is only page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.errors import ParseError
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space

SHIPPED = Path(__file__).resolve().parents[3] / "corpus" / "transcripts"
TEXT = (
    "An official website of the United States Government Here's how you know\n\n{}\n\n"
    "U.S. Department of State\n\nThe Lessons of 1989: Freedom and Our Future\n"
)
PAGE = """<!DOCTYPE html><html><head><title>Talks - United States Department of State</title>
<link rel="canonical" href="https://www.state.gov/department-press-briefing/" />
<meta property="og:title" content="Department Press Briefing - United States Department of State">
<meta property="og:site_name" content="United States Department of State">
<meta property="article:published_time" content="2023-03-01T21:12:00+00:00">
<script>var x = "QUESTION: no";</script></head>
<body><nav><p>QUESTION: menu</p></nav><main><h1>Department Press Briefing</h1>
<div class="article-meta"><p class="article-meta__author-bureau">Jane Doe, Department
Spokesperson</p><p class="article-meta__place">Washington, DC</p></div>
<div class="entry-content"><p>2:05 p.m. EST</p>
<p><strong>MS DOE: </strong>Good afternoon.&nbsp; We have two things.</p>
<p>First: the trip.</p>
<p><strong>QUESTION:</strong>&nbsp; Thanks. What about
that?</p>
<p><strong>MS DOE:</strong>&nbsp; We are &#8211; we&#8217;re concerned.<br />
QUESTION: And now?</p>
<p><strong>MS DOE:</strong>&nbsp; Same.</p>
<p>(The briefing was concluded at 3:00 p.m.)</p>
<p># # #</p></div></main><footer><p>TAGS: a, b</p></footer></body></html>
"""


def list_said(transcript: Transcript) -> list[tuple[str, str, str]]:
    return [(t.kind, t.label, fold_space(transcript.said(t))) for t in transcript.turns]


def parse_text(body: str) -> Transcript:
    return parse_transcript("talk.txt", TEXT.format(body).encode())


def test_banner_and_footer_are_nobodys_words():
    for path in sorted(SHIPPED.glob("*.txt")):
        transcript = parse_transcript(path.name, path.read_bytes())
        said = " ".join(transcript.said(turn) for turn in transcript.turns)
        for page in ("official website", "U.S. Department of State\n", "1989", "https://"):
            assert page not in said
        assert transcript.source.date is None
        assert {each.name for each in transcript.furniture} == {"header", "label", "footer"}


def test_questions_in_a_row_are_turns_of_their_own():
    transcript = parse_text(
        "QUESTION:  Jonathan.\n\nQUESTION:  (Off-mike.)\n\n\u00a0SECRETARY ROE:  Here’s where we "
        "are:  ready.\n\nAnd we go on.\n\nSECRETARY ROE:  And yes, and then —"
    )
    assert list_said(transcript) == [
        ("reporter", "QUESTION", "Jonathan."),
        ("reporter", "QUESTION", "(Off-mike.)"),
        ("official", "SECRETARY ROE", "Here’s where we are: ready. And we go on."),
        ("official", "SECRETARY ROE", "And yes, and then —"),
    ]


def test_an_interviewer_with_a_name_is_no_official():
    transcript = parse_text("MS. POE:  Why?\n\nSECRETARY ROE:  So.\n\nMS. POE:  Thanks for that.")
    assert [turn.kind for turn in transcript.turns] == ["unknown", "official", "unknown"]


def test_a_saved_page():
    transcript = parse_transcript("briefing.html", PAGE.encode())
    assert list_said(transcript) == [
        ("official", "MS DOE", "Good afternoon. We have two things. First: the trip."),
        ("reporter", "QUESTION", "Thanks. What about that?"),
        ("official", "MS DOE", "We are – we’re concerned."),
        ("reporter", "QUESTION", "And now?"),
        ("official", "MS DOE", "Same."),
    ]
    first = transcript.turns[0]
    assert (first.speaker, first.role) == ("Jane Doe", "Department Spokesperson")
    source = transcript.source
    assert (source.title, source.place) == ("Department Press Briefing", "Washington, DC")
    assert (source.date, source.publisher) == (dt.date(2023, 3, 1), "U.S. Department of State")
    assert source.url == "https://www.state.gov/department-press-briefing/"
    assert [transcript.line_map.line(turn.start) for turn in transcript.turns] == [
        *(11, 13, 15, 16, 17)
    ]
    assert transcript.notices == ()


@pytest.mark.parametrize("page", [PAGE.partition("<p><strong>MS")[0], PAGE[:400]])
def test_a_page_without_turns_is_an_error(page: str):
    with pytest.raises(ParseError, match="has no turns"):
        parse_transcript("briefing.html", page.encode())
