"""Draws what the bot really sends, for the README and for looking at.

    python -m docs.pictures.make_pictures [--width PIXELS] [--into FOLDER]

from the checkout's folder. It needs the extra "dev", Node.js and Chromium. The unmodified bot runs
in a simulated Discord on the transcripts that ship with it; the bodies of its requests are drawn
in light and dark, side by side, each as wide as told.
"""

# ruff: noqa: ANN401, S603, S607, T201 - SimCord has no types; this starts programs and prints

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import simcord
from PIL import Image, ImageChops

from bot.run import COMMANDS, make_client
from bot.settings import Settings
from bot.shards import Shards
from corpus.load import load_record
from corpus.record import Record

HERE = Path(__file__).resolve().parent
WIDTH = 410  # two of them fill a README on GitHub
TALLEST = 6000  # pixels; what is below the last message is cut off
COLOURS = 24  # a picture stays below 150 kB, and nothing is seen of it
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--hide-scrollbars"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--force-device-scale-factor=2"),
)
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND"  # the components would fetch fonts

QUERY = "what if russia only does a minor incursion?"
MISQUOTED = (
    "We've been perfectly clear with Russia that any Russian forces going into Ukraine constitute"
    " an invasion that will be receiving a swift, united, and severe answer."
)
SAID = "It’s ultimately going to be President Putin who decides what Russia will do."

Scene = Callable[[Any, Any], Awaitable[None]]


def use(command: str, **options: Any) -> Scene:
    """The scene in which Ann uses a command."""

    async def play(member: Any, channel: Any) -> None:
        await member.slash(channel, command, **options)

    return play


def press(label: str, query: str = QUERY) -> Scene:
    """The scene in which Ann asks and presses a button of the reply."""

    async def play(member: Any, channel: Any) -> None:
        asked = await member.slash(channel, "ask", query=query)
        await member.click(asked.response, label=label)

    return play


async def ask_plain(member: Any, channel: Any) -> None:
    """Ann prefers text to boxes, and asks."""
    await member.slash(channel, "replies", plain=True)
    await member.slash(channel, "ask", query=QUERY)


# The command that the picture names (none for a button), and what leads to the message.
SCENES: dict[str, tuple[str, Scene]] = {
    "reply": ("/ask", use("ask", query=QUERY)),
    "verify": ("/verify", use("verify", quote=MISQUOTED)),
    "context": ("", press("In context", "What would be the upside for Putin of invading?")),
    "several": ("/verify", use("verify", quote=f"“{MISQUOTED}” He said: “{SAID}”")),
    "closest": ("/ask", use("ask", query="what would sanctions do to Russia")),
    "nothing": ("/ask", use("ask", query="Who won the world cup?")),
    "plain": ("/ask", ask_plain),
    "others": ("", press("Other matches")),
    "cite": ("", press("Cite")),
    "wrong": ("", press("Not what I asked")),
    "sources": ("/sources", use("sources")),
    "about": ("/about", use("about")),
    "timeline": ("/timeline", use("timeline", query="invasion of Ukraine")),
}
SHOWN = ("reply", "verify", "context", "timeline")  # in the README


def main() -> int:
    """Make the pictures."""
    read = argparse.ArgumentParser(description="Draws what the bot sends.")
    read.add_argument("--width", type=int, default=WIDTH, help="of each theme, in pixels")
    read.add_argument("--into", type=Path, default=HERE, help="where the pictures go")
    names = f"of {', '.join(SCENES)}; else those in the README"
    read.add_argument("names", nargs="*", default=SHOWN, help=names)
    told = read.parse_args()
    if not (HERE / "node_modules").exists():
        npm = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund"]
        subprocess.run(npm, cwd=HERE, check=True)
    there = {command.name for command in COMMANDS}
    for name in told.names:
        command, scene = SCENES[name]
        if command and command[1:] not in there:
            print(f"{name}: left out, there is no {command} yet", file=sys.stderr)
            continue
        sent = asyncio.run(play(scene))
        sent["command"] = command
        told.into.mkdir(parents=True, exist_ok=True)
        path = told.into / f"{name}.png"
        draw(sent, told.width, path)
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
    return 0


async def play(scene: Scene) -> dict[str, Any]:
    """Play a scene in a simulated Discord; what the bot sent last, and whether in private."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "record.db")
        load_record(path)
        record = Record(path)
        settings = Settings(token="a.simulated.token", state=Path(folder, "state.db"))  # noqa: S106
        async with simcord.run(make_client(settings, record, shards=Shards(0, 0, 1))) as env:
            guild = env.create_guild()
            channel = guild.create_text_channel("general")
            await scene(guild.add_member(env.create_user("ann")), channel)
            requests = list(env.http_requests)
        record.close()
    acknowledged = [r.json for r in requests if r.path.endswith("/callback")][-1]
    body = [r.json for r in requests if r.method == "PATCH" and r.path.endswith("@original")][-1]
    hidden = bool((acknowledged.get("data") or {}).get("flags", 0) & 64)
    return {"body": body, "hidden": hidden}


def draw(sent: dict[str, Any], width: int, path: Path) -> None:
    """Draw one message in both themes."""
    told = json.dumps({"width": width, "sent": [sent]})
    page = subprocess.run(
        ["node", "page.mjs"], cwd=HERE, input=told, capture_output=True, text=True, check=True
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.html").write_text(page.stdout, encoding="utf-8")
        shot = Path(folder, "shot.png")
        take_shot(Path(folder), shot, 2 * width)
        shrink(shot, path)


def take_shot(folder: Path, shot: Path, width: int) -> None:
    """Let Chromium draw ``page.html``, twice as fine as it is wide."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("Chromium is needed (on Debian: apt-get install chromium).")
    size = f"--window-size={width},{TALLEST // 2}"
    told = [f"--user-data-dir={folder}/user", size]
    page = (folder / "page.html").as_uri()
    command = [browser, *QUIET, NOWHERE, *told, f"--screenshot={shot}", page]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def shrink(shot: Path, path: Path) -> None:
    """Cut off what is empty below, keep few colours."""
    picture = Image.open(shot).convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    box = ImageChops.difference(picture, white).getbbox()
    whole = picture.crop((0, 0, picture.width, box[3] if box else picture.height))
    whole.quantize(COLOURS, kmeans=4, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
