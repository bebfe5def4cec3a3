"""What a speaker's label tells: who asks, who leads, who holds an office.

A label's words alone never make a reporter an official: only an office printed in the label, or
stated of its speaker, does. A label that tells nothing is left to the style, or stays unknown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.model import SpeakerKind
from corpus.reading.label_words import (
    CROWD_WORDS,
    EVENT_WORDS,
    HEADING_WORDS,
    MODERATOR_WORDS,
    OFFICE_WORDS,
    PERSONAL_TITLES,
    PRESS_ROLES,
    PRIVATE_WORDS,
    REPORTER_WORDS,
    SURNAMES_TOO,
    word_set,
)

SURNAMES_ALONE = word_set("KING POPE PRINCE JUDGE JUSTICE MARSHAL MAJOR")  # KING: Larry King
_INITIALS_TOO = word_set("AG DG CE")  # AG: Ann Goe
_CHAIRS = word_set("CHAIR CHAIRMAN CHAIRWOMAN CHAIRPERSON")
_BEFORE_CHAIR = word_set("THE MR MADAM ACTING DEPUTY VICE CO")
NUMBERS = word_set("ONE TWO THREE FOUR FIVE A B C")
_BEFORE_OFFICE = word_set(
    "THE HIS HER FIRST SECOND VICE DEPUTY ACTING FORMER SENIOR MADAM MAJORITY MINORITY HOUSE "
    "SENATE CROWN SHADOW POLICE FIRE PRIME UNDER ASSISTANT SPECIAL FEDERAL"
)
_SEAT = re.compile(r"\bCouncil Member\b|\bMember (?:for|of Parliament)\b", re.IGNORECASE)
_EXCELLENCY = re.compile(r"H\.? ?(?:E|R\.? ?H|M)\.?,? (?=\S)")
_PRESS_ROLES = re.compile(
    r"\b(?:reporter|journalist|correspondent|anchor|host|co-?host|interviewer|presenter"
    r"|broadcaster|columnist|newscaster|editor|commentator|bureau chief|producer"
    r"|publisher|news director|(?:director|head|chief|president|controller) of (?:\w+ )?news)\b",
    re.IGNORECASE,
)
_LEADING_ROLES = re.compile(r"\b(?:moderator|facilitator|operator)\b", re.IGNORECASE)
_SMALL_PARTS = re.compile(r"\b(?:Ma?c|De|Di|Du|La|Le|Van|Von)(?=[A-Z])")
ADDRESSED = re.compile(  # whom a speaker turns to, or how: never who speaks
    r"[(\[](?:to|via|through|in|by|speaking|from|with|as|on|off|for|translated|after)\b[^()\[\]]*"
    r"[)\]]?",
    re.IGNORECASE,
)
_ASKING_ANYWHERE = PRESS_ROLES | {"QUESTION", "QUESTIONS", "QUESTIONER"}
_LEADING_FIRST = word_set(  # INTERPRETER FOR PRESIDENT ROE is not the president
    "MODERATOR FACILITATOR OPERATOR ANNOUNCER EMCEE INTERPRETER TRANSLATOR AUDIENCE VOICE VOICES "
    "GUEST CROWD SEVERAL SOME MANY ALL MAN WOMAN MALE FEMALE UNIDENTIFIED UNKNOWN"
)
_LEADING_ALONE = (  # of a sitting, and of a conference call
    *(["MADAM", "SPEAKER"], ["CLERK"], ["THE", "CLERK"]),
    ["COORDINATOR"],
)
_UNNAMED = re.compile(  # of whom a typist tells only where they stand: "Woman in green coat"
    r"(?:The |A |An )?(?:(?i:older|elderly|young|younger|another|second) )?"
    r"(?i:man|woman|male|female|lady|gentleman|boy|girl|child|person|student|resident|caller|voice"
    r"|neighbou?r|audience member|attendee|somebody|someone)"
    r"(?P<where> (?:at|by|from|in|near|on|to|who|with|wearing)\b[^,;.]{1,50}| [#\d]{1,3})?"
)
_FOR_THE_PRESS = word_set("PRESS MEDIA NEWS")  # PRESS OFFICER
_AT_SERVICE = word_set("OFFICER OFFICE AIDE TEAM MANAGER STAFF")
_ASKING_FIRST = REPORTER_WORDS - word_set("PRESS MEDIA NEWS RADIO TELEVISION")
REMEMBERED = 2048  # labels; a document repeats its few thousands of times


_SMALL = frozenset(
    {
        "of",
        "the",
        "and",
        "for",
        "hon.",
        "hon",
        "de",
        "von",
        "van",
        "der",
        "den",
        "da",
        "bin",
        "al",
        "at",
        "in",
    }
    | {"to", "on", "du", "la", "le", "del", "di", "y", "et"}
)
_SMALL_IN_LABELS = frozenset(
    word.lower()
    for word in PRESS_ROLES
    | word_set("QUESTION QUESTIONER MEMBER VOICE NEWSPAPER NEWS AGENCY RADIO TELEVISION MAGAZINE")
)
_WORD = re.compile(r"[(#\[]?[^\W_][\w.’'&\-/]*[)\],.]*")
_NEVER_FIRST = word_set(  # words that open a sentence or speak to somebody
    "ON IN AT AS FOR TO AND BUT OR SO IF WHEN WHAT WHY HOW HERE THERE THAT THIS NOW THEN YES NO "
    "WELL WE YOU IT HE SHE THEY MY OUR YOUR HIS HER ITS WITH FROM BY NOT LIKE AGAIN PLUS OKAY "
    "DEAR HELLO HI HEY THANK THANKS GOOD PLEASE SORRY EXCUSE WELCOME FINALLY ALSO TAKE REMEMBER "
    "LOOK QUOTE UNQUOTE END ANOTHER"
)
_ARTICLES = word_set("LE LA EL IL")
_NEVER_ALONE = word_set(
    "FIRST FIRSTLY SECOND SECONDLY THIRD NUMBER POINT STEP PHASE PART EXAMPLE ONE TWO THREE FOUR "
    "FIVE BOTTOM NEXT LAST"
)


_TITLE_LAST = re.compile(r"\s(?:Hon|Mr|Ms|Mrs|Dr)\.?$", re.IGNORECASE)  # a name is to follow
_WEB_ADDRESS = re.compile(r"\w\.(?:com|eu|gov|int|net|org|uk)\b", re.IGNORECASE)
_ASIDE_LAST = re.compile(r"(?<=[^\s(\[])\s*[(\[][^()\[\]]*[)\]]$")


def is_name(printed: str) -> bool:
    """Whether every word could be one of a name or an office: ``Prime Minister of Samoa``.

    So can be the words that tell of somebody unnamed, or that somebody asks: ``Woman at the back``,
    ``Supplementary question``.
    """
    bare = _ASIDE_LAST.sub("", ADDRESSED.sub("", printed))
    if shows_office(bare):
        bare = _EXCELLENCY.sub("", bare, count=1)  # HE the Minister
    words = [word for word in bare.split() if word not in {"-", "–"}]
    first = words[0].upper().strip(",.") if words else ""
    if first in _NEVER_FIRST and not _honours(printed):
        return False
    if not 0 < len(words) < _most_words(bare) or printed.endswith(","):
        return False
    if _WEB_ADDRESS.search(printed) or _TITLE_LAST.search(bare):
        return False
    if first in _NEVER_ALONE and kind_of_label(printed) is None:
        return False
    if bare[:1].isupper() and is_unnamed(bare):
        return True
    is_said = first in _NEVER_ALONE | {"THE", "A", "AN"} or words[0].islower()
    small = _SMALL if is_said else _SMALL | _SMALL_IN_LABELS
    abroad = first in _ARTICLES  # Le Premier ministre
    return all(
        word.lower() in small
        or (abroad and word.upper() in OFFICE_WORDS)
        or (_WORD.fullmatch(word) and not word.lstrip("(#[")[0].islower())
        for word in words
    )


def may_name(printed: str) -> bool:
    """Whether words set in bold before a colon name somebody, in whatever language.

    ``Première sous-gouverneure Roe`` does; ``What we saw`` and ``Second`` head a paragraph.
    """
    if is_name(printed) or kind_of_label(printed) is not None:
        return True
    first, *others = printed.split() or [""]
    names = any(word[:1].isupper() for word in others)
    return names and first.upper().strip(",.") not in _NEVER_FIRST | _NEVER_ALONE


def _most_words(bare: str) -> int:
    """Words that a label hasn't; one that tells the office after the name may be a long one."""
    _, comma, role = bare.partition(",")
    return 15 if comma and shows_office(role) else 10


