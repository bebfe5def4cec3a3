"""What holds of every document of four publishers: one style, nothing lost, nothing torn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from corpus.errors import ParseError
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.reading.base import RawFile
from corpus.reading.removal import put_back
from corpus.styles import STYLES

PUBLISHERS = ["australia_pm", "federal_reserve", "kremlin", "presidential_papers"]
EMPTY = {"transcript-10457.xml", "transcript-11837.xml"}


def list_documents(shared: Path, publisher: str) -> Iterator[Path]:
    """The publisher's documents, but for those that were published empty."""
    for path in sorted((shared / "transcripts" / publisher).iterdir()):
        if path.name not in EMPTY:
            yield path


def parse(path: Path) -> Transcript:
    return parse_transcript(path.name, path.read_bytes())


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


class _Words(HTMLParser):
    """All text of a page, by the standard library instead of lxml."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of_html(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "".join(reader.words)


def words_of_file(path: Path) -> str:
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return words_of_html(raw)
    if path.suffix != ".xml":
        return raw
    fields = ElementTree.fromstring(raw)[0]  # noqa: S314 — our own test material
    return "".join(
        words_of_html(each.text or "") if each.tag == "content" else each.text or ""
        for each in fields
    )


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_exactly_one_style_claims_each_document(shared: Path, publisher: str):
    for path in sorted((shared / "transcripts" / publisher).iterdir()):
        raw = RawFile(path.name, path.read_bytes())
        assert [style.name for style in STYLES if style.claim(raw)] == [publisher], path.name


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_what_is_left_out_is_named_and_nothing_is_lost(shared: Path, publisher: str):
    for path in list_documents(shared, publisher):
        transcript = parse(path)
        whole = put_back(transcript.text, transcript.removed)
        assert squeeze(whole) == squeeze(words_of_file(path)), path.name


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_turns_and_furniture_are_the_whole_text_and_do_not_overlap(shared: Path, publisher: str):
    for path in list_documents(shared, publisher):
        transcript = parse(path)
        spans = [(turn.start, turn.end) for turn in transcript.turns]
        spans = sorted(spans + [(each.start, each.end) for each in transcript.furniture])
        pieces = [transcript.text[start:end] for start, end in spans]
        assert squeeze("".join(pieces)) == squeeze(transcript.text), path.name


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_every_turn_starts_on_the_raw_line_that_the_map_gives(shared: Path, publisher: str):
    for path in list_documents(shared, publisher):
        transcript = parse(path)
        lines = path.read_text(encoding="utf-8").split("\n")
        for turn in transcript.turns:
            line = lines[transcript.line_map.line(turn.start) - 1]
            first = re.match(r"\w*", transcript.said(turn).split()[0])
            assert first is not None
            assert first[0] in line, (path.name, transcript.said(turn)[:60])


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_no_officials_turn_holds_a_label_of_somebody_else(shared: Path, publisher: str):
    for path in list_documents(shared, publisher):
        transcript = parse(path)
        labels = {turn.label for turn in transcript.turns if turn.kind == "reporter"}
        asking = "|".join(re.escape(label) for label in labels if len(label) > 3)
        for turn in transcript.turns:
            if turn.kind == "official" and asking:
                said = transcript.said(turn)
                assert not re.search(rf"(?:{asking}):", said), (path.name, said[:60])


@pytest.mark.parametrize("name", sorted(EMPTY))
def test_a_document_published_empty_is_refused_in_one_sentence(shared: Path, name: str):
    path = shared / "transcripts" / "australia_pm" / name
    with pytest.raises(ParseError, match="has no content; fetch the transcript again"):
        parse(path)
