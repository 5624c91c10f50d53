"""Rows and updates that wait in memory until they are written together."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Table

from domain.register.statements import Driver, Key, Values
from domain.register.tables import DIRECTORY_TABLES


class Filling(NamedTuple):
    """Columns to fill in, of the row with this primary key."""

    table: Table
    key: Key
    values: Values


class Changes:
    """What one call changed, or several together.

    Rows are written before updates, which is the order they need: rows are never removed, and an
    update fills in what is there.

    Attributes:
        ids: Ids of the rows concerned.
        of_directory: Whether any of it is about the organisation.
    """

    def __init__(self) -> None:
        self.rows: dict[Table, list[Values]] = {}
        self.fillings: list[Filling] = []
        self.ids: set[str | int] = set()
        self.of_directory = False

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.rows or self.fillings)

    def add(self, table: Table, rows: Sequence[Values]) -> None:
        """Have rows wait."""
        self.rows.setdefault(table, []).extend(rows)
        self.of_directory |= table.name in DIRECTORY_TABLES
        if "id" in table.c:
            self.ids.update(row["id"] for row in rows)

    def fill(self, filling: Filling) -> None:
        """Have an update wait."""
        self.fillings.append(filling)
        self.of_directory |= filling.table.name in DIRECTORY_TABLES
        if not isinstance(filling.key, tuple):
            self.ids.add(filling.key)

    def join(self, later: "Changes") -> None:
        """Take over the changes of a later call."""
        for table, rows in later.rows.items():
            self.rows.setdefault(table, []).extend(rows)
        self.fillings += later.fillings
        self.of_directory |= later.of_directory
        self.ids |= later.ids

    def write(self, driver: Driver) -> None:
        """Write them all."""
        for table, rows in self.rows.items():
            driver.insert(table, rows)
        for filling in self.fillings:
            driver.update(*filling)
