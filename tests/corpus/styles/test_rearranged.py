"""Real turns under other publishers' labels and in other pages: they come back as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from corpus.errors import StyleError
from corpus.parse import parse_transcript
from corpus.text import fold_space
from tests.corpus.styles.rearranged import Layout, Said, Setting, Tally, read_turns

NATO = "Press conference by NATO Secretary General Jens Roe\n\n"
SETTINGS = {
    "Q and A": Setting("Interview with Minister of Health Jane Roe\n\nMay 3, 2021\n\n", "Q", "A"),
    "question, answer": Setting(
        "Interview with Jane Roe, Minister of Health\n\n", "Question", "Answer"
    ),
    "prime minister": Setting("Press conference\n\n", "JOURNALIST", "PRIME MINISTER"),
    "media": Setting("POST-CABINET PRESS CONFERENCE: MONDAY, 3 MAY 2021\n\n", "Media", "PM"),
    "governor": Setting("", "REPORTER", "GOVERNOR ROE"),
    "chairman": Setting("Press conference\n\n", "QUESTION", "CHAIRMAN"),
    "spokesman": Setting("Daily briefing\n\n", "Question", "Spokesman", "Moderator"),
    "bold": Setting("", "**Q:**", "**Minister Roe:**", "**Moderator:**", " ", "made.md"),
    "bold, colon outside": Setting(
        "", "**Anna Poe**", "**Minister Roe**", "**Staff**", file="made.md"
    ),
    "bold, full stop": Setting(
        "# Interview\n\n", "**Q.**", "**The Minister.**", "**Staff.**", " ", "made.md"
    ),
    "headings": Setting("", "## REPORTER", "## MINISTER ROE", "## MODERATOR", "\n\n", "made.md"),
    "list": Setting("", "- **Reporter", "- **Minister Roe", "- **Moderator", ":** ", "made.md"),
    "block quotes": Setting("", "> **Q", "> **MINISTER ROE", "> **MODERATOR", ":** ", "made.md"),
    "italics": Setting("", "*Reporter:*", "*Minister Roe:*", "*Moderator:*", " ", "made.md"),
    "a line of its own": Setting("", "KRISTIN POE:", "SEC. ANN ROE:", "ANNOUNCER:", "\n\n"),
    "time stamps before": Setting(
        "", "[00:00:12] REPORTER", "[00:00:12] MINISTER ROE", "[00:00:12] STAFF"
    ),
    "time stamps after": Setting(
        "", "Reporter (00:21)", "Secretary Roe (00:21)", "Moderator (00:21)", ":\n"
    ),
    "in brackets": Setting("", "[REPORTER]", "[MINISTER ROE]", "[MODERATOR]"),
    "a dash": Setting("", "QUESTION", "MINISTER ROE", ending=" — "),
    "letters and a dash": Setting(
        "Live briefing by Minister of Health Jane Roe\n\n", "Q", "A", ending=" – "
    ),
    "answers as headings": Setting(
        "*Minister of Health Jane Roe answers questions.*\n\n",
        *("### Question", "### Answer", "### Moderator", "\n\n", "made.md"),
    ),
    "answers by": Setting("Press conference\n\n", "Q", "A (Minister Roe)"),
    "a tab": Setting("", "REPORTER", "SECRETARY ROE", "STAFF", "\t"),
    "line by line": Setting("", "REPORTER", "MINISTER ROE", gap="\n"),
    "an alliance": Setting(
        NATO, "Question [BBC]", "Jens Roe (NATO Secretary General)", "Moderator"
    ),
    "by title": Setting(
        "Foreign Minister Jan Roe's answers to media questions, Oslo, May 3, 2021\n\n",
        "Question",
        "Jan Roe",
        "Moderator",
    ),
    "by heading": Setting(
        "PRESS CONFERENCE\n\nAnn Roe, President of the Bank\n\nOslo, 8 June 2023\n\n",
        "Question",
        "Roe",
        "Moderator",
    ),
    "by first label": Setting(
        "JIM POE, NEWS ANCHOR: Hello.\n\nANN ROE, SECRETARY OF LABOR: Hello.\n\n",
        "POE",
        "ROE",
        "ANNOUNCER",
    ),
    "by honours": Setting(
        "THE HON JIM ROE MP\nTREASURER\n\nINTERVIEW WITH SARA POE\n\n",
        "SARA POE",
        "JIM ROE",
        "ANNOUNCER",
    ),
    "papers": Setting(
        "The President's News Conference With President Jan Doe of Samoa\nApril 4, 1993\n\n",
        "Q",
        "The President",
        "Moderator",
        ". ",
    ),
}
PRESS = '<p class="c">James S. Brady Press Briefing Room</p><p>1:03 P.M. EST</p>'
LAYOUTS = {
    "obama": Layout(
        "https://obamawhitehouse.archives.gov/the-press-office/a",
        f'<div class="field-items"><div class="legacy-content">{PRESS}',
        "<p>END 2:05 P.M. EST</p></div></div>",
        "<p>Q&nbsp;&nbsp;&nbsp; {said}</p>",
        "<p>{label}:&nbsp; {said}</p>",
    ),
    "line breaks": Layout(
        "https://obamawhitehouse.archives.gov/the-press-office/a",
        "<div id='content'><p>James S. Brady Press Briefing Room<br /><br />",
        "END                2:05 P.M. EST</p></div>",
        "Q {said}<br /><br />",
        "{label}:  {said}<br /><br />",
        "<br /><br />",
    ),
    "trump": Layout(
        "https://trumpwhitehouse.archives.gov/briefings-statements/a/",
        f'<div class="page-content"><div class="page-content__content editor">{PRESS}',
        "<p>END&nbsp; 2:05 P.M. EST</p></div></div>",
        "<p>Q&nbsp;&nbsp;&nbsp; {said}</p>",
        "<p>{label}:&nbsp; {said}</p>",
    ),
    "biden": Layout(
        "https://www.whitehouse.gov/briefing-room/press-briefings/a/",
        f'<section class="body-content"><div class="container">{PRESS}',
        "<p>2:05 P.M. EST</p></div></section>",
        "<p>Q&nbsp; &nbsp; {said}</p>",
        "<p>{label}:&nbsp; {said}</p>",
    ),
    "bush": Layout(
        "",
        '<table><tr><td><font face="a"><p><b>Press Briefing</b><p>12:30 P.M. EST\n',
        "<p>END 1:05 P.M. EST</font></td></tr></table>",
        "<p>Q  {said}\n",
        "<p>{label}:  {said}\n",
        "<p>",
    ),
    "state 2009": Layout(
        "https://2009-2017.state.gov/r/pa/prs/dpb/2016/a.htm",
        "<div id='centerblock'><div><p>12:30 p.m. EST</p><p>TRANSCRIPT:</p>",
        "<p>(The briefing was concluded at 1:30 p.m.)</p></div></div>",
        "<p><b>QUESTION:</b> {said}</p>",
        "<p><b>{label}:</b> {said}</p>",
    ),
    "state 2021": Layout(
        "https://www.state.gov/briefings/a/",
        "<div class='wp-site-blocks'><article><div class='entry-content'>",
        "</div></article></div>",
        "<p><strong>QUESTION: </strong> {said}</p>",
        "<p><strong>{label}:</strong>  {said}</p>",
    ),
    "elsewhere": Layout(
        "https://news.example.org/a",
        "<main><h1>Press conference</h1>",
        "</main>",
        "<div><span>REPORTER:</span> <span>{said}</span></div>",
        "<div><span>{label}:</span> <span>{said}</span></div>",
        "</span> <span>",
    ),
    "in a form": Layout(
        "https://news.example.org/a",
        "<form action='a'><div>A+ A</div><main><h1>Press conference</h1>",
        "</main></form>",
        "<p><strong>Ann Poe, A Channel: </strong>{said}</p>",
        "<p><strong>{label}: </strong>{said}</p>",
    ),
    "definitions": Layout(
        "https://news.example.org/a",
        "<main><h1>Press conference</h1><dl>",
        "</dl></main>",
        "<dt>REPORTER:</dt><dd>{said}</dd>",
        "<dt>{label}:</dt><dd>{said}</dd>",
        "</dd><dd>",
    ),
}


@pytest.fixture(scope="module")
def briefings(shared: Path) -> list[tuple[str, list[Said]]]:
    """Titles and turns of some real briefings, all speakers kept."""
    paths = sorted((shared / "transcripts" / "white_house").iterdir())[::9]
    return [read_turns(path, one_official=False) for path in paths]


@pytest.fixture(scope="module")
def talks(shared: Path) -> list[list[Said]]:
    """The turns of some real documents, of one official each."""
    paths = sorted((shared / "transcripts" / "white_house").iterdir())[::9]
    paths += sorted((shared / "transcripts" / "kremlin").iterdir())[3:4]
    paths += sorted((shared / "transcripts" / "presidential_papers").iterdir())
    return [read_turns(path, one_official=True)[1] for path in paths]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_under_other_labels(setting: Setting, talks: list[list[Said]]) -> None:
    tally = Tally()
    for turns in talks:
        plain = [turn for turn in turns if not any(mark in turn.words for mark in "*[\\")]
        tally.add(setting.set(plain), setting.file, plain)
    assert tally.misquoted == ()
    assert tally.share >= 0.995, tally


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_in_other_pages(layout: Layout, briefings: list[tuple[str, list[Said]]]) -> None:
    tally = Tally()
    for title, turns in briefings:
        tally.add(layout.set(title, turns), "made.html", turns)
    assert tally.misquoted == ()
    assert tally.share >= 0.995, tally


def test_questions_that_only_their_type_sets_apart_are_nobodys(
    briefings: list[tuple[str, list[Said]]],
) -> None:
    layout = Layout(
        "https://news.example.org/a",
        "<main><h1>Interview</h1>",
        "</main>",
        "<p><em>{said}</em></p>",
        "<p>{label}: {said}</p>",
        "</em></p><p><em>",
    )
    tally = Tally()
    for title, turns in briefings:
        single = [Said(turn.kind, turn.label, (turn.words,)) for turn in turns]
        tally.add(layout.set(title, single), "made.html", single)
    assert tally.misquoted == ()
    assert tally.right > 0


TITLE = "# Interview with Secretary of Energy Zora Quill\n\n"


def set_bold(at: int, said: Said) -> str:
    return "\n\n".join(f"**{x}**" for x in said.paragraphs)


def set_italic(at: int, said: Said) -> str:
    return "\n\n".join(f"*{x}*" for x in said.paragraphs)


def set_dash(at: int, said: Said) -> str:
    return f"- {said.words}"


def set_number(at: int, said: Said) -> str:
    return f"{at}. {said.words}"


@pytest.mark.parametrize("ask", [set_bold, set_italic, set_dash, set_number])
def test_without_labels_no_reporters_words_are_the_officials(
    shared: Path, ask: Callable[[int, Said], str]
):
    read = reporters = 0
    for path in sorted((shared / "transcripts" / "white_house").iterdir())[::6]:
        _, turns = read_turns(path, one_official=True)
        turns = [turn for turn in turns if turn.kind in {"official", "reporter"}]
        plain = [replace(x, paragraphs=tuple(map(_without_stars, x.paragraphs))) for x in turns]
        asked = count(1)
        text = TITLE + "\n\n".join(
            ask(next(asked), x) if x.kind == "reporter" else "\n\n".join(x.paragraphs)
            for x in plain
        )
        try:
            transcript = parse_transcript("made.md", text.encode())
        except StyleError:  # a speech with a question or two, or questions without answers
            continue
        said = [fold_space(transcript.said(x)) for x in transcript.turns if x.kind == "official"]
        read += len(said)
        for question in (x.words for x in plain if x.kind == "reporter" and len(x.words) > 40):
            reporters += 1
            assert not any(question in answer for answer in said)
    assert read > 100
    assert reporters > 100


def _without_stars(paragraph: str) -> str:
    return fold_space(paragraph.replace("*", ""))
