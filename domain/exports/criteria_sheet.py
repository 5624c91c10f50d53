"""Every criterion of an inspection's edition, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.exports import looks
from domain.exports.rows import Rows, header
from domain.exports.score_sheet import SECTION
from domain.exports.words import SEVERITIES
from domain.text import Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from domain.exports.inspection import Inspected
    from domain.rulebook import Criterion, Group
    from domain.text import Lang

WIDTHS = (10, 62, 11, 11, 8, 13)
HEADINGS = (
    Text(zh="条号", en="Id"),
    Text(zh="检查标准", en="Criterion"),
    Text(zh="严重程度", en="Severity"),
    Text(zh="结果", en="Outcome"),
    Text(zh="次数", en="Count"),
    Text(zh="扣分（封顶前）", en="Lost (uncapped)"),
)
HELD = Text(zh="符合", en="met")
FOUND = Text(zh="有问题", en="found")
LEFT_OUT = Text(zh="不适用", en="n/a")
BROKEN = looks.CENTRED._replace(font=looks.lost)


def write_criteria(sheet: Worksheet, inspected: Inspected, lang: Lang) -> None:
    """Fill the sheet, group by group, in the rulebook's order."""
    rows = Rows(sheet, WIDTHS, lang)
    header(rows, [each.in_(lang) for each in HEADINGS])
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    counts: dict[str, int] = {}
    for line in inspected.sheet.found:
        counts[line.criterion] = counts.get(line.criterion, 0) + line.count
    for group in inspected.edition.groups.values():
        rows.across(f"{group.id}　{group.title.in_(lang)}", SECTION)
        for criterion in group.criteria:
            _criterion(rows, inspected, group, criterion, counts.get(criterion.id))


def _criterion(
    rows: Rows, inspected: Inspected, group: Group, criterion: Criterion, count: int | None
) -> None:
    lang = rows.lang
    severity = inspected.edition.placed[criterion.id].severity
    left_out = {criterion.id, group.id} & set(inspected.sheet.not_applicable)
    outcome = FOUND if count else LEFT_OUT if left_out else HELD
    rows.row(
        (criterion.id, looks.CENTRED),
        (criterion.text.in_(lang), looks.TEXT),
        (SEVERITIES[severity].in_(lang), looks.CENTRED),
        (outcome.in_(lang), BROKEN if count else looks.CENTRED),
        (count, looks.NUMBER),
        (
            inspected.card.criteria[criterion.id] if count else None,
            looks.LOST if count else looks.SCORE,
        ),
    )
