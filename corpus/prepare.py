"""Documents -> all that is written of them, in processes of their own when there are many.

The processes are plain ones that read from a pipe: those of ``multiprocessing`` would run the
caller's main script again. What goes through the pipes is MessagePack, read as the types that are
expected and nothing else, so that a document that took a process over could not run anything here.
"""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any, TypeVar

from corpus.errors import OnrecordError, TranscriptError
from corpus.prepared import Prepared, prepare_transcript

if TYPE_CHECKING:
    import msgspec

    from corpus.load import Document

FEW = 12  # documents that are prepared sooner than the processes have started
MOST_PROCESSES = 4  # one process writes as fast as four prepare
AHEAD = 6  # documents under way, so that memory stays bounded

_T = TypeVar("_T")
_MAKING = threading.Lock()
_DECODERS: dict[type, msgspec.msgpack.Decoder[Any]] = {}
_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document, as a process is told of it."""

    name: str
    content: bytes
    beside: bytes | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a process made of a document, or the sentence that tells why nothing."""

    prepared: Prepared | None
    problem: str = ""


class Preparation:
    """Prepares documents, several at once; close it."""

    def __init__(self) -> None:
        self._begun = 0
        self._closed = False
        self._threads: ThreadPoolExecutor | None = None
        self._running: set[_Process] = set()
        self._idle: SimpleQueue[_Process] = SimpleQueue()

    def begin(self, document: Document) -> Future[Prepared]:
        """Begin to prepare a document; the result may raise ``TranscriptError``."""
        self._begun += 1
        if self._threads is None and self._begun > FEW and (count := _processes()) > 1:
            self._threads = ThreadPoolExecutor(count)
        if self._threads:
            return self._threads.submit(self._prepare, document)
        return _run_now(lambda: prepare_transcript(document.parse()))

    def close(self) -> None:
        """Stop the processes, whatever they do."""
        self._closed = True
        for process in list(self._running):
            process.stop()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)

    def _prepare(self, document: Document) -> Prepared:
        process = self._idle.get() if self._idle.qsize() else self._start()
        try:
            prepared = process.prepare(document)
        except _DiedError as death:
            self._running.discard(process)
            problem = f"the process that read it ended ({death}); is memory short? Load again."
            raise TranscriptError(document.name, problem) from None
        self._idle.put(process)
        if isinstance(prepared, str):
            raise OnrecordError(prepared)
        return prepared

    def _start(self) -> _Process:
        process = _Process()
        self._running.add(process)
        if self._closed:
            process.stop()
        return process


def _run_now(prepare: Callable[[], Prepared]) -> Future[Prepared]:
    """What ``prepare`` returns or raises, as a future."""
    done = Future[Prepared]()
    try:
        done.set_result(prepare())
    except OnrecordError as error:
        done.set_exception(error)
    return done


def _processes() -> int:
    """How many processes the machine has cores for."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(MOST_PROCESSES, len(affinity(0)) if affinity else os.cpu_count() or 1)


class _DiedError(Exception):
    """A process ended before it answered."""


class _Process:
    """A process that prepares one document after the other."""

    def __init__(self) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from corpus.prepare import serve; serve()"
        # A session of its own, so that Ctrl-C reaches only the process that knows what to do.
        self._process = subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def prepare(self, document: Document) -> Prepared | str:
        """The document prepared, or the sentence that tells why not.

        Raises:
            _DiedError: the process ended.
        """
        process = self._process
        assert process.stdin  # noqa: S101 - both are pipes
        assert process.stdout  # noqa: S101
        try:
            _send(process.stdin, _Asked(document.name, document.content, document.beside))
            answer = _receive(process.stdout, _Answer)
        except (EOFError, OSError, ValueError):
            self.stop()
            raise _DiedError(_how_ended(process.wait())) from None
        return answer.prepared or answer.problem

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()


def _how_ended(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _send(pipe: IO[bytes], told: object) -> None:
    import msgspec

    packed = msgspec.msgpack.encode(told)
    pipe.write(_LENGTH.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def _receive(pipe: IO[bytes], kind: type[_T]) -> _T:
    """What comes through a pipe.

    Raises:
        EOFError: the other end is closed.
        ValueError: it is not of this kind.
    """
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    packed = pipe.read(length)
    if len(packed) < length:
        raise EOFError
    return _decoder(kind).decode(packed)


def _decoder(kind: type[_T]) -> msgspec.msgpack.Decoder[_T]:
    """What reads a kind, made by one thread: two that first read it at once crash msgspec 0.22."""
    import msgspec

    with _MAKING:
        if kind not in _DECODERS:
            _DECODERS[kind] = msgspec.msgpack.Decoder(kind)
        decoder: msgspec.msgpack.Decoder[_T] = _DECODERS[kind]
    return decoder


def serve() -> None:
    """Prepare the documents that come in on stdin until it is closed."""
    with suppress(BrokenPipeError), os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints must not get among the answers
        with suppress(EOFError):
            while True:
                _send(answers, _answer(_receive(sys.stdin.buffer, _Asked)))


def _answer(asked: _Asked) -> _Answer:
    from corpus.load import Document

    document = Document(asked.name, Path(asked.name), asked.content, asked.beside)
    try:
        return _Answer(prepare_transcript(document.parse()))
    except OnrecordError as error:
        return _Answer(None, str(error))
