"""Who leads or asks in a document, though an office is printed or a role stated of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from corpus.model import SpeakerKind
from corpus.reading.labels import is_chair, kind_of_label, read_words, shows_office
from corpus.reading.roles import is_legislators
from corpus.reading.utterances import Utterances

_ASIDE_LAST = re.compile(r"(?:\s*(?:\([^()]*\)|\[[^\[\]]*\]|[\]”’\"*]))+\Z")
_ASIDES_AT_MOST = 300  # characters of "(Laughter.)" and the like at a paragraph's end
_FEW_WORDS = 3  # "Why is that?" tells little of who asks
_ASKED_AT_LEAST = 2  # turns: one may only hand over
_HEARING = re.compile(r"(?<!-)\b(?:hearing|committee)\b", re.IGNORECASE)  # no mis-hearing
_SERVES_PRESS = re.compile(r"\b(?:press|media|spokes\w+|communications?)\b", re.IGNORECASE)
_LEADS = re.compile(r"\bchair\w*\b", re.IGNORECASE)
_CLOSES = re.compile(
    r"\b(?:(?:next|last) (?:question|one)|all we have time|one more|thank you (?:all|everyone)"
    r"|concludes)\b",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"\b(?:first|next|last|final) question\b|\bquestion (?:is |comes ){0,2}from\b", re.IGNORECASE
)
_CALLED = re.compile(r"[.!?…]\s+(?P<name>(?:[A-Z][\w’'.\-]*\s?){1,3})\?\Z")
_NAME_AT_MOST = 60  # characters, with the end of a sentence before
_LETS = re.compile(r"\b(?:go ahead|your turn|over to you|can (?:you|we) hear)\b", re.IGNORECASE)
_FLOOR_AT_MOST = 45  # words in which the floor is given
_EDGE_AT_MOST = 120  # words of an opening or a closing
_FLOORS_AT_LEAST = 2
_KEPT_TO_EACH = 3  # turns that give the floor, to each between a question and its answer
_INTERJECTED_AT_MOST = 12  # words between a question and its answer


def calls_on(words: str, names: Collection[str]) -> bool:
    """Whether they end in a name with a question mark, which hands over: "Jane knows. Jane?".

    ``names`` are the words of the labels of those who may be called so, in capitals.
    """
    called = _CALLED.search(words[-_NAME_AT_MOST:])
    spelt = read_words(called["name"]) if called else []
    return bool(spelt) and all(x in names and not shows_office(x) for x in spelt)


def ends_in_question(words: str) -> bool:
    """Whether the last sentence asks, whatever stands in brackets after it."""
    return strip_asides(words[-_ASIDES_AT_MOST:]).endswith("?")


def strip_asides(words: str) -> str:
    """The words without what stands in brackets, or closes quotation marks, at their end."""
    return _ASIDE_LAST.sub("", words)


def find_leading_chairs(kinds: Mapping[str, SpeakerKind], spoken: Utterances) -> Iterator[str]:
    """The labels ``Chair``, ``CHAIRMAN`` that lead a committee or a panel.

    Where nobody else is there but who asks and who leads, it is the chair who answers.

    Args:
        kinds: each speaker's kind.
        spoken: what each says.
    """
    for who in filter(is_chair, kinds):
        others = {kind for other, kind in kinds.items() if other != who}
        answers = "reporter" in others and others <= {"reporter", "moderator"}
        asking = [ends_in_question(words) for speaker, words in spoken if speaker == who]
        if not answers or 2 * sum(asking) > len(asking):
            yield who


def find_members(
    offices: Mapping[str, str], kinds: Mapping[str, SpeakerKind], heading: str
) -> Iterator[str]:
    """The legislators of a committee that hears witnesses: they ask there, and nobody else does.

    Args:
        offices: of the officials, what shows their office: the label, or the role stated.
        kinds: each speaker's kind.
        heading: what stands above the turns, and may tell that it is a hearing.
    """
    members = {who for who, office in offices.items() if is_legislators(office)}
    heard = offices.keys() - members
    press = any(kind_of_label(who) == "reporter" for who in kinds)
    if heard and not press and _HEARING.search(heading):
        yield from members


def find_askers(
    stated: Collection[str], kinds: Mapping[str, SpeakerKind], spoken: Utterances
) -> Iterator[str]:
    """Of those whom only a stated role makes officials, who mostly asks another official.

    A heading may name the interviewer with an office as well: "answered questions from Jane Roe,
    Director General of an agency".

    Args:
        stated: who is an official by a role alone, not by a label.
        kinds: each speaker's kind.
        spoken: what each says.
    """
    turns: dict[str, list[bool]] = {}
    for (who, words), following in spoken.followed():
        if who in stated and len(words.split()) > _FEW_WORDS:
            answered = following != who and kinds.get(following) == "official"
            asked = ends_in_question(words) and not calls_on(words, read_words(following))
            turns.setdefault(who, []).append(answered and asked)
    for who, all_asked in turns.items():
        if sum(all_asked) >= _ASKED_AT_LEAST and 2 * sum(all_asked) > len(all_asked):
            yield who


def find_floor_givers(
    offices: Mapping[str, str], kinds: Mapping[str, SpeakerKind], spoken: Utterances
) -> Iterator[str]:
    """Of officials, who only opens, gives reporters the floor, and closes, while others answer.

    A press secretary does so beside a minister, or whoever opens though a role is stated of them,
    or who calls for the next question, again and again.

    Args:
        offices: of the officials, what shows their office: the label, or the role stated.
        kinds: each speaker's kind.
        spoken: what each says.
    """
    calls = Counter(who for who, words in spoken if who in offices and _CALLS.search(words))
    calling = {who for who, count in calls.items() if count >= _FLOORS_AT_LEAST}
    serving = {who for who, office in offices.items() if _SERVES_PRESS.search(office)} | calling
    leading = serving | {who for who, office in offices.items() if _LEADS.search(office)}
    leading |= {spoken.speakers[0]} & {who for who in offices if kind_of_label(who) is None}
    given: dict[str, list[bool | None]] = {}
    answered: set[SpeakerKind | None] = set()
    last = ""
    for (who, words), following in spoken.followed():
        if who in leading:
            around = (kinds.get(last), "unknown" if following == who else kinds.get(following))
            given.setdefault(_whole_label(who, leading), []).append(_gives_floor(words, *around))
        elif kinds.get(who) == "official":
            answered.add(kinds.get(last))
        last = who
    for who in leading:
        only = _only_gives_floor(given.get(_whole_label(who, leading), []))
        if only and ("reporter" in answered or (who in serving and "unknown" in answered)):
            yield who


def _only_gives_floor(floors: Sequence[bool | None]) -> bool:
    kept, between = floors.count(True), floors.count(None)
    return False not in floors and kept >= max(_FLOORS_AT_LEAST, _KEPT_TO_EACH * between)


def _whole_label(label: str, labels: Collection[str]) -> str:
    """Of ``Spokesperson`` the one label that adds a name: ``Spokesperson Jane Roe``."""
    longer = [each for each in labels if each.startswith((f"{label} ", f"{label}, "))]
    return longer[0] if len(longer) == 1 else label


def _gives_floor(
    words: str, last: SpeakerKind | None, following: SpeakerKind | None
) -> bool | None:
    """Whether few words hand over while nobody asked, or put an end to the questions.

    None of a few that stand between a question and the answer of another.

    Args:
        words: what is said.
        last: the kind of who speaks before; None at the start.
        following: the kind of who speaks next; None at the end.
    """
    is_edge = last in {None, "moderator"} or following is None  # an operator hands over to them
    count = len(words.split())
    if count > (_EDGE_AT_MOST if is_edge else _FLOOR_AT_MOST):
        return False
    calls = _CALLS.search(words) and following != "official"
    if _CLOSES.search(words) or calls or (last != "reporter" and is_edge):
        return True
    if count <= _INTERJECTED_AT_MOST and _LETS.search(words):
        return True
    if following == "official" and ends_in_question(words):
        return True  # a question that somebody sent
    if following == "official":
        return None if count <= _INTERJECTED_AT_MOST else False
    return last != "reporter"
