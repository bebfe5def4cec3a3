"""Whatever the document: a transcript that accounts for every character, or one clear error."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ParseError, StyleError, TranscriptError
from corpus.metadata import Metadata, Person
from corpus.model import Transcript
from corpus.parse import MOST_NOTICES, MOST_TAGS, parse_transcript
from corpus.reading.base import MOST_CHARACTERS, MOST_LABELS, MOST_LINES, RawFile
from corpus.reading.markdown import MOST_MARKS
from corpus.reading.removal import put_back
from corpus.styles import STYLES
from tests.bench.parse_growth import DOCUMENTS, make

SHIPPED = Path(__file__).resolve().parents[2] / "corpus" / "transcripts"
FRONT = (
    "---\ndate: '2021-01-22'\nsource_url: https://www.whitehouse.gov/a/\n"
    "title: Press Briefing by Press Secretary Jane Doe\n---\n\n"
)
HEADS = {
    "nothing": "",
    "white_house": FRONT,
    "state_department": "An official website of the United States Government\n\n",
    "state_department page": '<link rel="canonical" href="https://www.state.gov/a"><p>',
    "white_house page": '<link rel="canonical" href="https://www.whitehouse.gov/a"><p>',
    "kremlin": '<meta property="og:url" content="http://en.kremlin.ru/events/1"><p>',
    "australia_pm": "<?xml version='1.0'?><transcript>",
}
PIECES = st.sampled_from(
    [
        *("Q    ", "Q ", "Q:", "QUESTION:  ", "MS. DOE:  ", "S. DOE: ", "MR. ROE:  ", "COVID:\n"),
        *("THE PRESIDENT: ", "Jane Doe: ", "**Jane Doe:** ", "MODERATOR: ", "Q. ", "A: "),
        *("\n", "\n\n", "  \n", "\u00a0", " ", "\t", "\r\n", "\u2028", "\f"),
        *("<p>", "</p>", "<b>", "</b>", "<br>", "<div>", "<s>a</s> \\[b\\]", "&nbsp;", "&#0;"),
        *("*", "**", "\\", "[", "](x)", "(Laughter.)", "(", ")", "---\n", "END 2:05 P.M. EST\n"),
        *("What do you say to them now, then, sir?", "I said so — “no”.", "word", "U.S.", "…"),
        *("\nU.S. Department of State\n", "]]>", "<![CDATA[", "<!--", "é", "日本", "\u202e", "🙂"),
    ]
)
BODIES = {
    **{head: HEADS[head] for head in ("nothing", "white_house", "state_department")},
    "federal_reserve": "Transcript of Chair Doe’s Press Conference\nJuly 1, 2020\n\nFederal "
    "Reserve\n\n",
    "presidential_papers": "News Conference\nMay 1, 1990\n\n",
    "hansard": "House of Commons\nHansard\nDebates\nMonday 1 July 2024\n\n",
    "interview": "Interview with Jane Roe, Minister of Health\n\n",
    "captions": "WEBVTT\n\n",
    "state_department page": HEADS["state_department page"],
    "kremlin": '<meta property="og:url" content="http://en.kremlin.ru/events/1">'
    '<div itemprop="articleBody">',
    "australia_pm": "<?xml version='1.0'?><transcripts><transcript><transcript-id>1</transcript-id>"
    "<release-type>Interview</release-type><content><![CDATA[",
}
TAILS = {"australia_pm": "]]></content></transcript></transcripts>", "kremlin": "</div>"}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("Q", "A", "QUESTION", "MODERATOR", "MS. DOE", "DR. LEE", "Jane Roe", "JANE ROE"),
                *("Minister Roe", "CHAIR DOE", "MR. DOE", "The President", "JR", "Jane ROE", "PM"),
                *("JANE ROE, MINISTER", "Jane Roe (Minister)", "Mr Roe (Leeds)", "MINISTER PM"),
                *("A (Minister Roe)", "[Jane Roe]", "**Jane Roe", ">>", "–", "[12] Q", ""),
            ]
        ),
        st.sampled_from([":", ":", ":", ".", " —", "", ":**", "  0:42", "\n", "\n\n", "\t", ";"]),
        st.sampled_from(
            [
                *("Yes.", "Why is that?", "(Laughter.)", "We said: no.", "Thank you, Mr. Roe."),
                *("# # #", "END", "U.S. Department of State", "*What is it?*", "– And?", "Well —"),
                *("Related stories", "Page 3 of 9", "NOTE: The interview", "Jane Roe, Minister"),
                *("No. Q Why? MR. ROE: No.", "“QUESTION: no,” she said.", "<s>Helen</s> [Helene]"),
            ]
        ),
    ),
    min_size=1,
    max_size=9,
)
LOOSE = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def require_whole(transcript: Transcript, content: bytes) -> None:
    """Turns and furniture cover the text, in order and once; lines lie within the file."""
    spans = [(turn.start, turn.end) for turn in transcript.turns]
    spans = sorted(spans + [(each.start, each.end) for each in transcript.furniture])
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not transcript.text[at:start].strip()
        at = end
    assert not transcript.text[at:].strip()
    last = RawFile("made.txt", content).text.count("\n") + 1  # U+2028 ends a line too
    for turn in transcript.turns:
        assert transcript.said(turn) == transcript.said(turn).strip() != ""
        assert 1 <= transcript.line_map.line(turn.start) <= last
    assert transcript.turns


def parse_or_explain(content: bytes) -> Transcript | None:
    """The transcript, proved whole, or None after an error that names the file."""
    try:
        transcript = parse_transcript("made.txt", content)
    except TranscriptError as error:
        explained = error
    else:
        require_whole(transcript, content)
        return transcript
    assert explained.file == "made.txt"
    assert explained.problem.endswith(".")
    assert "please report" not in explained.problem  # a style that loses words is our mistake
    assert explained.line is None or 1 <= explained.line <= content.count(b"\n") + 2
    return None


@LOOSE
@given(head=st.sampled_from(sorted(HEADS)), pieces=st.lists(PIECES | st.text(max_size=20)))
def test_any_text_is_a_transcript_or_an_error(head: str, pieces: list[str]):
    text = HEADS[head] + "".join(pieces)
    parse_or_explain(text.encode("utf-8", errors="replace"))


@LOOSE
@given(st.sampled_from(sorted(BODIES)), ROWS, st.sampled_from(["\n\n", "\n", " "]))
def test_whatever_labels_a_document_sets_nothing_is_lost(
    body: str, rows: list[tuple[str, str, str]], between: str
):
    texts = [f"{label}{end} {said}" for label, end, said in rows]
    if BODIES[body].startswith("<"):
        texts = [f"<p>{text}</p>" for text in texts]
    parse_or_explain(f"{BODIES[body]}{between.join(texts)}{TAILS.get(body, '')}".encode())


@LOOSE
@given(st.binary(max_size=400))
def test_any_bytes_are_a_transcript_or_an_error(content: bytes):
    parse_or_explain(content)


@LOOSE
@given(st.lists(st.tuples(st.sampled_from(["Q", "MS. DOE"]), st.text(min_size=1, max_size=60))))
def test_what_is_said_comes_back_to_the_letter(turns: list[tuple[str, str]]):
    said = [(label, "Well" + "".join(c for c in words if c.isalnum())) for label, words in turns]
    text = FRONT + "".join(f"{label}:  {words}\n\n" for label, words in said)
    if not said:
        return
    transcript = parse_transcript("made.md", text.encode())
    got = [(turn.label, transcript.said(turn)) for turn in transcript.turns]
    assert got == said


def list_shared(shared: Path) -> list[Path]:
    return sorted(path for path in (shared / "transcripts").glob("*/*") if path.is_file())


def test_every_shared_document_is_whole(shared: Path):
    nothing_said = []
    for path in list_shared(shared):
        content = path.read_bytes()
        try:
            transcript = parse_transcript(path.name, content)
        except ParseError:
            nothing_said.append(path.name)
            continue
        assert transcript.style == path.parent.name
        require_whole(transcript, content)
    assert len(nothing_said) <= 2  # one of the scanned ones is empty


def test_what_is_taken_out_of_a_text_can_be_put_back(shared: Path):
    for folder in ("white_house", "federal_reserve"):
        for path in sorted((shared / "transcripts" / folder).iterdir()):
            transcript = parse_transcript(path.name, path.read_bytes())
            whole = put_back(transcript.text, transcript.removed)
            assert "".join(whole.split()) == "".join(path.read_text(encoding="utf-8").split())


def test_exactly_one_publisher_claims_each_shared_document(shared: Path):
    from corpus.reading.base import RawFile

    for path in list_shared(shared):
        raw = RawFile(path.name, path.read_bytes())
        assert [s.name for s in STYLES if raw.content.strip() and s.claim(raw)] in (
            [path.parent.name],
            [],
        )


def mutate(content: bytes, chance: random.Random) -> bytes:
    """The document with some stretches cut, doubled, moved or overwritten."""
    broken = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(broken) + 1)
        size = chance.choice([1, 3, 40, 900])
        piece = broken[at : at + size]
        match chance.randrange(4):
            case 0:
                del broken[at : at + size]
            case 1:
                broken[at:at] = piece * chance.randint(1, 3)
            case 2:
                broken[at:at] = bytes(chance.randrange(256) for _ in range(3))
            case _:
                goal = chance.randrange(len(broken) + 1)
                broken[goal:goal] = piece
    return bytes(broken)


def test_mutated_documents_never_break_the_parser(shared: Path):
    chance = random.Random(20261121)  # noqa: S311
    paths = sorted(SHIPPED.glob("*.txt")) + list_shared(shared)
    small = [path for path in paths if path.stat().st_size < 120_000]
    parsed = sum(
        parse_or_explain(mutate(chance.choice(small).read_bytes(), chance)) is not None
        for _ in range(150)
    )
    assert parsed > 50


@pytest.mark.parametrize("content", [b"", b" \n\t ", "\ufeff".encode()])
def test_an_empty_document_is_named(content: bytes):
    with pytest.raises(TranscriptError, match=r"^made\.txt"):
        parse_transcript("made.txt", content)


def test_a_document_in_no_style_says_how_to_set_one():
    with pytest.raises(StyleError, match="set its turns as “NAME: text”"):
        parse_transcript("notes.txt", b"There was nothing to be said.\n")


def test_a_text_that_is_not_utf_8_is_told_with_its_line():
    with pytest.raises(ParseError, match="line 3: is not UTF-8"):
        parse_transcript("made.txt", "QUESTION: Why?\n\nMINISTER: Voilà.\n".encode("latin-1"))


PLAIN = b"JANE DOE: We will.\n\nQUESTION: When?\n\nJANE DOE: Soon.\n"


@pytest.mark.parametrize(
    ("role", "kind"),
    [("Minister of Health", "official"), ("host, Channel 4", "reporter"), (None, "unknown")],
)
def test_a_role_that_a_curator_states_tells_the_kind(role: str | None, kind: str):
    beside = Metadata(speakers={"JANE DOE": Person("Jane Doe", role)})
    transcript = parse_transcript("made.txt", PLAIN, beside)
    assert [turn.kind for turn in transcript.turns] == [kind, "reporter", kind]
    assert transcript.turns[0].speaker == "Jane Doe"


def test_a_stated_role_makes_no_official_of_one_who_asks():
    beside = Metadata(speakers={"QUESTION": Person("Jane Doe", "Minister of Health")})
    transcript = parse_transcript("made.txt", PLAIN, beside)
    assert transcript.turns[1].kind == "reporter"


def test_an_unknown_speaker_is_told_with_the_remedy():
    (notice,) = parse_transcript("made.txt", PLAIN).notices
    assert notice.line == 1
    assert '"JANE DOE" = { name = "…", role = "…" }' in notice.text


SWALLOWED = {
    "australia_pm": (
        "<transcripts><transcript><transcript-id>1</transcript-id><title>Press conference</title>"
        "<prime-minister>Roe, Jane</prime-minister><content><![CDATA[<p>PRIME MINISTER: So.</p>"
        "<p>Media: Why?</p><p>JOURNALIST: When?</p>]]></content></transcript></transcripts>"
    ),
    "federal_reserve": (
        "Transcript of Chair Roe’s Press Conference\nMay 3, 2021\n\nCHAIR ROE.  So, says the"
        " Federal Reserve.\nMedia: Why?\nJANE POE.  When?\n"
    ),
    "kremlin": (
        '<html><head><meta property="og:url" content="http://en.kremlin.ru/events/1"></head><body>'
        '<div itemprop="articleBody"><p><b>President of Russia Jan Roe:</b> So.</p>'
        "<p>Media: Why?</p><p><b>Question:</b> When?</p></div></body></html>"
    ),
    "presidential_papers": (
        "The President's News Conference\nMay 3, 2021\nThe President. So.\nMedia: Why?\nQ. When?\n"
    ),
    "state_department": (
        "An official website of the United States Government\n\nSECRETARY ROE:  So.\n\nMedia: Why?"
        "\n\nQUESTION:  When?\n\nU.S. Department of State\n"
    ),
    "white_house": FRONT + "MS. DOE:  So.\n\nMedia: Why?\n\nQ    When?\n",
    "plain_labels": "MINISTER ROE: So.\n\nMedia: Why?\n\nQUESTION: When?\n",
}


@pytest.mark.parametrize("style", SWALLOWED)
def test_no_style_leaves_a_reporters_label_in_an_officials_turn(style: str):
    transcript = parse_transcript("made.txt", SWALLOWED[style].encode())
    assert transcript.style == style
    said = [(turn.kind, transcript.said(turn)) for turn in transcript.turns]
    assert said[0][0] == "official"
    assert all("Why" not in words for kind, words in said if kind == "official")
    assert any("Why" in words for _, words in said)
    require_whole(transcript, SWALLOWED[style].encode())


@pytest.mark.parametrize("head", ["", FRONT])
def test_a_signature_before_the_text_hides_no_label(head: str):
    """Editors on Windows write one; the first label, or the front matter, stands right after it."""
    text = f"{head}MS. DOE:  We will stay.\n\nQ    For how long?\n"
    plain, signed = (
        parse_transcript("made.md", text.encode(code)) for code in ("utf-8", "utf-8-sig")
    )
    assert signed.text == plain.text
    assert (signed.turns, signed.style) == (plain.turns, plain.style)
    assert signed.source.title == plain.source.title


LONG = {
    "text": (b"A: a " + b"a " * (MOST_CHARACTERS // 2), "holds over 11,000,000 characters; split"),
    "lines": (b"QUESTION: a\n" + b"\n" * MOST_LINES, "holds over 1,000,000 lines; split"),
    "labels": (b"A: b\n" * (MOST_LABELS + 1), "holds over 220,000 lines that are set as labels"),
    "labels in one line": (
        FRONT.encode() + b"Q    a. " * (MOST_LABELS + 2),
        "holds over 220,000 lines that are set as labels",
    ),
    "turn": (
        b"QUESTION: a\n\nMINISTER: " + b"a " * 500_001,
        "line 3: holds a turn of over 1,000,000",
    ),
    "labels of two settings": (
        FRONT.encode() + b"Q    a.\n\nMS. DOE:  b.\n\n" * (MOST_LABELS // 2 + 1),
        "holds over 220,000 lines that are set as labels",
    ),
    "marks": (FRONT.encode() + b"*a* " * MOST_MARKS, "holds over 250,000 marks of Markdown"),
    "page": (b"<p>QUESTION: a</p>" + b"<i></i>" * 150_000, "holds over 300,000 tags; save"),
    "text of a page": (
        b"<p>QUESTION: a</p>" + (b"\n<p>" + b"a " * (MOST_CHARACTERS // 20)) * 10,
        "holds over 11,000,000 characters; split",
    ),
    "xml": (
        b"<?xml version='1.0'?><transcripts><transcript-id>1</transcript-id>"
        + b"a " * (MOST_CHARACTERS // 2),
        "holds over 11,000,000 characters; split",
    ),
    "tags within xml": (
        b"<?xml version='1.0'?><transcripts><transcript-id>1</transcript-id>"
        + b"&lt;p>a" * (MOST_TAGS + 1),
        "holds over 300,000 tags; save",
    ),
}


@pytest.mark.parametrize(("content", "told"), LONG.values(), ids=LONG)
def test_what_is_longer_than_any_transcript_is_refused(content: bytes, told: str):
    with pytest.raises(ParseError, match=told):
        parse_transcript("made.txt", content)


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_documents_made_to_be_slow_are_read_or_explained(kind: str):
    parse_or_explain(make(kind, 60_000))


def test_a_document_with_cause_for_thousands_of_notes_lists_the_first():
    notices = parse_transcript("made.md", make("plain labels", 60_000)).notices
    assert len(notices) == MOST_NOTICES + 1
    assert notices[-1].text == "there is more; only the first 200 notes are listed."


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_memory_does_not_grow_faster_than_a_document(kind: str):
    parse_or_explain(make(kind, 5_000))  # so that what is held once is held
    most = [most_memory(make(kind, size)) for size in (10_000, 60_000)]
    assert most[1] < 10 * most[0] + 1_000_000  # six times the document, and what tables leave free


def most_memory(content: bytes) -> int:
    """The bytes that parsing takes at most."""
    tracemalloc.start()
    try:
        parse_or_explain(content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2028", "\x85", "\n\u200b", "\n\ufeff"])
def test_however_lines_end_and_begin_the_same_is_said(end: str) -> None:
    page = (
        "Interview with Jane Roe, Minister\n\nQ: Why?\n\nA: They did not.\n\nQ: When?\n\nA: In May."
    )
    plain, other = (
        parse_transcript("a.txt", text.encode()) for text in (page, page.replace("\n", end))
    )
    said = [(turn.kind, turn.label, plain.said(turn).strip()) for turn in plain.turns]
    assert [(turn.kind, turn.label, other.said(turn).strip()) for turn in other.turns] == said
    assert [kind for kind, _, _ in said] == ["reporter", "official", "reporter", "official"]
