"""The lines of a heading that are set as labels are: its fields, and lists of who is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.reading.above_turns import is_line_of_role
from corpus.reading.briefing import FoundLabel
from corpus.reading.labels import is_name, kind_of_label
from corpus.reading.roles import shows_post
from corpus.text import fold_space

_FIELDS = frozenset(  # nobody's names where they stand above all labels
    {
        "SECTION",
        "LENGTH",
        "TYPE",
        "EVENT DATE",
        "EVENT TYPE",
        "COMMITTEE",
        "MEDIA CALL",
        "PRESS CALL",
    }
    | {"PRESS CALL"}
    | {"WITNESSES", "PARTICIPANTS", "PANELISTS", "PANELLISTS", "PLEASE NOTE", "Q&A", "Q & A"}
    | {"PRESENT", "MEMBERS PRESENT", "BRIEFERS", "GUESTS", "COMMISSIONERS PRESENT"}
    | {"FROM", "DIRECTORATE", "DEPARTMENT", "PART OF", "DELIVERED BY", "IN ATTENDANCE"}
)
_BELOW = re.compile(r"[^\S\n]*\n(?P<line>[^\n]{3,200})")


def drop_fields(text: str, labels: list[FoundLabel]) -> list[FoundLabel]:
    """The labels without those at the top that are fields of the heading, or list who speaks."""
    again = Counter(each.meant for each in labels)
    for at, each in enumerate(labels):
        is_listed = again[each.meant] > 1 and is_line_of_role(_line_below(text, each.end))
        is_field = fold_space(each.meant).upper() in _FIELDS or _names_another(text, each, labels)
        is_field = is_field or (again[each.meant] == 1 and _lists_others(text, each, labels))
        if not is_field and not is_listed:
            return labels[at:]
        again[each.meant] -= 1
    return []


def _names_another(text: str, label: FoundLabel, labels: Sequence[FoundLabel]) -> bool:
    """Whether only a name, or one and a role, stands there: ``Moderator: Jane Roe, Director``."""
    name, _, role = fold_space(text[label.end :].partition("\n")[0]).partition(",")
    if role:
        leads = kind_of_label(label.meant) in {"moderator", "reporter"}
        return leads and " " in name and is_name(name) and role[-1].isalnum()
    names = (each.printed for each in labels if each is not label)
    return any(name.casefold() == fold_space(each).casefold() for each in names)


def _lists_others(text: str, label: FoundLabel, labels: Sequence[FoundLabel]) -> bool:
    """Whether the line opens with another's whole name and office: ``I: Jan Roe, Director; …``."""
    name, _, role = fold_space(text[label.end :].partition("\n")[0]).partition(",")
    others = {fold_space(each.printed).casefold() for each in labels if each is not label}
    return name.casefold() in others and shows_post(re.split("[,;]", role)[0])


def _line_below(text: str, end: int) -> str:
    """The line below a label that stands alone on its own; empty below any other."""
    found = _BELOW.match(text, end)
    return fold_space(found["line"]) if found else ""
