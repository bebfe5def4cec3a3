"""Did they really say this? Verdicts on the shipped transcripts and on one with every mark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QueryError
from corpus.load import load_record
from corpus.model import Filters
from corpus.record import Record
from corpus.verdict import Difference, Verdict, verdict_json
from corpus.verdict_card import make_verdict_card
from corpus.verify import verify_message, verify_quote

MINSK = "It’s ultimately going to be President Putin who decides what Russia will do."


def judge(record: Record, quote: str, speaker: str | None = None) -> Verdict:
    return verify_quote(record, quote, Filters(speaker=speaker))


VERBATIM = [
    "massing 100,000 forces on Ukraine’s border and threatening to renew its aggression",
    "MASSING 100000 FORCES ON UKRAINE'S BORDER AND THREATENING TO RENEW ITS AGGRESSION!!",
    "“…it continues to take steps that are escalatory not de-escalatory…”",
    "they’ve—as you know right here in Geneva they met some months ago",
    "There have been more than 200 engagements, meetings, phone calls",
    "massing 100,000 forces on Ukraine&#8217;s border &ndash; and threatening to renew",
    "𝗺𝗮𝘀𝘀𝗶𝗻𝗴 𝟭𝟬𝟬,𝟬𝟬𝟬 𝗳𝗼𝗿𝗰𝗲𝘀 on Ukraine’s border and threatening to renew",
    "🔥 massing 100,000 forces on Ukraine’s border 🔥 and threatening to renew",
    "mas\u00adsing 100,000 forces on Ukr\u200baine’s border and threatening to renew",
    "„massing 100,000 forces on Ukraine’s border and threatening to renew“",
    "||massing 100,000 forces on Ukraine’s border and threatening to renew||",
    # over a paragraph break
    "to see where we were. And that’s exactly what we did today. We had an opportunity to look",
    # over two turns in a row of the same speaker
    "to figure out what you’re going to play. And yeah, you’ve got to have a little music",
]


@pytest.mark.parametrize("quote", VERBATIM)
def test_the_same_words_are_verbatim_in_any_typography(seed_record: Record, quote: str) -> None:
    verdict = judge(seed_record, quote)
    assert verdict.verdict == "verbatim"
    assert verdict.match is not None
    assert verdict.match.quote.citation.speaker == "Antony J. Blinken"
    assert verdict.on_record
    assert not verdict.differences


ALTERED = [
    ("massing 200,000 forces on Ukraine’s border and threatening to renew", "200,000", "100,000"),
    ("we haven’t seen any pullbacks of its forces. They remain massed", "pullbacks", "pullback"),
    ("we have seen any pullback of its forces. They remain massed", "have", "haven’t"),
    ("We’re also not prepared for renewed Russian aggression", "not", ""),
    ("They remain massed in a threatening way along Ukraine’s borders", "", "very"),
    ("The President Putin, you understand how important this is to us", "The", "to"),
    ("It’s ultimately going to be President Biden who decides what Russia", "Biden", "Putin"),
    ("we will [not] put in writing both some deep concerns that we", "not", ""),
    ("George, we didn’t anticipate any breakthroughs, but what we were doing", "", "there’d be"),
    (
        "massing one hundred thousand forces on Ukraine’s border and threatening to renew",
        "one hundred thousand",
        "100,000",
    ),
    ("massing .1 forces on Ukraine’s border and threatening to renew its", ".1", "100,000"),
    ("It is ultimately going to be President Putin who decides what Russia", "It is", "It’s"),
    ("we have not seen any pullback of its forces. They remain massed", "have not", "haven’t"),
    ("massing 100,000 forces on Ukraine’s borders and threatening", "borders", "border"),
    ("massed 100,000 forces on Ukraine’s border and threatening to", "massed", "massing"),
    ("massing 100,000 forces on Ukraine’s bоrder and threatening", "bоrder", "border"),
    ("massing 100,000 forces on Ukraine’s border and [hardly] threatening", "hardly", ""),
    ("we … seen any pullback of its forces. They remain massed", "", "haven’t"),
    ("the U.S. and other allies and partners have about Russia’s actions", "the U.S", "we"),
]


@pytest.mark.parametrize(("quote", "given", "actual"), ALTERED)
def test_any_word_that_differs_is_named(
    seed_record: Record, quote: str, given: str, actual: str
) -> None:
    verdict = judge(seed_record, quote)
    assert verdict.verdict == "altered"
    assert verdict.on_record is False
    assert any(given in d.given and actual in d.actual for d in verdict.differences)


def test_a_reporters_words_are_never_the_officials(seed_record: Record) -> None:
    for speaker in (None, "Blinken"):
        verdict = judge(
            seed_record, "Bottom line, are we closer or further away from war?", speaker
        )
        assert verdict.verdict == "other_speaker"
        assert verdict.on_record
        assert verdict.match is not None
        assert verdict.match.quote.citation.speaker == "QUESTION"
        assert verdict.match.quote.citation.role == "reporter"
        assert verdict.by_speaker is (None if speaker is None else False)


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [
        ("Blinken", "verbatim"),
        ("Secretary Blinken", "verbatim"),
        ("Secretary of State", "verbatim"),
        ("Vladimir Putin", "other_speaker"),
        ("QUESTION", "other_speaker"),
    ],
)
def test_on_record_and_by_the_person_named_are_two_statements(
    seed_record: Record, speaker: str, verdict: str
) -> None:
    found = judge(seed_record, MINSK, speaker)
    assert found.verdict == verdict
    assert found.on_record is True
    assert found.by_speaker is (verdict == "verbatim")
    assert found.match is not None
    assert found.match.quote.citation.speaker == "Antony J. Blinken"


def test_of_words_that_both_said_the_named_persons_count(seed_record: Record) -> None:
    said = "got to have a little music in"
    for speaker in (None, "Blinken"):
        verdict = judge(seed_record, said, speaker)
        assert verdict.verdict == "verbatim"
        assert {each.kind for each in verdict.occurrences} == {"official", "reporter"}


def test_a_marked_gap_is_allowed_and_what_it_leaves_out_is_told(seed_record: Record) -> None:
    verdict = judge(seed_record, "We’re prepared to engage in diplomacy … We’re also prepared for")
    assert verdict.verdict == "verbatim"
    assert verdict.omissions == ("with Russia if it’s serious about it",)


def test_a_question_given_as_a_statement_is_told(seed_record: Record) -> None:
    verdict = judge(seed_record, "are we closer or further away from war!")
    assert any("question mark" in note for note in verdict.notes)
    assert not judge(seed_record, "are we closer or further away from war").notes


def test_an_insertion_is_told(seed_record: Record) -> None:
    said = "It’s ultimately going to be President [Vladimir] Putin who decides what Russia will do"
    verdict = judge(seed_record, said)
    assert verdict.verdict == "verbatim"
    assert verdict.insertions == ("Vladimir",)


def test_an_insertion_in_place_of_a_word_is_an_alteration(seed_record: Record) -> None:
    said = "any renewed aggression will face [severe] consequences, and coming from us, from Europe"
    verdict = judge(seed_record, said)
    assert verdict.verdict == "altered"
    assert verdict.differences == (Difference("[severe]", "massive"),)


@pytest.mark.parametrize("joint", [" ", " … "])
def test_two_answers_stitched_together_are_altered(seed_record: Record, joint: str) -> None:
    one = "we haven’t seen any pullback of its forces."
    other = "We need to see these forces moving away."
    verdict = judge(seed_record, one + joint + other)
    assert verdict.verdict == "altered"
    assert any("put together from two answers" in note for note in verdict.notes)
    assert len(verdict.occurrences) == 2


def test_words_in_crumbs_are_no_quote(seed_record: Record) -> None:
    assert judge(seed_record, "We will … not … take … steps").verdict in {"altered", "not_found"}


@pytest.mark.parametrize("quote", ["Good morning", "we", "of course", "so far"])
def test_too_short_to_judge_is_said_not_guessed(seed_record: Record, quote: str) -> None:
    verdict = judge(seed_record, quote)
    assert verdict.too_short
    assert verdict.verdict == "not_found"
    assert "Too short" in verdict.notes[0]


def test_few_words_are_enough_if_they_are_rare(seed_record: Record) -> None:
    assert judge(seed_record, "massing 100,000 forces").verdict == "verbatim"


@pytest.mark.parametrize(
    "quote",
    [
        "The quick brown fox jumps over the lazy dog in the park",
        "I think that we are going to be able to do this in the next couple of weeks",
        "Мы не собираемся никому угрожать и ни на кого нападать",
        "An official website of the United States Government",
        "The Lessons of 1989: Freedom and Our Future",
    ],
)
def test_what_nobody_said_is_not_found(seed_record: Record, quote: str) -> None:
    verdict = judge(seed_record, quote)
    assert verdict.verdict == "not_found"
    assert verdict.on_record is False


@pytest.mark.parametrize("quote", ["", "  ", "“…”", "🙂 !!", "x" * 20_001])
def test_nothing_to_check_is_one_clear_sentence(seed_record: Record, quote: str) -> None:
    with pytest.raises(QueryError):
        judge(seed_record, quote)


def test_what_lies_outside_the_filters_is_said(seed_record: Record) -> None:
    verdict = verify_quote(seed_record, MINSK, Filters(after=dt.date(2022, 2, 1)))
    assert verdict.verdict == "not_found"
    assert any("Outside of what you narrowed to" in note for note in verdict.notes)


def test_a_pasted_message_with_several_quotations(seed_record: Record) -> None:
    message = (
        "**Blinken**: “We’re prepared either way. We’re prepared to engage in diplomacy”\n"
        "Putin said “It’s ultimately going to be President Putin who decides what Russia will do.” "
        "<https://example.org/a_b>\n> You know why he plays my music?"
    )
    quoted = verify_message(seed_record, message)
    assert [each.verdict for each in quoted] == ["other_speaker"]  # block quotes go first
    without = verify_message(seed_record, message.partition("\n>")[0])
    assert [(each.verdict, each.speaker) for each in without] == [
        ("verbatim", "Blinken"),
        ("other_speaker", "Putin"),
    ]


def test_a_paste_that_is_on_record_as_it_stands_is_one_quotation(seed_record: Record) -> None:
    message = "Even if it’s, to use President Biden’s words, a minor incursion into Ukraine?"
    (verdict,) = verify_message(seed_record, f"QUESTION: {message}\nhttps://example.org")
    assert verdict.verdict == "verbatim"
    assert verdict.by_speaker


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        (f"Blinken: “{MINSK}” https://example.org/it-s-ultimately", "verbatim"),
        (f"“{MINSK}” — Antony Blinken, January 2022", "verbatim"),
        (f"Lavrov: {MINSK}", "other_speaker"),
        (f"Blinken: {MINSK} And that is that.", "altered"),
        (f"Blinken said that {MINSK}", "verbatim"),
        (f"According to Lavrov, “{MINSK}”", "other_speaker"),
        (f"“{MINSK}” (Tony Blinken, 20 Jan 2022)", "verbatim"),
        (f"“{MINSK}” Antony Blinken", "verbatim"),
        (f"“{MINSK}” Lavrov", "altered"),
        (f"“{MINSK}” What a thing to say!", "verbatim"),
        (f"{MINSK.replace('Putin', 'Biden')} — Blinken", "altered"),
    ],
)
def test_a_single_quote_may_carry_a_name_and_a_link(
    seed_record: Record, quote: str, verdict: str
) -> None:
    found = judge(seed_record, quote)
    assert found.verdict == verdict
    assert found.quote == quote


def test_words_after_a_dash_are_a_signature_only_if_the_record_has_no_dash_there(
    marked: Record,
) -> None:
    said = "We will stay — I think — as long as it takes"
    assert verify_message(marked, f"{said} — Jen Psaki")[0].verdict == "not_found"
    quote = "The storm came here — it was Monday — Milton took the roof"
    for changed in (
        quote.replace("Milton", "Psaki"),
        "The storm came here — it was Monday — Psaki",
    ):
        assert verify_message(marked, changed)[0].verdict == "altered"
        assert judge(marked, changed).verdict == "altered"
    assert judge(marked, "The storm came here — it was Monday").verdict == "verbatim"


def test_a_long_message_is_checked_as_far_as_it_goes(seed_record: Record) -> None:
    verdicts = verify_message(seed_record, " ".join(["“We’re prepared either way.”"] * 30))
    assert len(verdicts) == 20
    assert "first 20 of 30" in verdicts[-1].notes[-1]


def test_json_has_the_designs_keys(seed_record: Record) -> None:
    told = verdict_json(judge(seed_record, ALTERED[0][0]))
    assert told["verdict"] == "altered"
    assert told["differences"] == [{"given": "200,000", "actual": "100,000"}]
    assert isinstance(told["match"], dict)
    assert told["match"]["speaker"] == "Antony J. Blinken"


# ---------------------------------------------------------------- a transcript with every mark


MARKED = r"""---
title: Press Briefing by Press Secretary Jen Psaki
date: '{date}'
source_url: https://www.whitehouse.gov/briefing-room/{date}/
---

