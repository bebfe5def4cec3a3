"""What a speaker's label tells: who asks, who leads, who holds an office; and mistyped labels.

A label's words alone never make a reporter an official: only an office printed in the label, or
stated of its speaker, does. A label that tells nothing is left to the style, or stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.model import SpeakerKind
from corpus.text import fold_space


def word_set(words: str) -> frozenset[str]:
    """The words of a line, to look others up in."""
    return frozenset(words.split())


PRESS_ROLES = word_set(
    "REPORTER REPORTERS JOURNALIST JOURNALISTS INTERVIEWER CORRESPONDENT CORRESPONDENTS HOST "
    "COHOST CO-HOST ANCHOR PRESENTER COMPERE EDITOR BROADCASTER NEWSCASTER COLUMNIST ANALYST "
    "COMMENTATOR CONTRIBUTOR JOURNALISTE PERIODISTA"
)
REPORTER_WORDS = PRESS_ROLES | word_set(
    "Q QUESTION QUESTIONS QUESTIONER PRESS MEDIA NEWS RADIO TELEVISION NEWSPAPER FRAGE PREGUNTA "
    "DOMANDA AP AFP ANSA BBC CBC CBS CCTV CNBC CNN DPA INTERFAX KYODO MSNBC NBC NHK NPR PBS "
    "REUTERS TASS XINHUA YONHAP"
)
MODERATOR_WORDS = word_set("MODERATOR FACILITATOR OPERATOR AIDE STAFF STAFFER ANNOUNCER EMCEE MC")
CROWD_WORDS = word_set(
    "PARTICIPANT PARTICIPANTS AUDIENCE MEMBER VOICE VOICES UNIDENTIFIED UNKNOWN CROWD SPEAKER "
    "SPEAKERS GUEST INTERPRETER TRANSLATOR INTERJECTION INAUDIBLE REMARK REMARKS REPLY RESPONSE "
    "COMMENT"
)
OFFICE_WORDS = word_set(
    "PRESIDENT SECRETARY MINISTER CHAIR CHAIRMAN CHAIRWOMAN CHAIRPERSON ADMINISTRATOR DIRECTOR "
    "AMBASSADOR GOVERNOR SENATOR REPRESENTATIVE CONGRESSMAN CONGRESSWOMAN DELEGATE GENERAL "
    "ADMIRAL COLONEL COMMANDER COMMISSIONER PREMIER TAOISEACH EMIR AMIR EXCELLENCY MAJESTY "
    "HIGHNESS COUNSELOR ADVISOR ADVISER SPOKESPERSON SPOKESMAN SPOKESWOMAN OFFICIAL OFFICIALS "
    "COORDINATOR ENVOY UNDERSECRETARY TREASURER COMPTROLLER SUPERINTENDENT CZAR ATTORNEY "
    "SOLICITOR COUNCILLOR COUNCILMEMBER LIEUTENANT BRIGADIER HON HONOURABLE HONORABLE MP MSP MEP "
    "APNSA SEC REP SEN GOV AMB GEN ADM VADM RADM COL CAPT CMDR LT PRES ATTY SPOX POTUS VPOTUS "
    "USEC ASEC CLLR TÁNAISTE POSTMASTER SUPERVISOR CONSTABLE SUPT DCC ACC OMBUDSMAN ALDERMAN "
    "COUNCILMAN COUNCILWOMAN ASSEMBLYMEMBER ASSEMBLYMAN ASSEMBLYWOMAN"
) | word_set(  # in the languages that officials are asked in
    "MINISTRE PRÉSIDENT PRÉSIDENTE GOUVERNEUR GOUVERNEURE PORTE-PAROLE CHANCELIER CHANCELIÈRE "
    "PRESIDENTE PRESIDENTA MINISTRO MINISTRA GOBERNADOR GOBERNADORA SECRETARIO SECRETARIA ALCALDE "
    "ALCALDESA PORTAVOZ GOVERNADOR GOVERNADORA SECRETÁRIO SECRETÁRIA GOVERNATORE SOTTOSEGRETARIO "
    "SINDACO PORTAVOCE BUNDESKANZLER BUNDESKANZLERIN BUNDESPRÄSIDENT BUNDESMINISTER "
    "BUNDESMINISTERIN MINISTERIN STAATSSEKRETÄR STAATSSEKRETÄRIN REGIERUNGSSPRECHER "
    "REGIERUNGSSPRECHERIN BÜRGERMEISTER BÜRGERMEISTERIN MINISTER-PRESIDENT MINISTERPRÄSIDENT "
    "MINISTERPRÄSIDENTIN STAATSSECRETARIS BURGEMEESTER STATSMINISTER STATSRÅD STATSMINISTEREN"
)
SURNAMES_TOO = word_set(  # offices that are also surnames: they count only before the name
    "KING QUEEN PRINCE PRINCESS SULTAN JUDGE JUSTICE CHIEF MAYOR CHANCELLOR SHERIFF LADY "
    "GENTLEMAN LEADER WHIP COUNSEL MARSHAL MAJOR CAPTAIN SERGEANT POPE PM FM SG DSG VP HRVP"
)
_SURNAMES_ALONE = word_set("KING POPE PRINCE JUDGE JUSTICE MARSHAL MAJOR")  # KING: Larry King
ANSWERING = word_set("A ANSWER ANSWERS")  # of one whom only the heading names
PRIVATE_WORDS = word_set("UNIVERSITY COLLEGE SCHOOL STUDENT CLUB COMPANY CORPORATION INC LLC LTD")
HEADING_WORDS = word_set(  # what stands before a colon in a document's head and nobody's name
    "SUBJECT SUBJECTS TOPIC TOPICS DATE TIME VENUE LOCATION PLACE SOURCE TITLE CONTACT CONTACTS "
    "NOTE NOTES EMBARGO EMBARGOED PHONE TEL FAX EMAIL E-MAIL WATCH LISTEN TAGS UPDATED PUBLISHED "
    "POSTED RELEASED DURATION SUMMARY BACKGROUND RELATED PRESENT ATTENDEES SPEAKERS TRANSCRIPT "
    "REMARKS STATEMENT STATEMENTS PROGRAM PROGRAMME READ DOWNLOAD SHARE SEE ALSO"
)
EVENT_WORDS = word_set(
    "CONFERENCE BRIEFING INTERVIEW TRANSCRIPT GAGGLE AVAILABILITY STAKEOUT DOORSTOP PODCAST SPEECH "
    "ADDRESS MEETING HEARING SUMMIT RELEASE"
)
PERSONAL_TITLES = word_set(
    "MR MS MRS MISS DR PROF PROFESSOR SIR DAME REV REVEREND PASTOR RABBI FATHER SISTER "
    "MME MLLE MADAME MONSIEUR HERR FRAU SHRI SMT"
)

DOMAIN_WORDS = word_set(  # what an office is of; never a person's name
    "SECURITY STATE DEFENSE TREASURY EDUCATION ENERGY LABOR COMMERCE TRANSPORTATION AGRICULTURE "
    "INTERIOR HEALTH SERVICES AFFAIRS VETERANS BUDGET COMMUNICATIONS POLICY TECHNOLOGY COUNCIL "
    "ADVISERS ADVISORS ENGAGEMENT STAFF DEVELOPMENT PROTECTION JUSTICE STATES HOUSE WAR RELATIONS "
    "DIPLOMACY TRADE FINANCE"
)

_CHAIRS = word_set("CHAIR CHAIRMAN CHAIRWOMAN CHAIRPERSON")
_BEFORE_CHAIR = word_set("THE MR MADAM ACTING DEPUTY VICE CO")
_TITLES_BEFORE_NAMES = OFFICE_WORDS | SURNAMES_TOO | {"SPEAKER"}
_NUMBERS = word_set("ONE TWO THREE FOUR FIVE A B C")
_AFTER_SURNAMES = word_set("JR SR II III IV")
_BEFORE_OFFICE = word_set(
    "THE HIS HER FIRST SECOND VICE DEPUTY ACTING FORMER SENIOR MADAM MAJORITY MINORITY HOUSE "
    "SENATE CROWN POLICE FIRE PRIME LORD UNDER ASSISTANT SPECIAL FEDERAL"
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
_ADDRESSED = re.compile(  # whom a speaker turns to, or how: never who speaks
    r"[(\[](?:to|via|through|in|by|speaking|from|with|as|on|off|for|translated|after)\b[^()\[\]]*"
    r"[)\]]?",
    re.IGNORECASE,
)
_ASKING_ANYWHERE = PRESS_ROLES | {"QUESTION", "QUESTIONS", "QUESTIONER"}
_LEADING_FIRST = word_set(  # INTERPRETER FOR PRESIDENT ROE is not the president
    "MODERATOR FACILITATOR OPERATOR ANNOUNCER EMCEE INTERPRETER TRANSLATOR AUDIENCE VOICE VOICES "
    "GUEST CROWD SEVERAL SOME MANY ALL MAN WOMAN MALE FEMALE UNIDENTIFIED UNKNOWN"
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
_CLOSE = 0.799  # OSA similarity: two letters of "SECREATRY MAYORKAS", one of "MOERATOR"
_REMEMBERED = 2048  # labels; a document repeats its few thousands of times
_KNOWN_AT_MOST = 64  # labels of one document to compare with; keeps reading linear


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
    word.lower() for word in PRESS_ROLES | {"QUESTION", "QUESTIONER", "MEMBER", "VOICE"}
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


_PARTY = re.compile(r",?\s*\(?\b[DRI]-[A-Z][\w.]*(?:\s[A-Z]\w+)?\)?$")
_TITLE_LAST = re.compile(r"\s(?:Hon|Mr|Ms|Mrs|Dr)\.?$", re.IGNORECASE)  # a name is to follow
_WEB_ADDRESS = re.compile(r"\w\.(?:com|eu|gov|int|net|org|uk)\b", re.IGNORECASE)
_ASIDE_LAST = re.compile(r"(?<=[^\s(\[])\s*[(\[][^()\[\]]*[)\]]$")


def is_name(printed: str) -> bool:
    """Whether every word could be one of a name or an office: ``Prime Minister of Samoa``.

    So can be the words that tell of somebody unnamed, or that somebody asks: ``Woman at the back``,
    ``Supplementary question``.
    """
    bare = _ASIDE_LAST.sub("", _ADDRESSED.sub("", printed))
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
    if bare[:1].isupper() and _UNNAMED.fullmatch(bare):
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


@lru_cache(_REMEMBERED)
def is_shouted(printed: str) -> bool:
    """Whether a label is set in capitals, but for parts of names: ``VICTORIA McGRANE``."""
    letters = _SMALL_PARTS.sub("", printed)
    return any(map(str.isalpha, printed)) and letters == letters.upper()


def is_titled(printed: str) -> bool:
    """Whether a label is a personal title and a name: ``MS. PSAKI``."""
    words = read_words(printed)
    return len(words) > 1 and words[0] in PERSONAL_TITLES


@lru_cache(_REMEMBERED)
def kind_of_label(printed: str) -> SpeakerKind | None:
    """The kind that a label's own words show, or None where they only name a person.

    ``PRESS SECRETARY`` holds an office though PRESS alone asks; ``QUESTION 2`` asks; ``MS. KING``
    and ``LARRY KING`` are persons; ``PARTICIPANT`` is nobody in particular: unknown.
    """
    printed = _ADDRESSED.sub(" ", printed)
    words = read_words(printed)
    if not words or (len(words) == 1 and words[0] in _SURNAMES_ALONE):
        return None
    if words[0] in PERSONAL_TITLES:
        return _kind_when_titled(words)
    if words[0] in _ASKING_FIRST or any(word in _ASKING_ANYWHERE for word in words):
        return "reporter"
    if words[0] in _LEADING_FIRST or _tells_where(printed):
        return "moderator" if words[0] in MODERATOR_WORDS else "unknown"
    if shows_office(printed) or (words[0] == "SPEAKER" and _names_one(printed, words[1:])):
        return "unknown" if any(word in PRIVATE_WORDS for word in words) else "official"
    known = (kind for kind, known in _KINDS_OF_WORDS if any(word in known for word in words))
    serves = words[0] in _FOR_THE_PRESS and words[-1] in _AT_SERVICE
    return "moderator" if serves or words == ["MADAM", "SPEAKER"] else next(known, None)


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

    So committees and panels label who leads and asks; ``CHAIR POWELL`` holds an office.
    """
    *before, last = re.split(r"[ \-]", " ".join(read_words(printed)))
    return last in _CHAIRS and _BEFORE_CHAIR.issuperset(before)


