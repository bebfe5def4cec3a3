"""Running heads, page numbers and time stamps of a text taken out of a PDF or a word processor.

They stand between pages, often amid a sentence, and nobody said them. A line is one by what it
holds (``Page 3 of 12``, ``[[Page 1205]]``, ``00:12:05``), by a number that counts the pages, or
because it stands beside such lines or page breaks, time and again, and nowhere else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from corpus.reading.base import up_to
from corpus.reading.briefing import opens_block
from corpus.reading.labels import is_heading, kind_of_label
from corpus.reading.removal import Cut
from corpus.text import fold_space

MOST_MARKS = 50_000
"""Page numbers of a document, or time stamps; 10 MB of text are some 5,000 pages."""

_OF = r"\d{1,4}[^\S\n]?(?:of|/)[^\S\n]?\d{1,4}"
_TOLD = (
    rf"(?:(?:Page|PAGE|page|Pg\.?|p\.)[^\S\n]?\|?[^\S\n]?(?:{_OF}|\d{{1,4}})"
    r"|\[\[?Page[^\S\n]\d{1,5}\]\]?"
    r"|\d{1,4}[^\S\n]?\|[^\S\n]?P[^\S\n]?a[^\S\n]?g[^\S\n]?e)"
)
_DASHED = r"[-–—][^\S\n]?\d{1,4}[^\S\n]?[-–—]"  # “-30-” alone is an end
_SPACE = r"[^\S\n]{0,200}"
_ALONE = re.compile(rf"^{_SPACE}{_TOLD}{_SPACE}$", re.MULTILINE)
_CLOCK = r"(?P<clock>(?:\d{1,2}:)?\d{1,2}:\d{2})(?:[.,]\d{1,3})?"
_STAMP = re.compile(
    rf"^{_SPACE}(?P<open>[\[(])?{_CLOCK}(?:[^\S\n]?(?:-->|[-–—])[^\S\n]?[\d:.,]{{4,12}})?"
    rf"(?(open)[\])]){_SPACE}$",
    re.MULTILINE,
)
_BARE = re.compile(rf"^(?P<indent>{_SPACE})(?P<number>\d{{1,3}}){_SPACE}$", re.MULTILINE)
_BETWEEN = r"(?:[^\S\n]{1,200}|[^\S\n]{0,3}[|•·–—-][^\S\n]{0,3})"
_COUNTED_FIRST = re.compile(
    rf"^{_SPACE}(?:(?P<page>{_OF}|{_DASHED}|{_TOLD})|(?P<bare>\d{{1,3}})(?=[^\S\n]{{3}}))"
    rf"(?:{_BETWEEN}(?P<rest>[^\W_][^\n]{{0,150}}))?$",
    re.MULTILINE,
)
_COUNTED_LAST = re.compile(
    rf"^{_SPACE}(?P<rest>\S[^\n]{{0,150}}?)(?<=\S)(?:{_BETWEEN}(?P<page>{_OF}|{_DASHED}|{_TOLD})"
    rf"|(?:[^\S\n]{{3,200}}|[^\S\n]{{0,3}}\|[^\S\n]{{0,3}})(?P<bare>\d{{1,3}})){_SPACE}$",
    re.MULTILINE,
)
_SPACES = re.compile(r"\s*")
_GAP = re.compile(r"[^\S\n]{3,}")
_IN_BRACKETS = re.compile(r"\[\d{1,4}\]")
_BREAK = re.compile("\f")
_LINE = re.compile(r"[^\n\f]*")
_APART = 10  # lines at least between two page numbers that are nothing but a number
_INDENTED = 8
_FAR = 8  # blanks
_NEAR = 6  # lines of a running head
_HEAD = 15  # lines in which a document's own head may hold the running head
_OFTEN = 2
_LONGEST = 160  # characters of a line of a running head
_ENDS = (".", "?", "!", "…", ":", ";", ")", "]", "”", '"', "—", "–", "--")
_GOES_ON = re.compile(r"\s*(?:[“\"‘']?[a-zß-ÿ0-9]|I\b)")

_Span = tuple[int, int]


def find_running_heads(text: str, start: int) -> list[Cut]:
    """What to take out of a plain text from ``start`` on; a sentence torn by it is joined."""
    names = dict.fromkeys(_find_stamps(text, start), "time stamp")
    pages = {*_find_told(text, start), *_find_counted(text, start), *_find_bare(text, start)}
    names |= dict.fromkeys(pages, "page number")
    breaks = [each.span() for each in _find(_BREAK, text, start)]
    heads = _find_heads(text, start, sorted({*pages, *breaks}))
    names |= dict.fromkeys(heads - pages, "page header")
    return list(_join(text, sorted((*span, name) for span, name in names.items())))


def _find(pattern: re.Pattern[str], text: str, start: int) -> Iterator[re.Match[str]]:
    return up_to(MOST_MARKS, pattern.finditer(text, start), "page numbers or time stamps")


def _find_stamps(text: str, start: int) -> list[_Span]:
    """Times that stand alone on their lines, if they go up as a recording's do."""
    found = list(_find(_STAMP, text, start))
    times = [[int(part) for part in each["clock"].split(":")] for each in found]
    seconds = [sum(part * 60**at for at, part in enumerate(reversed(time))) for time in times]
    alike = len({len(time) for time in times}) == 1 and seconds == sorted(set(seconds))
    return [_line_of(each) for each in found] if len(found) >= _OFTEN and alike else []