MS. PSAKI:  Hurricane <s>Helena</s> \[Helene\] hit \[the\]\* coast on Monday.  (Laughter.)
 So we will <s>not</s> \[now\] send 5,000 people to help.

Q    Will you send more of them to the coast?

MS. PSAKI:  We’ll have more to share about {date} after the storm has passed.

We will stay as long as it takes to rebuild the towns.

He said that Milton took the roof and the walls.

He said, with all that in mind and with a lot of luck, we have to repair the whole coast again.

The storm came here — it was Monday — Milton took the roof and the walls.

The mayor wrote, “We shall not yield the coast to any storm.” When he went home it rained.

The dam should have been built. It should have never been paid for by the towns.

MR. ZIENTS:  You heard President Biden say, we will not send troops there to clear the roads.
"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("marked")
    (folder / "documents").mkdir()
    for date in ("2022-03-04", "2021-05-06"):
        document = folder / "documents" / f"{date}.md"
        document.write_text(MARKED.replace("{date}", date), encoding="utf-8")
    assert not load_record(folder / "record.db", [folder / "documents"]).problems
    record = Record(folder / "record.db")
    yield record
    record.close()


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("Hurricane Helene hit the coast on Monday. So we will now send 5000 people", "verbatim"),
        ("Hurricane Helena hit coast on Monday. (Laughter.) So we will not send", "verbatim"),
        ("Hurricane Helena [Helene] hit [the] coast on Monday. So we will", "verbatim"),
        ("Hurricane hit the coast on Monday. So we will now send", "altered"),
        ("Hurricane Helene hit the coast on Monday. So we will send 5,000 people", "altered"),
    ],
)
def test_over_corrections_and_stage_directions(marked: Record, quote: str, verdict: str) -> None:
    assert judge(marked, quote).verdict == verdict


