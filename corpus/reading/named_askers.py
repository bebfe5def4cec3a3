"""Who gives name and outlet before asking: "Thank you. Jane Roe with Reuters. …"."""

from __future__ import annotations

import re

from corpus.reading.labels import is_name, shows_office

_WORD = r"[A-Z][\w’'\-]+"
_NAME = rf"{_WORD}(?:(?: [A-Z]\.)? {_WORD}){{0,3}}"
_NAMES = rf"{_WORD}(?:(?: [A-Z]\.)? {_WORD}){{1,3}}"
_OUTLET = (
    r"(?:(?:the|The|an?) )?[A-Z][\w&.’'\-]*(?: (?:(?:of|and|for|the|&) )?[A-Z\d][\w&.’'\-]*){0,5}"
)
_KIND = (
    r"(?: (?:news|newspaper|magazine|radio|television|TV|channel|network|agency|publication)){0,3}"
)
_BEFORE = r"(?:[^.?!\n]{1,40}?(?<![A-Z])[.,!—:] ){0,3}?"
_NAMED = re.compile(
    rf"{_BEFORE}(?:"
    rf"(?:I am|I[’']m|[Mm]y name is|[Tt]his is|[Ii]t[’']s) (?P<own>{_NAME})"
    rf"(?:,|,? (?:here )?(?:from|with|of|at|for)) {_OUTLET}"
    rf"|(?P<name>{_NAMES})(?:,|,? (?:here )?(?:from|with|of|at|for)) {_OUTLET}{_KIND}(?:[.;:!—–]|$)"
    r")"
)
_LOOKED_AT = 300  # characters of a paragraph


def read_asker(paragraph: str) -> str | None:
    """The name that opens a paragraph together with an outlet, or None.

    Offices are not outlets: "Jane Roe, Secretary of Health." introduces an official.
    """
    found = _NAMED.match(paragraph[:_LOOKED_AT])
    if found is None:
        return None
    by = "own" if found["own"] else "name"
    name, told = found[by], paragraph[found.start(by) : found.end()]
    is_person = is_name(name) and not name.startswith("The ")
    return name if is_person and not shows_office(told) else None
