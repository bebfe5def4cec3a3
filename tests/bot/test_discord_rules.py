"""The checker of requests finds what Discord would refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bot.discord_rules import DiscordRules, discord_rules

MUTE = {"allowed_mentions": {"parse": []}}
REPLY = "/webhooks/1/token/messages/@original"
CALLBACK = "/interactions/1/token/callback"
BUTTON = {"type": 2, "style": 2, "label": "a", "custom_id": "a"}


def row(*components: Any) -> dict[str, Any]:
    return {**MUTE, "components": [{"type": 1, "components": list(components)}]}


UNSTATED = [
    (REPLY, {"content": "hi"}, "pings"),
    (REPLY, {"content": "hi", "allowed_mentions": {"parse": ["users"]}}, "pings"),
    (REPLY, {**MUTE, "content": "🙂" * 1001}, "content over"),
    (REPLY, {**MUTE, "embeds": [{"description": "a" * 3500}] * 2}, "7000 characters"),
    (REPLY, {**MUTE, "embeds": [{"title": "a", "url": "https://a.b"}] * 2}, "merged"),
    (REPLY, {**MUTE, "embeds": [{"fields": [{"name": " ", "value": "a"}]}]}, "empty"),
    (REPLY, {**MUTE, "content": "a", "flags": 1 << 15}, "components v2"),
    (REPLY, row(BUTTON, BUTTON), "not unique"),
    (REPLY, row(*[{**BUTTON, "custom_id": str(n)} for n in range(6)]), "6 components"),
    (REPLY, row({**BUTTON, "custom_id": "a" * 101}), "custom id over"),
    (REPLY, row({"type": 2, "style": 5, "label": "a", "url": "https://a" + "b" * 512}), "address"),
    (CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": "b" * 101}]}}, "choice"),
]
STATED = [
    (REPLY, {**MUTE, "flags": "1", "content": "a"}, "flags"),
    (REPLY, {**MUTE, "embeds": [{"title": "a"}] * 11}, "embeds"),
    (REPLY, {**MUTE, "embeds": [{"color": -1}]}, "embeds/0/color"),
    (CALLBACK, {"type": 4, "data": {**MUTE, "content": "a" * 2001}}, "data"),
]


@pytest.mark.parametrize(("path", "body", "said"), UNSTATED)
def test_breaches_of_unstated_limits_are_found(path: str, body: Any, said: str) -> None:
    method = "POST" if path == CALLBACK else "PATCH"
    assert any(said in problem for problem in DiscordRules(None).problems(method, path, body))


@pytest.mark.parametrize(("path", "body", "said"), STATED)
def test_breaches_of_the_description_are_found(
    shared: Path, path: str, body: Any, said: str
) -> None:
    rules = discord_rules(shared / "discord" / "openapi.json")
    method = "POST" if path == CALLBACK else "PATCH"
    assert any(said in problem for problem in rules.problems(method, path, body))


def test_what_is_right_passes(shared: Path) -> None:
    rules = discord_rules(shared / "discord" / "openapi.json")
    assert rules.problems("PATCH", REPLY, {**row(BUTTON), "content": "hi"}) == []
    assert rules.problems("POST", CALLBACK, {"type": 5, "data": {"flags": 64}}) == []
