"""Where a label was lost, or stands before another's words: what the words themselves show.

Each rule looks at one turn and at who speaks next, and gives the place from which on the words are
hardly the labelled speaker's own. An official's question to nobody in the room ("And why is it
so?") breaks none of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus.model import Turn
from corpus.reading.labels import read_words
from corpus.reading.named_askers import read_asker
from corpus.reading.who_asks import calls_on, ends_in_question, strip_asides
from corpus.text import fold_space

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_TO_SOMEBODY = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_OF_THEIR_OWN = re.compile(r"\b(?:we|our|us|I think|I would|I’d)\b", re.IGNORECASE)
_GREETING = re.compile(r"Thanks|Thank you|Hi|Hey|Hello|Good (?:morning|afternoon|evening)")
_SENTENCE_ENDS = frozenset(".?!")
_GREETED_WITHIN = 20  # characters after which a greeting may come to the name
_ASKS_LEAVE = re.compile(
    r"\b(?:my (?:first |second |other |last |next )?question|(?:can|could|may) I (?:just )?ask"
    r"|I (?:just )?(?:have|had|[’']ve got) (?:just )?(?:an?|one|two|another)(?: \w+){0,2} question"
    r"|I (?:just )?want(?:ed)? to ask|I(?: was|[’']m) (?:just )?wondering)",
    re.IGNORECASE,
)
_WISHES = re.compile(r"\bI(?: would|[’']d) like to (?:ask|hear|know|come back)\b", re.IGNORECASE)
_ASKED_THERE = re.compile(
    r"\b(?:(?:press|news) conference|questions? (?:and|&) answers?|Q ?(?:&|and) ?A)\b",
    re.IGNORECASE,
)
_WITH_ANSWER = 2  # paragraphs of an answer with a question below it
_ANSWERS = re.compile(
    r"(?:Well|Look|Yeah|Sure|Absolutely|Oh|So, look|I mean|I think|I don[’']t)\b"
    r"|(?:Yes|No)[,.!]? +(?=[\w“])"
)
_DECLINES = re.compile(
    r"\bI[’']m (?:just )?not going to\b|\bI(?:[’']d| would)(?: have to)? refer you\b"
    r"|\bI don[’']t have (?:anything|any (?:comment|update|readout))\b"
)
AS_ASKERS_BEGIN = re.compile(
    r"(?:And then|And just|Thanks|Thank you|Hi|Just (?:to|a|on|one|quickly|again)|Following up"
    r"|(?:A )?(?:quick )?(?:question|follow)|Two (?:other|quick|questions|follow)|(?:Can|Could) you"
    r")\b",
    re.IGNORECASE,
)
_BROKEN_OFF = ("—", "–", "-")
_ASKED_AT_MOST = 4  # paragraphs of one question
_SHORT = 60  # characters; inside a paragraph "Did you say that?" is a speaker's own
_FEWEST_WORDS = 3  # of a short question in a paragraph of its own
_FOR_ASSENT = re.compile(
    r"(?:(?:is that|is it|are we) )?(?:all )?(?:right|okay|clear|good|fair enough)(?:, \w+)?\?",
    re.IGNORECASE,
)
_LONG = 600  # characters; who speaks so long and asks nothing puts no question
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Madam|Secretary|Minister|President|Ambassador|Director|Administrator"
    r"|Admiral|General|Chair(?:man|woman)?|Governor|Senator|Commissioner)\.?"
)
_LED_IN = r"(?:(?:And|So|But|Yes|Okay|Thank you|Thanks|Sorry)[,.]? )?"
_BY_SURNAME = re.compile(rf"{_LED_IN}{_TITLE} (?P<surname>[^,.?!—–]{{1,60}})[,.?!—–]")
_CALLED_BY_OFFICE = {
    "PRIME MINISTER": r"(?:Mr\.? )?Prime Minister",
    "PRESIDENT": r"M(?:r|adam)\.? (?:Vice[ -])?President",
    "SECRETARY": r"M(?:r|adam)\.? Secretary",
    "CHAIR": r"M(?:r|adam)\.? Chair(?:man|woman)?",
    "MINISTER": r"(?:Mr\.? |Madam )?Minister",
}
_BY_OFFICE = {
    office: re.compile(rf"{_LED_IN}{called}[,?!—–]") for office, called in _CALLED_BY_OFFICE.items()
}


class LostLabels:
    """Looks for words that are not their labelled speaker's, turn by turn of one document."""

    def __init__(self, text: str, turns: Iterable[Turn]) -> None:
        turns = list(turns)
        self._asked_bare = _asks_without_labels(text, turns)
        voices = {voice_of(turn): turn for turn in turns if turn.kind == "official"}
        self._at_home = {_last_name(turn) for turn in turns if turn.kind != "reporter"}
        self._surnames = Counter(_surname(turn) for turn in voices.values())
        self._offices = Counter(_office(turn) for turn in voices.values())

    def find(self, text: str, turn: Turn, following: Turn | None) -> int | None:
        """Where the doubtful words of a turn begin, or None."""
        said = text[turn.start : turn.end]
        if turn.kind == "reporter":
            at = _find_answer_in_question(said, following)
        elif turn.kind == "official":
            next_words = text[following.start : following.start + 40] if following else ""
            found = (
                self._find_spoken_to(said, turn),
                _find_before_answer(said, turn, following, next_words),
                _find_asked_bare(said, following) if self._asked_bare else None,
                self._find_named(said, following),
                _find_asked_inside(said),
            )
            at = min((each for each in found if each is not None), default=None)
        else:
            at = None
        return None if at is None else turn.start + at

    def _find_spoken_to(self, said: str, turn: Turn) -> int | None:
        """The first paragraph that speaks to the very official under whose label it stands."""
        given = turn.speaker.split()[0] if turn.speaker and " " in turn.speaker else ""
        for start, paragraph in _paragraphs(said):
            is_greeted = _greets(paragraph, given)
            if is_greeted and not start:
                return start
            if "?" in paragraph and (is_greeted or self._calls(paragraph, turn)):
                return start
        return None

    def _find_named(self, said: str, following: Turn | None) -> int | None:
        """The last paragraphs from where somebody gives name and outlet, and then asks."""
        if following is None or following.kind == "reporter":
            return None
        for start, paragraph in list(_paragraphs(said))[1:][-_ASKED_AT_MOST:]:
            name = read_asker(paragraph)
            if name is None or name.split()[-1].casefold() in self._at_home:
                continue
            if "?" in said[start:] or _ASKS_LEAVE.search(said, start):
                return start
        return None

    def _calls(self, paragraph: str, turn: Turn) -> bool:
        """Whether a paragraph opens by calling this official and no other in the document."""
        surname, office = _surname(turn), _office(turn)
        called = _BY_SURNAME.match(paragraph) if self._surnames[surname] == 1 else None
        if called and surname and called["surname"].casefold() == surname:
            return True
        is_one = bool(office) and self._offices[office] == 1
        return is_one and _BY_OFFICE[office].match(paragraph) is not None


