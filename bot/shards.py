"""Which of the bot's connections to Discord a process has, where several processes share them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards ``first`` to ``last``, counted from 0, of ``count``."""

    first: int
    last: int
    count: int

    @property
    def ids(self) -> range:
        """Their numbers."""
        return range(self.first, self.last + 1)


def read_shards(named: str) -> Shards:
    """The shards that ``0-3/16`` names: 0, 1, 2 and 3 of 16; ``5/16`` names one.

    Raises:
        SettingsError: it names none.
    """
    found = re.fullmatch(r"([0-9]{1,5})(?:-([0-9]{1,5}))?/([0-9]{1,5})", named.strip())
    if found:
        shards = Shards(int(found[1]), int(found[2] or found[1]), int(found[3]))
        if shards.first <= shards.last < shards.count:
            return shards
    raise SettingsError(
        f"--shards: “{named}” names no shards; write 0-3/16 for the first four of sixteen, which"
        " are counted from 0."
    )
