"""Copies of the bot's own database: whole and consistent, made and put back while it is in use.

A copy is a file whatever it is a copy of, so that it can also be carried from a file to PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from bot.database import copy_rows, open_database
from bot.migrations import StateError, migrate
from bot.place import Address, Place, key_of
from corpus.errors import OnrecordError


class BackupError(OnrecordError):
    """A backup can't be made or put back."""


def back_up(state: Place, into: Path, keep: int) -> Path:
    """Copy the database and its key, and remove the oldest copies.

    A file is copied as it is, never migrated: an older version can take it back.

    Args:
        state: where the database is.
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
        if isinstance(state, Path):
            _copy(state, part)
        else:
            _copy_out(state, part)
        _copy_key(key_of(state), key_of(copy))
        _keep_on_disk(part)
        part.replace(copy)
        _remove_oldest(into, copy, keep)
    except (OSError, sqlite3.Error, StateError) as error:
        raise BackupError(f"{state}: can't be copied to {into} ({error}).") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return copy


def put_back(copy: Path, state: Place, replaced: Path) -> None:
    """Make the database what it was; a running bot sees all of it at once.

    Args:
        copy: what ``back_up`` made.
        state: where the database is; made where there is none.
        replaced: where what it held until now is kept, by ``back_up``'s way.

    Raises:
        BackupError: the copy is damaged or no database, or the disk refuses.
    """
    try:
        with closing(_open(copy)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise BackupError(f"{copy}: is damaged ({found}); take another copy.")
        if not isinstance(state, Path) or state.exists():
            back_up(state, replaced, keep=10)
        key_of(state).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(state, Path):
            _copy(copy, state)
        else:
            _copy_in(copy, state)
        _copy_key(key_of(copy), key_of(state))
    except (OSError, sqlite3.Error, StateError) as error:
        raise BackupError(f"{copy}: can't be put back as {state} ({error}).") from error


def _remove_oldest(into: Path, newest: Path, keep: int) -> None:
    """Keep ``newest`` whatever its name says: the clock may have jumped back."""
    others = sorted(set(into.glob("state-*.db")) - {newest}, reverse=True)
    for old in others[keep - 1 :]:
        old.unlink()
        key_of(old).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    """A connection to a database that is there.

    Raises:
        BackupError: there is none.
    """
    if not path.exists():
        raise BackupError(f"{path}: there is no such database; name one that is there.")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=10)


def _copy(source: Path, target: Path) -> None:
    """All of a database into another, in one transaction."""
    with closing(_open(source)) as one, closing(sqlite3.connect(target, timeout=10)) as other:
        target.chmod(0o600)
        one.backup(other)


def _copy_out(source: Address, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "state.db"
        _copy_rows(source, file)
        _copy(file, target)


def _copy_in(source: Path, target: Address) -> None:
    """The copy stays as it is: another is brought up to date."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "state.db"
        _copy(source, file)
        _copy_rows(file, target)


def _copy_rows(source: Place, target: Place) -> None:
    """All of a database into another of another kind, in one transaction."""
    one, other = open_database(source), open_database(target)
    with closing(one), closing(other):
        with one.opening() as rows:
            migrate(rows, str(source))
        with one.using(at_once=True) as rows, other.opening() as into:
            migrate(into, str(target))
            copy_rows(rows, into)


def _copy_key(source: Path, target: Path) -> None:
    if source.exists() and not (target.exists() and source.read_bytes() == target.read_bytes()):
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, part)
        part.chmod(0o600)
        _keep_on_disk(part)
        part.replace(target)


def _keep_on_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
