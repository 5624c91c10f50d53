"""Statements of the hot path, compiled once and given straight to the database's driver.

SQLAlchemy spells them for SQLite or PostgreSQL; running them through it each time would cost ten
times what the database itself does with them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Column, Dialect, Executable, Select, Table, bindparam, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any]
"""Column values of one row, by column name."""
Key = str | int | tuple[str, ...]
"""A primary key; of several columns, all their values in the table's order."""
ID = "id_"
TOGETHER = 64
"""Rows that one statement inserts at most, so that the driver keeps all sizes prepared."""


class Lookup:
    """A question for one row: by its id, or for the only one that the question has."""

    def __init__(self, asked: Select[Any], by: Column[Any] | None = None) -> None:
        self._asked, self._by = asked, by

    def asked(self, ids: int | None = None) -> Select[Any]:
        """The question for one row, or for the rows of that many ids, each with its id behind."""
        if self._by is None:
            return self._asked
        if ids is None:
            return self._asked.where(self._by == bindparam(ID))
        named: list[Any] = [bindparam(f"{ID}{number}") for number in range(ids)]
        return self._asked.add_columns(self._by).where(self._by.in_(named))


class Statement:
    """A statement in the spelling of one database.

    Attributes:
        bind: Turns values by name into what the driver wants.
    """

    def __init__(self, statement: Executable, dialect: Dialect, keys: Sequence[str] | None) -> None:
        compiled: Any = statement.compile(  # type: ignore[attr-defined]
            dialect=dialect, column_keys=keys
        )
        self.sql = str(compiled)
        # What the statement says itself, such as its limit.
        said = {name: v for name, v in compiled.params.items() if type(v) is int}
        order = tuple(compiled.positiontup) if compiled.positional else None
        pick = dict if order is None else _picker(order)
        self.bind: Callable[[Values], Any] = pick
        if said:
            self.bind = lambda values: pick({**said, **values})


