"""Business figures out of an .xlsx file: 编号 | 实际 | 计划, one formula criterion a row.

Columns are found by their heading, in any order, in any of the first rows; further columns are
left alone. Every cell that is not understood is told with its place; nothing is guessed.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from domain.formulas import asked, points_lost
from domain.pricing import most_of
from domain.refusals import Refusal
from domain.submission import FormulaInput
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.rulebook import Edition

HEADINGS = {
    "id": ("编号", "条号", "id", "no.", "number"),
    "of": ("实际", "实际值", "of", "actual"),
    "against": ("计划", "计划值", "对比", "against", "plan", "planned"),
}
"""What the three columns may be called, in lower case."""
HEADING_ROWS = 10
MOST_ROWS, MOST_COLUMNS = 500, 40
LARGEST_BYTES = 5_000_000


class NotAFiguresFile(Refusal):
    """The file is no workbook, or has no columns of figures."""

    code = "not-a-figures-file"
    status = 422

    def __init__(self, reason: Text) -> None:
        super().__init__(
            reason,
            remedy=Text(
                zh="请用 .xlsx 文件：第一行写“编号、实际、计划”，以下每行一条，如 1、950、1000。",
                en="Use an .xlsx file: 编号, 实际, 计划 (or id, actual, plan) in the first row, "
                "below it a criterion a row, such as 1, 950, 1000.",
            ),
        )


class Doubt(NamedTuple):
    """A cell that was not taken, or not as it stands, and why."""

    cell: str
    said: Text


class FiguresRead(NamedTuple):
    """What a file gave: figures by criterion id; every cell left out, or not taken as it stands."""

    inputs: dict[str, FormulaInput]
    doubts: list[Doubt]


def read_figures(edition: Edition, content: bytes) -> FiguresRead:
    """Take the figures of formula criteria out of a workbook's first sheet.

    Raises:
        NotAFiguresFile: It is no workbook, too large, or has no heading row.
    """
    rows = _rows(content)
    at, columns = _heading(rows)
    read = FiguresRead({}, [])
    for n, row in enumerate(rows[at + 1 :], start=at + 2):
        _take(edition, read, _Line(n, row, columns))
    return read


class _Line(NamedTuple):
    number: int
    cells: tuple[Any, ...]
    columns: dict[str, int]

    def cell(self, name: str) -> str:
        """Where a column's cell of this line stands, such as B3."""
        return f"{get_column_letter(self.columns[name] + 1)}{self.number}"

    def text(self, name: str) -> str:
        """What a column says in this line; nothing where there is no such column."""
        place = self.columns.get(name, len(self.cells))
        return _text(self.cells[place]) if place < len(self.cells) else ""


def _rows(content: bytes) -> list[tuple[Any, ...]]:
    if len(content) > LARGEST_BYTES:
        raise NotAFiguresFile(Text(zh="文件太大。", en="The file is too large."))
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        return [tuple(_shown(cell) for cell in row) for row in rows]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, IndexError) as error:
        raise NotAFiguresFile(
            Text(zh="这个文件不是 .xlsx 工作簿。", en="This file is no .xlsx workbook.")
        ) from error


def _heading(rows: Sequence[tuple[Any, ...]]) -> tuple[int, dict[str, int]]:
    for n, row in enumerate(rows[:HEADING_ROWS]):
        said = [_text(cell).casefold() for cell in row]
        columns = {
            name: next(place for place, one in enumerate(said) if one in names)
            for name, names in HEADINGS.items()
            if any(one in names for one in said)
        }
        if "id" in columns and "of" in columns:
            return n, columns
    raise NotAFiguresFile(
        Text(
            zh="前十行里找不到“编号”和“实际”两个列名。",
            en="The first ten rows have no headings 编号 and 实际 (id, actual).",
        )
    )


def _take(edition: Edition, read: FiguresRead, line: _Line) -> None:
    """One line: its figures, or why they were left out; empty lines say nothing."""
    named, of, against = line.text("id"), line.text("of"), line.text("against")
    if not (named or of or against):
        return
    placed = edition.placed.get(named)
    formula = placed.criterion.formula if placed else None
    if placed is None or formula is None:
        said = Text(
            zh=f"“{named:.20}”不是按公式计分的条目，未导入",
            en=f'"{named:.20}" is no criterion with a formula; left out',
        )
        read.doubts.append(Doubt(line.cell("id"), said))
        return
    if named in read.inputs:
        said = Text(zh=f"{named} 重复，保留前一行", en=f"{named} again; the first one is kept")
        read.doubts.append(Doubt(line.cell("id"), said))
        return
    if not of and not against:
        said = Text(zh=f"{named} 没有数，仍缺", en=f"{named} has no figures; still missing")
        read.doubts.append(Doubt(line.cell("of"), said))
        return
    if formula.unit and formula.unit.en == "%":
        of, against = (_rate(read, line, name) for name in ("of", "against"))
    wants = "against" in asked(formula)
    if against and not wants:
        said = Text(
            zh=f"{named} 不用填计划值，“{against:.20}”未用",
            en=f'{named} takes no plan; "{against:.20}" is not used',
        )
        read.doubts.append(Doubt(line.cell("against"), said))
    given = FormulaInput(of, (against or None) if wants else None)
    try:
        points_lost(named, formula, most_of(formula, placed.group), _held(given), "$")
    except Refusal as refusal:
        wrong = "against" if refusal.field == "$.against" and "against" in line.columns else "of"
        read.doubts.append(Doubt(line.cell(wrong), refusal.reason))
    else:
        read.inputs[named] = given


def _rate(read: FiguresRead, line: _Line, name: str) -> str:
    """A rate as its number; one with a per-cent sign is told."""
    text = line.text(name)
    if not text.endswith("%"):
        return text
    said = Text(zh=f"“{text}”读作 {text[:-1]}（%）", en=f'"{text}" is read as {text[:-1]} (%)')
    read.doubts.append(Doubt(line.cell(name), said))
    return text[:-1].strip()


def _shown(cell: Any) -> object:
    """What a cell holds, a number in per-cent format as it is shown: 0.28 is 28%."""
    value = cell.value
    if isinstance(value, int | float) and "%" in str(cell.number_format):
        return _text(Decimal(repr(value)) * 100) + "%"
    return value


def _held(given: FormulaInput) -> dict[str, str]:
    held = {"of": given.of, "against": given.against}
    return {name: text for name, text in held.items() if text}


def _text(cell: object) -> str:
    """What a cell says; numbers without a fraction they do not have and without exponents."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, int | float | Decimal):
        return format(Decimal(str(cell)).normalize(), "f")
    return str(cell).strip()
