"""Pictures of what the bot really sends, as Discord's own looks show it.

``python -m tests.looks.picture NODE_MODULES OUT`` runs the bot under SimCord, takes the messages
that it sent, and has them drawn by ``@derockdev/discord-components-core`` (npm, in NODE_MODULES) in
headless Chromium: dark and light, wide and 360 pixels narrow. The pictures are for people to look
at; tests check what is in the messages.
"""

from __future__ import annotations

import asyncio
import functools
import html
import http.server
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import simcord
from PIL import Image, ImageChops

from bot.run import make_client
from corpus.load import load_record
from corpus.store import Record
from tests.bot.world import KNOWN_QUERY, make_settings

LIBRARY = "@derockdev/discord-components-core"
SCRIPT = (
    f"/{LIBRARY}/dist/derockdev-discord-components-core/derockdev-discord-components-core.esm.js"
)
SIZES = {"wide": (760, 900), "narrow": (360, 1500)}
IN_VAIN = "How do I bake sourdough bread?"

PAGE = """<!doctype html><html><head><meta charset="utf-8">
<script type="module" src="{script}"></script>
<style>body{{margin:0;background:{back}}} small{{opacity:.75;font-size:.8em}}
discord-embed-description, discord-embed-field{{white-space:normal}}
.discord-light-theme .discord-embed-title{{color:#060607 !important}}
.discord-light-theme .discord-embed-footer{{color:#4e5058 !important}}
.discord-button{{white-space:nowrap}} discord-action-row{{flex-wrap:wrap}}</style></head><body>
<discord-messages light-theme="{light}" no-background="false">
<discord-message author="Onrecord" bot="true" avatar="{avatar}">{body}</discord-message>
</discord-messages></body></html>"""


AVATAR = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Crect"
    " width='8' height='8' fill='%232e7d32'/%3E%3Ctext x='2' y='6.6' font-size='7' fill='white'%3E"
    "”%3C/text%3E%3C/svg%3E"
)


def inline(text: str) -> str:
    """Discord's inline Markdown, as far as the bot uses it, as HTML."""
    shown, opened = [], {"**": False, "__": False}
    names = {"**": "discord-bold", "__": "discord-underlined"}
    for piece in re.findall(r"\\[^0-9A-Za-z\s]|\*\*|__|<https?://[^>]+>|.", text, re.DOTALL):
        if piece in names:
            opened[piece] = not opened[piece]
            shown.append(f"<{'' if opened[piece] else '/'}{names[piece]}>")
        elif piece.startswith("<http"):
            shown.append(f'<a href="#">{html.escape(piece[1:-1])}</a>')
        else:
            shown.append(html.escape(piece[1:] if len(piece) == 2 else piece))
    return "".join(shown)


