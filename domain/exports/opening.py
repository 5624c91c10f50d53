"""Opening a workbook that somebody made: its sheets as grids, or a refusal that says what helps.

Whatever is in the file, opening it must end: sizes are looked at before openpyxl builds anything,
for a merged range over all of a sheet would keep it busy for hours.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from domain.checklists.grid import Cell, Grid
from domain.exports.refusals import (
    FormulasWithoutValues,
    HiddenContent,
    NotAWorkbook,
    NothingInIt,
    OldWorkbook,
    TooLargeAWorkbook,
    WorkbookLocked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 10_000_000
"""Bytes of the file; check lists of a thousand rows have a hundredth."""
LARGEST_UNPACKED = 60_000_000
LARGEST_SHEET = 16_000_000
MOST_ROWS, MOST_COLUMNS = 5_000, 100
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the older Office begin, and encrypted ones of the newer."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RANGE = re.compile(rb"<[^<>]*?\bref=\"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?\"")
_CELL = re.compile(rb"<(?:\w+:)?c [^<>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"")


def open_grids(name: str, raw: bytes) -> list[Grid]:
    """The visible sheets of a workbook that hold anything, in their order.

    Raises one of the refusals of `domain.exports.refusals` for what is no .xlsx file, too large,
    locked, empty, has hidden rows or columns with content, or formulas that were never computed.
    """
    _look_at(name, raw)
    try:
        with catch_warnings():
            simplefilter("ignore")  # openpyxl tells of drop-down lists and the like it leaves out
            values = load_workbook(BytesIO(raw), data_only=True)
            formulas = load_workbook(BytesIO(raw))
        sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
        grids = [_grid(name, sheet, formulas[sheet.title]) for sheet in sheets]
    except (
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        SyntaxError,
        OSError,
    ) as no:
        raise NotAWorkbook(name) from no
    if not any(grid.rows for grid in grids):
        raise NothingInIt(name)
    return [grid for grid in grids if grid.rows]


def _look_at(name: str, raw: bytes) -> None:
    """Refuse what should not be opened at all."""
    if not raw:
        raise NothingInIt(name)
    if raw.startswith(_OLD):
        raise WorkbookLocked(name) if _ENCRYPTED in raw else OldWorkbook(name)
    if len(raw) > LARGEST:
        raise TooLargeAWorkbook(name)
    try:
        with ZipFile(BytesIO(raw)) as packed:
            _look_into(name, packed)
    except (BadZipFile, NotImplementedError, OSError, EOFError) as no:
        raise NotAWorkbook(name) from no
    except RuntimeError as locked:  # zipfile's word for a password
        raise WorkbookLocked(name) from locked


def _look_into(name: str, packed: ZipFile) -> None:
    """Refuse sheets that are larger than any check list, in bytes, rows or merged ranges."""
    files = packed.infolist()
    if sum(each.file_size for each in files) > LARGEST_UNPACKED or len(files) > 1_000:
        raise TooLargeAWorkbook(name)
    if "[Content_Types].xml" not in packed.namelist():
        raise NotAWorkbook(name)
    for each in files:
        if each.filename.startswith("xl/worksheets/") and each.filename.endswith(".xml"):
            if each.file_size > LARGEST_SHEET:
                raise TooLargeAWorkbook(name)
            _look_at_sheet(name, packed.read(each))


def _look_at_sheet(name: str, xml: bytes) -> None:
    merged = xml[xml.find(b"mergeCells") :] if b"mergeCells" in xml else b""
    corners = [(match[3], match[4]) for match in _RANGE.finditer(merged) if match[3]]
    corners += [(match[1], match[2]) for match in _CELL.finditer(xml)]
    for column, row in set(corners):
        if int(row) > MOST_ROWS or column_index_from_string(column.decode()) > MOST_COLUMNS:
            raise TooLargeAWorkbook(name)


def _grid(name: str, sheet: Any, formulas: Any) -> Grid:
    """One sheet; merged ranges are one cell each."""
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise TooLargeAWorkbook(name)
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            area = merged.get((cell.row, cell.column))
            text = _text(cell.value)
            if not text and formulas[cell.coordinate].data_type == "f":
                raise FormulasWithoutValues(name, f"{sheet.title}!{cell.coordinate}")
            if not text and area is None:
                continue
            last = (area.max_row, area.max_col) if area else (cell.row, cell.column)
            cells.append(Cell(cell.row, cell.column, text, *last))
    if hidden := next(_hidden(sheet, cells), None):
        raise HiddenContent(name, f"{sheet.title}!{hidden}")
    return Grid(sheet.title, cells)


def _hidden(sheet: Any, cells: list[Cell]) -> Iterator[str]:
    """Cells that hold something and are not seen: in hidden rows or columns."""
    columns = {
        at
        for named, column in sheet.column_dimensions.items()
        if column.hidden
        for at in range(
            column.min or column_index_from_string(named),
            (column.max or column_index_from_string(named)) + 1,
        )
    }
    for cell in cells:
        if not cell.text:
            continue
        if sheet.row_dimensions[cell.row].hidden or cell.column in columns:
            yield f"{get_column_letter(cell.column)}{cell.row}"


def _text(value: object) -> str:
    """What is seen in a cell, without spaces around it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return format(
            exact.normalize() if exact != exact.to_integral() else exact.to_integral(), "f"
        )
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()
