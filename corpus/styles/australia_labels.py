"""Labels in transcripts of Australian prime ministers, many of them misread by a scanner.

``PRIME MINISTER:``, ``PM:``, ``P. M.``, ``JOURNALIST:``, ``J:``, ``Q.``, names (``PEACOCK:``); as
scanned ``PRTME MINISTER:``, ``PRI[ ME MIINISTER:``, ``PRIME MINSTERNo``, ``JOURNALIST;``. A page's
last short line and the label after it may stand on one line: ``No. PRIME MINISTER:``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from corpus.reading.base import find_labelled, up_to_most_labels

PRIME_MINISTER = "PRIME MINISTER"

_KNOWN = (PRIME_MINISTER, "JOURNALIST", "JRNLST", "QUESTION", "QUESTIONER", "REPORTER")
_KNOWN_SQUEEZED = {known.replace(" ", ""): known for known in _KNOWN}
_CLOSE = 0.7  # OSA similarity of letters only: "PRINIE MYISTER" has .77, "MINISTER" .62
_COMPARED = 32  # labels of a document to compare with; keeps reading linear
_LOST_START = re.compile(r"(?:\S{1,5} )?M[A-Z]{3,4}STER")

_WORD = r"[A-Za-z0-9\[\]{}’'~!-]+"
_SHOUT = re.compile(rf"[^\w\n]{{0,3}}[ ]?(?P<label>[A-Z\[\]]{_WORD}(?:[ ]{{1,2}}{_WORD}){{0,2}})")
_ENDING = re.compile(r"[ ]?[:;.,!~&'-]{0,4}")
_GLUED = re.compile(r"(?:(?<=STER)|(?<=ALIST)|(?<=TION))(?=[A-Z]?[a-z])")
_MIDWAY = re.compile(
    r"(?<=[\s.?!)…:])(?P<label>[A-Z\[\]][A-Z0-9\[\] ’']{2,24})(?P<end>[ ]?[:;](?=\s|$)|$)"
)
_NAME = re.compile(
    r"(?P<label>(?:[A-Z][A-Z’'.\-]*[ ]){1,3}[A-Z][A-Z’'\-]+|[A-Z][A-Z’'\-]{3,})(?P<end>[ ]?[:;])"
    r"(?=\s|$)"
)
_MIDWAY_PM = re.compile(r"(?<=[\s.?!)…])PM:(?=\s)")
_INITIALS = re.compile(  # after a sentence, or where a paragraph begins
    r"(?:(?<=[.?!)…”\"\]–—-])\s{1,4}|\n[ ]*\n[ ]*)(?!PM ?:)(?P<label>[A-Z]{1,3}\d?)[ ]?:(?=\s)"
)
_SHORT_PM = re.compile(
    r"(?P<label>P\. ?M\.|P\.? ?M\b|P[lkI]M[a-z]?\b|PM[a-zL]{1,2}\b|PA(?=\.:)|P ?K(?=:))"
    r"(?P<end>[.:;,!]*)(?=\s|$)"
)
_SHORT_ASKS = re.compile(r"(?P<label>Q[O0]?|J)(?P<end>[ ]?[.:;]*)(?=\s|$)")
_CAPITAL = re.compile(r"\s*[\"“‘'~(.]{0,2}\s?[A-Z0-9]")
_SPECK = re.compile(r"[ ]*[^A-Za-z ]{1,2}[ ]*")  # dirt that a scanner read before a label
_NO_NAMES = frozenset({"EMBARGO", "SUBJECT", "SUBJECTS", "NOTE", "DATE", "TIME", "VENUE"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A label found: as printed, what it stands for, and its place; words begin at ``end``."""

    printed: str
    meant: str
    start: int
    end: int


def find_marks(text: str, start: int) -> list[Mark]:
    """All labels from ``start`` on, in order; ``meant`` is the label a misread one stands for."""
    lines = [(found.start(), found[0]) for found in re.finditer(r"[^\n]+", text)]
    lines = [(at, line) for at, line in lines if at >= start]
    shorts = _short_labels(line for _, line in lines)
    found = (mark for at, line in lines for mark in _find_in_line(line, at, shorts))
    marks = list(up_to_most_labels(found))
    taken = {mark.start for mark in marks}
    marks += [mark for mark in _find_initials(text, start) if mark.start not in taken]
    names = Counter(mark.meant for mark in marks).most_common(_COMPARED)
    pattern = "|".join(re.escape(n) for n, _ in names if n not in _KNOWN and len(n) > 3)
    for at, line in lines if pattern else []:
        marks += [mark for mark in _find_known_names(line, at, pattern) if mark.start not in taken]
    return _join_rare(_drop_overlapping(marks))


