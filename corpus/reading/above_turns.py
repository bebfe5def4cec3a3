"""Who is named above the turns: in a title, in a list of those present, or in the label itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.metadata import Person
from corpus.reading.introduced import (
    LEADING,
    LOWER,
    NEXT_IN_LIST,
    ROLE_AFTER,
    WORD,
    surname_pattern,
)
from corpus.reading.label_words import DOMAIN_WORDS, PERSONAL_TITLES, word_set
from corpus.reading.labels import kind_of_role, read_words, shows_office
from corpus.reading.roles import shows_post
from corpus.reading.same_labels import could_be_name, surname_of, without_party
from corpus.text import fold_space

_TELLS = re.compile(r"\s(?:speaks|spoke|says|said|tells|told|talks|is|was|are|were|has|will)\s")
_EVENTS = re.compile(  # what a list of persons follows; nobody's role reaches back over it
    r"[:;|]|\b(?:by|with|from|Transcripts?|Briefings?|Gaggles?|Calls?|Remarks|Statements?|Conference|Interview)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\b[a-z]{3,}[.!?]\s")
_JOINTS = re.compile(r",|\band\b", re.IGNORECASE)
_OFFICE_BEFORE = (
    r"(?:^|[,:]\s|\b(?:and|by|with|of|With|[Tt]he)\s)(?P<role>OFFICE)"
    r"(?:,?\s+(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame)\.?)?\s+"
    rf"(?P<name>{WORD}(?:\s+[A-Z]\.)?(?:\s+{WORD})?)"
)
_OFFICE_AFTER = (
    rf"(?P<name>{WORD}(?:\s+[A-Z]\.)?\s+{WORD}),\s+(?:the\s+)?"
    r"(?P<role>OFFICE(?:\s+(?:of|for)\s+[\w’'&\- ]{1,60})?)(?=\s*[.,;|])"
)
_NAMELESS = (  # Remarks by the President Following a Call With President Roe: not Roe's
    r"\b(?:[Bb]y|[Oo]f|[Ff]rom)\s+[Tt]he\s+OFFICE\b(?![’'])"
    rf"(?!,?\s+(?!(?:On|At|After|Before|During|In|To|With|Upon|And|For|[A-Z]\w+ing)\b){WORD})"
)
_MET = re.compile(
    r"\b(?:discussions?|talks?|meetings?|calls?|conversations?|consultations?|lunch(?:eon)?|dinner"
    r"|visit)\s+with\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_SHORT_OFFICES = {
    "PM": r"Prime\s+Minister",
    "FM": r"Foreign\s+Minister",
    "VP": r"Vice[ -]President",
    "SG": r"Secretary[ -]General",
    "DSG": r"Deputy\s+Secretary[ -]General",
}
_IN_ROLES = LOWER | {"and", "&"}
_HEADING_AT_MOST = 3_000  # characters above the first label
_SURNAME_FIRST = re.compile(  # Roe, Hon. Jane A., Administrator: so hearings list who speaks
    rf"^(?P<surname>{WORD}(?: {WORD})?), (?P<given>(?:Hon|Mr|Ms|Mrs|Dr|Gen|Adm|Lt|Col)\. "
    rf"{WORD}(?: [A-Z]\.)*?(?: {WORD})?)(?P<rest>,.*)"
)
_MARKS_FIRST = re.compile(r"^[#*_>•·– -]+")
_DASHED = re.compile(
    rf"^(?P<name>(?:{WORD} ){{1,3}}{WORD}) (?:[–—]|--?) (?=\w)"
)  # Jan Roe – Minister
_IN_BRACKETS = re.compile(r" \((?P<role>[^()]{4,80})\)(?=[,;.]|$)")  # Jan Roe (Minister)
_DEGREES = re.compile(  # Jane Roe, MD, PhD, director
    r"(?<=\w),? (?:M\.?D|Ph\.?D|D\.?O|M\.?P\.?H|R\.?N|J\.?D|Dr\.?P\.?H|M\.?B\.?A|M\.?Sc|B\.?Sc"
    r"|M\.?P\.?P|M\.?P\.?A|P\.?E|C\.?B\.?E|O\.?B\.?E|M\.?B\.?E|F\.?R\.?S|MP|MSP|MEP|KC|QC)\.?(?=,|\s*$)"
)
_INTERVIEW = re.compile(r"^(?:\w+ )?Interview(?: with|:)\s", re.IGNORECASE)
_ROLE_AT_MOST = 200  # characters, with the body that somebody serves
_LONGEST_ROLE = 16  # words of one on a line of its own
_HONORIFICS = word_set("THE RT RIGHT HON HONOURABLE HONORABLE MP MSP MEP AC AO QC KC")
_HELD_BY_MINISTERS = _HONORIFICS | {"SENATOR"}  # Senator the Hon. Jane Roe, Minister for Water
_BEFORE_GIVEN = PERSONAL_TITLES | _HONORIFICS
_OF_ABROAD = word_set("de del dello della dei degli des du di da der")  # PRESIDENTE DEL GOBIERNO
_AFTER_NAMES = word_set("At In On En To Of And Before After During Aboard Upon From For")


def list_lines(title: str, heading: str) -> list[str]:
    """The lines of what stands above a document's turns, each ended by a mark that parts them."""
    lines = [title, *heading[-_HEADING_AT_MOST:].splitlines()]
    bare = (_MARKS_FIRST.sub("", fold_space(line)) for line in lines)
    given_first = (_SURNAME_FIRST.sub(_given_first, without_degrees(line)) for line in bare)
    listed = (_IN_BRACKETS.sub(r", \g<role>", _DASHED.sub(r"\g<name>, ", x)) for x in given_first)
    return [f"{each} |" for each in listed if each]


