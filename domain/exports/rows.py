"""A sheet that is filled row by row, with heights that fit what is written."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from domain.exports import looks
from domain.exports.cells import clean, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from domain.exports.looks import Look
    from domain.text import Lang

LINE_PT = 15.5
"""Height of a line of ten-point type."""
TALLEST_PT = 405.0
"""Excel refuses rows taller than 409 points."""


class Rows:
    """Writes one row after the other; `at` is the row that comes next."""

    def __init__(self, sheet: Worksheet, widths: Sequence[int], lang: Lang) -> None:
        self.sheet, self.widths, self.lang, self.at = sheet, widths, lang, 1
        self._styles: dict[int, tuple[Look, Any]] = {}
        for n, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(n)].width = width

    def row(self, *filled: tuple[Any, Look], height: float = 0) -> int:
        """Write cells from the first column on, `height` points high at least."""
        spans = [(n, n, value, look) for n, (value, look) in enumerate(filled, start=1)]
        return self.spanned(*spans, height=height)

    def across(self, value: Any, look: Look, height: float = 0) -> int:
        """Write one cell over all columns."""
        return self.spanned((1, len(self.widths), value, look), height=height)

    def spanned(self, *filled: tuple[int, int, Any, Look], height: float = 0) -> int:
        """Write cells, each over the columns from a first to a last."""
        tall = max(1, *(self._lines(*each) for each in filled)) * LINE_PT + 3
        for first, last, value, look in filled:
            self._put(first, value, look)
            for column in range(first + 1, last + 1):
                self._put(column, None, look)
            if last > first:
                self.sheet.merge_cells(
                    start_row=self.at, end_row=self.at, start_column=first, end_column=last
                )
        self.sheet.row_dimensions[self.at].height = min(max(tall, height), TALLEST_PT)
        self.at += 1
        return self.at - 1

    def blank(self) -> None:
        """Leave a small gap."""
        self.sheet.row_dimensions[self.at].height = 9
        self.at += 1

    def _put(self, column: int, value: Any, look: Look) -> None:
        cell: Any = self.sheet.cell(row=self.at, column=column)
        if isinstance(value, str):
            cell.value = clean(value, self.lang)
            cell.data_type = "s"  # else `=1+1` would be a formula
        elif value is not None:
            cell.value = value
        # After the value, for a moment brings a format of its own. openpyxl looks each part of a
        # style up by its content; a cell that looks like an earlier one takes over the result.
        if known := self._styles.get(id(look)):
            cell._style = copy(known[1])  # noqa: SLF001
        else:
            look.put_on(cell)
            self._styles[id(look)] = look, copy(cell._style)  # noqa: SLF001

    def _lines(self, first: int, last: int, value: Any, look: Look) -> int:
        if not isinstance(value, str) or not look.align.wrap_text:
            return 1
        # Larger type takes more room than the columns are counted in.
        room = sum(self.widths[first - 1 : last]) * 10 / (look.font.sz or 10)
        return lines(value, room)


def header(rows: Rows, titles: Sequence[str]) -> int:
    """Write a header row."""
    return rows.row(*((title, looks.HEADER) for title in titles), height=22)
