"""Words above the first label: whose they are, where the document leaves no doubt of it.

"Remarks by Chancellor Jan Roe", then a greeting and some paragraphs, then "Question: …": they are
the chancellor's, if title or heading name nobody else and the words speak of no chancellor. Each of
several headings "Remarks by …" tells whose the words below it are, and so does an office with the
name of somebody who answers later. Where a title names but the office or none, "Press briefing by
the spokesperson", they are the one official's who answers in the document. In all other cases the
opening stays nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, pairwise

from corpus.metadata import Person
from corpus.model import Furniture, Turn
from corpus.reading.above_turns import from_whole_label
from corpus.reading.base import trim
from corpus.reading.emphasis import PARAGRAPH
from corpus.reading.ending import RULE
from corpus.reading.introductions import list_officials
from corpus.reading.label_words import ANSWERING
from corpus.reading.labels import read_words, shows_office
from corpus.text import fold_space

_EVENT = (
    r"(?:remarks|statement|speech|address"
    r"|(?:(?:press|news) )?(?:conference|briefing|availability))"
)
_SPOKEN = re.compile(
    rf"\b{_EVENT} (?:by|of|with)\b|[’'](?:s )?\s?(?:\w+ ){{0,2}}{_EVENT}\b|\bdelivered by\b",
    re.IGNORECASE,
)
_HELD = re.compile(rf"\b{_EVENT}\b", re.IGNORECASE)
_OFFICE_AFTER = re.compile(
    rf"(?i:\b{_EVENT} (?:by|of|with) (?:the )?)(?P<office>(?:[A-Z][\w-]{{0,30}} ?){{1,4}})"
)
_OFFICE_BEFORE = re.compile(
    r"(?P<office>(?:[A-Z][\w-]{0,30} ){0,3}[A-Z][\w-]{0,30})[’']s? "
    rf"(?i:(?:\w+ ){{0,2}}{_EVENT}\b)"
)
_GOES_ON = re.compile(rf"(?P<event>\b{_EVENT})[^\S\n]*\n\s*(?=by\b)", re.IGNORECASE)
_HEADS_SECTION = re.compile(
    r"\W{0,4}(?:\w+ ){0,2}(?:remarks|statement|speech|address|intervention) (?:by|of)\b"
    r"[^\n]{5,160}",
    re.IGNORECASE,
)
GREETS = re.compile(
    r"(?:(?<=\n\n)|(?<=\n \n))[^\S\n]*(?:(?:All right|Okay|OK|So|Well|Right|Yes)[,.]? )?"
    r"(?:Good (?:morning|afternoon|evening|day)|Hello|Hi,|Greetings|Bismillah|Ass?alam"
    r"|Welcome(?! to (?:the|our) (?:\w+ )?(?:web|site|page|channel|news))"
    r"|Dear |(?:My )?(?:fellow|ladies and gentlemen)\b|Thank you|Thanks )",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    r"\b(?:hand|turn|pass|give) (?:(?:it|things|the floor|the mic\w*) (?:back |over )?|over )to\b",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(r"\b(?:I|we|my|our)\b")
_QUOTED = re.compile(r"[“\"][^“”\"\n]{0,600}[”\"]")
_SENTENCE_END = re.compile(r"(?:[.?!…:;,—–]|--)[\s”’\"')\]]*\Z")
_ITEM = re.compile(r"(?:[-–—•*·]|\(?\w{1,2}[.)])\s")
_AND = re.compile(r",? (?:and|&) ")
_POINT = re.compile(r"[^\W\d_][^:.?!\n]{1,40}: \S")
_HEADING_AT_MOST = 120  # characters
_MUCH = 400_000  # characters above a first label; nobody opens with more
_LEAST = 80  # characters; less is hardly an opening
_LONG = 500  # more than one says who only welcomes everybody, and leads later


@dataclass(frozen=True, slots=True)
class Opening:
    """Turns without a label, and the persons who alone can have spoken them, by their labels."""

    turns: tuple[Turn, ...] = ()
    persons: Mapping[str, Person] = field(default_factory=dict)

    def name_rest(self, text: str, start: int, end: int) -> Iterator[Furniture]:
        """What of a stretch, within which the turns are, is none of them."""
        edges = [(start, start), *((turn.start, turn.end) for turn in self.turns), (end, end)]
        for at, ((_, begun), (stop, _)) in enumerate(pairwise(edges)):
            rest = trim(text, begun, stop)
            if rest[0] < rest[1]:
                yield Furniture("heading" if at else "header", *rest)


def find_opening(
    text: str,
    span: tuple[int, int],
    title: str,
    turns: Sequence[Turn],
    persons: Mapping[str, Person],
) -> Opening:
    """The opening within ``span``, which ends at the first label, if it is certain who speaks it.

    ``turns`` are those of the whole document, ``persons`` who stands behind their labels.
    """
    if span[1] - span[0] > _MUCH:
        return Opening()
    paragraphs = list(PARAGRAPH.finditer(text, *span))
    voices = {word for x in turns if x.kind == "official" for word in read_words(x.label)[-1:]}
    told = ((at, _tell_section(x[0], voices)) for at, x in enumerate(paragraphs))
    sections = [(at, person) for at, person in told if person]
    if sections and turns:
        return _open_sections(paragraphs, sections, turns, persons)
    greets = GREETS.search(text, *span)
    if greets is None or not turns:
        return Opening()
    above = text[span[0] : greets.start()]
    below = [each for each in paragraphs if each.start() >= greets.start()]
    label, person = _tell_whose(title, above, turns, persons)
    whose = person or label
    if not whose or not _ends_before(turns[0], whose, below, persons):
        return Opening()
    if not _may_speak(person, label, below) or _may_be_a_welcome(whose, below, turns, persons):
        return Opening()
    return Opening(tuple(_cut(label, below)), {label: person} if person else {})


def _open_sections(
    paragraphs: Sequence[re.Match[str]],
    sections: Sequence[tuple[int, Person]],
    turns: Sequence[Turn],
    persons: Mapping[str, Person],
) -> Opening:
    """What stands below headings that say whose remarks it is."""
    ends = [*(at for at, _ in sections[1:]), len(paragraphs)]
    told = [
        (each, _from_spoken(paragraphs[at + 1 : end]))
        for (at, each), end in zip(sections, ends, strict=True)
    ]
    if len(told) > 1 and not all(below for _, below in told):
        return Opening()  # a list of those who will speak
    if not _ends_before(turns[0], *told[-1], persons):
        told.pop()
    spoken = [(each, below) for each, below in told if _may_speak(each, each.name, below)]
    if len(sections) == 1 and spoken and _may_be_a_welcome(*spoken[0], turns, persons):
        return Opening()
    return Opening(
        tuple(turn for each, below in spoken for turn in _cut(each.name, below)),
        {each.name: each for each, _ in spoken},
    )


def _from_spoken(below: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The paragraphs from the first on that greets, or speaks of "I" or "we"."""
    return list(dropwhile(lambda each: not _opens(each), below))


