"""Settings: what is read, and the sentence for each that is missing or wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.place import Address, default_state_path
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
    ({**LEAST, "ONRECORD_STATE": "x", "ONRECORD_STATE_FILE": "x"}, "both set; set only one"),
    ({**LEAST, "ONRECORD_STATE_FILE": "/nowhere"}, "ONRECORD_STATE_FILE: /nowhere can't be read"),
    ({**LEAST, "ONRECORD_STATE": "postgres:/u:secret@h/n"}, "ONRECORD_STATE is neither a file nor"),
    ({**LEAST, "ONRECORD_STATE": "mysql://host/name"}, "ONRECORD_STATE is neither a file nor the"),
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


ADDRESSES = {
    "postgresql://ann:pa%40ss@db.example.org:5432/onrecord": "postgresql://db.example.org:5432/onrecord",
    "postgres://db/onrecord": "postgresql://db/onrecord",
    "postgresql://ann@one:5432,two:5433/onrecord?target_session_attrs=read-write": (
        "postgresql://one:5432,two:5433/onrecord"
    ),
    "postgresql://[::1]:5432/onrecord?user=ann&password=pa%40ss": "postgresql://[::1]:5432/onrecord",
    "postgresql:///onrecord?host=/run/postgresql": "postgresql:///onrecord",
    "postgresql://ann:pa%40ss@%2Frun%2Fpostgresql/onrecord": (
        "postgresql://%2Frun%2Fpostgresql/onrecord"
    ),
}


@pytest.mark.parametrize(("url", "shown"), ADDRESSES.items())
def test_an_address_is_shown_without_its_password(url: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "address").write_text(f"{url}\n", encoding="utf-8")
    for named in ({"ONRECORD_STATE": url}, {"ONRECORD_STATE_FILE": str(tmp_path / "address")}):
        settings = read_settings({**LEAST, **named, "ONRECORD_STATE_KEY_FILE": "some.key"})
        assert settings.state == Address(url, Path("some.key"))
        assert str(settings.state) == shown
        assert "pa" not in repr(settings.state)
        if "pa%40ss" in url:
            assert {"pa@ss", TOKEN} <= set(settings.secrets)


@pytest.mark.parametrize(
    "password", ["pa/ss", "pa?ss", "pa#ss", "pa@ss@", "pa ss", "pa%ss", "pä[ss"]
)
def test_a_password_that_an_address_can_t_hold_is_not_shown(password: str) -> None:
    with pytest.raises(SettingsError, match="odd characters of the password as %40") as caught:
        read_settings({**LEAST, "ONRECORD_STATE": f"postgresql://ann:{password}@db/onrecord"})
    assert "pa" not in str(caught.value).replace("password", "")


@given(st.text(alphabet="ab:/?#@%4[]=&, é", min_size=1))
def test_no_address_shows_what_stands_before_its_host(password: str) -> None:
    try:
        settings = read_settings({**LEAST, "ONRECORD_STATE": f"postgres://u:{password}@db/name"})
    except SettingsError:
        return
    assert str(settings.state) == "postgresql://db/name"
