"""What holds on whatever path: all buttons that can be reached are pressed, page after page.

What is pressed is what is there, so that a button added later is tested too. Each request is held
against Discord's rules when the world closes: none may ping.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.load import load_record
from corpus.match import answer_query
from corpus.record import Record
from corpus.text import fold_space
from tests.bot.test_review import add_curator
from tests.bot.test_verify import ASKED, CHANGED, SAID
from tests.bot.world import KNOWN_QUERY, OpenWorld, World, read, texts

OPENED: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"query": KNOWN_QUERY}),
    ("ask", {"query": "what would sanctions do to Russia", "private": True}),
    ("ask", {"query": "How do I bake sourdough bread?"}),
    ("verify", {"quote": SAID}),
    ("verify", {"quote": CHANGED, "private": True}),
    ("verify", {"quote": f"“{CHANGED}” and “{ASKED}”"}),
    ("timeline", {"query": "Russia"}),
    ("sources", {}),
    ("about", {}),
    ("privacy show", {}),
    ("privacy forget", {}),
]
MOST = 400  # presses, so that the pages of long transcripts are not all turned


@dataclass
class Walk:
    """What was met: all that was said in reply to a press, and the actions that were pressed."""

    said: list[str] = field(default_factory=list)
    actions: set[str] = field(default_factory=set)


def buttons(message: Any) -> list[str]:
    rows = [row["components"] for row in message.components]
    return [each["custom_id"] for row in rows for each in row if each.get("custom_id")]


async def walk(person: Any, opened: list[Any]) -> Walk:
    """Press every button of every message that can be reached, each once."""
    met, seen = Walk(), set[str]()
    waiting = deque(opened)
    while waiting and len(seen) < MOST:
        message = waiting.popleft()
        while fresh := [name for name in buttons(message) if name not in seen]:
            name = fresh[0]
            seen.add(name)
            met.actions.add(name.partition(":")[0])
            result = await person.click(message, custom_id=name)
            assert result.acknowledged, name
            if result.modal is not None:
                continue
            answers = [message, *result.followups]
            if result.response is not None and result.response.id != message.id:
                answers = [result.response, *result.followups]
                waiting.extend(answers)
            told = "\n".join(map(texts, answers))
            assert told, name
            met.said.append(read(told))
    return met


async def open_all(world: World, person: Any) -> list[Any]:
    opened = []
    for command, options in OPENED:
        result = await person.slash(world.channel, command, **options)
        opened += [result.response, *result.followups]
    return opened


def first_quote(record: Record) -> Any:
    return answer_query(record, KNOWN_QUERY).matches[0].quote


async def test_withdrawn_words_are_met_nowhere(open_world: OpenWorld, live_record: Record) -> None:
    quote = first_quote(live_record)
    words = fold_space(quote.text)[:100]
    async with open_world() as world:
        opened = await open_all(world, world.member)
        assert any(words in read(texts(each)) for each in opened)
        assert any(words in said for said in (await walk(world.member, opened)).said)
        world.client.state.withdraw(1, quote.id, "It was cut wrongly.")
        old, again = await open_all(world, world.member), []
        met = await walk(world.member, opened)
        again = (await walk(world.member, old)).said
        choices = await world.member.autocomplete(world.channel, "ask", "query", words[:60])
    shown = [*met.said, *again, *(read(texts(each)) for each in old), str(choices)]
    assert not [each for each in shown if words in each]
    assert any("This quote was withdrawn: It was cut wrongly." in said for said in met.said)
    assert any("[withdrawn]" in said for said in again)


async def test_old_replies_tell_of_a_revised_transcript(
    open_world: OpenWorld, own_record: Record, folder: Path
) -> None:
    async with open_world(record=own_record) as world:
        asked = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY, private=True)
        for file in folder.glob("0*_*.txt"):
            file.write_bytes(file.read_bytes().replace(b"Bottom line,", b"Well,") + b"\n")
        assert len(load_record(own_record.path, [folder]).changed) == 2
        for label in ("In context", "Other matches", "Cite", "Show to everybody"):
            told = await world.member.click(asked.response, label=label)
            assert "as quoted then" in texts(told.response), label


PINGS = "@everyone @here <@1> <@!1> <@&1> <#1> </ask:1> https://example.org/x"


async def test_words_that_look_like_pings_go_through_all_paths(
    open_world: OpenWorld, tmp_path: Path
) -> None:
    folder = tmp_path / "pings"
    folder.mkdir()
    for at in range(3):
        told = f"We will {PINGS} keep the grain deal number {at} for the {PINGS} farmers of Norway."
        text = f"Q: {PINGS} What of the grain deal number {at}?\n\nMINISTER HANSEN: {told}\n"
        (folder / f"{at}.txt").write_text(text, encoding="utf-8")
        beside = f'title = "{PINGS}"\npublisher = "{PINGS}"\nplace = "{PINGS}"\n'
        speakers = f'[speakers]\n"MINISTER HANSEN" = {{ name = "{PINGS}", role = "{PINGS}" }}\n'
        (folder / f"{at}.toml").write_text(beside + speakers, encoding="utf-8")
    assert not load_record(tmp_path / "pings.db", [folder]).problems
    record = Record(tmp_path / "pings.db")
    async with open_world(record=record, folders=(folder,)) as world:
        curator = add_curator(world)
        opened = []
        for command, options in (
            ("ask", {"query": f"grain deal {PINGS}", "private": True}),
            ("timeline", {"query": "grain deal of Norway"}),
            (
                "verify",
                {"quote": f"keep the grain deal number 1 for the {PINGS} farmers of Sweden"},
            ),
            ("sources", {}),
            ("about", {}),
        ):
            result = await curator.slash(world.channel, command, **options)
            opened += [result.response, *result.followups]
        met = await walk(curator, opened)
    assert {"context", "cite", "read"} <= met.actions
    assert any("@everyone" in said for said in met.said)
