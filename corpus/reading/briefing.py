"""Labels of briefings set in capitals: finding them; who_speaks.py tells who is behind each.

In wrapped text a line may open with words in capitals and a colon and be no label. A label stands
at the start of a paragraph, or is one of the document's labels, letter for letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from corpus.model import LineMap, Notice
from corpus.reading.base import find_labelled, up_to_most_labels
from corpus.reading.label_words import PERSONAL_TITLES
from corpus.reading.labels import (
    is_heading,
    is_name,
    is_shouted,
    is_titled,
    kind_of_label,
    read_words,
)
from corpus.reading.same_labels import (
    closest_label,
    find_rare_twins,
    fold_label,
    split_label,
    surname_of,
)
from corpus.text import fold_space

_QUESTION = re.compile(  # Q. why; [1.] Q. why; not: Q and A ends at noon
    r"^[^\S\n]*(?P<lead>(?:\[\d{1,3}\.?\][^\S\n]{1,9})?)"
    r"(?P<label>Q)(?P<mark>[.:]?)(?![^\S\n]+(?:and|&) A\b)(?P<gap>[^\S\n]+|$)",
    re.MULTILINE,
)
_QUESTION_INSIDE = re.compile(r"(?<=[.?!—…)”])[^\S\n]+(?P<label>Q)[.:]?[^\S\n]{3,}")
_COLON = re.compile(
    r"^[^\S\n]*(?P<label>[A-Z][^:;\n]{0,70}?)[^\S\n]*[:;](?=\s|$)[^\S\n]*", re.MULTILINE
)
_SPACE = r"(?:[^\S\n]{1,5}|[^\S\n]{0,3}\n[^\S\n]{0,3})"  # a label may be wrapped, not torn
_CAPITALS = rf"[A-Z][A-Z.’'\-]{{0,30}}(?:{_SPACE}(?:Mc|Mac|De)?[A-Z][A-Z.’'\-]{{1,30}}){{1,5}}"
_NO_COLON = re.compile(
    rf"^[^\S\n]*(?P<label>{_CAPITALS}),?(?=[^\S\n])[^\S\n]*(?:[-–—]{{1,3}}[^\S\n]+)?", re.MULTILINE
)
_INSIDE = re.compile(rf"(?<=\s)(?P<label>{_CAPITALS}):(?=\s)[^\S\n]*")
_LEAD_AT_MOST = 200  # characters looked at before a label
_ASKED_AT_MOST = 1_000  # characters of a question
_WRAPPED = 45  # characters from which a line may have been wrapped
_STANDARD = ("MODERATOR", "QUESTION", "REPORTER", "OPERATOR")


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A label in the text, and the document's label that it stands for.

    A ``doubtful`` one may be part of what is said: what follows is left as nobody's. Of a ``keyed``
    one the document itself tells for whom it stands.
    """

    printed: str
    meant: str
    start: int
    end: int
    no_colon: bool = False
    doubtful: bool = False
    keyed: bool = False


def find_labels(text: str, start: int) -> list[FoundLabel]:
    """The labels of ``text`` from ``start`` on, in order."""
    colons = partial(find_labelled, _COLON, text, start)  # gone through anew: a match is large
    at_blocks = (each["label"] for each in colons() if opens_block(text, each.start()))
    known = {fold_label(label) for label in set(at_blocks) if _is_well_formed(label)}

    def list_labelled() -> Iterator[re.Match[str]]:
        for each in colons():
            if fold_label(each["label"]) in known or opens_block(text, each.start()):
                yield each

    found = {each.start: each for each in find_questions(text, start)}
    for label in chain(_read_blocks(list_labelled, known), _read_known(text, start, known)):
        found.setdefault(label.start, label)
    labels = order_labels(found.values())
    counts = Counter(label.meant for label in labels)
    twins = find_rare_twins(counts)
    return doubt_torn(
        text, [replace(x, meant=twins[x.meant]) if x.meant in twins else x for x in labels]
    )


