"""What a sentence above an interview says of somebody it names: that it is with them, or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.reading.labels import kind_of_role, shows_office
from corpus.reading.roles import MEMBERSHIP

VERB = (
    r"(?:tells?|told|speaks?|spoke|spoken|talks?|talked|sits? down|sat down|answers?|answered"
    r"|discuss(?:es|ed)?|explain(?:s|ed)?|reflect(?:s|ed)?|gives?|gave|grant(?:s|ed)|join(?:s|ed)"
    r"|respond(?:s|ed)?|opens? up|opened up|shares?|shared|met|meets?)"
)
SPEAKS = re.compile(
    rf"(?:\W{{0,2}}(?:\s*\bwho)?(?:\s*\b(?:has|have|had))?(?:\s*\b(?:recently|also|now))?\s*\b{VERB}\b"
    r"|\W{0,2}\s*(?!is\b|was\b|has\b|does\b)[a-z]+s\s[^.;:?|]{1,160}?\sand\s+"  # defends it and
    r"(?:tells|speaks|talks|answers|discusses|explains|reflects)\b"
    r"|,?\s+in (?:an?|the|her|his)(?: \w+)? (?:interview|conversation)\b)"
)
_GIVES = re.compile(r"[’']s?\s+(?:\w+\s+){0,2}(?:interview|conversation|answers)\b", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"^(?:In|On|During|Speaking|After|Before|Ahead|Amid|Following|As|With)\b[^.]{0,120},\s*"
)
_KICKED = re.compile(r"^(?:Full\s+)?(?:Interview|Q ?(?:&|and) ?A)\s*[|:–—-]\s*", re.IGNORECASE)
_OF_WHOM = re.compile(r"(?:^|\s)(?:[Tt]he|[A-Z][\w\-]*[’']s?)$")  # Samoa's | minister Jane Roe
_THEIRS = re.compile(r"\b(?:his|her|their|my|whose|who)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
ASKED = re.compile(
    r"(?:\b(?:interviews?|conversations?|discussions?|chats?|talks?|Q ?& ?A|exchange)"
    r"(?:\s+(?!with\b|of\b|by\b)\w+){0,3}?\s+(?:with|of|by)"
    rf"|(?<!he )(?<!they )(?<!who )\b{VERB}(?:\s+(?:exclusively|recently|also|again"
    r"|(?:by|over|on|via|in|at)\s+(?:\w+\s+){0,2}?\w+))?\s+(?:with|to)"
    r"|\b(?:speak(?:ing)?|talk(?:ing)?|sit(?:ting)? down)\s+(?:with|to)"
    r"|\b(?:interview(?:s|ed)|asks?|asked|questions? (?:to|for)|answers by|joined by))"
    r"(?:\s+(?:the|its|our|new|outgoing|then|current|former|[A-Z][a-z]+(?:’s|'s|n|h|e)))*\s*$",
    re.IGNORECASE,
)
HEADS_QUOTE = re.compile(r"\s*[:–—-]\s*[“\"‘']")
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
_OWNS = re.compile(r"[’']s?\b")
_LINKS = re.compile(r"\s(?:of|for|to|on|at|in|and|with)\s", re.IGNORECASE)
_HEADS = re.compile(r"\bhead\b", re.IGNORECASE)
_LAST_LINK = re.compile(
    r"\b(?:of|for|to)\s+(?!the\s|an?\s)(?P<office>(?:(?!of\s|for\s|to\s)[\w’'\-]+\s+){1,5})$"
)
_LONGEST_OFFICE = 12  # words


@dataclass(frozen=True, slots=True)
class Mention:
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


def is_party(mention: Mention) -> bool:
    """Whether a sentence says of somebody that he is the one interviewed."""
    before, after = mention.before, mention.after
    if _holds_another(mention.sentence[: mention.named]):
        return False
    if _OWNS.match(after):
        return bool(_GIVES.match(after))
    if _THEIRS.search(before):
        return False
    if ASKED.search(before):
        return True
    both = before.strip().removesuffix(" and")  # "Spokesperson and Deputy Minister Jane Roe"
    alone = not after.strip(" .,;|") and (not both or shows_office(both.split()[-1]))
    led = _INTRODUCED.sub("", _KICKED.sub("", before), count=1).strip()
    led = _OF_WHOM.sub("", led).strip()
    opens = not led or (len(led.split()) < _LONGEST_OFFICE and is_office(led))
    return alone or (opens and bool(SPEAKS.match(after) or HEADS_QUOTE.match(after)))


def is_likely_party(mention: Mention) -> bool:
    """Whether a line is such as stands above an interview with the one official it names.

    "We are tired, President Roe said in an interview with"; "‘We are tired’: President Roe on war".
    """
    if _holds_another(mention.sentence[: mention.named]) or _OWNS.match(mention.after):
        return False
    led = mention.before.rstrip()
    if _SAID_THERE.match(mention.after):
        return not led or led.endswith((",", "”", '"', "’"))
    rest = _QUOTE_HEADS.sub("", led + " ").strip()
    opens = not rest or (len(rest.split()) < _LONGEST_OFFICE and is_office(rest))
    return opens and bool(_ON_SUBJECT.match(mention.after))


def _holds_another(before: str) -> bool:
    """Whether the one interviewed is another, "the spokesperson for Prime Minister Jane Roe".

    "Head of the Office of the President Jane Roe" is herself the head.
    """
    found = _LAST_LINK.search(before)
    if found is None or not shows_office(found["office"]):
        return False
    return not ASKED.search(before[: found.start("office")])


def is_office(role: str) -> bool:
    """Whether a role is an office itself, and not "biographer of the President"."""
    head = _LINKS.split(role, maxsplit=1)[0]
    holds = shows_office(head) or bool(_HEADS.search(head) or MEMBERSHIP.match(role))
    return holds and kind_of_role(role) == "official"
