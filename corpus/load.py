"""Folders of transcripts -> a new record -> swap, with a report of what changed.

The new record is built beside the old one, which serves until the new one is whole (promise 6). A
file that can't be read is reported by name and line, and its last good version stays.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from corpus import store
from corpus.errors import OlderRecordError, OnrecordError, RecordError, TranscriptError
from corpus.metadata import Metadata, read_sidecar
from corpus.model import Transcript
from corpus.parse import parse_transcript
from corpus.prepare import AHEAD, Preparation
from corpus.record import file_stamp, open_read_only, read_about
from corpus.vectors import chosen_encoder

if TYPE_CHECKING:
    from sqlite_utils import Database

    from corpus.prepared import LongPrepared, Prepared

SHIPPED_FOLDER = Path(__file__).parent / "transcripts"
DOCUMENT_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".xml", ".pdf"})

MOST_BYTES = 20 * 2**20
"""Of a document; pages are saved with their pictures, but none is larger."""

LONG_BYTES = 2**20
"""Of a document that is prepared by itself: it may take 25 times as much memory."""

Progress = Callable[[str, int, int], None]
"""Called with the document's name, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load changed, by file; ``problems`` are sentences with file and line."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[str, ...]

    @property
    def swapped(self) -> bool:
        """Whether a new record took the place of the old one."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Document:
    """A document on disk with what lies beside it, read once."""

    name: str
    path: Path
    content: bytes
    beside: bytes | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def beside_sha256(self) -> str | None:
        return None if self.beside is None else hashlib.sha256(self.beside).hexdigest()

    def parse(self) -> Transcript:
        """The transcript.

        Raises:
            TranscriptError: it, or what lies beside it, can't be read.
        """
        beside: Metadata | None = None
        if self.beside is not None:
            beside = read_sidecar(str(Path(self.name).with_suffix(".toml")), self.beside)
        return parse_transcript(self.name, self.content, beside)


def find_documents(folder: Path) -> list[Path]:
    """The documents of a folder and the folders in it, in order of name.

    Raises:
        RecordError: there is no such folder.
    """
    if folder.is_file():
        raise RecordError(f"{folder}: is a file; name its folder, or use “onrecord add”.")
    if not folder.is_dir():
        raise RecordError(f"{folder}: there is no such folder; name one that holds transcripts.")
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in DOCUMENT_SUFFIXES)


def read_document(folder: Path, path: Path) -> Document:
    """Read a document and its ``NAME.toml``.

    Raises:
        TranscriptError: it is no regular file inside the folder, too large, or can't be read.
    """
    name = path.relative_to(folder).as_posix()
    beside = path.with_suffix(".toml")
    for each in (path, beside):
        if each.exists() and not each.resolve().is_relative_to(folder.resolve()):
            raise TranscriptError(name, "is a link that leads out of the folder; copy the file in.")
    if not path.is_file():
        raise TranscriptError(name, "is not a regular file; remove it or rename it.")
    try:
        require_size(name, path)
        content = path.read_bytes()
        stated = beside.read_bytes() if beside.is_file() else None
    except OSError as error:
        problem = f"can't be read ({error.strerror}); check its permissions."
        raise TranscriptError(name, problem) from error
    return Document(name, path, content, stated)


def require_size(name: str, path: Path) -> None:
    """Refuse a file that is too large to be a transcript, without reading it.

    Raises:
        TranscriptError: it has over 20 MB.
        OSError: it can't be looked at.
    """
    if path.stat().st_size > MOST_BYTES:
        problem = f"is larger than {MOST_BYTES // 2**20} MB; no transcript is. Save its text alone."
        raise TranscriptError(name, problem)


def load_record(
    record: Path,
    folders: Sequence[Path] = (),
    *,
    strict: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Bring the record in line with the folders.

    Args:
        record: the record's file; made, with its folder, where there is none.
        folders: what it shall hold; empty for those it was last loaded from, or the shipped ones.
        strict: change nothing if any document has a problem.
        progress: told of each document.

    Raises:
        RecordError: a folder is missing, another load is running, the record was made by a newer
            version or is no record, or the disk refuses.
    """
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{record}.lock", timeout=0):
            return _Load(record, folders, strict=strict, progress=progress).run()
    except Timeout:
        raise RecordError(
            f"{record}: another load is running; try again when it is done."
        ) from None
    except OSError as error:
        raise RecordError(f"{record}: can't be written ({error.strerror}).") from error
    except sqlite3.OperationalError as error:
        raise RecordError(f"{record}: can't be written ({error}).") from error


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document and what waits for it prepared; None where it is unchanged, or why it can't be."""

    name: str
    beside_sha256: str | None
    outcome: Callable[[], Prepared | LongPrepared] | OnrecordError | None


