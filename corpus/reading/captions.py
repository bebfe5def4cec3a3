"""Captions of a recording (WebVTT, SubRip): what stands between the words is no part of them.

Numbers and times of the captions, closing tags, and the name of a voice (``<v Jane Roe>``) where it
is the voice of the caption above are taken out; lines then follow each other, and an empty line
stays above a caption that opens with a name. Where each caption has its speaker's name, one without
a name is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.reading.base import up_to
from corpus.reading.removal import Cut

_CLOCK = r"(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{3}"
_TIMING = re.compile(
    r"^(?P<above>[^\S\n]*\n)?(?P<cue>(?:[^\S\n]*(?(above)[^\s<>]{1,80}|[\w-]{1,40})[^\S\n]*\n)?"
    rf"{_CLOCK} --> {_CLOCK}[^\n]*(?:\n|\Z))(?P<named>[^\W\d_][^:<>\n]{{0,60}}:(?=\s))?",
    re.MULTILINE,
)
_HEAD = re.compile(r"\s*WEBVTT[^\n]*\n(?:[^\n]+\n)*")
_VOICE = re.compile(
    r"^(?P<tag><v(?:\.[\w.]{1,40})?[^\S\n]+(?P<name>[^<>\n]{1,60})>)|</v>", re.MULTILINE
)
NAMELESS = "caption without a name"
_FEWEST = 3
_NAMED_TO_EACH = 5  # captions with a name to one without, where each should have one
_MOST = 200_000  # captions and tags; ten hours have some 20,000


def find_captions(text: str) -> list[Cut]:
    """What to take out of a file of captions; nothing where a text is none."""
    found = list(up_to(_MOST, _TIMING.finditer(text), "captions"))
    if len(found) < _FEWEST:
        return []
    bare = NAMELESS if _names_each(found) else "caption"
    cuts = [
        Cut("caption", each.start("cue"), each.end("cue"))
        if each["named"]
        else Cut(bare, each.start(), each.end("cue"))
        for each in found
    ]
    if (head := _HEAD.match(text)) and head.end() <= cuts[0].start:
        cuts.append(Cut("caption", *head.span()))
    return sorted([*cuts, *_find_voices(text)], key=lambda cut: cut.start)


def _names_each(found: Sequence[re.Match[str]]) -> bool:
    """Whether captions have their speaker's name even below another of the same speaker."""
    again = sum(bool(one["named"]) and one["named"] == two["named"] for one, two in pairwise(found))
    bare = sum(not each["named"] for each in found)
    return again >= _FEWEST and len(found) > _NAMED_TO_EACH * bare


def _find_voices(text: str) -> Iterator[Cut]:
    last = ""
    for found in up_to(_MOST, _VOICE.finditer(text), "captions"):
        if found["tag"] is None or found["name"] == last:
            yield Cut("caption", *found.span())
        last = found["name"] or last
