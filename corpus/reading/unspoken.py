"""Paragraphs amid turns that nobody says: headings, rules, notes, stage directions.

A publisher sets them between what is said, without a label; under the label above they would be
quoted. The first paragraph of a turn is never one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.model import Furniture, Turn
from corpus.reading.base import keep_part, trim
from corpus.reading.emphasis import NOBODY, PARAGRAPH, is_set_out, join_spans
from corpus.reading.ending import RULE, goes_on
from corpus.reading.lost_labels import AS_ASKERS_BEGIN
from corpus.text import fold_space

_MARKED = re.compile(r"#{1,6}[^\S\n]+[^\n]*|[IVX]{1,5}\.[^\S\n]+[^\n.?!]{3,80}")  # II. On trade
_TOPIC = re.compile(r"\(\d{1,2}\)[^\S\n]+[^\n?!:;,]{3,80}(?<!\.)")  # (2) U.S. rice, over a label
_INSERTS = re.compile(  # what was handed in stands below, up to the next label, if it is there
    r"^[^\S\n]*(?P<note>\[[^\[\]]{0,120}\b(?:statement|testimony)\b[^\[\]]{0,120}"
    r"\bfol-?\s{0,9}lows\W{0,3}\])[^\S\n]*$(?!\s{0,200}\[)",
    re.MULTILINE,
)
_BRACKETED = re.compile(r"\([^()]{1,200}\)|\[[^\[\]]{1,200}\]")
_IN_SQUARE = re.compile(
    r"\[[^\[\]]{1,200}(?<![.?!…])\]"
)  # with a stop: words put in another tongue
_EVENT = re.compile(
    r"\b(?:briefing|interview|(?:press|news) conference|conversation|recording"
    r"|(?:answered|took) (?:[\w’']+ ){0,3}questions)\b"
)
_OF_THOSE_THERE = re.compile(r"\b(?:I|we|you|my|our|your|me|us|this)\b|[“\"]", re.IGNORECASE)
_STAMPED = re.compile(  # the time of a recording, and a note on it
    r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?(?:\s*(?:\([^()]{1,200}\)|\[[^\[\]]{1,200}\])){0,3}"
)
_POINTS_ELSEWHERE = re.compile(
    r"(?:Go deeper|Dig deeper|(?:Also )?[Rr]ead(?: (?:more|also|next))?|See also|Related(?: \w+)?"
    r"|More (?:on|from)\b[^:]{1,40}|Further reading|Watch(?: \w+)?|Listen(?: \w+)?"
    r"|(?:ALSO )?READ(?: (?:MORE|ALSO|NEXT))?|SEE ALSO|RELATED(?: \w+)?|WATCH(?: \w+)?)"
    r": [^\n]{3,200}"
)
_RULED = re.compile(  # a heading between rules
    r"[-_=~*]{5,200}[^\S\n]*\n[^\n.?!]{3,80}\n[-_=~*]{5,200}"
)
_INTERJECTING = re.compile(r"[A-Z][^.?!:;\n]{2,60} interjecting[^\w\n]{0,3}")
_PAUSED = re.compile(
    r"(?:The )?(?:[Ss]itting|[Cc]ommittee|[Mm]eeting|[Hh]earing|[Hh]ouse) (?:was )?suspended\b"
    r"[^\n?!]{0,100}|On resuming[^\w\n]{0,4}"
)
_BY_WORDS = (
    (RULE, "rule"),
    (_MARKED, "heading"),
    (_RULED, "heading"),
    (_INTERJECTING, "interjection"),
    (_STAMPED, "stage direction"),
    (_PAUSED, "stage direction"),
)
_HEADING_AT_MOST = 120  # characters
_NEAR = 4  # paragraphs; a heading further below decides for itself
_SHORT = 4  # letters from which a word of a title is not set in small ones
_WITH_OUTLET = re.compile(r"\([^()]{2,60}\)[\W_]{0,4}\Z|^[^,]{3,40}, ")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")

_Spans = tuple[Sequence[int], Sequence[int]]
"""Starts and ends of what is emphasised."""


def set_unspoken_apart(
    text: str, turns: Sequence[Turn], emphasised: Sequence[tuple[int, int]]
) -> tuple[tuple[Turn, ...], tuple[Furniture, ...]]:
    """The turns without what nobody says, and that as furniture; who speaks goes on below it.

    Below a heading with a question under it, nothing tells who does: that is left as nobody's.
    """
    spans = join_spans(text, emphasised)
    labels = {word.casefold() for turn in turns for word in _WORD.findall(turn.label)[-1:]}
    kept: list[Turn] = []
    unspoken: list[Furniture] = []
    for at, (turn, inserted) in enumerate(_cut_inserted(text, turns)):
        unspoken += inserted
        paragraphs = list(PARAGRAPH.finditer(text, turn.start, turn.end))
        names = [_tell(text, each, spans) if n else None for n, each in enumerate(paragraphs)]
        if at + 1 < len(turns):
            _tell_last(paragraphs, names)
        begun, voice = 0, turn
        if at and _may_be_footer(text, turns[at - 1], turn, paragraphs):
            voice = _nobodys(turn)
        for n, name in enumerate([*names, "end"]):
            if name is None:
                continue
            kept += _piece(text, voice, paragraphs[begun:n])
            begun = n + 1
            if name == "interjection":
                kept += _piece(text, _nobodys(turn), paragraphs[n:begun])
            elif name != "end":
                unspoken.append(Furniture(name, *trim(text, *paragraphs[n].span())))
            if name == "heading" and (
                _may_be_name(paragraphs[n][0], labels) or _asks_below(paragraphs, names, n)
            ):
                voice = _nobodys(turn)
    return tuple(kept), tuple(unspoken)


def _nobodys(turn: Turn) -> Turn:
    return replace(turn, kind="unknown", label=NOBODY)


def _may_be_footer(text: str, above: Turn, turn: Turn, paragraphs: Sequence[re.Match[str]]) -> bool:
    """Whether no sentence stands below words that are set out as nobody's, with no label between.

    Below an interview a note in italics is often followed by the names of who made it.
    """
    below = above.label == NOBODY and not text[above.end : turn.start].strip()
    return below and not any(goes_on(each[0]) for each in paragraphs)


def _tell(text: str, paragraph: re.Match[str], spans: _Spans) -> str | None:
    """What a paragraph is that nobody says, by how it is set; None where it may be said."""
    words = paragraph[0].rstrip()
    for pattern, name in _BY_WORDS:
        if pattern.fullmatch(words):
            return name
    if _POINTS_ELSEWHERE.fullmatch(words) and not goes_on(words):
        return "link"
    if _IN_SQUARE.fullmatch(words):
        return "stage direction"
    if not is_set_out(text, paragraph, *spans):
        return None
    if _BRACKETED.fullmatch(words) or _tells_of_event(words):
        return "stage direction"
    return "heading" if len(words) <= _HEADING_AT_MOST and not goes_on(words) else None


def _tells_of_event(words: str) -> bool:
    """Whether words that are set out tell what happened there: "The briefing was interrupted"."""
    return bool(_EVENT.search(words)) and "?" not in words and not _OF_THOSE_THERE.search(words)


def _cut_inserted(text: str, turns: Sequence[Turn]) -> Iterator[tuple[Turn, tuple[Furniture, ...]]]:
    """The turns as far as a note that a statement follows, which nobody read out, and that."""
    for at, turn in enumerate(turns):
        last = at + 1 == len(turns)
        found = None if last else _INSERTS.search(text, turn.start, turn.end)
        start, end = trim(text, turn.start, found.start()) if found else (0, 0)
        if found and start < end:
            yield replace(turn, end=end), (Furniture("insert", found.start("note"), turn.end),)
        else:
            yield turn, ()


def _tell_last(paragraphs: Sequence[re.Match[str]], names: list[str | None]) -> None:
    """Name the paragraphs right above the next label that are set as headings and notes are."""
    at = len(paragraphs) - 1
    topics = False
    while at > 0:
        is_topic = bool(_TOPIC.fullmatch(paragraphs[at][0].rstrip()))
        if not (names[at] or is_topic or _is_title(paragraphs[at][0])):
            break
        topics |= is_topic
        at -= 1
    if topics and paragraphs[at][0].rstrip().endswith((":", ";", ",")):
        return  # points of what is said
    is_note = 0 < at == len(paragraphs) - 1 and names[at - 1] == "rule"
    if is_note and paragraphs[at][0].rstrip().endswith(":"):
        names[at] = "note"
    elif goes_on(paragraphs[at][0]) or paragraphs[at][0].rstrip().endswith((")", "]")):
        names[at + 1 :] = [name or "heading" for name in names[at + 1 :]]


def _is_title(words: str) -> bool:
    """Whether words are in capitals, or in title case, and no sentence."""
    words = fold_space(words)
    found = _WORD.findall(words)
    if len(found) < 2 or len(words) > 2 * _HEADING_AT_MOST or goes_on(words):
        return False
    return words.isupper() or all(
        word[0].isupper() for word in (found[0], *found) if len(word) >= _SHORT or word is found[0]
    )


def _may_be_name(heading: str, labels: set[str]) -> bool:
    """Whether a heading may say who speaks below it: a name of the document, or with an outlet."""
    words = _WORD.findall(heading)
    return bool(words) and (words[-1].casefold() in labels or bool(_WITH_OUTLET.search(heading)))


def _asks_below(paragraphs: Sequence[re.Match[str]], names: Sequence[str | None], at: int) -> bool:
    """Whether what stands right below a heading is put as reporters put it."""
    near = range(at + 1, min(at + 1 + _NEAR, len(names)))
    below = next((n for n in near if names[n] is None), None)
    words = fold_space(paragraphs[below][0]) if below is not None else ""
    return "?" in words or AS_ASKERS_BEGIN.match(words) is not None


def _piece(text: str, turn: Turn, paragraphs: Sequence[re.Match[str]]) -> Iterator[Turn]:
    if paragraphs:
        yield from keep_part(text, turn, paragraphs[0].start(), paragraphs[-1].end())
