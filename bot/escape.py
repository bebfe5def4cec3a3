"""Text for Discord: what is read there is exactly the text, and it fits.

Discord takes a backslash before punctuation away and shows the character as it is, so that
escaping changes no word; nothing invisible is ever put in. Widths count UTF-16 units, the
strictest way in which Discord's clients and servers count "characters".
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from corpus.passages import split_sentences
from corpus.text import fold_space

CUT = "[…]"
MESSAGE_WIDTH = 2000  # https://discord.com/developers/docs/resources/message#create-message
_AHEAD = 200  # characters past a cut that are read to tell where a sentence ends

# Every match is the one character to escape: all that can open or close Markdown anywhere, the
# colon of an address or of an emoji's name, mentions of everybody, and what means something only
# at the beginning of a line (headings, lists, small print, block quotes).
_SPECIAL = re.compile(
    r"""[\\*_~`|<\[\]]
      | :(?=//|[\w+-]+:)
      | @(?=everyone|here)
      | ^[ \t]*(?P<line>[#>+-])
      | ^[ \t]*\d+(?P<list>[.)])""",
    re.MULTILINE | re.VERBOSE,
)
_SPACE = re.compile(r"\s")
_JOINED = "\u200d\ufe0f"  # they belong to the character before them


def width(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def escape(text: str) -> str:
    """``text`` so that Discord shows every character of it, as it is."""
    return "".join(_pieces(text))


def unescape(sent: str) -> str:
    """A text as it was before ``escape``."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", sent)


def fit(text: str, room: int) -> str:
    """``text`` escaped, at most ``room`` wide; cut at a sentence end and marked if it must be."""
    head = text[: room + _AHEAD]
    return _fit(text, head, _pieces(head), room)


def fit_end(text: str, room: int) -> str:
    """As ``fit``, but the end is kept, where a long question asks what it asks."""
    pieces = _pieces(text)
    if sum(map(width, pieces)) <= room:
        return "".join(pieces)
    left = room - width(f"{CUT} ")
    start = len(text)
    while start and width(pieces[start - 1]) <= left:
        start -= 1
        left -= width(pieces[start])
    return f"{CUT} {''.join(pieces[_best_start(text, start) :])}".rstrip()


def fit_line(text: str, room: int) -> str:
    """As ``fit``, on one line whatever white space the text holds."""
    return fit(fold_space(text), room)


def split_pages(text: str, room: int, first_room: int | None = None) -> Iterator[str]:
    """``text`` in parts that are each at most ``room`` wide once escaped; joined, they are it.

    Parts end at sentence ends where there are any, else between words, else between characters.
    White space at the end of a part is not counted. ``first_room`` is for the first part alone.
    """
    pieces, ends = _pieces(text), _sentence_ends(text)
    start = 0
    left = room if first_room is None else first_room
    while start < len(text):
        # one less, since a part may begin with what means something only at the start of a line
        end = _best_end(text, pieces, ends, start, left - 1)
        yield text[start:end]
        start, left = end, room


def _fit(text: str, head: str, pieces: list[str], room: int) -> str:
    if len(head) == len(text) and sum(map(width, pieces)) <= room:
        return "".join(pieces)
    end = _best_end(head, pieces, _sentence_ends(head), 0, room - width(f" {CUT}"))
    return f"{''.join(pieces[:end]).rstrip()} {CUT}".lstrip()


def _sentence_ends(text: str) -> list[int]:
    return [sentence.end for sentence in split_sentences(text)]


def _pieces(text: str) -> list[str]:
    """Each character as it is sent."""
    pieces = list(text)
    for found in _SPECIAL.finditer(text):
        at = found.end() - 1
        pieces[at] = f"\\{text[at]}"
    return pieces


def _best_end(text: str, pieces: list[str], ends: list[int], start: int, room: int) -> int:
    """Where to end a part that begins at ``start``: past the space after its last sentence."""
    most, left = start, room
    while most < len(text) and width(pieces[most]) <= left:
        left -= width(pieces[most])
        most += 1
    if most == len(text):
        return most
    end = ends[at - 1] if (at := bisect_right(ends, most)) else 0
    if end <= (start + most) // 2:
        spaces = [found.start() for found in _SPACE.finditer(text, start, most)]
        end = spaces[-1] if spaces else _between_graphemes(text, start, most)
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _best_start(text: str, least: int) -> int:
    """Where to begin, at ``least`` or later: with a sentence, else a word, else a character."""
    middle = (least + len(text)) // 2
    sentences = (sentence.start for sentence in split_sentences(text))
    words = (found.end() for found in _SPACE.finditer(text, least))
    for start in (*sentences, *words):
        if least <= start <= middle:
            return start
    while least < len(text) and (unicodedata.combining(text[least]) or text[least] in _JOINED):
        least += 1
    return least


def _between_graphemes(text: str, start: int, end: int) -> int:
    """``end``, moved back so that no accent is parted from its letter."""
    at = end
    while at > start + 1 and (unicodedata.combining(text[at]) or text[at] in _JOINED):
        at -= 1
    return at if at > start + 1 else max(end, start + 1)
