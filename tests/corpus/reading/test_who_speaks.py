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
    (
        "Press Briefing by Deputy Minister for Relief and Recovery Jan Roe",
        "MR. ROE",
        "Jan Roe",
        "Deputy Minister for Relief and Recovery",
    ),
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
    (
        "BRIEFING BY THE SPOKESPERSON TO THE PRESIDENT, MR JAN ROE, ON ROADS",
        "MR ROE",
        "JAN ROE",
        "SPOKESPERSON TO THE PRESIDENT",
    ),
    ("Talks of the Chief Executive, Mr Jan Roe", "Chief Executive", "Jan Roe", "Chief Executive"),
    (
        "The Secretary for Transport and Logistics, Ms Ann Roe, also came",
        "Secretary for Transport and Logistics",
        "Ann Roe",
        "Secretary for Transport and Logistics",
    ),
    (
        "Transcript of Minister for Water Dr Jan Roe’s interview",
        "Minister Jan Roe",
        "Jan Roe",
        "Minister for Water",
    ),
    (
        "Witnesses\n\nI: Jan Roe, Director, Roads; and Al Poe, Clerk.",
        "Jan Roe",
        "Jan Roe",
        "Director",
    ),
    ("Dr. Jan Ann Roe, Permanent Secretary, Roads", "PS ROE", "Jan Ann Roe", "Permanent Secretary"),
    ("Jan Roe, MD, PhD, division chief, a clinic", "Jan Roe, MD", "Jan Roe", "division chief"),
    ("Jan Roe, MPH, health officer", "Jan Roe, MPH, Samoa County", "Jan Roe", "health officer"),
    ("President Jan-Ann Roe answered", "JAR", "Jan-Ann Roe", "President"),
    ("Samoa’s interior minister, Jan Roe, tells us why.", "Roe", "Jan Roe", "interior minister"),
    ("Ms. Jan Roe, Special Co-ordinator", "JAN ROE", "Jan Roe", "Special Co-ordinator"),
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
        ("The President, Mr Poe, and Mr Jan Roe came", "MR ROE"),
        ("A talk with the President, Jan Roe and others", "MR ROE"),
        ("Dr. Jan Roe, Deputy Commissioner, Roads", "PS ROE"),  # another’s initials
        ("Jan Ann Roe, Minister of Roads\nAnn Roe, BBC", "MS ROE"),
        ("Jan Roe, London bureau chief", "Jan Roe"),
        ("Jan Roe, MPH, clerk of a paper’s desk", "Jan Roe, MPH, Samoa County"),
        ("Jan Roe\nThe head of the roads speaks of trains", "Jan Roe"),  # below a byline
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
    (
        "Here are Al Poe, and Dr. Ann Roe, who is the administrator for water.",
        "administrator for water",
    ),
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


def test_who_calls_for_the_next_question_leads_whatever_the_office():
    text = FLOOR.format("Commissioner", "First question from Al Poe.", "Next question, Ann Poe.")
    assert who(parse(text), "Commissioner")[0] == "moderator"
    assert who(parse(text.replace("Q:", "Al Poe:")), "Commissioner")[0] == "moderator"
    sent = text.replace("Q: When?\n\n", "").replace("Ann Poe.", "sent by Ann Poe: When?")
    assert who(parse(sent), "Commissioner")[0] == "moderator"
    answers = text.replace("Next question, Ann Poe.", "We agreed on it. " * 20)
    assert who(parse(answers), "Commissioner")[0] == "official"


def test_who_speaks_for_an_office_opens_after_an_operator_and_only_gives_the_floor():
    text = "OPERATOR: Please go ahead.\n\n" + FLOOR.format("Media Adviser", *NEXT)
    assert who(parse(text.replace("on.", "on, one by one, if you will." * 3)), "Media Adviser")[
        0
    ] == ("moderator")


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


@pytest.mark.parametrize(
    "label", ["Chief Executive", "Secretary for Roads and Rural Logistics", "Chief Medical Officer"]
)
def test_an_office_alone_is_no_name(label: str):
    transcript = parse(f"The {label} spoke, with Mr Poe.{ASKED.format(label=label)}")
    assert who(transcript, label) == ("official", None, None)


