"""Who leads or asks in a document, though an office is printed or a role stated of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.model import SpeakerKind
from corpus.styles.labels import is_chair

_ASIDE_LAST = re.compile(r"(?:\s*(?:\([^()]*\)|\[[^\[\]]*\]|[\]”’\"*]))+\Z")
_ASIDES_AT_MOST = 300  # characters of "(Laughter.)" and the like at a paragraph's end
_FEW_WORDS = 3  # "Why is that?" tells little of who asks
_ASKED_AT_LEAST = 2  # turns: one may only hand over


def ends_in_question(words: str) -> bool:
    """Whether the last sentence asks, whatever stands in brackets after it."""
    return strip_asides(words[-_ASIDES_AT_MOST:]).endswith("?")


def strip_asides(words: str) -> str:
    """The words without what stands in brackets, or closes quotation marks, at their end."""
    return _ASIDE_LAST.sub("", words)


def find_leading_chairs(
    kinds: Mapping[str, SpeakerKind], spoken: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """The labels ``Chair``, ``CHAIRMAN`` that lead a committee or a panel.

    Where nobody else is there but who asks and who leads, it is the chair who answers.

    Args:
        kinds: each speaker's kind.
        spoken: the turns in order, each as its speaker and words.
    """
    for who in filter(is_chair, kinds):
        others = {kind for other, kind in kinds.items() if other != who}
        answers = "reporter" in others and others <= {"reporter", "moderator"}
        asking = [ends_in_question(words) for speaker, words in spoken if speaker == who]
        if not answers or 2 * sum(asking) > len(asking):
            yield who


def find_askers(
    stated: Collection[str], kinds: Mapping[str, SpeakerKind], spoken: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Of those whom only a stated role makes officials, who mostly asks another official.

    A heading may name the interviewer with an office as well: "answered questions from Jane Roe,
    Director General of an agency".

    Args:
        stated: who is an official by a role alone, not by a label.
        kinds: each speaker's kind.
        spoken: the turns in order, each as its speaker and words.
    """
    turns: dict[str, list[bool]] = {}
    for (who, words), (following, _) in pairwise([*spoken, ("", "")]):
        if who in stated and len(words.split()) > _FEW_WORDS:
            answered = following != who and kinds.get(following) == "official"
            turns.setdefault(who, []).append(answered and ends_in_question(words))
    for who, asked in turns.items():
        if sum(asked) >= _ASKED_AT_LEAST and 2 * sum(asked) > len(asked):
            yield who
