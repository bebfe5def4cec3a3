"""People as keyed hashes: the database alone tells nothing of who they are."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def read_key(path: Path) -> bytes:
    """The key at ``path``; made, for its owner's eyes only, where there is none.

    Raises:
        OSError: it can't be read or made.
        ValueError: the file holds something else.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
        if len(key) != KEY_BYTES:
            raise ValueError(path) from None
        return key
    key = secrets.token_bytes(KEY_BYTES)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())
    return key


def hash_person(key: bytes, person: int) -> str:
    """The name under which a Discord user is stored."""
    return hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest()
