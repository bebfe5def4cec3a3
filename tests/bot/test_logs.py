"""The log: a line or a JSON object for each thing; no token, no person, no query."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.logs import Discreet, JsonLines
from bot.place import Address
from tests.bot.test_run import TOKEN, running
from tests.bot.world import KNOWN_QUERY

SECRET = "MTIz.secret.token"  # noqa: S105 - nobody's


def formatted(formatter: logging.Formatter, message: str, *arguments: object) -> str:
    """What is logged for a message in whose trace the token stands."""
    written = io.StringIO()
    stream = logging.StreamHandler(written)
    stream.setFormatter(Discreet(formatter, SECRET))
    try:
        raise ValueError(f"refused: Bot {SECRET}")
    except ValueError:
        record = logging.LogRecord(
            "bot", logging.ERROR, "x.py", 1, message, arguments, sys.exc_info()
        )
    stream.handle(record)
    return written.getvalue()


@pytest.mark.parametrize("formatter", [JsonLines(), logging.Formatter("%(message)s")])
def test_no_token_is_logged_even_in_a_trace(formatter: logging.Formatter) -> None:
    address = "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb24.Zm9v-Bar_/messages"
    line = formatted(formatter, "POST %s with %s", address, SECRET)
    assert SECRET not in line
    assert "aW50ZXJhY3Rpb24" not in line
    assert "/webhooks/123/[token]/messages with [token]" in line
    assert "ValueError: refused: Bot [token]" in line


def test_no_password_is_logged_however_it_is_written() -> None:
    address = Address("postgresql://ann:pa%40ss@db/onrecord", Path("state.key"))
    formatter = Discreet(logging.Formatter("%(message)s"), SECRET, *address.secrets)
    for told in (address.url, "user ann, password pa%40ss", "password=pa@ss"):
        line = formatter.format(logging.LogRecord("bot", 40, "x.py", 1, "%s", (told,), None))
        assert "pa" not in line.replace("password", "")


def test_a_json_line_is_one_line_and_holds_everything() -> None:
    line = formatted(JsonLines(), "two\nlines “%s”", "é")
    assert line.count("\n") == 1
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "bot", "two\nlines “é”")
    assert told["trace"].startswith("Traceback")
    assert told["time"].endswith("+00:00")


def gone() -> discord.NotFound:
    response: Any = SimpleNamespace(status=404, reason="Not Found")
    return discord.NotFound(response, {"code": 10062, "message": "Unknown interaction"})


@pytest.mark.parametrize(("error", "trace"), [(gone(), False), (ValueError("ours"), True)])
def test_suggestions_that_came_too_late_are_one_line_without_a_person(
    error: Exception, trace: bool
) -> None:
    message = "Ignoring exception in autocomplete for %r (Guild: %s, User: %s)"
    raised = (type(error), error, None)
    written = logging.LogRecord("discord", 40, "x.py", 1, message, ("ask", 7777, 3000), raised)
    line = Discreet(logging.Formatter("%(message)s"), SECRET).format(written)
    assert line.startswith("no suggestions for 'ask'")
    assert str(error) in line
    assert "3000" not in line
    assert ("\n" in line) is trace


async def test_no_person_and_no_query_is_in_the_log_of_a_running_bot(record_path: Path) -> None:
    async with (
        running(record_path, ONRECORD_LOG_FORMAT="json") as (discord, bot),
        asyncio.timeout(60),
    ):
        await discord.ask(KNOWN_QUERY)
        await discord.replied.wait()
        bot.terminate()
        _, told = await bot.communicate()
    lines = [json.loads(line) for line in told.decode().splitlines()]
    assert "stopping" in [line["message"] for line in lines]
    for secret in (TOKEN, KNOWN_QUERY, "closer to war", "3000", "ann"):
        assert not re.search(rf"\b{re.escape(secret)}\b", told.decode())
