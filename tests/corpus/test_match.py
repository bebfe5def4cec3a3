"""What a query gets, on the shipped transcripts: real files, the real record."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import QueryError
from corpus.load import SHIPPED_FOLDER, load_record
from corpus.match import answer_query, rank_matches, suggest_queries
from corpus.model import Filters
from corpus.passages import MOST_SENTENCES, split_sentences
from corpus.record import Record


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("is nato more united because of the threat", "more united, more solidified"),
        ("does blinken work out while listening to music", "play"),
        ("wat did zelenski say abot the thret", "Zelenskyy understandably"),
        ("minor incursion", "constitute an invasion"),
        ("ZELENSKYY PANIC", "panic"),
        ("massing 100,000 forces", "100,000"),
        ("100k forces on Ukraine's border", "100,000"),
    ],
)
def test_the_official_words_come_first(seed_record: Record, query: str, words: str):
    matches = rank_matches(seed_record, query)
    assert any(words in match.quote.text for match in matches[:2]), matches


def test_a_pasted_page_finds_itself(seed_record: Record):
    with seed_record.reading() as reader:
        text = reader.transcript(reader.transcripts()[0].key).text
    page = text[4_000:4_990]
    assert any(match.quote.text[:40] in page for match in rank_matches(seed_record, page))


def test_a_quote_is_the_transcript_word_for_word(seed_record: Record):
    match = rank_matches(seed_record, "what would sanctions on russia do")[0]
    with seed_record.reading() as reader:
        key, exchange = reader.exchange(match.exchange_id)
        whole = reader.transcript(key)
    assert whole.text[match.quote.start : match.quote.end] == match.quote.text
    turns = [whole.turns[at] for at in exchange.answers]
    assert any(t.start <= match.quote.start < match.quote.end <= t.end for t in turns)
    assert 1 <= len(split_sentences(match.quote.text)) <= MOST_SENTENCES


def test_a_follow_up_is_found_by_the_question_before_it(seed_record: Record):
    found = rank_matches(seed_record, "what if it is only a minor incursion into ukraine")
    assert "constitute an invasion" in found[0].quote.text
    assert "minor incursion" in (found[0].quote.question or "")


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("?!… —", "no word"),
        ("😀🔥", "no word"),
        ("the", "very common"),
        ("что сказал Блинкен", "Latin letters"),
        ("war " * 2_000, "characters"),
    ],
)
def test_what_cannot_be_searched_for_gets_one_sentence(
    seed_record: Record, query: str, problem: str
):
    with pytest.raises(QueryError, match=problem) as caught:
        answer_query(seed_record, query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "best pizza topping",
        "how do i reset my router",
        "who won the super bowl",
        "is bitcoin going to crash",
        "what did blinken say about afghanistan",
    ],
)
def test_what_is_not_on_record_is_never_quoted(seed_record: Record, query: str):
    assert answer_query(seed_record, query).kind != "quoted"


@pytest.mark.parametrize(
    "query",
    [
        "When will the new railway to Timbuktu open?",
        "Will there be a trade deal on salmon?",
        "best pizza topping",
        "interest rates",
        "recipe for banana bread",
        "who won the world cup in 2018",
        "best laptop for college students",
        "how do I fix a leaking tap",
        "is pluto a planet",
    ],
)
def test_a_stray_word_in_common_offers_nothing_but_topics(seed_record: Record, query: str):
    outcome = answer_query(seed_record, query)
    assert (outcome.kind, outcome.matches) == ("nothing", ())
    assert outcome.topics


@pytest.mark.parametrize("query", ["is the pipeline dead", "who blew up the pipeline"])
def test_words_in_common_that_mean_something_else_are_not_quoted(seed_record: Record, query: str):
    """A pipeline is on record, hit by ransomware, and so is "taking this dead seriously"."""
    assert answer_query(seed_record, query).kind != "quoted"


@pytest.mark.parametrize(
    "query", ["did he say when troops go in", "what did lavrov say", "who is george"]
)
def test_one_word_alone_is_never_quoted(seed_record: Record, query: str):
    """Each of them stands on record once or twice, and nowhere as an answer."""
    assert answer_query(seed_record, query).kind == "closest"


def test_a_lead_over_nothing_is_no_reason_to_quote(seed_record: Record):
    """In a record of two interviews hardly anything else may speak of Russia."""
    assert answer_query(seed_record, "is russia bluffing").kind != "quoted"


def test_the_topic_named_first_is_the_nearest(seed_record: Record):
    topics = answer_query(seed_record, "incursion of locusts in kenya").topics
    assert topics == (
        "Even if it’s, to use President Biden’s words, a minor incursion into Ukraine?",
    )


def test_nothing_names_the_nearest_topics(seed_record: Record):
    outcome = answer_query(seed_record, "xylophone quintets")
    assert outcome.kind == "nothing"
    assert outcome.matches == ()
    assert 1 <= len(outcome.topics) <= 5
    assert all(len(topic) <= 100 for topic in outcome.topics)


def test_a_speakers_name_and_the_word_say_do_not_score(seed_record: Record):
    plain = rank_matches(seed_record, "nord stream pipeline sanctions")
    named = rank_matches(seed_record, "blinken: nord stream pipeline sanctions")
    said = rank_matches(seed_record, "what did blinken say about nord stream pipeline sanctions")
    assert plain[0].quote.id == named[0].quote.id == said[0].quote.id
    assert {m.quote.id for m in plain} == {m.quote.id for m in named}


@pytest.fixture(scope="module")
def two_speakers(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record on which two officials of different publishers speak of the same matters."""
    folder = tmp_path_factory.mktemp("two")
    for name in ("federal_reserve/FOMCpresconf20130320.txt", "kremlin/17808.html"):
        shutil.copy(shared / "transcripts" / name, folder)
    load_record(folder / "record.db", [folder])
    with closing(Record(folder / "record.db")) as record:
        yield record


