"""Everyday words and the words that officials use for the same thing."""

from __future__ import annotations


def related_words(word: str) -> list[tuple[str, float]]:
    """Words that may stand for ``word`` in an official's mouth, each with its share of weight."""
    return []
