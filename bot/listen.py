"""How the bot is, told on a local port: whether it serves, and figures for Prometheus.

“Running” is not enough: it serves when every connection to Discord is up and a whole record can
be read. Nothing here names a person, a server or a query.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from dataclasses import asdict

from aiohttp import web

from bot.client import OnrecordClient
from bot.health import Health
from corpus.errors import OnrecordError, SettingsError

log = logging.getLogger(__name__)


def read_health(client: OnrecordClient) -> Health:
    """How the bot is now. It reads the record: call it off the event loop."""
    up = sum(not shard.is_closed() for shard in client.shards.values())
    shards = len(client.shards)
    connected = client.is_ready() and up == shards
    problem = None if connected else f"Not connected to Discord: {up} of {shards} connections."
    try:
        with client.record.reading() as reader:
            transcripts, built_on = len(reader.transcripts()), reader.about().get("built_on")
    except (OnrecordError, sqlite3.Error) as error:
        return Health(f"The record can't be read: {error}", up, shards, 0, None)
    if not transcripts:
        problem = problem or "No transcript is on record."
    return Health(problem, up, shards, transcripts, built_on)


async def start_listening(client: OnrecordClient, host: str, port: int) -> web.AppRunner:
    """Tell how the bot is on ``/health`` and ``/metrics``; clean the runner up to stop.

    Raises:
        SettingsError: nothing can listen there.
    """

    async def health(_request: web.Request) -> web.Response:
        told = await asyncio.to_thread(read_health, client)
        return web.json_response(asdict(told), status=503 if told.problem else 200)

    async def metrics(_request: web.Request) -> web.Response:
        try:
            from bot.metrics import CONTENT_TYPE, render_metrics
        except ImportError:
            raise web.HTTPNotImplemented(text="Install “onrecord[host]” for metrics.\n") from None
        told = await asyncio.to_thread(render_metrics, client)
        return web.Response(body=told, headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.add_routes([web.get("/health", health), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        problem = f"ONRECORD_LISTEN: can't listen on {host}:{port} ({error.strerror})"
        raise SettingsError(f"{problem}; name another port.") from error
    log.info("telling how the bot is on %s:%d", host, port)
    return runner