def _drop_overlapping(marks: Iterable[Mark]) -> list[Mark]:
    """The labels in order, without any inside another: ``LEE`` of ``DR. LEE:`` is no initials."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def squeeze(printed: str) -> str:
    """The letters of a label, in capitals: what is compared."""
    return re.sub(r"[^A-Z]", "", printed.upper())


def stands_for(printed: str) -> str | None:
    """The known label that a shouted one is, exactly or misread; None if it is none of them.

    ``PRIME MINISTER GOH`` and ``VICE PRIME MINISTER`` are other people's.
    """
    letters = squeeze(printed)
    if printed.upper().endswith(("'S", "’S")):
        return None
    for known, label in _KNOWN_SQUEEZED.items():
        fits = len(letters) <= len(known) + 1
        if fits and OSA.normalized_similarity(letters, known) >= _CLOSE:
            return label
    if re.fullmatch(r"Q[A-Z]{2,5}T[A-Z]?ON", letters):
        return "QUESTION"
    return PRIME_MINISTER if re.fullmatch(r"PR[A-Z]{3,7}ST[A-Z]R", letters) else None


def _short_labels(lines: Iterator[str]) -> set[str]:
    """Which of ``PM``, ``Q`` and ``J`` the document uses: those that stand before some line."""
    used: set[str] = set()
    for line in lines:
        found = re.match(r"(?:(PM|P\. ?M)|(Q)|(J))[.:]\s", line)
        if found:
            used |= {"PM" if found[1] else found[2] or found[3]}
    return used


def _find_in_line(line: str, at: int, shorts: set[str]) -> Iterator[Mark]:
    first = _read_start(line, shorts)
    if first is not None:
        label, meant, end = first
        begin = line.index(label)
        yield Mark(label.strip(), meant, at + begin, at + end)
    for found in _MIDWAY.finditer(line, first[2] if first else 0):
        meant = stands_for(found["label"]) or ""
        if not meant or (
            not found["end"] and (meant != PRIME_MINISTER or not _after_sentence(line, found))
        ):
            continue
        printed, begin = _last_words(found["label"], meant)
        yield Mark(printed, meant, at + found.start() + begin, at + found.end())
    if "PM" in shorts:
        for found in _MIDWAY_PM.finditer(line, first[2] if first else 0):
            yield Mark("PM", "PM", at + found.start(), at + found.end())


def _find_initials(text: str, start: int) -> Iterator[Mark]:
    """``LO:``, ``PH:``: whoever it is, another speaks; with a digit ``PM`` was misread."""
    for found in find_labelled(_INITIALS, text, start):
        meant = re.sub(r"^PM\d$", "PM", found["label"])
        yield Mark(found["label"], meant, found.start("label"), found.end())


def _after_sentence(line: str, found: re.Match[str]) -> bool:
    return line[: found.start()].rstrip()[-1:] in {".", "?", "!", ")"}


def _last_words(printed: str, meant: str) -> tuple[str, int]:
    """The label alone, where a shouted run holds the end of a turn too: ``NO, QUESTION:``."""
    words = printed.split()
    count = len(meant.split())
    while len(words) > count and stands_for(" ".join(words[1:])) == meant:
        words = words[1:]
    kept = " ".join(words)
    return kept, max(0, printed.rfind(kept))


def _read_start(line: str, shorts: set[str]) -> tuple[str, str, int] | None:
    """The label at a line's start: as printed, meant, and where it ends."""
    for pattern, short in ((_SHORT_PM, "PM"), (_SHORT_ASKS, "Q"), (_SHORT_ASKS, "J")):
        found = pattern.match(line)
        if found and short in shorts and (short == "PM" or found["label"][0] == short):
            ended = bool(found["end"].strip()) or found["label"] != short
            if ended or _CAPITAL.match(line, found.end()):
                return found["label"], short, found.end()
    return _read_known(line) or _read_name(line)


def _read_known(line: str) -> tuple[str, str, int] | None:
    found = _SHOUT.match(line)
    words = re.split(r"(?<=\S)(?= )", found["label"]) if found else []
    for count in range(len(words), 0, -1):
        printed = "".join(words[:count])
        glued = _GLUED.search(printed)
        printed = printed[: glued.start()] if glued else printed
        meant = stands_for(printed) if _is_shouted(printed) else None
        if meant is None and _LOST_START.fullmatch(printed) and line[len(printed) :][:1] == ":":
            meant = PRIME_MINISTER
        ending = _ENDING.match(line, line.index(printed) + len(printed))
        if meant and ending and (glued or _is_closed(line, ending)):
            return printed, meant, ending.end()
    return None