class _Load:
    """One load: the old record's state, the new record under construction, and the report."""

    def __init__(
        self, record: Path, folders: Sequence[Path], *, strict: bool, progress: Progress | None
    ) -> None:
        self.record = record
        self.building = record.with_name(f".{record.name}.building")
        self.strict = strict
        self.progress = progress
        self.encoder = chosen_encoder().name
        self.stamp = file_stamp(record)  # before anything is read of it
        is_current = _is_current(record)
        self.about = read_about(record)
        self.fresh = not is_current or self.about.get("encoder") != self.encoder
        self.old = {} if self.fresh else _held(record)
        self.folders = [folder.resolve() for folder in folders] or folders_of(record)
        self.added: list[str] = []
        self.changed: list[str] = []
        self.problems: list[str] = []
        self.names: dict[str, Path] = {}
        self.contents: dict[str, str] = {}
        self.db: Database | None = None

    def run(self) -> LoadReport:
        found = [(folder, path) for folder in self.folders for path in find_documents(folder)]
        try:
            if self.fresh or self.about.get("folders") != self._folder_list():
                self._open()
            self._take_all(found)
            report = self._report(self._remove())
            if self.strict and self.problems:
                return LoadReport((), (), (), report.unchanged, report.problems)
            if self.db is not None:
                store.complete_search(self.db)
                self._sign(self.db)
                self.db.conn.commit()
                self.db.close()
                _swap(self.building, self.record)
            return report
        finally:
            if self.db is not None:
                self.db.close()
            _clear(self.building)

    def _open(self) -> Database:
        """The record under construction; the old one is copied only when something changes."""
        if self.db is None:
            self.db = self._start()
        return self.db

    def _start(self) -> Database:
        from sqlite_utils import Database

        _clear(self.building)
        if not self.fresh:
            shutil.copyfile(self.record, self.building)
            if file_stamp(self.record) != self.stamp:  # the copy is of another than was read
                problem = "another record was put in its place meanwhile; load again."
                raise RecordError(f"{self.record}: {problem}")
        db = Database(self.building)
        # What is built is thrown away unless whole, and put on disk by the swap.
        db.execute("PRAGMA journal_mode = MEMORY")
        db.execute("PRAGMA synchronous = OFF")
        if self.fresh:
            store.create_tables(db)
        return db

    def _take_all(self, found: Sequence[tuple[Path, Path]]) -> None:
        """Take the long documents last, one at a time: two at once would fill the memory."""
        for folder, path in found:
            self.names.setdefault(path.relative_to(folder).as_posix(), path)
        small = [each for each in found if not _is_long(each[1])]
        long = [each for each in found if _is_long(each[1])]
        with closing(Preparation()) as preparation:
            begun = (self._begin(lambda x: preparation.begin(x).result, *each) for each in small)
            self._take_each(_look_ahead(begun, AHEAD), 0, len(found))
        begun = (self._begin(lambda x: partial(_prepare_now, x), *each) for each in long)
        self._take_each(begun, len(small), len(found))

    def _take_each(self, begun: Iterable[_Begun], done: int, total: int) -> None:
        for at, each in enumerate(begun, done + 1):
            try:
                self._take(each)
            except RecordError:  # of the whole load, not of a document
                raise
            except OnrecordError as error:
                self.problems.append(str(error))
            if self.progress:
                self.progress(each.name, at, total)

    def _begin(
        self,
        prepare: Callable[[Document], Callable[[], Prepared | LongPrepared]],
        folder: Path,
        path: Path,
    ) -> _Begun:
        name = path.relative_to(folder).as_posix()
        try:
            document = read_document(folder, path)
            self._refuse_twins(document)
        except OnrecordError as error:
            return _Begun(name, None, error)
        held = self.old.get(name)
        unchanged = (document.sha256, document.beside_sha256)
        if held and (held.source.sha256, held.beside_sha256) == unchanged:
            return _Begun(name, None, None)
        return _Begun(name, document.beside_sha256, prepare(document))

    def _refuse_twins(self, document: Document) -> None:
        first = self.names[document.name]
        if first != document.path:
            problem = f"{first} has the same name and was taken; rename one of them."
            raise TranscriptError(document.name, problem)
        same = self.contents.setdefault(document.sha256, document.name)
        if same != document.name:
            problem = f"has the same content as {same}, which was taken; remove one of them."
            raise TranscriptError(document.name, problem)

    def _take(self, begun: _Begun) -> None:
        if begun.outcome is None:
            return
        if isinstance(begun.outcome, OnrecordError):
            raise begun.outcome
        prepared, db = begun.outcome(), self._open()
        held = self.old.get(begun.name)
        if held:
            store.supersede_transcript(db, held.key, dt.datetime.now(dt.UTC).date())
        store.save_transcript(db, prepared, begun.beside_sha256)
        (self.changed if held else self.added).append(begun.name)

    def _remove(self) -> list[str]:
        gone = sorted(set(self.old) - set(self.names))
        for name in gone:
            store.remove_transcript(self._open(), self.old[name].key)
        return gone

    def _sign(self, db: Database) -> None:
        stated = {
            "generation": uuid.uuid4().hex,
            "built_on": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "folders": self._folder_list(),
            "encoder": self.encoder,
        }
        rows = [{"key": key, "value": value} for key, value in stated.items()]
        db.table("about").upsert_all(rows, pk="key")

    def _folder_list(self) -> str:
        return json.dumps([str(folder) for folder in self.folders])

    def _report(self, removed: Iterable[str]) -> LoadReport:
        removed = tuple(removed)
        unchanged = len(self.old) - len(self.changed) - len(removed)
        return LoadReport(
            tuple(self.added), tuple(self.changed), removed, unchanged, tuple(self.problems)
        )


