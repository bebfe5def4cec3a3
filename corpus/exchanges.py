"""Turns -> exchanges: a question and its answer, and statements that answer no question.

Four things keep what belongs together together. An interjection ("Right.", "The rollouts —")
does not end an answer, nor does a question in the middle of an official's sentence, which goes on
after it with a dash. Words that only give the floor ("Go ahead.", "Hi, Jeff.") or ask what was
asked ("The junk fees?", "Say that again?") answer nothing, so that the question before them stays
with the one after. A short question ("Even if it's a minor
incursion?") takes the questions before it along, as ``before``.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.english import read_list
from corpus.model import Exchange, Transcript, Turn
from corpus.passages import split_sentences
from corpus.words import STOP_WORDS, content_words, split_words

_INTERJECTION_WORDS = 5  # content words; a question mark makes it a question however short
_BROKEN_OFF = ("—", "–", "-", "…", "...")
_FULL_QUESTION = 12  # content words from which a question names its own subject
_MOST_BEFORE = 3  # exchanges that a follow-up looks back, the last of which may go on

_MOST_TURNS = 64  # asked before one answer, of one torn apart; in real transcripts 13 and 9 at most

_FLOOR_WORDS = read_list("floor_words")
_ASSENT = {"alright", "fine", "good", "great", "nice", "ok", "okay", "right", "sure", "yeah"}
_LONGEST_FLOOR = 12  # words
_LONGEST_COUNTER = 20  # words of an official who asks what was asked
_LONGEST_ADDITION = 150  # words; beyond it an official who follows another makes a statement
_LEAST_ADDITION = 12  # content words; with fewer one only gives thanks, or the floor


@dataclass(slots=True)
class _Open:
    """An exchange that later turns may still complete."""

    voice: str
    questions: list[int]
    answers: list[int]
    before: tuple[int, ...]
    floor: bool


def pair_turns(transcript: Transcript) -> tuple[Exchange, ...]:
    """Pair each official's answer with what was asked before it.

    Every official's turn is an answer of exactly one exchange.
    """
    return tuple(iter_exchanges(transcript))


def iter_exchanges(transcript: Transcript) -> Iterator[Exchange]:
    """What ``pair_turns`` gives, one after the other: of a long transcript all are never held."""
    pairing = _Pairing(transcript)
    for at, turn in enumerate(transcript.turns):
        pairing.take(at, turn)
        yield from pairing.close(_MOST_BEFORE)
    yield from pairing.close(0)


class _Pairing:
    """The walk through a transcript's turns."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.found: deque[_Open] = deque()
        self.asked: deque[int] = deque(maxlen=_MOST_TURNS)
        self.asked_last: list[int] = []
        self.kept: list[int] = []

    def take(self, at: int, turn: Turn) -> None:
        """The next turn, at ``at``."""
        if turn.kind != "official":
            self.asked.append(at)
            return
        voice = turn.speaker or turn.label
        last = self.found[-1] if self.found else None
        same = last and last.voice == voice and len(last.answers) < _MOST_TURNS
        if last and same and not last.floor and self._is_interruption():
            last.answers.append(at)
        elif last and same and self._goes_on(at):
            last.questions += self.asked
            last.answers.append(at)
        else:
            self._open(at, voice)
        self.asked.clear()

    def close(self, most: int) -> Iterator[Exchange]:
        """What the turns so far are, but for the latest; what was asked last is in none yet."""
        while len(self.found) > most:
            each = self.found.popleft()
            yield Exchange(tuple(each.questions), tuple(each.answers), each.before)

    def _open(self, at: int, voice: str) -> None:
        said = self.transcript.said(self.transcript.turns[at])
        asked = list(self.asked) or self._asked_of_all(self.transcript.turns[at])
        greeted = not self.kept and all(map(self._asks_nothing, asked))
        questions = [] if greeted else [*self.kept, *asked]
        self.asked_last = questions or self.asked_last
        floor = asks_back(said) or _gives_floor(said)
        self.kept = questions[-3:] if floor else []
        if floor and not (_may_assent(said) and self._is_asked(questions)):
            questions = []
        before = self._leading_up(questions)
        self.found.append(_Open(voice, questions, [at], before, floor))

    def _asks_nothing(self, at: int) -> bool:
        """Whether a reporter only greets or thanks: "Good afternoon.", "Thanks. Two questions."."""
        said = self.transcript.said(self.transcript.turns[at])
        return "?" not in said and _gives_floor(said)

    def _is_asked(self, questions: Sequence[int]) -> bool:
        return any("?" in self.transcript.said(self.transcript.turns[at]) for at in questions)

    def _asked_of_all(self, turn: Turn) -> list[int]:
        """A second official who adds something right after the first answers the same question.

        One who goes on at length takes the floor back for a statement, which nobody asked for; one
        who says hardly anything thanks the first ("Safe travels to Florida tonight").
        """
        if not self.found or self.found[-1].floor:
            return []
        words = split_words(self.transcript.said(turn))
        if len(words) > _LONGEST_ADDITION:
            self.asked_last = []
        return self.asked_last if len(content_words(words)) >= _LEAST_ADDITION else []

    def _goes_on(self, at: int) -> bool:
        """Whether a turn takes up the sentence in which the last answer was cut off."""
        last = self.transcript.turns[self.found[-1].answers[-1]]
        turn = self.transcript.turns[at]
        broken = self.transcript.said(last).endswith(_BROKEN_OFF)
        return broken and self.transcript.said(turn).startswith(_BROKEN_OFF)

    def _is_interruption(self) -> bool:
        last = self.found[-1].answers[-1]
        broken = self.transcript.said(self.transcript.turns[last]).endswith(_BROKEN_OFF)
        return all(self._is_interjection(at, broken=broken) for at in self.asked)

    def _is_interjection(self, at: int, *, broken: bool) -> bool:
        said = self.transcript.said(self.transcript.turns[at])
        words = len(content_words(split_words(said)))
        short = words <= _INTERJECTION_WORDS and (broken or said.endswith(_BROKEN_OFF))
        return "?" not in said and (words == 0 or short)

    def _leading_up(self, questions: Sequence[int]) -> tuple[int, ...]:
        """The questions of up to three exchanges back, while what was asked is short."""
        before: list[int] = []
        latest: Sequence[int] = questions
        for each in reversed(self.found):
            if not questions or self._names_subject(latest):
                break
            latest = [at for at in each.questions if at not in questions and at not in before]
            before += reversed(latest)
        return tuple(before)

    def _names_subject(self, questions: Sequence[int]) -> bool:
        said = " ".join(self.transcript.said(self.transcript.turns[at]) for at in questions)
        return len(content_words(split_words(said))) >= _FULL_QUESTION


