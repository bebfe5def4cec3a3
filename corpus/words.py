"""Text for matching only; nothing made here is ever shown.

``split_words`` turns any typography into plain words ("U.S." and "US" into ``usa``, "100k" and
"100,000" into ``100000``), ``stem_words`` into the stems that the search tables hold.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

from corpus.english import read_list

STOP_WORDS = read_list("stop_words")
"""Words that carry no subject; they are neither stored nor searched for."""

_ACRONYM = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_INITIALS = re.compile(r"\.[A-Za-z]\.")
_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_JOINED = re.compile(r"\b([A-Z])(?:&|-(?=\d))([A-Z\d])")  # J&J, F-16
_SHORT_NUMBER = re.compile(r"\b(\d+(?:\.\d+)?)(k|bn|tn|m|b)\b")
_SHORT_SCALES = {"bn": "billion", "b": "billion", "tn": "trillion", "m": "million"}
# Also what NFKC and the patterns below would make of the marks in nearly every document, so that
# most texts are ASCII afterwards and skip what is slow; `replace` is ten times faster than
# `translate`.
_TYPOGRAPHY = (
    *(("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("\xad", ""), ("“", '"'), ("”", '"')),
    *(("\xa0", " "), ("—", " "), ("–", " "), ("…", "...")),
)
_WORD = re.compile(r"\d+(?:\.\d+)?(?:st|nd|rd|th|s)?(?![a-z])|[a-z0-9]+(?:'[a-z]+)*")
_COUNTRY = re.compile(r"\bUS(?:A)?\b|\b[Uu]nited [Ss]tates(?: of [Aa]merica)?\b")
# In a query typed in lower case: "the us", "is us going to", "us troops" at the start.
_TYPED_COUNTRY = re.compile(
    r"(?:\bthe|\b(?:is|does|did|will|can|has|was|do)|^)\s+us\b(?!\s+(?:to|all|about|a|the)\b)"
)

_REMEMBERED = 1 << 16  # words; thousands of briefings have no more, each costs 250 bytes
_stemmer = Stemmer.Stemmer("english", 0)


def fold_text(text: str) -> str:
    """``text`` in lower-case ASCII where it can be, typography made plain."""
    text = text.replace("`", "'")
    if not text.isascii():
        for mark, plain in _TYPOGRAPHY:
            text = text.replace(mark, plain)
        text = unicodedata.normalize("NFKC", text)
    if _INITIALS.search(text):
        text = _ACRONYM.sub(lambda found: found[0].replace(".", "") + " ", text)
    if "-" in text or "&" in text:
        text = _JOINED.sub(r"\1\2", text)
    if "US" in text or "nited" in text:
        text = _COUNTRY.sub(" usa ", text)
    plain = _drop_accents(text)
    return _THOUSANDS.sub("", plain) if "," in plain and _DIGIT.search(plain) else plain


def _drop_accents(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def split_words(text: str) -> list[str]:
    """The words of ``text`` in order, stop words included, as they are compared."""
    folded = fold_text(text)
    if _DIGIT.search(folded):
        folded = _SHORT_NUMBER.sub(_spell_number, folded)
    return [_plain(word) for word in _WORD.findall(folded)]


def split_query(query: str) -> list[str]:
    """The words of a query; a lower-case "us" that must be the country is read as it."""
    return split_words(_TYPED_COUNTRY.sub(lambda f: f[0][:-2] + "USA", " " + query))


def content_words(words: list[str]) -> list[str]:
    """The words that carry a subject."""
    return [word for word in words if word not in STOP_WORDS and _is_telling(word)]


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """The stem of one folded word (Snowball's English stemmer)."""
    return str(_stemmer.stemWord(word))


def stem_words(text: str) -> list[str]:
    """The stems of the content words of ``text``, in order."""
    return [stem(word) for word in content_words(split_words(text))]


@lru_cache(_REMEMBERED)
def _plain(word: str) -> str:
    word = word.removesuffix("'s")
    if word[0].isdigit():
        return word[:-2] if word.endswith(".0") else word.removesuffix(".00")
    return word.replace("'", "")


def _is_telling(word: str) -> bool:
    return len(word) > 1 or word.isdigit()


def _spell_number(found: re.Match[str]) -> str:
    number, scale = found[1], found[2]
    if scale == "k":
        return f"{float(number) * 1000:.0f}"
    return f"{number} {_SHORT_SCALES[scale]}"
