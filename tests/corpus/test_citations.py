"""Citations: every form names the same quote, and none says more than is known."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citations import FORMS
from corpus.model import Citation, Quote, Source
from corpus.text import fold_space

SOURCE = Source(
    file="a.txt",
    sha256="0" * 64,
    title="An Interview & More",
    date=dt.date(2022, 1, 21),
    publisher="U.S. Department of State",
    outlet="ABC",
    place="Geneva",
    url="https://example.org/a",
)
WHOLE = Quote(
    "000000000000-1-20",
    "We don’t know –\nyet.",
    1,
    20,
    "When?",
    Citation(SOURCE, "Antony J. Blinken", "Secretary of State", "https://example.org/a#:~:text=We"),
)
BARE = Quote(
    "000000000000-1-20",
    "We don’t know –\nyet.",
    1,
    20,
    None,
    Citation(Source("a.txt", "0" * 64), "SECRETARY BLINKEN", None, None),
)

EXPECTED = {
    "text": (
        "“We don’t know – yet.” — Antony J. Blinken, Secretary of State, An Interview & More,"
        " U.S. Department of State, ABC, Geneva, 21 January 2022, https://example.org/a#:~:text=We",
        "“We don’t know – yet.” — SECRETARY BLINKEN, date not recorded",
    ),
    "markdown": (
        "> We don’t know – yet.\n>\n> — Antony J. Blinken, Secretary of State,"
        " [An Interview & More](<https://example.org/a#:~:text=We>),"
        " U.S. Department of State, ABC, Geneva, 21 January 2022",
        "> We don’t know – yet.\n>\n> — SECRETARY BLINKEN, a.txt, date not recorded",
    ),
    "apa": (
        "U.S. Department of State. (2022, January 21). An Interview & More [Transcript]."
        " https://example.org/a\n\n“We don’t know – yet.” (Antony J. Blinken, as cited in"
        " U.S. Department of State, 2022)",
        "SECRETARY BLINKEN. (n.d.). [Transcript].\n\n“We don’t know – yet.”"
        " (SECRETARY BLINKEN, as cited in SECRETARY BLINKEN, n.d.)",
    ),
    "bibtex": (
        "@misc{onrecord-000000000000-1-20,\n"
        "  author = {{U.S. Department of State}},\n"
        "  title = {{An Interview \\& More}},\n"
        "  howpublished = {{ABC}},\n  address = {{Geneva}},\n"
        "  note = {{“We don’t know – yet.” — Antony J. Blinken, Secretary of State}},\n"
        "  year = {2022},\n  month = {1},\n  day = {21},\n"
        "  url = {https://example.org/a#:~:text=We}\n}",
        "@misc{onrecord-000000000000-1-20,\n"
        "  note = {{“We don’t know – yet.” — SECRETARY BLINKEN}}\n}",
    ),
    "ris": (
        "TY  - GEN\nAU  - Antony J. Blinken\nTI  - An Interview & More\n"
        "PB  - U.S. Department of State\nT2  - ABC\nCY  - Geneva\nDA  - 2022/01/21\nPY  - 2022\n"
        "UR  - https://example.org/a#:~:text=We\nAB  - We don’t know – yet.\n"
        "ID  - 000000000000-1-20\nER  - ",
        "TY  - GEN\nAU  - SECRETARY BLINKEN\nAB  - We don’t know – yet.\n"
        "ID  - 000000000000-1-20\nER  - ",
    ),
}


@pytest.mark.parametrize("form", EXPECTED)
def test_forms(form: str) -> None:
    make = FORMS[form][2]
    assert (make(WHOLE), make(BARE)) == EXPECTED[form]


def test_json_ld_is_verbatim_and_leaves_out_what_is_not_known() -> None:
    told = json.loads(FORMS["jsonld"][2](WHOLE))
    assert told["@type"] == "Quotation"
    assert told["text"] == WHOLE.text
    assert told["creator"] == {
        "@type": "Person",
        "name": "Antony J. Blinken",
        "jobTitle": "Secretary of State",
    }
    assert told["isPartOf"]["datePublished"] == "2022-01-21"
    assert json.loads(FORMS["jsonld"][2](BARE))["isPartOf"] == {"@type": "CreativeWork"}


@given(st.text(min_size=1), st.sampled_from(sorted(FORMS)))
def test_any_words_can_be_cited(words: str, form: str) -> None:
    quote = Quote("000000000000-1-2", words, 1, 1 + len(words), None, WHOLE.citation)
    cited = FORMS[form][2](quote)
    if form in {"text", "apa", "ris"}:
        assert fold_space(words) in cited
    if form == "jsonld":
        assert json.loads(cited)["text"] == words
