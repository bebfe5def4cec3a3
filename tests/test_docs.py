"""The README tells the truth: its commands, options and settings are those that exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.main import cli
from bot.settings import VARIABLES
from corpus.vectors import FOLDER_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = {name: command for name, command in cli.commands.items() if not command.hidden}


def documented_options(name: str) -> set[str]:
    """The options that the README gives to a command, in its row of the table."""
    row = re.search(rf"^\| `onrecord {name}\b.*$", README, re.MULTILINE)
    assert row, f"the README has no row for “onrecord {name}”"
    return set(re.findall(r"--[a-z][a-z-]*", row[0]))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_row_with_its_own_options(name: str) -> None:
    options = {
        long
        for parameter in COMMANDS[name].params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for long in parameter.opts
        if long.startswith("--")
    }
    common = {"--record", "--help"}
    assert documented_options(name) - common == options - common


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"(?:^|bin/|`)onrecord ([a-z]+)\b", README, re.MULTILINE))
    assert named == set(COMMANDS)


def test_every_setting_in_the_readme_exists_and_none_is_missing() -> None:
    named = set(re.findall(r"`((?:ONRECORD|DISCORD)_[A-Z_]+)", README))
    assert named == {*VARIABLES, FOLDER_VARIABLE, "ONRECORD_RECORD"}


def test_every_file_in_the_layout_exists() -> None:
    layout = README.partition("## Layout")[2].partition("\n## ")[0]
    folder, missing, seen = "", [], 0
    for line in layout.splitlines():
        if top := re.match(r"(\w+/)", line):
            folder = top[1]
        for name in (folder, *re.findall(r"(?<=\s)(\w+(?:\.py|/))(?=[\s:])", line)):
            seen += 1
            path = ROOT / folder / name if name != folder else ROOT / folder
            missing += [] if path.exists() else [name]
    assert seen > 10
    assert missing == []
