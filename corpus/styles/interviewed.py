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
from corpus.styles.label_words import DOMAIN_WORDS, PRESS_ROLES, word_set
from corpus.styles.labels import kind_of_role, read_words, shows_office
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
    rf"|\b{_VERB}(?:\s+(?:exclusively|recently|also|again))?\s+(?:with|to)"
    r"|\b(?:speak(?:ing)?|talk(?:ing)?|sit(?:ting)? down)\s+(?:with|to)"
    r"|\b(?:interview(?:s|ed)|asks?|asked|questions? (?:to|for)|answers by|joined by))"
    r"(?:\s+(?:the|its|our|new|outgoing|then|current|former|[A-Z][a-z]+(?:’s|'s|n|h|e)))*\s*$",
    re.IGNORECASE,
)
_HEADS_QUOTE = re.compile(r"\s*[:–—-]\s*[“\"‘']")
_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|&)\s+(?:the\s+|his\s+|her\s+|its\s+)?[A-Z]")
_OWNS = re.compile(r"[’']s?\b")
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
_NO_NAMES = word_set("THE A AN THIS OUR IN ON AT FOR AND OF QUESTION QUESTIONS INTERVIEW PRESS")
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


def tell_interviewed(title: str, heading: str) -> Person | None:
    """The one official whom title and heading say to be interviewed, or None.

    Args:
        title: the document's title.
        heading: what stands above the first question.
    """
    title, heading = (_TITLED.sub("", each[-_MUCH:]) for each in (title, heading))
    lines = [re.sub(r" \|$", "", each) for each in list_lines(title, heading)]
    names = list(dict.fromkeys(_list_names(lines)))[:_MOST]
    officials: dict[str, Person] = {}
    others: list[_Mention] = []
    for name in names:
        person = _tell_official(name, title, heading, lines)
        mentions = list(_list_mentions(name, person, lines))
        if person is None:
            others += [each for each in mentions if _SPEAKS.match(each.after)]
        elif any(map(_is_party, mentions)):
            if any(_JOINED.match(each.after) for each in mentions if _is_party(each)):
                return None
            officials.setdefault(person.name.split()[-1].casefold(), person)
    if not officials and not others:
        return _tell_subject(title, heading, lines)
    if len(officials) != 1 or any(_may_answer(each, officials) for each in others):
        return None
    return next(iter(officials.values()))


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
    if not any(_SPOKE.match(each) for each in sentences):
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


def _holds_another(before: str) -> bool:
    """Whether the one interviewed is another, "the spokesperson for Prime Minister Jane Roe".

    "Head of the Office of the President Jane Roe" is herself the head.
    """
    found = _LAST_LINK.search(before)
    if found is None or not shows_office(found["office"]):
        return False
    return not _ASKED.search(before[: found.start("office")])


def _may_answer(other: _Mention, officials: dict[str, Person]) -> bool:
    """Whether somebody without an office who speaks there may be the one interviewed.

    A reporter may; and whoever "spoke with" the official in so many words put the questions.
    """
    lead = other.before.rstrip()
    if _PRESS.search(lead[-40:]) or _BYLINE.search(other.before):
        return False
    told = _SPEAKS.match(other.after)
    rest = other.after[told.end() :] if told else ""
    return not any(
        re.match(rf"\s+(?:with|to)\b[^.;]{{0,120}}\b{re.escape(each.name)}", rest)
        for each in officials.values()
    )