def _may_assent(said: str) -> bool:
    """Whether words that give the floor may be an answer as well: "Sure.", "Down.", "He would."."""
    words = set(split_words(said))
    return not asks_back(said) and words <= STOP_WORDS | _ASSENT


_AGAIN = re.compile(  # asked of somebody: "I will say it again: no" is a position
    r"(?:(?:^|[.,?!—–-]\s*)(?:just |please )?|\b(?:can|could|would|will) you (?:please |just )?)"
    r"(?:say|repeat|ask)\b[^.?!:]*\b(?:again|once more|one more time|last part|first part)\b"
    r"|\bI (?:did|could|can)(?:n[’']t| not) (?:quite )?(?:hear|get|catch|understand) "
    r"(?:(?:you|that|it)(?=\W*$|\s*[.?!,;:—–])|(?:your|the)\b[^.?!]{0,30}\b(?:question|part)\b)"
    r"|\bI(?: just)? missed (?:(?:that|it|you)(?=\W*$|\s*[.?!—–])|[^.?!]{0,30}\bquestion\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def asks_back(said: str) -> bool:
    """Whether an official only asks what was asked: "A quick what?", "I didn't get that".

    Args:
        said: a whole turn.
    """
    if len(split_words(said)) > _LONGEST_COUNTER:
        return False
    bare = _ASIDE.sub("", said).strip()
    sentences = [bare[each.start : each.end] for each in split_sentences(bare)]
    return bool(sentences) and (
        all(each.rstrip('”"’ ').endswith("?") for each in sentences) or bool(_AGAIN.search(bare))
    )


def _gives_floor(said: str) -> bool:
    """Whether an official's words only let somebody speak: "Go ahead.", "Hi, Jeff.", "Sorry?"."""
    words = split_words(said)
    if len(words) > _LONGEST_FLOOR or {"yes", "no", "not", "never"} & set(words):
        return False
    rest = [word for word in words if word not in STOP_WORDS and word not in _FLOOR_WORDS]
    if not rest:
        return True
    is_name = len(rest) == 1 and rest[0].capitalize() in said
    return is_name and not _FLOOR_WORDS.isdisjoint(words)
