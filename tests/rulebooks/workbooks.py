r"""Workbooks as people make them, from lists that are spelt out cell by cell.

A row is a line, its cells parted by `|`. `^` belongs to the cell above and `<` to the one on its
left (merged); `#` marks a number where its digits are plain, text otherwise; `\n` is a line break
in a cell.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet


def workbook_of(*rows: str) -> bytes:
    """The workbook that these rows spell out."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    fill(sheet, rows)
    return saved(book)


def fill(sheet: Worksheet, rows: Sequence[str]) -> None:
    """Write the rows into a sheet, merged as they say."""
    table = [[cell.strip() for cell in row.split("|")] for row in rows]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(table, 1):
        for c, text in enumerate(row, 1):
            at = {"^": (r - 1, c), "<": (r, c - 1)}.get(text)
            owners[r, c] = owners[at] if at else (r, c)
            if at is None:
                sheet.cell(r, c).value = _value(text)
    for owner in dict.fromkeys(owners.values()):
        spots = [spot for spot, whose in owners.items() if whose == owner]
        (top, left), (bottom, right) = min(spots), max(spots)
        if len(spots) > 1:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def saved(book: Workbook) -> bytes:
    """The workbook as the bytes of its file."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _value(text: str) -> str | float | None:
    if text.startswith("#") and text[1:].isascii():
        return float(text[1:])
    return text.removeprefix("#").replace("\\n", "\n") or None
