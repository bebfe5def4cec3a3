"""What people paste: messages that hold quotations, with names, links and Discord's Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.attributions import (
    LEADING,
    OUTER,
    REPORTED,
    REPORTED_WITHIN,
    REPORTS,
    SAME_PERSON,
    SIGNED_AT_END,
    find_names_after,
    find_names_before,
    is_name,
    trim_name,
)
from corpus.purported import EMPHASIS, decode_text
from corpus.strict_words import read_words


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a message, and whom the message has say it.

    ``name`` is the one plainly put to it, "Blinken: ", ", said Blinken"; ``others`` are names that
    stand before the verb, nearest first: one of them is meant only if it speaks on record.
    ``around`` are the message's own words before and after, where the rest is one quotation.
    """

    text: str
    name: str | None = None
    others: tuple[str, ...] = ()
    around: tuple[str, str] = field(default=("", ""), compare=False)


FEWEST_WORDS = 4

_LINK = re.compile(
    r"\[(?P<shown>[^\[\]]{0,300})\]\(\s*<?https?://[^\s)>]+>?[^)]*\)|<?https?://[^\s<>]+>?|<a?:\w+:\d+>"
    r"|<[@#][!&]?\d+>|<t:-?\d+(?::\w)?>|<id:\w+>|^RT @\w+:?|(?:\s#[^\W\d]\w+)+\s*$"
)
_LINE_MARKS = re.compile(r"^[ \t]*(?:#{1,3} |-# |[-*•] (?=\S))", re.MULTILINE)
_FENCE = re.compile(r"```(?:\w+\n)?|\|\||`")
_ESCAPE = re.compile(r"\\([*_~`|>#\-.!()])")
_BLOCK_QUOTE = re.compile(r"^[ \t]*>{1,3}[ \t]?", re.MULTILINE)
_PAIRS = {"“": "”", "«": "»", "„": "“”", "‟": "”", '"': '"', "＂": "＂"}


def clean_message(message: str) -> str:
    """The message without links, mentions and Discord's Markdown; no word of it is changed."""
    text = decode_text(message.replace("\r\n", "\n"))
    text = _LINK.sub(lambda found: found["shown"] or " ", text)
    text = _FENCE.sub("", text)
    text = _LINE_MARKS.sub("", text)
    text = EMPHASIS.sub("", text)
    return _ESCAPE.sub(r"\1", text).strip()


def find_quotations(message: str) -> tuple[Quotation, ...]:
    """The quotations of a pasted message, in order.

    Turns as a transcript prints them, block quotes, what stands in quotation marks; the whole
    message, without a name before it or after it, where it has none of these.
    """
    text = clean_message(message)
    found = _find_turns(_BLOCK_QUOTE.sub("", text)) or _find_block_quotes(text)
    found = found or _find_marked(text) or _find_listed(message)
    if found:
        return tuple(found)
    whole = _part_name(_BLOCK_QUOTE.sub("", text))
    return (whole,) if whole.text else ()


def whole_message(message: str) -> Quotation:
    """The whole message as one quotation, without the name before or after it."""
    return _part_name(_BLOCK_QUOTE.sub("", clean_message(message)))


def find_attributed(message: str) -> Iterator[Quotation]:
    """What a message puts to somebody, read in ever bolder ways; its own words are ``around``.

    As a whole, without a name; without "Blinken said that" or "according to Blinken"; as the one
    quotation in marks with which the message begins.
    """
    yield whole_message(message)
    text = _BLOCK_QUOTE.sub("", clean_message(message))
    before, after = REPORTS.match(text), REPORTED.search(text[-REPORTED_WITHIN:])
    if before:
        stated = before["name"] or before["source"]
        named = trim_name(stated or "")
        if named or not stated:
            yield Quotation(_unwrap(text[before.end() :]), named, (), (before[0], ""))
    elif after:
        named = trim_name(after["said"] or after["name"])
        yield Quotation(_unwrap(text.removesuffix(after[0])), named, (), ("", after[0]))
    spans = list(_find_spans(text))
    if len(spans) == 1 and not text[: spans[0][0] - 1].strip(OUTER):
        start, end = spans[0]
        quoted, rest = text[start:end].strip(OUTER), text[end + 1 :]
        yield Quotation(quoted, *find_names_after(rest), ("", rest))


def _part_name(text: str) -> Quotation:
    """The text without "Name:" before it or "— Name, date" after it, unwrapped, and the name."""
    text = text.strip(OUTER)
    leading = LEADING.match(text)
    name = leading["name"] if leading and is_name(leading["name"]) else None
    if leading and len(leading["name"].split()) <= 8 and (name or not leading["dated"]):
        said = _unwrap(text[leading.end() :])
        return Quotation(said, name, (), (leading[0], ""))
    signed = SIGNED_AT_END.search(text)
    if signed and is_name(signed["name"]):
        end = signed.start() + (text[signed.start()] in "”\"»“’'")
        return Quotation(_unwrap(text[:end]), signed["name"], (), ("", text[end:]))
    return Quotation(_unwrap(text))