def _picker(names: tuple[str, ...]) -> Callable[[Values], tuple[Any, ...]]:
    """What takes these values out of a row; `itemgetter` gives no tuple below two."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def driver_of(connection: Connection) -> Any:
    """The database driver's own connection under SQLAlchemy's."""
    return connection.connection.driver_connection


class Driver:
    """A connection's own driver.

    Raises from all: `DBAPIError`, as if SQLAlchemy had run it.
    """

    def __init__(self, connection: Connection) -> None:
        self._dialect = connection.dialect
        self._errors: Any = connection.dialect.loaded_dbapi.Error
        self._connection = driver_of(connection)
        self._cursor = self._connection.cursor()

    def insert(self, table: Table, rows: Iterable[Values]) -> None:
        """Add rows. Columns with no value given take the table's default."""
        statement = _insertion(table, self._dialect)
        bind, columns = statement.bind, len(table.columns)
        bound = [bind(row if len(row) == columns else _whole(table, row)) for row in rows]
        if self._dialect.name != "sqlite":
            self._run(self._cursor.executemany, statement.sql, bound)
            return
        # SQLite's driver lets go of the interpreter at each step, and with a busy event loop
        # beside it waits a millisecond to get it back: so many rows a step.
        for rows_now in _parts(bound):
            sql = _of_many(statement.sql, len(rows_now))
            self._run(self._cursor.execute, sql, tuple(chain.from_iterable(rows_now)))

    def update(self, table: Table, key: Key, values: Values) -> None:
        """Fill in columns of the row with this primary key."""
        statement = _filling(table, tuple(values), self._dialect)
        named = {f"{ID}{n}": one for n, one in enumerate(key if isinstance(key, tuple) else (key,))}
        self._run(self._cursor.execute, statement.sql, statement.bind({**values, **named}))

    def first(self, lookup: Lookup, key: str | int | None = None) -> tuple[Any, ...] | None:
        """The row with this id, if there is one."""
        statement = _question(lookup, self._dialect)
        self._run(self._cursor.execute, statement.sql, statement.bind({ID: key}))
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        return row

    def each_of(self, lookup: Lookup, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        """The rows with these ids, as far as there are any."""
        found = {}
        for part in _parts(keys):
            # In a few sizes, filled up by asking for the last one again.
            size = 1 << (len(part) - 1).bit_length()
            asked = [*part, *[part[-1]] * (size - len(part))]
            statement = _question(lookup, self._dialect, size)
            values = {f"{ID}{number}": key for number, key in enumerate(asked)}
            self._run(self._cursor.execute, statement.sql, statement.bind(values))
            found.update({row[-1]: tuple(row[:-1]) for row in self._cursor.fetchall()})
        return found

    def begin(self) -> None:
        """Begin a transaction that will write; PostgreSQL's driver does so by itself."""
        if self._dialect.name == "sqlite":
            self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """End the transaction; when this returns it is on disk."""
        self._run(lambda *_: self._connection.commit(), "COMMIT", None)

    def roll_back(self) -> None:
        """Undo the transaction, if the connection can still be told."""
        with suppress(self._errors):
            self._connection.rollback()

    def lock_journal(self) -> None:
        """Keep others from sealing entries until the transaction ends.

        SQLite's write lock is taken by BEGIN IMMEDIATE already; PostgreSQL needs one here.
        """
        if self._dialect.name == "postgresql":
            self.run("SELECT pg_advisory_xact_lock(20120101)")

    def announce(self, channel: str) -> None:
        """Have PostgreSQL notify its listeners at the commit; SQLite has none."""
        if self._dialect.name == "postgresql":
            self.run(f"NOTIFY {channel}")

    def run(self, sql: str) -> None:
        """Run a statement that has no values."""
        self._run(self._cursor.execute, sql, ())

    def _run(self, execute: Callable[[str, Any], object], sql: str, values: Any) -> None:
        try:
            execute(sql, values)
        except self._errors as error:
            raise DBAPIError.instance(
                sql, None, error, self._errors, dialect=self._dialect
            ) from error


Part = TypeVar("Part")


def _parts(whole: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """A sequence in pieces of `TOGETHER`."""
    for begin in range(0, len(whole), TOGETHER):
        yield whole[begin : begin + TOGETHER]


def _whole(table: Table, row: Values) -> Values:
    """A row with the columns that it does not name."""
    defaults = _defaults(table)
    if unknown := row.keys() - defaults.keys():
        raise KeyError(f"{table.name} has no {sorted(unknown)}")
    return {**defaults, **row}


@lru_cache(maxsize=1024)
def _of_many(insertion: str, rows: int) -> str:
    """An INSERT of one row, made to take several."""
    head, values = insertion.split(" VALUES ")
    return f"{head} VALUES {', '.join([values] * rows)}"


@lru_cache
def _defaults(table: Table) -> dict[str, Any]:
    """What each column holds where no value is given."""
    return {column.name: getattr(column.default, "arg", None) for column in table.columns}


# By the dialect's name: the dialect itself belongs to an engine, and every register has its own.
_kept: dict[tuple[object, ...], Statement] = {}


def _keep(key: tuple[object, ...], make: Callable[[], Statement]) -> Statement:
    statement = _kept.get(key)
    if statement is None:
        statement = _kept[key] = make()
    return statement


def _insertion(table: Table, dialect: Dialect) -> Statement:
    def make() -> Statement:
        return Statement(table.insert(), dialect, [column.name for column in table.columns])

    return _keep((table, dialect.name), make)


def _filling(table: Table, names: tuple[str, ...], dialect: Dialect) -> Statement:
    def make() -> Statement:
        primary = enumerate(table.primary_key.columns)
        filled = update(table).where(*(one == bindparam(f"{ID}{n}") for n, one in primary))
        return Statement(filled.values({name: bindparam(name) for name in names}), dialect, None)

    return _keep((table, names, dialect.name), make)


def _question(lookup: Lookup, dialect: Dialect, ids: int | None = None) -> Statement:
    return _keep((lookup, ids, dialect.name), lambda: Statement(lookup.asked(ids), dialect, None))
