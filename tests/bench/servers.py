"""How much memory processes take for the servers on their shards.

``python -m tests.bench.servers --servers 0 1000 2500`` starts the real bot before a Discord on
loopback, which tells it of made servers as Discord does after a connection is made, and prints each
process's memory once all are known. What servers hold differs; these have 30 channels and 15 roles.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import click

from corpus.load import load_record
from tests.bot.loopback import BOT, LoopbackDiscord
from tests.bot.test_run import TOKEN, kept_beside, start

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


def wait_until_known(ports: Iterable[int], servers: int) -> None:
    """Until the bots that listen there know as many servers as there are."""
    while sum(map(known_servers, ports)) < servers:
        time.sleep(1)


def resident(pid: int) -> float:
    """Memory of a process in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@asynccontextmanager
async def serving(
    record: Path, processes: int, shards: int
) -> AsyncIterator[tuple[LoopbackDiscord, dict[int, asyncio.subprocess.Process]]]:
    """Bots, by the port where they tell how they are, each with as many connections."""
    discord = LoopbackDiscord(TOKEN, shards=processes * shards)
    await discord.start()
    bots = {}
    try:
        for at in range(processes):
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            bots[port] = await start(
                f"http://127.0.0.1:{discord.port}",
                *("run", "--shards", f"{at * shards}-{at * shards + shards - 1}/{discord.shards}"),
                DISCORD_TOKEN=TOKEN,
                ONRECORD_LISTEN=f"127.0.0.1:{port}",
                ONRECORD_LOG_LEVEL="ERROR",
                **kept_beside(record),
            )
        async with asyncio.timeout(60 + 10 * shards):
            await discord.ready.wait()
        yield discord, bots
    finally:
        for bot in bots.values():
            bot.kill()
            await bot.communicate()
        await discord.close()


async def measure(record: Path, servers: int, processes: int, shards: int) -> str:
    """A line for processes that share so many servers, each over as many connections."""
    async with serving(record, processes, shards) as (discord, bots):
        began = time.monotonic()
        for number in range(1, servers + 1):
            await discord.dispatch("GUILD_CREATE", make_server(number), number % discord.shards)
        await asyncio.to_thread(wait_until_known, bots, servers)
        took = time.monotonic() - began
        each = ", ".join(f"{resident(bot.pid):.0f}" for bot in bots.values())
    return (
        f"{servers:,} servers, processes: {processes} of {shards} shards: {each} MB;"
        f" all known after {took:.0f} s"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, nargs="+", default=[0, 1000, 2500])
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--shards", type=int, default=1, help="of each; one takes 5 s to connect")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.db"
        load_record(record)
        for servers in options.servers:
            told = measure(record, servers, options.processes, options.shards)
            click.echo(asyncio.run(told))


if __name__ == "__main__":
    main()