_TURN_LABEL = re.compile(
    r"^[ \t]*(?:(?P<q>Q)[ \t\u00a0]{2,}|(?P<name>[A-Z][A-Z.,’' \-]{0,60}):)\s", re.MULTILINE
)


def _find_turns(text: str) -> list[Quotation]:
    """What stands after labels in capitals, two or more, each at the beginning of a line.

    What stands before the first may be the end of a turn: nothing is passed over unjudged but a
    remark of few words.
    """
    labels = [
        found
        for found in _TURN_LABEL.finditer(text)
        if found["q"] or is_name(found["name"].strip(OUTER))
    ]
    if len(labels) < 2:
        return []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    found = [
        Quotation(_unwrap(text[label.end() : end]), label["q"] or label["name"].strip(OUTER))
        for label, end in zip(labels, ends, strict=True)
    ]
    before = _part_name(text[: labels[0].start()])
    if sum(1 for _ in read_words(before.text)) >= FEWEST_WORDS:
        found.insert(0, before)
    return [quotation for quotation in found if any(read_words(quotation.text))]


def _find_block_quotes(text: str) -> list[Quotation]:
    """Runs of lines that start with ">", with a name on the line before or after."""
    found: list[Quotation] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        first = at
        while at < len(lines) and _BLOCK_QUOTE.match(lines[at]):
            at += 1
        if at > first:
            body = "\n".join(_BLOCK_QUOTE.sub("", line) for line in lines[first:at])
            said = _part_name(body)
            before, others = find_names_before(lines[first - 1] if first else "")
            after, also = find_names_after(lines[at] if at < len(lines) else "")
            name = said.name or before or after
            found.append(Quotation(_unwrap(said.text), name, (*others, *also)))
        else:
            at += 1
    return [quotation for quotation in found if quotation.text]


def _unwrap(text: str) -> str:
    """The text without the quotation marks around the whole of it."""
    text = text.strip(OUTER)
    close = {**_PAIRS, "‘": "’", "'": "'"}.get(text[:1])
    if close and len(text) > 1 and text[-1] in close and not set(text[1:-1]) & {text[0], text[-1]}:
        return text[1:-1].strip(OUTER)
    return text


def _find_marked(text: str) -> list[Quotation]:
    spans = list(_find_spans(text)) or list(_find_single_spans(text))
    found: list[Quotation] = []
    for number, (start, end) in enumerate(spans):
        left = text[spans[number - 1][1] + 1 if number else 0 : start - 1]
        right = text[end + 1 : spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)]
        before, others = find_names_before(left)
        after, also = find_names_after(right)
        name, others = before or after, (*others, *also)
        if name is None and not others and found and SAME_PERSON.match(left):
            name, others = found[-1].name, found[-1].others
        found.append(Quotation(text[start:end].strip(OUTER), name, others))
    return [quotation for quotation in found if any(read_words(quotation.text))]


def _find_spans(text: str) -> Iterator[tuple[int, int]]:
    """What stands between quotation marks, without them.

    A paragraph of a longer quotation opens anew without having been closed; a mark that is never
    closed holds to the end.
    """
    at = 0
    while at < len(text):
        close = _PAIRS.get(text[at])
        if close is None or _is_inside_word(text, at):
            at += 1
            continue
        end = at + 1
        while end < len(text) and not (text[end] in close and not _is_inside_word(text, end)):
            end += 1
        if end > at + 1:
            yield at + 1, end
        at = end + 1


_OPENS = re.compile(r"(?:^|(?<=[\s(:,—–-]))['‘](?=\w)", re.MULTILINE)
_CLOSES = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")


def _find_single_spans(text: str) -> Iterator[tuple[int, int]]:
    """What stands between single quotation marks: up to the last one that may close it."""
    opens = [found.end() for found in _OPENS.finditer(text)]
    at = 0
    for start, following in pairwise([*opens, len(text) + 1]):
        closes = [found.start() for found in _CLOSES.finditer(text, start, following - 1)]
        long = [
            end for end in closes if sum(1 for _ in read_words(text, start, end)) >= FEWEST_WORDS
        ]
        if start >= at and long:
            at = long[-1]
            yield start, at


_LIST_MARK = re.compile(r"^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]+(?=\S)")


def _find_listed(message: str) -> list[Quotation]:
    """The lines of a list, two or more, with a name on the line before it."""
    lines = [line for line in decode_text(message).splitlines() if line.strip(OUTER)]
    intro = "" if not lines or _LIST_MARK.match(lines[0]) else lines.pop(0)
    if len(lines) < 2 or not all(map(_LIST_MARK.match, lines)):
        return []
    name, others = find_names_before(clean_message(intro))
    said = [_part_name(clean_message(_LIST_MARK.sub("", line))) for line in lines]
    found = [Quotation(each.text, each.name or name, others) for each in said]
    return [quotation for quotation in found if any(read_words(quotation.text))]


def _is_inside_word(text: str, at: int) -> bool:
    """Whether a mark stands between two letters or digits, as an apostrophe does."""
    left, right = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return left.isalnum() and right.isalnum()
