"""Copies of the bot's own database: whole and consistent, made and put back while it is in use."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from corpus.errors import OnrecordError


class BackupError(OnrecordError):
    """A backup can't be made or put back."""


def back_up(state: Path, into: Path, keep: int) -> Path:
    """Copy the database and its key, and remove the oldest copies.

    It is copied as it is, never migrated: an older version can take it back.

    Args:
        state: the database.
        into: the folder of copies; made where there is none.
        keep: how many copies stay, this one included.

    Returns:
        The copy; its key lies beside it.

    Raises:
        BackupError: there is no database, or the disk refuses.
    """
    at = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = into / f"state-{at}.db"
    part = into / f".{copy.name}.part"
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy(state, part)
        _copy_key(state, copy)
        _keep_on_disk(part)
        part.replace(copy)
        _remove_oldest(into, copy, keep)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{state}: can't be copied to {into} ({error}).") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return copy


def put_back(copy: Path, state: Path, replaced: Path) -> None:
    """Make the database what it was; a running bot sees all of it at once.

    Args:
        copy: what ``back_up`` made.
        state: the database; made where there is none.
        replaced: where what it held until now is kept, by ``back_up``'s way.

    Raises:
        BackupError: the copy is damaged or no database, or the disk refuses.
    """
    try:
        with closing(_open(copy)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise BackupError(f"{copy}: is damaged ({found}); take another copy.")
        if state.exists():
            back_up(state, replaced, keep=10)
        state.parent.mkdir(parents=True, exist_ok=True)
        _copy(copy, state)
        _copy_key(copy, state)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{copy}: can't be put back as {state} ({error}).") from error


def _remove_oldest(into: Path, newest: Path, keep: int) -> None:
    """Keep ``newest`` whatever its name says: the clock may have jumped back."""
    others = sorted(set(into.glob("state-*.db")) - {newest}, reverse=True)
    for old in others[keep - 1 :]:
        old.unlink()
        _key_of(old).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    """A connection to a database that is there."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=10)


def _copy(source: Path, target: Path) -> None:
    """All of a database into another, in one transaction."""
    with closing(_open(source)) as one, closing(sqlite3.connect(target, timeout=10)) as other:
        target.chmod(0o600)
        one.backup(other)


def _key_of(state: Path) -> Path:
    return state.with_name(f"{state.name}.key")


def _copy_key(source: Path, target: Path) -> None:
    if _key_of(source).exists():
        part = target.with_name(f".{target.name}.key.part")
        shutil.copyfile(_key_of(source), part)
        part.chmod(0o600)
        _keep_on_disk(part)
        part.replace(_key_of(target))


def _keep_on_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
