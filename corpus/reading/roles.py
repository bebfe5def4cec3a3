"""What a role tells that is stated of a name, beyond the offices that labels show."""

from __future__ import annotations

import re

from corpus.reading.label_words import OFFICE_WORDS, REPORTER_WORDS, word_set
from corpus.reading.labels import kind_of_role, read_words, shows_office

_POST_WORDS = word_set(  # too plain to show an office in a label
    "HEAD MANAGER OFFICER EPIDEMIOLOGIST FORECASTER ENGINEER INSPECTOR CLERK"
)
MEMBERSHIP = re.compile(
    r"(?:board )?member of (?!(?:the )?editorial)(?:\w+ ){0,4}(?:board|council|cabinet|government"
    r"|commission|parliament|congress|senate|assembly|committee)\b",
    re.IGNORECASE,
)
_LAST_CHIEF = re.compile(r"\w\s+chief(?=\s*(?:,|$))", re.IGNORECASE)  # division chief
_OUTLETS = REPORTER_WORDS | word_set("BUREAU DESK NEWSROOM MAGAZINE CHANNEL")
_PEERS = word_set("LORD LADY BARONESS")
_LEGISLATORS = _PEERS | word_set(
    "SENATOR SEN REP REPRESENTATIVE CONGRESSMAN CONGRESSWOMAN DELEGATE ASSEMBLYMEMBER ASSEMBLYMAN "
    "ASSEMBLYWOMAN MP MSP MEP"
)
_AND_LEGISLATORS = word_set("HON HONOURABLE HONORABLE CHAIR CHAIRMAN CHAIRWOMAN CHAIRPERSON")


def shows_post(phrase: str) -> bool:
    """Whether a phrase names an office or another post, ``head of exploration``; no outlet's."""
    words = read_words(phrase)
    is_post = not _POST_WORDS.isdisjoint(words) or _LAST_CHIEF.search(phrase) is not None
    is_post = is_post or MEMBERSHIP.match(phrase) is not None
    is_press = not _OUTLETS.isdisjoint(words) or kind_of_role(phrase) != "official"
    is_office = shows_office(phrase) and words[:1] != ["CLERK"]  # of a paper, as well
    return is_office or (is_post and not is_press)


def names_outlet(role: str) -> bool:
    """Whether a role is with an outlet, ``CNN director``; ``press secretary`` is with none."""
    return not _OUTLETS.isdisjoint(set(read_words(role)) - {"PRESS", "MEDIA"})


def is_legislators(office: str) -> bool:
    """Whether the only offices among these words are legislators', and of those who lead them."""
    offices = {word for word in read_words(office) if word in OFFICE_WORDS | _PEERS}
    return not offices.isdisjoint(_LEGISLATORS) and offices <= _LEGISLATORS | _AND_LEGISLATORS
