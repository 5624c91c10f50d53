"""One inspection as a workbook: score sheet, findings with their pictures, every criterion."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook

from domain.exports.criteria_sheet import write_criteria
from domain.exports.finding_sheet import write_findings
from domain.exports.looks import set_up_page
from domain.exports.score_sheet import write_score
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from domain.exports.looks import Seal
    from domain.rulebook import Edition
    from domain.scoring import ScoreCard
    from domain.text import Lang
    from domain.views import InspectionSheet

SCORES = Text(zh="评分表", en="Score sheet")
FINDINGS = Text(zh="问题", en="Findings")
CRITERIA = Text(zh="逐条", en="Criteria")


class Inspected(NamedTuple):
    """An inspection with everything that its workbook shows.

    Attributes:
        card: Its score, computed again from what was found.
        pictures: Small pictures (JPEG or PNG) by the SHA-256 of the original.
        head: The journal's head when the workbook was made.
        made_at: UTC, as `canonical.instant` writes it.
    """

    sheet: InspectionSheet
    edition: Edition
    card: ScoreCard
    pictures: Mapping[str, bytes]
    head: Seal
    made_at: str


def inspection_workbook(inspected: Inspected, lang: Lang) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = SCORES.in_(lang)
    write_score(sheet, inspected, lang)
    write_findings(book.create_sheet(FINDINGS.in_(lang)), inspected, lang)
    write_criteria(book.create_sheet(CRITERIA.in_(lang)), inspected, lang)
    for n, each in enumerate(book.worksheets):
        set_up_page(each, landscape=n == 1, head=inspected.head, lang=lang)
    line = inspected.sheet.line
    book.properties.title = f"{line.title.in_(lang)} {line.station_name.in_(lang)} {line.number}"
    book.properties.creator = "Forecourt"
    written = BytesIO()
    book.save(written)
    return written.getvalue()