def _names_one(printed: str, words: list[str]) -> bool:
    """Whether ``SPEAKER …`` is the Speaker of a house, not the first of several voices."""
    numbered = re.search(r"\d", printed) or set(words) & _NUMBERS
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


_STATED = re.compile(
    r"(?P<name>[^,()\[\]]{2,60}?)\s*(?:,\s*(?P<after>\S.*)|[(\[](?P<inside>[^()\[\]]+)[)\]])"
)


_REGISTERED = re.compile(  # as meetings list who is in them: "Roe, Jane (Chief Executive)"
    r"(?P<surname>[^\W\d_][\w’'\- ]{1,40}), (?P<given>[^\W\d_][\w’'\-. ]{1,40})"
    r" \((?P<role>[^()]+)\)"
)


@lru_cache(_REMEMBERED)
def split_label(printed: str) -> tuple[str, str | None]:
    """Name and role of a label that tells both; the label itself and None of any other.

    ``Jane Doe (NATO Spokesperson)``, ``JANE DOE, CNN ANCHOR``, ``The Prime Minister (Jane Doe)``.
    The one who answers in ``A (Secretary Roe)`` is Secretary Roe.
    """
    if whose := answered_by(printed):
        return split_label(whose)
    bare = _ADDRESSED.sub("", printed).strip()
    if (named := _REGISTERED.fullmatch(bare)) and kind_of_label(named["role"]) is not None:
        return f"{named['given']} {named['surname']}", named["role"]
    found = _STATED.fullmatch(bare)
    if found is None or not is_name(printed):
        return printed, None
    name, told = found["name"].strip(), (found["after"] or found["inside"]).strip()
    spoken_to = read_words(told)[:1] and read_words(told)[0] in PERSONAL_TITLES
    if kind_of_label(told) in {"official", "reporter", "moderator"} and not spoken_to:
        return (name, told) if kind_of_label(name) is None else (printed, None)
    if found["inside"] and kind_of_label(name) == "official" and len(told.split()) > 1:
        return told, re.sub(r"^The\s+", "", name)
    return printed, None


