"""Saved web pages: the part that holds the transcript, and what the page states of itself."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.model import LineMap, Removed
from corpus.reading.base import RawFile, require_length
from corpus.reading.labels import is_heading, is_name, kind_of_label
from corpus.reading.markup import KEEP, find_texts, parse_html, read_markup
from corpus.reading.spoken import Sheet
from corpus.text import fold_space

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEAD = 300_000  # bytes: styles and scripts may stand before what a page states of itself
_OWN = re.compile(
    r"<(?:link\b[^>]*\brel=[\"']?canonical|meta\b[^>]*\bproperty=[\"']?og:url)\b[^>]*>",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s\"'<>]+")
_LABELLED = re.compile(r"\s*(?:Q(?:[.:]?\s|$)|[A-Z][A-Z.’'\-\s]{1,60}:)")
_NAMED = re.compile(r"\s*(?P<label>[^\W\d_][^:\n]{0,60}?)\s*:(?:\s|$)")
BLOCKS = (
    *("p", "div", "td", "li", "blockquote", "section", "article", "main", "body", "dl", "dt", "dd"),
    *("h2", "h3", "h4", "h5", "h6"),
)
_OFTEN = 2  # a name in small letters before a colon is a label where it leads so many blocks
_BYLINES = "//body//*[contains(@class, 'author') or contains(@class, 'byline')]"
_PLACES = "//body//*[contains(@class, '__place') or contains(@class, '-place')]"
_NOT_SPOKEN = frozenset(
    {"header", "h1", "nav", "aside", "footer", "form", "button", "figure", "select"}
)
_ROLES = frozenset({"complementary", "navigation", "search", "contentinfo"})
_SET_IN = frozenset({"related", "share", "sharing", "breadcrumb", "breadcrumbs"})
_HOLDERS = frozenset({"div", "section", "nav", "ul", "ol"})
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+")
_SET_IN_AT_MOST = 100  # elements
_HEADS = frozenset({"header", "h1"})
_WHOLE = frozenset({"article", "main", "body"})
_ABOVE_AT_MOST = 12_000  # characters
_SITES = re.compile(
    r"\s+[-–—|>]\s+(?:The White House|whitehouse\.gov|(?:U\.S\.|United States) Department of \w+)$",
    re.IGNORECASE,
)
_MOST = 0.9  # of the labelled paragraphs; a stray one may stand in a teaser


@dataclass(frozen=True, slots=True)
class Page:
    """A page's transcript as canonical text, and what the page states of itself.

    ``bold``, ``italic`` and ``headings`` are the spans of the text that were set so.
    ``byline`` is its heading, which may not be its title, and who speaks or writes, as set apart by
    the page: "Jane Doe, Spokesperson."
    """

    text: str
    line_map: LineMap
    removed: tuple[Removed, ...]
    title: str | None
    date: dt.date | None
    place: str | None
    url: str | None
    byline: str
    bold: tuple[tuple[int, int], ...]
    italic: tuple[tuple[int, int], ...]
    headings: tuple[tuple[int, int], ...]
    above: str

    @property
    def sheet(self) -> Sheet:
        """The page to read turns from."""
        emphasised = self.bold + self.italic + self.headings
        return Sheet(self.text, self.line_map, 0, self.title or "", self.byline, emphasised)


def is_page(raw: RawFile) -> bool:
    """Whether a document is HTML by its first sign."""
    return raw.content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def own_address(raw: RawFile) -> str | None:
    """The address that a page gives as its own."""
    head = raw.content[:_HEAD].decode("utf-8", errors="replace")
    for tag in _OWN.finditer(head):
        if url := _URL.search(tag[0]):
            return url[0]
    return None


def own_host(raw: RawFile) -> str:
    """The host of that address, empty where there is none."""
    try:
        return urlsplit(own_address(raw) or "").hostname or ""
    except ValueError:
        return ""


def read_page(
    raw: RawFile, list_spoken: Callable[[_Element], list[_Element]] | None = None
) -> Page:
    """The part of a page that holds its labelled paragraphs, and the page's own statements.

    Args:
        raw: the page.
        list_spoken: finds the paragraphs by which the part is found, where they have no labels.

    Raises:
        ParseError: not UTF-8, not HTML, or too long.
    """
    root = parse_html(raw.name, raw.text)
    _mark_struck(root)
    spoken = (list_spoken or _list_labelled)(root)
    _unwrap_form(root, spoken)
    article = _find_article(root, spoken)
    reading = read_markup(root, partial(_leave_out, article))
    require_length(raw.name, reading.text)
    return Page(
        reading.text,
        reading.line_map,
        reading.removed,
        _read_title(root),
        _read_date(root),
        _first(root, _PLACES),
        own_address(raw),
        "".join(f"{line}.\n" for path in ("//h1", _BYLINES) for line in find_texts(root, path)[:9]),
        reading.bold,
        reading.italic,
        reading.headings,
        _read_above(article),
    )


def _mark_struck(root: _Element) -> None:
    """Set ``<s>`` as text around what the publisher struck out, as archived Markdown has it.

    Without the mark a word that was struck out would read as if it stood.
    """
    for struck in root.iter("s", "del", "strike"):
        struck.text = "<s>" + (struck.text or "")
        if len(struck):
            struck[-1].tail = (struck[-1].tail or "") + "</s>"
        else:
            struck.text += "</s>"


def _unwrap_form(root: _Element, spoken: Sequence[_Element]) -> None:
    """A form around a page's own text is no form to fill in: some sites wrap every page in one."""
    if (form := next(root.iter("form"), None)) is not None:
        inside = {*form.iter(*BLOCKS, "br")}.intersection(spoken)
        if 2 * len(inside) > len(spoken):
            form.tag = "div"


