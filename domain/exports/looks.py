"""How exported workbooks look: fonts, borders, number formats, page and footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

from domain.text import Text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

    from domain.text import Lang

FACE = "Microsoft YaHei"
"""Comes with every Chinese Windows; other systems put their own Chinese face in its place."""
POINTS = "0.00"
WHOLE = "0"
WHEN = "yyyy-mm-dd hh:mm"
A4 = 9

_hair = Side(style="thin", color="B8C4CA")
BOX = Border(left=_hair, right=_hair, top=_hair, bottom=_hair)
HEAD = PatternFill("solid", fgColor="1F6F8B")
BAND = PatternFill("solid", fgColor="E3EEF2")
TOTAL = PatternFill("solid", fgColor="FBE9C6")

plain = Font(name=FACE, size=10)
strong = Font(name=FACE, size=10, bold=True)
head = Font(name=FACE, size=10, bold=True, color="FFFFFF")
title = Font(name=FACE, size=16, bold=True)
quiet = Font(name=FACE, size=8, color="5A6B73")
figure = Font(name=FACE, size=18, bold=True, color="1F6F8B")
lost = Font(name=FACE, size=10, color="B03A2E")

left = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
right = Alignment(horizontal="right", vertical="center", indent=1)


class Seal(NamedTuple):
    """An entry of the journal by which a print can be compared with the journal later."""

    seq: int
    seal: str


class Look(NamedTuple):
    """How one cell looks."""

    font: Font = plain
    align: Alignment = left
    format: str | None = None
    fill: PatternFill | None = None
    border: Border | None = BOX

    def put_on(self, cell: Cell | MergedCell) -> None:
        """Give a cell this look."""
        cell.font, cell.alignment = self.font, self.align
        if self.format:
            cell.number_format = self.format
        if self.fill:
            cell.fill = self.fill
        if self.border:
            cell.border = self.border


HEADER = Look(head, centre, fill=HEAD)
TEXT = Look()
CENTRED = Look(align=centre)
NUMBER = Look(align=right, format=WHOLE)
SCORE = Look(align=right, format=POINTS)
LOST = Look(lost, right, POINTS)
ABOVE = Look(quiet, Alignment(horizontal="left", vertical="center"), border=None)
MOMENT = Look(align=centre, format=WHEN)


def set_up_page(sheet: Any, *, landscape: bool, head: Seal, lang: Lang) -> None:
    """A4, as wide as the page, with the journal's head and the page number at the foot."""
    said = Text(zh=f"日志第 {head.seq} 条　封签 {head.seal}", en=f"Journal {head.seq}  {head.seal}")
    set_up_paper(sheet, landscape=landscape, foot=said, lang=lang)


def set_up_paper(sheet: Any, *, landscape: bool, foot: Text, lang: Lang) -> None:
    """A4, as wide as the page, with a text and the page number at the foot."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.3
    sheet.print_options.horizontalCentered = True
    footer, pages = sheet.oddFooter, Text(zh="第 &P 页，共 &N 页", en="Page &P of &N")
    footer.left.text, footer.left.size = foot.in_(lang), 7
    footer.right.text, footer.right.size = pages.in_(lang), 8
