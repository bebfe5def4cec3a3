"""The paragraphs of a page that ask and are set out from the others by their type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.reading.page import BLOCKS

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMPHASIS = frozenset({"b", "strong", "i", "em"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_AFTER_MARK = '"”’»*)] \n\t\xa0'


def list_questions(root: _Element) -> list[_Element]:
    """Blocks that ask and are set in bold or italics, or begin so, or are headings."""
    return [element for element in root.iter(*BLOCKS) if _asks_set_out(element)]


def _asks_set_out(element: _Element) -> bool:
    if any(child.tag in BLOCKS for child in element):
        return False
    if element.tag in _HEADINGS:
        return _asks(element)
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is None or first.tag not in _EMPHASIS:
        return False
    bare = "".join(child.tail or "" for child in element)
    whole = all(child.tag in _EMPHASIS for child in element) and not any(map(str.isalnum, bare))
    return _asks(element) if whole else _asks(first)


def _asks(element: _Element) -> bool:
    return "".join(map(str, element.itertext())).rstrip(_AFTER_MARK).endswith("?")
