"""A PostgreSQL of the tests' own: on loopback, in a folder that goes with it."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.corpus.test_load_killed import children_of

USER = "onrecord"
PASSWORD = "correct horse/battery@staple"  # noqa: S105 - odd characters, which an address encodes
WRITTEN = "correct%20horse%2Fbattery%40staple"


def find_programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``; Debian keeps it off the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders = [*debian, *map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


class PostgresServer:
    """A server that can be stopped and started again; each database is a test's own."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        # PostgreSQL refuses to run as root.
        self.user = pwd.getpwnam("nobody") if os.getuid() == 0 else None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def make(self) -> None:
        (self.folder / "password").write_text(PASSWORD)
        if self.user:
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        options = ["--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"]
        self._run("initdb", f"--username={USER}", f"--pwfile={self.folder / 'password'}", *options)
        settings = (
            f"port = {self.port}\nlisten_addresses = '127.0.0.1'\n"
            f"unix_socket_directories = '{self.folder}'\n"
            "fsync = off\n"  # no test cuts the power
        )
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(settings)

    def start(self) -> None:
        self._run("pg_ctl", "--wait", f"--log={self.folder / 'log'}", "start")

    def stop(self) -> None:
        """As a crash: nobody is waited for, what was committed stays."""
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def signal(self, signum: signal.Signals) -> None:
        """To the server and all its children: a frozen one takes connections and says nothing."""
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for pid in (server, *children_of(server)):
            os.kill(pid, signum)

    def make_database(self) -> str:
        """The address of a new database."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql://{USER}:{WRITTEN}@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, f"--pgdata={self.folder / 'data'}", *arguments]
        as_user = {"user": self.user.pw_uid, "group": self.user.pw_gid} if self.user else {}
        with (self.folder / f"{program}.told").open("w+") as told:  # what it starts keeps it open
            done = subprocess.run(
                command,
                check=False,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=subprocess.STDOUT,
                extra_groups=[] if self.user else None,
                **as_user,
            )
            told.seek(0)
            assert done.returncode == 0, told.read()


@contextmanager
def serving(programs: Path) -> Iterator[PostgresServer]:
    """A server until the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-postgres-"))
    server = PostgresServer(programs, folder)
    try:
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
