"""Strict words: what must be equal for a quote to be verbatim, with their place in the text.

Typography, case, white space, the punctuation between words and the grouping of digits are not
part of a word; everything else is. (``corpus/words.py`` is lenient instead: it is for finding
answers.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_IGNORED = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
_LETTER = rf"[^\W_]|[\u0300-\u036f{_IGNORED}]"
_FRACTIONS = "¼-¾⅐-⅞²³¹⁰-₉"
_APOSTROPHES = "'’‘ʼ＇`´′"
_WORD = re.compile(
    rf"""(?P<word>(?![^\W\d_](?:\.[^\W\d_])+(?![^\W_]))
        (?![{_FRACTIONS}])[^\W\d_](?:{_LETTER})*(?:[{_APOSTROPHES}](?:{_LETTER})+)*)
    |(?P<number>\d{{1,3}}(?P<group>[,'’ \u00a0\u2009\u202f])\d{{3}}(?:(?P=group)\d{{3}})*
        (?![\d,'’]\d|\d)
        (?:\.\d+)?|(?<![\w.])\.\d+|\d+(?:[.,:/⁄]\d+)*)(?P<suffix>\s?(?:st|nd|rd|th)\b|[^\W\d_]*)
    |(?P<initials>(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?)
    |(?P<sign>(?<![^\s(\["“‘'$£€])[-−–](?=[$£€]?\.?\d)
        |[~±<>≤≥≈](?=\d)|[$£¥¢\u20a0-\u20cf%‰&+=°§])
    |(?P<fraction>[{_FRACTIONS}])
    |(?P<tag></?(?:s|i|b|u|em|strong|del|ins|su[bp]|br)\s*/?>)""",
    re.VERBOSE | re.IGNORECASE,
)
_FOLD = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_DROP = re.compile(f"[{_IGNORED}]")
_GROUPING = re.compile(r"[,'’ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
# Initials without their full stops that are also a word of their own: "U.S." is never "us".
_ALSO_WORDS = frozenset(
    (
        "us",
        "it",
        "is",
        "in",
        "as",
        "so",
        "no",
        "an",
        "id",
        "ad",
        "do",
        "go",
        "he",
        "or",
        "pa",
        "we",
        "me",
        "at",
        "if",
        "on",
        "up",
        "who",
        "aid",
    )
)


class Word(NamedTuple):
    """One word: ``key`` is what must be equal, ``text[start:end]`` is how it is printed."""

    key: str
    start: int
    end: int
    initials: bool = False
    capitals: bool = False


def read_words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of ``text[start:end]``, with offsets into ``text``."""
    stop = len(text) if end is None else end
    for found in _WORD.finditer(text, start, stop):
        printed = found[0]
        if printed.isascii() and printed.isalpha():
            yield Word(printed.lower(), *found.span(), False, printed.isupper())
        elif found.lastgroup != "tag":
            yield _normalise(found)


def read_keys(text: str) -> tuple[str, ...]:
    """The words of a text by what must be equal of them."""
    return tuple(word.key for word in read_words(text))


def _normalise(found: re.Match[str]) -> Word:
    printed = found[0]
    if found["initials"]:
        return Word(printed.replace(".", "").casefold(), *found.span(), True)
    if found["number"]:
        digits = found["number"]
        if found["group"]:
            digits = _GROUPING.sub("", digits)
        whole = "0" if digits[0] == "." else ""  # .5 is 0.5, and not 5
        printed = whole + digits.replace("⁄", "/") + found["suffix"].strip()
    elif found["fraction"]:
        printed = unicodedata.normalize("NFKC", printed).replace("⁄", "/")
        printed = printed if "/" in printed else "^" + printed
    elif found["sign"]:
        printed = printed.replace("−", "-").replace("–", "-")
    key = unicodedata.normalize("NFC", _DROP.sub("", printed).translate(_FOLD).casefold())
    return Word(key, *found.span(), False, found[0].isupper())


def is_same(given: Word, actual: Word) -> bool:
    """Whether two words are the same word; "us" is "US", but neither "us" nor "it" is "U.S."."""
    if given.key != actual.key:
        return False
    if given.initials == actual.initials or given.key not in _ALSO_WORDS:
        return True
    return (actual if given.initials else given).capitals


_LEANS = re.compile(r"[\d<]")


@lru_cache(maxsize=1 << 15)
def read_stretch(stretch: str) -> tuple[tuple[str, int, int, bool], ...] | None:
    """The words of what stands between white space: key, start, end, whether it is initials.

    None where what stands beside it may change them, as in "100 000", "3 rd" or "<br />". Most
    stretches of a transcript are common ones, which are read but once.
    """
    if _LEANS.search(stretch):
        return None
    return tuple((word.key, word.start, word.end, word.initials) for word in read_words(stretch))
