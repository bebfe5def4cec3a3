"""Words above the first label: whose they are, where the document leaves no doubt of it.

"Remarks by Chancellor Jan Roe", then a greeting and some paragraphs, then "Question: …": they are
the chancellor's if nobody else holds an office in the document, leads it or stays untold, and the
words speak of no chancellor. In all other cases the opening stays nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.metadata import Person
from corpus.model import Turn
from corpus.styles.base import trim
from corpus.styles.introductions import tell_answering
from corpus.styles.labels import read_words, shows_office

_SPOKEN = re.compile(
    r"\b(?:remarks|statement|speech|address|(?:press|news) (?:conference|briefing|availability))"
    r" (?:by|of|with)\b",
    re.IGNORECASE,
)
GREETS = re.compile(
    r"(?:(?<=\n\n)|(?<=\n \n))[^\S\n]*(?:Good (?:morning|afternoon|evening|day)|Hello|Hi,|Welcome"
    r"|Dear |(?:My )?(?:fellow|ladies and gentlemen)\b|Thank you|Thanks )",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(r"\b(?:I|we|my|our)\b")
_LEAST = 80  # characters; less is hardly an opening


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening without a label, and the one who alone can have spoken it."""

    turn: Turn
    person: Person


def find_opening(
    text: str,
    span: tuple[int, int],
    title: str,
    turns: Sequence[Turn],
    persons: Mapping[str, Person],
) -> Opening | None:
    """The opening within ``span``, which ends at the first label, if it is certain who speaks it.

    ``turns`` are those of the whole document, ``persons`` who stands behind their labels.
    """
    person = tell_answering(title, "") if _SPOKEN.search(title) else None
    if person is None or not turns or turns[0].kind != "reporter":
        return None
    answering = {turn.label for turn in turns if turn.kind != "reporter"}
    if not answering or any(persons.get(label) != person for label in answering):
        return None
    greets = GREETS.search(text, *span)
    begin, end = trim(text, greets.start(), span[1]) if greets else (span[1], span[1])
    said = text[begin:end]
    named = {word for word in read_words(f"{person.name} {person.role}") if _tells(word, person)}
    if end - begin < _LEAST or not _OF_ONESELF.search(said) or named & {*read_words(said)}:
        return None
    return Opening(Turn("official", person.name, begin, end), person)


def _tells(word: str, person: Person) -> bool:
    """Whether a word would name the person in the mouth of another."""
    return shows_office(word) or word == person.name.split()[-1].upper()
