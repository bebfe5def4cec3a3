"""Interviews whose questions stand out by their type alone: bold, italics, headings."""

from __future__ import annotations

import re

import pytest

from corpus.errors import StyleError
from corpus.metadata import Metadata, Person
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.reading.base import RawFile
from corpus.styles import PLAIN, STYLES, UNLABELLED
from corpus.text import fold_space

TITLE = "Interview with Minister of Health Jane Roe"
BODY = """# Interview with Minister of Health Jane Roe

May 3, 2024

*Minister Roe spoke with Ann Poe in her office.*

**You came late. Why?**

I slept.

I said to myself: one more hour.

**And now? Are you awake?**

**The islands.** They want us awake. We are.

**Read More:** [*The Sleepers*](https://example.com/sleepers/)

**You smile.**

I do that.

**What will you do next?**

[*Laughs.*] We will sleep.
"""
THANKS = "\n**Thank you for your time.**\n\nThank you.\n\nThis interview was edited.\n"
FOOTER = "\n---\n\n**More Must-Reads**\n\n- Why we sleep\n\n© 2024 The Paper.\n"


def parse(text: str, name: str = "talk.md", beside: Metadata | None = None) -> Transcript:
    return parse_transcript(name, text.encode(), beside)


def list_said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.kind[0], fold_space(transcript.said(t))) for t in transcript.turns]


def make_page(body: str) -> str:
    """The Markdown as a page."""
    said = re.sub(r"^\*\*(.*)\*\*$", r"<p><strong>\1</strong></p>", body, flags=re.MULTILINE)
    said = re.sub(r"^(?!<p>|#|\*|$)(.*)$", r"<p>\1</p>", said, flags=re.MULTILINE)
    said = re.sub(
        r"\*\*(.*?)\*\*", r"<b>\1</b>", re.sub(r"^(?:#|\*[^*]).*\n", "", said, flags=re.MULTILINE)
    )
    menu = "<div><a>President</a> <a>News</a></div>"
    return (
        f"<html><head><title>{TITLE}</title></head><body>{menu}<h1>{TITLE}</h1>"
        f"<div class=text>{said}</div><div>Share: here</div></body></html>"
    )


SETTINGS = {
    "bold": BODY,
    "underscores": BODY.replace("**", "__"),
    "headings": re.sub(r"^\*\*([^*]*)\*\*$", r"### \1", BODY, flags=re.MULTILINE),
    "italics": re.sub(r"^\*\*([^*]*)\*\*$", r"*\1*", BODY, flags=re.MULTILINE),
    "wrapped": BODY.replace("late. Why", "late.\nWhy"),
    "page": make_page(BODY),
}


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS)
def test_questions_are_the_reporters_and_answers_the_ministers(text: str):
    name = "talk.html" if text.startswith("<html") else "talk.md"
    transcript = parse(text, name)
    assert transcript.style == "set_out_questions"
    assert list_said(transcript)[:4] == [
        ("r", "You came late. Why?"),
        ("o", "I slept. I said to myself: one more hour."),
        ("r", "And now? Are you awake?"),
        ("o", "The islands. They want us awake. We are."),
    ]
    assert ("r", "You smile.") in list_said(transcript)
    officials = [turn for turn in transcript.turns if turn.kind == "official"]
    assert {(turn.speaker, turn.role) for turn in officials} == {("Jane Roe", "Minister of Health")}
    assert not any("Sleepers" in transcript.said(turn) for turn in officials)


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS)
def test_exactly_one_style_claims_it(text: str):
    raw = RawFile("talk.md", text.encode())
    assert not [style for style in STYLES if style.claim(raw)]
    assert [style.name for style in UNLABELLED if style.claim(raw)] == ["set_out_questions"]


def test_title_and_date_stand_above():
    source = parse(BODY).source
    assert (source.title, str(source.date)) == (TITLE, "2024-05-03")


def test_what_follows_the_last_answer_is_a_footer():
    whole = parse(BODY + THANKS + FOOTER)
    assert list_said(whole)[-2:] == [("r", "Thank you for your time."), ("o", "Thank you.")]
    assert parse(BODY + FOOTER).turns[-1].kind == "official"
    assert "More Must-Reads" not in "".join(
        map(parse(BODY + FOOTER).said, parse(BODY + FOOTER).turns)
    )