def _is_closed(line: str, ending: re.Match[str]) -> bool:
    """Whether a label ends here: in a mark, at the line's end, or before a sentence."""
    rest = line[ending.end() :]
    if ending[0].strip() or not rest.strip():
        return True
    return bool(_CAPITAL.match(rest)) and not re.match(r"\s*[A-Z]{2}", rest)


def _is_shouted(printed: str) -> bool:
    letters = [char for char in printed if char.isalpha()]
    return len(letters) > 5 and sum(map(str.isupper, letters)) >= 0.75 * len(letters)


def _read_name(line: str) -> tuple[str, str, int] | None:
    found = _NAME.match(line)
    if found is None or found["label"] in _NO_NAMES:
        return None
    return found["label"], found["label"], found.end()


def _find_known_names(line: str, at: int, pattern: str) -> Iterator[Mark]:
    """A name that is a label elsewhere: inside a line before a colon, or leading it without one.

    A scanner may read a letter or two into its end: ``LYNEHAMv:``.
    """
    for found in re.finditer(
        rf"(?:^|(?<=[\s.?!)…]))({pattern})[a-z~]{{0,2}}[ ]?[:;](?=\s|$)", line
    ):
        begin = 0 if _SPECK.fullmatch(line[: found.start()]) else found.start()
        yield Mark(found[1], found[1], at + begin, at + found.end())
    if leading := re.match(rf"({pattern})(?=[ ][A-Z])(?![ ]+[A-Z]{{2,}})", line):
        yield Mark(leading[1], leading[1], at, at + leading.end())


def _join_rare(marks: list[Mark]) -> list[Mark]:
    """Names that differ by one letter from a more frequent one mean that one: ``MCLACHILAN``."""
    counts = Counter(mark.meant for mark in marks)
    common = counts.most_common(_COMPARED)
    meant: dict[str, str] = {}
    for name, count in counts.items():
        near = [
            other
            for other, more in common
            if more > count and len(name) > 4 and OSA.distance(name, other) <= 1
        ]
        if name not in _KNOWN and len(near) == 1:
            meant[name] = near[0]
    return [
        Mark(mark.printed, meant.get(mark.meant, mark.meant), mark.start, mark.end)
        for mark in marks
    ]


_ALONE = re.compile(
    r"(?:^|(?<=[.?!)] ))(?P<label>Prime M[a-z]{3,9} [A-Z][a-z]{2,})(?=[ ]?$)", re.MULTILINE
)
_JOURNALIST = re.compile(r"(?:^|(?<=\s))(?P<label>Journalist)(?= [A-Z(])", re.MULTILINE)
_SMALL = re.compile(r"(?:\A|(?<=\n\n))[ ]*(?P<label>[A-Z][\w.’'-]*(?: [A-Z0-9][\w.’'-]*){0,3}):\s*")
_SHOWN = re.compile(r"^[ ]*(?:Footage|Music|Applause|Ends with)\b[^\n:]*$", re.MULTILINE)


def find_small_marks(text: str, start: int) -> list[Mark]:
    """Labels set in small letters: ``Prime Minister Goh`` alone on a line, or ``Narrator: …``.

    What a film shows between two speakers is a label of nobody.
    """
    alone = [*_ALONE.finditer(text, start)]
    if len(alone) > 2:
        found = sorted([*alone, *_JOURNALIST.finditer(text, start)], key=lambda each: each.start())
        return _join_rare([_small_mark(each) for each in found])
    marks = [_small_mark(each) for each in _SMALL.finditer(text, start)]
    if not any(mark.meant in _KNOWN for mark in marks):
        return []
    shown = [Mark("", "", each.start(), each.end()) for each in _SHOWN.finditer(text, start)]
    return sorted([*marks, *shown], key=lambda mark: mark.start)


def is_shown(line: str) -> bool:
    """Whether a line tells what a film shows, and nobody says: ``Footage of the school``."""
    return _SHOWN.fullmatch(line) is not None


def _small_mark(found: re.Match[str]) -> Mark:
    printed = found["label"]
    meant = printed.upper() if printed.upper() in _KNOWN else printed
    return Mark(printed, meant, found.start("label"), found.end())
