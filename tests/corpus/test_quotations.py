"""What people paste: names, quotation marks, block quotes, links, Discord's Markdown."""

from __future__ import annotations

import pytest

from corpus.purported import read_quote
from corpus.quotations import Quotation, clean_message, find_attributed, find_quotations

CASES = [
    ("Blinken: “We’re prepared either way.”", [("We’re prepared either way.", "Blinken")]),
    ("Blinken: 'We’re prepared either way.'", [("We’re prepared either way.", "Blinken")]),
    ("SECRETARY BLINKEN:  Good morning, Mika.", [("Good morning, Mika.", "SECRETARY BLINKEN")]),
    ("**Antony Blinken**: \"a b c d\" <https://x.y/z?a=b_c>", [("a b c d", "Antony Blinken")]),
    ("“a b c d” https://example.org/a_b_c", [("a b c d", None)]),
    ("[“a b c d”](https://example.org)", [("a b c d", None)]),
    ("> a b c d\n> e f\n— Blinken, 2022", [("a b c d\ne f", "Blinken")]),
    (">>> “a b c d”", [("a b c d", None)]),
    ("a b c d — Antony Blinken", [("a b c d", "Antony Blinken")]),
    ("“a b c,” said Psaki. And “d e f” - Putin", [("a b c,", "Psaki"), ("d e f", "Putin")]),
    ("On Tuesday, Blinken told ABC, “a b,” he added. “c d.”",
     [("a b,", "Blinken"), ("c d.", "Blinken")]),
    ("According to Antony Blinken, \"a b c\"", [("a b c", "Antony Blinken")]),
    ("As Blinken said in Geneva: “a b”", [("a b", "Blinken")]),
    ("Lavrov told Blinken: “a b”", [("a b", "Lavrov")]),
    ("BREAKING: “a b c d”", [("a b c d", None)]),
    ("did he say ||“a b”|| or *“c d”*??", [("a b", None), ("c d", None)]),
    ("“First paragraph.\n\n“Second paragraph.”",
     [("First paragraph.\n\n“Second paragraph.", None)]),
    ("“never closed, on and on", [("never closed, on and on", None)]),
    ("&ldquo;a b c d&rdquo; &mdash; Blinken", [("a b c d", "Blinken")]),
    ("“a b c d” (Jen Psaki, 26 Mar 2021)", [("a b c d", "Jen Psaki")]),
    ('"a b c d" - Ben Bernanke', [("a b c d", "Ben Bernanke")]),
    ("RT @WhiteHouse: “a b c d” https://t.co/x #news", [("a b c d", None)]),
    ("she told me 'a b don't d' today", [("a b don't d", None)]),
    ("a well-known 'thing' of the '90s", [("a well-known 'thing' of the '90s", None)]),
    ("Putin said:\n- a b\n- c d", [("a b", "Putin"), ("c d", "Putin")]),
    ("1. “a b”\n2. c d", [("a b", None)]),
    ("14 — I think it was 14 — Nobel laureate economists in it",
     [("14 — I think it was 14 — Nobel laureate economists in it", None)]),
    ("> **MR. ZIENTS:** a b c d", [("a b c d", "MR. ZIENTS")]),
    ("QUOTE: a b c d", [("a b c d", None)]),
    ("wow\nQUESTION: a b?\n\nMS. PSAKI: c d.\n\ne f.\nQ    g h?",
     [("a b?", "QUESTION"), ("c d.\n\ne f.", "MS. PSAKI"), ("g h?", "Q")]),
    ("a b c d.\nQ: e f?\nMS. PSAKI: g h.",
     [("a b c d.", None), ("e f?", "Q"), ("g h.", "MS. PSAKI")]),
    ("BREAKING: “a b c d”\nUPDATE: “e f”", [("a b c d", None), ("e f", None)]),
    ("Bush 1989: a b c d", [("a b c d", "Bush")]),
    ("Blinken, in May 2022: “a b c d”", [("a b c d", "Blinken")]),
    ("In 2022: a b c d", [("In 2022: a b c d", None)]),
    ("The White House said “a b c d”", [("a b c d", None)]),
    ("“a b,” Jeff Zients, the coordinator, told reporters.", [("a b,", "Jeff Zients")]),
    ("no marks at all", [("no marks at all", None)]),
    ("But here’s where we are: Based on", [("But here’s where we are: Based on", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), CASES)
def test_quotations_of_a_message(message: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(each.text, each.name) for each in find_quotations(message)] == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Blinken said that a b c d", ("a b c d", "Blinken")),
        ("Secretary Blinken has told reporters a b c d", ("a b c d", "Secretary Blinken")),
        ("According to Blinken, a b c d", ("a b c d", "Blinken")),
        ("he said 'a b c d'", ("a b c d", None)),
        ("a b c d, said Blinken.", ("a b c d", "Blinken")),
        ("“a b c d” what a lie", ("a b c d", None)),
        ("“a b c d” Blinken, May 2022", ("a b c d", None)),
    ],
)
def test_reported_speech_is_offered_too(message: str, expected: tuple[str, str | None]) -> None:
    offered = [(each.text, each.name) for each in find_attributed(message)]
    assert expected in offered[1:]


def test_a_name_further_off_is_only_offered() -> None:
    assert find_quotations("“a b” Blinken") == (Quotation("a b", None, ("Blinken",)),)
    assert find_quotations("Blinken, speaking in Geneva, said: “a b”") == (
        Quotation("a b", "Blinken", ("Geneva", "Blinken")),
    )


def test_cleaning_changes_no_word() -> None:
    said = r"~~We~~ do \*not\* __go__ to snake_case <:flag:123> <@42> [the source](http://x.y)"
    assert " ".join(clean_message(said).split()) == "We do *not* go to snake_case the source"


@pytest.mark.parametrize(
    ("quote", "gaps", "insertions"),
    [
        ("we will … go to war", {2}, []),
        ("we will [...] go", {2}, []),
        ("we will . . . go", {2}, []),
        ("… we will go…", set(), []),
        ("we will.. go", set(), []),
        ("we [Russia] will", set(), ["Russia"]),
        ("[Russia] will go", set(), ["Russia"]),
        ("[T]he war", set(), []),
    ],
)
def test_what_a_quote_marks(quote: str, gaps: set[int], insertions: list[str]) -> None:
    bare = read_quote(quote)[-1]
    assert bare.gaps == gaps
    assert [text for _, text in bare.insertions] == insertions