@pytest.mark.parametrize(
    ("query", "speaker"),
    [
        ("what did bernanke say about the banks of cyprus", "Bernanke"),
        ("what did putin say about the banks of cyprus", "Vladimir Putin"),
        ("whats putins take on cyprus banks", "Vladimir Putin"),
    ],
)
def test_words_of_whom_the_query_names_come_first(two_speakers: Record, query: str, speaker: str):
    outcome = answer_query(two_speakers, query)
    assert outcome.matches[0].quote.citation.speaker == speaker
    assert outcome.notes == ()


def test_words_of_another_than_the_query_names_are_never_quoted(two_speakers: Record):
    query = "too big to fail subsidy estimate"
    assert answer_query(two_speakers, f"bernanke {query}").kind == "quoted"
    outcome = answer_query(two_speakers, f"putin {query}")
    assert outcome.kind == "closest"
    assert outcome.notes == ("The query names “Putin”; the first words below are somebody else's.",)


def test_the_closest_really_differ(seed_record: Record):
    for query in ("russia ukraine", "what about diplomacy", "sanctions"):
        matches = rank_matches(seed_record, query)
        assert len({match.quote.id for match in matches}) == len(matches) <= 3


def test_filters_narrow_the_search_itself(seed_record: Record):
    query = "russian aggression against ukraine"
    late = rank_matches(seed_record, query, Filters(after=dt.date(2022, 2, 1)))
    early = rank_matches(seed_record, query, Filters(before=dt.date(2022, 1, 31)))
    assert {m.quote.citation.source.date for m in late} == {dt.date(2022, 2, 16)}
    assert {m.quote.citation.source.date for m in early} == {dt.date(2022, 1, 21)}


@pytest.mark.parametrize("name", ["blinken", "Antony Blinken", "Antony J. Blinken"])
def test_a_speaker_is_found_by_parts_of_the_name(seed_record: Record, name: str):
    assert rank_matches(seed_record, "massive consequences", Filters(speaker=name))


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        (Filters(speaker="Nobody Known"), "“Nobody Known”; those on record: Antony J. Blinken"),
        (Filters(publisher="The Moon"), "“The Moon”; those on record: U.S. Department of State"),
        (Filters(after=dt.date(2023, 1, 1), before=dt.date(2022, 1, 1)), "swap"),
    ],
)
def test_a_filter_that_cannot_hold_is_told(seed_record: Record, filters: Filters, problem: str):
    with pytest.raises(QueryError, match=problem):
        answer_query(seed_record, "sanctions", filters)