def doubt_torn(text: str, labels: Sequence[FoundLabel]) -> list[FoundLabel]:
    """The labels, those doubtful that stand inside another's paragraph, or after a colon.

    A reporter may read out what an official said, label and all; a wrapped line, or a paragraph,
    then opens with it. A label inside the same speaker's own paragraph was set twice.
    """
    press = [kind_of_label(label.meant) in {"reporter", "moderator"} for label in labels]
    answers = [x for x, asks in zip(labels, press, strict=True) if not asks]
    inside = sum(_stands_inside(text, label.start, least=1) for label in answers)
    least = _WRAPPED if 2 * inside < len(answers) else 0  # else answers follow line by line
    is_indented = 2 * sum(_indent(text, each.start) > 1 for each in labels) > len(labels)
    kept: list[FoundLabel] = []
    for label, asks in zip(labels, press, strict=True):
        last = kept[-1] if kept and not asks else None
        is_torn = False
        if last and (last.meant != label.meant or last.doubtful):
            said = text[max(last.end, label.start - _LEAD_AT_MOST) : label.start]
            is_torn = bool(least) and _stands_inside(text, label.start, least=least)
            at_edge = is_indented and _indent(text, label.start) == 0
            is_torn = is_torn or (at_edge and not opens_block(text, label.start))
            is_torn = is_torn or said.rstrip().endswith(":")
        kept.append(replace(label, doubtful=True) if is_torn else label)
    return kept


def _indent(text: str, at: int) -> int:
    """How far a label stands in from the line's start."""
    return at - text.rfind("\n", max(0, at - _LEAD_AT_MOST), at) - 1


def _stands_inside(text: str, at: int, *, least: int) -> bool:
    """Whether a label stands within a line, or opens one below so many characters of its paragraph.

    Where a line was wrapped, the one above it is full.
    """
    begin = max(0, at - _LEAD_AT_MOST)
    line = max(begin, text.rfind("\n", begin, at) + 1)
    if any(map(str.isalnum, text[line:at])):
        return True
    above = text[max(0, line - _LEAD_AT_MOST) : line].split("\n")[-2:-1]
    return not opens_block(text, line) and len("".join(above)) >= least


def order_labels(found: Iterable[FoundLabel]) -> list[FoundLabel]:
    """The labels in the order of the text, the first of any two that overlap."""
    labels: list[FoundLabel] = []
    for label in up_to_most_labels(sorted(found, key=lambda label: label.start)):
        if not labels or label.start >= labels[-1].end:
            labels.append(label)
    return labels


def opens_block(text: str, at: int) -> bool:
    """Whether the line at ``at`` follows a blank line, a line break of Markdown, or nothing."""
    above = text[max(0, at - 200) : at].split("\n")
    line = above[-2] if len(above) > 1 else ""
    return not line.strip() or line.endswith(("  ", "\\"))


def _is_well_formed(label: str) -> bool:
    known = is_titled(label) or kind_of_label(label) is not None
    return known and is_shouted(fold_label(label)) and not is_heading(label)


def find_questions(text: str, start: int) -> Iterator[FoundLabel]:
    """``Q`` at the start of a paragraph, or set off by a mark or white space anywhere."""
    for found in find_labelled(_QUESTION, text, start):
        if found["mark"] or len(found["gap"]) > 1 or opens_block(text, found.start()):
            yield FoundLabel("Q", "Q", found.start("lead"), found.end())
    for found in find_labelled(_QUESTION_INSIDE, text, start):
        yield FoundLabel("Q", "Q", found.start("label"), found.end())


def _read_blocks(
    list_labelled: Callable[[], Iterator[re.Match[str]]], known: set[str]
) -> Iterator[FoundLabel]:
    """Labels at the start of a paragraph: known ones, mistyped ones, and unknown names."""
    order = [*sorted(known), *_STANDARD]
    meant_by: dict[str, tuple[str, str | None]] = {}
    counts = Counter(found["label"] for found in list_labelled())
    small = sets_small(counts)
    wholes = (name_words(label) for label in counts if _names_somebody(label, known))
    rivals = {word for name in wholes for word in (name[0], name[-1])}  # SCOTT: ANN or SCOTT ROE
    for found in list_labelled():
        printed = found["label"]
        if printed not in meant_by:
            shared = fold_label(printed) in rivals
            meant_by[printed] = printed, printed if shared else _tell_meant(printed, known, order)
        printed, meant = meant_by[printed]  # the same string each time: there may be thousands
        if meant is not None:
            expected = small and not asks_there(found.string, found.end())
            doubtful = counts[printed] == 1 and not expected and is_doubtful(printed, meant)
            yield FoundLabel(printed, meant, found.start("label"), found.end(), doubtful=doubtful)


def _names_somebody(label: str, known: set[str]) -> bool:
    """Whether a label is a whole name of which its surname alone may be short."""
    folded = fold_label(label)
    is_whole = folded not in known and is_shouted(folded) and is_name(folded)
    return is_whole and not is_titled(folded) and len(name_words(folded)) > 1


