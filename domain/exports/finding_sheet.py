"""The findings of one inspection with their pictures in the sheet."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from PIL import UnidentifiedImageError

from domain.clause_words import clause_said
from domain.exports import looks
from domain.exports.rows import Rows, header
from domain.exports.words import SEVERITIES
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from domain.exports.inspection import Inspected
    from domain.text import Lang
    from domain.views import EvidenceItem, FindingLine

WIDTHS = (6, 9, 34, 9, 7, 8, 10, 28, 24, 58)
HEADINGS = (
    Text(zh="序号", en="No."),
    Text(zh="条号", en="Id"),
    Text(zh="检查标准", en="Criterion"),
    Text(zh="严重程度", en="Severity"),
    Text(zh="次数", en="Count"),
    Text(zh="扣分", en="Lost"),
    Text(zh="录像时间", en="At"),
    Text(zh="问题说明", en="Note"),
    Text(zh="附件", en="Evidence"),
    Text(zh="照片", en="Pictures"),
)
PICTURES = len(WIDTHS)
BESIDE = 3
"""Pictures side by side; with more than `FEW` of them, twice as many at half the size."""
FEW = 9
BOX_PX = (132, 120)
GAP_PX = 5
EMU = 9525
"""English Metric Units in a pixel."""
POINTS_OF_PX = 0.75


def write_findings(sheet: Worksheet, inspected: Inspected, lang: Lang) -> None:
    """Fill the sheet in the form's order; evidence that no finding names comes last."""
    rows = Rows(sheet, WIDTHS, lang)
    header(rows, [each.in_(lang) for each in HEADINGS])
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    shown: dict[int | None, list[EvidenceItem]] = {}
    for item in inspected.sheet.evidence:
        shown.setdefault(item.finding, []).append(item)
    both = zip(inspected.sheet.found, inspected.sheet.clauses, strict=True)
    for n, (found, clause) in enumerate(both, start=1):
        evidence = shown.get(found.number, [])
        filled = (
            (n, looks.CENTRED),
            (found.criterion, looks.CENTRED),
            (_text(inspected, found, clause, lang), looks.TEXT),
            (SEVERITIES[found.severity].in_(lang), looks.CENTRED),
            (found.count, looks.NUMBER),
            (found.points, looks.LOST),
            (found.at, looks.CENTRED),
            (_note(inspected, found, n, lang), looks.TEXT),
        )
        _with_pictures(rows, filled, evidence, inspected.pictures)
    if not inspected.sheet.found:
        rows.across(Text(zh="未发现问题。", en="Nothing was found.").in_(lang), looks.CENTRED)
    if further := shown.get(None):
        said = Text(zh="未关联到具体问题的附件", en="Evidence of no single finding").in_(lang)
        blank = ("", looks.TEXT)
        _with_pictures(
            rows, (blank, blank, (said, looks.TEXT), *[blank] * 5), further, inspected.pictures
        )


def _text(inspected: Inspected, found: FindingLine, clause: int, lang: Lang) -> str:
    """The criterion, and below it what its clause costs."""
    _, group, criterion = inspected.edition.place(found.criterion)
    said = clause_said(inspected.edition, group, criterion, clause)
    text = found.text.in_(lang)
    return f"{text}\n{said.in_(lang)}" if said else text


def _note(inspected: Inspected, found: FindingLine, n: int, lang: Lang) -> str:
    """The note, and in a team inspection who entered it."""
    if not inspected.sheet.entered_by:
        return found.note
    author = inspected.sheet.entered_by[n - 1]
    said = Text(zh=f"记录人：{author}", en=f"Entered by {author}").in_(lang)
    return f"{found.note}\n{said}" if found.note else said


def _with_pictures(
    rows: Rows,
    filled: Sequence[tuple[object, looks.Look]],
    evidence: Sequence[EvidenceItem],
    pictures: Mapping[str, bytes],
) -> None:
    """A row as tall as its pictures."""
    drawn = [(item, image) for item in evidence if (image := _image(pictures.get(item.sha256)))]
    beside, scale = (BESIDE, 1.0) if len(drawn) <= FEW else (2 * BESIDE, 0.5)
    high = BOX_PX[1] * scale + GAP_PX
    tall = -(-len(drawn) // beside) * high + GAP_PX if drawn else 0
    said = "\n".join(_said(item).in_(rows.lang) for item in evidence)
    cells = (*filled, (said, looks.Look(looks.quiet, looks.left)), (None, looks.TEXT))
    at = rows.row(*cells, height=tall * POINTS_OF_PX)
    for n, (_, image) in enumerate(drawn):
        across, down = n % beside, n // beside
        wide = BOX_PX[0] * scale + GAP_PX
        _place(rows.sheet, image, at, GAP_PX + across * wide, GAP_PX + down * high, scale)


def _image(content: bytes | None) -> Image | None:
    """The picture, or None where there is none that can be drawn."""
    if content is None:
        return None
    try:
        return Image(BytesIO(content))
    except (UnidentifiedImageError, OSError, ValueError):
        return None


def _place(sheet: Worksheet, image: Image, row: int, x: float, y: float, scale: float) -> None:
    """Draw a picture at pixels from the corner of its cell, as large as its box allows."""
    width, height = BOX_PX[0] * scale, BOX_PX[1] * scale
    fit = min(width / image.width, height / image.height)
    size = XDRPositiveSize2D(int(image.width * fit * EMU), int(image.height * fit * EMU))
    corner = AnchorMarker(col=PICTURES - 1, colOff=int(x * EMU), row=row - 1, rowOff=int(y * EMU))
    image.anchor = OneCellAnchor(_from=corner, ext=size)
    sheet.add_image(image)


def _said(item: EvidenceItem) -> Text:
    """What kind of evidence it is, its name, and whether it has arrived."""
    kind = Text(zh="照片", en="Picture") if item.kind == "picture" else Text(zh="视频", en="Video")
    late = (
        Text(zh="（未到）", en=" (not arrived)") if item.arrived_at is None else Text(zh="", en="")
    )
    return Text(zh=f"{kind.zh} {item.name}{late.zh}", en=f"{kind.en} {item.name}{late.en}")
