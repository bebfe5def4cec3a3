"""A document's bytes -> a Transcript: the house style reads, here its reading is proved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain, islice
from operator import attrgetter

from corpus.errors import ParseError
from corpus.metadata import Metadata, Person
from corpus.model import Furniture, LineMap, Notice, Source, Transcript, Turn
from corpus.reading.base import Draft, RawFile, TooManyError, require_length
from corpus.reading.doubt import set_asked_apart, set_doubtful_apart
from corpus.reading.emphasis import NOBODY
from corpus.reading.labels import kind_of_label, kind_with_role
from corpus.reading.page import is_page
from corpus.reading.releases import set_releases_apart
from corpus.styles import choose_style
from corpus.text import fold_space

MOST_TAGS = 300_000  # a saved page has some thousands
MOST_NOTICES = 200  # of a document
MOST_SAID = 1_000_000
"""Characters of one turn, some eighteen hours: a word of it costs 150 bytes while it is read, and
one of 10 MB would take 570 MB."""


def parse_transcript(file: str, content: bytes, beside: Metadata | None = None) -> Transcript:
    """Parse one document.

    Args:
        file: the name by which it is known in the record.
        content: its bytes as published.
        beside: what its ``NAME.toml`` states; goes before what the document states of itself.

    Returns:
        A transcript whose turns and furniture cover its whole text.

    Raises:
        StyleError: no house style claims it, or several do.
        ParseError: its text can't be split into turns, or it is too long.
        MetadataError: its own metadata are written wrongly.
    """
    if not content.strip():
        raise ParseError(file, "is empty; fetch it again or remove it.")
    raw = RawFile(file, content)
    _require_length(raw)
    try:
        style, _reason = choose_style(raw)
        draft = style.read(raw)
    except TooManyError as error:
        raise ParseError(file, str(error)) from None
    if not draft.turns:
        raise ParseError(file, "has labels but nothing was said after any of them.")
    stated = (beside or Metadata()).over(draft.metadata)
    facts = {f.name: getattr(stated, f.name) for f in fields(stated) if f.name != "speakers"}
    source = Source(file=file, sha256=hashlib.sha256(content).hexdigest(), **facts)
    turns = tuple(_name_speakers(draft.turns, stated, beside.speakers if beside else {}))
    turns, others = set_releases_apart(draft.text, turns, draft.line_map)
    turns, asked = set_asked_apart(draft.text, turns, draft.line_map)
    turns, doubts = set_doubtful_apart(draft.text, turns, draft.line_map)
    draft = replace(draft, turns=turns)
    _require_cover(file, draft)
    _require_short_turns(file, draft)
    notices = chain(draft.notices, others, asked, doubts, _note_unknown(turns, draft.line_map))
    return Transcript(
        source,
        style.name,
        draft.text,
        turns,
        draft.furniture,
        draft.line_map,
        _first_of(notices),
        draft.removed,
    )


def _first_of(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """As many as somebody reads: a document may give cause for a hundred thousand."""
    first = tuple(islice(notices, MOST_NOTICES + 1))
    if len(first) <= MOST_NOTICES:
        return first
    return (*first[:-1], Notice(f"there is more; only the first {MOST_NOTICES} notes are listed."))


def _require_length(raw: RawFile) -> None:
    """Refuse what no transcript is as long as, before it fills the memory."""
    if is_page(raw) and raw.content.count(b"<") + raw.content.count(b"&lt;") > MOST_TAGS:
        problem = f"holds over {MOST_TAGS:,} tags; save the transcript’s own page."
        raise ParseError(raw.name, problem)
    if not is_page(raw) or raw.content.lstrip().startswith(b"<?xml"):
        require_length(raw.name, raw.text)


def _name_speakers(
    turns: Sequence[Turn], stated: Metadata, curated: Mapping[str, Person]
) -> Iterator[Turn]:
    """The turns with their persons; a role that a curator states tells the kind as well.

    A turn that a style leaves unknown under a label that it knows may hold another's words: it
    stays nobody's.
    """
    told = {turn.label for turn in turns if turn.kind != "unknown"}
    for turn in turns:
        label, kind = fold_space(turn.label), turn.kind
        person = stated.speakers.get(label)
        if person is None or (kind == "unknown" and turn.label in told):
            yield turn
            continue
        if label in curated:
            kind = kind_with_role(label, kind, person.role)
        yield replace(turn, kind=kind, speaker=person.name, role=person.role)


def _note_unknown(turns: Sequence[Turn], line_map: LineMap) -> Iterator[Notice]:
    """One notice for each name of which nothing tells whether an official or the press speaks."""
    seen = {NOBODY, *(fold_space(turn.label) for turn in turns if turn.kind != "unknown")}
    for turn in turns:
        label = fold_space(turn.label)
        shown = kind_of_label(label or "Q")
        if turn.kind == "unknown" and label not in seen and shown in {None, "official"}:
            seen.add(label)
            asks = turn.role is not None and shown is None
            who = f"“{label}” ({turn.role})" if asks else f"“{label}”"
            why = f"{who} seems to ask" if asks else f"nothing tells who {who} is"
            problem = f"{why}, so their words are not quoted; "
            remedy = f'if an official, add to [speakers]: "{label}" = {{ name = "…", role = "…" }}.'
            yield Notice(problem + remedy, line_map.line(turn.start))


def _require_short_turns(file: str, draft: Draft) -> None:
    """Refuse a turn that is longer than anybody speaks: its words are read at once."""
    for turn in draft.turns:
        if turn.end - turn.start > MOST_SAID:
            problem = f"holds a turn of over {MOST_SAID:,} characters; label where speakers change."
            raise ParseError(file, problem, draft.line_map.line(turn.start))


def _require_cover(file: str, draft: Draft) -> None:
    """Prove that no character but white space is lost or read twice (promise 1)."""
    length = len(draft.text)
    pieces: list[Turn | Furniture] = [*draft.turns, *draft.furniture]
    pieces.sort(key=attrgetter("end"))
    pieces.sort(key=attrgetter("start"))  # with what is empty before what begins there
    at = 0
    for start, end in chain(((x.start, x.end) for x in pieces), [(length, length)]):
        if start < at or draft.text[at:start].strip():
            problem = "has text that is in no turn, or in two; please report this document."
            raise ParseError(file, problem, draft.line_map.line(min(at, start)))
        at = end