def without_party(label: str) -> str:
    """A legislator's label without party and state: ``Gov. Jane Roe, D-Oregon``."""
    return _PARTY.sub("", label)


@lru_cache(_REMEMBERED)
def surname_of(printed: str) -> str | None:
    """The surname of a label made of a title and a name (``MR. KIRBY`` → KIRBY), or None."""
    words = read_words(without_party(printed))
    while words and words[-1] in _AFTER_SURNAMES:
        words.pop()
    if len(words) < 2 or words[0] == "THE":
        return None
    if words[0] in PERSONAL_TITLES:
        return None if kind_of_label(printed) else " ".join(words[1:])
    offices = [
        at
        for at, word in enumerate(words[:-1])
        if not _TITLES_BEFORE_NAMES.isdisjoint({word, *word.split("-")})
    ]
    if not offices:
        return None
    name = words[offices[-1] + 1 :]
    name = name[-1:] if "OF" in name else name
    nameless = name[-1] in _NUMBERS or name[-1] in OFFICE_WORDS | DOMAIN_WORDS
    return None if nameless else " ".join(name)


def closest_label(printed: str, known: Iterable[str]) -> str | None:
    """The one of the document's labels that a mistyped label stands for, or None.

    Close is: the same surname after a title that lost or gained letters (``S. PSAKI``, ``QMS.
    PSAKI``, ``PSAKI``), or almost the same letters (``SECREATRY MAYORKAS``). Where two known
    labels are equally close, none is taken.
    """
    labels = [label for label in dict.fromkeys(known) if label != printed][:_KNOWN_AT_MOST]
    words = read_words(printed)
    if not words or not labels:
        return None
    same = [label for label in labels if _last_name(label) == words[-1]]
    if same and (len(words) == 1 or (len(words) == 2 and _is_torn_title(words[0]))):
        return same[0] if len(same) == 1 else None
    spelt = {label: _spell(label) for label in labels}
    found = process.extract(
        " ".join(words), spelt, scorer=OSA.normalized_similarity, score_cutoff=_CLOSE, limit=2
    )
    tied = len(found) == 2 and found[0][1] == found[1][1]
    return None if not found or tied else str(found[0][2])


