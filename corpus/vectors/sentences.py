"""A sentence encoder of the user's own: a folder as sentence-transformers publishes them, in ONNX.

The folder holds ``tokenizer.json`` and ``model.onnx`` (or ``onnx/model.onnx``), and may hold
``1_Pooling/config.json`` and ``sentence_bert_config.json``, which are followed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from corpus.vectors import FOLDER_VARIABLE, unit_rows

BATCH = 32
LONGEST = 256  # word pieces read of a text where the folder doesn't tell; as all-MiniLM-L6-v2


class SentenceEncoder:
    """A transformer read by onnxruntime; one thread, so that a bot's loop keeps a core."""

    def __init__(self, folder: Path) -> None:
        """Open the model in ``folder``.

        Raises:
            SettingsError: the extra isn't installed, or the folder holds no usable model.
        """
        model = _model_file(folder)
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            problem = f"{FOLDER_VARIABLE} is set; install its parts: pip install onrecord[encoder]."
            raise SettingsError(problem) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._first_only = _pools_first(folder)
            self._tokenizer.enable_truncation(_longest(folder))
        except Exception as error:  # both libraries raise what their native parts raise
            problem = f"{folder}: the encoder in it can't be read ({error})."
            raise SettingsError(problem) from error
        self._tokenizer.enable_padding()
        self._inputs = [given.name for given in self._session.get_inputs()]
        self.name = f"{folder.name}-{_digest(model)}"
        self.dimensions = int(self._run(["one"]).shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length 1; a MiniLM takes about 15 ms a text."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for places in _cut(by_length, BATCH):
            rows[places] = self._run([texts[place] for place in places])
        return unit_rows(rows)

    def _run(self, texts: list[str]) -> NDArray[np.float32]:
        pieces = self._tokenizer.encode_batch(texts)
        mask = np.array([p.attention_mask for p in pieces], np.int64)
        known = {
            "input_ids": np.array([p.ids for p in pieces], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([p.type_ids for p in pieces], np.int64),
        }
        states: Any = self._session.run(None, {name: known[name] for name in self._inputs})[0]
        pooled: NDArray[np.float32] = states if states.ndim == 2 else self._pool(states, mask)
        return pooled

    def _pool(self, states: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        if self._first_only:
            return states[:, 0]
        weights = (mask / mask.sum(axis=1, keepdims=True).clip(min=1)).astype(np.float32)
        pooled: NDArray[np.float32] = np.einsum("tp,tpd->td", weights, states)
        return pooled


def _model_file(folder: Path) -> Path:
    for name in ("model.onnx", "onnx/model.onnx"):
        if (folder / name).is_file() and (folder / "tokenizer.json").is_file():
            return folder / name
    problem = "needs tokenizer.json and model.onnx (or onnx/model.onnx) in it."
    raise SettingsError(f"{FOLDER_VARIABLE}: the folder {folder} {problem}")


def _pools_first(folder: Path) -> bool:
    return bool(_settings(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token"))


def _longest(folder: Path) -> int:
    return int(_settings(folder / "sentence_bert_config.json").get("max_seq_length", LONGEST))


def _settings(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found if isinstance(found, dict) else {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]


def _cut(places: list[int], size: int) -> Iterator[list[int]]:
    for at in range(0, len(places), size):
        yield places[at : at + size]
