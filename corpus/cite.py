"""From a span of a transcript to a quote with its citation and a link to the very sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote as percent_encode

from corpus.model import Citation, Exchange, Quote, Source, Transcript
from corpus.text import fold_space

_ID = re.compile(r"(?P<sha>[0-9a-f]{12})-(?P<start>\d{1,9})-(?P<end>\d{1,9})")
_WHOLE_FRAGMENT = 100  # characters up to which a fragment holds the whole sentence
_EDGE_WORDS, _MOST_EDGE_WORDS = 5, 12  # words from each end of a longer one
_PREFIX_WORDS = range(3, 9)  # words before it, where it stands earlier too


def quote_id(sha256: str, start: int, end: int) -> str:
    """The name of these very characters of this very file; ``locate_quote`` reads it."""
    return f"{sha256[:12]}-{start}-{end}"


def locate_quote(name: str) -> tuple[str, int, int] | None:
    """The first 12 digits of the file's hash, start and end of a quote id; None if it is none."""
    found = _ID.fullmatch(name.strip())
    if found is None or int(found["start"]) >= int(found["end"]):
        return None
    return found["sha"], int(found["start"]), int(found["end"])


def make_quote(transcript: Transcript, exchange: Exchange, start: int, end: int) -> Quote:
    """The quote of a span within one of the exchange's answers.

    Raises:
        ValueError: the span is not wholly inside one official's turn of the exchange.
    """
    turns = (transcript.turns[at] for at in exchange.answers)
    turn = next((t for t in turns if t.start <= start < end <= t.end), None)
    if turn is None or turn.kind != "official":
        raise ValueError("a quote lies wholly inside one official's turn")
    text = transcript.text[start:end]
    asked = "\n".join(transcript.said(transcript.turns[at]) for at in exchange.questions)
    citation = Citation(
        source=transcript.source,
        speaker=turn.speaker or fold_space(turn.label),
        role=turn.role,
        link=deep_link(transcript.source, text, transcript.text[:start]),
    )
    name = quote_id(transcript.source.sha256, start, end)
    return Quote(name, text, start, end, asked or None, citation)


def cite_turn(
    transcript: Transcript, position: int, exchange: Exchange | None, start: int, end: int
) -> Quote:
    """The quote of a span within any turn, whoever speaks; the citation names that very speaker.

    Who is no official has "reporter", "moderator" or "unknown speaker" for a role, unless the
    role is on record, and was asked nothing.

    Raises:
        ValueError: the span is not wholly inside the turn.
    """
    turn = transcript.turns[position]
    if turn.kind == "official" and exchange is not None and position in exchange.answers:
        return make_quote(transcript, exchange, start, end)
    if not turn.start <= start < end <= turn.end:
        raise ValueError("a quote lies wholly inside one turn")
    text = transcript.text[start:end]
    kind = {"official": None, "unknown": "unknown speaker"}.get(turn.kind, turn.kind)
    citation = Citation(
        source=transcript.source,
        speaker=turn.speaker or fold_space(turn.label),
        role=turn.role or kind,
        link=deep_link(transcript.source, text, transcript.text[:start]),
    )
    name = quote_id(transcript.source.sha256, start, end)
    return Quote(name, text, start, end, None, citation)


def deep_link(source: Source, words: str, before: str = "") -> str | None:
    """The transcript's address with a text fragment that marks ``words``; None without an address.

    The archive's address is taken where one is stated, since it is stated because the original
    is gone. Each part of a fragment stays within one paragraph, as
    https://wicg.github.io/scroll-to-text-fragment/ asks; a PDF takes no fragment.

    Args:
        source: of the transcript.
        words: what to mark.
        before: the transcript's text up to the words. A browser marks the first place that fits,
            so the fragment names more words where fewer stand there already.
    """
    address = source.archive_url or source.url
    if address is None or address.lower().endswith(".pdf"):
        return address
    blocks = [fold_space(block) for block in re.split(r"\n\s*\n", words)]
    blocks = [block for block in blocks if block]
    if not blocks:
        return address
    opening, closing = _choose_ends(blocks, before)
    prefix = _choose_prefix(opening, before)
    parts = [f"{_encode(prefix)}-"] if prefix else []
    parts += [_encode(part) for part in (opening, closing) if part]
    return f"{address.partition('#')[0]}#:~:text={','.join(parts)}"


def _encode(words: Sequence[str]) -> str:
    return percent_encode(" ".join(words), safe="").replace("-", "%2D")


def _choose_ends(blocks: Sequence[str], before: str) -> tuple[list[str], list[str]]:
    """All words of a short quote, else some from each end that stand nowhere earlier."""
    first, last = blocks[0].split(), blocks[-1].split()
    if len(blocks) == 1 and len(blocks[0]) <= _WHOLE_FRAGMENT:
        return first, []
    sizes = range(_EDGE_WORDS, _MOST_EDGE_WORDS + 1)
    openings = (first[:size] for size in sizes)
    opening = next((each for each in openings if not _stands_in(each, before)), first[:_EDGE_WORDS])
    rest = " ".join(blocks)[len(" ".join(opening)) :].lower()
    for closing in (last[-size:] for size in sizes):
        ending = f" {' '.join(closing)}".lower()
        if rest.endswith(ending) and rest.count(ending) == 1:
            return opening, closing
    return (first, []) if len(blocks) == 1 else (opening, last[-_EDGE_WORDS:])


def _choose_prefix(opening: Sequence[str], before: str) -> list[str]:
    """As many words right before a quote as tell it from the same words earlier."""
    if not _stands_in(opening, before):
        return []
    near = before[-300:].split()[1:]
    prefixes = (near[-size:] for size in _PREFIX_WORDS)
    return next((each for each in prefixes if not _stands_in([*each, *opening], before)), [])


def _stands_in(words: Sequence[str], text: str) -> bool:
    """Whether words stand in a text in a row, with any space between and either first letter."""
    first = words[0][1:] or words[0]
    return bool(re.search(r"\s+".join(map(re.escape, [first, *words[1:]])), text))
