"""What is the same word in a quote and in a transcript, and how a transcript's marks are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pieces import PIECE_OVERLAP, PIECE_WORDS, cut_pieces, name_pair
from corpus.purported import read_quote
from corpus.spoken import Reading, is_stage_direction, read_transcript
from corpus.strict_words import is_same, read_words


def same(given: str, actual: str) -> bool:
    left, right = list(read_words(given)), list(read_words(actual))
    return len(left) == len(right) and all(map(is_same, left, right))


@pytest.mark.parametrize(
    ("given", "actual"),
    [
        ("we're “ready”", 'We’re "ready"'),
        ("DON'T", "don’t"),
        ("forces mass - we see", "forces mass – we see"),
        ("100000", "100,000"),
        ("100 000 rubles", "100\u202f000 rubles"),
        ("1,234,567.5", "1234567.5"),
        ("de escalatory", "de-escalatory"),
        ("mas\u00adsive\u200b", "massive"),
        ("cafe\u0301", "café"),
        ("ﬁnal", "final"),
        ("the US and", "the U.S. and"),
        ("the U.S", "the U.S."),
        ("US", "us"),
        ("3 rd quarter", "3rd quarter"),
        ("half, ½", "half 1/2"),
        ("3.7 %", "3.7%"),
        (".5 percent", "0.5 percent"),
        ("well… yes", "well... yes"),
        ("allies' help", "allies’ help"),
    ],
)
def test_typography_is_not_part_of_a_word(given: str, actual: str) -> None:
    assert same(given, actual)


@pytest.mark.parametrize(
    ("given", "actual"),
    [
        ("ally", "allies"),
        ("were", "we’re"),
        ("its", "it’s"),
        ("cannot", "can not"),
        ("deescalatory", "de-escalatory"),
        ("1.5", "15"),
        (".5 percent", "5 percent"),
        ("$.50", "$50"),
        ("1,5", "15"),
        ("2½", "21/2"),
        ("m²", "m2"),
        ("10²", "102"),
        ("-5%", "5%"),
        ("fell by –0.1", "fell by 0.1"),
        ("~5 percent", "5 percent"),
        ("5", "5%"),
        ("$8", "€8"),
        ("₹8", "8"),
        ("$-8 billion", "$8 billion"),
        ("-.5%", ".5%"),
        ("8 billion", "$8 billion"),
        ("us and them", "U.S. and them"),
        ("it", "I.T."),
        ("resume", "résumé"),
        ("AT T", "AT&T"),
        ("9/11", "9 11"),
        ("1,23", "123"),
    ],
)
def test_everything_else_is(given: str, actual: str) -> None:
    assert not same(given, actual)


def ways(reading: Reading) -> set[str]:
    """Every way in which a reading can be read on."""
    count = len(reading.keys)
    open_ways = [[at] for at in reading.after(-1)]
    found = set()
    while open_ways:
        way = open_ways.pop()
        if way[-1] >= count:
            found.add(" ".join(reading.keys[at] for at in way[:-1]))
        else:
            open_ways += [[*way, at] for at in reading.after(way[-1])]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            r"Hurricane <s>Helena</s> \[Helene\] hit",
            {"hurricane helena hit", "hurricane helene hit", "hurricane helena helene hit"},
        ),
        (r"to stop \[the\]\* war", {"to stop the war", "to stop war"}),
        ("Yes. (Laughter.) No.", {"yes laughter no", "yes no"}),
        ("Yes (some of it) no", {"yes some of it no"}),
        (r"“need\[s\] to talk”", {"need to talk", "needs to talk"}),
        (r"“\[T\]he relationship", {"the relationship"}),
        (r"more s<s>pecise</s> \[precise\]", {"more s pecise", "more precise"}
         | {"more s pecise precise"}),
        (r"a clains \[sic\] (Laughs.) — claims", {"a clains sic laughs claims", "a clains claims"}
         | {"a clains sic claims", "a clains laughs claims"}),
        ("<s>wholly struck</s> then", {"wholly struck then", "then"}),
        ("", {""}),
    ],
)  # fmt: skip
def test_a_transcripts_marks_leave_a_choice(text: str, expected: set[str]) -> None:
    assert ways(read_transcript(text)) == expected


@pytest.mark.parametrize(
    "direction",
    ["Laughter.", "Inaudible", "laughs", "Off-mike.", "The executive order is signed.",
     "Cross-talk by reporters.", "Speaks Ukrainian."],
)  # fmt: skip
def test_stage_directions(direction: str) -> None:
    assert is_stage_direction(direction)


@pytest.mark.parametrize(
    "aside",
    ["some of it is very interesting", "Can everyone hear me all right?", "gross domestic product",
     "By the way, let me say that I did not answer the question about teachers.", "as I said"],
)  # fmt: skip
def test_what_was_said_aside_is_no_stage_direction(aside: str) -> None:
    assert not is_stage_direction(aside)


WORDS = st.lists(st.sampled_from(["we", "will", "not", "go", "to", "war"]), min_size=2)


@given(WORDS.map(" ".join), st.integers(0, 400), st.integers(2, PIECE_OVERLAP))
def test_any_short_run_of_words_stands_whole_in_one_piece(text: str, at: int, count: int) -> None:
    text = " ".join([text] * (1 + 2 * PIECE_WORDS // len(text.split())))
    words = [word.key for word in read_words(text)]
    at = min(at, len(words) - count)
    wanted = {name_pair(*words[i : i + 2]) for i in range(at, at + count - 1)}
    assert any(wanted <= set(piece.pairs.split()) for piece in cut_pieces(text, 0, len(text)))


STRETCHES = [
    "100",
    "000",
    "3",
    "rd",
    "U.S.",
    "us",
    "-5",
    "$1",
    "<br",
    "/>",
    "we’re",
    "don't,",
    "(½)",
]


@given(st.text(max_size=300))
def test_no_text_is_too_odd_and_no_character_out_of_place(text: str) -> None:
    for word in read_words(text):
        assert word.key
        assert text[word.start : word.end].strip()
    read_transcript(text)
    read_quote(text)


@given(
    st.lists(st.one_of(st.text(max_size=9), st.sampled_from(STRETCHES)), max_size=40),
    st.lists(
        st.sampled_from([" ", "\n", "\u00a0", "\u202f", "", "\n\n"]), min_size=40, max_size=40
    ),
    st.integers(0, 30),
)
def test_words_are_the_same_read_one_by_one_or_together(
    stretches: list[str], spaces: list[str], start: int
) -> None:
    text = "".join(map("".join, zip(stretches, spaces, strict=False)))
    start = min(start, len(text))
    reading = Reading(text)
    reading.read(start, len(text))
    words = [reading.word(at) for at in range(len(reading.keys))]
    expected = list(read_words(text, start))
    assert [word[:4] for word in words] == [word[:4] for word in expected]
    assert all(map(is_same, words, expected))


def test_marks_in_a_row_do_not_multiply() -> None:
    """Each may be passed over, and all of them; thousands once took gigabytes."""
    reading = read_transcript("we " + "[a] " * 20_000 + "said")
    assert sum(map(len, reading.following.values())) < 12 * 20_000
    assert set(reading.after(0)) >= {1, 2, 3, len(reading.keys) - 1}
