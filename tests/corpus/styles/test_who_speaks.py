"""Who stands behind a label, where the document tells it and the label does not."""

from __future__ import annotations

import pytest

from corpus.model import Transcript
from corpus.parse import parse_transcript

ASKED = "\n\nQUESTION: Why?\n\n{label}: So it is.\n\nQUESTION: When?\n\n{label}: In May.\n"


def parse(text: str, name: str = "talk.txt") -> Transcript:
    return parse_transcript(name, text.encode())


def who(transcript: Transcript, label: str) -> tuple[str, str | None, str | None]:
    turn = next(turn for turn in transcript.turns if turn.label == label)
    return turn.kind, turn.speaker, turn.role


LISTED = [  # what stands above the turns, a label, and who it is
    ("Mr Al Poe, Deputy Secretary", "Mr Poe", "Al Poe", "Deputy Secretary"),
    (
        "Dr. Ann Roe, City Health Officer; Al Poe (moderator)",
        "DR. ROE",
        "Ann Roe",
        "City Health Officer",
    ),
    ("Jan Roe, head of exploration, the agency", "Jan Roe", "Jan Roe", "head of exploration"),
    (
        "PARTICIPANTS:\n\nDR. ANN ROE\nDeputy Director, Prospects",
        "DR. ROE",
        "ANN ROE",
        "Deputy Director, Prospects",
    ),
    (
        "Senator the Hon. Ann Roe, Minister for Water",
        "Senator Roe",
        "Ann Roe",
        "Minister for Water",
    ),
    (
        "Roe, Hon. Ann B., Administrator, Office of Grids....  5",
        "Ms. Roe",
        "Ann B. Roe",
        "Administrator",
    ),
    ("- Jan Roe – Director General, Taxes", "Jan Roe", "Jan Roe", "Director General"),
    ("Present: Jan Roe (Town Clerk), Al Poe", "Jan Roe", "Jan Roe", "Town Clerk"),
    (
        "Host: Al Poe\nGuest: Jan Roe, Minister of Roads\n\nAL POE: Hello.",
        "JAN ROE",
        "Jan Roe",
        "Minister of Roads",
    ),
    ("JAN ROE, MP\nSECRETARY OF STATE FOR ROADS", "JR", "JAN ROE", "SECRETARY OF STATE FOR ROADS"),
]


@pytest.mark.parametrize(("above", "label", "name", "role"), LISTED)
def test_who_is_listed_above_the_turns(above: str, label: str, name: str, role: str):
    transcript = parse(f"News conference\n\n{above}{ASKED.format(label=label)}")
    assert who(transcript, label) == ("official", name, role)


@pytest.mark.parametrize(
    ("above", "label"),
    [
        ("Dr. Ann Roe, of Reuters", "DR. ROE"),
        ("Present: Dr. Ann Roe (manager, BBC)", "DR. ROE"),
        ("Ann Roe – Correspondent", "Ann Roe"),
        ("Dr. Ann Roe, head of news, a channel", "DR. ROE"),
        ("Dr. Ann Roe, manager of the London bureau", "DR. ROE"),
        ("JAN ROE, MP\nSECRETARY OF STATE\nJIM ROE\nMINISTER OF ROADS", "JR"),  # which?
        ("JAN ROE\nMinister Jim Poe", "JAN ROE"),
    ],
)
def test_who_is_listed_without_an_office_or_not_alone(above: str, label: str):
    transcript = parse(f"News conference\n\n{above}{ASKED.format(label=label)}")
    assert who(transcript, label)[0] != "official"


INTRODUCED = [
    (
        "you'll hear from Dr. Ann Roe, the state epidemiologist for Ohio.",
        "the state epidemiologist for Ohio",
    ),
    ("We have our Director-General, Dr Ann Roe; welcome.", "Director-General"),
    (
        "With us are Al Poe; Dr Ann Roe, Executive Director, Emergencies; and others.",
        "Executive Director",
    ),
    ("Ann Roe is the acting administrator. Good morning.", "acting administrator"),
]


@pytest.mark.parametrize(("words", "role"), INTRODUCED)
def test_who_is_introduced(words: str, role: str):
    transcript = parse(f"MODERATOR: Hello. {words}{ASKED.format(label='DR. ANN ROE')}")
    assert who(transcript, "DR. ANN ROE") == ("official", "Ann Roe", role.removeprefix("the "))


@pytest.mark.parametrize(
    "words",
    [
        "The first question to the Prime Minister, Ann Roe of a paper.",
        "Ann Roe is the editor of a paper.",
        "Thanks to our director of news, Ann Roe.",
        "We have our CNN director, Ann Roe.",
        "Ann Roe is the one to ask.",
    ],
)
def test_who_is_named_and_not_introduced(words: str):
    transcript = parse(f"MODERATOR: Hello. {words}{ASKED.format(label='DR. ANN ROE')}")
    assert who(transcript, "DR. ANN ROE")[0] != "official"


def test_who_is_introduced_in_an_opening_without_a_label():
    text = "News\n\nHello, everyone. I am joined by Dr. Ann Roe, our state epidemiologist."
    transcript = parse(text + ASKED.format(label="Dr. Roe"))
    assert who(transcript, "Dr. Roe") == ("official", "Ann Roe", "state epidemiologist")


FLOOR = (
    "{0}: Good day. The Minister will speak, then we go on.\n\nMinister Roe: We agreed.\n\n"
    "{0}: {1}\n\nQ: Why?\n\nMinister Roe: So.\n\n{0}: {2}\n\nQ: When?\n\nMinister Roe: In May.\n\n"
    "{0}: Thank you, everyone.\n"
)
NEXT = ("Al Poe, of a paper.", "One more, in the back.")