@pytest.mark.parametrize("end", ["Kishida", "then", "When he went back it rained."])
def test_marks_of_the_transcript_s_own_part_nothing_from_a_quote(marked: Record, end: str) -> None:
    said = "“We shall not yield the coast to any storm.”"
    assert judge(marked, f"{said} When he went home it rained.").verdict == "verbatim"
    assert judge(marked, f"{said} {end}").verdict == "altered"


def test_a_gap_may_not_end_in_a_negation(marked: Record) -> None:
    assert judge(marked, "The dam should have … been paid for by the towns").verdict == "altered"
    whole = "The dam should have … have never been paid for by the towns"
    assert judge(marked, whole).verdict == "verbatim"


TROOPS = "we will not send troops there to clear the roads"


def test_a_word_that_the_record_has_too_is_not_taken_for_the_messages_own(marked: Record) -> None:
    verdict = judge(marked, f"President Trump say, {TROOPS}")
    assert verdict.verdict == "altered"
    assert verdict.differences == (Difference("Trump", "Biden"),)


@pytest.mark.parametrize(
    ("quote", "given"),
    [
        (f"Biden said, {TROOPS}", "said"),
        ("He says that Milton took the roof and the walls.", "says"),
        ("The storm came here — it was Monday — I’m", "I’m"),
        ("He said, we have to repair the whole coast again", ""),
        ("I said, we have to repair the whole coast again", "I said"),
    ],
)
def test_a_changed_verb_of_saying_is_an_alteration(marked: Record, quote: str, given: str) -> None:
    verdict = judge(marked, quote)
    assert verdict.verdict == "altered"
    assert any(given in each.given for each in verdict.differences)


