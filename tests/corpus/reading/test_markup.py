"""HTML and XML as text: what a reader sees, on which raw line, and what a hostile file can't do."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import TranscriptError
from corpus.parse import parse_transcript
from corpus.reading.markup import KEEP, Reading, parse_html, parse_xml, read_markup
from corpus.reading.removal import put_back

SCRIPT = "<script>alert('<b>Vladimir Putin:</b> Yes.')</script>"
KREMLIN = '<html><head><meta property="og:url" content="http://en.kremlin.ru/d/1"/></head><body>{}'
AUSTRALIA = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<transcripts><transcript>'
    "<transcript-id>1</transcript-id><prime-minister>Howard, John</prime-minister>"
    "<content><![CDATA[{}]]></content></transcript></transcripts>"
)
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghi")
)
BILLION_LAUGHS = (
    f'<?xml version="1.0"?>\n<!DOCTYPE transcripts [<!ENTITY a "ha">{LAUGHS}]>\n'
    "<transcripts><transcript-id>1</transcript-id>&i;</transcripts>"
)
FETCHES_A_FILE = (
    '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<transcripts><transcript-id>&f;</transcript-id></transcripts>"
)


def read(page: str) -> Reading:
    return read_markup(parse_html("page.html", page), lambda _: None)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br />\ntwo<br>three", "one\ntwo\nthree"),
        ("<p>Tom &amp; Jerry&#8217;s&nbsp;house</p>", "Tom & Jerry’s\xa0house"),
        ("<p>a <b>bold</b> and <i>leaning</i> word</p>", "a bold and leaning word"),
        ("<p>in\u00adter\u00adview</p>", "interview"),
        ("<p>kept</p><script>var a = '<b>not</b>';</script><!-- nor this -->", "kept"),
    ],
)
def test_a_page_reads_as_it_is_seen(page: str, text: str):
    assert read(page).text.strip() == text


def test_what_is_left_out_stands_at_its_place_and_has_a_name():
    page = "<div><p>menu</p><article><p>said <em>aside</em> so</p></article><p>foot</p></div>"
    names = {"div": "page", "article": KEEP, "em": "aside"}
    reading = read_markup(parse_html("page.html", page), lambda element: names.get(element.tag))
    assert reading.text.split() == ["said", "so"]
    assert [(each.name, each.text) for each in reading.removed] == [
        *(("page", "menu"), ("aside", "aside"), ("page", "foot")),
    ]
    whole = put_back(reading.text, reading.removed)
    assert "".join(whole.split()) == "menusaidasidesofoot"


def test_bold_is_known_by_its_place_in_the_text():
    reading = read("<p><b>Question:</b> Why, <strong>now</strong>?</p>")
    assert [reading.text[start:end] for start, end in reading.bold] == ["Question:", "now"]


def test_each_word_knows_its_raw_line():
    page = "<html>\n<body><p\n class='a'>three\n<b>four\n</b>five<br\n/>six</p><!--\n-->\n<p>eight"
    reading = read(page)
    lines = {
        word: reading.line_map.line(reading.text.index(word)) for word in ("three", "six", "eight")
    }
    assert lines == {"three": 3, "six": 6, "eight": 8}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (BILLION_LAUGHS, "line 2: declares a document type"),
        (FETCHES_A_FILE, "line 1: declares a document type"),
        ("<transcripts><transcript-id>1</wrong>", "is not well-formed XML"),
        (
            "<transcripts><transcript-id>" + "<a>" * 10_000,
            "is not well-formed XML: Excessive depth",
        ),
        (
            "<transcripts><transcript-id>&b;</transcript-id></transcripts>",
            "is not well-formed|holds 0",
        ),
        (AUSTRALIA.format("<div>" * 10_000 + "PM: Yes."), "can't be read as HTML: Excessive depth"),
        (AUSTRALIA.format("<p>Words.</p>") * 2, "is not well-formed XML"),
        (KREMLIN.format("<div>" * 10_000 + "<p><b>Vladimir Putin:</b> Yes."), "Excessive depth"),
        (KREMLIN.format(f"{SCRIPT}<div itemprop='articleBody'>{SCRIPT}</div>"), "has no turns"),
        (KREMLIN.format(SCRIPT), "no house style claims it"),
        (KREMLIN.format("<p>\0</p>"), "NUL character"),
    ],
)
def test_a_hostile_document_is_refused_in_one_sentence(content: str, problem: str):
    with pytest.raises(TranscriptError, match=problem) as refused:
        parse_transcript("bomb", content.encode())
    assert "/etc" not in str(refused.value)
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252"])
def test_a_page_in_another_encoding_is_refused_with_what_to_do(encoding: str):
    page = KREMLIN.format("<div itemprop='articleBody'><p><b>Sauli Niinistö:</b> Yes.</p></div>")
    with pytest.raises(TranscriptError, match=r"save it as UTF-8 and load again"):
        parse_transcript("page.html", page.encode(encoding))


@given(st.text(alphabet="<>/&;#!-[]\"'= \nabPp:.MQ", max_size=300))
def test_any_markup_is_read_or_refused(page: str):
    for frame in (KREMLIN, AUSTRALIA):
        with suppress(TranscriptError):
            assert parse_transcript("page", frame.format(page).encode()).turns


@given(st.text(alphabet="<>/&;#!-[]\"'= \nab", max_size=300))
def test_any_xml_is_read_or_refused(document: str):
    with suppress(TranscriptError):
        parse_xml("page.xml", document)
