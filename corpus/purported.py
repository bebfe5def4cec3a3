"""A purported quote as words, with the gaps and insertions that it marks."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from corpus.english import read_list
from corpus.strict_words import Word, read_words

EMPHASIS = re.compile(
    r"(?<![\w\\])(?:[*_]{1,3}|~~)|(?<!\\)(?:[*_]{1,3}|~~)(?!\w)"  # not in 2*3 or snake_case
)


_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,31}\d{0,2});")
_FANCY = re.compile("[\U0001d400-\U0001d7ff\uff01-\uff5e]")


def decode_text(text: str) -> str:
    """Text as it is read on a screen: entities resolved, letters of 𝗳𝗮𝗻𝗰𝘆 alphabets plain."""
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return _FANCY.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


@dataclass(frozen=True, slots=True)
class Purported:
    """A quote as words.

    ``gaps`` are the words before which the quote marks that it leaves something out. ``insertions``
    are the texts in square brackets that are not among ``words``, by the word that follows.
    """

    text: str
    words: tuple[Word, ...]
    gaps: frozenset[int] = frozenset()
    insertions: tuple[tuple[int, str], ...] = ()

    def parts(self) -> list[tuple[int, int]]:
        """The stretches of words between gaps, first and after the last."""
        cuts = [0, *sorted(self.gaps)]
        return list(zip(cuts, [*cuts[1:], len(self.words)], strict=True))

    def part(self, first: int, last: int) -> Purported:
        """The quote from one word up to another."""
        gaps = frozenset(at - first for at in self.gaps if first < at < last)
        return Purported(self.text, self.words[first:last], gaps)

    def turns_sense(self) -> bool:
        """Whether an insertion turns what was said into something else: "[not]", "[refuse to]"."""
        inserted = [[word.key for word in read_words(text)] for _, text in self.insertions]
        return any(
            any(map(is_negation, keys)) or (len(keys) <= _DOUBT_WORDS and _DOUBTS & set(keys))
            for keys in inserted
        )


def is_negation(key: str) -> bool:
    """Whether a word negates: "not", "never", "don't"."""
    return key in _NEGATIONS or key.endswith("n't")


_NEGATIONS = frozenset(
    ("not", "no", "never", "none", "nothing", "nobody", "neither", "nor", "without", "cannot")
)
_DOUBT_WORDS = 2  # a longer insertion explains something
_DOUBTS = read_list("doubts")


_DOTS = r"(?:…+|\.(?:\s?\.){2,})"
_QUOTE_MARK = re.compile(
    rf"""(?P<gap>\\?[\[(<]\s*{_DOTS}\s*\\?[\])>]|{_DOTS}\.?)
    |(?P<initial>(?<!\w)\\?\[(?P<first>[^\W\d_]{{1,3}})\\?\](?P<tail>[^\W_]+))
    |(?P<insertion>\\?\[(?P<inserted>[^\[\]]{{1,300}}?)\\?\](?:\\?\*)?)""",
    re.VERBOSE,
)


def read_quote(text: str) -> tuple[Purported, ...]:
    """The ways to read a purported quote.

    The first takes the words in square brackets for the transcript's own, as in "the [Vice]
    President"; the second, where there are any, for the quoter's insertions.
    """
    text = EMPHASIS.sub("", decode_text(text))
    plain = _read(text, own=True)
    bare = _read(text, own=False)
    return (plain, bare) if bare.insertions and bare.words else (plain,)


def _read(text: str, *, own: bool) -> Purported:
    words: list[Word] = []
    gaps: set[int] = set()
    insertions: list[tuple[int, str]] = []
    at = 0
    for mark in [*_QUOTE_MARK.finditer(text), None]:
        words += read_words(text, at, mark.start() if mark else len(text))
        if mark is None:
            break
        at = mark.end()
        if mark["gap"]:
            gaps.add(len(words))
        elif mark["initial"]:
            key = next(read_words(mark["first"] + mark["tail"])).key
            words.append(Word(key, *mark.span()))
        elif own:
            words += read_words(text, *mark.span("inserted"))
        else:
            insertions.append((len(words), mark["inserted"].strip()))
    inner = frozenset(at for at in gaps if 0 < at < len(words))
    return Purported(text, tuple(words), inner, tuple(insertions))
