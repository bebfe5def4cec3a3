"""Smaller and craftier ways to change a quote, such as a troll or a careless copyist finds."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.bench.verify_changes import Changed, Changes, Said, Words, inner

_FULL = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am"}
_SHORT = {"not": "n't", "are": "'re", "have": "'ve", "will": "'ll", "am": "'m"}
_TAKES_SHORT = {"did", "does", "is", "are", "was", "were", "would", "could", "should", "has"}
_PRONOUNS = {"i", "you", "we", "they"}
_TENSES = {
    **{"is": "was", "are": "were", "was": "is", "were": "are", "has": "had", "had": "has"},
    **{"have": "had", "do": "did", "will": "would", "would": "will", "can": "could"},
}
_UNITS = {
    **{"million": "billion", "billion": "million", "trillion": "billion", "dollars": "euros"},
    **{"percent": "points", "days": "weeks", "weeks": "days", "months": "years"},
    **{"years": "months", "hours": "days", "doses": "shots", "rubles": "dollars"},
}
_CURRENCIES = {"$": "€", "€": "$", "£": "$"}
_DOUBTS = ["[not]", "[never]", "[hardly]", "[almost]", "[refuse to]", "[allegedly]"]


def plain(word: str) -> str:
    """A word in small letters, with plain apostrophes and without punctuation around it."""
    return word.lower().replace("’", "'").strip('.,;:!?—–-"“”()')


def replace_one(words: Words, at: int, fresh: str) -> Changed:
    """One word replaced by others; what closes it is kept."""
    closing = re.search(r"[.,;:!?]*$", words[at])
    changed = fresh + (closing[0] if closing else "")
    return [*words[:at], *changed.split(), *words[at + 1 :]], {*fresh.split(), plain(words[at])}


def change_first(words: Words, rng: random.Random, said: Said) -> Changed:
    return replace_one(words, 0, plain(rng.choice(said.draw(rng))) or "well")


def change_last(words: Words, rng: random.Random, said: Said) -> Changed:
    return replace_one(words, len(words) - 1, plain(rng.choice(said.draw(rng))) or "well")


def pick(words: Words, rng: random.Random, fresh: Callable[[str], str | None]) -> Changed:
    """One of the words that ``fresh`` has another word for, replaced by it; first and last too."""
    places = [(at, new) for at, word in enumerate(words) if (new := fresh(plain(word)))]
    return replace_one(words, *rng.choice(places)) if places else None


def change_plural(words: Words, rng: random.Random, said: Said) -> Changed:
    def fresh(word: str) -> str | None:
        if len(word) < 5 or not word.isalpha():
            return None
        return word[:-1] if word.endswith("s") and not word.endswith("ss") else word + "s"

    return pick(words, rng, fresh)


def expand(words: Words, rng: random.Random, said: Said) -> Changed:
    def fresh(word: str) -> str | None:
        end = next((end for end in _FULL if word.endswith(end)), None)
        return word.removesuffix(end) + _FULL[end] if end and word not in _ODD else None

    return pick(words, rng, fresh)


_ODD = {"won't", "can't", "shan't", "ain't"}


def contract(words: Words, rng: random.Random, said: Said) -> Changed:
    places = [
        at
        for at in range(len(words) - 1)
        if (words[at + 1] == "not" and words[at].lower() in _TAKES_SHORT)
        or (words[at].lower() in _PRONOUNS and words[at + 1] in {"are", "have", "will"})
    ]
    if not places:
        return None
    at = rng.choice(places)
    joined = words[at] + _SHORT[words[at + 1]]
    return [*words[:at], joined, *words[at + 2 :]], {joined, words[at], words[at + 1]}


def change_tense(words: Words, rng: random.Random, said: Said) -> Changed:
    return pick(words, rng, _TENSES.get)


def swap_unit(words: Words, rng: random.Random, said: Said) -> Changed:
    for at, word in enumerate(words):
        if word[:1] in _CURRENCIES and word[1:2].isdigit():
            changed = [*words[:at], _CURRENCIES[word[0]] + word[1:], *words[at + 1 :]]
            return changed, {word[0], _CURRENCIES[word[0]]}
    return pick(words, rng, _UNITS.get)


def move_point(words: Words, rng: random.Random, said: Said) -> Changed:
    """2.5 becomes 25 or .5, and 5 becomes .5."""
    number_like = re.compile(r"\$?[1-9]\d*(?:\.\d+)?%?[.,;:]?")
    places = [at for at, word in enumerate(words) if number_like.fullmatch(word)]
    if not places:
        return None
    at = rng.choice(places)
    number = words[at].rstrip(".,;:")
    if "." not in number:
        return replace_one(words, at, re.sub(r"(?=\d)", ".", number, count=1))
    fresh = rng.choice([number.replace(".", ""), number[number.index(".") :], number.split(".")[1]])
    return replace_one(words, at, fresh)


def drop_not(words: Words, rng: random.Random, said: Said) -> Changed:
    """A negation gone, also out of "don't" and "cannot"."""

    def fresh(word: str) -> str | None:
        return {"cannot": "can", "won't": "will", "can't": "can", "nothing": "something"}.get(
            word, word.removesuffix("n't") if word.endswith("n't") and word not in _ODD else None
        )

    places = [at for at in range(1, len(words) - 1) if words[at] in {"not", "never"}]
    if places and rng.random() < 0.5:
        at = rng.choice(places)
        return words[:at] + words[at + 1 :], {words[at]}
    return pick(words, rng, fresh)


def move_word(words: Words, rng: random.Random, said: Said) -> Changed:
    at = rng.randrange(len(words))
    left = words[:at] + words[at + 1 :]
    to = rng.choice([to for to in range(len(words)) if abs(to - at) >= 3])
    return [*left[:to], words[at], *left[to:]], {words[at]}


def drop_repeated(words: Words, rng: random.Random, said: Said) -> Changed:
    places = [
        at
        for at in range(1, len(words))
        if plain(words[at]) and plain(words[at]) == plain(words[at - 1])
    ]
    if not places:
        return None
    at = rng.choice(places)
    return words[:at] + words[at + 1 :], {plain(words[at])}


def hide_not(words: Words, rng: random.Random, said: Said) -> Changed:
    """A marked gap that leaves out nothing but a negation."""
    gap = rng.choice(["…", "...", "[…]", "[...]"])
    for at in range(3, len(words) - 3):
        if words[at].lower() in {"not", "never"}:
            return [*words[:at], gap, *words[at + 1 :]], {words[at].lower()}
    return None


def insert_doubt(words: Words, rng: random.Random, said: Said) -> Changed:
    """An insertion in square brackets that changes the sense."""
    at, fresh = inner(words, rng), rng.choice(_DOUBTS)
    return [*words[:at], fresh, *words[at:]], set(fresh.strip("[]").split())


def bracket_word(words: Words, rng: random.Random, said: Said) -> Changed:
    """A word in square brackets in place of the real one."""
    at, fresh = inner(words, rng), plain(rng.choice(said.draw(rng)))
    if not fresh or not plain(words[at]):
        return None
    return [*words[:at], f"[{fresh}]", *words[at + 1 :]], {fresh, words[at]}


CRAFTY: Changes = {
    "first word changed": change_first,
    "last word changed": change_last,
    "singular or plural": change_plural,
    "contraction expanded": expand,
    "words contracted": contract,
    "tense changed": change_tense,
    "unit or currency": swap_unit,
    "point of a number": move_point,
    "not dropped, don't do": drop_not,
    "word moved far": move_word,
    "repeated word dropped": drop_repeated,
    "gap that hides a not": hide_not,
    "insertion of a doubt": insert_doubt,
    "word in brackets": bracket_word,
}
MARKED = {"gap that hides a not", "insertion of a doubt", "word in brackets"}
