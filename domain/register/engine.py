"""Engines: SQLite in the data folder, or whatever database a URL names.

The writer has an engine of its own whose transactions start with the write lock, so that it never
has to upgrade a read lock and never meets a busy database halfway.
"""

from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from domain.register.refusals import UnknownDatabase
from domain.register.statements import Driver, driver_of

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
"""What is supported, and the driver that it is spoken to with."""
CHECKPOINT_PAGES = 4_000
"""16 MB: pages that many transactions touch are copied back once for all of them."""
PREPARED = 512
"""Statements that the writer's connection keeps ready: insertions of every number of rows."""
BUSY_MS = 20_000
"""How long one process waits for another's transaction."""


def database_url(folder: Path, database: str | None) -> str:
    """The URL of the database: as told, or SQLite in the folder.

    Raises:
        UnknownDatabase: It is no URL, or of a kind that is not supported.
    """
    if database is None:
        # Made by parts: a folder's name may hold what means something else in a URL.
        return URL.create("sqlite", database=str(folder / "forecourt.sqlite3")).render_as_string()
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        raise UnknownDatabase from None
    kind = url.get_backend_name()
    if kind not in DRIVERS:
        raise UnknownDatabase
    return url.set(drivername=DRIVERS[kind]).render_as_string(hide_password=False)


def reading_engine(url: str) -> Engine:
    """An engine for questions: it cannot change anything."""
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            # One read is one moment, as it is on SQLite.
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
            pool_size=8,
            pool_pre_ping=True,
        )
    engine = create_engine(url, poolclass=QueuePool, pool_size=8, max_overflow=16)
    _tune(engine, begin="BEGIN", readonly=True)
    return engine


def writing_engine(url: str) -> Engine:
    """An engine for the one writer: durable, and it takes the write lock first."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=1, max_overflow=0)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"cached_statements": PREPARED},
    )
    _tune(engine, begin="BEGIN IMMEDIATE", readonly=False)
    return engine


def _tune(engine: Engine, *, begin: str, readonly: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: SqliteConnection, _: object) -> None:
        # Python's driver would begin transactions on its own, too late for BEGIN IMMEDIATE.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "cache_size=-8000",
            f"wal_autocheckpoint={CHECKPOINT_PAGES}",
            "foreign_keys=ON",
            f"query_only={'ON' if readonly else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # The writer has begun by itself when it lets a procedure ask through the connection.
        if not driver_of(connection).in_transaction:
            Driver(connection).run(begin)
