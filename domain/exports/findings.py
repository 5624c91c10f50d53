"""The findings list as a workbook, written row by row: a hundred thousand rows in little memory."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from domain.exports import looks
from domain.exports.cells import clean, station_time
from domain.exports.looks import Look, Seal, set_up_page
from domain.exports.words import KINDS, SEVERITIES
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import IO

    from domain.text import Lang
    from domain.views import FindingLine

MOST_ROWS = 1_048_000
"""A sheet has 1,048,576 rows; further findings go to a further sheet."""


class Heading(NamedTuple):
    """What stands above the list.

    Attributes:
        narrowed: What the list was narrowed to, as a sentence; None for everything in sight.
        made_at: UTC, as `canonical.instant` writes it.
    """

    narrowed: Text | None
    findings: int
    made_at: str
    head: Seal


class Column(NamedTuple):
    """One column: its header, its width in characters, its look, and what it shows of a line."""

    title: Text
    width: int
    look: Look
    of: Callable[[FindingLine, Lang], Any]


COLUMNS = (
    Column(Text(zh="问题编号", en="Finding"), 11, looks.NUMBER, lambda f, _: f.number),
    Column(
        Text(zh="加油站", en="Station"), 20, looks.TEXT, lambda f, lang: f.station_name.in_(lang)
    ),
    Column(
        Text(zh="收到时间", en="Received"),
        17,
        looks.MOMENT,
        lambda f, _: station_time(f.received_at),
    ),
    Column(
        Text(zh="检查类型", en="Kind"), 11, looks.CENTRED, lambda f, lang: KINDS[f.kind].in_(lang)
    ),
    Column(Text(zh="条号", en="Criterion"), 9, looks.CENTRED, lambda f, _: f.criterion),
    Column(Text(zh="检查标准", en="Text"), 44, looks.TEXT, lambda f, lang: f.text.in_(lang)),
    Column(Text(zh="问题说明", en="Note"), 34, looks.TEXT, lambda f, _: f.note),
    Column(
        Text(zh="严重程度", en="Severity"),
        9,
        looks.CENTRED,
        lambda f, lang: SEVERITIES[f.severity].in_(lang),
    ),
    Column(Text(zh="次数", en="Count"), 7, looks.NUMBER, lambda f, _: f.count),
    Column(Text(zh="扣分", en="Points"), 8, looks.LOST, lambda f, _: f.points),
    Column(Text(zh="录像时间", en="At"), 10, looks.CENTRED, lambda f, _: f.at),
    Column(Text(zh="检查人", en="Inspector"), 11, looks.CENTRED, lambda f, _: f.person),
    Column(
        Text(zh="照片", en="Pictures"),
        8,
        looks.CENTRED,
        lambda f, _: f"{f.pictures_here}/{f.pictures}" if f.pictures else None,
    ),
    Column(Text(zh="检查编号", en="Inspection"), 10, looks.NUMBER, lambda f, _: f.inspection),
)
TITLE = Text(zh="问题清单", en="Findings")


class PressedCell(Cell):
    """A cell that is filled again and again: its style is worked out once, not for each row."""

    @cached_property
    def style_id(self) -> int:
        """Number of the style in the workbook."""
        number: int = super().style_id
        return number

    @property
    def has_style(self) -> bool:
        """Always, so that nobody has to look."""
        return True

    def fill_in(self, value: Any, data_type: str) -> None:
        """Take a value as it is: a text beginning with `=` stays a text."""
        self._value, self.data_type = value, data_type if value is not None else "n"


class PressedSheet(WriteOnlyWorksheet):
    """A write-only sheet that takes rows of ready cells without making them anew."""

    def _values_to_row(self, values: Iterable[PressedCell], row_idx: int) -> Iterator[PressedCell]:
        for cell in values:
            cell.row = row_idx
            yield cell


def findings_workbook(
    lines: Iterable[FindingLine], heading: Heading, lang: Lang, out: IO[bytes]
) -> int:
    """Write the list, in the order of `lines`, and say how many rows it has.

    Args:
        lines: Any number of findings; they are taken one by one.
        out: Where the .xlsx goes; it must be seekable.
    """
    book = Workbook(write_only=True)
    written, rows = 0, iter(lines)
    while True:
        sheet = _sheet(book, heading, lang)
        here = _write(sheet, rows, lang)
        written += here
        if here < MOST_ROWS:
            break
    book.save(out)
    return written


def _sheet(book: Any, heading: Heading, lang: Lang) -> PressedSheet:
    """A new sheet with all that stands above its rows."""
    count = len(book.worksheets)
    sheet: Any = PressedSheet(book, TITLE.in_(lang) + (f" {count + 1}" if count else ""))
    book._add_sheet(sheet)  # noqa: SLF001 (create_sheet would make openpyxl's own kind)
    above = list(_above(heading, lang))
    for n, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    first = len(above) + 1
    sheet.freeze_panes = f"C{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    last = first + min(heading.findings, MOST_ROWS)
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(COLUMNS))}{last}"
    set_up_page(sheet, landscape=True, head=heading.head, lang=lang)
    sheet.sheet_view.zoomScale = 90
    for text, look in above:
        sheet.append(_row(sheet, [(text, look)]))
    sheet.append(_row(sheet, [(column.title.in_(lang), looks.HEADER) for column in COLUMNS]))
    pressed: PressedSheet = sheet
    return pressed


def _above(heading: Heading, lang: Lang) -> Iterator[tuple[str, Look]]:
    """The lines above the header, each in the first cell of a row."""
    everything = Text(zh="全部可见的加油站", en="every station in sight")
    narrowed = (heading.narrowed or everything).in_(lang)
    made_at = f"{station_time(heading.made_at):%Y-%m-%d %H:%M}"
    head = heading.head
    said = (
        Text(
            zh=f"范围：{narrowed}　共 {heading.findings} 条　导出时间：{made_at}",
            en=f"Shown: {narrowed}    {heading.findings} findings    Made: {made_at}",
        ),
        Text(
            zh=f"日志末条：第 {head.seq} 条　封签：{head.seal}",
            en=f"Journal head: {head.seq}    Seal: {head.seal}",
        ),
    )
    yield TITLE.in_(lang), looks.ABOVE._replace(font=looks.title)
    for text in said:
        yield clean(text.in_(lang), lang), looks.ABOVE


def _row(sheet: PressedSheet, filled: Sequence[tuple[str, Look]]) -> list[PressedCell]:
    return [_cell(sheet, n, text, look) for n, (text, look) in enumerate(filled, start=1)]


def _cell(sheet: PressedSheet, n: int, text: str | None, look: Look) -> PressedCell:
    cell = PressedCell(sheet, row=1, column=n)
    look.put_on(cell)
    cell.fill_in(text, "s")
    return cell


def _write(sheet: PressedSheet, lines: Iterator[FindingLine], lang: Lang) -> int:
    """Rows until the lines or the sheet end; returns how many."""
    pressed = [_cell(sheet, n, None, column.look) for n, column in enumerate(COLUMNS, start=1)]
    written = 0
    for line in lines:
        for cell, column in zip(pressed, COLUMNS, strict=True):
            value = column.of(line, lang)
            if isinstance(value, str):
                cell.fill_in(clean(value, lang), "s")
            else:
                cell.fill_in(value, "d" if column.look is looks.MOMENT else "n")
        sheet.append(pressed)
        written += 1
        if written == MOST_ROWS:
            break
    return written