def test_nobody_whom_an_opening_mentions_is_behind_the_word_answer():
    talk = "News\n\nWelcome. Our side was led by Foreign Secretary Ann Roe.{0}"
    assert who(parse(talk.format(ASKED.format(label="Answer"))), "Answer")[1] is None
    both = f"News\n\nForeign Secretary Ann Roe{ASKED.format(label='Spokesperson')}"
    both = f"{both}\nQUESTION: Why?\n\nAnswer: No.\n".replace("QUESTION", "Question")
    transcript = parse(both)
    assert who(transcript, "Answer") == ("unknown", None, None)


def test_a_name_with_an_outlet_is_a_label_among_those_in_bold_whatever_stands_after_it():
    page = "<p><b>Minister Roe:</b> So.</p><p><b>Al Poe, A Paper:</b> Why?</p>" * 2
    page += (
        "<p><b>Ann Poe, News4</b> [via Webex]<b>:</b> When?</p><p><b>Minister Roe:</b> Soon.</p>"
    )
    assert "When?" in {t.said(turn) for t in [parse(page, "a.html")] for turn in t.turns}


@pytest.mark.parametrize("label", ["AG ROE", "DG ROE", "DDG ROE", "CLLR ROE"])
def test_offices_by_their_initials(label: str):
    assert who(parse(f"News{ASKED.format(label=label)}"), label)[0] == "official"


def test_an_office_stands_once_in_small_letters_beside_names_that_do():
    talk = "Mayor Roe: One.\n\nPoe: Questions.\n\nQ: Why?\n\nRoe: So.\n\nCFO Doe: Yes.\n\n"
    talk += "Poe: Next.\n\nQ: When?\n\nRoe: In May.\n\nPoe: Thanks.\n\nVOICE FROM BACK: No.\n"
    transcript = parse(talk)
    assert who(transcript, "Mayor Roe")[0] == "official"
    assert who(transcript, "CFO Doe")[0] == "unknown"


def test_what_only_shortens_a_label_or_adds_to_it_is_not_mistyped():
    talk = "JAN ROE, BBC ANCHOR: Why?\n\nMINISTER POE: So.\n\n" * 2
    talk += "ROE: When?\n\nMINISTER POE (through translator): Now.\n\nROE: Why?\n"
    assert not [each for each in parse(talk).notices if "is taken for" in each.text]
    slips = talk + "\nMINSTER POE: So.\n\nROE: Why?\n\nMINSTER POE: So.\n"
    notes = [each.text for each in parse(slips).notices if "is taken for" in each.text]
    assert notes == ["“MINSTER POE” is taken for the label “MINISTER POE:”."]


def test_no_office_is_a_given_name_where_somebody_is_introduced():
    talk = "MODERATOR: Here is Attorney General Jan Roe, of Ohio."
    transcript = parse(talk + ASKED.format(label="ATTORNEY GENERAL JAN ROE"))
    assert who(transcript, "ATTORNEY GENERAL JAN ROE") in (
        ("official", "JAN ROE", "ATTORNEY GENERAL"),
        ("official", "Jan Roe", "Attorney General"),
    )


def test_a_surname_before_the_given_name_and_an_office_in_brackets():
    transcript = parse(f"News{ASKED.format(label='Roe, Jan (Chief Executive)')}")
    assert who(transcript, "Roe, Jan (Chief Executive)") == (
        "official",
        "Jan Roe",
        "Chief Executive",
    )
    assert who(parse(f"News{ASKED.format(label='Roe, Jan (Guest)')}"), "Roe, Jan (Guest)")[0] != (
        "official"
    )


def test_who_answers_where_each_label_that_names_somebody_names_the_same():
    text = "News\n\nQ: Why?\n\nA (Minister Jan Roe): So.\n\nQ: When?\n\nA: In May.\n"
    assert who(parse(text), "A") == ("official", "Jan Roe", "Minister")
    two = text + "\nQ: And then?\n\nA (Director Al Poe): No.\n"
    assert who(parse(two), "A")[0] == "unknown"
    beside = text + "\nDirector Al Poe: No.\n"
    assert who(parse(beside), "A")[0] == "unknown"


