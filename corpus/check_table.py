"""What ``onrecord check`` prints: a table by house style, what to look at, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import click

from corpus.check import WANTED, Checked

NARROWEST, WIDEST = 72, 160  # characters of a line
_COUNTS = ("turns", "unkn.", "exch.", "notes")
_DATE = 10
_GAP = 2
_REASONS = 3  # told of a style
_FILE_SHARE = 0.58  # of what date and counts leave; the rest is for names


@dataclass(frozen=True, slots=True)
class _Columns:
    """The widths of a line."""

    file: int
    speakers: int

    @classmethod
    def of(cls, width: int) -> _Columns:
        fixed = _DATE + sum(map(len, _COUNTS)) + _GAP * (2 + len(_COUNTS))
        room = min(max(width, NARROWEST), WIDEST) - fixed
        file = round(room * _FILE_SHARE)
        return cls(file, room - file)

    def line(self, file: str, date: str, speakers: str, counts: Sequence[str]) -> str:
        numbers = [f"{each:>{len(name)}}" for each, name in zip(counts, _COUNTS, strict=True)]
        cells = (f"{_cut_middle(file, self.file):<{self.file}}", f"{date:<{_DATE}}")
        return (" " * _GAP).join([*cells, f"{speakers:<{self.speakers}}", *numbers]).rstrip()


def table_lines(checked: Sequence[Checked], width: int) -> Iterator[str]:
    """The documents that can be used, by house style, with why it was chosen.

    Args:
        checked: all documents.
        width: characters of a line; kept between 72 and 160.
    """
    columns = _Columns.of(width)
    usable = sorted((x for x in checked if x.style), key=lambda x: (x.style, x.file))
    for style, rows in groupby(usable, key=lambda x: x.style):
        documents = list(rows)
        yield click.style(f"{style}, {_count(len(documents), 'document')}", bold=True)
        yield from _reason_lines(documents)
        yield columns.line("file", "date", "can be quoted", _COUNTS)
        yield from (_row(columns, each) for each in documents)
        yield ""


def _reason_lines(documents: Sequence[Checked]) -> Iterator[str]:
    """Why the style was chosen: each reason where they are few, else the first of them."""
    reasons = Counter(each.why for each in documents)
    for reason, count in reasons.most_common(_REASONS):
        yield f"  because: {reason}" + (f" ({count})" if 1 < count < len(documents) else "")
    if len(reasons) > _REASONS:
        yield f"  and {len(reasons) - _REASONS} more reasons of that kind (--json tells each)"


def _row(columns: _Columns, checked: Checked) -> str:
    counts = (
        sum(checked.turns.values()),
        checked.turns.get("unknown", 0),
        checked.exchanges,
        len(checked.notices),
    )
    date = checked.date.isoformat() if checked.date else "not known"
    speakers = _cut_names(checked.speakers, columns.speakers)
    return columns.line(checked.file, date, speakers, [str(each or "·") for each in counts])


def notice_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """What a person should look at, a line each, with file and line."""
    notices = [(each.file, notice) for each in checked for notice in each.notices]
    if notices:
        yield click.style("To look at", bold=True)
    for file, notice in notices:
        yield f"{_place(file, notice.line)}: {notice.text}"


def problem_line(checked: Checked) -> str:
    """Why a document can't be used, with file and line."""
    return f"{_place(checked.file, checked.line)}: {checked.problem}"


def _place(file: str, line: int | None) -> str:
    return file if line is None else f"{file}, line {line}"


def summary_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """How many documents, turns and exchanges there are, and what is not recorded of them."""
    usable = [each for each in checked if each.problem is None]
    kinds = sum((Counter(each.turns) for each in usable), Counter[str]())
    by_kind = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    notices = sum(len(each.notices) for each in usable)
    styles = Counter(each.style for each in usable).most_common()
    missing = Counter(name for each in usable for name in each.missing)
    yield (
        f"{_count(len(checked), 'document')}, {len(checked) - len(usable)} can’t be used;"
        f" {_count(notices, 'notice')}"
    )
    if usable:
        yield "by style: " + ", ".join(f"{style} {count}" for style, count in styles)
        exchanges = sum(each.exchanges for each in usable)
        yield f"{_count(kinds.total(), 'turn')}: {by_kind}; {_count(exchanges, 'exchange')}"
    if missing:
        told = ", ".join(f"{name} of {missing[name]}" for name in WANTED if missing[name])
        yield f"not recorded: {told} (state it in a NAME.toml beside the document)"
    silent = [each.file for each in usable if not each.turns.get("official")]
    if silent:
        yield f"nobody can be quoted in {_count(len(silent), 'document')}: {', '.join(silent)}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _cut_middle(name: str, width: int) -> str:
    """A file's name, without its folders or with both its ends, which tell it from others."""
    name = name if len(name) <= width else name.rpartition("/")[2]
    if len(name) <= width:
        return name
    tail = width // 2
    return f"{name[: width - tail - 1]}…{name[-tail:]}"


def _cut_names(names: Sequence[str], width: int) -> str:
    """As many names as there is room for, and how many more there are."""
    if not names:
        return "nobody"[:width]
    for count in range(len(names), 0, -1):
        more = f" +{len(names) - count}" if count < len(names) else ""
        told = ", ".join(names[:count]) + more
        if len(told) <= width:
            return told
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return f"{names[0][: width - len(more) - 1]}…{more}"
