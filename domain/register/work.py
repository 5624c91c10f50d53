"""What a procedure works with: reads, buffered writes, and the entry that covers them.

Writes wait in memory until the procedure has returned, so a refusal costs nothing to undo. Only a
procedure that reads through `connection` after writing needs a savepoint, and gets one.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, update
from sqlalchemy.engine import Connection, NestedTransaction
from sqlmodel import SQLModel

from domain.canonical import canonical, digest, instant
from domain.journal import Entry, Header, seal
from domain.organisation import Actor, Directory
from domain.register.directory import read_directory
from domain.register.journal_table import JournalTail
from domain.register.tables import DIRECTORY_TABLES
from domain.rulebook import Rulebooks

Values = Mapping[str, Any]
"""Column values of one row, by column name."""


class UnjournalledChange(AssertionError):
    """A procedure changed rows that no entry covers: a mistake in the procedure."""


class Work:
    """One call's view of the register inside the writer's transaction.

    Attributes:
        now: The moment of this batch, aware.
        actor: Who asked.
    """

    def __init__(self, batch: "Batch", actor: Actor) -> None:
        self._batch = batch
        self._buffer: list[tuple[Table, list[Values]]] = []
        self._images: list[tuple[str, Values]] = []
        self._entries: list[Entry] = []
        self._savepoint: NestedTransaction | None = None
        self.actor = actor
        self.now = batch.now
        self.rulebooks = batch.rulebooks

    @property
    def directory(self) -> Directory:
        """The organisation as of now, earlier calls of this batch included."""
        self._flush_before_reading(only_for=DIRECTORY_TABLES)
        return self._batch.directory()

    @property
    def connection(self) -> Connection:
        """For reading; what this procedure wrote before is seen."""
        self._flush_before_reading()
        return self._batch.connection

    @property
    def next_seq(self) -> int:
        """The number that the next entry will have."""
        return self._batch.tail.seq + len(self._entries) + 1

    def insert(self, row: type[SQLModel], *values: Values) -> None:
        """Add rows of one table. Columns with no value given take the table's default."""
        if values:
            table = table_of(row)
            self._buffer.append((table, list(values)))
            self._images.extend((str(table.name), each) for each in values)

    def update(self, row: type[SQLModel], key: str | int, **values: object) -> None:
        """Fill in columns of the row with this primary key."""
        table = table_of(row)
        (primary,) = table.primary_key.columns
        self._flush_before_reading()
        self._start_savepoint()
        self._batch.connection.execute(update(table).where(primary == key).values(**values))
        self._images.append((str(table.name), {str(primary.name): key, **values}))
        self._batch.touched(table.name)

    def journal(self, action: str, subject: str, **facts: object) -> Entry:
        """Seal an entry over all changes since the one before it.

        Args:
            action: `noun.participle`.
            subject: Id of what it was done to.
            facts: What a reader of the journal should know beside the row images.
        """
        body = canonical({"facts": facts, "rows": self._images})
        last = self._entries[-1].seal if self._entries else self._batch.tail.seal
        header = Header(
            action=action,
            actor=str(self.actor),
            at=instant(self.now),
            body_sha256=digest(body),
            node=self._batch.node,
            prev=last,
            seq=self.next_seq,
            subject=subject,
        )
        entry = Entry(header, seal(header), body)
        self._entries.append(entry)
        self._images = []
        return entry

    def seal_of(self, seq: int) -> str:
        """The seal of an entry, whether stored or still waiting in this batch."""
        return self._batch.tail.seal_of(self._batch.connection, seq)

    def finish(self) -> None:
        """Write what waits and hand the entries on; called by the writer alone."""
        if self._images:
            raise UnjournalledChange(", ".join(sorted({table for table, _ in self._images})))
        self._flush()
        if self._savepoint:
            self._savepoint.commit()
        self._batch.tail.extend(self._entries)

    def undo(self) -> None:
        """Forget everything this call did; called by the writer alone."""
        if self._savepoint and self._savepoint.is_active:
            self._savepoint.rollback()
        self._batch.forget_directory()

    def _flush_before_reading(self, only_for: frozenset[str] | None = None) -> None:
        if any(only_for is None or table.name in only_for for table, _ in self._buffer):
            self._start_savepoint()
            self._flush()

    def _start_savepoint(self) -> None:
        if self._savepoint is None:
            self._savepoint = self._batch.connection.begin_nested()

    def _flush(self) -> None:
        for table, values in self._buffer:
            self._batch.connection.execute(table.insert(), values)
            self._batch.touched(table.name)
        self._buffer = []


class Batch:
    """What the calls of one transaction share."""

    def __init__(
        self,
        connection: Connection,
        tail: JournalTail,
        *,
        node: str,
        now: datetime,
        rulebooks: Rulebooks,
        directory: Directory | None,
    ) -> None:
        self.connection = connection
        self.tail = tail
        self.node = node
        self.now = now
        self.rulebooks = rulebooks
        self._directory = directory
        self.directory_changed = False

    def directory(self) -> Directory:
        """The organisation as this transaction sees it."""
        if self._directory is None:
            self._directory = read_directory(self.connection)
        return self._directory

    def touched(self, table: str) -> None:
        """Note that a table has changed."""
        if table in DIRECTORY_TABLES:
            self.forget_directory()
            self.directory_changed = True

    def forget_directory(self) -> None:
        """Have the organisation read again when it is next needed."""
        self._directory = None


def table_of(row: type[SQLModel]) -> Table:
    """The Core table behind a row type."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table
