"""Strict words: what must be equal for a quote to be verbatim, with their place in the text.

Typography, case, white space, the punctuation between words and the grouping of digits are not
part of a word; everything else is. (``corpus/words.py`` is lenient instead: it is for finding
answers.) A transcript's own marks – ``<s>Helena</s> [Helene]``, ``[the]*``, ``(Laughter.)`` – leave
a choice of how its words are read on; ``Reading`` keeps every such way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

_IGNORED = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
_LETTER = rf"[^\W_]|[\u0300-\u036f{_IGNORED}]"
_FRACTIONS = "¼-¾⅐-⅞²³¹⁰-₉"
_APOSTROPHES = "'’‘ʼ＇`´′"
_WORD = re.compile(
    rf"""(?P<word>(?![^\W\d_](?:\.[^\W\d_])+(?![^\W_]))
        (?![{_FRACTIONS}])[^\W\d_](?:{_LETTER})*(?:[{_APOSTROPHES}](?:{_LETTER})+)*)
    |(?P<number>\d{{1,3}}(?P<group>[,'’ \u00a0\u2009\u202f])\d{{3}}(?:(?P=group)\d{{3}})*
        (?![\d,'’]\d|\d)
        (?:\.\d+)?|\d+(?:[.,:/⁄]\d+)*)(?P<suffix>\s?(?:st|nd|rd|th)\b|[^\W\d_]*)
    |(?P<initials>(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?)
    |(?P<sign>(?<![^\s(\["“‘'])[-−–](?=[$£€]?\d)
        |[~±<>≤≥≈](?=\d)|[$£€¥₽₴¢%‰&+=°§])
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


def _normalise(found: re.Match[str]) -> Word:
    printed = found[0]
    if found["initials"]:
        return Word(printed.replace(".", "").casefold(), *found.span(), True)
    if found["number"]:
        digits = found["number"]
        if found["group"]:
            digits = _GROUPING.sub("", digits)
        printed = digits.replace("⁄", "/") + found["suffix"].strip()
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


# ---------------------------------------------------------------- the transcript's own marks

_MARK = re.compile(
    r"""(?P<struck>[^\W_]*<s>(?P<said>.{1,3000}?)</s>[^\W_]*)
        (?:\s*\\?\[(?P<meant>[^\[\]]{1,200}?)\\?\](?:\\?\*)?)?
    |(?P<joined>(?P<stem>[^\W_]+)\\?\[(?P<ending>[^\W\d_]{1,12})\\?\](?P<rest>[^\W_]*)
        |(?<!\w)\\?\[(?P<initial>[^\W\d_]{1,3})\\?\](?P<tail>[^\W_]+))
    |(?P<bracket>\\?\[[^\[\]]{1,300}?\\?\](?:\\?\*)?)
    |(?P<stage>\((?P<direction>[^()]{1,160})\))""",
    re.VERBOSE | re.DOTALL,
)
_STAGE_WORDS = re.compile(
    r"\W*(?:laugh|applau|inaud|unintell|indiscern|off-?\s?mi[ck]|cross-?\s?talk|cell\s?phone|audio|"
    r"commercial break|tape break|recording|clears (?:his |her )?throat|gestur|cough|sigh|pause|"
    r"phonetic|ph\b|sic\b|(?:no|without an?) microphone|interruption|interpreter|via |speaks |"
    r"speaking |addressing |from the audience|music|cheer|through (?:an )?interp)",
    re.IGNORECASE,
)
_SPOKEN_TO = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|you|your)\b|[’']", re.IGNORECASE)
_DIRECTION_WORDS = 16


def is_stage_direction(direction: str) -> bool:
    """Whether what stands in round brackets was seen or heard, not said.

    A full sentence about others counts, "(The executive order is signed.)"; one that says "I" or
    "you" was spoken, as was any aside that is no sentence, "(some of it is very interesting)".
    """
    if _STAGE_WORDS.match(direction):
        return len(direction.split()) <= _DIRECTION_WORDS
    stripped = direction.strip()
    return (
        stripped[:1].isupper()
        and stripped.endswith(".")
        and len(stripped.split()) <= _DIRECTION_WORDS
        and not _SPOKEN_TO.search(stripped)
    )


@dataclass(slots=True)
class Reading:
    """A stretch of a transcript as words.

    ``following`` tells, for the words after which there is a choice, which words may come next (by
    index; the length of ``words`` is the end). After all others comes the next one. ``loose`` are
    the words that may be passed over: struck out, added in brackets, stage directions.
    """

    text: str
    words: list[Word] = field(default_factory=list[Word])
    following: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    loose: set[int] = field(default_factory=set[int])
    struck: set[int] = field(default_factory=set[int])

    def after(self, at: int) -> tuple[int, ...]:
        """The words that may follow the word at ``at``."""
        return self.following.get(at) or (at + 1,)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Words ``first`` to ``last`` (exclusive), from ``second`` on the other way of reading them."""

    first: int
    second: int
    last: int
    kind: str  # "skip": all or none; "correct": either or both; "either": one of the two


def read_transcript(text: str, start: int = 0, end: int | None = None) -> Reading:
    """The words of ``text[start:end]`` and every way in which its marks let them be read."""
    stop = len(text) if end is None else end
    reading = Reading(text)
    choices: list[_Choice] = []
    at = start
    for mark in _find_marks(text, start, stop):
        reading.words.extend(read_words(text, at, mark.start()))
        choice = _read_mark(reading, mark)
        if choice is not None:
            choices.append(choice)
        at = mark.end()
    reading.words.extend(read_words(text, at, stop))
    _join_ways(reading, choices)
    return reading


def _find_marks(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    if all(text.find(sign, start, stop) < 0 for sign in ("<s>", "[", "(")):
        return
    for mark in _MARK.finditer(text, start, stop):
        if mark["direction"] is None or is_stage_direction(mark["direction"]):
            yield mark


def _read_mark(reading: Reading, mark: re.Match[str]) -> _Choice | None:
    words, text = reading.words, reading.text
    first = len(words)
    if mark["joined"]:
        return _read_joined(reading, mark)
    if mark["struck"] is None:
        words.extend(read_words(text, *mark.span()))
        choice = _Choice(first, len(words), len(words), "skip")
    else:
        words.extend(read_words(text, *mark.span("struck")))
        second = len(words)
        reading.struck.update(range(first, second))
        if mark["meant"] is not None:
            words.extend(read_words(text, *mark.span("meant")))
        kind = "correct" if first < second < len(words) else "skip"
        choice = _Choice(first, second, len(words), kind)
    reading.loose.update(range(first, len(words)))
    return choice if choice.first < choice.last else None


def _read_joined(reading: Reading, mark: re.Match[str]) -> _Choice | None:
    """A word completed in brackets, "need[s]", can be read either way; "[T]he" only as a whole."""
    first = len(reading.words)
    span = mark.span()
    if mark["initial"]:
        reading.words.append(_as_word(mark["initial"] + mark["tail"], span))
        return None
    stem, rest = mark["stem"], mark["rest"]
    reading.words.append(_as_word(stem + rest, span))
    reading.words.append(_as_word(stem + mark["ending"] + rest, span))
    reading.loose.update((first, first + 1))
    return _Choice(first, first + 1, first + 2, "either")


def _as_word(printed: str, span: tuple[int, int]) -> Word:
    key = next((word.key for word in read_words(printed)), printed.casefold())
    return Word(key, *span)


def _join_ways(reading: Reading, choices: Sequence[_Choice]) -> None:
    """Fill ``following``, from the last choice to the first, so that choices in a row add up."""
    entries: dict[int, tuple[int, ...]] = {}
    for choice in reversed(choices):
        onward = entries.get(choice.last, (choice.last,))
        last = choice.last - 1
        if choice.kind == "skip":
            entries[choice.first] = (choice.first, *onward)
        else:
            entries[choice.first] = (choice.first, choice.second)
            middle = (choice.second, *onward) if choice.kind == "correct" else onward
            reading.following[choice.second - 1] = middle
        if onward != (choice.last,):
            reading.following[last] = onward
    for first, entry in entries.items():
        reading.following.setdefault(first - 1, entry)


# ---------------------------------------------------------------- what is stored to find them

PIECE_WORDS = 160
PIECE_OVERLAP = 48


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn and the pairs of words in it, as they are stored to be found.

    Pieces overlap by ``PIECE_OVERLAP`` words, so that any shorter run of words stands whole in one.
    """

    start: int
    end: int
    pairs: str


def name_pair(first: str, second: str) -> str:
    """The name under which a pair of neighbouring words is stored: eight hexadecimal digits.

    Two pairs may share a name; what is found by it is compared word by word.
    """
    return f"{crc32(f'{first} {second}'.encode()):08x}"


def cut_pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of the turn ``text[start:end]``; none for a turn of a single word."""
    reading = read_transcript(text, start, end)
    words = reading.words
    for first in range(0, max(1, len(words) - PIECE_OVERLAP), PIECE_WORDS - PIECE_OVERLAP):
        last = min(first + PIECE_WORDS, len(words))
        pairs = {
            name_pair(words[at].key, words[then].key)
            for at in range(first, last)
            for then in reading.after(at)
            if then < last
        }
        if pairs:
            yield Piece(words[first].start, words[last - 1].end, " ".join(sorted(pairs)))
