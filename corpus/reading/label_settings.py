"""The ways in which labels are set in documents without a publisher's marks.

``NAME: …`` is the commonest; ``NAME. …``, ``NAME — …``, ``NAME.- …``, ``NAME    …``, ``NAME：…``,
``[NAME] …`` and a name alone on its line are taken only where two names stand so more than once
each, and one of them asks or holds an office; a name and a time or a number on a line, ``Jane Roe
0:42``, ``Jane Roe [3]``, and a voice of captions, ``<v Jane Roe>``, even where none does. Before a
label may stand a bullet, a number, a Markdown heading's signs or a time stamp.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from corpus.reading.base import up_to_most_labels
from corpus.reading.briefing import find_questions, opens_block
from corpus.reading.label_words import ANSWERING
from corpus.reading.labels import (
    is_heading,
    is_name,
    is_shouted,
    is_titled,
    kind_of_label,
)
from corpus.reading.lone_labels import choose_lone, sets_surname_apart, without_byline
from corpus.reading.misprints import find_misprints
from corpus.reading.same_labels import answered_by, fold_label
from corpus.text import fold_space

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = rf"(?:\[{_CLOCK}\]|\({_CLOCK}\))"
_NUMBER = r"(?:\d{1,3}[.)]|[(\[]\d{1,3}\.?[)\]])"
_BEFORE = rf"(?:>{{1,3}}|[*•–-]|\#{{1,6}}|{_NUMBER}|{_STAMP}|{_CLOCK})"
_LEAD = rf"^[^\S\n]*(?P<lead>(?:{_BEFORE}[^\S\n]+){{0,3}})"
_BOXED = r"\[(?P<boxed>[^\W\d_][^:\[\]\n]{0,60})\]"
_TITLE = r"(?:(?i:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Amb|Adm|Col|Lt|Prof|Hon)\.[^\S\n]?)?"
_IN_BRACKETS = r"[\[(](?P<boxed>[^\W\d_][^:\[\]()\n]{0,60})[\])]"
# A label ends in no white space: a run of blanks is gone through once, not once a character.
_COLON = (
    rf"(?:{_IN_BRACKETS}|(?P<label>[^\W\d_][^:\n]{{0,120}}?(?<=\S)))(?:[^\S\n]*{_STAMP})?[^\S\n]*:"
)
_STOP = (
    rf"(?P<label>{_TITLE}[^\W\d_][^.:\n\[]{{0,60}}?)(?P<boxed>\b\B)?"
    r"(?:[^\S\n]\[[^\[\]\n]{1,90}\])?\.(?![^\S\n]*(?:[A-Z][\w.’'-]{0,30}[^\S\n]?){1,3}:)"
)
_GAP = r"(?P<label>[^\W\d_][^:\n\t]{0,40}?)(?P<boxed>\b\B)?(?:\t|[^\S\n]{3})(?=[^\S\n]*\S)[^\S\n]*"
_DASH = (  # NAME — …, and NAME.- … in Spanish
    r"(?P<label>[^\W\d_][^:\n—–]{0,60}?(?<=\S))(?P<boxed>\b\B)?(?:[^\S\n]+|\.[^\S\n]?)(?:[—–]|--?)"
)
_ALONE = r"(?:\[(?P<boxed>[^\W\d_][^:\[\]\n]{0,60})\]|(?P<label>[^\W\d_][^:\n]{0,90}?(?<=\S)))"
_WIDE = r"(?P<label>[^\W\d_][^:：\n]{0,60}?(?<=\S))(?P<boxed>\b\B)?[^\S\n]*：[^\S\n]*"
_AFTER = rf"(?=\s|$)[^\S\n]*(?:{_STAMP}[^\S\n]*)?"
_TIMED = (
    r"(?:\[(?P<boxed>[^\[\]\n]{1,90})\]|(?P<label>[^\W\d_][^:\n\t]{0,60}?(?<=\S)))"
    r"(?:[^\S\n]*[-–—|•,])?[^\S\n]+"
    rf"(?:{_CLOCK}|{_STAMP})[^\S\n]*$"
)
_NUMBERED = (  # Jane Roe, Bank of Samoa - Governor   [12], over a rule
    r"(?P<label>[^\W\d_][^:\n\t\[\]]{0,160}?(?<=\S))(?P<boxed>\b\B)?[^\S\n]+\[\d{1,4}\][^\S\n]*"
    r"(?:\n[^\S\n]*[-=_*~]{3,200}[^\S\n]*)?$"
)
_VOICE = r"^(?P<lead><v(?:\.[\w.]{1,40})?[^\S\n]+)(?P<label>[^<>\n]{1,60})(?P<boxed>\b\B)?>"
_SETTINGS = (
    re.compile(_LEAD + _COLON + _AFTER, re.MULTILINE),
    re.compile(_LEAD + _TIMED, re.MULTILINE),
    re.compile(_LEAD + _NUMBERED, re.MULTILINE),
    re.compile(_VOICE, re.MULTILINE),
    re.compile(_LEAD + _STOP + _AFTER, re.MULTILINE),
    re.compile(_LEAD + _DASH + _AFTER, re.MULTILINE),
    re.compile(_LEAD + _GAP, re.MULTILINE),
    re.compile(_LEAD + _WIDE, re.MULTILINE),
    re.compile(_LEAD + _BOXED + r"(?P<label>\b\B)?" + _AFTER, re.MULTILINE),
    re.compile(_LEAD + _ALONE + r"[^\S\n]*(?:\#+[^\S\n]*)?$", re.MULTILINE),
)
_TIMED_AT, _NUMBERED_AT, _VOICED = 1, 2, 3
_CERTAIN = {_TIMED_AT, _NUMBERED_AT, _VOICED}  # by what stands around a name
_GAP_AT = 6
_LOOKED_AT = 2_000  # candidates by which a setting is chosen
_OFTEN = 2
_MUCH = 3  # times that nothing but a label stands before a colon
_SHORTEST_SHOUT = 2  # letters


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that are set as a label is.

    ``is_plain`` says that they open a paragraph, ``is_inside`` that they open a line within one,
    ``is_certain`` that nothing but a label is set so, whatever the words.
    """

    label: str
    start: int
    end: int
    is_plain: bool
    is_inside: bool
    is_certain: bool = False


