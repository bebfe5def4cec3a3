"""Turns -> exchanges, on small transcripts written out turn by turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.exchanges import pair_turns
from corpus.model import Exchange, LineMap, Source, Transcript, Turn

LONG = (
    "On Ukraine, the border and the hundred thousand Russian forces massed there: "
    "will sanctions come before an invasion?"
)


def transcript(*said: tuple[str, str]) -> Transcript:
    text, turns = "", []
    for voice, words in said:
        kind = "reporter" if voice == "Q" else "official"
        turns.append(Turn(kind, voice, len(text), len(text) + len(words)))
        text += words + "\n"
    return Transcript(Source("t.txt", "0" * 64), "plain", text, tuple(turns), (), LineMap.of(text))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            [("Q", LONG), ("A", "Sanctions would follow an invasion.")],
            [Exchange((0,), (1,))],
            id="question and answer",
        ),
        pytest.param(
            [("A", "Good to see all of you; three announcements today on infrastructure.")],
            [Exchange((), (0,))],
            id="a statement answers no question",
        ),
        pytest.param(
            [("A", "Hi, everybody."), ("Q", "Good afternoon."), ("A", LONG + " I will say so.")],
            [Exchange((), (0,)), Exchange((), (2,))],
            id="a greeting asks nothing",
        ),
        pytest.param(
            [("Q", LONG), ("A", "Well, the rollout —"), ("Q", "Right."), ("A", "— is on track.")],
            [Exchange((0,), (1, 3))],
            id="an interjection does not end an answer",
        ),
        pytest.param(
            [("Q", LONG), ("A", "They have not —"), ("Q", "Not once?"), ("A", "— spoken since.")],
            [Exchange((0, 2), (1, 3))],
            id="a question inside a sentence does not end it",
        ),
        pytest.param(
            [("Q", LONG), ("A", "They have not —"), ("Q", "Not once?"), ("B", "— spoken since.")],
            [Exchange((0,), (1,)), Exchange((2,), (3,), (0,))],
            id="nobody goes on with the sentence of another",
        ),
        pytest.param(
            [("Q", LONG), ("A", "Sanctions will follow."), ("Q", "And inflation?"), ("A", "Down.")],
            [Exchange((0,), (1,)), Exchange((2,), (3,), (0,))],
            id="a short question takes the one before along",
        ),
        pytest.param(
            [("Q", LONG), ("A", "Sure. Go ahead, Jeff."), ("Q", "And Iran?"), ("A", "No.")],
            [Exchange((), (1,)), Exchange((0, 2), (3,))],
            id="giving the floor answers nothing",
        ),
        *(
            pytest.param(
                [("Q", LONG), ("A", back), ("Q", "Yeah."), ("A", "They would come at once.")],
                [Exchange((), (1,)), Exchange((0, 2), (3,))],
                id=f"asking back answers nothing: {back}",
            )
            for back in (
                "The junk fees?",
                "I’m so sorry, can you say that last part? I didn’t hear it.",
                "Say that — say that beginning part again. I missed that. “Income inequality…”",
                "This president? (Laughter.)",
                "The last part again—are there measures?",
                "S- — say that one more time.",
                "DR- — I’m sorry, I missed — I didn’t get the last part of your — DRC and what?",
                "Sorry, the reports of — I missed the first part of your question.",
            )
        ),
        *(
            pytest.param(
                [("Q", LONG), ("A", said), ("Q", "Yeah."), ("A", "They would come at once.")],
                [Exchange((0,), (1, 3))],
                id=f"answers all the same: {said}",
            )
            for said in (
                "Who knows? I will not say.",
                "I would say that again to anybody. Sanctions will come before and after, and on"
                " banks as well as on exports, as he told them.",
            )
        ),
        pytest.param(
            [("Q", LONG), ("A", "Sanctions will follow."), ("B", "Thank you.  " + LONG * 10)],
            [Exchange((0,), (1,)), Exchange((), (2,))],
            id="an official who goes on at length after another makes a statement",
        ),
        pytest.param(
            [
                ("Q", LONG),
                ("A", "Sanctions will follow, surely."),
                ("B", "Safe travels tonight, and thank you."),
                ("A", "They would hit banks, exports of technology, " + LONG),
            ],
            [Exchange((0,), (1,)), Exchange((), (2,)), Exchange((0,), (3,))],
            id="a second official answers the same question, one who gives thanks does not",
        ),
        pytest.param(
            [
                ("Q", LONG),
                ("A", "Sanctions will follow."),
                ("A", "One more point: Germany agrees."),
            ],
            [Exchange((0,), (1, 2))],
            id="a follow-up by the same official completes the answer",
        ),
    ],
)
def test_what_belongs_together_is_kept_together(said, expected):
    assert list(pair_turns(transcript(*said))) == expected


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("About the 9/11 plea deal.", ()), ("Would he sign the 9/11 plea deal?", (0,))],
)
def test_yeah_answers_only_what_was_asked(asked, answered):
    said = [("Q", asked), ("A", "Yeah."), ("Q", LONG), ("A", "Sanctions will follow.")]
    assert pair_turns(transcript(*said))[0] == Exchange(answered, (1,))


@pytest.mark.parametrize(
    "said",
    [
        "I will say it again: sanctions will follow an invasion.",
        "Let me say this again, we have no troops there.",
        "We will never ask our allies to do that again.",
        "I missed the vote, and I regret it.",
        "I didn’t get it done, and I said so.",
        "We can’t understand why they would invade.",
    ],
)
def test_a_short_position_keeps_its_question(said):
    asked = [("Q", LONG), ("A", said), ("Q", "And Iran?"), ("A", "Nothing on Iran.")]
    assert pair_turns(transcript(*asked))[0] == Exchange((0,), (1,))


VOICES = st.sampled_from(["Q", "A", "B"])
WORDS = st.sampled_from(["Go ahead.", "Yes.", "Right.", LONG, "We will —", "And Iran?", "Peace."])


@given(st.lists(st.tuples(VOICES, WORDS), max_size=12))
def test_every_official_turn_is_an_answer_of_exactly_one_exchange(said):
    whole = transcript(*said)
    exchanges = pair_turns(whole)
    answers = [at for exchange in exchanges for at in exchange.answers]
    assert answers == [at for at, turn in enumerate(whole.turns) if turn.kind == "official"]
    for exchange in exchanges:
        kinds = {whole.turns[at].kind for at in (*exchange.questions, *exchange.before)}
        assert kinds <= {"reporter"}
        assert len({whole.turns[at].label for at in exchange.answers}) == 1
        assert not set(exchange.before) & set(exchange.questions)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([("Q", "Why?")] * 500 + [("A", "Because."), ("B", LONG)] * 50, id="a crowd"),
        pytest.param([("A", "Well —"), ("Q", "Right.")] * 500, id="one answer torn apart"),
        pytest.param([("A", "Well —"), ("Q", "Why?")] * 500, id="one sentence asked into"),
    ],
)
def test_an_exchange_stays_small_whatever_stands_in_a_document(said):
    exchanges = pair_turns(transcript(*said))
    assert len({at for each in exchanges for at in each.answers}) == sum(x != "Q" for x, _ in said)
    sizes = [len(each.questions) + len(each.answers) + len(each.before) for each in exchanges]
    assert max(sizes) <= 6 * 64


def test_of_a_crowd_of_questions_the_last_are_answered():
    (exchange,) = pair_turns(transcript(*[("Q", "Why?")] * 500, ("A", "Because we must.")))
    assert exchange.questions == tuple(range(436, 500))
