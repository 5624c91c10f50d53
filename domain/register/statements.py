"""Statements of the hot path, compiled once and given straight to the database's driver.

SQLAlchemy spells them for SQLite or PostgreSQL; running them through it each time would cost ten
times what the database itself does with them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Dialect, Executable, Select, Table, bindparam, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any]
"""Column values of one row, by column name."""
Bound = tuple[Any, ...] | dict[str, Any]
ID = "id_"


class Lookup:
    """A question for the row with one id."""

    def __init__(self, asked: Select[Any], column: Column[Any]) -> None:
        self.asked = asked.where(column == bindparam(ID))


class Statement:
    """A statement in the spelling of one database."""

    def __init__(self, statement: Executable, dialect: Dialect, keys: Sequence[str] | None) -> None:
        compiled: Any = statement.compile(  # type: ignore[attr-defined]
            dialect=dialect, column_keys=keys
        )
        self.sql = str(compiled)
        self._order: tuple[str, ...] | None = (
            tuple(compiled.positiontup) if compiled.positional else None
        )
        self._pick: Callable[[Values], Any] = itemgetter(*(self._order or (ID, ID)))

    def bind(self, values: Values) -> Bound:
        """Values in the form that the driver wants: all of the statement's are named."""
        if self._order is None:
            return dict(values)
        picked = self._pick(values)
        return picked if len(self._order) > 1 else (picked,)


class Driver:
    """A connection's driver within one transaction.

    Raises from all: `DBAPIError`, as if SQLAlchemy had run it.
    """

    def __init__(self, connection: Connection) -> None:
        self._dialect = connection.dialect
        self._errors: Any = connection.dialect.loaded_dbapi.Error
        driver: Any = connection.connection.driver_connection
        self._cursor = driver.cursor()

    def insert(self, table: Table, rows: Iterable[Values]) -> None:
        """Add rows. Columns with no value given take the table's default."""
        statement = _insertion(table, self._dialect)
        whole = [statement.bind(_whole(table, row)) for row in rows]
        self._run(self._cursor.executemany, statement.sql, whole)

    def update(self, table: Table, key: str | int, values: Values) -> None:
        """Fill in columns of the row with this primary key."""
        statement = _filling(table, tuple(values), self._dialect)
        self._run(self._cursor.execute, statement.sql, statement.bind({**values, ID: key}))

    def first(self, lookup: Lookup, key: str | int) -> tuple[Any, ...] | None:
        """The row with this id, if there is one."""
        statement = _question(lookup, self._dialect)
        self._run(self._cursor.execute, statement.sql, statement.bind({ID: key}))
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        return row

    def announce(self, channel: str) -> None:
        """Have PostgreSQL notify its listeners at the commit; SQLite has none."""
        if self._dialect.name == "postgresql":
            self._run(self._cursor.execute, f"NOTIFY {channel}", None)

    def _run(self, execute: Callable[[str, Any], object], sql: str, values: Any) -> None:
        try:
            execute(sql, values)
        except self._errors as error:
            raise DBAPIError.instance(
                sql, None, error, self._errors, dialect=self._dialect
            ) from error


def _whole(table: Table, row: Values) -> Values:
    """A row with all columns of its table."""
    defaults = _defaults(table)
    if len(row) < len(defaults):
        row = {**defaults, **row}
    if row.keys() != defaults.keys():
        raise KeyError(f"{table.name} has no {sorted(row.keys() - defaults.keys())}")
    return row


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
    keys = [column.name for column in table.columns]
    return _keep((table, dialect.name), lambda: Statement(table.insert(), dialect, keys))


def _filling(table: Table, names: tuple[str, ...], dialect: Dialect) -> Statement:
    def make() -> Statement:
        (primary,) = table.primary_key.columns
        filled = update(table).where(primary == bindparam(ID))
        return Statement(filled.values({name: bindparam(name) for name in names}), dialect, None)

    return _keep((table, names, dialect.name), make)


def _question(lookup: Lookup, dialect: Dialect) -> Statement:
    return _keep((lookup, dialect.name), lambda: Statement(lookup.asked, dialect, None))
