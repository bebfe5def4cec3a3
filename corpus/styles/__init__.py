"""The table of house styles; exactly one claims a document."""

from __future__ import annotations

from corpus.errors import StyleError
from corpus.reading.base import RawFile, Style
from corpus.styles import (
    australia_pm,
    federal_reserve,
    hansard,
    kremlin,
    marked_questions,
    plain_labels,
    presidential_papers,
    set_out_questions,
    state_department,
    white_house,
)

STYLES: tuple[Style, ...] = (
    Style("australia_pm", australia_pm.claim, australia_pm.read),
    Style("federal_reserve", federal_reserve.claim, federal_reserve.read),
    Style("kremlin", kremlin.claim, kremlin.read),
    Style("presidential_papers", presidential_papers.claim, presidential_papers.read),
    Style("state_department", state_department.claim, state_department.read),
    Style("white_house", white_house.claim, white_house.read),
)
UNLABELLED: tuple[Style, ...] = (
    Style("hansard", hansard.claim, hansard.read),
    Style("marked_questions", marked_questions.claim, marked_questions.read),
    Style("set_out_questions", set_out_questions.claim, set_out_questions.read),
)
"""Asked only where none of the publishers' styles claims a document."""
PLAIN = Style("plain_labels", plain_labels.claim, plain_labels.read)
"""Asked only where no other style claims a document."""


def choose_style(raw: RawFile) -> tuple[Style, str]:
    """The one house style that claims the document, and why it does.

    Raises:
        StyleError: none does, or more than one; with the reasons.
    """
    tiers = (_find_claims(raw, tier) for tier in (STYLES, UNLABELLED, (PLAIN,)))
    claims = next(filter(None, tiers), [])
    if len(claims) == 1:
        return claims[0]
    if not claims:
        known = ", ".join(style.name for style in (*STYLES, *UNLABELLED, PLAIN))
        problem = f"no house style claims it ({known}); set its turns as “NAME: text”."
        raise StyleError(raw.name, problem)
    reasons = "; ".join(f"{style.name}: {reason}" for style, reason in claims)
    raise StyleError(raw.name, f"more than one house style claims it ({reasons}).")


def _find_claims(raw: RawFile, styles: tuple[Style, ...]) -> list[tuple[Style, str]]:
    return [(style, reason) for style in styles if (reason := style.claim(raw))]
