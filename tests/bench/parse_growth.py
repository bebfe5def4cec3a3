"""How parsing time grows with size, on documents made to be slow.

``python -m tests.bench.parse_growth`` prints seconds of processor time for each kind of document
at ¼, ½, 1 and 2 megabytes; linear growth doubles with each step. Longer than three million
characters is no transcript and is refused before it is read.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import time
from collections.abc import Callable, Iterator

from corpus.errors import TranscriptError
from corpus.parse import parse_transcript

FRONT = (
    "---\ndate: '2021-01-22'\nsource_url: https://www.whitehouse.gov/a/\n"
    "title: Press Briefing by Press Secretary Jane Doe\n---\n\n"
)
PAGE = '<html><head><link rel="canonical" href="https://www.state.gov/a/"></head><body>'
BANNER = "An official website of the United States Government\n\n"

Pieces = Callable[[int], str]
DOCUMENTS: dict[str, tuple[str, Pieces, str]] = {
    "briefing": (FRONT, lambda n: f"Q    What of {n}?\n\nMS. DOE:  It is {n}.\n\n", ""),
    "every word another": (
        FRONT,
        lambda n: f"Q    {_words(210 * n, 10)}?\n\nMS. DOE:  {_words(210 * n + 10, 200)}.\n\n",
        "",
    ),
    "every label another": (FRONT, lambda n: f"MR. X{letters(n)}:  Yes.\n\n", ""),
    "every official another": (
        *("", lambda n: f"QUESTION: What?\n\nMINISTER {letters(n)}: Yes.\n\n", ""),
    ),
    "nothing but labels": ("", lambda _: "QUESTION: a\nMINISTER ROE: b\n", ""),
    "names alone": ("", lambda n: f"Jane {letters(n)}\n\nWe did.\n\nQ: Why?\n\n", ""),
    "officials of one surname": (
        "Transcript of Chair Doe’s Press Conference\nJuly 1, 2020\n\nFederal Reserve\n\n",
        lambda n: f"CHAIR {letters(n)} DOE.  Yes.\n\nQUESTION.  Why?\n\n",
        "",
    ),
    "labels in brackets": (
        *("", lambda n: f"[{letters(n)}]: It is.\n\nCHAIR {letters(n)}: Go ahead.\n\n", ""),
    ),
    "mistyped labels": (FRONT, lambda n: f"SECRTARY {letters(n)}:  Yes.\n\nMS. DOE:  No.\n\n", ""),
    "false labels": (FRONT + "Q    a\n", lambda n: f"COVID {letters(n)}:\n", ""),
    "capitals, no colon": (FRONT + "Q    a\n\n", lambda _: "MS. DOE A B C D. ", ""),
    "names introduced": (FRONT, lambda n: f"MR. ROE:  I’m Jim {letters(n).title()} Roe, and ", ""),
    "white space": (FRONT + "Q    a", lambda _: "\u00a0 \n" * 9, "b"),
    "wide gaps": (FRONT + "Q    a\n\n", lambda _: f"MS. DOE:  So{' ' * 200}it is.\n\n", ""),
    "blank lines": (FRONT + "Q    a", lambda _: " " * 200 + "\n", "b"),
    "stars": (FRONT + "Q    a ", lambda _: "*a **b ", ""),
    "brackets": (FRONT + "Q    a ", lambda _: "[[a](", ""),
    "stage directions": (FRONT + "Q    a", lambda _: "\n\n(Laughter.)", ""),
    "open parentheses": (FRONT + "Q    a", lambda _: "\n\n(", ""),
    "questions twice": (
        FRONT,
        lambda _: (
            "MS. DOE:  Well, you know.\n\n"
            "What do you say to this question of the day, then, today?\n\n"
        ),
        "",
    ),
    "state text": (
        BANNER,
        lambda n: f"QUESTION:  {n}?\n\nSECRETARY ROE:  {n}.\n\n",
        "\n\nU.S. Department of State\n",
    ),
    "state page": (
        PAGE,
        lambda n: f"<p><b>QUESTION:</b> {n}?</p><p><b>SECRETARY ROE:</b> {n}.</p>",
        "",
    ),
    "page of empty elements": (PAGE + "<p>QUESTION: a</p><p>", lambda _: "<i></i>" * 9, "</p>"),
    "page of divisions": (PAGE, lambda _: "<div>Q a</div><div>b</div>", ""),
    "plain labels": ("", lambda n: f"Jane {letters(n).title()}: Yes?\n", ""),
    "labels in one line": (FRONT, lambda _: "MS. DOE:  a.  Q    b? ", ""),
    "plain one line": ("JANE DOE: a\nJOHN ROE: b\n", lambda _: "A: b ", ""),
    "one long word": ("", lambda _: "A" * 99, ""),
    "one long name": ("", lambda _: "Aa " * 33, ": a"),
}


def letters(number: int) -> str:
    name = ""
    while number or not name:
        number, digit = divmod(number, 26)
        name += chr(65 + digit)
    return name


def _words(first: int, count: int) -> str:
    return " ".join(letters(number).lower() for number in range(first, first + count))


def make(kind: str, size: int) -> bytes:
    """A document of about ``size`` bytes."""
    head, piece, tail = DOCUMENTS[kind]
    pieces: list[str] = [head]
    length = len(head)
    for number in itertools.count():
        if length >= size:
            break
        pieces.append(piece(number))
        length += len(pieces[-1])
    return "".join([*pieces, tail]).encode()


def time_parse(content: bytes) -> float:
    """Seconds of processor time that one parse takes, whether or not it is a transcript."""
    begun = time.process_time()
    with contextlib.suppress(TranscriptError):
        parse_transcript("made.txt", content)
    return time.process_time() - begun


def table_rows(kinds: list[str], sizes: list[float]) -> Iterator[str]:
    """Seconds for each kind of document at each size, in megabytes."""
    yield f"{'seconds at megabytes':26}" + "".join(f"{size:>8}" for size in sizes)
    for kind in kinds:
        seconds = [time_parse(make(kind, round(size * 1_000_000))) for size in sizes]
        yield f"{kind:26}" + "".join(f"{each:8.2f}" for each in seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(DOCUMENTS))
    given = parser.parse_args()
    for row in table_rows(given.kinds, [0.25, 0.5, 1, 2]):
        print(row, flush=True)  # noqa: T201
