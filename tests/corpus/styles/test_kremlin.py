"""Kremlin.ru pages: labels in bold in all their shapes, one person under several of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.text import fold_space

PUTIN = "<p><b>President of Russia Vladimir Putin:</b> Good afternoon.</p>"


def parse(
    body: str, title: str = "News conference", lead: str = "", named: str = 'itemprop="articleBody"'
) -> Transcript:
    page = f"""<!doctype html><html><head>
<meta property="og:site_name" content="President of Russia"/>
<meta property="og:title" content="{title}"/>
<meta property="og:url" content="http://en.kremlin.ru/events/president/news/1"/></head>
<body><div class="menu">Events</div><div class="read__lead">{lead}</div>
<time datetime="2019-06-27" itemprop="datePublished">June 27, 2019</time>
<div {named}>{body}<div class="read__bottommeta hidden-copy">Topics</div></div>
<p>Creative Commons Attribution 4.0 International</p></body></html>"""
    return parse_transcript("page.html", page.encode())


def list_turns(transcript: Transcript) -> list[tuple[str, str, str | None, str]]:
    return [
        (turn.kind, turn.label, turn.speaker, fold_space(transcript.said(turn)))
        for turn in transcript.turns
    ]


def read_shared(shared: Path, number: int) -> Transcript:
    path = shared / "transcripts" / "kremlin" / f"{number}.html"
    return parse_transcript(path.name, path.read_bytes())


def test_a_body_that_only_its_class_names():
    transcript = parse(PUTIN, named='class="entry-content e-content"')
    assert list_turns(transcript) == list_turns(parse(PUTIN))


@pytest.mark.parametrize(
    "label",
    [
        "<b>Vladimir Putin:</b> ",
        "<b>Vladimir Putin: </b>",
        "<b>Vladimir Putin</b>: ",
        "<b>Vladimir Putin</b><b>:</b> ",
        "<b>Vladimir</b> <b>Putin:</b> ",
        "<b>Vladimir\nPutin</b>: ",
        "<strong>Vladimir Putin</strong> <i>(in English)</i><b>:</b> ",
        "<b><strong>Vladimir</strong> Putin:</b> ",
        "<b>V</b><b>ladimir Putin:</b> ",
        "<b>Vladimir PUTIN:</b> ",
        "<b>Vladimir</b><b>Putin:</b> ",
        "Vladimir Putin: ",
    ],
)
def test_a_label_in_any_dress_is_the_persons(label: str):
    known = "<p><b>Question:</b> Why?</p><p><b>Vladimir Putin:</b> So.</p>"
    turns = parse(f"{PUTIN}{known}<p>{label}Because.</p>").turns
    assert [(turn.kind, turn.speaker, turn.role) for turn in (turns[0], turns[-1])] == [
        ("official", "Vladimir Putin", "President of Russia"),
        ("official", "Vladimir Putin", "President of Russia"),
    ]


def test_what_is_bold_but_no_label_is_in_nobodys_mouth():
    transcript = parse(
        f"{PUTIN}<p><b>* * *</b></p><p><b>Conversation with plant employees</b></p>"
        "<p><b>Question:</b> Why?</p><p>One <b>bold word</b>: and more.</p>"
    )
    assert [turn[3] for turn in list_turns(transcript)] == [
        "Good afternoon.",
        "Why? One bold word: and more.",
    ]
    headings = [each for each in transcript.furniture if each.name == "heading"]
    assert [transcript.text[each.start : each.end] for each in headings] == [
        "* * *",
        "Conversation with plant employees",
    ]


def test_soft_hyphens_and_pictures_are_left_out_by_name():
    transcript = parse(
        "<p><b>Vladimir Putin:</b> The inter\u00adnational order.</p>"
        '<div class="media masha-ignore">With the President of Finland.</div><p>And more.</p>',
        "Vladimir Putin’s statement",
    )
    assert fold_space(transcript.said(transcript.turns[0])) == (
        "The international order. And more."
    )
    names = [each.name for each in transcript.removed]
    assert names == ["page", "soft hyphen", "media", "media", "page"]


@pytest.mark.parametrize(
    ("label", "kind", "speaker", "role"),
    [
        (
            "President of Finland Sauli Niinistö",
            "official",
            "Sauli Niinistö",
            "President of Finland",
        ),
        ("Presidential Press Secretary Dmitry Peskov", "moderator", "Dmitry Peskov", None),
        ("Nezavisimaya Gazeta Chief Editor Konstantin Remchukov", "reporter", None, None),
        ("Director of the State Museum Irina Antonova", "unknown", "Irina Antonova", None),
        ("Question", "reporter", None, None),
        ("Question (retranslated)", "reporter", None, None),
        ("Question from Perm Territory", "reporter", None, None),
        ("Remark", "unknown", None, None),
        ("Ann Maria Simmons", "reporter", "Ann Maria Simmons", None),
    ],
)
def test_an_office_of_state_makes_an_official_and_nothing_else_does(
    label: str, kind: str, speaker: str | None, role: str | None
):
    turn = parse(f"{PUTIN}<p><b>{label}:</b> And so?</p>").turns[1]
    assert (turn.kind, speaker in (None, turn.speaker)) == (kind, True)
    assert role in (None, turn.role)


def test_a_name_alone_is_nobodys_where_no_press_was_invited():
    turns = parse(f"{PUTIN}<p><b>Alexander Brechalov:</b> And so?</p>", "Conference of the Front")
    assert turns.turns[1].kind == "unknown"


def test_a_misspelt_name_is_the_person_and_is_reported_with_its_line():
    transcript = parse(
        "<p><b>Federal Chancellor of Germany Angela Merkel:</b> One.</p>\n"
        "<p><b>Angela Merkel:</b> Two.</p>\n<p><b>Angela Markel:</b> Three.</p>"
    )
    assert {turn[2] for turn in list_turns(transcript)} == {"Angela Merkel"}
    assert [(note.line, "Angela Markel" in note.text) for note in transcript.notices] == [(9, True)]


def test_namesakes_stay_two_persons():
    body = "<p><b>Yelena Kuzmenko:</b> One.</p>" * 3 + "<p><b>Sergei Kuzmenko:</b> Two.</p>"
    assert {turn[2] for turn in list_turns(parse(PUTIN + body))} == {
        *("Vladimir Putin", "Yelena Kuzmenko", "Sergei Kuzmenko"),
    }


def test_the_president_is_the_one_whose_interview_it_is(shared: Path):
    kinds = {turn.label: (turn.kind, turn.role) for turn in read_shared(shared, 62997).turns}
    assert kinds == {
        "Andrei Vandenko": ("reporter", None),
        "Vladimir Putin": ("official", "President of Russia"),
    }


@pytest.mark.parametrize("lead", ["", "Vladimir Putin spoke. Lionel Barber spoke."])
def test_where_nothing_tells_who_is_president_nobody_is(lead: str):
    body = "<p><b>Lionel Barber:</b> Why?</p><p><b>Vladimir Putin:</b> So.</p>"
    assert "official" not in {turn.kind for turn in parse(body, "Conversation", lead).turns}


def test_what_the_page_states_of_itself(shared: Path):
    source = read_shared(shared, 60836).source
    assert source.title == "Interview with The Financial Times"
    assert str(source.date) == "2019-06-27"
    assert source.url == "http://en.kremlin.ru/events/president/news/60836"
    assert source.place == "The Kremlin, Moscow"
    assert source.licence == "CC BY 4.0"
    assert source.publisher == "Kremlin.ru"


def test_a_page_without_what_it_states_for_other_sites():
    page = (
        '<html><head><link href="http://en.kremlin.ru/events/president/news/2" rel="canonical"/>'
        '</head><body><h1 class="entry-title p-name">Meeting on dams</h1>'
        '<time class="read__published" datetime="2019-06-27">June 27</time>'
        f'<div class="e-content">{PUTIN}<p><b>Head of the Republic of Poe Jan Roe:</b> So.</p>'
        "<p><b>Jan Roe</b> <i>(smiling)</i><b>:</b> And so on.</p>"
        "<p><i>After the meeting, Jan Roe answered questions.</i></p></div></body></html>"
    )
    transcript = parse_transcript("page.html", page.encode())
    assert transcript.style == "kremlin"
    assert list_turns(transcript)[1:] == [
        ("official", "Head of the Republic of Poe Jan Roe", "Jan Roe", "So."),
        ("official", "Jan Roe", "Jan Roe", "And so on."),
    ]
    source = transcript.source
    assert (source.title, str(source.date)) == ("Meeting on dams", "2019-06-27")
    assert source.url == "http://en.kremlin.ru/events/president/news/2"


def test_a_page_of_another_make_is_read_as_any_other():
    page = (
        '<html><head><link href="http://en.kremlin.ru/events/president/news/2" rel="canonical"/>'
        "</head><body><p><b>Question:</b> Why?</p><p><b>Minister Roe:</b> So.</p>"
        "<p><b>Question:</b> And?</p><p><b>Minister Roe:</b> So.</p></body></html>"
    )
    assert parse_transcript("page.html", page.encode()).style == "plain_labels"


def test_what_the_publisher_tells_in_italics_is_nobodys():
    transcript = parse(
        f"{PUTIN}<p><b>Question:</b> Why?</p><p><b>Vladimir Putin:</b> So.</p>"
        "<p><i>(Participants then</i> <i>spoke of their work.)</i></p><p>And <i>so</i> on.</p>"
        "<p><b>Remark:</b> <i>(From the audience)</i></p>"
    )
    assert [transcript.said(turn) for turn in transcript.turns[-3:]] == [
        *("So.", "And so on.", "(From the audience)")
    ]
    assert [each.name for each in transcript.furniture].count("stage direction") == 1


def test_a_remark_in_another_language_is_not_the_presidents(shared: Path):
    transcript = read_shared(shared, 51685)
    said = [transcript.said(turn) for turn in transcript.turns if turn.kind == "official"]
    assert not any("Remark in German" in words for words in said)
