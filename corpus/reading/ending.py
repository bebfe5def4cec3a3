"""Where the spoken words of a document end, and what a publisher sets below them begins.

A line of its own says so (``ENDS``, ``###``, ``(Concluded)``), or a paragraph that nobody says: a
copyright line, a heading such as “See also”. Words that end in no stop, below those that do, are
headings, links and addresses. The first paragraph of the last turn is always spoken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.reading.briefing import FoundLabel, asks_there
from corpus.reading.emphasis import PARAGRAPH
from corpus.reading.labels import kind_of_label

TIME = r"\d{1,2}(?::\d{2})?\s+[AP]\.?M\.?(?:\s+[A-Z]{2,4})?"

_EVENT = (
    r"(?:(?:press |news |media )?(?:transcript|interview|briefing|conference|recording|tape|video"
    r"|audio|call|hearing|session|debate|event|meeting))"
)
_OPEN, _CLOSE = r"[\[(/*—–-]{0,3}[^\S\n]?", r"[^\S\n]?[\])/*—–-]{0,3}"
_WORDS = (
    rf"(?:-30-|(?:ENDS?|Ends|(?i:end(?: of)? (?:the )?{_EVENT}|{_EVENT} (?:ends|conclu(?:ded|des))"
    rf"|conclusion of (?:the )?{_EVENT})|Concluded|CONCLUDED)\b)"
)
_CLOSING = rf"{_OPEN}{_WORDS}[\s.:]{{0,80}}(?:{TIME}|\d{{1,2}}[:.]\d{{2}})?{_CLOSE}"
_NOTE = (
    r"(?:NOTES?|Note|\*?(?:Editor[’']?s[’']? [Nn]ote|EDITOR[’']?S[’']? NOTE)|SOURCE|Source"
    r"|(?:Media )?Contacts?|CONTACTS?|Tags|TAGS|Notes (?:to|for) [Ee]ditors)"
)
_SIGNS = r"(?:[#*][^\S\n]{0,3}){3,9}"
_END = re.compile(
    rf"^[^\S\n]*(?:{_CLOSING}|{TIME}|{_SIGNS})[^\S\n]*(?=\n[^\S\n]*\n|\n?\s*\Z)"
    rf"|(?<=\n\n)[^\S\n]*{_NOTE}:(?=\s)",
    re.MULTILINE,
)
_STOP = re.compile(rf"^[^\S\n]*(?:\[?ENDS?\]?|\(ENDS?\)|-30-|{_SIGNS})[^\S\n]*$", re.MULTILINE)
_RULED = re.compile(r"^[^\S\n]*[-_=*]{3,200}[^\S\n]*$", re.MULTILINE)
_LISTED = re.compile(
    rf"^[^\S\n]*(?:(?:Related|Other|Latest|More|Recommended) (?:news|stories|articles|topics|links)"
    rf"|Related|(?:See|Read) also|Further (?:information|reading)|(?:Media |Press )?Contacts?"
    rf"|Most (?:read|viewed|visited|popular)|{_SIGNS}):?[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
RULE = re.compile(r"(?:[-_=~—–*#•■](?:[^\S\n]|\\){0,3}){3,200}")
_OWNED = re.compile(
    r"©|\([cC]\) ?\d{4}|\bCopyright (?:\d{4}|Disclaimer)|\b(?i:all rights reserved)\b"
)
_HEADED = re.compile(
    r"\W{0,4}(?:See [Aa]lso|Related|Read [Mm]ore|More (?:[Oo]n|[Ff]rom|Must)|Share\b|Contact"
    r"|(?:Media|Press|MEDIA|PRESS) (?:[Cc]ontact|[Oo]ffice|[Rr]elations|RELATIONS|[Ee]nquir)"
    r"|CONTACT|E-?mail\b|Phone\b|Tel\b|Tags?\b|Topics?\b|Back to\b|Previous\b|Next [Pp]ost|Next:"
    r"|Attachments?\b|Sources?:|Trans(?:lated|cribed?|cription|lation)\b"
    r"|(?:Last |Page last )?(?:[Pp]ublished|[Uu]pdated|[Rr]eviewed|[Pp]osted)\b"
    r"|Further (?:[Ii]nformation|[Rr]eading)|Download|Subscribe"
    r"|Sign [Uu]p|Follow [Uu]s|Was this|Recommended|Notes [Tt]o [Ee]ditors)"
)
_EDITED = re.compile(
    r"\W{0,3}(?:This|The|Our) (?:transcript|interview|conversation|text)\b[^.]{0,80}"
    r"\b(?:edited|condensed|abridged|translated|shortened)\b"
    r"|Subscribe to (?:the )?[A-Z][^?!\n]{2,60}(?<![.,;:])\n"  # a heading over its sentence
)
_LINE = re.compile(r"[^\n]+")
_STOPS = re.compile(r"[.?!…][\"'“”’)\]*_]{0,4}\s*\Z")
_BROKEN = (":", ";", ",", "—", "–", "--")
_HEADING_AT_MOST = 120  # characters
_SPEECH = 300
_FEW = 8  # labels below an end are words before a colon in a footer


def find_end(text: str, found: Sequence[FoundLabel]) -> tuple[Sequence[FoundLabel], int]:
    """The labels of those who speak, and where what is said ends; at least one label is given."""
    found, ended = _drop_below_end(text, found)
    found, listed = _drop_headlines(text, found)
    last = found[-1].end
    kept = PARAGRAPH.search(text, last)
    paragraphs = list(PARAGRAPH.finditer(text, kept.end())) if kept else []
    told = _END.search(text, last)
    stop = min(told.start() if told else len(text), ended, listed)
    speech = max((x.start() for x in paragraphs if _is_speech(x[0])), default=0)
    below: list[int] = []
    for paragraph in paragraphs:
        is_rule = paragraph.start() > speech and RULE.fullmatch(paragraph[0].rstrip())
        if paragraph.start() >= stop or is_rule or _is_end(paragraph[0]):
            stop = min(stop, paragraph.start())
            break
        if goes_on(paragraph[0]):
            kept, below = paragraph, []
        else:
            below.append(paragraph.start())
    if below and kept and _STOPS.search(kept[0][-8:]):
        stop = below[0]
    return found, stop


def _drop_below_end(text: str, found: Sequence[FoundLabel]) -> tuple[Sequence[FoundLabel], int]:
    """The labels without those below an end that stand nowhere above it, and where the end is.

    It is a line of ``ENDS``; or a rule, with nobody's labels below it and no long paragraph.
    """
    counts = Counter(label.meant for label in found)
    at = len(found)
    while at > max(1, len(found) - _FEW) and _may_be_below(text, found[at - 1], counts):
        at -= 1
    if at == len(found):
        return found, len(text)
    ended = _STOP.search(text, found[at - 1].end, found[-1].start)
    if ended is None and all(kind_of_label(label.meant) is None for label in found[at:]):
        ended = _RULED.search(text, found[at - 1].end, found[at].start)
        below = PARAGRAPH.finditer(text, ended.end()) if ended else ()
        ended = None if any(_is_speech(each[0]) for each in below) else ended
    if ended is None:
        return found, len(text)
    return [label for label in found if label.start < ended.start()], ended.start()


def _drop_headlines(text: str, found: Sequence[FoundLabel]) -> tuple[Sequence[FoundLabel], int]:
    """The labels without those below a line that heads a list of other pages, and where it stands.

    "Minister Roe: ‘We wait’" is set as a label and what is said are; but no headline has a stop.
    """
    since = found[max(0, len(found) - _FEW - 1)].end
    lines = list(_LINE.finditer(text, since))
    said = [x.end() for x in lines if _STOPS.search(x[0][-8:]) and not _OWNED.search(x[0])]
    listed = _LISTED.search(text, said[-1] if said else since)
    if listed is None:
        return found, len(text)
    return [label for label in found if label.start < listed.start()], listed.start()


def _may_be_below(text: str, label: FoundLabel, counts: Counter[str]) -> bool:
    asks = kind_of_label(label.meant) == "reporter" and asks_there(text, label.end)
    return counts[label.meant] == 1 and not asks


def goes_on(paragraph: str) -> bool:
    """Whether a paragraph ends as sentences do, or breaks off, or leads up to what follows."""
    return bool(_STOPS.search(paragraph[-8:])) or paragraph.rstrip().endswith(_BROKEN)


def _is_speech(paragraph: str) -> bool:
    """Whether a paragraph is so long that no footer would hold it; a rule above it is no end."""
    return len(paragraph) >= _SPEECH and not _OWNED.search(paragraph)


def _is_end(paragraph: str) -> bool:
    """Whether a paragraph below the last words is nobody's, and all that follows it."""
    if _OWNED.search(paragraph) or _EDITED.match(paragraph):
        return True
    is_short = len(paragraph) <= _HEADING_AT_MOST and not _STOPS.search(paragraph)
    return is_short and bool(_HEADED.match(paragraph))
