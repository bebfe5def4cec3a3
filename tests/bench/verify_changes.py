"""Ways to change a quote, plainly, and ways to set the same words in other typography.

Words are drawn and changed as white space parts them, not as ``corpus/strict_words.py`` does.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

SHORTEST, LONGEST = 8, 40
Words = list[str]


@dataclass(frozen=True)
class Said:
    """All that one kind of speaker says in the documents, one text a turn."""

    turns: tuple[Words, ...]

    def draw(self, rng: random.Random) -> Words:
        """A run of 8 to 40 words within one turn; long turns more often."""
        turn = rng.choices(self.turns, cum_weights=self.cumulative)[0]
        count = rng.randint(SHORTEST, min(LONGEST, len(turn)))
        first = rng.randint(0, len(turn) - count)
        return turn[first : first + count]

    @cached_property
    def cumulative(self) -> list[int]:
        """Words up to and with each turn."""
        return list(accumulate(len(turn) for turn in self.turns))


# ---------------------------------------------------------------- changes

Changed = tuple[Words, set[str]] | None
_TAKES_NOT = {"is", "are", "was", "were", "will", "would", "can", "could", "should", "have", "has"}
_NAMES = [
    "Lavrov",
    "Macron",
    "Merkel",
    "Scholz",
    "Sullivan",
    "Yellen",
    "Becerra",
    "Modi",
    "Kishida",
]


def inner(words: Words, rng: random.Random) -> int:
    return rng.randrange(1, len(words) - 1)


def negate(words: Words, rng: random.Random, said: Said) -> Changed:
    """Take a "not" out where there is one, else put one in."""
    for at in range(1, len(words) - 1):
        if words[at].lower() in {"not", "never"}:
            return words[:at] + words[at + 1 :], {words[at]}
        if words[at].lower() in _TAKES_NOT:
            return [*words[: at + 1], "not", *words[at + 1 :]], {"not"}
    at = inner(words, rng)
    return [*words[:at], "never", *words[at:]], {"never"}


def swap_number(words: Words, rng: random.Random, said: Said) -> Changed:
    places = [at for at, word in enumerate(words) if re.search(r"\d", word)]
    if not places:
        return None
    at = rng.choice(places)
    digit = re.search(r"\d", words[at])
    assert digit
    other = str((int(digit[0]) + rng.randint(1, 8)) % 9 + 1)
    fresh = words[at][: digit.start()] + other + words[at][digit.end() :]
    return (
        ([*words[:at], fresh, *words[at + 1 :]], {fresh, words[at]}) if fresh != words[at] else None
    )


def swap_name(words: Words, rng: random.Random, said: Said) -> Changed:
    places = [
        at
        for at in range(1, len(words))
        if words[at][:1].isupper()
        and words[at].isalpha()
        and len(words[at]) > 3
        and not re.search(r"[.?!:]$", words[at - 1])
    ]
    if not places:
        return None
    at = rng.choice(places)
    name = rng.choice([name for name in _NAMES if name != words[at]])
    return [*words[:at], name, *words[at + 1 :]], {name, words[at]}


def replace_word(words: Words, rng: random.Random, said: Said) -> Changed:
    at, fresh = inner(words, rng), rng.choice(said.draw(rng))
    return [*words[:at], fresh, *words[at + 1 :]], {fresh, words[at]}


def drop_word(words: Words, rng: random.Random, said: Said) -> Changed:
    at = inner(words, rng)
    return words[:at] + words[at + 1 :], {words[at]}


def add_word(words: Words, rng: random.Random, said: Said) -> Changed:
    at, fresh = inner(words, rng), rng.choice(said.draw(rng))
    return [*words[:at], fresh, *words[at:]], {fresh}


def exchange_words(words: Words, rng: random.Random, said: Said) -> Changed:
    first, second = sorted(rng.sample(range(len(words)), 2))
    changed = list(words)
    changed[first], changed[second] = words[second], words[first]
    return changed, {words[first], words[second]}


def cut_clause(words: Words, rng: random.Random, said: Said) -> Changed:
    if len(words) < SHORTEST + 4:
        return None
    count = rng.randint(2, min(12, len(words) - SHORTEST))
    at = rng.randint(2, len(words) - count - 2)
    return words[:at] + words[at + count :], set(words[at : at + count])


def stitch(words: Words, rng: random.Random, said: Said) -> Changed:
    other = said.draw(rng)[: LONGEST // 2]
    return words[: LONGEST // 2] + other, set(other) | set(words)


Changes = dict[str, Callable[[Words, random.Random, Said], Changed]]

CHANGES: Changes = {
    "negation": negate,
    "number swapped": swap_number,
    "name swapped": swap_name,
    "word replaced": replace_word,
    "word dropped": drop_word,
    "word added": add_word,
    "two words exchanged": exchange_words,
    "clause cut out": cut_clause,
    "two answers stitched": stitch,
}


# ---------------------------------------------------------------- typography

_TYPOGRAPHY: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, rng: text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"'),
    lambda text, rng: re.sub(r"(?<=\w)'(?=\w)", "’", text),
    lambda text, rng: re.sub(r"\s*[–—]\s*", rng.choice(["—", " – ", " - ", " -- ", "–"]), text),
    lambda text, rng: text.replace("…", "..."),
    lambda text, rng: text.replace(" ", "\u00a0", rng.randint(1, 9)),
    lambda text, rng: text.replace(" ", rng.choice(["  ", "\n", "\n> ", " \t"]), rng.randint(1, 9)),
    lambda text, rng: (
        rng.choice([str.upper, str.lower, str.title, str.swapcase])(text)
        if "ß" not in text and "ŉ" not in text
        else text
    ),
    lambda text, rng: re.sub(r"(?<=\d),(?=\d{3}\b)", rng.choice(["", "\u202f", "\u00a0"]), text),
    lambda text, rng: re.sub(r"[.,;:!?…—–\-]+$", rng.choice(["", ".", "!", ",", "…"]), text),
    lambda text, rng: rng.choice(["“{}”", '"{}"', "**{}**", "> {}", "...{}", "«{}»"]).format(text),
    lambda text, rng: re.sub(r"\((?:Laughter|Applause|Laughs|Inaudible)\.\)", "", text),
    lambda text, rng: re.sub(r"(\w+)", r"*\1*", text, count=1),
)


def restyle(words: Words, rng: random.Random) -> str:
    """The same words in other typography, two to four changes of it."""
    text = " ".join(words)
    for change in rng.sample(_TYPOGRAPHY, rng.randint(2, 4)):
        text = change(text, rng)
    return text