def test_who_answers_where_a_lead_says_who_is_interviewed():
    lead = "News\n\nJan Roe, the minister of ports, sat down with us.\n\n{}Q: Why?\n\nA: So.\n"
    asked = "\nQ: When?\n\nA: In May.\n"
    assert who(parse(lead.format("") + asked), "A") == ("official", "Jan Roe", "minister of ports")
    another = "Director Al Poe spoke with us as well.\n\n"
    assert who(parse(lead.format(another) + asked), "A")[0] == "unknown"


def test_initials_of_the_one_label_whose_name_they_fit():
    text = f"News{ASKED.format(label='Minister Jan-Ann Roe')}\nQUESTION: And?\n\n{{}}: Why not?\n"
    for initials in ("JAR", "JR"):
        assert who(parse(text.format(initials)), initials) == (
            "official",
            "Jan-Ann Roe",
            "Minister",
        )
    assert who(parse(text.format("JP")), "JP")[0] != "official"
    two = text.format("JR") + "\nJim Roe (a paper): Why?\n"
    assert who(parse(two), "JR")[0] != "official"


def test_who_calls_another_by_name_does_not_ask():
    text = (
        "MODERATOR: Here are Administrator Ann Roe, and Dr. Al Poe, who is the director for water."
        "\n\n{0}: It is so. I leave the rest to him. {1}?\n\nDr. Al Poe: So it is.\n\n"
        "QUESTION: Why?\n\n{0}: He knows. {1}?\n\nDr. Al Poe: So.\n"
    ).format
    assert who(parse(text("Ann Roe", "Al")), "Ann Roe")[0] == "official"
    assert who(parse(text("Ann Roe", "Why")), "Ann Roe")[0] != "official"


def test_labels_once_and_then_questions_in_bold():
    text = (
        "# News\n\nSamoa’s minister of ports, Ann Roe, tells us why.\n\n**SD: Why?**\n\n"
        "**Ann Roe:** I did so.\n\n**And when?**\n\nIn May.\n\n**You were late.**\n\nI was.\n\n"
        "*The talk was short.*\n\nJo Doe, our woman in Apia\n\n### More\n"
    )
    transcript = parse(text, "talk.md")
    said = [transcript.said(turn) for turn in transcript.turns if turn.kind == "official"]
    assert said == ["I did so.", "In May.", "I was."]
    assert parse(text.replace("tells us why", "was there")).turns[1].kind != "official"


def test_a_heading_over_lines_tells_who_briefs_without_an_office():
    above = "PRESS BRIEFING\n    BY JAN ROE\nAND TRADE ADVISOR ANN POE"
    read = parse(above + ASKED.format(label="MR. ROE"))
    assert who(read, "MR. ROE") == ("official", "JAN ROE", None)
    assert who(parse(above + ASKED.format(label="MR. DOE")), "MR. DOE")[0] == "unknown"


@pytest.mark.parametrize("rank", ["General Dame Ann", "Lieutenant General Sir Al", "Admiral Ann"])
def test_the_next_in_a_list_is_nobodys_role(rank: str):
    said = f"MODERATOR: With us are Jan Roe, {rank} Poe and Jim Doe."
    _, _, role = who(parse(said + ASKED.format(label="Jan Roe")), "Jan Roe")
    assert role is None


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("StS ROE", "Roe", "State Secretary"),
        ("ROE", "Roe", "State Secretary"),
        ("POE (MoH)", "Poe", "MoH"),
        ("DR. POE (MoH)", "Poe", "MoH"),
        ("POE (BBC)", None, None),
        ("JIM ROE", None, None),
        ("MARSH", None, None),
        ("DOE", None, None),
    ],
)
def test_surnames_listed_in_one_line(label: str, name: str | None, role: str | None):
    listed = "Speakers: State Secretary Roe, Dr. Poe (MoH), Doe, Marsh (Marsh Radio)"
    read = parse(f"Press conference\n\n{listed}{ASKED.format(label=label)}")
    kind, *told = who(read, label)
    assert (kind == "official") is (name is not None)
    assert name is None or told == [name, role]