def _find_told(text: str, start: int) -> Iterator[_Span]:
    """``Page 3`` and the like, alone on a line."""
    return (_line_of(each) for each in _find(_ALONE, text, start))


def _find_counted(text: str, start: int) -> Iterator[_Span]:
    """A page's number far from the other words of its line, which recur while it goes up."""
    groups: dict[tuple[str, ...], list[tuple[int, _Span]]] = defaultdict(list)
    for pattern in (_COUNTED_FIRST, _COUNTED_LAST):
        for found in _find(pattern, text, start):
            shown = found["page"] or found["bare"]
            number = re.search(r"\d+", shown)
            rest = tuple(sorted(map(_shape, _GAP.split((found["rest"] or "").strip()))))
            if not found["bare"] or len(rest) > 1 or _is_far(found):
                groups[rest].append((int(number[0]) if number else 0, _line_of(found)))
    for lines in groups.values():
        lines.sort(key=lambda line: line[1])
        if len(lines) >= _OFTEN and all(one[0] < two[0] for one, two in pairwise(lines)):
            yield from (span for _, span in lines)


def _is_far(found: re.Match[str]) -> bool:
    """Whether a number stands far right of the words before it, or beyond a bar."""
    between = found.string[found.end("rest") : found.start("bare")]
    return "|" in between or len(between) >= _FAR


def _find_bare(text: str, start: int) -> list[_Span]:
    """Numbers alone on their lines that count the pages, or one amid a sentence."""
    found = [each for each in _find(_BARE, text, start) if _stands_apart(text, each)]
    numbers = [int(each["number"]) for each in found]
    count = len(found)
    is_counting = count >= _OFTEN and numbers == [*range(numbers[0], numbers[0] + count)]
    is_apart = all(
        text.count("\n", one.end(), two.start()) >= _APART for one, two in pairwise(found)
    )
    spans = [_line_of(each) for each in found]
    return spans if is_counting and is_apart else [x for x in spans if _is_torn(text, *x)]


def _stands_apart(text: str, found: re.Match[str]) -> bool:
    """Whether a number is set off from the text by white space."""
    is_alone = opens_block(text, found.start()) and not text[found.end() : found.end() + 2].strip(
        "\n"
    )
    return is_alone or "\f" in found[0] or len(found["indent"]) >= _INDENTED