def sets_small(counts: Counter[str]) -> bool:
    """Whether officials' labels are in small letters here, by how often each stands."""
    often = (label for label, count in counts.items() if count > 1 and not is_shouted(label))
    return any(kind_of_label(label) == "official" for label in often)


def asks_there(text: str, at: int) -> bool:
    """Whether the paragraph that begins there is a question, as a reporter's may be."""
    return text[at : at + _ASKED_AT_MOST].partition("\n\n")[0].rstrip().endswith("?")


def is_doubtful(printed: str, meant: str) -> bool:
    """Whether an office in small letters among labels in capitals may be spoken of, or to.

    A reporter's paragraph may open with "Secretary Roe: will he resign?".
    """
    small = not is_shouted(printed.split("(", maxsplit=1)[0]) and not is_shouted(meant)
    return small and kind_of_label(printed) == "official"


def _tell_meant(printed: str, known: set[str], order: Sequence[str]) -> str | None:
    folded = fold_label(printed)
    if folded in known:
        return folded
    if not is_shouted(folded):
        return folded.upper() if folded.upper() in known else _tell_small(folded)
    if is_heading(folded):
        return None
    return closest_label(folded, order) or folded


def _tell_small(folded: str) -> str | None:
    """A label in small letters among those in capitals: ``Media``, ``Ms. KOZACK``, ``Dr. Roe``."""
    count = len(read_words(folded))
    shown = kind_of_label(folded)
    named = count < 5 if is_titled(folded) else bool(shown) and count < 6
    named = named and not (is_titled(folded) and shown == "official")
    return folded if named and is_name(folded) and not is_heading(folded) else None


def _read_known(text: str, start: int, known: set[str]) -> Iterator[FoundLabel]:
    """The document's own labels inside a line or paragraph, or without their colon."""
    same: dict[str, str] = {}
    for found in find_labelled(_INSIDE, text, start):
        printed = same.setdefault(found["label"], found["label"])
        folded = fold_label(printed)
        alone = "\n" not in printed and _opens_line(text, found.start())
        if folded in known or (alone and _is_well_formed(folded)):
            yield FoundLabel(printed, folded, found.start(), found.end())
    spelt = {label.replace(".", ""): label for label in known}  # CAPT. ROE: and CAPT ROE -
    for found in _NO_COLON.finditer(text, start):
        printed = found["label"].rstrip(".")
        meant = spelt.get(fold_label(printed).replace(".", ""))
        if meant and opens_block(text, found.start()):
            yield FoundLabel(printed, meant, found.start("label"), found.end(), True)


def _opens_line(text: str, at: int) -> bool:
    """Whether nothing but white space, forty characters at most, stands before on the line."""
    _, line_break, before = text[max(0, at - 40) : at].rpartition("\n")
    return bool(line_break or at <= 40) and not before.strip()


def name_words(label: str) -> list[str]:
    """The words of the name in a label: ``SEC. JANE ROE`` and ``JANE ROE (BBC)`` → JANE, ROE."""
    name, _ = split_label(label)
    return (surname_of(name) or " ".join(read_words(name))).split()


def note_mistyped(found: Sequence[FoundLabel], line_map: LineMap) -> tuple[Notice, ...]:
    """One notice for each mistyped label, at the line of its first, with the label it stands for.

    A label that is only shortened (``ROE`` for ``JAN ROE, MINISTER``), or carries an aside, is not
    mistyped.
    """
    counts = Counter(fold_space(each.printed) for each in found)
    mistyped: dict[tuple[str, str], FoundLabel] = {}
    for each in found:
        if each.no_colon or _is_mistyped(each, counts):
            mistyped.setdefault((fold_space(each.printed), each.meant), each)
    return tuple(
        Notice(f"“{printed}” is taken for the label “{meant}:”.", line_map.line(first.start))
        for (printed, meant), first in mistyped.items()
    )


def _is_mistyped(label: FoundLabel, counts: Counter[str]) -> bool:
    """Whether a label differs, but for a full stop that this publisher leaves out throughout."""
    printed = fold_space(label.printed)
    if printed == label.meant or label.keyed:
        return False
    if fold_label(printed) == label.meant:
        return counts[printed] == 1 and not printed.endswith((")", "]"))
    longer = not is_titled(label.meant) and label.meant.casefold() != printed.casefold()
    words = set(read_words(fold_label(printed))) - PERSONAL_TITLES
    return not (longer and words <= set(read_words(label.meant)))
