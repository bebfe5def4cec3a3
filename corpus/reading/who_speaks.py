"""Who stands behind each label of a briefing: the kind of speaker, and the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.metadata import Person
from corpus.model import SpeakerKind
from corpus.reading.bare_offices import tell_bare_offices
from corpus.reading.base import Label
from corpus.reading.briefing import FoundLabel
from corpus.reading.interviewed import tell_interviewed
from corpus.reading.introductions import (
    cut_before_speech,
    lists_a_group,
    tell_answering,
    tell_briefer,
    tell_person,
)
from corpus.reading.joined_labels import join_labels
from corpus.reading.label_words import ANSWERING
from corpus.reading.labels import kind_of_label, kind_of_role, read_words
from corpus.reading.listed import find_listed, list_speakers
from corpus.reading.opening import GREETS
from corpus.reading.same_labels import answered_by
from corpus.reading.utterances import Utterances
from corpus.reading.who_asks import (
    calls_on,
    find_askers,
    find_floor_givers,
    find_leading_chairs,
    find_members,
)
from corpus.text import fold_space


@dataclass(frozen=True)
class _Document:
    """What may tell who speaks: title, heading, an opening without a label, and all turns."""

    text: str
    begin: int
    title: str
    heading: str
    found: Sequence[FoundLabel]
    spoken: Utterances

    @cached_property
    def interviewed(self) -> Person | None:
        """The one official whom title and heading say to answer here."""
        return tell_interviewed(self.title, cut_before_speech(self.heading))

    @cached_property
    def listed(self) -> dict[str, Person]:
        """Those listed as speakers, where others ask."""
        asked = any(_shown(who) == "reporter" for who in self.spoken.labels)
        return list_speakers(f"{self.title}\n{self.heading}") if asked else {}

    def before(self, who: str) -> str:
        """What is said before somebody speaks first, an opening without a label included."""
        greets = GREETS.search(self.heading)
        greeting = self.heading[greets.start() :] if greets else ""
        return f"{greeting}\n\n{self.text[self.begin : self.spoken.begin(who)]}"


def tell_speakers(
    text: str, found: Sequence[FoundLabel], span: tuple[int, int], title: str, heading: str
) -> tuple[Iterator[Label], dict[str, Person]]:
    """The labels with their kinds, in order, and the persons behind the labels as printed.

    ``span`` is where what is said begins and ends; ``heading`` what else stands above it and may
    tell who speaks.
    """
    whose = join_labels(found, heading, text)
    spoken = Utterances(text, found, whose, span[1])
    document = _Document(text, span[0], title, heading, found, spoken)
    persons = _find_persons(document)
    kinds = _settle_kinds(_find_kinds(document, persons), persons, spoken, f"{title}\n{heading}")
    persons = {who: each for who, each in persons.items() if kinds[who] != "moderator"}
    labels = (_with_kind(x, kinds.get(whose[x.meant])) for x in found)
    behind = {fold_space(x.printed): whose[x.meant] for x in found}
    return labels, {label: persons[who] for label, who in behind.items() if who in persons}


def _find_persons(document: _Document) -> dict[str, Person]:
    """Who stands behind each of the labels that stand most, as far as the document tells it."""
    persons: dict[str, Person] = {}
    for who in document.spoken.most:
        if who.upper() in ANSWERING:
            person = _tell_answering(document)
        else:
            own = "\n\n".join(document.spoken.of(who))
            person = find_listed(who, document.listed)
            person = person or tell_person(
                who, document.title, document.before(who), own, document.heading
            )
            person = person or _find_interviewed(who, document)
            person = person or tell_briefer(who, document.title, document.heading)
        if person:
            persons[who] = person
    by_turn = sorted(document.spoken.most, key=document.spoken.begin)
    above = f"{document.title}\n{document.heading}"
    return tell_bare_offices(by_turn, persons, above)


def _tell_answering(document: _Document) -> Person | None:
    """Who answers under ``A``: the one whom all other such labels name, or the heading alone."""
    labels = document.spoken.labels
    each_label = zip(document.found, document.spoken.speakers, strict=True)
    named = {who for x, who in each_label if answered_by(x.printed)}
    if not named and not any(_shown(who) == "official" for who in labels):
        return tell_answering(document.title, document.heading) or document.interviewed
    others = {who for who in labels if _shown(who) not in {"reporter", "moderator"}} - named
    if len(named) != 1 or any(who.upper() not in ANSWERING for who in others):
        return None
    (who,) = named
    return tell_person(who, document.title, document.before(who), "", document.heading)


def _find_interviewed(who: str, document: _Document) -> Person | None:
    """The one whom the heading says to be interviewed, if a label is his name or his surname."""
    names = read_words(document.interviewed.name) if document.interviewed else []
    return document.interviewed if names and read_words(who) in (names, names[-1:]) else None


def _find_kinds(document: _Document, persons: Mapping[str, Person]) -> dict[str, SpeakerKind]:
    """The kind of each of the labels that stand most, by its words or by the person's role."""
    asked = any(_shown(who) == "reporter" for who in document.spoken.labels)
    group = asked and lists_a_group(document.title)
    labels = frozenset(word for who in document.spoken.labels for word in read_words(who))
    kinds: dict[str, SpeakerKind] = {}
    for who in document.spoken.most:
        said = [each for each in document.spoken.of(who) if not calls_on(each, labels)]
        above = who.upper() in ANSWERING or _is_named_above(who, document)
        briefs = group or (
            asked and tell_briefer(who, document.title, document.heading) is not None
        )
        kinds[who] = kind_of_label(who) or _kind_of_person(
            persons.get(who), said, above=above, group=briefs
        )
    return kinds