def _find_heads(text: str, start: int, marks: list[_Span]) -> set[_Span]:
    """Lines beside the marks of pages that recur there and stand nowhere else."""
    if not marks:
        return set()
    beside: dict[str, set[_Span]] = defaultdict(set)
    for at, end in marks:
        for span in (*_list_above(text, at, start), *_list_below(text, end)):
            beside[_shape(text[slice(*span)])].add(span)
    own = {_shape(text[slice(*span)]) for span in islice(_list_below(text, start, _HEAD), _HEAD)}
    beside = {shape: spans for shape, spans in beside.items() if _may_be_head(shape)}
    counts = _count(text, start, beside)
    heads = {
        shape
        for shape, spans in beside.items()
        if (len(spans) >= _OFTEN and counts[shape] <= len(spans) + (shape in own))
        or (shape in own and counts[shape] == _OFTEN and "#" in shape)
    }
    found: set[_Span] = set()
    for at, end in marks:
        for lines in (_list_above(text, at, start), _list_below(text, end)):
            for span in lines:
                if _shape(text[slice(*span)]) not in heads:
                    break
                found.add(span)
        found |= set(_find_numbered(text, at, end, start))
    return found


def _find_numbered(text: str, at: int, end: int, start: int) -> Iterator[_Span]:
    """The line with a number in brackets beside a page's own, between the halves of a sentence.

    On left and right pages of a book it differs, so that it may stand but once. Another line of
    wide gaps may be a label and what is said.
    """
    above, below = next(_list_above(text, at, start), None), next(_list_below(text, end), None)
    for span in filter(None, (above, below)):
        parts = _GAP.split(text[slice(*span)].strip())
        numbered = len(parts) > 1 and any(map(_IN_BRACKETS.fullmatch, parts))
        if numbered and _is_torn(text, min(at, span[0]), max(end, span[1])):
            yield span


def _may_be_head(shape: str) -> bool:
    """Whether a line is neither the end of a sentence nor somebody's label."""
    if shape.endswith((*_ENDS[:6], ",")):
        return False
    label = shape.title()  # News Conference
    return "#" in shape or ":" in shape or is_heading(label) or kind_of_label(label) is None


def _count(text: str, start: int, shapes: Iterable[str]) -> dict[str, int]:
    """How often each shape is a line of the text."""
    counts = dict.fromkeys(shapes, 0)
    for found in _LINE.finditer(text, start) if counts else ():
        if found.end() - found.start() <= _LONGEST and (shape := _shape(found[0])) in counts:
            counts[shape] += 1
    return counts


def _shape(line: str) -> str:
    """A line apart from its numbers and white space."""
    return re.sub(r"\d+", "#", fold_space(line)).casefold()


def _list_above(text: str, at: int, start: int) -> Iterator[_Span]:
    """The lines with words above a place, nearest first; as many as a running head has."""
    seen = 0
    while seen < _NEAR and at > start:
        end = at - 1
        longest = max(start, end - _LONGEST)
        at = max(text.rfind("\n", longest, end), text.rfind("\f", longest, end)) + 1
        if not at and longest > start:
            return
        at = max(at, start)
        if text[at:end].strip():
            seen += 1
            yield at, end


def _list_below(text: str, at: int, most: int = _NEAR) -> Iterator[_Span]:
    """The lines with words below a place, in order; as many as a running head has."""
    seen = 0
    for found in _LINE.finditer(text, at):
        if found[0].strip():
            seen += 1
            if seen > most or len(found[0]) > _LONGEST:
                return
            yield found.span()


def _line_of(found: re.Match[str]) -> _Span:
    """A line without the page break that may open it."""
    return found.start() + found[0].rfind("\f") + 1, found.end()


def _is_torn(text: str, start: int, end: int) -> bool:
    """Whether a sentence breaks off above a stretch and goes on below it."""
    above = text[max(0, start - 200) : start].rstrip()
    return bool(above) and not above.endswith(_ENDS) and bool(_GOES_ON.match(text, end))


def _join(text: str, lines: list[tuple[int, int, str]]) -> Iterator[Cut]:
    """The lines as cuts; those with nothing between them together with the white space there."""
    runs: list[list[tuple[int, int, str]]] = []
    for line in lines:
        if runs and not text[runs[-1][-1][1] : line[0]].strip():
            runs[-1].append(line)
        else:
            runs.append([line])
    for run in runs:
        start, end = run[0][0], run[-1][1]
        if _is_torn(text, start, end):
            while text[start - 1].isspace():
                start -= 1
            below = _SPACES.match(text, end)
            end = text.rfind("\n", end, below.end() if below else end)
        name = "page header" if any(line[2] == "page header" for line in run) else run[0][2]
        yield Cut(name, start, end)
