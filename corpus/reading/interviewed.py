"""Whom an interview is with, where its title or the lines above the first question say so.

"Interview with Minister Jane Roe", "Jane Roe, the minister of health, spoke with …", a line that
holds nothing but a name and an office. An official who is only spoken of there is never taken, nor
one of two, nor one beside somebody who holds no office and may be the one who answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.metadata import Person
from corpus.reading.above_turns import list_lines
from corpus.reading.introduced import LOWER, PARTICLES, WORD
from corpus.reading.introductions import tell_person
from corpus.reading.label_words import DOMAIN_WORDS, PRESS_ROLES, word_set
from corpus.reading.labels import read_words, shows_office
from corpus.reading.mentions import (
    ASKED,
    HEADS_QUOTE,
    SPEAKS,
    VERB,
    Mention,
    is_likely_party,
    is_office,
    is_party,
)
from corpus.text import fold_space

_NAME = re.compile(rf"(?<![\w’'\-])(?P<name>{WORD}(?:\s+[A-Z]\.)?{PARTICLES}\s+{WORD})(?![\w\-])")
_NAMES = re.compile(rf"(?={_NAME.pattern})")
_GOES_ON = re.compile(
    r"\s+(?!(?:On|In|At|About|After|And|Of|For|With|From|To|Is|Says|Tells|Speaks|Jr|Sr)\b)[A-Z][a-zé’'\-]"
)
_KICKER = re.compile(
    r"(?:^|[—–|•·»/-]\s*)(?:The \w+ )?(?:Interviews?|Q\.? ?(?:&|and) ?A\.?)\s*\|?$"
)
_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|&)\s+(?:the\s+|his\s+|her\s+|its\s+)?[A-Z]")
_LEAD = re.compile(
    r"\W{0,4}(?i:(?:exclusive )?interview)\s*[|:–—-]\s*The (?P<role>[\w’'&\- ]{3,80}?) "
    r"(?:defends|answers|explains|tells|speaks|talks|discusses|responds|reflects|details)\b"
)
_TRADE = re.compile(r"(?:\s(?!with\b|to\b|of\b|by\b)[a-z\-]+){1,3}\s*$")  # "with novelist"
_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"][.!?])\s+(?=[A-Z“\"])")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|H\.?E)\.?\s+(?=[A-Z])")
_PRESS = re.compile(
    rf"\b(?:{'|'.join(sorted(PRESS_ROLES))}|newspaper|magazine)\b|[’']s?\s*$", re.IGNORECASE
)
_BYLINE = re.compile(r"(?:By|by|BY|Interview by|Interviewed by|Words by)\s+$")
_HOLDS = (
    r"(?:,?\s+(?:who\s+)?(?:is|has been|became|serves as|has served as)\s+(?:now\s+)?|,\s+)"
    r"(?:the\s+|its\s+|an?\s+)?(?P<role>[A-Z\w’'&\-]+(?:\s+[\w’'&\-]+){0,12}?)"
    r"(?=\s*[.,;:(|]|\s+(?:since|who|and|at a)\b)"
)
_HELD_BY = r"\b(?:[Tt]he|[A-Z][\w\-]*[’']s?)\s+(?P<role>(?:[\w’'&\-]+\s+){0,12}[\w’'&\-]+),\s+"
_SUBJECT = re.compile(
    rf"(?:(?:When|As|Before|After|Since|While)\s+|[IO]n [^,.]{{1,40}},\s+)?{_NAME.pattern}\s+[a-z]"
)
_IS_NOW = re.compile(
    r"(?:Now,?\s+)?(?:[Ss]?[Hh]e|[Tt]hey|[Tt]he [^,.]{1,40}?)\s+(?:is|has been|became)\s+"
    r"(?:now\s+)?(?:the\s+)?(?P<role>[A-Z\w’'&\-]+(?:\s+[\w’'&\-]+){0,12}?)(?=\s*[.,;:(|])"
)
_SPOKE = re.compile(rf"(?:He|She|They)\s+(?:recently\s+)?{VERB}\b")
_HOLDER = re.compile(  # "spoke with Samoa Daily, President Jane Roe told us"
    r"\b(?:President|Minister|Secretary|Chancellor|Premier|Governor|Director|Chair\w*|Mayor)\s+"
    rf"{WORD}\s+{WORD}"
)
_NO_NAMES = word_set(
    "THE A AN THIS OUR IN ON AT FOR AND OF QUESTION QUESTIONS INTERVIEW PRESS HEAD DEPUTY MEMBER "
    "BOARD BANK AUTHORITY AGENCY COMMISSION COMMITTEE MINISTRY DEPARTMENT OFFICE INSTITUTE NEWS"
)
_MOST = 40  # names above the first question that are looked at
_MUCH = 12_000  # characters of it


@dataclass(frozen=True, slots=True)
class _Named:
    """An official who is named above the first question, and where."""

    person: Person
    mentions: list[Mention]


def tell_interviewed(title: str, heading: str) -> Person | None:
    """The one official whom title and heading say to be interviewed, or None.

    Args:
        title: the document's title.
        heading: what stands above the first question.
    """
    title, heading = (_TITLED.sub("", each[-_MUCH:]) for each in (title, heading))
    lines = [re.sub(r" \|$", "", each) for each in list_lines(title, heading)]
    names = list(dict.fromkeys(_list_names(lines)))[:_MOST]
    named: dict[str, _Named] = {}
    others: list[Mention] = []
    for name in names:
        person = _tell_official(name, title, heading, lines)
        mentions = list(_list_mentions(name, person, lines))
        if person is None:
            others += mentions
        else:
            surname = person.name.split()[-1].casefold()
            named.setdefault(surname, _Named(person, [])).mentions.extend(mentions)
    parties = [each for each in named.values() if any(map(is_party, each.mentions))]
    if not parties and len(named) == 1:
        parties = [each for each in named.values() if any(map(is_likely_party, each.mentions))]
    if not parties and not any(SPEAKS.match(each.after) for each in others):
        return _tell_subject(title, heading, lines) or (
            None if named else _tell_quoted(names, others, lines)
        )
    if len(parties) != 1 or any(_may_answer(each, parties[0]) for each in others):
        return None
    joined = any(_JOINED.match(x.after) for x in parties[0].mentions if is_party(x))
    return None if joined else parties[0].person


def _list_names(lines: list[str]) -> Iterator[str]:
    """Two words in capitals that may be a name, the last of any more in a row."""
    for line in lines:
        for sentence in _SENTENCE.split(line):
            for found in _NAMES.finditer(sentence):
                name = re.sub(r"[’']s$", "", fold_space(found["name"])).rstrip(".,")
                if _could_name(name) and not _GOES_ON.match(sentence, found.end("name")):
                    yield name


def _could_name(name: str) -> bool:
    words = read_words(name)
    barred = _NO_NAMES | DOMAIN_WORDS | {each.upper() for each in LOWER}
    return len(words) > 1 and not any(shows_office(word) or word in barred for word in words)


def _tell_official(name: str, title: str, heading: str, lines: list[str]) -> Person | None:
    person = tell_person(name, title, "", "", heading)
    if person is None or person.role is None:
        person = _tell_holder(name, lines)
    role = person.role if person else None
    return person if role and is_office(role) and not _HOLDER.search(role) else None


def _tell_holder(name: str, lines: list[str]) -> Person | None:
    """The office that a sentence states, or sets before a name that commas part from it.

    "Jane Roe has been minister of health since May"; "Samoa's minister of health, Jane Roe, tells".
    """
    spelt = re.escape(name)
    patterns = (re.compile(spelt + _HOLDS), re.compile(rf"{_HELD_BY}(?:Dr\.?\s+)?{spelt},"))
    for found in (x for line in lines for each in patterns if (x := each.search(line))):
        if is_office(found["role"]):
            return Person(name, fold_space(found["role"]))
    return None


def _tell_subject(title: str, heading: str, lines: list[str]) -> Person | None:
    """The one of whom a lead tells, by sentences that begin so, office and interview and all.

    "Jane Roe grew up at sea. Now she is the minister of ports. She spoke with us on Monday." Where
    sentences of the lines begin with two names of people who are not of the press, it is neither.
    """
    found: dict[str, str] = {}
    for line in lines:
        for at, sentence in enumerate(_SENTENCE.split(line)):
            opens = _SUBJECT.match(sentence)
            if opens and _could_name(opens["name"]) and not _PRESS.search(sentence):
                found.setdefault(opens["name"], line if at == 0 else "")
    if len(found) != 1:
        return None
    (name, line), *_ = found.items()
    sentences = _SENTENCE.split(line)[1:]
    if not any(map(_SPOKE.match, sentences)) and not any(map(_KICKER.search, lines)):
        return None
    role = next((x["role"] for each in sentences if (x := _IS_NOW.match(each))), "")
    held = Person(name, role) if is_office(role) else None
    return _tell_official(name, title, heading, lines) or held


def _tell_quoted(names: list[str], others: list[Mention], lines: list[str]) -> Person | None:
    """The one name that a headline sets before their words, where the lead tells but the office.

    "Jane Roe: ‘We are late’", and below it "INTERVIEW – The minister of ports defends her bill.".
    """
    leads = [(line, found) for line in lines if (found := _LEAD.match(line))]
    quoted = {x.name for x in others if HEADS_QUOTE.match(x.after) and is_party(x)} & {*names}
    if len(leads) != 1 or len(quoted) != 1:
        return None
    (name,), (line, found) = quoted, leads[0]
    rest = line[found.end() :]
    others_there = any(map(shows_office, read_words(rest))) or any(x in rest for x in names)
    alone = name not in line and not others_there
    return Person(name, found["role"]) if alone and is_office(found["role"]) else None


def _list_mentions(name: str, person: Person | None, lines: list[str]) -> Iterator[Mention]:
    surname = name.rsplit(maxsplit=1)[-1]
    pattern = re.compile(rf"(?<![\w\-])(?:{re.escape(name)}|{re.escape(surname)})(?![\w\-])")
    role = re.escape(person.role) if person and person.role else None
    for line in lines:
        for sentence in _SENTENCE.split(line):
            for found in pattern.finditer(sentence):
                start, end = found.span()
                if role and (
                    led := re.search(rf"(?:the\s+)?{role},?\s+(?:\w+\.\s+)?$", sentence[:start])
                ):
                    start = led.start()
                if role and (said := re.match(rf",\s+(?:the\s+)?{role}", sentence[end:])):
                    end += said.end()
                yield Mention(sentence, found[0], found.start(), start, end)


def _may_answer(other: Mention, party: _Named) -> bool:
    """Whether somebody without an office who speaks there may be the one interviewed.

    A reporter may; and whoever "spoke with" the official in so many words put the questions, as did
    the one of whom the same sentence says that the official spoke with.
    """
    lead = other.before.rstrip()
    if _PRESS.search(lead[-40:]) or _BYLINE.search(other.before):
        return False
    told = SPEAKS.match(other.after)
    if told is None:
        theirs = {x.sentence for x in party.mentions if is_party(x) or is_likely_party(x)}
        asked = ASKED.search(other.before) or ASKED.search(_TRADE.sub("", other.before))
        return asked is not None and other.sentence not in theirs
    rest = other.after[told.end() :]
    met = rf"\s+(?:with|to)\b[^.;]{{0,120}}\b{re.escape(party.person.name)}"
    return not re.match(met, rest)
