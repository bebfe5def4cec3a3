"""What each says in a document, cut out when it is asked for: a copy of every turn is the text."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from corpus.reading.briefing import FoundLabel
from corpus.reading.joined_labels import LOOKED_UP


class Utterances(Iterable[tuple[str, str]]):
    """The turns in order, each as its speaker and words.

    ``labels`` are all speakers in the order in which they first speak, ``most`` those whose labels
    stand most.

    Args:
        text: the document's.
        found: its labels, in order.
        whose: for each label meant, the one by which its speaker is known.
        stop: where what is said ends.
    """

    def __init__(
        self, text: str, found: Sequence[FoundLabel], whose: Mapping[str, str], stop: int
    ) -> None:
        self.speakers = [whose[each.meant] for each in found]
        counts = Counter(self.speakers)
        self.labels = list(counts)
        self.most = [who for who, _ in counts.most_common(LOOKED_UP)]
        self._text = text
        self._found = found
        self._ends = array("I", [*(each.start for each in found[1:]), stop])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for at, who in enumerate(self.speakers):
            yield who, self._words(at)

    def of(self, who: str) -> list[str]:
        """What one of ``most`` says, turn by turn."""
        return [self._words(at) for at in self._places[who]]

    def begin(self, who: str) -> int:
        """Where the label stands under which somebody speaks first."""
        return self._found[self.speakers.index(who)].start

    def followed(self) -> Iterable[tuple[tuple[str, str], str]]:
        """Each turn, and who speaks after it; nobody after the last."""
        return zip(self, [*self.speakers[1:], ""], strict=True)

    @cached_property
    def _places(self) -> dict[str, array[int]]:
        places = {who: array("I") for who in self.most}
        for at, who in enumerate(self.speakers):
            if who in places:
                places[who].append(at)
        return places

    def _words(self, at: int) -> str:
        return self._text[self._found[at].end : self._ends[at]].strip()
