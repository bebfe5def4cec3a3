"""/record: who may, and what a reload tells."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.lists import render_lines
from corpus.load import load_record
from corpus.record import Record
from tests.bot.world import KNOWN_QUERY, OpenWorld, World, read, texts

COMMANDS = ["record reload", "record status"]


def add_admin(world: World, *roles: Any) -> Any:
    """Someone to whom Discord shows the commands."""
    manages = world.guild.create_role("m", permissions=discord.Permissions(manage_guild=True))
    return world.guild.add_member(world.env.create_user("wynn"), roles=[manages, *roles])


@pytest.mark.parametrize("command", COMMANDS)
async def test_what_discord_shows_is_checked_again(open_world: OpenWorld, command: str) -> None:
    async with open_world(failing=True) as world:
        result = await add_admin(world).slash(world.channel, command)
        assert result.response.ephemeral
        assert result.response.content.startswith("Only the owner of this bot")


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_person_named_in_the_settings_may(open_world: OpenWorld, command: str) -> None:
    async with open_world() as world:
        admin = add_admin(world)
        give(world, curators=frozenset({admin.id}))
        result = await admin.slash(world.channel, command)
        assert result.response.ephemeral
        assert "Only" not in result.response.content


def give(world: World, **changed: Any) -> None:
    world.client.settings = replace(world.client.settings, **changed)


async def test_a_role_named_in_the_settings_may(open_world: OpenWorld) -> None:
    async with open_world() as world:
        role = world.guild.create_role("curators")
        give(world, curator_roles=frozenset({role.id}))
        result = await add_admin(world, role).slash(world.channel, "record status")
        assert "on record" in result.response.content


async def test_owner_and_team_may(open_world: OpenWorld) -> None:
    async with open_world() as world:
        assert world.client.may_curate(world.client.application.owner)
        told = await world.client.http.application_info()
        person = {"username": "x", "discriminator": "0", "avatar": None}
        members = [
            {"user": {"id": "7", **person}, "membership_state": 2, "role": "admin", "team_id": "1"},
            {"user": {"id": "8", **person}, "membership_state": 1, "role": "admin", "team_id": "1"},
        ]
        for member in members:
            member["permissions"] = ["*"]
        team = {"id": "1", "name": "t", "icon": None, "owner_user_id": "7", "members": members}
        world.client._application = discord.AppInfo(
            world.client._connection, {**told, "team": team}
        )
        allowed = [
            world.client.may_curate(discord.Object(id=number, type=discord.User))
            for number in (7, 8, 9)
        ]
        assert allowed == [True, False, False]


async def reload(world: World) -> str:
    admin = add_admin(world)
    give(world, curators=frozenset({admin.id}))
    result = await admin.slash(world.channel, "record reload")
    return read(texts(result.response))


async def test_a_reload_lists_what_changed(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    first, second = sorted(folder.glob("*.txt"))
    (folder / "new.txt").write_bytes(first.read_bytes() + b"\n")
    second.unlink()
    second.with_suffix(".toml").unlink()
    first.with_suffix(".toml").write_text('publisher = "Someone else"\n', encoding="utf-8")
    async with open_world(record=own_record, folders=(folder,)) as world:
        said = await reload(world)
    assert "1 added, 1 changed, 1 removed, 0 unchanged, 0 with a problem" in said
    assert f"Changed: {first.name}" in said
    assert f"Removed: {second.name}" in said
    assert "Added: new.txt" in said


async def test_a_broken_file_is_named_and_its_old_version_stays(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record, folders=(folder,)) as world:
        for file in folder.glob("*.toml"):
            file.write_text('publisher = "U.S. Department of State"\ndate = "soon"\n', "utf-8")
        said = await reload(world)
        assert "2 unchanged, 2 with a problem" in said
        for file in folder.glob("*.toml"):
            assert f"{file.name}, line 2: “soon” is not a date" in said
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert "On record" in texts(result.response)


async def test_a_reload_that_fails_changes_nothing(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    async with open_world(record=own_record, folders=(folder,)) as world:
        shutil.rmtree(folder)
        said = await reload(world)
        assert said.startswith("Not reloaded; the old record stays.")
        assert "there is no such folder" in said
        result = await world.member.slash(world.channel, "ask", query=KNOWN_QUERY)
        assert "On record" in texts(result.response)


async def test_status_tells_what_needs_looking_at(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    for file in folder.glob("003*.toml"):
        file.unlink()
    load_record(own_record.path, [folder])
    async with open_world(record=own_record) as world:
        admin = add_admin(world)
        give(world, curators=frozenset({admin.id}))
        result = await admin.slash(world.channel, "record status")
        shown = read(texts(result.response))
    assert "2 transcripts" in shown
    assert "Commands that differ: none" in shown
    assert "No date: 003_fb85a86849cbdadf.txt" in shown


async def test_status_names_the_permission_that_is_missing(open_world: OpenWorld) -> None:
    async with open_world() as world:
        silent = world.guild.create_text_channel(
            "silent",
            overwrites={world.guild.default_role: discord.PermissionOverwrite(embed_links=False)},
        )
        admin = add_admin(world)
        give(world, curators=frozenset({admin.id}))
        for channel, missing in ((world.channel, "here: none"), (silent, "here: Embed Links")):
            result = await admin.slash(channel, "record status")
            assert missing in texts(result.response)


def test_a_list_that_does_not_fit_comes_as_a_file() -> None:
    lines = [f"Problem: file_{n}.txt, line {n}: *something*" for n in range(200)]
    reply = render_lines("Reloaded", lines, "reload.txt")
    assert len(reply.content) <= 2000
    assert "The whole list is in the file below." in reply.content
    assert reply.files == (("reload.txt", "\n".join(["Reloaded", *lines]).encode()),)


async def test_a_long_list_is_sent_as_a_file(
    open_world: OpenWorld, folder: Path, own_record: Record
) -> None:
    for number in range(60):
        (folder / f"empty_{number}.txt").write_bytes(b"")
    async with open_world(record=own_record, folders=(folder,)) as world:
        admin = add_admin(world)
        give(world, curators=frozenset({admin.id}))
        result = await admin.slash(world.channel, "record reload")
        (file,) = result.response.attachments
        sent = (await file.read()).decode()
    assert sent.count("empty_") >= 60