def _opens(paragraph: re.Match[str]) -> bool:
    own = _OF_ONESELF.search(_QUOTED.sub(" ", paragraph[0]))
    return bool(own or GREETS.match(paragraph.string, paragraph.start()))


def _tell_section(said: str, voices: Collection[str]) -> Person | None:
    """The one whose remarks are below a heading that says so, or of a name that answers later.

    ``voices`` are the last words of officials' labels.
    """
    line = fold_space(said)
    if len(line) > 2 * _HEADING_AT_MOST or line.endswith((".", ":", "?")):
        return None
    if _HEADS_SECTION.fullmatch(line):
        officials = list_officials("", line)
        joint = sum(map(shows_office, _AND.split(line))) > 1  # of A and B, one by surname alone
        return officials[0] if len(officials) == 1 and not joint else None
    person = from_whole_label(line) if shows_office(line) else None
    known = person and person.role and person.name.split()[-1].upper() in voices
    return person if known and "\n" not in said.strip() else None


def _tell_whose(
    title: str, above: str, turns: Sequence[Turn], persons: Mapping[str, Person]
) -> tuple[str, Person | None]:
    """Label and person of who speaks below a title and what stands under it; or no label."""
    lines = [fold_space(x) for x in (title, *_GOES_ON.sub(r"\g<event> ", above).splitlines())]
    stated = [each for each in lines if _SPOKEN.search(each)]
    officials = list_officials("", "\n".join(stated))
    if len(officials) > 1:
        return "", None
    if officials:
        return officials[0].name, officials[0]
    label = _find_office(stated, turns, persons) or _find_only(lines, turns)
    return label or "", persons.get(label or "")


