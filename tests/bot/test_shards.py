"""--shards: which connections a process has, and the sentence for what names none."""

from __future__ import annotations

import pytest

from bot.shards import Shards, read_shards
from corpus.errors import SettingsError
from tests.bot.test_run import TOKEN, stopped


@pytest.mark.parametrize(
    ("named", "shards", "ids"),
    [
        ("0-3/16", Shards(0, 3, 16), [0, 1, 2, 3]),
        ("12-15/16", Shards(12, 15, 16), [12, 13, 14, 15]),
        ("5/16", Shards(5, 5, 16), [5]),
        (" 0/1 ", Shards(0, 0, 1), [0]),
    ],
)
def test_shards_are_counted_from_0(named: str, shards: Shards, ids: list[int]) -> None:
    assert read_shards(named) == shards
    assert list(shards.ids) == ids


WRONG = ["", "0-3", "16", "4/4", "3-1/16", "0-16/16", "-1/4", "0-3/0", "a/b", "0–3/16", "1e1/20"]


@pytest.mark.parametrize("named", WRONG)
def test_what_names_no_shards_is_told(named: str) -> None:
    with pytest.raises(SettingsError, match="names no shards; write 0-3/16"):
        read_shards(named)


async def test_the_command_says_it_in_one_sentence() -> None:
    code, told = await stopped("http://127.0.0.1:9", "--shards", "4/4", DISCORD_TOKEN=TOKEN)
    assert code == 1
    assert told.startswith("onrecord: --shards: “4/4” names no shards")
    assert told.count("\n") == 1
