"""The register of one data folder: one way in for changes, open reads, news of the journal."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, TypeVarTuple

from sqlalchemy.engine import Connection

from domain.organisation import Actor, Directory
from domain.register.call import Call
from domain.register.directory import read_directory
from domain.register.engine import database_url, reading_engine, writing_engine
from domain.register.journal_table import JournalTail, head, organisation_changed
from domain.register.media import Media
from domain.register.node import Node, read_node
from domain.register.schema import bring_up_to_date
from domain.register.shelf import load_rulebooks
from domain.register.statements import Driver
from domain.register.watcher import watch
from domain.register.work import Batch, Work
from domain.register.writer import Writer
from domain.rulebook import Rulebooks

Ts = TypeVarTuple("Ts")
T = TypeVar("T")
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)
Listener = Callable[[int], None]


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


class Register:
    """The records in one data folder.

    Attributes:
        journal_seq: Number of the newest entry; when it moves, what is on screens is old.
        directory: The organisation as of `journal_seq`.
    """

    def __init__(self, folder: Path, url: str, *, clock: Clock, rulebooks: Rulebooks) -> None:
        self.folder, self.url, self.clock, self.rulebooks = folder, url, clock, rulebooks
        self.media = Media(folder)
        self._reading, self._writing = reading_engine(url), writing_engine(url)
        self._listeners: dict[int, Listener] = {}
        self._state = threading.Lock()
        with self.read() as connection:
            self.node: Node = read_node(connection)
            self.directory: Directory = read_directory(connection)
            self.journal_seq, self.seal = head(connection)
        self._writer = Writer(self._writing, self._open_batch, self._committed)
        self._stop_watching = watch(self.url, self._changed_elsewhere)

    @classmethod
    def open(
        cls,
        folder: Path,
        database: str | None = None,
        *,
        clock: Clock = utc_now,
        rulebooks: Rulebooks | None = None,
    ) -> "Register":
        """Open the data folder, making it or bringing its tables up to date as needed.

        Raises:
            NewerData: A newer version wrote these data.
        """
        folder.mkdir(parents=True, exist_ok=True)
        url = database_url(folder, database)
        bring_up_to_date(url, folder, clock())
        return cls(folder, url, clock=clock, rulebooks=rulebooks or load_rulebooks(own=folder))

    def carry_out(self, procedure: Callable[[Work, *Ts], T], *args: *Ts, by: Actor) -> T:
        """Run a procedure and wait until what it did is durable.

        Raises:
            Refusal: The procedure declined; nothing of it was stored.
        """
        return self.carry_out_later(procedure, *args, by=by).result()

    def carry_out_later(
        self, procedure: Callable[[Work, *Ts], T], *args: *Ts, by: Actor
    ) -> Future[T]:
        """`carry_out` without waiting: calls queued together go into one commit together."""
        answer: Future[T] = Future()
        self._writer.put(Call(procedure, args, by, answer))
        return answer

    async def carry_out_soon(self, procedure: Callable[[Work, *Ts], T], *args: *Ts, by: Actor) -> T:
        """`carry_out` for an event loop: the loop goes on while the disk works."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._writer.put_soon(Call(procedure, args, by, answer, loop))
        return await answer

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the records and cannot change them."""
        with self._reading.connect() as connection:
            yield connection

    @property
    def waiting(self) -> int:
        """Calls that wait for the writer."""
        return self._writer.waiting

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have `listener(seq)` called, on a thread of the register, whenever the journal moves.

        Returns:
            A function that ends it.
        """
        key = id(listener)
        self._listeners[key] = listener

        def stop() -> None:
            self._listeners.pop(key, None)

        return stop

    def refresh(self) -> None:
        """Take in what other processes have committed, without waiting for the watcher."""
        with self.read() as connection:
            seq, _ = head(connection)
        self._changed_elsewhere(seq)

    def close(self) -> None:
        """Finish what waits and let go of the files."""
        self._stop_watching()
        self._writer.close()
        self._reading.dispose()
        self._writing.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _: type[BaseException] | None,
        __: BaseException | None,
        ___: TracebackType | None,
    ) -> None:
        self.close()

    def _open_batch(self, connection: Connection, driver: Driver) -> Batch:
        tail = JournalTail.locked(driver)
        with self._state:
            # Another process may have moved the journal since this one last looked.
            directory = self.directory if tail.seq == self.journal_seq else None
        batch = Batch(
            connection,
            driver,
            tail,
            node=self.node.id,
            now=self.clock(),
            rulebooks=self.rulebooks,
            directory=directory,
        )
        # What this batch reads anew must be published with its number: the watcher will see that
        # number as known already and not look again.
        batch.directory_changed = directory is None
        return batch

    def _committed(self, seq: int, seal: str, directory: Directory | None) -> None:
        self._advance(seq, seal, directory)

    def _changed_elsewhere(self, moved_to: int) -> None:
        """Another connection committed: perhaps our own writer's, perhaps another process's."""
        known = self.journal_seq
        if moved_to <= known:
            return
        with self.read() as connection:
            seq, seal = head(connection)
            if seq <= known:
                return
            stale = organisation_changed(connection, after=known)
            directory = read_directory(connection) if stale else None
        self._advance(seq, seal, directory)

    def _advance(self, seq: int, seal: str, directory: Directory | None) -> None:
        """Move to a newer journal number, never back: two threads bring this news."""
        with self._state:
            if seq <= self.journal_seq:
                return
            self.directory = directory or self.directory
            self.journal_seq, self.seal = seq, seal
        for listener in list(self._listeners.values()):
            try:
                listener(seq)
            except Exception:
                # One screen's trouble must not keep the writer from answering.
                log.exception("A listener failed")