def test_a_name_of_which_only_the_surname_is_on_record_is_told(marked: Record) -> None:
    verdict = judge(marked, f"“{TROOPS}” — Jeff Zients")
    assert (verdict.verdict, verdict.by_speaker) == ("verbatim", True)
    assert any("names the speaker as “MR. ZIENTS”" in note for note in verdict.notes)
    assert not judge(marked, f"“{TROOPS}” — Mr. Zients").notes


@pytest.mark.parametrize(
    "quote",
    [
        "Hurricane Helena [Helen] hit the coast on Monday. So we will now send",
        "Hurricane Helene hit [this] coast on Monday. So we will now send",
    ],
)
def test_other_words_in_brackets_than_the_transcripts_are_an_alteration(
    marked: Record, quote: str
) -> None:
    assert judge(marked, quote).verdict == "altered"


def test_a_correction_that_is_read_one_way_is_told(marked: Record) -> None:
    verdict = judge(marked, "So we will not send 5,000 people to help")
    assert verdict.verdict == "verbatim"
    assert any("strikes out “not”" in note for note in verdict.notes)


def test_words_said_more_than_once_are_all_listed_oldest_first(marked: Record) -> None:
    verdict = judge(marked, "We will stay as long as it takes to rebuild the towns")
    dates = [each.match.quote.citation.source.date for each in verdict.occurrences]
    assert dates == [dt.date(2021, 5, 6), dt.date(2022, 3, 4)]
    assert len(make_verdict_card(verdict).occurrences) == 2


