"""How much memory a process takes for the servers on its shards.

``python -m tests.bench.servers --servers 0 1000 2500`` starts the real bot before a Discord on
loopback, which tells it of made servers as Discord does after a connection is made, and prints the
process's memory once all are known. What servers hold differs; these have 30 channels and 15 roles.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

import click

from corpus.load import load_record
from tests.bot.loopback import BOT
from tests.bot.test_run import running

CHANNELS, ROLES = 30, 15


def make_server(number: int) -> dict[str, Any]:
    """A server as GUILD_CREATE tells of it; https://discord.com/developers/docs/resources/guild"""
    guild = str(number << 22)
    permissions = {"id": guild, "type": 0, "allow": "0", "deny": "1024"}
    return {
        "id": guild,
        "name": f"A server with a usual name {number}",
        "icon": "a" * 32,
        "owner_id": "3000",
        "member_count": 500,
        "joined_at": "2026-01-01T00:00:00+00:00",
        "region": "",
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "features": ["COMMUNITY", "NEWS"],
        "roles": [
            {
                "id": str((number << 22) + at),
                "name": f"role {at}",
                "permissions": "104324673",
                "position": at,
                "color": 0,
                "hoist": False,
                "managed": False,
                "mentionable": False,
                "flags": 0,
            }
            for at in range(ROLES)
        ],
        "channels": [
            {
                "id": str((number << 22) + 100 + at),
                "type": 0,
                "name": f"channel-{at}",
                "topic": "What this channel is for, in a sentence",
                "position": at,
                "permission_overwrites": [permissions],
                "nsfw": False,
            }
            for at in range(CHANNELS)
        ],
        "members": [
            {
                "user": BOT,
                "roles": [],
                "joined_at": "2026-01-01T00:00:00+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
        ],
        **{name: [] for name in ("emojis", "stickers", "presences", "voice_states", "threads")},
        **{name: [] for name in ("stage_instances", "guild_scheduled_events")},
    }


def known_servers(port: int) -> int:
    """How many servers the bot says that it is in."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as told:
        lines = told.read().decode().splitlines()
    return int(
        float(next(line for line in lines if line.startswith("onrecord_servers ")).split()[1])
    )


def resident(pid: int) -> float:
    """Memory of a process in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measure(record: Path, servers: int, shards: int) -> str:
    """A line for a process in so many servers over so many connections."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    listen = f"127.0.0.1:{port}"
    async with running(record, shards=shards, ONRECORD_LISTEN=listen) as (discord, bot):
        for number in range(1, servers + 1):
            await discord.dispatch("GUILD_CREATE", make_server(number), number % shards)
        async with asyncio.timeout(300):
            while await asyncio.to_thread(known_servers, port) < servers:
                pass
        told = f"{servers:,} servers, shards: {shards}: {resident(bot.pid):.0f} MB"
        bot.kill()
        await bot.wait()
    return told


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, nargs="+", default=[0, 1000, 2500])
    parser.add_argument("--shards", type=int, default=1, help="each takes 5 s to connect")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.db"
        load_record(record)
        for servers in options.servers:
            click.echo(asyncio.run(measure(record, servers, options.shards)))


if __name__ == "__main__":
    main()
