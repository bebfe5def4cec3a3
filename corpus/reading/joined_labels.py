"""Which labels of a document are the same person's: ``ROE``, ``JR`` and ``JAN ROE, MINISTER``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.reading.briefing import FoundLabel, name_words
from corpus.reading.label_words import ANSWERING
from corpus.reading.labels import is_titled, kind_of_label, read_words
from corpus.reading.same_labels import split_label
from corpus.text import fold_space

LOOKED_UP = 64
"""Labels of one document whose persons are looked for; keeps reading linear."""

_GIVEN_AT_LEAST = 2
_NEAR = 3  # turns
_INITIALS = re.compile(r"[A-Z]{2,4}")


def join_labels(found: Sequence[FoundLabel], heading: str, text: str) -> dict[str, str]:
    """For each label meant, the most telling label of the same person in the document.

    ``ROE`` and ``JANE ROE`` are ``JANE ROE, MINISTER OF HEALTH`` where nobody else of that name
    speaks, and so is ``JR``; ``MS. ROE`` may be somebody else.

    ``heading`` may name somebody else of these initials.
    """
    telling: dict[str, str] = {}
    for each in found:
        printed = fold_space(each.printed)
        if split_label(printed)[1] and not split_label(telling.get(each.meant, ""))[1]:
            telling[each.meant] = printed
    counts = Counter(each.meant for each in found)
    labels = [label for label, _ in counts.most_common(LOOKED_UP)]
    names = {label: name_words(telling.get(label, label)) for label in labels}
    whose = {label: telling.get(label, label) for label in counts}
    for label in labels:
        shown = label.upper() in ANSWERING or kind_of_label(label) or is_titled(label)
        if label in telling or shown or not names[label]:
            continue
        ending = names[label]
        longer = {o: n for o, n in names.items() if o != label and _ends_so(o, n, ending)}
        if longer and any(len(n) > 1 and n[0] == ending[-1] for n in names.values()):
            continue  # SCOTT may be ANN SCOTT, or SCOTT ROE
        longer = longer or {o: n for o, n in names.items() if _abbreviates(label, n)}
        longer = longer or dict(_find_titled(label, names, heading))
        given = _find_given(label, names, heading)
        longer = longer or {o: n for o, n in given if _goes_on(text, found, o, label)}
        longer = _without_shorter(longer, ending)
        if len({*map(tuple, longer.values())}) == 1 and not any(map(is_titled, longer)):
            whose[label] = whose[max(longer, key=lambda o: (bool(kind_of_label(o)), o))]
    return whose


def _ends_so(label: str, name: Sequence[str], ending: Sequence[str]) -> bool:
    """Whether a name ends in these words: ``President of Russia Jane Roe`` in ``Jane Roe``."""
    count = len(ending)
    return name[-count:] == ending or (count > 1 and read_words(label)[-count:] == ending)


def _without_shorter(longer: Mapping[str, list[str]], ending: list[str]) -> dict[str, list[str]]:
    """The labels but ``SEN. ROE`` beside ``SEN. JANE ROE``, whose words it is a part of.

    ``MINISTER ROE`` may be another Roe.
    """
    wholes = [frozenset(read_words(label)) for label, name in longer.items() if name != ending]
    return {
        label: name
        for label, name in longer.items()
        if name != ending or not any(whole.issuperset(read_words(label)) for whole in wholes)
    }


def _abbreviates(label: str, name: Sequence[str]) -> bool:
    """Whether a label is the initials of a whole name, ``JPR`` of ``Jean-Paul Roe``."""
    if not _INITIALS.fullmatch(label) or len(name) < 2:
        return False
    parts = re.split(r"[ \-]", " ".join(name))
    return label in {"".join(x[0] for x in each if x) for each in (name, parts)}


def _find_given(
    label: str, names: Mapping[str, list[str]], heading: str
) -> Iterator[tuple[str, list[str]]]:
    """The whole names of which a label is the first: ``JANE`` of ``JANE ROE``.

    Only where another is known so as well, and the heading tells of nobody else called so.
    """
    wholes = {x: n for x, n in names.items() if len(n) > 1 and kind_of_label(x) is None}
    known = {n[0] for n in wholes.values() if [n[0]] in names.values()}
    first = names[label]
    if len(first) != 1 or len(known) < _GIVEN_AT_LEAST or first[0] not in known:
        return
    pattern = rf"\b{re.escape(first[0])}\s+([^\W\d_][\w’'-]*)"
    surnames = {x[1].upper() for x in re.finditer(pattern, heading, re.IGNORECASE)}
    for other, name in wholes.items():
        if name[0] == first[0] and surnames <= {name[1]}:
            yield other, name


def _goes_on(text: str, found: Sequence[FoundLabel], whole: str, first: str) -> bool:
    """Whether a first name is the label from right below the last one with the whole name.

    Nobody says it in between, as of a caller who has the same.
    """
    last = max(at for at, each in enumerate(found) if each.meant == whole)
    begun = next(at for at, each in enumerate(found) if each.meant == first)
    if not last < begun <= last + _NEAR:
        return False
    between = text[found[last].end : found[begun].start]
    return re.search(rf"\b{re.escape(first)}\b", between, re.IGNORECASE) is None


def _find_titled(
    label: str, names: Mapping[str, list[str]], heading: str
) -> Iterator[tuple[str, list[str]]]:
    """The labels of an office and a surname with these initials: ``BR`` of ``BARONESS ROE``.

    Only where other labels are initials of whole names, and nobody else may have these.
    """
    alike = any(x != label and any(_abbreviates(x, n) for n in names.values()) for x in names)
    spelt = r"\s+".join(rf"{each}[\w’']+" for each in label) if _INITIALS.fullmatch(label) else ""
    if not alike or not spelt:
        return
    others = {fold_space(x[0]).upper() for x in re.finditer(rf"\b{spelt}", heading, re.IGNORECASE)}
    for other, name in names.items():
        words = read_words(other)
        whole = kind_of_label(other) == "official" and "".join(x[0] for x in words) == label
        if whole and others <= {" ".join(words)}:
            yield other, name