def test_a_revised_transcripts_old_words_are_no_longer_found(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    document = folder / "a.md"
    first = MARKED.replace("{date}", "2022-03-04")
    document.write_text(first, encoding="utf-8")
    load_record(tmp_path / "record.db", [folder])
    document.write_text(first.replace("rebuild the towns", "repair the roads"), encoding="utf-8")
    load_record(tmp_path / "record.db")
    record = Record(tmp_path / "record.db")
    assert judge(record, "as long as it takes to repair the roads").verdict == "verbatim"
    assert judge(record, "as long as it takes to rebuild the towns").verdict != "verbatim"
    with record.reading() as reader:
        kept = reader.connection.execute("SELECT count(*) FROM spoken_pieces").fetchone()
        turns = reader.connection.execute(
            "SELECT count(*) FROM turns WHERE transcript = (SELECT max(id) FROM transcripts)"
        ).fetchone()
        assert tuple(kept) == tuple(turns)
    record.close()


@given(data=st.data())
def test_whatever_stands_in_a_turn_is_recognised_as_its_speakers(
    seed_record: Record, data: st.DataObject
) -> None:
    with seed_record.reading() as reader:
        keys = [each.key for each in reader.transcripts()]
        transcript = reader.transcript(data.draw(st.sampled_from(keys)))
    turns = [turn for turn in transcript.turns if len(transcript.said(turn).split()) >= 8]
    turn = data.draw(st.sampled_from(turns))
    words = transcript.said(turn).split()
    first = data.draw(st.integers(0, len(words) - 8))
    last = data.draw(st.integers(first + 8, min(len(words), first + 60)))
    verdict = judge(seed_record, " ".join(words[first:last]))
    assert verdict.verdict == ("verbatim" if turn.kind == "official" else "other_speaker")
    spans = [(o.match.quote.start, o.match.quote.end) for o in verdict.occurrences]
    assert any(turn.start <= start < end <= turn.end for start, end in spans)


@given(data=st.data())
def test_no_word_can_be_dropped_or_doubled_unseen(seed_record: Record, data: st.DataObject) -> None:
    with seed_record.reading() as reader:
        keys = [each.key for each in reader.transcripts()]
        transcript = reader.transcript(data.draw(st.sampled_from(keys)))
    officials = [turn for turn in transcript.turns if turn.kind == "official"]
    turn = data.draw(st.sampled_from([t for t in officials if len(transcript.said(t)) > 120]))
    words = [word for word in transcript.said(turn).split() if word not in {"–", "—"}]
    first = data.draw(st.integers(0, len(words) - 10))
    taken = words[first : first + 10]
    at = data.draw(st.integers(1, 8))
    for changed in (taken[:at] + taken[at + 1 :], [*taken[:at], "never", *taken[at:]]):
        if taken[at] not in {taken[at - 1], taken[at + 1]}:
            assert judge(seed_record, " ".join(changed)).verdict != "verbatim"
