"""Label sheets: the codes of scan points as a PDF to print, cut and put up.

Codes are vector drawings and Chinese is an embedded subset of Noto Sans SC, so that any printer on
any system gives the same sheet.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pylopdf_fonts_zh_cn
import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from domain.exports.cells import clean, station_time
from domain.text import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.exports.looks import Seal

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
ACROSS, DOWN = 3, 8
PER_PAGE = ACROSS * DOWN
LABEL = (66.0, 34.0)
"""Width and height of a label in millimetres; 24 of them and a footer fill an A4 page."""
ORIGIN = (6.0, 8.0)
CODE_MM = 29.0
QUIET = 2
"""Empty modules inside the code's square; the label's own white margin is the rest."""
INSTRUCTION = Text(zh="微信或相机扫码检查", en="Scan to inspect")
ISSUED = Text(zh="签发", en="Issued")
INK, GREY, LINE = 0, 110, 200


class Label(NamedTuple):
    """What one label shows.

    Attributes:
        url: What the code says.
        issued_at: UTC, as `canonical.instant` writes it.
    """

    point: Text
    station: Text
    url: str
    issued_at: str


def label_sheet(labels: Sequence[Label], head: Seal, printed_at: str, lang: Lang) -> bytes:
    """The sheet as the bytes of a PDF: A4, 24 labels a page, the journal's head at the foot.

    Args:
        printed_at: UTC, as `canonical.instant` writes it.
        lang: The language that is large; the other one stands small below it.
    """
    # It warns of every glyph that a subset leaves out.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    sheet = FPDF(format="A4")
    sheet.set_auto_page_break(auto=False)
    sheet.add_font("zh", fname=FONT)
    sheet.set_title(Text(zh="二维码标签", en="Code labels").in_(lang))
    pages = -(-len(labels) // PER_PAGE)
    for page in range(pages):
        sheet.add_page()
        for n, label in enumerate(labels[page * PER_PAGE : (page + 1) * PER_PAGE]):
            x, y = ORIGIN[0] + n % ACROSS * LABEL[0], ORIGIN[1] + n // ACROSS * LABEL[1]
            _label(sheet, label, x, y, lang)
        _foot(sheet, head, printed_at, f"{page + 1}/{pages}", lang)
    return bytes(sheet.output())


def _label(sheet: FPDF, label: Label, x: float, y: float, lang: Lang) -> None:
    sheet.set_draw_color(LINE)
    sheet.set_line_width(0.1)
    sheet.rect(x, y, *LABEL)
    _code(sheet, label.url, x + 2, y + (LABEL[1] - CODE_MM) / 2)
    other: Lang = "en" if lang == "zh" else "zh"
    left, room = x + CODE_MM + 3.5, LABEL[0] - CODE_MM - 5
    sheet.set_xy(left, y + 3)
    _said(sheet, label.point.in_(lang), 12, room, lines=2)
    if label.point.in_(other) != label.point.in_(lang):
        _said(sheet, label.point.in_(other), 6.5, room, grey=True)
    _said(sheet, label.station.in_(lang), 9, room, lines=2)
    sheet.set_xy(left, y + LABEL[1] - 10)
    _said(sheet, INSTRUCTION.in_(lang), 7.5, room)
    day = f"{station_time(label.issued_at):%Y-%m-%d}"
    _said(sheet, f"{ISSUED.in_(lang)} {day}", 6.5, room, grey=True)


def _said(
    sheet: FPDF, text: str, size: float, room: float, *, lines: int = 1, grey: bool = False
) -> None:
    """Write a text into a width, on so many lines at most; what is too long ends with `…`."""
    sheet.set_font("zh", size=size)
    sheet.set_text_color(GREY if grey else INK)
    left, high = sheet.get_x(), size * 0.44
    for line in _fitted(sheet, clean(text).replace("\n", " "), room, lines):
        sheet.cell(room, high, line, new_x=XPos.LEFT, new_y=YPos.NEXT)
        sheet.set_x(left)


def _fitted(sheet: FPDF, text: str, room: float, lines: int) -> Iterator[str]:
    """The text in lines that are no wider than the room (in millimetres)."""
    usable = room - 2 * sheet.c_margin
    for n in range(lines):
        if not text:
            return
        most = next(
            (i for i in range(len(text), 1, -1) if sheet.get_string_width(text[:i]) <= usable), 1
        )
        line, rest = text[:most], text[most:]
        if rest and rest[0].isascii() and rest[0] != " " and " " in line:
            cut = line.rindex(" ") + 1
            line, rest = line[:cut], line[cut:] + rest
        if rest and n == lines - 1:
            line = line[:-1] + "…"
        yield line
        text = rest


def _code(sheet: FPDF, url: str, x: float, y: float) -> None:
    """Draw a code as runs of black; never a Micro QR, which phone cameras do not read."""
    code = segno.make(url, error="m", micro=False)
    modules = [list(row) for row in code.matrix]
    size = CODE_MM / (len(modules) + 2 * QUIET)
    sheet.set_fill_color(INK)
    for down, row in enumerate(modules):
        for first, length in _runs(row):
            left, top = x + (first + QUIET) * size, y + (down + QUIET) * size
            # A trace higher than a module, so that no viewer shows a seam between rows.
            sheet.rect(left, top, length * size, size * 1.01, style="F")


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and how many follow each other."""
    first = None
    for n, dark in enumerate([*row, 0]):
        if dark and first is None:
            first = n
        elif not dark and first is not None:
            yield first, n - first
            first = None


def _foot(sheet: FPDF, head: Seal, printed_at: str, page: str, lang: Lang) -> None:
    sheet.set_font("zh", size=6.5)
    sheet.set_text_color(GREY)
    when = f"{station_time(printed_at):%Y-%m-%d %H:%M}"
    said = Text(
        zh=f"日志第 {head.seq} 条　封签 {head.seal}　打印 {when}　{page}",
        en=f"Journal {head.seq}   {head.seal}   printed {when}   {page}",
    )
    sheet.set_xy(ORIGIN[0], ORIGIN[1] + DOWN * LABEL[1] + 3)
    sheet.cell(LABEL[0] * ACROSS, 4, said.in_(lang))
