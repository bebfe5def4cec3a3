"""How far verdicts can be trusted, and how fast they are: quotes drawn and changed by a seed.

    python -m tests.bench.verify_bench [--scale 1.0] [--seed 1] [--exchanges 100000]

prints a table: quotes changed in one of nine ways, and in fourteen that are
smaller or craftier, quotes in other typography, reporters' words,
and sentences of documents that are not in the record (every sixth is kept out of it). Words are
drawn and changed as white space parts them, not as ``corpus/spoken.py`` does, and a changed quote
that happens to be on record after all is not used.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import OnrecordError
from corpus.load import load_record
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.store import Record
from corpus.verdict import Verdict
from corpus.verify import verify_quote

SUFFIXES = {".txt", ".md", ".html", ".xml", ".pdf"}
SHORTEST, LONGEST = 8, 40
KEPT_OUT = 6  # one document in so many
Words = list[str]


@dataclass(frozen=True)
class Case:
    """A purported quote, the verdict it must get, and words one of which a difference must name."""

    kind: str
    quote: str
    verdict: str
    changed: frozenset[str] = frozenset()


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


# ---------------------------------------------------------------- documents


def read_documents(folder: Path) -> Iterator[tuple[Path, Transcript]]:
    """The documents under ``folder`` that a house style claims, in order of name."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES and path.name != "NOTES.md":
            try:
                yield path, parse_transcript(path.name, path.read_bytes())
            except OnrecordError:
                continue


def seen(text: str) -> str:
    """A turn as a reader of the page sees it: struck words gone, escapes resolved."""
    text = re.sub(r"\w*<s>.*?</s>\w*", " ", text, flags=re.DOTALL)
    return re.sub(r"\\([\[\]*_.\-])", r"\1", text)


def gather(transcripts: Sequence[Transcript], kind: str) -> Said:
    """What speakers of a kind say, in turns that are long enough to draw from."""
    turns = [
        words
        for transcript in transcripts
        for turn in transcript.turns
        if turn.kind == kind and len(words := seen(transcript.said(turn)).split()) >= SHORTEST + 2
    ]
    return Said(tuple(turns))


def bare(text: str) -> str:
    """Letters and digits of each word, in small letters: a rough check on what is on record."""
    kept = "".join(char if char.isalnum() else "" if char in "'’‘,." else " " for char in text)
    return f" {' '.join(kept.casefold().split())} "


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


# ---------------------------------------------------------------- smaller and craftier changes

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
_MARKED = {"gap that hides a not", "insertion of a doubt", "word in brackets"}


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


# ---------------------------------------------------------------- cases


# What stands in brackets may rightly be left out, and an ellipsis marks that something is.
_MARKS = re.compile(r"[()\[\]<…]|\.\.\.")


class Bench:
    """Documents of ``folder``, a record of most of them, and cases drawn by a seed."""

    def __init__(self, folder: Path, record: Path, keep_out: int = 0) -> None:
        documents = list(read_documents(folder))
        self.outside = [t for at, (_, t) in enumerate(documents) if at % KEPT_OUT == keep_out]
        self.inside = [t for at, (_, t) in enumerate(documents) if at % KEPT_OUT != keep_out]
        kept = record.parent / "documents"
        kept.mkdir()
        for at, (path, _) in enumerate(documents):
            if at % KEPT_OUT != keep_out:
                (kept / path.name).write_bytes(path.read_bytes())
        load_record(record, [kept])
        self.record = Record(record)
        self.officials = gather(self.inside, "official")
        self.reporters = gather(self.inside, "reporter")
        self.others = gather(self.outside, "official")
        said = [turn for t in self.inside for turn in t.turns if turn.kind == "official"]
        self.on_record = "\n".join(
            bare(seen(t.said(turn))) for t in self.inside for turn in t.turns if turn in said
        )

    def altered(self, count: int, rng: random.Random, changes: Changes = CHANGES) -> Iterator[Case]:
        """Quotes changed in each of the ways in turn."""
        kinds = list(changes)
        made = 0
        while made < count:
            kind = kinds[made % len(kinds)]
            words = self.officials.draw(rng)
            changed = changes[kind](words, rng, self.officials)
            fresh = [] if changed is None or kind in _MARKED else changed[0]
            if changed is None or _MARKS.search(" ".join(words + fresh)):
                continue
            quote = " ".join(changed[0])
            if bare(quote) in self.on_record or not bare(quote).strip():
                continue
            made += 1
            yield Case(kind, quote, "altered", frozenset(bare(" ".join(changed[1])).split()))

    def restyled(self, count: int, rng: random.Random) -> Iterator[Case]:
        for _ in range(count):
            yield Case("typography only", restyle(self.officials.draw(rng), rng), "verbatim")

    def asked(self, count: int, rng: random.Random) -> Iterator[Case]:
        made = 0
        while made < count:
            quote = " ".join(self.reporters.draw(rng))
            if bare(quote) not in self.on_record:
                made += 1
                yield Case("a reporter's words", quote, "other_speaker")

    def elsewhere(self, count: int, rng: random.Random) -> Iterator[Case]:
        """Sentences of the documents kept out; those that an official says on record too apart."""
        sentences = [
            words
            for turn in self.others.turns
            for sentence in re.split(r"(?<=[.?!])\s+", " ".join(turn))
            if SHORTEST <= len(words := sentence.split()) <= LONGEST
        ]
        for words in rng.sample(sentences, min(count, len(sentences))):
            quote = " ".join(words)
            if bare(quote) in self.on_record:
                yield Case("said on record too", quote, "verbatim")
            else:
                yield Case("not in the record", quote, "not_found")

    def cases(self, scale: float, seed: int) -> list[Case]:
        """10,000 altered, 5,000 restyled, 1,000 of reporters, 1,000 from elsewhere, 7,000 altered
        in smaller and craftier ways; times scale."""
        rng = random.Random(seed)  # noqa: S311
        return [
            *self.altered(round(10_000 * scale), rng),
            *self.restyled(round(5_000 * scale), rng),
            *self.asked(round(1_000 * scale), rng),
            *self.elsewhere(round(1_000 * scale), rng),
            *self.altered(round(7_000 * scale), rng, CRAFTY),
        ]


