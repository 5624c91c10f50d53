"""A list as a workbook of one sheet to print: what a screen shows, line by line."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from domain.exports import looks
from domain.exports.cells import station_time
from domain.exports.looks import Look, Seal, set_up_page
from domain.exports.rows import Rows, header
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from domain.text import Lang

L = TypeVar("L")


class ListColumn(NamedTuple, Generic[L]):
    """One column: its header, its width in characters, its look, and what it shows of a line."""

    title: Text
    width: int
    look: Look
    of: Callable[[L, Lang], Any]


class Above(NamedTuple):
    """What stands above a list: its title, what it shows, when (UTC text), the journal's head."""

    title: Text
    shown: str
    made_at: str
    head: Seal


def list_workbook(
    lines: Iterable[L],
    columns: Sequence[ListColumn[L]],
    above: Above,
    lang: Lang,
    foot: Iterable[str] = (),
) -> bytes:
    """The workbook as the bytes of an .xlsx file: frozen header, filter, A4 across.

    Args:
        foot: What stands below the list, a row each.
    """
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = above.title.in_(lang)
    rows = Rows(sheet, [one.width for one in columns], lang)
    made = f"{station_time(above.made_at):%Y-%m-%d %H:%M}"
    rows.across(f"{above.title.in_(lang)}　{above.shown}　{made}", looks.ABOVE, height=22)
    top = header(rows, [one.title.in_(lang) for one in columns])
    for line in lines:
        rows.row(*((one.of(line, lang), one.look) for one in columns))
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{max(top, rows.at - 1)}"
    for said in foot:
        rows.across(said, looks.TEXT)
    set_up_page(sheet, landscape=True, head=above.head, lang=lang)
    book.properties.creator = "Forecourt"
    written = BytesIO()
    book.save(written)
    return written.getvalue()
