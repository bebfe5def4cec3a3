"""All that people can do with the bot, a row each: what they do, and what they read then.

What has no row here fails a test: see ``test_every_deed``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from discord import app_commands

from bot.client import AppCommand
from bot.run import COMMANDS
from tests.bot.test_verify import ASKED, CHANGED
from tests.bot.world import KNOWN_QUERY

CURATORS = "Only the owner of this bot"
PREVIEW = b"Q: Why?\n\nMINISTER SMITH: Because it is so, and it will stay so for a long time.\n"
REASON = "It was cut wrongly."
ID = "{the first quote}"  # stands for its id
ROLE = "{a role}"


@dataclass(frozen=True, slots=True)
class Deed:
    """A use of the bot.

    ``presses`` are the actions of the buttons that are pressed one after the other below the reply
    to ``opening``, a command or a menu; “reason” sends in a form, with what the row's name says.
    The last step is the one that is judged. Where ``typed`` names an option, it is being typed.
    """

    opening: str
    options: Mapping[str, Any] = field(default_factory=dict)
    told: str = ""
    """Words of the reply, embeds or none."""
    presses: tuple[str, ...] = ()
    typed: str = ""
    public: bool = False
    keeps: bool = False
    """Whether it can't be done without the bot's own database."""
    forbidden: str = ""
    """What those read who may not; empty for what everybody may."""
    loads: bool = False
    """Whether it loads the record, which takes a second."""
    about: str = ""
    """What the last button leads to: “a quote”, “a transcript”, “others”; else empty."""


def leaves() -> Iterator[AppCommand]:
    """Every command and menu that Discord is told of."""
    for each in COMMANDS:
        if isinstance(each, app_commands.Group):
            yield from each.walk_commands()
        else:
            yield each


NARROWED = {
    "speaker": "Blinken",
    "publisher": "U.S. Department of State",
    "after": "2022",
    "before": "2022-12",
}
_ASKED: dict[str, Deed] = {
    "ask": Deed("ask", {"query": KNOWN_QUERY}, "On record", public=True),
    "ask, narrowed and private": Deed(
        "ask", {"query": KNOWN_QUERY, **NARROWED, "private": True}, "Only: Blinken, U.S. Dep"
    ),
    "ask what is not certain": Deed(
        "ask", {"query": "what would sanctions do to Russia"}, "Closest on record", public=True
    ),
    "ask in vain": Deed(
        "ask", {"query": "How do I bake sourdough bread?"}, "Nothing on record", public=True
    ),
    "ask for an id": Deed("ask", {"query": ID}, "The words of quote", public=True),
    "verify": Deed("verify", {"quote": CHANGED}, "Altered", public=True),
    "verify, named and private": Deed(
        "verify", {"quote": CHANGED, "speaker": "Blinken", "private": True}, "Altered"
    ),
    "verify two": Deed(
        "verify", {"quote": f"“{CHANGED}” and “{ASKED}”"}, "2 quotations checked", public=True
    ),
    "timeline": Deed("timeline", {"query": "Russia"}, "in order of date", public=True),
    "timeline, narrowed and private": Deed(
        "timeline", {"query": "Russia", **NARROWED, "private": True}, "in order of date"
    ),
    "Find the official answer": Deed(
        "Find the official answer", {"text": KNOWN_QUERY}, "On record"
    ),
    "Check this quote": Deed("Check this quote", {"text": CHANGED}, "Altered"),
}
_OWN: dict[str, Deed] = {
    "sources": Deed("sources", {}, "Transcripts on record: 8"),
    "sources, narrowed": Deed("sources", NARROWED, "Transcripts on record: 2"),
    "about": Deed("about", {}, "8 transcripts"),
    "replies": Deed("replies", {"plain": False}, "shown in boxes from now on", keeps=True),
    "privacy show": Deed("privacy show", {}, "stored about you", keeps=True),
    "privacy forget": Deed("privacy forget", {}, "stored about you", keeps=True),
    "server": Deed(
        "server",
        {
            "private": True,
            "public_role": ROLE,
            "plain": True,
            "publisher": "any",
            "speaker": "Blinken",
        },
        "Speaker: Blinken",
        keeps=True,
        forbidden="Only those with the permission “Manage Server”",
    ),
}


def _curated(opening: str, told: str, *presses: str, **more: Any) -> Deed:
    options = more.pop("options", {})
    more = {"keeps": True, "forbidden": CURATORS, **more}
    return Deed(opening, options, told, presses, **more)


ADDED = {
    "file": ("why.txt", PREVIEW),
    "title": "On why",
    "date": "2024-05-01",
    "publisher": "Ministry",
    "place": "Oslo",
    "url": "https://example.org/why",
}
_CURATED: dict[str, Deed] = {
    "record reload": _curated("record reload", "Reloaded: 0 added", loads=True),
    "record status": _curated("record status", "8 transcripts", keeps=False),
    "record unanswered": _curated("record unanswered", "Asked in vain"),
    "record flagged": _curated("record flagged", "Flagged: 1"),
    "record withdraw": _curated(
        "record withdraw", "Withdrawn: quote", options={"quote": ID, "reason": REASON}
    ),
    "record add": _curated("record add", "would go on record", options=ADDED, keeps=False),
    "record remove": _curated("record remove", "1 removed", options={"file": "0.txt"}, loads=True),
    "record settings": _curated("record settings", "Settings and changes"),
    "keep": _curated("record flagged", "Kept: quote", "keep"),
    "withdraw": _curated("record flagged", "Withdraw this quote", "withdraw", keeps=False),
    "send in the reason": _curated("record flagged", "Withdrawn: quote", "withdraw", "reason"),
    "take": _curated("record add", "1 added", "take", options=ADDED, loads=True),
}


def _below(row: str, told: str, *presses: str, **more: Any) -> Deed:
    """What is pressed below the reply of another row, of a quote mostly."""
    above = {**_ASKED, **_OWN}[row]
    return Deed(above.opening, above.options, told, presses, **{"about": "a quote", **more})


_PRESSED: dict[str, Deed] = {
    "in context": _below("ask", "Page 2 of", "context"),
    "turn its page": _below("ask", "Page 1 of", "context", "page"),
    "other matches": _below("ask", "Other matches", "others", about="others"),
    "cite": _below("ask", "Citation: Plain text", "cite"),
    "cite otherwise": _below("ask", "Citation: Markdown", "cite", "cite"),
    "not what I asked": _below("ask", "What is wrong?", "wrong"),
    "say what is wrong": _below("ask", "Noted for quote", "wrong", "flag", keeps=True),
    "wrong verdict": _below("verify", "What is wrong?", "doubt"),
    "say what is wrong with it": _below("verify", "Noted for", "doubt", "flag", keeps=True),
    "none of these": _below("ask what is not certain", "Thank you", "none", keeps=True, about=""),
    "turn the list": _below("sources", "page 2 of", "sources", about=""),
    "read": _below("sources", "Page 1 of", "read", about="a transcript"),
    "turn the transcript": _below(
        "sources, narrowed", "Page 2 of", "read", "read", about="a transcript"
    ),
    "turn the timeline": _below("timeline", "page 2 of", "timeline", public=True, about=""),
    "show to everybody": _below("ask, narrowed and private", "Shown by", "everybody", public=True),
}
_TYPED: dict[str, Deed] = {
    f"type {option.name} of {command.qualified_name}": Deed(
        command.qualified_name,
        typed=option.name,
        forbidden=CURATORS if command.root_parent else "",
    )
    for command in leaves()
    if isinstance(command, app_commands.Command)
    for option in command.parameters
    if option.autocomplete
}
DEEDS: dict[str, Deed] = {**_ASKED, **_OWN, **_CURATED, **_PRESSED, **_TYPED}