def test_undated_transcripts_are_mentioned_when_a_date_leaves_them_out(tmp_path: Path):
    folder = tmp_path / "documents"
    shutil.copytree(SHIPPED_FOLDER, folder)
    beside = folder / "003_fb85a86849cbdadf.toml"
    beside.write_text(beside.read_text("utf-8").replace("date = 2022-02-16\n", ""), "utf-8")
    load_record(tmp_path / "record.db", [folder])
    record = Record(tmp_path / "record.db")
    outcome = answer_query(record, "sanctions", Filters(after=dt.date(2022, 1, 1)))
    assert outcome.notes == ("1 undated transcript is left out by the date filter.",)
    assert answer_query(record, "sanctions").notes == ()
    record.close()


def test_an_official_who_asks_back_is_not_offered(tmp_path: Path):
    said = (
        "QUESTION: What will be done about hidden fees on hotel bills?\n\n"
        "SECRETARY ROE: The junk fees?\n\nQUESTION: Yeah.\n\n"
        "SECRETARY ROE: A rule will be proposed in March, and hotels must follow it.\n"
    )
    (folder := tmp_path / "documents").mkdir()
    (folder / "a.txt").write_text(said, "utf-8")
    load_record(tmp_path / "record.db", [folder])
    record = Record(tmp_path / "record.db")
    (match,) = rank_matches(record, "junk fees on hotel bills")
    assert match.quote.text.startswith("A rule will be proposed")
    assert match.quote.question is not None
    assert "hotel bills" in match.quote.question
    record.close()


def test_the_same_words_in_another_document_are_folded_into_one_match(tmp_path: Path):
    folder = tmp_path / "documents"
    shutil.copytree(SHIPPED_FOLDER, folder)
    copy = folder / "copy.txt"
    copy.write_text(
        (folder / "000_f5834fc9157b8525.txt").read_text("utf-8").replace("Geneva", "Geneva "),
        "utf-8",
    )
    load_record(tmp_path / "record.db", [folder])
    record = Record(tmp_path / "record.db")
    matches = rank_matches(record, "minor incursion into ukraine")
    assert len(matches[0].also) == 1
    texts = [" ".join(match.quote.text.split()) for match in matches]
    assert len(set(texts)) == len(texts)
    record.close()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("closer to wa", "war"), ("Even if it's a min", "incursion"), ("nato all", "NATO")],
)
def test_suggestions_are_questions_that_hold_what_was_typed(
    seed_record: Record, typed: str, words: str
):
    suggested = suggest_queries(seed_record, typed)
    assert any(words in each for each in suggested), suggested
    assert all(len(each) <= 100 and each.endswith("?") for each in suggested)


def test_suggestions_for_nothing_typed_and_for_nonsense(seed_record: Record):
    assert 1 <= len(suggest_queries(seed_record, "", limit=3)) <= 3
    assert suggest_queries(seed_record, "zzzzqqq xxyyy") == []


@pytest.mark.parametrize("typed", ['closer* "war) ', '"nato*: (allies '])
def test_what_a_full_text_search_takes_for_signs_is_none(seed_record: Record, typed: str):
    plain = suggest_queries(seed_record, " ".join(re.findall(r"\w+", typed)))
    assert set(suggest_queries(seed_record, typed)) == set(plain) != set()


def test_many_threads_get_the_same_answers(seed_record: Record):
    queries = ["minor incursion", "nato allies", "sanctions", "zelenskyy panic"] * 8
    alone = [[m.quote.id for m in rank_matches(seed_record, query)] for query in queries]
    with ThreadPoolExecutor(8) as pool:
        ranked = pool.map(lambda query: rank_matches(seed_record, query), queries)
        assert [[m.quote.id for m in matches] for matches in ranked] == alone
