"""Meaning beyond words: texts in, unit vectors out.

Vectors may lift a candidate; they never prove one. Two encoders fit the protocol: the small table
of words that ships with the package, and a sentence encoder from a model folder of the user's
(``pip install onrecord[encoder]``, folder named in ``ONRECORD_ENCODER``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER_VARIABLE = "ONRECORD_ENCODER"


class Encoder(Protocol):
    """What turns texts into vectors; safe to use from any thread."""

    @property
    def name(self) -> str:
        """Tells the vectors of one encoder from another's: vectors of two names never compare."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length 1; a row of zeros where nothing in the text is known."""


def built_in() -> Encoder:
    """The table of words that ships with the package, loaded on first use."""
    from corpus.vectors.words import shipped_table

    return shipped_table()


def chosen_encoder() -> Encoder:
    """The sentence encoder in the folder that ``ONRECORD_ENCODER`` names, else the built-in table.

    Raises:
        SettingsError: the folder holds no usable model, or the extra isn't installed.
    """
    return _sentence_encoder(encoder_folder()) if os.environ.get(FOLDER_VARIABLE) else built_in()


def encoder_folder() -> Path:
    """The folder that ``ONRECORD_ENCODER`` names; it must name one."""
    return Path(os.environ[FOLDER_VARIABLE]).resolve()


def encoder_named(name: str) -> Encoder:
    """The encoder that made vectors: the built-in table or the one the environment names.

    Raises:
        SettingsError: it is neither, or the extra isn't installed.
    """
    for encoder in (built_in, chosen_encoder):
        if encoder().name == name:
            return encoder()
    raise SettingsError(
        f"{FOLDER_VARIABLE} doesn't name the encoder that the record was made with"
        f" (“{name}”): set it to that folder, or run “onrecord load”."
    )


@cache
def _sentence_encoder(folder: Path) -> Encoder:
    from corpus.vectors.sentences import SentenceEncoder

    return SentenceEncoder(folder)


def pack_vectors(vectors: NDArray[np.float32]) -> list[bytes]:
    """One blob a row to keep in the record: a signed byte a dimension.

    The row's largest value becomes ±127; scaled to length 1 again, cosines move by about .001.
    """
    import numpy as np

    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    steps = np.rint(vectors * (127 / np.where(largest > 0, largest, 1)))
    return [row.tobytes() for row in steps.astype(np.int8)]


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """``rows`` scaled to length 1; a row of zeros stays one."""
    import numpy as np

    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1
    unit: NDArray[np.float32] = rows / lengths
    return unit
