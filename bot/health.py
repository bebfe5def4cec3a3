"""Asking a running bot how it is; quick to import, since a container asks every half minute."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass

from corpus.errors import OnrecordError


class UnwellError(OnrecordError):
    """The bot doesn't run, or runs and doesn't serve."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is. ``problem`` is a sentence, None while it serves."""

    problem: str | None
    connections: int
    """Connections to Discord that are up …"""
    shards: int
    """… of how many."""
    transcripts: int
    built_on: str | None


def ask_health(host: str, port: int) -> Health:
    """How the bot that listens there is.

    Raises:
        UnwellError: nothing answers within 5 seconds, or what answers isn't the bot.
    """
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - every address
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health")
        return Health(**json.loads(connection.getresponse().read()))
    except (OSError, http.client.HTTPException, ValueError, TypeError) as error:
        raise UnwellError(f"No bot answers on {host}:{port} ({error}); is it running?") from error
    finally:
        connection.close()
