"""Adding one transcript: from a file, from an address, and what is refused."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import ssl
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from aiohttp import web
from click.testing import CliRunner, Result

from corpus import fetch
from corpus.add import keep_document, preview_document, state
from corpus.cli import cli
from corpus.errors import MetadataError, OnrecordError
from corpus.load import SHIPPED_FOLDER, folders_of
from corpus.metadata import Metadata
from corpus.record import Record
from corpus.text import fold_space
from tests.pdf_pages import make_pdf

SHIPPED = SHIPPED_FOLDER / "000_f5834fc9157b8525.txt"
OTHER = SHIPPED.read_bytes().replace(b"George", b"Georgia")  # a document not yet on record
PAGE = """<html><head><meta property="og:title" content="Department Press Briefing">
<link rel="canonical" href="https://www.state.gov/briefings/a/"></head><body>
<nav><p>QUESTIONS: ask us</p></nav><article>
<p><b>QUESTION:</b> Will the grain ships sail from the southern ports this winter?</p>
<p><b>SECRETARY ROE:</b> The grain ships will sail from the southern ports in December.</p>
<p><b>QUESTION:</b> And who pays for the insurance of the grain ships?</p>
<p><b>SECRETARY ROE:</b> The insurance is paid by a fund that nine countries filled.</p>
</article><footer><p>U.S. Department of State</p></footer></body></html>"""
CONFERENCE = [  # the page header stands inside a sentence
    """Transcript of Chair Roe’s Press Conference
May 3, 2023

CHAIR ROE.  Good afternoon. The Federal Reserve keeps watch over prices and over jobs.

RENA POE.  Rena Poe, Reuters. Why did the Committee buy fewer mortgage bonds this spring?

CHAIR ROE.  The Committee bought fewer mortgage bonds because the market for""",
    """May 3, 2023 Chair Roe’s Press Conference FINAL
Page 2 of 2
houses had cooled by itself, and nobody needed our help there any more.