def _find_office(
    stated: Sequence[str], turns: Sequence[Turn], persons: Mapping[str, Person]
) -> str | None:
    """The label of the one official of the office of which a line speaks, without a name."""
    found = [
        x["office"]
        for line in stated
        for way in (_OFFICE_AFTER, _OFFICE_BEFORE)
        for x in way.finditer(line)
    ]
    offices = {tuple(filter(shows_office, read_words(each))) for each in found} - {()}
    if len(offices) != 1:
        return None
    (words,) = offices
    holding = [
        x.label for x in turns if x.kind == "official" and {*words} <= {*read_words(x.label)}
    ]
    return holding[0] if len({persons.get(each) or each for each in holding}) == 1 else None


def _find_only(lines: Sequence[str], turns: Sequence[Turn]) -> str | None:
    """The label of the one official who answers, where all others ask and no line names another."""
    voices = {x.label for x in turns if x.kind != "reporter" and x.label.upper() not in ANSWERING}
    kinds = {turn.kind for turn in turns if turn.label in voices}
    named = list_officials("", "\n".join(lines))
    held = any(map(_HELD.search, lines))
    alone = len(voices) == 1 and kinds == {"official"} and turns[0].kind == "reporter"
    return next(iter(voices)) if held and alone and not named else None


def _ends_before(
    first: Turn,
    whose: Person | str,
    below: Sequence[re.Match[str]],
    persons: Mapping[str, Person],
) -> bool:
    """Whether the first turn with a label is another's, and the one to whom words hand over, if so.

    Whoever speaks under the first label has not spoken before it: what is there is a question.
    """
    if isinstance(whose, Person):
        own = whose.name.split()[-1].upper() in read_words(first.label)
        own = own or persons.get(first.label) == whose
    else:
        own = first.label == whose
    lost = first.kind == "reporter" and below and _HANDS_OVER.search(below[-1][0])
    return not own and not lost


def _may_speak(person: Person | None, label: str, below: Sequence[re.Match[str]]) -> bool:
    """Whether words are long enough, of the first person, and don't speak of their own speaker."""
    said = _QUOTED.sub(" ", "\n\n".join(each[0] for each in below))
    called = f"{person.name} {person.role}" if person else label
    surname = person.name.split()[-1].upper() if person else ""
    named = {word for word in read_words(called) if shows_office(word) or word == surname}
    return (
        len(said) >= _LEAST
        and _OF_ONESELF.search(said) is not None
        and named.isdisjoint(read_words(said))
    )


def _may_be_a_welcome(
    whose: Person | str,
    below: Sequence[re.Match[str]],
    turns: Sequence[Turn],
    persons: Mapping[str, Person],
) -> bool:
    """Whether somebody else who leads or answers later may have spoken so few words."""
    others = any(
        turn.kind in {"moderator", "official"}
        and whose not in {turn.label, persons.get(turn.label)}
        for turn in turns
    )
    return others and sum(len(each[0]) for each in below) < _LONG


def _cut(label: str, paragraphs: Sequence[re.Match[str]]) -> Iterator[Turn]:
    """The turns of paragraphs that are spoken, parted by headings between them."""
    begun = None
    for each, above in zip(paragraphs, [None, *paragraphs], strict=False):
        if _is_said(each[0].strip(), above[0] if above else ""):
            begun = begun or each.start()
            end = each.end()
        elif begun is not None:
            yield Turn("official", label, begun, end)
            begun = None
    if begun is not None:
        yield Turn("official", label, begun, end)


def _is_said(said: str, above: str) -> bool:
    if RULE.fullmatch(said):
        return False
    listed = _ITEM.match(said) or above.rstrip().endswith((":", ";", ","))
    below = _POINT.match(said) and _POINT.match(above.strip())
    return bool(_SENTENCE_END.search(said) or listed or below or len(said) > _HEADING_AT_MOST)
