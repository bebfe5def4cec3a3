"""/record add and remove: previewed before it is taken, set aside and not erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.record import Record
from tests.bot.test_review import add_curator, flag
from tests.bot.test_server import add_manager
from tests.bot.world import OpenWorld, World, labels, read, texts

DOCUMENT = (
    b"QUESTION: What of the bees of Norway?\n\n"
    b"MINISTER HANSEN: We will protect the bees of Norway by law this year.\n\n"
    b"QUESTION: And the wasps?\n\n"
    b"MINISTER HANSEN: The wasps of Norway are well without a law, I am glad to say.\n"
)
STATED = {"title": "On “bees”", "date": "2024-05-01", "publisher": "Ministry"}


async def preview(world: World, curator: Any, content: bytes = DOCUMENT, **stated: str) -> Any:
    return (
        await curator.slash(world.channel, "record add", file=("bees.txt", content), **stated)
    ).response


async def test_a_transcript_is_previewed_then_taken(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record, folders=(folder,)) as world:
        curator = add_curator(world)
        shown = await preview(world, curator, **STATED)
        told = read(texts(shown))
        assert "4 turns, 2 of officials" in told
        assert "Not known: place, url" in told
        assert "- Title: On “bees”\n- Date: 1 May 2024\n- Publisher: Ministry\n" in told
        assert "Can be quoted: 2 exchanges" in told
        assert "We will protect the bees of Norway by law" in told
        assert not (folder / "bees.txt").exists()
        taken = await curator.click(shown, label="Take it on record")
        assert "Added: bees.txt" in read(texts(taken.response))
        assert (folder / "bees.txt").read_bytes() == DOCUMENT
        result = await world.member.slash(world.channel, "ask", query="bees of Norway law")
        answered = read(texts(result.response))
        assert "We will protect the bees of Norway by law this year." in answered
        assert "**, 1 May 2024" in answered
        assert world.client.state.audited()[0].action == "added"


async def test_a_document_that_can_t_be_read_is_not_taken(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record, folders=(folder,), failing=True) as world:
        curator = add_curator(world)
        for content in (b"", b"\xff\xfe\x00", b"Nobody says anything here."):
            shown = await preview(world, curator, content)
            assert labels(shown) == []
            assert "bees.txt" in shown.content
            assert "went wrong" not in shown.content


async def test_a_wrong_date_is_told(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record, folders=(folder,), failing=True) as world:
        shown = await preview(world, add_curator(world), date="soon")
        assert "“soon” is not a date" in read(shown.content)


async def test_without_a_folder_of_its_own_it_says_what_to_set(open_world: OpenWorld) -> None:
    async with open_world(failing=True) as world:
        shown = await preview(world, add_curator(world))
        assert "set ONRECORD_FOLDERS" in read(shown.content)


async def test_a_transcript_is_set_aside_not_erased(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    first = min(folder.glob("*.txt"))
    content = first.read_bytes()
    async with open_world(record=own_record, folders=(folder,), failing=True) as world:
        curator = add_curator(world)
        result = await curator.slash(world.channel, "record remove", file=first.name)
        assert f"Removed: {first.name}" in read(texts(result.response))
        assert first.with_name(f"{first.name}.removed").read_bytes() == content
        for wrong in ("../../etc/passwd", "nothing.txt"):
            refused = await curator.slash(world.channel, "record remove", file=wrong)
            assert "Removed" not in texts(refused.response)


async def test_whatever_changes_anything_is_in_the_list_of_changes(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record, folders=(folder,)) as world:
        curator, name = add_curator(world), await flag(world)
        listed = await curator.slash(world.channel, "record flagged")
        await curator.click(listed.response, label="Keep 1")
        shown = await preview(world, curator, **STATED)
        await curator.click(shown, label="Take it on record")
        await curator.slash(world.channel, "record remove", file="bees.txt")
        await curator.slash(world.channel, "record reload")
        await curator.slash(world.channel, "record withdraw", quote=name, reason="Cut wrongly.")
        await curator.slash(world.channel, "server", private=True)
        settings = await curator.slash(world.channel, "record settings")
        told = read(texts(settings.response))
    changes = [f"kept {name}", "added bees.txt", "removed bees.txt", "reload", f"withdrew {name}"]
    assert all(change in told for change in changes)
    assert "private yes, plain no, publisher any, speaker any" in told


async def test_what_can_be_set_aside_is_suggested_to_those_who_may(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    documents = sorted(path.name for path in folder.glob("*.txt"))
    typed = documents[0][:6]
    async with open_world(record=own_record, folders=(folder,)) as world:
        for person, offered in ((add_manager(world), []), (add_curator(world), documents[:1])):
            choices = await person.autocomplete(world.channel, "record remove", "file", typed)
            assert [choice["value"] for choice in choices] == offered
