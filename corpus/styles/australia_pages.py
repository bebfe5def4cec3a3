"""What a scanner and a fax machine left on the pages of a transcript, and the heading above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.reading.removal import Cut

_PAGE = re.compile(r"\S(?:[^\n]|\n(?!\n))*")
_FAX = (
    r"F[a-z~]{0,6}[~, ]{0,2}(?:[a-z]{1,5}[~,]? ?)?"
    r"(?:\d\d/\S? ?\w\d/ ?\d\d) ?\w\d: ?\w\d P[gS]:?(?: \w{1,2})?"
)
_FAX_STAMP = r"\d\d/ ?\d\d/ ?\d\d \d\d: ?\d\d P[gS]:?(?: \w{1,2}(?=\s))?"
_FAX_LINE = r"F[a-z]{1,6}[^\n]{0,30}\d\d: ?\d\d P[gS]:[^\n]{0,4}(?=\n)"
_AT_START = re.compile(
    rf"(?:{_FAX}|{_FAX_LINE}|Fax\s+from\b[~ ]?(?:{_FAX_STAMP})?|{_FAX_STAMP})\s*"
)
_AT_END = re.compile(rf"(?:{_FAX}|Fax\s+from)\s*\Z")
_NUMBER_ALONE = re.compile(r"-?\s?(?P<number>\d{1,3})\s?-?[ ]*(?:\n|\Z)")
_NUMBER_LAST = re.compile(r"(?:(?P<slash>/ ?)|(?<=\S)\s)(?P<number>\d{1,3})\Z")
_TAIL = 60  # characters at a page's foot in which its number stands
_UPSIDE_DOWN = re.compile(r"\n[^\n]*\Z")
_NOISE_SIGNS = re.compile(r"[:/;]")
_END_MARK = re.compile(r"^\W{0,2}ends?\b\W{0,2}", re.IGNORECASE | re.MULTILINE)
_LAST_STRETCH = 200
_HEADING_SENTENCE = re.compile(r"(?:[a-z’',;-]+\s+){3}")


def find_noise(text: str, *, is_scanned: bool) -> Iterator[Cut]:
    """Fax lines and page numbers of a scanned document, page by page (one paragraph each)."""
    if not is_scanned:
        return
    for number, page in enumerate(_PAGE.finditer(text), 1):
        start, end = page.start(), page.end()
        cuts = [
            *_cut_start(text, start, end, number),
            *_cut_end(text, start, end, number),
        ]
        at = start
        for cut in sorted(cuts, key=lambda cut: cut.start):
            if cut.start >= at:
                yield cut
                at = cut.end


def _cut_start(text: str, start: int, end: int, number: int) -> Iterator[Cut]:
    if fax := _AT_START.match(text, start, end):
        yield Cut("fax line", start, fax.end())
        start = fax.end()
    found = _NUMBER_ALONE.match(text, start, end)
    if found and int(found["number"]) == number:
        yield Cut("page number", start, found.end())


def _cut_end(text: str, start: int, end: int, number: int) -> Iterator[Cut]:
    page = text[start:end].rstrip()
    if fax := _AT_END.search(page):
        yield Cut("fax line", start + fax.start(), end)
        page = page[: fax.start()].rstrip()
    elif (last := _UPSIDE_DOWN.search(page)) and _is_noise(last[0]):
        yield Cut("fax line", start + last.start(), end)
        page = page[: last.start()].rstrip()
    if (kept := _before_page_number(page, number)) < len(page):
        yield Cut("page number", start + kept, start + len(page))


def _before_page_number(page: str, number: int) -> int:
    """Where the words end: before the page's number, or before "/ 3" and the specks around it."""
    tail = page[-_TAIL:]
    found = _NUMBER_LAST.search(tail)
    words = tail[: found.start()] if found else tail
    if found and found["slash"] and int(found["number"]) == number + 1:
        return len(page) - len(tail) + len(_without_specks(words))
    plain = found and not found["slash"] and int(found["number"]) == number
    if plain and re.search(r"[.?!a-z]\Z", words):
        return len(page) - len(tail) + len(words)
    return len(page)


def _without_specks(words: str) -> str:
    for _ in range(4):
        words = words.rstrip()
        at = max(words.rfind(" "), words.rfind("\n")) + 1
        if not at or not _is_speck(words[at:], words[:at].rstrip()):
            break
        words = words[:at]
    return words.rstrip()


def _is_speck(token: str, before: str) -> bool:
    """Whether a scrap at a page’s foot is dirt: no letters, a digit in it, one letter alone."""
    letters = sum(map(str.isalpha, token))
    return not letters or any(map(str.isdigit, token)) or (letters == 1 and before[-1:] in ".?!")


def _is_noise(line: str) -> bool:
    """A line printed upside down: signs and digits, and nothing that looks like a word."""
    signs = len(_NOISE_SIGNS.findall(line))
    return signs > 1 and any(map(str.isdigit, line)) and not re.search(r"[a-z]{3}", line)


def find_heading_end(text: str) -> int:
    """Where the heading ends: at the first line that is a sentence or a label with a colon."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not _is_heading(line.strip()):
            return at
        at += len(line)
    return at


def _is_heading(line: str) -> bool:
    if re.match(r"E ?[&8O0Q]", line) or re.match(r"Subjects?:", line):
        return True
    words = re.findall(r"[A-Za-z]{2,}", line)
    shouted = [word for word in words if word[1:].isupper()]
    if shouted and len(shouted) >= 0.6 * len(words):
        return not re.match(r"[A-Z][A-Z .]{0,24}[:;](?:\s|\Z)", line)
    if ":" in line or line[-1:] in ".?!":
        return not re.search(r"[a-z]{3}", line)
    return len(line) < 90 and not _HEADING_SENTENCE.search(line)


def find_end(text: str) -> int:
    """Where the words end: at the last "ends", "[ends]" that closes the document."""
    marks = list(_END_MARK.finditer(text, max(0, len(text) - _LAST_STRETCH)))
    for mark in reversed(marks):
        rest = text[mark.end() :]
        if not re.search(r"[a-z]{4}", rest):
            return mark.start()
    return len(text)