def _honours(printed: str) -> bool:
    """Whether ``HE`` opens a label as His or Her Excellency: ``HE the Secretary-General``."""
    return (
        printed.startswith(("HE ", "H.E. ")) and not is_shouted(printed) and shows_office(printed)
    )


def is_unnamed(printed: str) -> bool:
    """Whether words tell of somebody whose name the typist did not know: ``Lady at the back``."""
    return _UNNAMED.fullmatch(printed) is not None


def _tells_where(printed: str) -> bool:
    """Whether a label is somebody's of whom it tells where they stand: ``Man at back``."""
    found = _UNNAMED.fullmatch(_ASIDE_LAST.sub("", printed.strip()))
    return bool(found and found["where"])


def is_heading(printed: str) -> bool:
    """Whether words before a colon name a field or an event: ``Subjects``, ``PRESS CONFERENCE``."""
    words = read_words(printed)
    if not words or words in (["REMARKS"], ["REMARK"]):
        return False
    return words[0] in HEADING_WORDS or words[-1] in EVENT_WORDS


def read_words(printed: str) -> list[str]:
    """The words of a label in capitals, without dots and numbers: ``Mr. Kirby`` → MR, KIRBY."""
    return re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", printed.upper())


@lru_cache(REMEMBERED)
def is_shouted(printed: str) -> bool:
    """Whether a label is set in capitals, but for parts of names: ``VICTORIA McGRANE``."""
    letters = _SMALL_PARTS.sub("", printed)
    return any(map(str.isalpha, printed)) and letters == letters.upper()


