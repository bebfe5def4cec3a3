"""Settings: what is read, and the sentence for each that is missing or wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.place import default_state_path
from bot.settings import VARIABLES, Settings, read_settings
from corpus.errors import SettingsError

TOKEN = "MTIz.secret.token"  # noqa: S105 - nobody's
LEAST = {"DISCORD_TOKEN": TOKEN}


def test_the_least_is_a_token() -> None:
    assert read_settings(LEAST) == Settings(token=TOKEN, state=default_state_path())


def test_everything_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    settings = read_settings(
        {
            "DISCORD_TOKEN_FILE": str(tmp_path / "token"),
            "ONRECORD_FOLDERS": f"{tmp_path}:{tmp_path.parent}",
            "ONRECORD_CURATORS": "123456789012345678, 123456789012345679",
            "ONRECORD_CURATOR_ROLES": "223456789012345678",
            "ONRECORD_STATE": str(tmp_path / "state.db"),
            "ONRECORD_LISTEN": "[::1]:9465",
            "ONRECORD_UNANSWERED_DAYS": "7",
            "ONRECORD_UNANSWERED_PEOPLE": "2",
            "ONRECORD_LOG_LEVEL": "debug",
            "ONRECORD_LOG_FORMAT": "JSON",
        }
    )
    assert settings == Settings(
        token=TOKEN,
        folders=(tmp_path, tmp_path.parent),
        curators=frozenset({123456789012345678, 123456789012345679}),
        curator_roles=frozenset({223456789012345678}),
        state=tmp_path / "state.db",
        listen=("::1", 9465),
        unanswered_days=7,
        unanswered_people=2,
        log_level="DEBUG",
        log_format="json",
    )


WRONG = [
    ({}, "DISCORD_TOKEN is not set; set it to .*developer portal .*discord.com/developers"),
    ({"DISCORD_TOKEN": "  "}, "DISCORD_TOKEN is not set"),
    ({"DISCORD_TOKEN": "to ken"}, "DISCORD_TOKEN does not hold a token"),
    ({"DISCORD_TOKEN": "tokén"}, "DISCORD_TOKEN does not hold a token"),
    (
        {"DISCORD_TOKEN_FILE": "/nowhere/at/all"},
        "DISCORD_TOKEN_FILE: /nowhere/at/all can't be read",
    ),
    ({**LEAST, "DISCORD_TOKEN_FILE": "x"}, "both set"),
    ({**LEAST, "ONRECORD_FOLDERS": "/nowhere"}, "ONRECORD_FOLDERS: /nowhere is not a folder"),
    ({**LEAST, "ONRECORD_CURATORS": "Ann#1"}, "ONRECORD_CURATORS: “Ann#1” is not a Discord id"),
    ({**LEAST, "ONRECORD_CURATOR_ROLES": "12"}, "ONRECORD_CURATOR_ROLES: “12” is not"),
    ({**LEAST, "ONRECORD_LOG_LEVEL": "loud"}, "ONRECORD_LOG_LEVEL: “loud” is not known"),
    ({**LEAST, "ONRECORD_UNANSWERED_DAYS": "0"}, "ONRECORD_UNANSWERED_DAYS: “0” is not a number"),
    ({**LEAST, "ONRECORD_UNANSWERED_PEOPLE": "x"}, "ONRECORD_UNANSWERED_PEOPLE: “x” is not"),
    ({**LEAST, "ONRECORD_LOG_FORMAT": "xml"}, "ONRECORD_LOG_FORMAT: “xml” .* text, json"),
    ({**LEAST, "ONRECORD_LISTEN": "9465"}, "ONRECORD_LISTEN: “9465” is not host:port"),
    ({**LEAST, "ONRECORD_LISTEN": "127.0.0.1:0"}, "ONRECORD_LISTEN: “127.0.0.1:0” is not"),
    ({**LEAST, "ONRECORD_LISTEN": "127.0.0.1:http"}, "ONRECORD_LISTEN: “127.0.0.1:http” is not"),
]


@pytest.mark.parametrize(("environ", "said"), WRONG)
def test_what_is_wrong_is_named(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_settings(environ)


def test_a_token_file_that_holds_no_text_or_no_token(tmp_path: Path) -> None:
    for content, said in ((b"\xff\xfe", "not a text file"), (b"", "does not hold a token")):
        (tmp_path / "token").write_bytes(content)
        with pytest.raises(SettingsError, match=said):
            read_settings({"DISCORD_TOKEN_FILE": str(tmp_path / "token")})


def test_the_token_is_never_shown() -> None:
    assert TOKEN not in repr(read_settings(LEAST))
    with pytest.raises(SettingsError) as caught:
        read_settings({"DISCORD_TOKEN": f"{TOKEN} {TOKEN}"})
    assert TOKEN not in str(caught.value)


def test_no_other_variable_is_read() -> None:
    seen: list[str] = []

    class Watched(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            seen.append(key)
            return super().get(key, default)

    read_settings(Watched(LEAST))
    assert sorted(seen) == sorted(VARIABLES)
