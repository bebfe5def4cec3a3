"""The very words, or what is different: checked against brute force on any words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.align import align
from corpus.compare import find_ways
from corpus.purported import read_quote
from corpus.spoken import read_transcript

WORD = st.sampled_from(["we", "will", "not", "go", "to", "war", "Ukraine", "100,000"])
TEXT = st.lists(WORD, min_size=4, max_size=60)


def keys(words: list[str]) -> list[str]:
    return [word.casefold().replace(",", "") for word in words]


def stands(quote: list[str], text: list[str]) -> bool:
    """Brute force: the quote's words stand somewhere in the text, one after the other."""
    count = len(quote)
    return any(keys(text[at : at + count]) == keys(quote) for at in range(len(text) - count + 1))


@given(TEXT, st.data())
def test_a_run_of_words_is_found_wherever_it_is_taken_from(
    text: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(text) - 2))
    last = data.draw(st.integers(first + 1, len(text)))
    (quote,) = read_quote(" ".join(text[first:last]))
    assert list(find_ways(quote, read_transcript(" ".join(text))))


@given(TEXT, st.lists(WORD, min_size=1, max_size=8))
def test_found_means_that_every_word_stands_there_in_order(
    text: list[str], words: list[str]
) -> None:
    (quote,) = read_quote(" ".join(words))
    found = list(find_ways(quote, read_transcript(" ".join(text))))
    assert bool(found) == stands(words, text)
    for way in found:
        assert list(way) == list(range(way[0], way[0] + len(words)))


@given(TEXT, TEXT)
def test_an_alignment_accounts_for_every_word(text: list[str], words: list[str]) -> None:
    (quote,) = read_quote(" ".join(words))
    reading = read_transcript(" ".join(text))
    alignment = align(quote.words, reading, quote.text)
    if alignment is None:
        return
    steps = [(at, at + n, place, place + n) for at, place, n in alignment.equal]
    steps += [(*change.given, *change.actual) for change in alignment.changes]
    steps.sort()
    assert (steps[0][0], steps[-1][1]) == (0, len(words))
    for left, right in pairwise(steps):
        assert (left[1], left[3]) == (right[0], right[2])
    for at, place, n in alignment.equal:
        assert keys(words[at : at + n]) == keys(text[place : place + n])


def ways_of(quote: str, text: str) -> int:
    return max(len(list(find_ways(each, read_transcript(text)))) for each in read_quote(quote))


def test_only_a_marked_gap_may_leave_words_out() -> None:
    said = "We will go to the table and we will talk to them again."
    assert ways_of("We will go … we will talk", said)
    assert ways_of("We will go [...] again", said)
    assert not ways_of("We will go we will talk", said)
    assert not ways_of("we will talk … We will go to the table", said)


def test_an_ellipsis_of_the_transcripts_own_marks_no_gap() -> None:
    said = "I think… well that we will go."
    assert ways_of("I think… well that we", said)
    assert not ways_of("I think… that we", said)
    assert not ways_of("I … that we", "I think well… that we")


def test_an_insertion_stands_for_no_word_of_the_transcript() -> None:
    said = "He decides what Russia will do."
    assert ways_of("He [Putin] decides what", said)
    assert ways_of("[Putin] decides what", said)
    assert not ways_of("decides what [the country] will do", said)


def test_a_quote_runs_over_corrections_and_stage_directions() -> None:
    said = "and <s>Helena</s> [Helene] hit [the]* coast. (Laughter.)\n\nWe will go"
    for quote in (
        "and Helene hit the coast. We will go",
        "and Helena hit coast we will",
        "and Helena [Helene] hit [the] coast. (Laughter.) We will go",
    ):
        assert ways_of(quote, said), quote
    assert not ways_of("and hit the coast", said)
    assert not ways_of("and Helene hit coast and we", said)
