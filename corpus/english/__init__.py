"""Lists of English words, kept as data: an editor adds a word, a test reads every list."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def read_list(name: str) -> frozenset[str]:
    """The words of ``NAME.txt`` here; lines that begin with # tell what it is."""
    text = (Path(__file__).parent / f"{name}.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


@cache
def read_table(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of ``NAME.txt`` here: the first word of each, and the words after it."""
    text = (Path(__file__).parent / f"{name}.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {first: tuple(others) for first, *others in rows}