@pytest.mark.parametrize("label", ["Press Secretary", "Media Adviser", "Chair Doe"])
def test_who_only_gives_the_floor_leads(label: str):
    assert who(parse(FLOOR.format(label, *NEXT)), label)[0] == "moderator"


def test_who_opens_and_only_gives_the_floor_leads_though_a_role_is_stated():
    text = "Jan Doe, Director, Relations\n\n" + FLOOR.format("Jan Doe", *NEXT)
    assert who(parse(text), "Jan Doe")[0] == "moderator"


@pytest.mark.parametrize(
    ("label", "change"),
    [
        ("Minister Poe", ("", "")),  # whose short words are an official's
        ("Press Secretary", (NEXT[0], "It is so. " * 20)),
        ("Press Secretary", ("\n\nMinister Roe: So.", "\n\nPress Secretary: So.")),
        ("Press Secretary", ("Minister Roe", "Jan Roe")),  # nobody else answers
    ],
)
def test_who_says_more_than_to_give_the_floor_is_an_official(label: str, change: tuple[str, str]):
    text = FLOOR.format(label, *NEXT).replace(*change)
    assert who(parse(text), label)[0] == "official"


HEARING = (
    "HEARING ON ROADS\n\nWITNESSES:\nAL POE, DEPUTY DIRECTOR, ROADS\n\n"
    "SENATOR ROE: Mr. Poe, the roads.\n\nMR. POE: They last.\n\nSENATOR ROE: They do not.\n\n"
    "MR. POE: We will see.\n"
)


def test_who_answers_between_is_an_official_though_another_adds_to_it():
    text = FLOOR.format("Press Secretary", "We have seen it.", NEXT[1]).replace(
        "In May.\n\n", "In May.\n\nQ: So?\n\nPress Secretary: No.\n\nMinister Roe: No.\n\n"
    )
    assert who(parse(text.replace(NEXT[1], NEXT[1] + " It is so." * 15)), "Press Secretary")[0] == (
        "official"
    )


def test_members_who_hear_witnesses_are_no_officials_there():
    transcript = parse(HEARING)
    assert who(transcript, "SENATOR ROE")[0] == "unknown"
    assert who(transcript, "MR. POE") == ("official", "AL POE", "DEPUTY DIRECTOR")


@pytest.mark.parametrize(
    "change",
    [
        ("HEARING ON ROADS", "NEWS CONFERENCE ON ROADS"),
        ("MR. POE: They", "REPORTER: Why?\n\nMR. POE: They"),
        ("SENATOR ROE", "SECRETARY ROE"),
    ],
)
def test_members_elsewhere_are_officials(change: tuple[str, str]):
    transcript = parse(HEARING.replace(*change))
    assert transcript.turns[0].kind == "official"


def test_a_name_with_its_role_above_the_turns_is_no_label():
    text = (
        "News conference\n\nJan Roe\nGovernor\n\nOslo, 2 May 2020\n\nJan Roe\n\nGood day.\n\n"
        "Question\n\nWhy?\n\nJan Roe\n\nSo.\n\nAl Poe\n\nI agree.\n\nQuestion\n\nWhen?\n"
    )
    turns = parse(text).turns
    assert [(turn.label, turn.kind) for turn in turns] == [
        *(("Jan Roe", "official"), ("Question", "reporter"), ("Jan Roe", "official")),
        *(("Al Poe", "unknown"), ("Question", "reporter")),  # who speaks once is told apart
    ]


@pytest.mark.parametrize(
    "field",
    ["Moderator: Jan Doe, Director", "PARTICIPANTS:", "Briefers: Jan Doe", "Moderator: Al Poe"],
)
def test_fields_above_the_turns_are_no_labels(field: str):
    talk = "AL POE: Hello.\n\nQ: Why?\n\nMinister Roe: So.\n\nQ: When?\n"
    turns = parse(f"News conference\n\n{field}\n\n{talk}").turns
    assert [turn.label for turn in turns] == ["AL POE", "Q", "Minister Roe", "Q"]


@pytest.mark.parametrize("said", ["Good day, all.", "Welcome", "Ministers, please"])
def test_what_is_said_first_is_no_field(said: str):
    talk = "Q: Why?\n\nMinister Roe: So.\n\nQ: When?\n"
    turns = parse(f"News conference\n\nModerator: {said}\n\n{talk}").turns
    assert turns[0].label == "Moderator"


def test_a_slip_in_a_surname_after_an_office_and_a_given_name():
    text = "Minister Jan Lindqvist: So.\n\nQ: Why?\n\n" * 3
    transcript = parse(text + "Minister Jan Lindquist: No.\n\nQ: Who?\n")
    assert {turn.speaker for turn in transcript.turns} == {"Jan Lindqvist", None}
    other = parse(text + "Minister Jon Lindqvist: No.\n\nQ: Who?\n")
    assert "Jon Lindqvist" in {turn.speaker for turn in other.turns}


def test_a_label_that_does_not_stand_in_where_all_others_do_is_nobodys():
    text = (
        "    The Chairman. Who wrote it?\n    Secretary Roe. It was written in May with help by\n"
        "Secretary Poe. He can tell.\n    The Chairman. Secretary Poe?\n    Secretary Poe. I did.\n"
    )
    kinds = [turn.kind for turn in parse(text).turns if turn.label == "Secretary Poe"]
    assert kinds == ["unknown", "official"]
