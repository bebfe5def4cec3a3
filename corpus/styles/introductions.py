"""Who stands behind a label: full name and role at the time, from the document's own words.

A name or a role is taken only where the document sets it beside the label's surname or office: in
its title ("Press Secretary Jen Psaki"), or where somebody is introduced ("Anne Neuberger, Deputy
National Security Advisor"; "I’m Anderson Cooper"). Introductions that disagree tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.metadata import Person
from corpus.styles.introduced import (
    LEADING,
    LOWER,
    NEXT_IN_LIST,
    ROLE_AFTER,
    WORD,
    find_introduced,
    surname_pattern,
)
from corpus.styles.labels import (
    DOMAIN_WORDS,
    PERSONAL_TITLES,
    kind_of_label,
    kind_of_role,
    read_words,
    shows_office,
    split_label,
    surname_of,
    without_party,
    word_set,
)
from corpus.text import fold_space

_EVENTS = re.compile(  # what a list of persons follows; nobody's role reaches back over it
    r"[:;|]|\b(?:by|with|from|Briefings?|Gaggles?|Calls?|Remarks|Statements?|Conference|Interview)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\b[a-z]{3,}[.!?]\s")
_GROUP = re.compile(
    r"\b(?:Briefing|Call|Gaggle)s?\s+(?:by|with)\b.*\b(?:Officials?|Team)\b(?! Spokes)",
    re.IGNORECASE,
)
_JOINTS = re.compile(r",|\band\b", re.IGNORECASE)
_OFFICE_BEFORE = (
    r"(?:^|,\s|\b(?:and|by|with|of|With|the)\s)(?P<role>OFFICE)\s+"
    rf"(?P<name>{WORD}(?:\s+[A-Z]\.)?(?:\s+{WORD})?)"
)
_OFFICE_AFTER = (
    rf"(?P<name>{WORD}(?:\s+[A-Z]\.)?\s+{WORD}),\s+(?:the\s+)?"
    r"(?P<role>OFFICE(?:\s+(?:of|for)\s+[\w’'&\- ]{1,60})?)(?=\s*[.,;|])"
)
_SHORT_OFFICES = {
    "PM": r"Prime\s+Minister",
    "FM": r"Foreign\s+Minister",
    "VP": r"Vice[ -]President",
    "SG": r"Secretary[ -]General",
    "DSG": r"Deputy\s+Secretary[ -]General",
}
_IN_ROLES = LOWER | {"and", "&"}
_NAMES = re.compile(rf"(?=\b(?P<name>{WORD}(?:\s+[A-Z]\.)?\s+{WORD})\b)")
_HEADING_AT_MOST = 3_000  # characters above the first label
_LONGEST_ROLE = 16  # words of one on a line of its own
_HONORIFICS = word_set("THE RT RIGHT HON HONOURABLE HONORABLE MP MSP MEP AC AO QC KC")
_OF_ABROAD = word_set("de del dello della dei degli des du di da der")  # PRESIDENTE DEL GOBIERNO
_AFTER_NAMES = word_set("At In On En To Of And Before After During Aboard Upon From For")


def tell_person(label: str, title: str, before: str, own: str, heading: str = "") -> Person | None:
    """Name and role of the one behind a label.

    Args:
        label: as printed, ``MS. PSAKI``, ``THE PRESIDENT``, ``Jane Doe (NATO Spokesperson)``.
        title: the document's title, single spaces.
        before: what is said before this speaker first speaks.
        own: what this speaker says.
        heading: the lines above the first label.

    Returns:
        The person, without a role where none is stated; None where no name is.
    """
    printed, stated = split_label(label)
    if stated:
        return Person(_without_title(printed), stated)
    lines = list_lines(title, heading)
    titled = surname_of(label)
    name = titled or _full_name(label)
    if name:
        person = _from_lines(name, lines, label)
    else:
        person = _from_office(label, lines) or _from_lines(_lone_surname(label), lines)
        titled = person.name.split()[-1] if person else None
    if titled and (person is None or " " not in person.name):
        told = find_introduced(titled, before, own, person)
        return told or person or _from_whole_label(label)
    if name and not titled and person is None:
        return find_introduced(name, before, own, None, is_whole=True)
    return person or _from_whole_label(label)


def tell_answering(title: str, heading: str) -> Person | None:
    """The one official whom title and heading name: the one who answers under ``A:``."""
    found: dict[str, Person] = {}
    lines = list_lines(title, heading)
    for line in lines:
        for name in _NAMES.finditer(line):
            person = _from_lines(name["name"], [line]) if _could_be_name(name["name"]) else None
            if person and person.role and kind_of_role(person.role) == "official":
                found.setdefault(person.name.split()[-1].upper(), person)
    return next(iter(found.values())) if len(found) == 1 else None


def list_lines(title: str, heading: str) -> list[str]:
    """The lines of what stands above a document's turns, each ended by a mark that parts them."""
    lines = [title, *heading[-_HEADING_AT_MOST:].splitlines()]
    bare = (fold_space(line).lstrip("#*_> ") for line in lines)
    return [f"{each} |" for each in bare if each]


