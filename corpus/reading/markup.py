"""HTML and XML -> canonical text and its raw lines: tags dropped, entities decoded, nothing lost.

lxml parses, with everything off that a hostile document could use: no document type, no entities of
its own, no network, no deep nesting. “Huge” trees only lift its limit of 10 MB; how long a document
may be is for ``parse.py`` to say, before it comes here. What a style leaves out of the text is
named in ``removed``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.errors import ParseError
from corpus.model import LineMap, Removed
from corpus.text import fold_space

if TYPE_CHECKING:
    from lxml.etree import _Element

KEEP = ""
"""What a rule returns for an element that belongs to the text again, inside one that does not."""

Rule = Callable[["_Element"], str | None]
"""A name to leave an element's text out under, KEEP to take it in, None to do as its parent."""

_UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "iframe", "object", "svg"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"}
)
_SOFT_HYPHEN = "soft hyphen"
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "figcaption"})
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ADVICE = re.compile(r"[,:]?\s*(?:try|use) XML_PARSE_HUGE.*|\s+\Z", re.DOTALL)  # to programmers
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a document; ``bold``, ``italic`` and ``headings`` are spans of it."""

    text: str
    line_map: LineMap
    bold: tuple[tuple[int, int], ...]
    removed: tuple[Removed, ...]
    italic: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


def parse_html(file: str, text: str) -> _Element:
    """The tree of an HTML page or fragment.

    Raises:
        ParseError: nothing in it, or nested too deeply to be a page (2048 elements); with the line.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(file, f"can't be read as HTML: {error.msg}.", error.lineno) from error
    for problem in parser.error_log:
        if problem.type_name == "ERR_RESOURCE_LIMIT":
            told = _ADVICE.sub("", problem.message)
            raise ParseError(file, f"can't be read as HTML: {told}.", problem.line)
    if root is None:
        raise ParseError(file, "holds no HTML; fetch the page again.")
    return root


def parse_xml(file: str, text: str) -> _Element:
    """The tree of an XML document.

    Raises:
        ParseError: not well-formed, nested too deeply, or with a document type or entities of its
            own, which transcripts never need; with the line.
    """
    from lxml import etree

    start = _PROLOG.match(text)
    if start and _DOCTYPE.match(text, start.end()):
        line = text.count("\n", 0, start.end()) + 1
        raise ParseError(file, "declares a document type; remove the declaration.", line)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        problem = f"is not well-formed XML: {_ADVICE.sub('', error.msg)}; fetch it again."
        raise ParseError(file, problem, error.lineno) from error


def find_texts(root: _Element, path: str) -> list[str]:
    """The folded text of what an XPath finds (elements or attributes), empty ones left out."""
    found = root.xpath(path)
    words = [each if isinstance(each, str) else _words(each) for each in _as_list(found)]
    return [folded for each in words if (folded := fold_space(each))]


def _as_list(found: object) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _words(element: _Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def read_markup(root: _Element, rule: Rule, first_line: int = 1) -> Reading:
    """The text of a tree, blocks set apart by empty lines, ``<br>`` as a line break.

    Args:
        root: a tree, as parsed here.
        rule: says which elements' text is left out, and under which name.
        first_line: the raw line on which the tree's text begins.

    Soft hyphens are left out: they only tell a browser where it may break a word.
    """
    text = Text(first_line)
    read_into(text, root, rule)
    return text.reading()


def read_into(text: Text, root: _Element, rule: Rule) -> None:
    """Append the text of a tree to one under construction, as :func:`read_markup` reads it."""
    from lxml import etree

    first_line = text.line
    inside: list[str] = [KEEP]
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            text.line = max(text.line, first_line - 1 + (element.sourceline or 1))
            inside.append(_name_left_out(element, rule, inside[-1]))
            if inside[-1] == KEEP:
                _open(text, str(element.tag))
            text.add(element.text, inside[-1])
        elif event == "end":
            if inside.pop() == KEEP:
                _close(text, str(element.tag))
        else:
            text.line = max(text.line, first_line - 1 + (element.sourceline or 1))
        if event != "start" and element is not root:
            text.add(element.tail, inside[-1])


def _name_left_out(element: _Element, rule: Rule, parent: str) -> str:
    if element.tag in _UNSEEN:
        return parent or str(element.tag)
    name = rule(element)
    return parent if name is None else name


def _open(text: Text, tag: str) -> None:
    if tag == "br":
        text.break_line()
    elif tag in _BLOCKS:
        text.break_block()
    if tag in _BOLD or tag in _ITALIC or tag in _HEADINGS:
        text.set_from.append(text.length)


def _close(text: Text, tag: str) -> None:
    for tags, spans in ((_BOLD, text.bold), (_ITALIC, text.italic), (_HEADINGS, text.headings)):
        if tag in tags:
            spans.append((text.set_from.pop(), text.length))
    if tag in _BLOCKS:
        text.break_block()


@dataclass(slots=True)
class Text:
    """A canonical text under construction; ``line`` is the raw line it has come to."""

    line: int = 1
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=lambda: [0])
    lines: list[int] = field(default_factory=lambda: [1])
    set_from: list[int] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    italic: list[tuple[int, int]] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    left_out: list[tuple[str, list[str], int, int]] = field(default_factory=list)
    broken: bool = False

    def add(self, words: str | None, left_out: str = KEEP) -> None:
        """Append words as they stand in the raw file, or note them as left out."""
        if not words:
            return
        if left_out:
            self._leave_out(words, left_out)
            return
        for at, piece in enumerate(words.split("\u00ad")):
            if at:
                self._leave_out("\u00ad", _SOFT_HYPHEN)
            self._keep(piece)

    def break_line(self) -> None:
        """A line break that the markup asks for; one that follows it in the raw file is its own."""
        self._append("\n")
        self.broken = True

    def break_block(self) -> None:
        """An empty line, unless there is one already."""
        ending = "".join(self.pieces[-2:])[-2:]
        if self.length and ending != "\n\n":
            self._append("\n" if ending.endswith("\n") else "\n\n")

    def reading(self) -> Reading:
        """The finished text."""
        line_map = LineMap.holding(self.offsets, self.lines)
        removed = tuple(
            Removed(name, "".join(words), at, line)
            for name, words, at, line in self.left_out
            if "".join(words).strip() or name == _SOFT_HYPHEN
        )
        text, bold = "".join(self.pieces), tuple(self.bold)
        return Reading(text, line_map, bold, removed, tuple(self.italic), tuple(self.headings))

    def _append(self, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.length += len(piece)
            self.broken = False

    def _keep(self, words: str) -> None:
        if self.broken and words.startswith("\n"):
            words = words[1:]
            self.line += 1
        self._mark_line()
        for piece in words.splitlines(keepends=True):
            self._append(piece)
            if piece.endswith("\n"):
                self.line += 1
                self._mark_line()

    def _mark_line(self) -> None:
        if self.lines[-1] != self.line:
            self.offsets.append(self.length)
            self.lines.append(self.line)

    def _leave_out(self, words: str, name: str) -> None:
        last = self.left_out[-1] if self.left_out else None
        if last and (last[0], last[2]) == (name, self.length) and name != _SOFT_HYPHEN:
            last[1].append(words)
        else:
            self.left_out.append((name, [words], self.length, self.line))
        self.line += words.count("\n")