def _look_ahead(begun: Iterable[_Begun], ahead: int) -> Iterator[_Begun]:
    """The same in order, with so many begun before the first is waited for."""
    waiting: deque[_Begun] = deque()
    for each in begun:
        waiting.append(each)
        if len(waiting) > ahead:
            yield waiting.popleft()
    yield from waiting


def _is_long(path: Path) -> bool:
    try:
        return path.stat().st_size > LONG_BYTES
    except OSError:  # told of when it is read
        return False


def _prepare_now(document: Document) -> LongPrepared:
    from corpus.prepared import LongPrepared

    return LongPrepared(document.parse())


def _is_current(record: Path) -> bool:
    """Whether there is a record of this version; False for none or an older one."""
    if not record.exists():
        return False
    try:
        open_read_only(record).close()
    except OlderRecordError:
        return False
    return True


def _held(record: Path) -> dict[str, store.StoredTranscript]:
    with closing(open_read_only(record)) as connection:
        return {held.source.file: held for held in store.Reader(connection).transcripts()}


def folders_of(record: Path) -> list[Path]:
    """The folders that a record was last loaded from; the shipped one where there is none."""
    folders = json.loads(read_about(record).get("folders", "[]"))
    return [Path(folder) for folder in folders] or [SHIPPED_FOLDER]


def _clear(building: Path) -> None:
    """Remove what a load that was killed left; SQLite would play its journal into the next one."""
    for suffix in ("-journal", "-wal", "-shm", ""):
        building.with_name(building.name + suffix).unlink(missing_ok=True)


def _swap(building: Path, record: Path) -> None:
    """Put the new record in the old one's place, on disk before by name."""
    with building.open("rb") as file:
        os.fsync(file.fileno())
    building.replace(record)
    with suppress(OSError):  # not every file system lets a folder be synced
        folder = os.open(record.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