@dataclass
class Tally:
    """What the cases of one kind got."""

    verdicts: Counter[str]
    named: int = 0
    wrong: list[tuple[Case, Verdict]] | None = None

    @property
    def count(self) -> int:
        return sum(self.verdicts.values())


def names_change(case: Case, verdict: Verdict) -> bool:
    """Whether a difference has one of the changed words."""
    told = bare(" ".join(f"{d.given} {d.actual}" for d in verdict.differences))
    return any(f" {word} " in told for word in case.changed)


def judge(record: Record, cases: Sequence[Case]) -> tuple[dict[str, Tally], list[float]]:
    """The tally of each kind, and the CPU milliseconds of each quote."""
    tallies: dict[str, Tally] = {}
    times: list[float] = []
    for case in cases:
        started = time.process_time()
        verdict = verify_quote(record, case.quote)
        times.append((time.process_time() - started) * 1000)
        tally = tallies.setdefault(case.kind, Tally(Counter(), 0, []))
        tally.verdicts[verdict.verdict] += 1
        named = case.verdict != "altered" or names_change(case, verdict)
        tally.named += named and verdict.verdict == case.verdict
        if (verdict.verdict != case.verdict or not named) and tally.wrong is not None:
            tally.wrong.append((case, verdict))
    return tallies, sorted(times)


VERDICTS = ("verbatim", "altered", "other_speaker", "not_found")


def table(tallies: dict[str, Tally]) -> str:
    """One row a kind: how many got which verdict, and for how many it was right in all."""
    rows = [f"{'kind':22}{'quotes':>8}" + "".join(f"{v:>15}" for v in VERDICTS) + f"{'right':>9}"]
    for kind, tally in tallies.items():
        counts = "".join(f"{tally.verdicts[v]:>15}" for v in VERDICTS)
        rows.append(f"{kind:22}{tally.count:>8}{counts}{tally.named / tally.count:>9.2%}")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transcripts", type=Path, default=Path("../shared/transcripts"))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep-out", type=int, default=0, help="which sixth of the documents")
    parser.add_argument("--wrong", type=int, default=0, help="show so many wrong ones of each kind")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        bench = Bench(given.transcripts, Path(folder) / "record.db", given.keep_out)
        tallies, times = judge(bench.record, bench.cases(given.scale, given.seed))
    print(table(tallies))  # noqa: T201
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"CPU ms a quote: p50 {p50:.1f}, p99 {p99:.1f}, most {times[-1]:.1f}")  # noqa: T201
    for kind, tally in tallies.items():
        for case, verdict in (tally.wrong or [])[: given.wrong]:
            print(f"\n[{kind}] {case.quote}\n  {sorted(case.changed)}")  # noqa: T201
            print(f"  -> {verdict.verdict} {verdict.differences} {verdict.notes}")  # noqa: T201
            if verdict.match:
                print(f"  = {verdict.match.quote.text}")  # noqa: T201


if __name__ == "__main__":
    main()