def test_a_question_may_run_into_its_answer():
    text = re.sub(r"(\?\*\*)\n\n", r"\1 ", BODY.replace("**The", "We are.\n\n**The"))
    said = list_said(parse(text))
    assert said[:3] == [
        ("r", "You came late. Why?"),
        ("o", "I slept. I said to myself: one more hour."),
        ("r", "And now? Are you awake?"),
    ]
    assert ("?", "The islands. They want us awake. We are.") in [
        ("?" if kind == "u" else kind, words) for kind, words in said
    ]


def test_a_line_break_parts_a_question_from_its_answer():
    text = make_page(BODY).replace("You smile.</strong></p>", "You smile.</strong><br>So I do.</p>")
    assert ("r", "You smile.") in list_said(parse(text, "talk.html"))
    assert ("o", "So I do. I do that.") in list_said(parse(text, "talk.html"))


def test_a_name_in_an_answer_begins_anothers_words():
    text = BODY.replace("I do that.", "**Poe:** I saw it.\n\nIt was odd.\n\nManila: that is far.")
    said = {fold_space(parse(text).said(t)): (t.kind, t.label) for t in parse(text).turns}
    assert said["I saw it. It was odd. Manila: that is far."][0] == "unknown"


def test_answers_whose_speaker_is_not_told_stay_unknown_until_it_is_stated():
    text = BODY.replace("Minister of Health Jane Roe", "a friend").replace("Minister Roe", "She")
    transcript = parse(text)
    assert {t.kind for t in transcript.turns} == {"reporter", "unknown"}
    assert any('"[answer]" = { name' in notice.text for notice in transcript.notices)
    stated = Metadata(speakers={"[answer]": Person("Jane Roe", "Minister of Health")})
    assert parse(text, beside=stated).turns[1].kind == "official"
    front = '---\nspeakers:\n  "[answer]": {name: Jane Roe, role: Minister}\n---\n'
    assert parse(front + text).turns[1].speaker == "Jane Roe"


def test_an_article_that_tells_what_the_minister_said_is_none_of_her_words():
    text = BODY.replace("I slept.", "I was there when Roe said she slept.")
    assert "official" not in {turn.kind for turn in parse(text).turns}


def test_what_the_paper_tells_between_her_answers_is_none_of_her_words():
    text = BODY.replace("I slept.\n", "I slept.\n\nShe pauses, and looks out of the window.\n")
    said = {fold_space(parse(text).said(t)): t.kind for t in parse(text).turns}
    assert said["She pauses, and looks out of the window."] == "unknown"
    told = parse(BODY.replace("I slept.\n", "I slept.\n\nShe pauses, and I wait.\n"))
    assert ("o", "I slept. She pauses, and I wait. I said to myself: one more hour.") in list_said(
        told
    )


def test_a_sign_may_close_the_last_answer():
    closed = BODY.replace("We will sleep.", "We will sleep. ♦")
    assert list_said(parse(closed + FOOTER))[-1] == ("o", "[Laughs.] We will sleep. ♦")


REFUSED = {
    "frequent questions": "## What is it?\n\nA tax.\n\n## Who pays?\n\nAll.\n\n## When?\n\nSoon.\n",
    "two questions": "**Are you well?**\n\nI am.\n\n**Is he?**\n\nI think so.\n",
    "no answers": "**Are you well?**\n\n**Is he?**\n\n**Are you sure?**\n\nI think so.\n",
    "plain": "Are you well?\n\nI am.\n\nIs he?\n\nHe is.\n\nAre you sure?\n\nI am.\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_conversation_is_not_claimed(text: str):
    with pytest.raises(StyleError):
        parse(f"# Minister Jane Roe spoke to us\n\n{text}")


def test_labels_go_before_type():
    text = re.sub(r"^\*\*([^*]*)\*\*$", r"**Q: \1**", BODY, flags=re.MULTILINE)
    raw = RawFile(
        "talk.md", re.sub(r"^(I s|\[)", r"MINISTER ROE: \1", text, flags=re.MULTILINE).encode()
    )
    assert not [style for style in UNLABELLED if style.claim(raw)]
    assert PLAIN.claim(raw)


def test_a_label_with_a_dash_is_no_part_of_the_answer_nor_is_a_note_below_an_article():
    text = BODY.replace("I slept.", "**Jane ROE. –** I slept.")
    transcript = parse(f"{text}\n---\n\nJane Roe, 51, is the author of a book.\n")
    answers = [turn for turn in transcript.turns if turn.kind == "official"]
    assert {turn.speaker for turn in answers} == {"Jane Roe"}
    assert answers[0].label == "Jane ROE"
    assert transcript.said(answers[0]).startswith("I slept.")