def _greets(paragraph: str, given: str) -> bool:
    """Whether a paragraph opens with a greeting and, in the same sentence, this given name."""
    greeting = _GREETING.match(paragraph) if given else None
    if greeting is None:
        return False
    words = paragraph[greeting.end() : greeting.end() + _GREETED_WITHIN + len(given) + 1]
    at = words.find(given)
    while at >= 0:
        before, after = words[:at], words[at + len(given) :][:1]
        if not (before[-1:].isalnum() or after.isalnum()):
            return _SENTENCE_ENDS.isdisjoint(before)
        at = words.find(given, at + 1)
    return False


def voice_of(turn: Turn) -> str:
    """Who speaks, whatever way the label is printed."""
    return turn.speaker or fold_space(turn.label)


def _surname(turn: Turn) -> str:
    return turn.speaker.split()[-1].casefold() if turn.speaker else ""


def _last_name(turn: Turn) -> str:
    return _surname(turn) or " ".join(turn.label.split()[-1:]).casefold()


def _office(turn: Turn) -> str:
    shown = f"{turn.label} {turn.role or ''}".upper()
    return next((office for office in _CALLED_BY_OFFICE if office in shown), "")


def _paragraphs(said: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _BREAK.finditer(said):
        yield start, fold_space(said[start : found.start()])
        start = found.end()
    yield start, fold_space(said[start:])


def _asks_without_labels(text: str, turns: Sequence[Turn]) -> bool:
    """Whether nobody's label asks in a document though somebody does.

    So some publishers label only those who answer: the heading tells of a press conference, or a
    paragraph asks at length before the same one's answer.
    """
    if not turns or any(turn.kind == "reporter" for turn in turns):
        return False
    return _ASKED_THERE.search(text, 0, turns[0].start) is not None or any(
        turn.kind == following.kind == "official"
        and voice_of(turn) == voice_of(following)
        and _asks_at_length(text[turn.start : turn.end])
        for turn, following in pairwise(turns)
    )


def _asks_at_length(said: str) -> bool:
    """Whether words end in a paragraph that asks, below another."""
    end = len(said)
    last = max((found.end() for found in _BREAK.finditer(said)), default=0)
    return bool(last) and end - last >= _SHORT and ends_in_question(said[last:])


def _find_asked_bare(said: str, following: Turn | None) -> int | None:
    """The last paragraphs where they ask, in a document that labels nobody who does.

    Whoever speaks next may be the one to answer.
    """
    paragraphs = list(_paragraphs(said)) if following else []
    if len(paragraphs) < _WITH_ANSWER or following is None:
        return None
    _, closing = paragraphs[-1]
    asks = "?" in closing or _ASKS_LEAVE.search(closing) or _WISHES.search(closing)
    if not asks or _hands_over(closing, following):
        return None
    begun = _start_of_question(paragraphs)
    for start, paragraph in reversed(paragraphs[1:-1]):
        if start < begun:
            if "?" not in paragraph or not _TO_SOMEBODY.search(paragraph):
                break
            begun = start
    return begun


def _find_before_answer(
    said: str, turn: Turn, following: Turn | None, next_words: str
) -> int | None:
    """What an official speaks right before he answers it, or before another official does."""
    if following is None or following.kind != "official":
        return None
    paragraphs = list(_paragraphs(said))
    last, closing = paragraphs[-1]
    if voice_of(following) != voice_of(turn):
        return last if last and ends_in_question(closing) and _ASKS_LEAVE.search(closing) else None
    if len(closing) < _SHORT:
        return last if last and _asks_shortly(closing) else None
    if ends_in_question(closing):
        return _start_of_question(paragraphs)
    return last if _seems_asked(closing, next_words) else None


def _hands_over(closing: str, following: Turn) -> bool:
    """Whether a paragraph asks nothing but whether the next one speaks: "On wages: Jane?"."""
    return closing.count("?") == 1 and calls_on(closing, read_words(voice_of(following)))


def _asks_shortly(paragraph: str) -> bool:
    """Whether a short paragraph asks in some words, and not for assent: "Is that right?"."""
    asked = strip_asides(paragraph)
    is_whole = asked.endswith("?") and len(asked.split()) >= _FEWEST_WORDS
    return is_whole and not _FOR_ASSENT.fullmatch(asked)


def _seems_asked(closing: str, next_words: str) -> bool:
    """Whether a paragraph puts something to who speaks next, though it ends in no question."""
    if "?" in closing:
        return True
    if len(closing) > _LONG or closing[-1:].isalpha():
        return False
    if _ASKS_LEAVE.search(closing):
        return True
    if closing.endswith(_BROKEN_OFF) and not next_words.startswith(_BROKEN_OFF):
        return True
    return bool(_ANSWERS.match(next_words)) and not _ANSWERS.match(closing)


def _start_of_question(paragraphs: list[tuple[int, str]]) -> int:
    """The first of the closing paragraphs that speak to somebody and not of "us".

    One that opens as askers do begins the question, whatever stands between.
    """
    for start, paragraph in reversed(paragraphs[1:][-_ASKED_AT_MOST:]):
        if AS_ASKERS_BEGIN.match(paragraph):
            return start
    first = paragraphs[-1][0]
    for start, paragraph in reversed(paragraphs[:-1]):
        if not _TO_SOMEBODY.search(paragraph) or _OF_THEIR_OWN.search(paragraph):
            break
        first = start
    return first


def _find_asked_inside(said: str) -> int | None:
    """A paragraph that asks, and one after it that answers: both labels are lost."""
    paragraphs = list(_paragraphs(said))
    for (start, paragraph), (_, answer) in pairwise(paragraphs[1:]):
        asks = len(paragraph) >= _SHORT and ends_in_question(paragraph)
        if asks and (_ANSWERS.match(answer) or AS_ASKERS_BEGIN.match(paragraph)):
            return start
    return None


def _find_answer_in_question(said: str, following: Turn | None) -> int | None:
    """A reporter's last paragraph that declines to answer, before the next reporter asks."""
    if following is None or following.kind != "reporter":
        return None
    last, closing = list(_paragraphs(said))[-1]
    return last if last and "?" not in closing and _DECLINES.search(closing) else None
