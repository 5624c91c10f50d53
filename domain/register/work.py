"""What a procedure works with: reads, buffered writes, and the entry that covers them.

Writes wait in memory: while the procedure runs, so that a refusal costs nothing to undo, and then
until the transaction ends, so that rows of many calls go to a table together. A procedure that
asks a question has them written first; if it wrote itself before asking, under a savepoint.
Waiting rows are written before waiting updates, which is the order they need: rows are never
removed, and an update fills in what is there.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.engine import Connection, NestedTransaction
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from domain.canonical import canonical, digest, instant
from domain.journal import Entry, Header, seal
from domain.organisation import Actor, Directory
from domain.register.changes import Changes, Filling
from domain.register.directory import read_directory
from domain.register.journal_table import JournalTail
from domain.register.statements import Driver, Key, Lookup, Values
from domain.rulebook import Rulebooks

Question = tuple[Lookup, str]
"""Which row a procedure asks for."""
Foresight = Callable[..., Iterable[Question]]
_foresights: dict[Callable[..., Any], Foresight] = {}
P = TypeVar("P", bound=Callable[..., Any])


def foresees(foresight: Foresight) -> Callable[[P], P]:
    """Marks a procedure whose questions are known from its arguments alone.

    Args:
        foresight: Takes the procedure's arguments without `work`; an answer that the procedure
            does not need after all is no harm, one that it lacks is asked for when it comes.
    """

    def mark(procedure: P) -> P:
        _foresights[procedure] = foresight
        return procedure

    return mark


def questions_of(procedure: Callable[..., Any], args: tuple[object, ...]) -> Iterable[Question]:
    """What a call is going to ask, as far as its procedure tells beforehand."""
    foresight = _foresights.get(procedure)
    return foresight(*args) if foresight else ()


class UnjournalledChange(AssertionError):
    """A procedure changed rows that no entry covers: a mistake in the procedure."""


class WriteFailed(Exception):
    """Rows that waited could not be written; whose they were is found by running calls alone."""


class Work:
    """One call's view of the register inside the writer's transaction.

    Attributes:
        now: The moment of this batch, aware.
        at: The same as text, as rows and entries hold it.
        actor: Who asked.
    """

    def __init__(self, batch: "Batch", actor: Actor) -> None:
        self._batch = batch
        self._changes = Changes()
        self._images: list[tuple[str, Values]] = []
        self._entries: list[Entry] = []
        self._savepoint: NestedTransaction | None = None
        self.actor = actor
        self.now, self.at = batch.now, batch.at
        self.rulebooks = batch.rulebooks

    def set_back(self, moment: datetime) -> None:
        """Have this call happen at a moment of the past: a demonstration has a past of its own."""
        self.now, self.at = moment, instant(moment)

    @property
    def directory(self) -> Directory:
        """The organisation as of now, earlier calls of this batch included."""
        if self._changes.of_directory:
            self._write()
        return self._batch.directory()

    @property
    def connection(self) -> Connection:
        """For reading; what this procedure wrote before is seen."""
        self._write()
        return self._batch.connection

    def first(self, lookup: Lookup, row_id: str) -> tuple[Any, ...] | None:
        """The row with this id: the quick way to ask whether something is known already."""
        if row_id not in self._changes.ids and self._batch.foreseen(lookup, row_id):
            return self._batch.answers[lookup, row_id]
        if self._changes or row_id in self._batch.changes.ids:
            self._write()
        return self._batch.driver.first(lookup, row_id)

    @property
    def next_seq(self) -> int:
        """The number that the next entry will have."""
        return self._batch.tail.seq + len(self._entries) + 1

    def insert(self, row: type[SQLModel], *values: Values) -> None:
        """Add rows of one table. Columns with no value given take the table's default."""
        if values:
            table = table_of(row)
            self._changes.add(table, values)
            self._images += [(str(table.name), each) for each in values]

    def update(self, row: type[SQLModel], key: Key, **values: object) -> None:
        """Fill in columns of the row with this primary key."""
        table = table_of(row)
        named = zip(
            table.primary_key.columns, key if isinstance(key, tuple) else (key,), strict=True
        )
        self._changes.fill(Filling(table, key, values))
        image = {str(column.name): one for column, one in named}
        self._images.append((str(table.name), {**image, **values}))

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
            at=self.at,
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
        """Hand over what waits and the entries; called by the writer alone."""
        if self._images:
            raise UnjournalledChange(", ".join(sorted({table for table, _ in self._images})))
        if self._savepoint:
            self._write()
            self._savepoint.commit()
        elif self._changes:
            self._batch.take(self._changes)
        self._batch.tail.extend(self._entries)

    def undo(self) -> None:
        """Forget everything this call did; called by the writer alone."""
        if self._savepoint and self._savepoint.is_active:
            self._savepoint.rollback()
            self._batch.forget_directory()

    def _write(self) -> None:
        """Write what waits, this call's own so that it can be undone."""
        self._batch.write()
        if self._changes:
            if self._savepoint is None:
                self._savepoint = self._batch.connection.begin_nested()
            self._batch.take(self._changes)
            self._batch.write()
            self._changes = Changes()


class Batch:
    """What the calls of one transaction share."""

    def __init__(
        self,
        connection: Connection,
        driver: Driver,
        tail: JournalTail,
        *,
        node: str,
        now: datetime,
        rulebooks: Rulebooks,
        directory: Directory | None,
    ) -> None:
        self.connection = connection
        self.driver = driver
        self.changes = Changes()
        self.tail = tail
        self.node = node
        self.now, self.at = now, instant(now)
        self.rulebooks = rulebooks
        self._directory = directory
        self.directory_changed = False
        self.answers: dict[Question, tuple[Any, ...] | None] = {}
        self._touched: set[str | int] = set()

    def foresee(self, questions: Iterable[Question]) -> None:
        """Ask now, once for all calls, what each of them is going to ask.

        One step of the database instead of one a call: at each, SQLite's driver lets go of the
        interpreter and has to wait for it again.
        """
        by_lookup: dict[Lookup, list[str]] = {}
        for lookup, row_id in questions:
            by_lookup.setdefault(lookup, []).append(row_id)
        for lookup, ids in by_lookup.items():
            rows = self.driver.each_of(lookup, ids)
            self.answers.update({(lookup, each): rows.get(each) for each in ids})

    def foreseen(self, lookup: Lookup, row_id: str) -> bool:
        """Whether the answer is known, and no call of this batch has changed it since."""
        return (lookup, row_id) in self.answers and row_id not in self._touched

    def directory(self) -> Directory:
        """The organisation as this transaction sees it."""
        if self._directory is None:
            self.write()
            self._directory = read_directory(self.connection)
        return self._directory

    def take(self, changes: Changes) -> None:
        """Have the changes of a call wait with those before it."""
        if changes.of_directory:
            self.forget_directory()
            self.directory_changed = True
        self._touched |= changes.ids
        self.changes.join(changes)

    def write(self) -> None:
        """Write what waits."""
        if self.changes:
            waiting, self.changes = self.changes, Changes()
            try:
                waiting.write(self.driver)
            except DBAPIError:
                raise
            except Exception as error:
                raise WriteFailed from error

    def forget_directory(self) -> None:
        """Have the organisation read again when it is next needed."""
        self._directory = None


def table_of(row: type[SQLModel]) -> Table:
    """The Core table behind a row type."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table
