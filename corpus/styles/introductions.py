"""Who stands behind a label: full name and role at the time, from the document's own words.

A name or a role is taken only where the document sets it beside the label's surname or office: in
its title ("Press Secretary Jen Psaki"), or where somebody is introduced ("Anne Neuberger, Deputy
National Security Advisor"; "I’m Anderson Cooper"). Introductions that disagree tell nothing.
"""

from __future__ import annotations

import re

from corpus.metadata import Person
from corpus.styles.labels import (
    DOMAIN_WORDS,
    PERSONAL_TITLES,
    kind_of_label,
    read_words,
    shows_office,
    surname_of,
    word_set,
)
from corpus.text import fold_space

_WORD = r"[A-Z][\w’'.\-]{0,30}"
_GIVEN = rf"{_WORD}(?:\s+[A-Z]\.)?"
_EVENTS = re.compile(  # what a list of persons follows; nobody's role reaches back over it
    r"[:;|]|\b(?:by|with|from|Briefings?|Gaggles?|Calls?|Remarks|Statements?|Conference|Interview)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:Briefing|Call|Gaggle)s?\s+(?:by|with)\b.*\b(?:Officials?|Team)\b", re.IGNORECASE
)
_JOINTS = re.compile(r",|\band\b", re.IGNORECASE)
_SELF = re.compile(r"(?:\bI[’']m|\bI am|\b[Ii]t[’']s|\b[Tt]his is|\b[Mm]y name is)$")
_ROLE_AFTER = re.compile(
    r",\s+(?:(?:the|our|my|his|her)\s+)?"
    r"(?P<role>(?:[\w’'&\-]{1,30}\s+){0,14}[\w’'&\-]{1,30})(?=\s*[.,;:—–(?!])"
)
_ROLE_BEFORE = re.compile(
    rf"(?P<not>\b(?:former|then|late|ex)[ \-])?"
    rf"(?P<role>{_WORD}(?:\s+(?:{_WORD}|of|for|the|and|to)){{0,9}})$"
)
_NOT_IN_ROLES = word_set(
    "as said says who which when met told with by from is was has had have because if that he she "
    "they we you i it will would are were but so not"
)
_LEADING = word_set("and with but so our the today also now thanks then as my by hi of")
_LEGISLATORS = word_set("REPRESENTATIVE CONGRESSMAN CONGRESSWOMAN")
_LOWER = word_set("of for the to on in at")
_AFTER_NAMES = word_set("At In On En To Of And Before After During Aboard Upon From For")


def tell_person(label: str, title: str, before: str, own: str) -> Person | None:
    """Name and role of the one behind a label.

    Args:
        label: as printed, ``MS. PSAKI``, ``THE PRESIDENT``.
        title: the document's title, single spaces.
        before: what is said before this speaker first speaks.
        own: what this speaker says.

    Returns:
        The person, without a role where none is stated; None where no name is.
    """
    surname = surname_of(label) or _full_name(label)
    if surname is None:
        person = _from_office(label, title)
        surname = person.name.split()[-1] if person else None
    else:
        person = _from_title(surname, title)
    if surname and (person is None or " " not in person.name):
        return _from_introduction(surname, before, own, person) or person
    return person


def _full_name(label: str) -> str | None:
    """The label itself where it is a name without a title, ``ANTONY BLINKEN``."""
    words = fold_space(label).split()
    plain = 1 < len(words) < 5 and kind_of_label(label) is None
    return " ".join(words) if plain and words[0].upper().strip(".") not in PERSONAL_TITLES else None


def lists_a_group(title: str) -> bool:
    """Whether a title says that a briefing is by officials whom it does not name."""
    return _GROUP.search(title) is not None


def _pattern(surname: str) -> str:
    words = [re.escape(word).replace("’", "'").replace("'", "[’']") for word in surname.split()]
    spelt = r"\s+".join(words)
    return rf"(?<![\w\-])(?P<surname>(?i:{spelt}))(?![\w\-])"


