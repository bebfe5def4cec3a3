"""A list that fits a message, or comes with it as a file; and how many there are of something."""

from __future__ import annotations

from collections.abc import Sequence

from bot.escape import MESSAGE_WIDTH, escape, width
from bot.render import Reply


def count(number: int, one: str, many: str = "") -> str:
    """How many there are, in words: “1 server”, “2,500 servers”; ``many`` where no “s” does."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def render_lines(heading: str, lines: Sequence[str], file: str) -> Reply:
    """A heading and a list; what does not fit is in a file that comes with it."""
    shown = [f"**{escape(heading)}**", *(f"- {escape(line)}" for line in lines)]
    if width(whole := "\n".join(shown)) <= MESSAGE_WIDTH:
        return Reply(whole)
    rest = "The whole list is in the file below."
    while width("\n".join([*shown, rest])) > MESSAGE_WIDTH:
        shown.pop()
    text = "\n".join([heading, *lines])
    return Reply("\n".join([*shown, rest]), files=((file, text.encode()),))
