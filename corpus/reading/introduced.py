"""Who is introduced in running speech: "joining us is Anne Roe, Deputy Director for Trade"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.metadata import Person
from corpus.reading.label_words import DOMAIN_WORDS, PRIVATE_WORDS, word_set
from corpus.reading.labels import read_words, shows_office
from corpus.reading.roles import names_outlet, shows_post
from corpus.reading.same_labels import could_be_name
from corpus.text import fold_space

UPPER = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x180))))  # Étienne, Şule
WORD = rf"[{UPPER}][\w’'.\-]{{0,30}}"
PARTICLES = r"(?:\s+(?:de|von|van|der|den|bin|bint|al|da|di|la|du|del|dos)){0,3}"  # Jan de la Roe
_GIVEN_ALONE = (  # no title, nor the last word of a sentence
    rf"(?!(?:Dr|Mr|Ms|Mrs|Prof|Sir|Dame)\b)(?:(?:[A-Z]\.){{1,3}}|[{UPPER}][\w’'\-]{{1,30}})"
    r"(?:\s+[A-Z]\.)?"
)
_SELF = re.compile(r"(?:\bI[’']m|\bI am|\b[Ii]t[’']s|\b[Tt]his is|\b[Mm]y name is)$")
ROLE_AFTER = re.compile(
    r",\s+(?P<article>(?:the|our|my|his|her)\s+)?"
    r"(?P<role>(?:(?:U\.S\.|[\w’'&\-]{1,30})\s+){0,14}[\w’'&\-]{1,30})(?=\s*[.,;:—–(?!|])"
)
NEXT_IN_LIST = re.compile(  # the next in a list: "Jane Roe, Sen. John Poe, Ann Doe and Jan Marsh"
    rf"(?:(?:Sen|Rep|Gov|Amb|Gen|Adm|Col|Lt|Sec|Pres|Hon)\.?(?:\s+{WORD}){{0,3}}"
    rf"|(?:(?:Prime|Foreign|Vice|Deputy|Lieutenant|Major|Rear)\s+)?(?:Senator|Representative"
    rf"|Governor|Ambassador|President|General|Admiral|Minister|Secretary|Chancellor)\s+"
    rf"(?:(?:Dame|Sir)\s+)?(?!of\b){WORD}\s+{WORD})(?:\s+and\s+{WORD}\s+{WORD})?"
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_ROLE_BEFORE = re.compile(
    rf"(?P<not>\b(?:former|then|late|ex)[ \-])?"
    rf"(?P<role>{WORD}(?:\s+(?:{WORD}|of|for|the|and|to)){{0,9}})$"
)
_ROLE_STATED = re.compile(  # "our Director, Dr. Jane Roe"
    r"\b(?:our|the)\s+(?P<role>(?:(?!(?:our|over)\b)[\w’'&\-]{1,30}\s+){0,9}[\w’'&\-]{1,30}),"
    r"(?:\s+(?:Dr|Mr|Ms|Mrs|Prof)\.?)?$"
)
_LISTING = re.compile(  # what opens a list of those who will speak
    r"\b(?:joined (?:\w+ )?by|joining (?:us|me)|(?:we|I) (?:also )?have|we[’']ve got|with (?:us|me)"
    r"|hear from|introduce|speakers?|panel)\b[^?|]*$",
    re.IGNORECASE,
)
_ASKED_THERE = re.compile(r"\bquestions?\b[^.?!|]*$", re.IGNORECASE)
_IS_ROLE = re.compile(  # Jane Roe "is the acting head."; ", a nurse who is Chief of Wards,"
    r"(?:(?:,\s+an?\s+(?:[\w\-]{1,30}\s+){1,4}|,?\s+)who)?"
    r"(?:(?:\s+(?:is|serves\s+as)|[’']s)\s+(?:the|our)\s+"
    r"|\s+(?:is|serves\s+as)\s+(?=[A-Z](?![^.,;:]{0,120}[’']s\b)))"  # Minister Doe's aunt
    r"(?P<role>(?:[\w’'&\-]{1,30}\s+){0,14}[\w’'&\-]{1,30})(?=\s*[.,;:—–(!|])"
)
_SERVES = re.compile(  # of those who will speak: "who is with the Food and Drug Administration"
    r"(?:,\s+who(?:\s+is|[’']s)|,)?\s+(?:with|from)\s+the\s+"
    r"(?P<body>(?:[\w’'&\-]{1,30}\s+){0,9}[\w’'&\-]{1,30})(?=\s*[.,;:—–(!|])"
)
_BODIES = word_set("ADMINISTRATION DEPARTMENT MINISTRY")  # no agency: of the press, as well
_NOT_IN_ROLES = word_set(
    "as said says who which when met told with by from is was has had have because if that he she "
    "they we you i it will would are were but so not mr mrs ms miss sir madam dr thank thanks"
)
LEADING = word_set("and with but so our the today also now thanks then as my by hi of")
_LEGISLATORS = word_set("REPRESENTATIVE CONGRESSMAN CONGRESSWOMAN")
LOWER = word_set("of for the to on in at")


def surname_pattern(surname: str) -> str:
    """What finds a surname, or a whole name with or without a middle initial, in any case."""
    words = [re.escape(word).replace("’", "'").replace("'", "[’']") for word in surname.split()]
    spelt = r"(?:\s+[A-Z]\.)?\s+".join(rf"{word}\.?" if len(word) == 1 else word for word in words)
    return rf"(?<![\w\-])(?P<surname>(?i:{spelt})(?:,?\s(?:III|II|IV|Jr\.|Sr\.))?)(?![\w\-])"


def find_introduced(
    surname: str, before: str, own: str, known: Person | None, *, is_whole: bool = False
) -> Person | None:
    """Full name (and role, where the title gave none) out of what is said.

    ``is_whole`` says that the name has its given names already.
    """
    texts = [_by_paragraph(own), _by_paragraph(before)]
    given = "" if is_whole else rf"{_GIVEN_ALONE}\s+"
    name = re.compile(rf"(?<![\w\-])(?P<name>{given}{surname_pattern(surname)})")
    if known and known.role:
        found = [each for text in texts for each in _find_names(name, text)]
        names = {each["name"] for each in found if _is_led_by(_lead(each), known.role)}
        return Person(names.pop(), known.role) if len(names) == 1 else None
    themselves = [each["name"] for each in _find_names(name, texts[0]) if _SELF.search(_lead(each))]
    roles = {
        each["name"]: role
        for text in texts
        for each in _find_names(name, text)
        if (role := _role(each, is_own=text is texts[0]))
    }
    names = {*themselves, *roles}
    if len(names) != 1:
        return None
    found_name = names.pop()
    return Person(found_name, roles.get(found_name))


def _find_names(name: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern of a name finds, but for an office before a surname: ``General Roe``."""
    return (each for each in name.finditer(text) if could_be_name(each["name"].split()[0]))