def _is_named_above(who: str, document: _Document) -> bool:
    return tell_person(who, document.title, "", "", document.heading) is not None


def _with_kind(label: FoundLabel, kind: SpeakerKind | None) -> Label:
    told = "unknown" if label.doubtful else kind or _shown(label.meant)
    return Label(fold_space(label.printed), told, label.start, label.end)


def _settle_kinds(
    kinds: Mapping[str, SpeakerKind],
    persons: Mapping[str, Person],
    spoken: Utterances,
    above: str,
) -> dict[str, SpeakerKind]:
    """The kinds once it is seen who leads a committee, and who asks though a role is stated."""
    settled = dict(kinds)
    settled |= dict.fromkeys(find_leading_chairs(kinds, spoken), "moderator")
    stated = {
        who
        for who, person in persons.items()
        if person.role and settled[who] == "official" and kind_of_label(who) is None
    }
    settled |= dict.fromkeys(find_askers(stated, settled, spoken), "unknown")
    offices = {
        who: f"{who} {persons[who].role}" if who in persons else who
        for who, kind in settled.items()
        if kind == "official"
    }
    settled |= dict.fromkeys(find_members(offices, settled, above), "unknown")
    settled |= dict.fromkeys(find_floor_givers(offices, settled, spoken), "moderator")
    return settled


def _shown(label: str) -> SpeakerKind:
    return kind_of_label(label) or "unknown"


def _kind_of_person(
    person: Person | None, said: Sequence[str], *, above: bool, group: bool
) -> SpeakerKind:
    """Where the label shows no office: a stated role tells, or asking, or nothing.

    ``above`` says that title or heading name the person, ``group`` that they announce officials
    without their names, or this one without an office, while reporters have labels of their own.
    """
    asking = sum(turn.endswith("?") for turn in said)
    if person and person.role:
        kind = kind_of_role(person.role)
        if kind_of_label(person.role) == "reporter":  # MR. ROE (BBC)
            return "reporter"
        asks = kind == "official" and not above and 2 * asking > len(said)
        return "reporter" if asks else kind
    if group:
        return "official"
    most = 2 * asking > len(said) and (person is None or " " in person.name)
    return "reporter" if asking > max(1, len(said) // 5) or most else "unknown"
