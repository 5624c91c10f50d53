"""A check list that somebody keeps in a workbook, read as an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.checklists.building import Imported, build
from domain.checklists.doubts import Doubt
from domain.checklists.header import find_header
from domain.exports.opening import open_grids
from domain.exports.refusals import NoCriteria, NoHeader, NoSuchSheet
from domain.text import Text

if TYPE_CHECKING:
    from domain.checklists.building import Given


def read_check_list(raw: bytes, given: Given, sheet: str | None = None) -> Imported:
    """The edition that a workbook holds, and a doubt for all that is not certain.

    Args:
        raw: The .xlsx file.
        given: Its name, and what the caller says about the list.
        sheet: Which sheet; by default the first that has the header of a check list.

    Raises `UnusableWorkbook` with what helps.
    """
    grids = open_grids(given.file, raw)
    wanted = [grid for grid in grids if sheet in (None, grid.name)]
    if sheet and not wanted:
        raise NoSuchSheet(sheet, [grid.name for grid in grids])
    for grid in wanted:
        if not (found := find_header(grid)):
            continue
        imported = build(grid, *found, given)
        if not imported:
            raise NoCriteria(given.file)
        others = [] if sheet else [one.name for one in grids if one is not grid]
        doubts = (*imported.doubts, *(Doubt(f"{name}!A1", "", _OTHER_SHEET) for name in others))
        return imported._replace(doubts=doubts)
    raise NoHeader(given.file)


_OTHER_SHEET = Text(
    zh="这个工作表没有读入（可用 --sheet 指定）。",
    en="this sheet was not read (name it with --sheet).",
)
