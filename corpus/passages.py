"""An answer -> sentences, and the spans of at most three of them that can be quoted."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.english import read_list
from corpus.model import Passage

MOST_SENTENCES = 3

_ABBREVIATIONS = read_list("abbreviations")
_NEVER_LAST = _ABBREVIATIONS & read_list("titles")  # a name follows
# A possible end: the mark, closing quotes and brackets, then white space.
_END = re.compile(r"(?:[.!?…]+|\.\s\.\s\.)[\"'”’)\]*_]*(?=\s)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_OPENS = re.compile(r"[\"'“‘(\[*_—–-]*\s*")


@lru_cache(maxsize=512)
def split_sentences(text: str) -> tuple[Passage, ...]:
    """The sentences of ``text`` as spans of it, in order, trimmed of white space.

    A blank line always ends one. "U.S.", "Mr.", "No. 10", "3.5", "a.m.", initials, ellipses and
    marks inside quotations do not, unless what follows can only be a new sentence.
    """
    sentences: list[Passage] = []
    start = 0
    for block in _PARAGRAPH.finditer(text):
        sentences += _split_block(text, start, block.start())
        start = block.end()
    sentences += _split_block(text, start, len(text))
    return tuple(sentences)


def _split_block(text: str, start: int, end: int) -> list[Passage]:
    sentences: list[Passage] = []
    for found in _END.finditer(text, start, end):
        if _ends_sentence(text, found, end):
            sentences += _trimmed(text, start, found.end())
            start = found.end()
    return sentences + _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> list[Passage]:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    end = start + len(said.strip())
    return [Passage(start, end)] if start < end else []


def _ends_sentence(text: str, found: re.Match[str], end: int) -> bool:
    after = _OPENS.match(text, _skip_space(text, found.end(), end))
    at = after.end() if after else found.end()
    follows = text[at : at + 1] if at < end else ""
    if not follows:
        return True
    if not (follows.isupper() or follows.isdigit() or not follows.isascii()):
        return False
    if not found[0].startswith(".") or found[0].startswith(".."):
        return True
    return not _is_abbreviated(text, found.start(), follows)


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _is_abbreviated(text: str, dot: int, follows: str) -> bool:
    """Whether the full stop at ``dot`` belongs to the word before it and ends nothing."""
    word = re.search(r"[\w.’']*$", text[max(0, dot - 20) : dot])
    last = word[0].lower() if word else ""
    if last in _NEVER_LAST:
        return True
    if last in {"no", "nos"}:
        return follows.isdigit()
    if last in _ABBREVIATIONS:
        return True
    initials = re.fullmatch(r"[a-z](?:\.[a-z])*", last)
    if initials is None or last == "i":
        return False
    return "." not in last or not _starts_anew(text, dot)


_NEW_SENTENCE = re.compile(
    r"\.[\"'”’)\]]*\s+[\"“‘(]*(?:The|This|That|These|Those|It|It’s|He|She|We|We’re|We’ve|They|I|I’m|"
    r"But|And|So|You|There|If|In|As|What|When|Now|Well|Our|His|Her|Their|Yes|No|Because|For|To)\b"
)


def _starts_anew(text: str, dot: int) -> bool:
    """After "U.S." only a word that seldom stands inside a sentence with a capital tells."""
    return _NEW_SENTENCE.match(text, dot) is not None


# Words that point back to what was said before: a quote should not begin with them.
_DANGLING = re.compile(
    r"[\"'“‘]*(?:(?:and|but|so|because|or|well|now|again|also)[, ]+)*"
    r"(?:he|she|they|it|that|those|these|this|him|them|his|her|their|its|there|which|who|both|"
    r"neither|such)(?:’s|’re|’ll|’ve|’d|'s|'re|'ll|'ve|'d)?\b"
    r"|[\"'“‘]*(?:the other|the same|the second|the latter|one is|one of them|instead|therefore)\b",
    re.IGNORECASE,
)


def is_dangling(sentence: str) -> bool:
    """Whether a sentence begins by pointing back to the one before it."""
    return _DANGLING.match(sentence) is not None


def starts_amid(sentence: str) -> bool:
    """Whether it takes up a sentence that was cut off before: "— and we will release it"."""
    return sentence.startswith(("—", "–", "-", "…", "..."))


def gives_figure(sentence: str) -> bool:
    """Whether a sentence holds a figure, which is what "how many" asks for."""
    return any(char.isdigit() for char in sentence)


# "I'll get back to you", "I would refer you to …", "I don't have anything to preview".
_DEFLECTS = re.compile(
    r"\b(?:get back to you|refer you (?:back )?to|defer to|direct you to|point you to|"
    r"leave it (?:at )?there|"
    r"check (?:on|in|with) (?:that|them|the|our)|follow up with you|take (?:that|the) question|"
    r"i (?:have|haven’t|haven't) (?:seen|spoken|looked|read)|not familiar with|not aware of|"
    r"(?:don’t|don't|do not|didn’t|not) (?:have|know|want|going|gonna)\b(?:\W+\w+){0,5}?\W+"
    r"(?:anything|to share|more|preview|update|details?|comment|speak|get into|get ahead|speculate|"
    r"predict|specifics|information|announce|negotiate|hypotheticals?|that|read(?:out)?|assessment|"
    r"go (?:beyond|into|any|further)|litigate|characterize|discuss|add)\b|"
    r"won’t (?:speak|comment|get|speculate|go)|can’t (?:speak|comment|get|speculate|confirm)|"
    r"not (?:in a position|for me) to|up to (?:them|him|her) to (?:speak|decide)|"
    r"(?:speak|ask) (?:to|of|with) (?:the|their) (?:department|campaign|agency|company))",
    re.IGNORECASE,
)


def is_deflection(sentence: str) -> bool:
    """Whether a sentence puts the question off or sends it elsewhere instead of answering it."""
    return _DEFLECTS.search(sentence) is not None
