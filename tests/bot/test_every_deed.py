"""Every command, menu, button, form and page, wherever it can be used, whatever is the case.

``deeds`` are the rows, ``conditions`` the columns. Each request is held against Discord's rules
when a world closes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from discord import app_commands

from bot.run import ALL_ACTIONS
from corpus.record import Record
from tests.bot.conditions import CONDITIONS
from tests.bot.deeds import DEEDS, Deed, leaves
from tests.bot.stage import Files, Stage, make_files
from tests.bot.wheres import (
    DIRECT,
    SERVER,
    WHERES,
    Person,
    can_be_used,
    tell_of_those_who_installed_it,
)
from tests.bot.world import OpenWorld

COMMANDS = {command.qualified_name: command for command in leaves()}


def test_every_command_and_menu_has_a_row() -> None:
    assert {deed.opening for deed in DEEDS.values() if not deed.presses} == COMMANDS.keys()


def test_every_button_and_form_has_a_row() -> None:
    assert {deed.presses[-1] for deed in DEEDS.values() if deed.presses} == ALL_ACTIONS.keys()


def test_every_option_is_given_in_a_row() -> None:
    missed = {
        f"{name} {option.name}"
        for name, command in COMMANDS.items()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
        if not any(name == deed.opening and option.name in deed.options for deed in DEEDS.values())
    }
    assert missed == set()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_files(tmp_path_factory.mktemp("deeds"))


def is_driven(deed: Deed, where: str, name: str) -> bool:
    """All in a server and where all is well; elsewhere each condition meets a quarter of all."""
    is_alone = where == DIRECT and deed.presses[-1:] == ("everybody",)  # nobody to show it to
    if is_alone or not can_be_used(COMMANDS[deed.opening], where):
        return False
    if (CONDITIONS[name].since and not deed.about) or (deed.loads and "sentence" in name):
        return False
    row, column = list(DEEDS.values()).index(deed), list(CONDITIONS).index(name)
    turn = (row + column + WHERES.index(where)) % 4
    return where == SERVER or not column or (not turn and not deed.loads)


@pytest.mark.parametrize("name", CONDITIONS)
@pytest.mark.parametrize("where", WHERES)
async def test_every_deed(  # noqa: PLR0917 - fixtures
    where: str,
    name: str,
    open_world: OpenWorld,
    files: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    condition, problems = CONDITIONS[name], dict[str, list[str]]()
    tell_of_those_who_installed_it(where, monkeypatch)
    record, folder = tmp_path / "served.db", tmp_path / "folder"
    shutil.copy(files.record, record)
    folder.mkdir()
    async with open_world(record=Record(record), failing=True, folders=(folder,)) as world:
        person = Person(world, where, manages=condition.allowed)
        stage = Stage(world, person, files, folder)
        stage.prepare(plain=condition.plain)
        for row, deed in DEEDS.items():
            if is_driven(deed, where, name):
                met = await stage.drive(deed, condition)
                problems[row] = list(condition.judge(deed, met))
        raised = [each for each in world.env.errors if not is_told(each)]
    assert {row: found for row, found in problems.items() if found} == {}
    assert raised == []
    assert not [each for each in caplog.records if each.exc_info and each.name.startswith("bot.")]


def is_told(raised: object) -> bool:
    """Whether it went through the one place where an error becomes a sentence, or to one who types,
    whom no sentence can be told."""
    is_late = "Ignoring exception in autocomplete" in str(raised)
    return is_late or isinstance(raised, app_commands.AppCommandError)
