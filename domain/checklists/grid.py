"""A sheet as values: cells with their addresses, each merged range one cell.

Workbooks are opened elsewhere (`domain.exports.opening`), so that everything about how check lists
are laid out can be tried on plain values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Cell(NamedTuple):
    """One cell, or one merged range: its text, and the first and last row and column it covers."""

    row: int
    column: int
    text: str
    last_row: int
    last_column: int

    @property
    def address(self) -> str:
        """Where it begins, as spreadsheets say it: `B12`."""
        return f"{letters(self.column)}{self.row}"


class Grid:
    """The cells of one sheet; every place of a merged range leads to its one cell."""

    def __init__(self, name: str, cells: Iterable[Cell]) -> None:
        self.name = name
        self._at: dict[tuple[int, int], Cell] = {}
        for cell in cells:
            for row in range(cell.row, cell.last_row + 1):
                for column in range(cell.column, cell.last_column + 1):
                    self._at[row, column] = cell
        filled = [cell for cell in self._at.values() if cell.text]
        self.rows = max((cell.last_row for cell in filled), default=0)
        self.columns = max((cell.last_column for cell in filled), default=0)

    def at(self, row: int, column: int | None) -> Cell | None:
        """The cell that covers a place, blank ones included; None where nothing was ever put."""
        return None if column is None else self._at.get((row, column))

    def filled(self, row: int, column: int | None) -> Cell | None:
        """The cell that covers a place, if something is written in it."""
        cell = self.at(row, column)
        return cell if cell and cell.text else None

    def row(self, row: int) -> Iterator[Cell]:
        """The filled cells that begin in a row, from left to right."""
        for column in range(1, self.columns + 1):
            cell = self.filled(row, column)
            if cell and (cell.row, cell.column) == (row, column):
                yield cell


def letters(column: int) -> str:
    """A column as spreadsheets name it: 1 is A, 27 is AA."""
    named = ""
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named