def _given_first(found: re.Match[str]) -> str:
    return f"{found['given']} {found['surname']}{found['rest']}"


def from_whole_label(label: str) -> Person | None:
    """``Minister Jane Doe``, ``President of Samoa Jane Doe``: a role and a whole name."""
    words = fold_space(without_party(label)).split()
    if words[0].upper().strip(".") in PERSONAL_TITLES or not shows_office(label):
        return None
    of = [at for at, word in enumerate(words) if word.lower() in LOWER]
    cut = len(words) - 2 if of else _last_office(words) + 1
    role, name = " ".join(words[:cut]).rstrip(","), words[cut:]
    ends = [at for at, word in enumerate(name, 1) if word.endswith(",")]
    name = [word.rstrip(",") for word in name[: ends[0] if ends else None]]
    if len(name) < 2 or not could_be_name(" ".join(name)) or not shows_office(role):
        return None
    if name[0].lower() in _OF_ABROAD:
        return None
    if of and cut - of[-1] != 2:
        return None
    is_office = set(read_words(role)) - _HONORIFICS
    return Person(" ".join(name), role if is_office else None)


def without_degrees(words: str) -> str:
    """Names without the degrees that follow them: ``Jane Roe, MD, PhD``."""
    return _DEGREES.sub("", words)


def without_additions(label: str) -> str:
    """The whole name with which a label begins, without degrees and where somebody belongs.

    ``Jane Roe, MPH, Samoa County`` is Jane Roe; of any other label it is the label.
    """
    name, comma, _ = fold_space(label).partition(",")
    return name if comma and re.fullmatch(rf"(?:{WORD} ){{1,3}}{WORD}", name) else label


def from_lines(name: str, lines: Sequence[str], label: str = "") -> Person | None:
    """Who a surname or a full name is, by title and heading: the role stands before or after.

    Of several persons of that surname it is the one whose office the label shows, or nobody.
    """
    persons = [person for at in range(len(lines)) if name for person in _in_line(name, lines, at)]
    first = frozenset(map(_given_of, persons))
    if len({*first, *_list_given(name, lines, first)} - {""}) > 1:
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
        if person is None or _HELD_BY_MINISTERS.issuperset(read_words(person.role or "")):
            person = _read_after(found) or person
        below = lines[at + 1].rstrip("| ") if at + 1 < len(lines) else ""
        if is_line_of_role(below) and person is None:
            person = _alone_in_line(found)
        if person and not set(read_words(person.role or "")) - _HONORIFICS:
            person = replace(person, role=below) if is_line_of_role(below) else person
        if person:
            yield person


def _alone_in_line(found: re.Match[str]) -> Person | None:
    """``DR. JANE ROE`` where the line holds nothing else: the next may tell the role.

    Or ``INTERVIEW: JANE ROE``.
    """
    given = _INTERVIEW.sub("", found.string[: found.start()]).split()
    while given and given[0].upper().strip(".") in _BEFORE_GIVEN:
        given.pop(0)
    is_name = len(given) < 4 and all(re.fullmatch(WORD, word) for word in given)
    is_alone = found.string[found.end() :].strip("| ") == ""
    return Person(" ".join([*given, found["surname"]])) if is_name and is_alone else None


def is_line_of_role(line: str) -> bool:
    """Whether a line is a role and nothing else: ``Deputy Governor``."""
    short = len(line.split()) <= _LONGEST_ROLE and ":" not in line and not _TELLS.search(line)
    first = line.partition(" ")[0].upper().strip(".")
    is_persons = (first != "THE" and first in _BEFORE_GIVEN) or _names_somebody(line)
    return short and not is_persons and shows_post(line) and kind_of_role(line) == "official"