RENA POE.  Thank you.""",
]


async def serve_page(request: web.Request) -> web.StreamResponse:
    """Pages as a publisher may serve them."""
    match request.match_info["name"]:
        case "interview":
            return web.Response(body=OTHER, content_type="text/plain")
        case "page":
            return web.Response(body=PAGE.encode(), content_type="text/html")
        case "conference.pdf":
            return web.Response(body=make_pdf(CONFERENCE), content_type="application/pdf")
        case "large":
            return web.Response(body=b"x" * (fetch.MOST_BYTES + 1), content_type="text/plain")
        case "picture":
            return web.Response(body=b"GIF89a", content_type="image/gif")
        case "elsewhere":
            raise web.HTTPFound("http://127.0.0.1:9/plain")
        case "circle":
            raise web.HTTPFound("circle")
        case _:
            raise web.HTTPNotFound


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of an https server on loopback, and the certificate that vouches for it."""
    authority = trustme.CA()
    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(secure)
    vouch = tmp_path_factory.mktemp("certificate") / "ca.pem"
    authority.cert_pem.write_to_path(vouch)
    loop, ready, port = asyncio.new_event_loop(), threading.Event(), [0]

    async def start() -> None:
        app = web.Application()
        app.router.add_get("/{name}", serve_page)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "localhost", 0, ssl_context=secure)
        await site.start()
        port[0] = runner.addresses[0][1]
        ready.set()

    def run() -> None:
        loop.run_until_complete(start())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield f"https://localhost:{port[0]}", vouch
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def onrecord(*words: str, vouch: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person would."""
    code = "from corpus.cli import cli; cli(prog_name='onrecord')"
    env = {**os.environ, **({"SSL_CERT_FILE": str(vouch)} if vouch else {})}
    return subprocess.run(
        [sys.executable, "-c", code, *words], check=False, capture_output=True, text=True, env=env
    )


def test_a_page_is_kept_as_fetched_and_put_on_record(
    publisher: tuple[str, Path], tmp_path: Path
) -> None:
    address, vouch = publisher
    record = tmp_path / "record.db"
    done = onrecord(
        "add", f"{address}/interview", "--yes", "--record", str(record), "--date", "2022-01-21",
        "--speaker", "SECRETARY BLINKEN=Antony J. Blinken; U.S. Secretary of State",
        vouch=vouch,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    kept = tmp_path / "transcripts" / "interview.txt"
    assert kept.read_bytes() == OTHER
    stated = tomllib.loads(kept.with_suffix(".toml").read_text())
    assert stated["url"] == f"{address}/interview"
    assert folders_of(record) == [SHIPPED_FOLDER, kept.parent]
    with Record(record).reading() as reader:
        assert "interview.txt" in [s.source.file for s in reader.transcripts()]


FETCHED = {
    "page": (
        "page.html",
        "who insures the grain ships?",
        "The insurance is paid by a fund that nine countries filled.",
    ),
    "conference.pdf": (
        "conference.pdf",
        "why did the Committee buy fewer mortgage bonds?",
        "The Committee bought fewer mortgage bonds because the market for houses had cooled by"
        " itself, and nobody needed our help there any more.",
    ),
}


@pytest.mark.parametrize("name", FETCHED)
def test_what_a_page_or_pdf_says_is_found_once_it_is_added(
    publisher: tuple[str, Path], tmp_path: Path, name: str
) -> None:
    """As a person would: fetch it, say yes, ask."""
    address, vouch = publisher
    file, query, said = FETCHED[name]
    record = ("--record", str(tmp_path / "record.db"))
    added = onrecord("add", f"{address}/{name}", "--yes", *record, vouch=vouch)
    assert added.returncode == 0, added.stderr
    assert f"added: {file}" in added.stdout
    asked = json.loads(onrecord("ask", "--json", query, *record).stdout)
    best = asked["matches"][0]
    assert best["file"] == file
    assert said in fold_space(best["quote"])
    assert best["speaker"] in {"SECRETARY ROE", "Roe"}
    assert best["url"] == f"{address}/{name}"


REFUSED = {
    "large": "larger than 20 MB",
    "picture": "image/gif",
    "elsewhere": "http://127.0.0.1:9/plain: only https",
    "circle": "without an end",
    "missing": "answered 404",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_taken_is_refused_in_one_sentence(
    publisher: tuple[str, Path], tmp_path: Path, name: str
) -> None:
    address, vouch = publisher
    record = tmp_path / "record.db"
    done = onrecord("add", f"{address}/{name}", "--yes", "--record", str(record), vouch=vouch)
    assert done.returncode == 1
    assert REFUSED[name] in done.stderr
    assert done.stderr.count("\n") == 1
    assert not record.exists()


def test_an_address_that_is_not_https_is_not_fetched() -> None:
    with pytest.raises(OnrecordError, match="only https"):
        fetch.fetch_page("http://127.0.0.1:9/")


def test_the_preview_tells_what_is_missing_and_who_has_no_name() -> None:
    unnamed = OTHER.replace(b"Antony Blinken", b"our guest")
    preview = preview_document("page.txt", unnamed, Metadata())
    assert preview.missing == ("title", "date", "place", "url")
    assert preview.unnamed == ("SECRETARY BLINKEN",)
    half = preview_document("conference.pdf", make_pdf(CONFERENCE), Metadata())
    assert half.unnamed == ("CHAIR ROE",)  # the document tells no more than “Roe, Chair”
    assert len(preview.samples) == 4  # the greeting before them answers nothing
    assert all(each.questions for each in preview.samples)


TALK = (
    "Talk show\n\nJANE ROE: We will.\n\nQUESTION: When?\n\nJANE ROE: Soon.\n\nMINISTER DOE: So.\n"
)


def run_add(tmp_path: Path, *replies: str) -> Result:
    """``onrecord add`` of a made talk, with a person's replies to what it asks."""
    (tmp_path / "talk.txt").write_text(TALK)
    words = ["add", str(tmp_path / "talk.txt"), "--record", str(tmp_path / "r" / "record.db")]
    return CliRunner().invoke(cli, words, input="".join(f"{reply}\n" for reply in replies))


def test_it_asks_for_what_is_missing_and_for_names_that_nothing_tells(tmp_path: Path) -> None:
    replies = ("A talk", "2024-05-01", "A Channel", "", "", "Al Doe; Minister of Health")
    done = run_add(tmp_path, *replies, "Jane Roe; Minister of Labour", "y")
    assert done.exit_code == 0, done.output
    assert "Missing:   title, date, publisher, place, address" in done.output
    assert "Full name and role of “MINISTER DOE”" in done.output
    assert "Who is “JANE ROE”, if you know" in done.output
    assert "Speaker:   Jane Roe, Minister of Labour, 2 turns" in done.output
    kept = tmp_path / "r" / "transcripts" / "talk.toml"
    assert tomllib.loads(kept.read_text()) == {
        "title": "A talk",
        "date": dt.date(2024, 5, 1),
        "publisher": "A Channel",
        "speakers": {
            "JANE ROE": {"name": "Jane Roe", "role": "Minister of Labour"},
            "MINISTER DOE": {"name": "Al Doe", "role": "Minister of Health"},
        },
    }


def test_a_reply_that_can_t_be_is_asked_for_again(tmp_path: Path) -> None:
    done = run_add(tmp_path, "", "soon", "2024-05-01", "", "", "nowhere", "", "", "", "y")
    assert done.exit_code == 0, done.output
    assert "“soon” is not a date; write it as 2022-01-31." in done.output
    assert "must be an address that starts with https://" in done.output


def test_nothing_is_kept_unless_a_person_says_yes(tmp_path: Path) -> None:
    done = run_add(tmp_path, *[""] * 8)
    assert done.exit_code == 1
    assert "Put it on record? [y/N]" in done.output
    assert not (tmp_path / "r").exists()


def test_a_document_never_overwrites_another(tmp_path: Path) -> None:
    keep_document(tmp_path, "page.txt", OTHER, Metadata())
    keep_document(tmp_path, "page.txt", OTHER, Metadata(place="Geneva"))
    with pytest.raises(OnrecordError, match="is there already"):
        keep_document(tmp_path, "page.txt", SHIPPED.read_bytes(), Metadata())
    assert (tmp_path / "page.txt").read_bytes() == OTHER
    assert sorted(p.name for p in tmp_path.iterdir()) == ["page.toml", "page.txt"]


def test_a_suffix_that_no_load_would_find_is_refused() -> None:
    with pytest.raises(OnrecordError, match="must end in"):
        preview_document("page.docx", OTHER, Metadata())


def test_stated_words_are_checked_like_a_sidecar() -> None:
    stated = state({"date": "2022-01-21", "title": ""}, {"PM": "A. Person; Prime Minister"})
    assert stated.speakers["PM"].role == "Prime Minister"
    assert stated.title is None
    with pytest.raises(MetadataError, match="not a date"):
        state({"date": "yesterday"}, {})


def test_a_label_that_the_document_has_not_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Q: What now?\n\nMINISTER DOE: We will build a harbour.\n")
    words = ["add", str(path), "--yes", "--record", str(tmp_path / "record.db")]
    told = CliRunner().invoke(cli, [*words, "--speaker", "MINISTER DOW=Jane Doe; Minister"])
    assert told.exit_code == 2
    assert "no turn has this label; there are “Q”, “MINISTER DOE”." in told.stderr
    assert not (tmp_path / "transcripts").exists()
    told = CliRunner().invoke(cli, [*words, "--speaker", "MINISTER DOE=Jane Doe; Minister"])
    assert told.exit_code == 0
