"""A Discord on loopback, just large enough to log in to: for tests of the real process.

It speaks the gateway's protocol (https://discord.com/developers/docs/events/gateway) over a real
WebSocket for each shard, takes the few requests of a start and a reply over real HTTP, and keeps
every body that it was sent, to be held against Discord's rules.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler

from tests.bot.discord_rules import discord_rules
from tests.conftest import SHARED

BOT = {"id": "1000", "username": "onrecord", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "2000",
    "name": "onrecord",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "0" * 64,
    "owner": BOT,
    "flags": 0,
    "team": None,
}
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10015, 10062
ASKER = {"id": "3000", "username": "ann", "discriminator": "0", "avatar": None}
MEMBER = {
    "user": ASKER,
    "roles": [],
    "joined_at": "2026-01-01T00:00:00+00:00",
    "deaf": False,
    "mute": False,
    "flags": 0,
    "permissions": "0",
}
ELSEWHERE: dict[str, dict[str, Any]] = {
    "a group": {
        "context": 2,
        "authorizing_integration_owners": {"1": ASKER["id"]},
        "channel": {"id": "6000", "type": 3, "recipients": [ASKER]},
    },
    "a server that has not installed it": {
        "context": 0,
        "authorizing_integration_owners": {"1": ASKER["id"]},
        "guild_id": "7777",
        "guild": {"id": "7777", "locale": "en-US", "features": []},
        "channel": {
            "id": "6000",
            "type": 0,
            "name": "general",
            "guild_id": "7777",
            "position": 0,
            "permission_overwrites": [],
        },
        "member": MEMBER,
    },
}
"""Where those ask who have installed the bot for themselves."""


def answer(told: Any, status: int = 200) -> web.Response:
    """JSON with the very header that discord.py looks for."""
    return web.Response(
        body=json.dumps(told),
        status=status,
        headers={"Content-Type": "application/json", "Via": "1.1 loopback"},
    )


@dataclass
class LoopbackDiscord:
    """Serves until closed; ``token`` is the one it takes.

    ``refusals`` are the statuses with which it answers replies before it takes one,
    ``refused_acknowledgements`` those with which it answers the first response to a command.
    """

    token: str
    refusals: list[int] = field(default_factory=list)
    refused_acknowledgements: list[int] = field(default_factory=list)
    port: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    replied: asyncio.Event = field(default_factory=asyncio.Event)
    refused: asyncio.Event = field(default_factory=asyncio.Event)
    replies: list[Any] = field(default_factory=list)
    acknowledged_at: dict[str, float] = field(default_factory=dict)
    replied_at: dict[str, float] = field(default_factory=dict)
    shards: int = 1
    gateways: dict[int, web.WebSocketResponse] = field(default_factory=dict)
    """The connections, by shard."""
    sent: list[tuple[str, str, Any]] = field(default_factory=list)
    """Method, path and body of every request that had one."""
    close_code: int | None = None
    application_told: dict[str, Any] = field(default_factory=lambda: dict(APPLICATION))
    application_status: int = 200
    held: list[dict[str, Any]] = field(default_factory=list)
    """Commands that Discord has."""
    guilds: list[dict[str, Any]] = field(default_factory=list)

    async def start(self) -> None:
        app = web.Application(middlewares=[self.keep])
        app.add_routes(
            [
                web.get("/users/@me", self.me),
                web.get("/oauth2/applications/@me", self.application),
                web.get("/users/@me/guilds", self.my_guilds),
                web.get("/gateway/bot", self.gateway_bot),
                web.get("/applications/2000/commands", self.commands),
                web.put("/applications/2000/commands", self.put_commands),
                web.post("/interactions/{id}/{token}/callback", self.callback),
                web.patch("/webhooks/2000/{token}/messages/@original", self.reply),
                web.get("/ws", self.serve_gateway),
            ]
        )
        self.runner = web.AppRunner(app, shutdown_timeout=1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    async def close(self) -> None:
        await self.runner.cleanup()

    def breaches(self) -> list[str]:
        """What Discord would have refused of all that was sent."""
        description = SHARED / "discord" / "openapi.json"
        rules = discord_rules(description if description.exists() else None)
        return [
            f"{method} {path}: {problem}"
            for method, path, body in self.sent
            for problem in rules.problems(method, path, body)
        ]

    @web.middleware
    async def keep(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.can_read_body:
            self.sent.append((request.method, request.path, await request.json()))
        return await handler(request)

    async def me(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bot {self.token}":
            return answer({"message": "401: Unauthorized", "code": 0}, status=401)
        return answer(BOT)

    async def application(self, _request: web.Request) -> web.Response:
        return answer(self.application_told, self.application_status)

    async def my_guilds(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", 0))
        later = [guild for guild in self.guilds if int(guild["id"]) > after]
        return answer(later[: int(request.query["limit"])])

    async def gateway_bot(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        address = f"ws://127.0.0.1:{self.port}/ws"
        return answer({"url": address, "shards": self.shards, "session_start_limit": limit})

    async def commands(self, _request: web.Request) -> web.Response:
        return answer(self.held)

    async def put_commands(self, request: web.Request) -> web.Response:
        told = [
            {
                "description": "",
                **command,
                "id": str(4000 + at),
                "application_id": "2000",
                "version": "1",
            }
            for at, command in enumerate(await request.json())
        ]
        self.held = told
        return answer(told)

    async def serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}})
        async for sent in socket:
            if sent.type is WSMsgType.TEXT:
                await self.take(socket, sent.json())
        self.close_code = socket.close_code
        self.left.set()
        return socket

    async def take(self, socket: web.WebSocketResponse, sent: dict[str, Any]) -> None:
        if sent["op"] == 1:
            await socket.send_json({"op": 11})
        elif sent["op"] == 2:
            number, count = sent["d"].get("shard", (0, 1))
            assert count == self.shards
            self.gateways[number] = socket
            held = [guild for guild in self.guilds if self.shard_of(guild["id"]) == number]
            session = {
                "v": 10,
                "user": BOT,
                "guilds": [{"id": guild["id"], "unavailable": True} for guild in held],
                "shard": [number, count],
                "session_id": f"s{number}",
                "resume_gateway_url": f"ws://127.0.0.1:{self.port}/ws",
                "application": {"id": "2000", "flags": 0},
            }
            await self.dispatch("READY", session, number)
            if len(self.gateways) == self.shards:
                self.ready.set()

    async def dispatch(self, name: str, told: dict[str, Any], shard: int = 0) -> None:
        await self.gateways[shard].send_json({"op": 0, "s": 1, "t": name, "d": told})

    async def ask(self, query: str, number: int = 5000, **where: Any) -> None:
        """Someone asks, in a direct message or ``where``; ``number`` is the interaction's."""
        options = [{"name": "query", "type": 3, "value": query}]
        command = {"id": "4000", "name": "ask", "type": 1, "options": options}
        await self.use(command, number, ASKER, **where)

    async def type(self, typed: str, number: int) -> None:
        """Someone types a query; Discord wants what to suggest."""
        options = [{"name": "query", "type": 3, "value": typed, "focused": True}]
        command = {"id": "4000", "name": "ask", "type": 1, "options": options}
        await self.use(command, number, ASKER, type=4)

    async def reload(self, number: int) -> None:
        """The owner reloads the record."""
        options = [{"name": "reload", "type": 1, "options": []}]
        command = {"id": "4007", "name": "record", "type": 1, "options": options}
        await self.use(command, number, BOT)

    async def use(
        self, command: dict[str, Any], number: int, user: dict[str, Any], **where: Any
    ) -> None:
        """``user`` uses a command, in a direct message or ``where``."""
        told = {
            "id": str(number),
            "application_id": "2000",
            "type": 2,
            "token": f"t{number}",
            "version": 1,
            "data": command,
            "channel_id": "6000",
            "channel": {"id": "6000", "type": 1, "recipients": [user]},
            "user": user,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 1,
            "app_permissions": "0",
            "attachment_size_limit": 1,
            **where,
        }
        await self.dispatch("INTERACTION_CREATE", told, self.shard_of(where.get("guild_id", 0)))

    def shard_of(self, server: str | int) -> int:
        """The shard on which Discord tells of a server, and of direct messages."""
        return (int(server) >> 22) % self.shards

    async def callback(self, request: web.Request) -> web.Response:
        if self.refused_acknowledgements:
            return self.refuse(self.refused_acknowledgements, UNKNOWN_INTERACTION)
        self.replies.append(await request.json())
        number = request.match_info["id"]
        self.acknowledged_at[number] = time.monotonic()
        self.acknowledged.set()
        told = {"id": number, "type": 2, "response_message_id": "7000"}
        return answer({"interaction": told})

    def refuse(self, statuses: list[int], unknown: int) -> web.Response:
        """Refuse as the first of ``statuses`` says, and forget it; ``unknown`` is a 404's code."""
        status = statuses.pop(0)
        if not statuses:
            self.refused.set()
        code = unknown if status == 404 else 0
        told = {"message": "refused", "code": code, "retry_after": 0.05, "global": False}
        return answer(told, status=status)

    async def reply(self, request: web.Request) -> web.Response:
        if self.refusals:
            return self.refuse(self.refusals, UNKNOWN_WEBHOOK)
        self.replies.append(await request.json())
        self.replied_at[request.match_info["token"].removeprefix("t")] = time.monotonic()
        self.replied.set()
        return answer(
            {
                "id": "7000",
                "channel_id": "6000",
                "author": BOT,
                "content": self.replies[-1]["content"] or "",
                "timestamp": "2026-01-01T00:00:00+00:00",
                "edited_timestamp": None,
                "tts": False,
                "mention_everyone": False,
                "mentions": [],
                "mention_roles": [],
                "attachments": [],
                "embeds": [],
                "pinned": False,
                "type": 20,
                "components": [],
            }
        )
