"""Whatever a quote holds, a reader sees exactly its characters, and it fits its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.escape import CUT, escape, fit, fit_end, split_pages, width
from corpus.text import fold_space
from tests.bot.world import read

NASTY = [
    "**bold** __under__ ~~gone~~ ||spoiler|| `code` ```fence```",
    "@everyone @here <@123> <@!123> <@&123> <#123> </ask:123> <t:1:R> <:a:1> <id:guide>",
    "[text](https://example.com) https://example.com/a_b_c?x=*y* <https://example.com>",
    "# heading",
    "-# small",
    "> quoted",
    ">>> quoted",
    "- list",
    "1. list",
    "\\",
    "\\\\ \\* \\a ends with \\",
    ":smile: 10:30:45 a::b:",
    "¯\\_(ツ)_/¯",
    "He said\u00a0100\u202fper cent \u200b\u202eright to left\u202c שלום",
    "“Curly” – dash — and… 'straight'",
    "👩‍👩‍👧 e\u0301",
]
TEXT = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*NASTY, "word ", "end. ", "\n", " "])).map("".join),
)


def examples(test):  # every nasty text runs each time, not only when the generator finds it
    for text in NASTY:
        test = example(text)(test)
    return test


@given(TEXT)
@examples
def test_what_is_read_is_the_text(text: str) -> None:
    assert read(escape(text)) == text


@given(TEXT)
@examples
def test_nothing_is_added_but_backslashes_before_what_was_there(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", escape(text), flags=re.DOTALL) == text


# What makes Discord do anything but show the character, when it is not escaped.
LIVE = re.compile(
    r"""(?<!\\)(?:\\\\)*(?:[*_~`|<\[\]]|:(?://|[\w+-]+:)|@(?:everyone|here))
      | ^[ \t]*(?:[#>+-]|\d+[.)])""",
    re.MULTILINE | re.VERBOSE,
)


@given(TEXT)
@examples
def test_nothing_in_it_is_live(text: str) -> None:
    assert not LIVE.search(escape(text))


@given(TEXT.map(fold_space), st.integers(20, 300))
def test_it_fits_and_a_cut_is_seen(text: str, room: int) -> None:
    fitted = fit(text, room)
    assert width(fitted) <= room
    shown = read(fitted)
    if shown != text:
        assert shown.endswith(CUT)
        assert text.startswith(shown.removesuffix(CUT).rstrip())


@pytest.mark.parametrize(
    ("text", "room", "fitted"),
    [
        ("One is done. Two is done. Three is done.", 35, "One is done. Two is done. […]"),
        ("Words without any end of a sentence", 20, "Words without […]"),
        ("Unbroken" * 5, 20, "UnbrokenUnbroken […]"),
        ("Short.", 20, "Short."),
    ],
)
def test_it_is_cut_at_the_best_place(text: str, room: int, fitted: str) -> None:
    assert fit(text, room) == fitted


@pytest.mark.parametrize("times", [1, 40])
@given(text=TEXT, room=st.integers(20, 200))
def test_the_end_is_kept_and_a_cut_is_seen(times: int, text: str, room: int) -> None:
    words = fold_space(text * times)
    shown = read(fitted := fit_end(words, room))
    assert width(fitted) <= room
    if shown != words:
        assert shown.startswith(CUT)
        assert words.endswith(shown.removeprefix(CUT).strip())


@pytest.mark.parametrize(
    ("text", "room", "fitted"),
    [
        ("He went there. Why did he?", 26, "He went there. Why did he?"),
        ("He went there. Why did he?", 25, "[…] Why did he?"),
        ("He said that he went there and why", 20, "[…] there and why"),
        ("x" * 30, 10, "[…] xxxxxx"),
        ("a*" * 20, 10, r"[…] a\*a\*"),
    ],
)
def test_the_end_begins_at_the_best_place(text: str, room: int, fitted: str) -> None:
    assert fit_end(text, room) == fitted


@given(TEXT.map(fold_space), st.integers(20, 300), st.integers(20, 300))
def test_pages_joined_are_the_text_and_each_fits(text: str, room: int, first: int) -> None:
    pages = list(split_pages(text, room, first))
    assert "".join(pages) == text
    rooms = [first, *[room] * len(pages)]
    for page, most in zip(pages, rooms, strict=False):
        assert width(escape(page).rstrip()) <= most


def test_pages_end_at_sentences() -> None:
    pages = list(split_pages("The first one. The second one. The third one.", 33))
    assert pages == ["The first one. The second one. ", "The third one."]


def test_a_long_text_is_paged_in_reasonable_time() -> None:
    text = "A sentence of *six* words here. " * 700
    assert len(text) > 20_000
    assert "".join(split_pages(text, 3600)) == text