def _from_title(surname: str, title: str) -> Person | None:
    found = re.search(_pattern(surname), title)
    return _read_person(title[: found.start()], found["surname"]) if found else None


def _from_office(label: str, title: str) -> Person | None:
    """``THE VICE PRESIDENT`` where the title has "Vice President Harris"."""
    words = read_words(label)
    if words[:1] != ["THE"] or not shows_office(label):
        return None
    office = r"\s+".join(word.title() for word in words[1:])
    found = re.search(
        rf"(?:^|,\s|\band\s|\bby\s|\bwith\s|\bof\s)(?P<role>{office})\s+(?P<name>{_WORD}(?:\s+{_WORD})?)",
        title,
    )
    if found is None:
        return None
    names = re.sub(r"[’']s$", "", found["name"]).rstrip(".").split()
    if names[-1] in _AFTER_NAMES or names[-1].endswith("ing"):
        names.pop()
    return Person(" ".join(names), fold_space(found["role"])) if names else None


def _read_person(before: str, surname: str) -> Person | None:
    """Role and given names out of the words before a surname, the nearest that hold an office.

    A role may reach back over "and" or a comma ("for Cyber and Emerging Technology Anne") only
    where it ends in what an office is of, so that nobody takes the role of another in the list.
    """
    listed = before[max((found.end() for found in _EVENTS.finditer(before)), default=0) :]
    cuts = [0, *(found.end() for found in _JOINTS.finditer(listed))]
    for cut in reversed(cuts):
        words = listed[cut:].split()
        if shows_office(listed[cut:]):
            role, given = _part_given(words[words[0].lower() in _LEADING :])
            torn = cut != cuts[-1] and role[-1].upper() not in DOMAIN_WORDS
            if torn or len(given) > 3 or not all(re.fullmatch(_WORD, word) for word in given):
                return None
            return Person(" ".join([*given, surname]), " ".join(role))
    return None


def _part_given(words: list[str]) -> tuple[list[str], list[str]]:
    """ "Secretary of Education Miguel" → the role's words and the given names."""
    office = max(at for at, word in enumerate(words) if shows_office(word))
    after = words[office + 1 :]
    if not after or after[0].lower() not in _LOWER:
        return words[: office + 1], after
    start = len(words) - 1
    if re.fullmatch(r"[A-Z]\.", words[start]):
        start -= 1
    if words[start].upper() in DOMAIN_WORDS or words[start - 1] in _LOWER:
        return words, []
    return words[:start], words[start:]


def _from_introduction(surname: str, before: str, own: str, known: Person | None) -> Person | None:
    """Full name (and role, where the title gave none) out of what is said."""
    texts = [fold_space(own), fold_space(before)]
    name = re.compile(rf"(?<![\w\-])(?P<name>{_GIVEN}\s+{_pattern(surname)})")
    if known and known.role:
        found = [each for text in texts for each in name.finditer(text)]
        names = {each["name"] for each in found if _is_led_by(_lead(each), known.role)}
        return Person(names.pop(), known.role) if len(names) == 1 else None
    themselves = [each["name"] for each in name.finditer(texts[0]) if _SELF.search(_lead(each))]
    roles = {
        each["name"]: role
        for text in texts
        for each in name.finditer(text)
        if (role := _role(each))
    }
    names = {*themselves, *roles}
    if len(names) != 1:
        return None
    found_name = names.pop()
    return Person(found_name, roles.get(found_name))


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


def _role(found: re.Match[str]) -> str | None:
    """The role set before or after a name in running speech."""
    after = _ROLE_AFTER.match(found.string, found.end())
    if (
        after
        and not set(after["role"].lower().split()) & _NOT_IN_ROLES
        and shows_office(after["role"])
    ):
        return after["role"]
    before = _ROLE_BEFORE.search(_lead(found))
    if before is None or before["not"]:
        return None
    words = before["role"].split()
    while words and words[0].lower() in _LEADING:
        words.pop(0)
    return " ".join(words) if words and shows_office(words[-1]) else None