def _names_somebody(line: str) -> bool:
    """Whether a line holds an office and who holds it: ``Minister Jane Roe``."""
    words = fold_space(line).split()
    if not words or not shows_office(line):
        return False
    parted = words[_last_office(words)].endswith(",")  # Deputy Director, Prospects Group
    return not parted and from_whole_label(line) is not None


def _given_of(person: Person) -> str:
    first, _, rest = person.name.partition(" ")
    return first.casefold() if rest else ""


def _list_given(surname: str, lines: Sequence[str], first: frozenset[str]) -> Iterator[str]:
    """The names that stand before a surname, whosever they are, but second ones after a first."""
    if not surname or " " in surname:
        return
    pattern = re.compile(
        rf"(?<![\w\-])(?P<given>{WORD})(?:\s+[A-Z]\.)?\s+{surname_pattern(surname)}"
    )
    for found in (found for line in lines for found in pattern.finditer(line)):
        given = found["given"].strip(".").upper()
        is_second = first.intersection(found.string[: found.start()].casefold().split()[-1:])
        if could_be_name(given) and given not in _BEFORE_GIVEN and not is_second:
            yield found["given"].casefold()


def _read_after(found: re.Match[str]) -> Person | None:
    """``Jane Doe, Minister of Health``, in a title or heading."""
    role = ROLE_AFTER.match(found.string, found.end())
    if role is None or not shows_post(role["role"]) or NEXT_IN_LIST.fullmatch(role["role"]):
        return None
    whole = re.split(r"[;|]", found.string[role.start("role") : role.start() + _ROLE_AT_MOST])[0]
    if not shows_office(role["role"]) and not shows_post(whole):  # manager, BBC
        return None
    given = re.search(rf"(?:{WORD}\s+){{0,2}}$", found.string[: found.start()])
    words = given[0].split() if given and " " not in found["surname"] else []
    while words and (words[0].upper().strip(".") in _BEFORE_GIVEN or not could_be_name(words[0])):
        words.pop(0)
    return Person(" ".join([*words, found["surname"]]), role["role"])


def from_office(label: str, lines: Sequence[str]) -> Person | None:
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
        if (person := _read_office(found)) and not is_met(line[: found.start("role")])
    ]
    himself = re.compile(_NAMELESS.replace("OFFICE", f"(?i:{office})"))
    if any(map(himself.search, lines)):
        return None
    one = len({person.name.split()[-1].casefold() for person in persons}) == 1
    return persons[0] if one else None  # of two presidents nothing tells who is the president


def is_met(before: str) -> bool:
    """Whether a name after these words is whom the speaker met: "Following Talks With"."""
    return _MET.search(before) is not None


def _read_office(found: re.Match[str]) -> Person | None:
    names = re.sub(r"[’']s$", "", found["name"]).rstrip(".").split()
    if names[-1] in _AFTER_NAMES or names[-1].endswith("ing"):
        names.pop()
    is_name = names and could_be_name(" ".join(names))
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
            apposed = _is_apposed(words[0], role, given)
            while given and given[0].upper().strip(".") in PERSONAL_TITLES:
                given.pop(0)
            role = [word.rstrip(",") for word in _without_lead(role)]
            torn = cut != cuts[-1] and role[-1].upper() not in DOMAIN_WORDS and not apposed
            if torn or len(given) > 3 or not all(re.fullmatch(WORD, word) for word in given):
                return None
            if role[-1].lower() in LOWER or not shows_office(" ".join(role)):
                return None  # the chairman of the | National Heritage Board
            return Person(" ".join([*given, surname]), " ".join(role))
    return None


def _is_apposed(article: str, role: Sequence[str], given: Sequence[str]) -> bool:
    """Whether an office and who holds it stand beside each other: "the Minister, Mr Jan Roe"."""
    titled = bool(given) and given[0].upper().strip(".") in PERSONAL_TITLES
    return article.lower() == "the" and role[-1].endswith(",") and titled


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


def _last_office(words: Sequence[str]) -> int:
    """Where the last office stands among words that show one: ``Council Member`` at the second."""
    return max(
        at for at, word in enumerate(words) if shows_office(word) or read_words(word) == ["MEMBER"]
    )


def _part_given(words: list[str]) -> tuple[list[str], list[str]]:
    """ "Secretary of Education Miguel" → the role's words and the given names."""
    office = _last_office(words)
    after = words[office + 1 :]
    if not after or after[0].lower() not in LOWER:
        return words[: office + 1], after
    start = len(words) - 1
    if re.fullmatch(r"[A-Z]\.", words[start]):
        start -= 1
    if words[start].upper() in DOMAIN_WORDS or words[start - 1] in LOWER:
        return words, []
    return words[:start], words[start:]
