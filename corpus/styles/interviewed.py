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
from corpus.styles.above_turns import list_lines
from corpus.styles.introduced import LOWER, WORD
from corpus.styles.introductions import tell_person
from corpus.styles.labels import (
    DOMAIN_WORDS,
    PRESS_ROLES,
    kind_of_role,
    read_words,
    shows_office,
    word_set,
)
from corpus.text import fold_space

_NAME = re.compile(
    rf"(?<![\w’'\-])(?P<name>{WORD}(?:\s+[A-Z]\.)?(?:\s+(?:de|von|van|der|den|bin|al|da|di|la))*"
    rf"\s+{WORD})(?![\w\-])"
)
_NAMES = re.compile(rf"(?={_NAME.pattern})")
_GOES_ON = re.compile(
    r"\s+(?!(?:On|In|At|About|After|And|Of|For|With|From|To|Is|Says|Tells|Speaks|Jr|Sr)\b)[A-Z][a-zé’'\-]"
)
_VERB = (
    r"(?:tells?|told|speaks?|spoke|spoken|talks?|talked|sits? down|sat down|answers?|answered"
    r"|discuss(?:es|ed)?|explain(?:s|ed)?|reflect(?:s|ed)?|gives?|gave|grant(?:s|ed)|join(?:s|ed)"
    r"|respond(?:s|ed)?|opens? up|opened up|shares?|shared|met|meets?)"
)
_SPEAKS = re.compile(
    rf"(?:\W{{0,2}}\s*(?:who\s+)?(?:has|have|had)?\s*(?:recently|also|now)?\s*{_VERB}\b"
    r"|,?\s+in (?:an?|the|her|his)(?: \w+)? (?:interview|conversation)\b)"
)
_GIVES = re.compile(r"[’']s?\s+(?:\w+\s+){0,2}(?:interview|conversation|answers)\b", re.IGNORECASE)
_INTRODUCED = re.compile(r"^(?:In|On|During|Speaking|After|Before)\b[^.]{0,120},\s*")
_THEIRS = re.compile(r"\b(?:his|her|their|my|whose|who)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:\b(?:interviews?|conversations?|discussions?|chats?|talks?|Q ?& ?A|exchange)"
    r"(?:\s+(?!with\b|of\b|by\b)\w+){0,3}?\s+(?:with|of|by)"
    rf"|(?<!he )(?<!they )(?<!who )\b{_VERB}(?:\s+(?:exclusively|recently|also|again"
    r"|(?:by|over|on|via|in|at)\s+(?:\w+\s+){0,2}?\w+))?\s+(?:with|to)"
    r"|\b(?:speak(?:ing)?|talk(?:ing)?|sit(?:ting)? down)\s+(?:with|to)"
    r"|\b(?:interview(?:s|ed)|asks?|asked|questions? (?:to|for)|answers by|joined by))"
    r"(?:\s+(?:the|its|our|new|outgoing|then|current|former|[A-Z][a-z]+(?:’s|'s|n|h|e)))*\s*$",
    re.IGNORECASE,
)
_HEADS_QUOTE = re.compile(r"\s*[:–—-]\s*[“\"‘']")
_QUOTE_HEADS = re.compile(r"^[“\"‘'«][^\n]*[”\"’'»]\s*[:–—|-]\s*")
_SAID_THERE = re.compile(
    r"\W{0,2}\s*(?:said|says|stated|told \w+|stressed|argues|argued|explained)(?:\s+\w+){0,3}?\s+"
    r"in (?:an?|the|her|his)(?: \w+)? (?:interview|conversation)\b"
)
_ON_SUBJECT = re.compile(
    r",?\s+on\s+(?!\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April"
    r"|May|June|July|August|September|October|November|December)\b|(?:behalf|trial|leave|stage)\b"
    r"|(?:the|an?|his|her)\s+(?:\w+\s+)?(?:eve|occasion|visit|trip|way|tour|day|brink)\b)\w"
)
_KICKER = re.compile(
    r"(?:^|[—–|•·»/-]\s*)(?:The \w+ )?(?:Interviews?|Q\.? ?(?:&|and) ?A\.?)\s*\|?$"
)
_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|&)\s+(?:the\s+|his\s+|her\s+|its\s+)?[A-Z]")
_OWNS = re.compile(r"[’']s?\b")
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
_SUBJECT = re.compile(
    rf"(?:(?:When|As|Before|After|Since|While)\s+|[IO]n [^,.]{{1,40}},\s+)?{_NAME.pattern}\s+[a-z]"
)
_IS_NOW = re.compile(
    r"(?:Now,?\s+)?(?:[Ss]?[Hh]e|[Tt]hey|[Tt]he [^,.]{1,40}?)\s+(?:is|has been|became)\s+"
    r"(?:now\s+)?(?:the\s+)?(?P<role>[A-Z\w’'&\-]+(?:\s+[\w’'&\-]+){0,12}?)(?=\s*[.,;:(|])"
)
_SPOKE = re.compile(rf"(?:He|She|They)\s+(?:recently\s+)?{_VERB}\b")
_LINKS = re.compile(r"\s(?:of|for|to|on|at|in|and|with)\s", re.IGNORECASE)
_HEADS = re.compile(r"\bhead\b", re.IGNORECASE)
_MEMBER = re.compile(
    r"(?:board )?member of (?:the )?(?:\w+ ){0,3}(?:board|council|cabinet|government|commission"
    r"|parliament|congress|senate|assembly|committee)\b",
    re.IGNORECASE,
)
_LAST_LINK = re.compile(
    r"\b(?:of|for|to)\s+(?!the\s|an?\s)(?P<office>(?:(?!of\s|for\s|to\s)[\w’'\-]+\s+){1,5})$"
)
_HOLDER = re.compile(  # "spoke with Samoa Daily, President Jane Roe told us"
    r"\b(?:President|Minister|Secretary|Chancellor|Premier|Governor|Director|Chair\w*|Mayor)\s+"
    rf"{WORD}\s+{WORD}"
)
_LONGEST_OFFICE = 12  # words
_NO_NAMES = word_set(
    "THE A AN THIS OUR IN ON AT FOR AND OF QUESTION QUESTIONS INTERVIEW PRESS HEAD DEPUTY MEMBER"
)
_MOST = 40  # names above the first question that are looked at
_MUCH = 12_000  # characters of it


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in a sentence, from ``named`` on; the span holds the office beside it as well."""

    sentence: str
    name: str
    named: int
    start: int
    end: int

    @property
    def before(self) -> str:
        return self.sentence[: self.start]

    @property
    def after(self) -> str:
        return self.sentence[self.end :]


@dataclass(frozen=True, slots=True)
class _Named:
    """An official who is named above the first question, and where."""

    person: Person
    mentions: list[_Mention]


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
    others: list[_Mention] = []
    for name in names:
        person = _tell_official(name, title, heading, lines)
        mentions = list(_list_mentions(name, person, lines))
        if person is None:
            others += mentions
        else:
            surname = person.name.split()[-1].casefold()
            named.setdefault(surname, _Named(person, [])).mentions.extend(mentions)
    parties = [each for each in named.values() if any(map(_is_party, each.mentions))]
    if not parties and len(named) == 1:
        parties = [each for each in named.values() if any(map(_is_likely_party, each.mentions))]
    if not parties and not any(_SPEAKS.match(each.after) for each in others):
        return _tell_subject(title, heading, lines)
    if len(parties) != 1 or any(_may_answer(each, parties[0]) for each in others):
        return None
    joined = any(_JOINED.match(x.after) for x in parties[0].mentions if _is_party(x))
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
    return person if role and _is_office(role) and not _HOLDER.search(role) else None


def _is_office(role: str) -> bool:
    """Whether a role is an office itself, and not "biographer of the President"."""
    head = _LINKS.split(role, maxsplit=1)[0]
    holds = shows_office(head) or bool(_HEADS.search(head) or _MEMBER.match(role))
    return holds and kind_of_role(role) == "official"


def _tell_holder(name: str, lines: list[str]) -> Person | None:
    """ "Jane Roe has been minister of health since May": the office that a sentence states."""
    pattern = re.compile(re.escape(name) + _HOLDS)
    for line in lines:
        if (found := pattern.search(line)) and _is_office(found["role"]):
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
    held = Person(name, role) if _is_office(role) else None
    return _tell_official(name, title, heading, lines) or held


def _list_mentions(name: str, person: Person | None, lines: list[str]) -> Iterator[_Mention]:
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
                yield _Mention(sentence, found[0], found.start(), start, end)


def _is_party(mention: _Mention) -> bool:
    """Whether a sentence says of somebody that he is the one interviewed."""
    before, after = mention.before, mention.after
    if _holds_another(mention.sentence[: mention.named]):
        return False
    if _OWNS.match(after):
        return bool(_GIVES.match(after))
    if _THEIRS.search(before):
        return False
    if _ASKED.search(before):
        return True
    both = before.strip().removesuffix(" and")  # "Spokesperson and Deputy Minister Jane Roe"
    alone = not after.strip(" .,;|") and (not both or shows_office(both.split()[-1]))
    led = _INTRODUCED.sub("", before, count=1).strip()
    opens = not led or (len(led.split()) < _LONGEST_OFFICE and _is_office(led))
    return alone or (opens and bool(_SPEAKS.match(after) or _HEADS_QUOTE.match(after)))


def _is_likely_party(mention: _Mention) -> bool:
    """Whether a line is such as stands above an interview with the one official it names.

    "We are tired, President Roe said in an interview with"; "‘We are tired’: President Roe on war".
    """
    if _holds_another(mention.sentence[: mention.named]) or _OWNS.match(mention.after):
        return False
    led = mention.before.rstrip()
    if _SAID_THERE.match(mention.after):
        return not led or led.endswith((",", "”", '"', "’"))
    rest = _QUOTE_HEADS.sub("", led + " ").strip()
    opens = not rest or (len(rest.split()) < _LONGEST_OFFICE and _is_office(rest))
    return opens and bool(_ON_SUBJECT.match(mention.after))


def _holds_another(before: str) -> bool:
    """Whether the one interviewed is another, "the spokesperson for Prime Minister Jane Roe".

    "Head of the Office of the President Jane Roe" is herself the head.
    """
    found = _LAST_LINK.search(before)
    if found is None or not shows_office(found["office"]):
        return False
    return not _ASKED.search(before[: found.start("office")])


def _may_answer(other: _Mention, party: _Named) -> bool:
    """Whether somebody without an office who speaks there may be the one interviewed.

    A reporter may; and whoever "spoke with" the official in so many words put the questions, as did
    the one of whom the same sentence says that the official spoke with.
    """
    lead = other.before.rstrip()
    if _PRESS.search(lead[-40:]) or _BYLINE.search(other.before):
        return False
    told = _SPEAKS.match(other.after)
    if told is None:
        theirs = {x.sentence for x in party.mentions if _is_party(x) or _is_likely_party(x)}
        asked = _ASKED.search(other.before) or _ASKED.search(_TRADE.sub("", other.before))
        return asked is not None and other.sentence not in theirs
    rest = other.after[told.end() :]
    met = rf"\s+(?:with|to)\b[^.;]{{0,120}}\b{re.escape(party.person.name)}"
    return not re.match(met, rest)