class _Counts(Counter[str]):
    """How often each label stands, folded."""

    @cached_property
    def asked(self) -> bool:
        """Whether a label stands again and again that says that somebody asks."""
        return any(kind_of_label(each) == "reporter" for each, n in self.items() if n >= _OFTEN)


def list_candidates(text: str, start: int) -> tuple[list[Candidate], bool]:
    """What is set as labels are in this document, and whether a colon ends them."""
    setting = _choose_setting(text, start)
    found = list(up_to_most_labels(_find(_SETTINGS[setting], text, start)))
    if not setting:
        found += _find_set_off(text, start)
    else:
        counts = _Counts(fold_label(each.label) for each in found)
        alone, timed = setting == len(_SETTINGS) - 1, setting in _CERTAIN
        kept = {x.label for x in found if timed or _is_set(x.label, counts, alone=alone)}
        if alone:
            kept = choose_lone(text, found, kept)
        kept |= find_misprints({x.label for x in found if not x.is_inside} - kept, kept, counts)
        found = [each for each in found if each.label in kept]
        found = without_byline(text, found) if alone else found
    return found, setting == 0


def find_bare(text: str, start: int, labels: Iterable[str]) -> Iterator[Candidate]:
    """A paragraph's line that is nothing but one of the labels, which end in a colon elsewhere."""
    known = frozenset(labels)
    for each in _find(_SETTINGS[-1], text, start):
        if each.is_plain and each.label in known:
            yield each


def _find_set_off(text: str, start: int) -> Iterator[Candidate]:
    """``MODERATOR`` and a tab, in a document whose other labels end in a colon."""
    for each in _find(_SETTINGS[_GAP_AT], text, start):
        asks = kind_of_label(each.label) in {"reporter", "moderator"}
        if each.is_plain and asks and is_shouted(each.label) and is_name(each.label):
            yield each