def _could_be_name(name: str) -> bool:
    words = read_words(name)
    return not any(shows_office(word) or word in DOMAIN_WORDS for word in words)


def _without_title(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.upper().strip(".") in PERSONAL_TITLES else name


def _full_name(label: str) -> str | None:
    """The label itself where it is a name without a title, ``ANTONY BLINKEN``."""
    words = fold_space(label).split()
    plain = 1 < len(words) < 5 and kind_of_label(label) is None
    return " ".join(words) if plain and words[0].upper().strip(".") not in PERSONAL_TITLES else None


def _from_whole_label(label: str) -> Person | None:
    """``Minister Jane Doe``, ``President of Samoa Jane Doe``: a role and a whole name."""
    words = fold_space(without_party(label)).split()
    if words[0].upper().strip(".") in PERSONAL_TITLES or not shows_office(label):
        return None
    of = [at for at, word in enumerate(words) if word.lower() in LOWER]
    cut = len(words) - 2 if of else max(at for at, w in enumerate(words) if shows_office(w)) + 1
    role, name = " ".join(words[:cut]).rstrip(","), words[cut:]
    if len(name) < 2 or not _could_be_name(" ".join(name)) or not shows_office(role):
        return None
    if name[0].lower() in _OF_ABROAD:
        return None
    if of and cut - of[-1] != 2:
        return None
    is_office = set(read_words(role)) - _HONORIFICS
    return Person(" ".join(name), role if is_office else None)


def _lone_surname(label: str) -> str:
    """A label of one word that may be a surname; empty for any other."""
    is_one = re.fullmatch(r"[^\W\d_][\w’'\-]{2,}", label) and kind_of_label(label) is None
    return label if is_one else ""


def lists_a_group(title: str) -> bool:
    """Whether a title says that a briefing is by officials whom it does not name."""
    return _GROUP.search(title) is not None


def _from_lines(name: str, lines: Sequence[str], label: str = "") -> Person | None:
    """Who a surname or a full name is, by title and heading: the role stands before or after.

    Of several persons of that surname it is the one whose office the label shows, or nobody.
    """
    persons = [person for at in range(len(lines)) if name for person in _in_line(name, lines, at)]
    if len({*map(_given_of, persons), *_list_given(name, lines)} - {""}) > 1:
        shown = set(read_words(label)) - set(read_words(name)) - PERSONAL_TITLES
        persons = [each for each in persons if shown and shown <= set(read_words(each.role or ""))]
        if len({*map(_given_of, persons)}) > 1:
            return None
    whole = (person for person in persons if " " in person.name)
    return next(whole, persons[0] if persons else None)


def _in_line(name: str, lines: Sequence[str], at: int) -> Iterator[Person]:
    """All of a name in a line, each with the role beside it or on the next."""
    for found in re.finditer(surname_pattern(name), lines[at]):
        before = lines[at][: found.start()]
        person = _read_person(before, found["surname"])
        if person is None or not set(read_words(person.role or "")) - _HONORIFICS:
            person = _read_after(found) or person
        if person and not set(read_words(person.role or "")) - _HONORIFICS:
            below = lines[at + 1].rstrip("| ") if at + 1 < len(lines) else ""
            is_role = _is_line_of_role(below)
            person = replace(person, role=below) if is_role else person
        if person:
            yield person


def _is_line_of_role(line: str) -> bool:
    short = len(line.split()) <= _LONGEST_ROLE and ":" not in line
    return short and shows_office(line) and kind_of_role(line) == "official"


def _given_of(person: Person) -> str:
    first, _, rest = person.name.partition(" ")
    return first.casefold() if rest else ""


def _list_given(surname: str, lines: Sequence[str]) -> Iterator[str]:
    """The first names that stand before a surname, whosever they are."""
    if not surname or " " in surname:
        return
    pattern = re.compile(
        rf"(?<![\w\-])(?P<given>{WORD})(?:\s+[A-Z]\.)?\s+{surname_pattern(surname)}"
    )
    for found in (found for line in lines for found in pattern.finditer(line)):
        given = found["given"].strip(".").upper()
        if _could_be_name(given) and given not in PERSONAL_TITLES | _HONORIFICS:
            yield found["given"].casefold()


def _read_after(found: re.Match[str]) -> Person | None:
    """``Jane Doe, Minister of Health``, in a title or heading."""
    role = ROLE_AFTER.match(found.string, found.end())
    if role is None or not shows_office(role["role"]) or NEXT_IN_LIST.fullmatch(role["role"]):
        return None
    given = re.search(rf"(?:{WORD}\s+){{0,2}}$", found.string[: found.start()])
    words = given[0].split() if given and " " not in found["surname"] else []
    while words and not _could_be_name(words[0]):
        words.pop(0)
    return Person(" ".join([*words, found["surname"]]), role["role"])


def _from_office(label: str, lines: Sequence[str]) -> Person | None:
    """``THE VICE PRESIDENT`` where the title has "Vice President Harris"."""
    words = [word for word in read_words(label) if word != "THE"]
    if not shows_office(label) or surname_of(label):
        return None
    office = _SHORT_OFFICES.get(" ".join(words)) or r"\s+".join(map(re.escape, words))
    persons = [
        person
        for line in lines
        for pattern in (_OFFICE_BEFORE, _OFFICE_AFTER)
        for found in re.finditer(pattern.replace("OFFICE", f"(?i:{office})"), line)
        if (person := _read_office(found))
    ]
    one = len({person.name.split()[-1].casefold() for person in persons}) == 1
    return persons[0] if one else None  # of two presidents nothing tells who is the president


def _read_office(found: re.Match[str]) -> Person | None:
    names = re.sub(r"[’']s$", "", found["name"]).rstrip(".").split()
    if names[-1] in _AFTER_NAMES or names[-1].endswith("ing"):
        names.pop()
    is_name = names and _could_be_name(" ".join(names))
    return Person(" ".join(names), fold_space(found["role"])) if is_name else None


def _read_person(before: str, surname: str) -> Person | None:
    """Role and given names out of the words before a surname, the nearest that hold an office.

    A role may reach back over "and" or a comma ("for Cyber and Emerging Technology Anne") only
    where it ends in what an office is of, so that nobody takes the role of another in the list.
    """
    parted = (found.end() for ends in (_EVENTS, _SENTENCE_END) for found in ends.finditer(before))
    listed = before[max(parted, default=0) :]
    cuts = [0, *(found.end() for found in _JOINTS.finditer(listed))]
    for cut in reversed(cuts):
        words = listed[cut:].split()
        if shows_office(listed[cut:]):
            role, given = _part_given(words[words[0].lower() in LEADING :])
            role = _without_lead(role)
            torn = cut != cuts[-1] and role[-1].upper() not in DOMAIN_WORDS
            if torn or len(given) > 3 or not all(re.fullmatch(WORD, word) for word in given):
                return None
            return Person(" ".join([*given, surname]), " ".join(role))
    return None


def _without_lead(role: list[str]) -> list[str]:
    """A role without the running words before it: "I’ll turn it over to Ambassador".

    Where the office itself is in small letters, nothing tells these apart.
    """
    start = len(role)
    while start and (role[start - 1][0].isupper() or role[start - 1].lower() in _IN_ROLES):
        start -= 1
    while start < len(role) and role[start].islower():
        start += 1
    return role[start:] or role


def _part_given(words: list[str]) -> tuple[list[str], list[str]]:
    """ "Secretary of Education Miguel" → the role's words and the given names."""
    office = max(at for at, word in enumerate(words) if shows_office(word))
    after = words[office + 1 :]
    if not after or after[0].lower() not in LOWER:
        return words[: office + 1], after
    start = len(words) - 1
    if re.fullmatch(r"[A-Z]\.", words[start]):
        start -= 1
    if words[start].upper() in DOMAIN_WORDS or words[start - 1] in LOWER:
        return words, []
    return words[:start], words[start:]
