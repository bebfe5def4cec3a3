"""Who leads or asks in a document, though an office is printed or a role stated of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.model import SpeakerKind
from corpus.styles.labels import is_chair


def find_leading_chairs(
    kinds: Mapping[str, SpeakerKind], said: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """The labels ``Chair``, ``CHAIRMAN`` that lead a committee or a panel.

    Where nobody else is there but who asks and who leads, it is the chair who answers.

    Args:
        kinds: each speaker's kind by labels and roles.
        said: what each speaker says, turn by turn.
    """
    for who in filter(is_chair, kinds):
        others = {kind for other, kind in kinds.items() if other != who}
        answers = "reporter" in others and others <= {"reporter", "moderator"}
        asking = sum(words.endswith("?") for words in said[who])
        if not answers or 2 * asking > len(said[who]):
            yield who