def _choose_setting(text: str, start: int) -> int:
    """The setting with most labels that are sure; the colon where no other has more."""
    best, most = 0, 0
    asked = len(list(islice(find_questions(text, start), _OFTEN))) == _OFTEN
    for at, setting in enumerate(_SETTINGS):
        found = list(islice(_find(setting, text, start), _LOOKED_AT))
        answers = asked and not most and at == len(_SETTINGS) - 1  # beside Q:, over a speech
        sure = _count_sure(found, only_often=at > 0, timed=at in _CERTAIN, answers=answers)
        if sure > most:
            best, most = at, sure
    return best


def _count_sure(found: Sequence[Candidate], *, only_often: bool, timed: bool, answers: bool) -> int:
    counts = _Counts(fold_label(each.label) for each in found if is_name(each.label))
    sure = {label for label in counts if _is_sure(label, counts)}
    if not only_often:  # a surname before a colon, again and again: nothing but a label stands so
        opening = Counter(fold_label(each.label) for each in found if each.is_plain)
        sure |= {x for x in counts if opening[x] >= _MUCH and is_name(x) and not is_heading(x)}
    often = {label for label in sure if counts[label] >= _OFTEN}
    known = {kind_of_label(label) for label in often} & {"reporter", "official"}
    if timed and often:  # nothing else is set so
        return sum(counts.values()) if sum(counts.values()) >= _MUCH else 0
    if answers:
        apart = {label for label in counts if sets_surname_apart(label)}
        often |= apart if sum(counts[label] for label in apart) >= _MUCH else set()
        sure |= often
    if only_often and not (often and answers) and (len(often) < _OFTEN or not known):
        return 0
    if not only_often:  # ROE: stands often before a colon, however often the head lists a role
        sure |= {x for x, n in counts.items() if n >= _MUCH and is_shouted(x) and not is_heading(x)}
    return sum(counts[label] for label in sure if label != "Q")  # found whatever the setting


def _is_sure(label: str, counts: _Counts) -> bool:
    if not is_name(label) or is_heading(label):
        return False
    often = counts[fold_label(label)] >= _OFTEN
    return kind_of_label(label) is not None or (often and " " in label) or _answers(label, counts)


def _answers(label: str, counts: _Counts) -> bool:
    """Whether a label only says that somebody answers: ``Answer`` beside ``Question``.

    Where one letter stands for who asks and another for who answers, a third one is somebody's
    too, perhaps by a slip.
    """
    if not counts.asked:
        return False
    is_letter = len(label) == 1 and label.isupper() and min(counts["Q"], counts["A"]) >= _OFTEN
    return is_letter or label.upper() in ANSWERING or answered_by(label) is not None


def _is_set(label: str, counts: _Counts, *, alone: bool) -> bool:
    """Whether words set so are a label; a short line that stands once needs capitals for it."""
    if not is_name(label) or is_heading(label) or (alone and label.endswith(".")):
        return False
    shouted = is_shouted(label)
    known = _is_sure(label, counts) and (
        not alone or shouted or counts[fold_label(label)] >= _OFTEN
    )
    return known or _answers(label, counts) or (" " in label and shouted) or _is_titled_shout(label)


def _is_titled_shout(label: str) -> bool:
    """``Mr. ROE``: so hearings set labels, and nobody is spoken to in capitals."""
    surname = label.rsplit(maxsplit=1)[-1]
    return is_titled(label) and len(surname) > _SHORTEST_SHOUT and is_shouted(surname)


def _find(setting: re.Pattern[str], text: str, start: int) -> Iterator[Candidate]:
    same: dict[str, str] = {}  # one string for each label, which may stand thousands of times
    for found in setting.finditer(text, start):
        boxed = bool(found["boxed"])
        label = fold_space(found["boxed"] or found["label"])
        label = same.setdefault(label, label)
        opens = opens_block(text, found.start())
        plain, inside = opens and not found["lead"], not (opens or found["lead"])
        begin = found.start("lead") if found["lead"] else _begin(found)
        certain = setting is _SETTINGS[_VOICED] or (setting is _SETTINGS[_TIMED_AT] and boxed)
        yield Candidate(label, begin, found.end(), plain, inside, certain)


def _begin(found: re.Match[str]) -> int:
    return found.start("boxed") - 1 if found["boxed"] else found.start("label")