def _leave_out(article: _Element, element: _Element) -> str | None:
    if element is article:
        return KEEP
    if element.tag == "html":
        return "page"
    if element.tag in _NOT_SPOKEN:
        return str(element.tag)
    return "aside" if _is_set_in(element) else None


def _is_set_in(element: _Element) -> bool:
    """Whether an element is beside the text by its role or class, and holds little and no turn."""
    words = {word.lower() for word in _CLASS_WORD.findall(element.get("class") or "")}
    is_called_so = element.tag in _HOLDERS and not words.isdisjoint(_SET_IN)
    if element.get("role") not in _ROLES and not is_called_so:
        return False
    inside = list(islice(element.iter(), _SET_IN_AT_MOST + 1))
    return len(inside) <= _SET_IN_AT_MOST and not any(
        _is_labelled(each) for each in inside if each.tag in BLOCKS or each.tag == "br"
    )


def _find_article(root: _Element, spoken: Sequence[_Element]) -> _Element:
    """The innermost element that holds most of the labelled paragraphs."""
    from lxml import etree

    elements = list(root.iter(etree.Element))
    unspoken: set[_Element] = set()
    for element in elements:
        above = element.getparent()
        if above is not None and (above in unspoken or above.tag in _NOT_SPOKEN):
            unspoken.add(element)
    counted = {element for element in spoken if element not in unspoken}
    holds: Counter[_Element] = Counter()  # labelled elements inside of each
    for element in reversed(elements):
        if (above := element.getparent()) is not None:
            holds[above] += holds[element] + (element in counted)
    needed = max(1, _MOST * len(counted))
    inner: _Element = root
    for element in root.iter(*BLOCKS):
        if holds[element] >= needed:
            inner = element
    return inner


def _read_above(article: _Element) -> str:
    """What stands above the text, up to the page's heading or its article's beginning."""
    texts: list[str] = []
    element = article
    while (parent := element.getparent()) is not None and element.tag not in _WHOLE:
        before = [
            each
            for each in element.itersiblings(preceding=True)
            if isinstance(each.tag, str) and each.tag not in _NOT_SPOKEN - _HEADS
        ]
        headed = any(each.tag == "h1" or each.find(".//h1") is not None for each in before)
        if parent.tag == "body" and not headed:
            break
        texts += [read_markup(each, lambda _: None).text for each in before]
        if headed:
            break
        element = parent
    return "\n\n".join(reversed(texts))[-_ABOVE_AT_MOST:] + "\n\n"


def _list_labelled(root: _Element) -> list[_Element]:
    labelled = [element for element in root.iter(*BLOCKS, "br") if _is_labelled(element)]
    return labelled + _find_named(root, set(labelled))


def _is_labelled(element: _Element) -> bool:
    if element.tag == "br":
        return bool(_LABELLED.match(element.tail or ""))
    if any(child.tag in BLOCKS for child in element):
        return False
    return _opens_in_bold(element) or bool(_LABELLED.match("".join(_first_words(element))))


def _find_named(root: _Element, found: set[_Element]) -> list[_Element]:
    """Blocks that open with a name in small letters, or hold nothing but who asks or answers."""
    names = {element: name for element in root.iter(*BLOCKS, "br") if (name := _name_of(element))}
    counts = Counter(names.values())
    return [
        element
        for element, name in names.items()
        if element not in found and (kind_of_label(name) is not None or counts[name] >= _OFTEN)
    ]


def _name_of(element: _Element) -> str | None:
    """The name before a colon, or the name that a block of its own holds; None where neither."""
    is_break = element.tag == "br"
    if not is_break and any(child.tag in BLOCKS for child in element):
        return None
    words = (element.tail or "")[:90] if is_break else "".join(_first_words(element))[:90]
    named = _NAMED.match(words)
    label = fold_space(named["label"] if named else "" if is_break else words)
    is_alone = len(label) <= 60 and kind_of_label(label) is not None
    return label if (named or is_alone) and is_name(label) and not is_heading(label) else None


def _opens_in_bold(element: _Element) -> bool:
    """Whether a paragraph opens with a name in bold and a colon, ``<b>Jane Doe:</b> …``."""
    child = element[0] if len(element) and not (element.text or "").strip() else None
    if child is None or child.tag not in {"b", "strong"}:
        return False
    name = "".join(_first_words(child)).strip()
    ended = name.endswith(":") or (child.tail or "").lstrip().startswith(":")
    return ended and len(name) <= 80


def _first_words(element: _Element) -> Iterator[str]:
    length = 0
    for piece in element.itertext():
        yield str(piece)
        length += len(piece)
        if length > 80:
            return


def _first(root: _Element, path: str) -> str | None:
    return next(iter(find_texts(root, path)), None)


def _read_title(root: _Element) -> str | None:
    """The page's title without the name of its site."""
    site = _first(root, "//meta[@property='og:site_name']/@content")
    title = _first(root, "//meta[@property='og:title']/@content")
    heading = _first(root, "//h1")
    if title is None:
        title = _first(root, "//title")
        if title is None or (heading and title.startswith(heading)):
            return heading
    named = _SITES.sub("", title)
    return re.sub(rf"\s+[-–—|]\s+{re.escape(site)}$", "", named) if site else named


def _read_date(root: _Element) -> dt.date | None:
    for path in (
        "//meta[@property='article:published_time']/@content",
        "//*[@itemprop='datePublished']/@content",
        "//time/@datetime",
    ):
        for stated in find_texts(root, path):
            try:
                return dt.date.fromisoformat(stated[:10])
            except ValueError:
                continue
    return None