def blocks(text: str) -> str:
    """Discord's block Markdown, as far as the bot uses it, as HTML."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("> "):
            lines.append(f"<discord-quote>{inline(line[2:])}</discord-quote>")
        elif line.startswith("-# "):
            lines.append(f"<small>{inline(line[3:])}</small><br>")
        elif line.startswith("- "):
            lines.append(f"&nbsp;• {inline(line[2:])}<br>")
        else:
            lines.append(f"{inline(line)}<br>")
    return "".join(lines)


def draw_embed(embed: Any) -> str:
    """One embed as HTML."""
    fields = "".join(
        f'<discord-embed-field field-title="{html.escape(field.name)}"'
        f' inline="{str(bool(field.inline)).lower()}">{blocks(field.value)}</discord-embed-field>'
        for field in embed.fields
    )
    title = html.escape(re.sub(r"\\([^0-9A-Za-z\s])", r"\1", embed.title or ""))
    colour = f"#{embed.colour.value:06x}" if embed.colour else "#5f6368"
    footer = html.escape(embed.footer.text or "")
    return (
        f'<discord-embed slot="embeds" color="{colour}" embed-title="{title}">'
        f'<discord-embed-description slot="description">{blocks(embed.description or "")}'
        f"</discord-embed-description>"
        f'<discord-embed-fields slot="fields">{fields}</discord-embed-fields>'
        f'<discord-embed-footer slot="footer">{footer}</discord-embed-footer></discord-embed>'
    )


def draw_message(message: Any) -> str:
    """A message with embeds and buttons as HTML."""
    rows = "".join(
        "<discord-action-row>"
        + "".join(
            f'<discord-button type="secondary"{" url=#" if button.get("url") else ""}>'
            f"{html.escape(button['label'])}</discord-button>"
            for button in row["components"]
        )
        + "</discord-action-row>"
        for row in message.components
    )
    attachments = f'<discord-attachments slot="components">{rows}</discord-attachments>'
    content = blocks(message.content) if message.content else ""
    return content + "".join(map(draw_embed, message.embeds)) + (attachments if rows else "")


async def sent_messages(folder: Path) -> dict[str, str]:
    """What the bot sends, by name, as HTML."""
    load_record(folder / "record.db")
    client = make_client(
        make_settings(folder / "state.db"), Record(folder / "record.db"), shard_count=1
    )
    async with simcord.run(client, settle_timeout=30) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("general")
        ann = guild.add_member(env.create_user("ann"))
        quoted = (await ann.slash(channel, "ask", query=KNOWN_QUERY)).response
        shown = {
            "quoted": quoted,
            "nothing": (await ann.slash(channel, "ask", query=IN_VAIN)).response,
            "context": (await ann.click(quoted, label="In context")).response,
            "others": (await ann.click(quoted, label="Other matches")).response,
            "cite": (await ann.click(quoted, label="Cite")).response,
            "sources": (await ann.slash(channel, "sources")).response,
            "about": (await ann.slash(channel, "about")).response,
        }
        drawn = {name: draw_message(message) for name, message in shown.items()}
        await ann.slash(channel, "replies", plain=True)
        plain = (await ann.slash(channel, "ask", query=KNOWN_QUERY)).response
        return {**drawn, "plain": draw_message(plain)}


def draw_pages(folder: Path, bodies: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Write a page for each message and theme; yields its file's name and the theme's."""
    for name, body in bodies.items():
        for theme, back in (("dark", "#313338"), ("light", "#ffffff")):
            page = PAGE.format(
                script=SCRIPT,
                avatar=AVATAR,
                back=back,
                light=str(theme == "light").lower(),
                body=body,
            )
            (folder / f"{name}-{theme}.html").write_text(page, encoding="utf-8")
            yield f"{name}-{theme}.html", theme


def crop(picture: Path) -> None:
    """Cut off the empty rows below the message."""
    with Image.open(picture) as whole:
        image = whole.convert("RGB")
    back = Image.new("RGB", image.size, image.getpixel((image.width // 2, image.height - 1)))
    box = ImageChops.difference(image, back).getbbox()
    if box:
        image.crop((0, 0, image.width, min(image.height, box[3] + 8))).save(picture)


def take_pictures(modules: Path, out: Path) -> None:
    """Draw everything into ``out``."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is not installed.")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "@derockdev").symlink_to((modules / "@derockdev").resolve())
        bodies = asyncio.run(sent_messages(folder))
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=temporary)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for page, _ in list(draw_pages(folder, bodies)):
                for size, (width, height) in SIZES.items():
                    target = out / f"{Path(page).stem}-{size}.png"
                    address = f"http://127.0.0.1:{server.server_port}/{page}"
                    subprocess.run(
                        [
                            *(chromium, "--headless=new", "--no-sandbox", "--disable-gpu"),
                            *(f"--screenshot={target}", f"--window-size={width},{height}"),
                            *("--hide-scrollbars", "--virtual-time-budget=4000", address),
                        ],
                        check=True,
                        capture_output=True,
                    )
                    crop(target)
            server.shutdown()


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), Path(sys.argv[2]))