def _by_paragraph(text: str) -> str:
    """``text`` with single spaces, and a mark where a paragraph ends: no name reaches over it."""
    return " | ".join(fold_space(each) for each in _PARAGRAPH.split(text))


def _is_led_by(lead: str, role: str) -> bool:
    """Whether the words before a name are this role's office: "the Secretary of …, Ali"."""
    offices = {word for word in read_words(role) if shows_office(word)}
    if offices & _LEGISLATORS:
        offices |= _LEGISLATORS
    if not lead.endswith(","):
        return bool(offices & set(read_words(lead)[-1:]))
    phrase = re.split(r"[.;:?!—(]|,(?!$)", lead)[-1]
    return bool(offices & set(read_words(phrase)))


def _lead(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - 120) : found.start()].rstrip()


def _role(found: re.Match[str], *, is_own: bool) -> str | None:
    """The role set before or after a name in running speech.

    Nobody sets an office before a name of their own: "Prime Minister Jane Poe, the Times" is a
    reporter who speaks to the Prime Minister.
    """
    after = ROLE_AFTER.match(found.string, found.end())
    listed = not is_own and _LISTING.search(
        found.string, max(0, found.start() - 300), found.start()
    )
    if after and _is_role(after["role"], stated=bool(after["article"] or listed)):
        return after["role"]
    if is_own:
        return None
    told = _IS_ROLE.match(found.string, found.end())
    if told and _is_role(told["role"], stated=True):
        return told["role"]
    serves = _SERVES.match(found.string, found.end()) if listed else None
    if serves and _is_public(serves["body"]):
        return serves["body"]
    return _role_before(_lead(found))


def _is_public(body: str) -> bool:
    words = read_words(body)
    return not _BODIES.isdisjoint(words) and PRIVATE_WORDS.isdisjoint(words)


def _role_before(lead: str) -> str | None:
    """``Prime Minister`` Jane Roe, or ``our Prime Minister``, Jane Roe."""
    if stated := _ROLE_STATED.search(lead):
        phrase = stated["role"]
        told = not _ASKED_THERE.search(lead) and _is_role(phrase, stated=True)
        return phrase if told else None
    before = _ROLE_BEFORE.search(lead)
    if before is None or before["not"]:
        return None
    words = before["role"].split()
    joints = [at for at, word in enumerate(words) if word.lower() in {"and", "with"}]
    if joints and shows_office(" ".join(words[joints[-1] + 1 :])):
        words = words[joints[-1] + 1 :]
    while words and words[0].lower() in LEADING:
        words.pop(0)
    is_office = bool(words) and (
        shows_office(words[-1]) or (words[-1].upper() in DOMAIN_WORDS and shows_office(words[0]))
    )
    return " ".join(words) if is_office and words[-1] not in LOWER else None


def _is_role(words: str, *, stated: bool) -> bool:
    """Whether words after a name are a role, and nobody spoken to: "Jane Poe, Prime Minister,"."""
    each = words.split()
    if (
        not shows_post(words)
        or names_outlet(words)
        or NEXT_IN_LIST.fullmatch(words)
        or {word.lower() for word in each} & _NOT_IN_ROLES
    ):
        return False
    spoken_to = len(each) < 3 or not (shows_office(each[-1]) or each[-1].upper() in DOMAIN_WORDS)
    return stated or not spoken_to or any(word.islower() for word in each)