def is_titled(printed: str) -> bool:
    """Whether a label is a personal title and a name: ``MS. PSAKI``."""
    words = read_words(printed)
    return len(words) > 1 and words[0] in PERSONAL_TITLES


@lru_cache(REMEMBERED)
def kind_of_label(printed: str) -> SpeakerKind | None:
    """The kind that a label's own words show, or None where they only name a person.

    ``PRESS SECRETARY`` holds an office though PRESS alone asks; ``QUESTION 2`` asks; ``MS. KING``
    and ``LARRY KING`` are persons; ``PARTICIPANT`` is nobody in particular: unknown.
    """
    printed = ADDRESSED.sub(" ", printed)
    words = read_words(printed)
    if not words or (len(words) == 1 and words[0] in SURNAMES_ALONE | _INITIALS_TOO):
        return None
    if words[0] in PERSONAL_TITLES:
        return _kind_when_titled(words)
    if words[0] in _ASKING_FIRST or any(word in _ASKING_ANYWHERE for word in words):
        return "reporter"
    if words[0] in _LEADING_FIRST or words in _LEADING_ALONE or _tells_where(printed):
        return "moderator" if words[0] in MODERATOR_WORDS or words in _LEADING_ALONE else "unknown"
    if shows_office(printed) or (words[0] == "SPEAKER" and _names_one(printed, words[1:])):
        return "unknown" if any(word in PRIVATE_WORDS for word in words) else "official"
    known = (kind for kind, known in _KINDS_OF_WORDS if any(word in known for word in words))
    serves = words[0] in _FOR_THE_PRESS and words[-1] in _AT_SERVICE
    return "moderator" if serves else next(known, None)


def _kind_when_titled(words: list[str]) -> SpeakerKind | None:
    """``MR. PRESIDENT`` holds an office, ``Mr Speaker`` leads a sitting; ``MS. KING`` is a name."""
    if words[-1] == "SPEAKER":
        return "moderator"
    return "official" if len(words) == 2 and words[1] in OFFICE_WORDS else None


_KINDS_OF_WORDS: tuple[tuple[SpeakerKind, frozenset[str]], ...] = (
    ("moderator", MODERATOR_WORDS),
    ("reporter", REPORTER_WORDS),
    ("unknown", CROWD_WORDS),
)


def is_chair(printed: str) -> bool:
    """Whether a label is a chair's without a name: ``The Chair``, ``CHAIRMAN``, ``Mr. Chairman``.

    So committees and panels label who leads and asks; ``CHAIR ROE`` holds an office.
    """
    *before, last = re.split(r"[ \-]", " ".join(read_words(printed)))
    return last in _CHAIRS and _BEFORE_CHAIR.issuperset(before)


def _names_one(printed: str, words: list[str]) -> bool:
    """Whether ``SPEAKER …`` is the Speaker of a house, not the first of several voices."""
    numbered = re.search(r"\d", printed) or set(words) & NUMBERS
    return bool(words) and not numbered


def shows_office(phrase: str) -> bool:
    """Whether a phrase names an office: ``Secretary of Education``, ``AI and crypto czar``."""
    words = read_words(phrase)
    if any(word in OFFICE_WORDS or not OFFICE_WORDS.isdisjoint(word.split("-")) for word in words):
        return True
    if _SEAT.search(phrase):
        return True
    leading = next((word for word in words if word not in _BEFORE_OFFICE), "")
    return leading in SURNAMES_TOO


def kind_of_role(role: str | None) -> SpeakerKind:
    """The kind of one whose role is stated: the press, a moderator, an office; or nothing."""
    if role is None:
        return "unknown"
    if _PRESS_ROLES.search(role):
        return "reporter"
    return "moderator" if _LEADING_ROLES.search(role) else "official"


def kind_with_role(label: str, kind: SpeakerKind, role: str | None) -> SpeakerKind:
    """The kind of a speaker whose role somebody states who knows: a curator, or an author.

    It goes before what a document's own words let suppose, but never makes an official of somebody
    whom the label itself shows to ask or to lead: ``QUESTION``, ``MODERATOR``.
    """
    shown = kind_of_label(label)
    if role is None or shown in {"reporter", "moderator"}:
        return kind
    return kind_of_role(role)
