"""A stretch of a transcript as strict words, with every way in which its own marks let it be read.

The marks – ``<s>Helena</s> [Helene]``, ``[the]*``, ``(Laughter.)`` – leave a choice of how words
are read on; ``Reading`` keeps every such way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.strict_words import Word, is_same, read_stretch, read_words

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
_MOST_WAYS = 8  # marks in a row that may be passed over one by one; a thousand would fill gigabytes


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
    """A stretch of a transcript as words: of each its key, its place, and whether it is initials.

    ``following`` tells, for the words after which there is a choice, which words may come next (by
    index; their number is the end). After all others comes the next one. ``loose`` are
    the words that may be passed over: struck out, added in brackets, stage directions.
    """

    text: str
    keys: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    ends: list[int] = field(default_factory=list[int])
    initials: set[int] = field(default_factory=set[int])
    following: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    loose: set[int] = field(default_factory=set[int])
    struck: set[int] = field(default_factory=set[int])

    def after(self, at: int) -> tuple[int, ...]:
        """The words that may follow the word at ``at``."""
        return self.following.get(at) or (at + 1,)

    def word(self, at: int) -> Word:
        """The word at ``at``."""
        start, end = self.starts[at], self.ends[at]
        capitals = self.text[start:end].isupper()
        return Word(self.keys[at], start, end, at in self.initials, capitals)

    def has(self, given: Word, at: int) -> bool:
        """Whether the word at ``at`` is the same as a given one."""
        if self.keys[at] != given.key:
            return False
        return given.initials == (at in self.initials) or is_same(given, self.word(at))

    def add(self, key: str, start: int, end: int, initials: bool = False) -> None:
        """Read one word more."""
        if initials:
            self.initials.add(len(self.keys))
        self.keys.append(key)
        self.starts.append(start)
        self.ends.append(end)

    def read(self, start: int, stop: int) -> None:
        """Read the words of ``text[start:stop]``: as ``read_words`` does, but most are known ones.

        What stands between white space is read alone, unless it leans on what stands beside it.
        """
        text, at, first = self.text, start, start
        keys, starts, ends = self.keys, self.starts, self.ends
        leans = start > 0 and not text[start - 1].isspace()
        for stretch in text[start:stop].split():
            at = text.index(stretch, at)
            words = read_stretch(stretch)
            if words is None:
                first = first if leans else at
                leans = True
            elif leans:
                self._read_together(first, at + len(stretch))
                leans = False
            else:
                for key, begin, end, initials in words:
                    keys.append(key)
                    starts.append(at + begin)
                    ends.append(at + end)
                    if initials:
                        self.initials.add(len(keys) - 1)
            at += len(stretch)
        if leans:
            self._read_together(first, at)

    def _read_together(self, start: int, stop: int) -> None:
        for word in read_words(self.text, start, stop):
            self.add(*word[:4])


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
        reading.read(at, mark.start())
        choice = _read_mark(reading, mark)
        if choice is not None:
            choices.append(choice)
        at = mark.end()
    reading.read(at, stop)
    _join_ways(reading, choices)
    return reading


def _find_marks(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    if all(text.find(sign, start, stop) < 0 for sign in ("<s>", "[", "(")):
        return
    for mark in _MARK.finditer(text, start, stop):
        if mark["direction"] is None or is_stage_direction(mark["direction"]):
            yield mark


def _read_mark(reading: Reading, mark: re.Match[str]) -> _Choice | None:
    keys = reading.keys
    first = len(keys)
    if mark["joined"]:
        return _read_joined(reading, mark)
    if mark["struck"] is None:
        reading.read(*mark.span())
        choice = _Choice(first, len(keys), len(keys), "skip")
    else:
        reading.read(*mark.span("struck"))
        second = len(keys)
        reading.struck.update(range(first, second))
        if mark["meant"] is not None:
            reading.read(*mark.span("meant"))
        kind = "correct" if first < second < len(keys) else "skip"
        choice = _Choice(first, second, len(keys), kind)
    reading.loose.update(range(first, len(keys)))
    return choice if choice.first < choice.last else None


def _read_joined(reading: Reading, mark: re.Match[str]) -> _Choice | None:
    """A word completed in brackets, "need[s]", can be read either way; "[T]he" only as a whole."""
    first = len(reading.keys)
    if mark["initial"]:
        reading.add(_key(mark["initial"] + mark["tail"]), *mark.span())
        return None
    stem, rest = mark["stem"], mark["rest"]
    reading.add(_key(stem + rest), *mark.span())
    reading.add(_key(stem + mark["ending"] + rest), *mark.span())
    reading.loose.update((first, first + 1))
    return _Choice(first, first + 1, first + 2, "either")


def _key(printed: str) -> str:
    return next((word.key for word in read_words(printed)), printed.casefold())


def _join_ways(reading: Reading, choices: Sequence[_Choice]) -> None:
    """Fill ``following``, from the last choice to the first, so that choices in a row add up."""
    entries: dict[int, tuple[int, ...]] = {}
    for choice in reversed(choices):
        onward = entries.get(choice.last, (choice.last,))
        if len(onward) > _MOST_WAYS:
            onward = (*onward[:_MOST_WAYS], onward[-1])
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