@lru_cache(_REMEMBERED)
def _spell(label: str) -> str:
    return " ".join(read_words(label))


@lru_cache(_REMEMBERED)
def _last_name(label: str) -> str:
    name, role = split_label(label)
    spelt = surname_of(name) or (" ".join(read_words(name)) if role else "")
    return spelt.split(" ")[-1]


def _is_torn_title(word: str) -> bool:
    """``S``, ``M``, ``QMS``: a personal title that lost or gained a letter."""
    return any(OSA.distance(word, title) <= 1 for title in ("MR", "MS", "MRS", "DR"))


def find_rare_twins(counts: Counter[str]) -> dict[str, str]:
    """Labels that are well formed but stand once or twice, and the frequent ones they mean.

    ``MR. SULLIVCAN`` → ``MR. SULLIVAN``, ``MR. JEAN-PIERRE`` → ``MS. JEAN-PIERRE``.
    """
    common = [label for label, count in counts.most_common(_KNOWN_AT_MOST) if count > 4]
    twins: dict[str, str] = {}
    for label, count in counts.items():
        near = [each for each in common if each != label and _are_twins(label, each)]
        if count <= 2 and len(near) == 1:
            twins[label] = near[0]
    return twins


def _are_twins(label: str, other: str) -> bool:
    surname, known = surname_of(label), surname_of(other)
    if surname is None or known is None:
        return False
    title, known_title = read_words(label)[0], read_words(other)[0]
    if title != known_title and not {title, known_title} <= {"MR", "MS", "MRS"}:
        return False
    spelt_alike = len(known) > 4 and surname[0] == known[0] and OSA.distance(surname, known) <= 1
    return spelt_alike or surname == known


_ANSWERED_BY = re.compile(
    rf"(?:{'|'.join(sorted(ANSWERING))})\s*\((?:by\s+)?(?P<who>[^()\s][^()]+)\)", re.IGNORECASE
)


def answered_by(printed: str) -> str | None:
    """Who answers, where a label tells it: ``A (Minister Roe)``, ``Answer (by Jane Doe)``."""
    found = _ANSWERED_BY.fullmatch(fold_space(printed))
    return found["who"] if found and is_name(found["who"]) else None


def fold_label(printed: str) -> str:
    """A label as it is compared: ``MS  ROE (by phone)`` → ``MS. ROE``.

    ``A (Minister Roe)`` is the minister's, and not that of whoever else answers.
    """
    printed = fold_space(printed)
    if whose := answered_by(printed):
        return whose
    bare = re.sub(r"(?<=[^\s(])\s*\([^()]*\)$", "", printed)
    return re.sub(r"^(MR|MS|MRS|DR)\.? ", r"\1. ", bare)
