"""Archived Markdown pages: front matter, and what of the marks is not the publisher's own text.

The canonical text is the file's own without the backslashes of escapes, the stars of italics and
bold, and the addresses behind links. Corrections stay as printed: ``<s>Helena</s> [Helene]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

import yaml

from corpus.errors import MetadataError
from corpus.metadata import TEXT_KEYS, Metadata, read_table
from corpus.model import Removed
from corpus.reading.base import up_to
from corpus.reading.labels import kind_of_label
from corpus.reading.removal import Cut

_FRONT = re.compile(r"---[^\S\n]*\n(?P<yaml>.*?)^---[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_STARS = re.compile(
    r"(?<![\\*])(?P<open>\*{1,3})(?=[^\s*])(?P<inner>[^*]*[^\s*\\])(?P<close>(?P=open))(?!\*)"
)
_UNDERSCORES = re.compile(
    r"(?<![\w\\])(?P<open>__)(?=[^\s_])(?P<inner>[^_\n]*[^\s_\\])(?P<close>__)(?!\w)"
)
_LINK = re.compile(r"(?<!\\)\[(?P<inner>[^\[\]]*)(?P<address>\]\([^()\s]*\))")
_ADDRESS = r"\]\([^()\n]{0,500}\)"
_IMAGE = rf"!\[[^\[\]]{{0,300}}{_ADDRESS}"
_CREDIT = (
    r"(?:\b(?:Photo|Foto|Image|Picture|Credit|File|Bild)[^\n.:]{0,20}:[^\n.:]{2,80}"
    r"|(?:/ ?|\()(?:[A-Z]{2,12}|Reuters|Getty(?: Images)?)\b[^\w\n]{0,3})"
)
_PICTURE = re.compile(  # with its caption: all in italics, or with a credit at its end
    rf"^[^\S\n]*(?:{_IMAGE}|\[{_IMAGE}{_ADDRESS})[^\S\n]*(?:\n|\Z)"
    rf"(?:\s*(?:[*_](?![^\n:]{{1,60}}:)[^*_\n?]{{1,400}}[*_]"
    rf"|[*_]?[^*\n?]{{1,400}}?{_CREDIT}[*_]?)[^\S\n]*$)?",
    re.MULTILINE,
)
_LINKS = re.compile(
    rf"(?:^[^\S\n]{{0,8}}[-*+][^\S\n]{{1,4}}\[[^\[\]\n]{{1,200}}{_ADDRESS}[^\S\n]*(?:\n|\Z))+",
    re.MULTILINE,
)
_BOX = re.compile(
    r"^>[^\S\n]?(?:\*\*(?P<title>[^*\n:]{1,100})\*\*|\#{1,6}[^\S\n]+(?P<marked>[^\n:]{1,100}))"
    r"[^\S\n]*$(?:\n>[^\n]*)*",
    re.MULTILINE,
)
_FEW_BOXES = 3  # of more, the titles may be names of who speaks
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
MOST_MARKS = 250_000  # 10 MB of archived briefings have 1,000
_AT_MOST = 64_000  # characters of front matter; the longest seen has under 1,000


def split_front_matter(file: str, text: str) -> tuple[dict[str, tuple[str, int]], int]:
    """The plain values of the front matter, each with its line, and where the page begins.

    Raises:
        MetadataError: not YAML, or too long to be front matter; with the line.
    """
    front = _FRONT.match(text)
    if front is None:
        return {}, 0
    if front.end() > _AT_MOST:
        raise MetadataError(file, f"has front matter of over {_AT_MOST:,} characters.", 1)
    try:
        root = yaml.compose(front["yaml"], Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problem = f"has front matter that is not valid YAML: {error.problem}. Correct the line."
        raise MetadataError(file, problem, mark.line + 2 if mark else 1) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise MetadataError(file, "has front matter that is not valid YAML.", 1) from error
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    plain = [(key, value) for key, value in pairs if isinstance(value, yaml.ScalarNode)]
    return {str(k.value): (v.value, v.start_mark.line + 2) for k, v in plain}, front.end()


def load_front_matter(file: str, text: str) -> tuple[Metadata, list[tuple[str, int]], int]:
    """What front matter with the keys of a ``NAME.toml`` states, and where the page begins.

    Returns:
        The metadata; other keys, which are not read, each with its line; and the offset.

    Raises:
        MetadataError: not YAML, or a value of the wrong kind; with the line.
    """
    plain, end = split_front_matter(file, text)
    try:
        table = yaml.safe_load(text[:end].strip().strip("-")) if end else {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise MetadataError(file, "has front matter that is not valid YAML.", 1) from error
    table = table if isinstance(table, dict) else {}
    if "source_url" in table and "url" not in table:
        table["url"] = table.pop("source_url")
    known = {*TEXT_KEYS, "date", "speakers"}
    stated = read_table(file, text[:end], {k: v for k, v in table.items() if k in known})
    return stated, [(key, line) for key, (_, line) in plain.items() if key not in known], end


def find_marks(text: str, start: int) -> list[Cut]:
    """The marks of Markdown from ``start`` on, to be taken out of the text."""
    marks = up_to(MOST_MARKS, _find_marks(text, start), "marks of Markdown")
    cuts = {cut.start: cut for cut in marks} | {cut.start: cut for cut in _find_set_in(text, start)}
    kept: list[Cut] = []
    for _, cut in sorted(cuts.items()):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept


def find_emphasised(removed: Sequence[Removed]) -> tuple[tuple[int, int], ...]:
    """The stretches of the text without the marks that stood between marks of emphasis."""
    marks = [each.at for each in removed if each.name == "emphasis"]
    return tuple(zip(marks[::2], marks[1::2], strict=False))


def _find_set_in(text: str, start: int) -> Iterator[Cut]:
    """Pictures with their captions, lists of links, and boxes: what a page sets amid its text."""
    for name, pattern in (("picture", _PICTURE), ("links", _LINKS)):
        for found in up_to(MOST_MARKS, pattern.finditer(text, start), "marks of Markdown"):
            above = text[max(0, found.start() - 100) : found.start()].rstrip()
            if name == "picture" or not above.endswith((":", ",", ";")):  # else a list is said
                yield Cut(name, *found.span())
    boxes = list(islice(_BOX.finditer(text, start), _FEW_BOXES + 1))
    titles = {(box["title"] or box["marked"]).strip() for box in boxes}
    if len(titles) == len(boxes) <= _FEW_BOXES and not any(map(kind_of_label, titles)):
        yield from (Cut("box", *box.span()) for box in boxes)


def _find_marks(text: str, start: int) -> Iterator[Cut]:
    for found in _ESCAPE.finditer(text, start):
        yield Cut("escape", found.start(), found.end())
    for found in chain(_STARS.finditer(text, start), _UNDERSCORES.finditer(text, start)):
        if not _BLANK_LINE.search(found["inner"]):
            yield Cut("emphasis", *found.span("open"))
            yield Cut("emphasis", *found.span("close"))
    for found in _LINK.finditer(text, start):
        yield Cut("link", found.start(), found.start() + 1)
        yield Cut("link", *found.span("address"))
