"""Every criterion of an inspection's edition, and what became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from domain.card_words import figures_words
from domain.clause_words import clause_words
from domain.exports import looks
from domain.exports.looks import Look
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
MISSING = Text(zh="缺数", en="missing")
GIVEN = Text(zh="已填数", en="measured")
LEFT_OUT = Text(zh="不适用", en="n/a")
CLAUSE = Look(looks.quiet, looks.left)
CLAUSE_ID = Look(looks.quiet, looks.centre)
BROKEN = looks.CENTRED._replace(font=looks.lost)


def write_criteria(sheet: Worksheet, inspected: Inspected, lang: Lang) -> None:
    """Fill the sheet, group by group, in the rulebook's order."""
    rows = Rows(sheet, WIDTHS, lang)
    header(rows, [each.in_(lang) for each in HEADINGS])
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    counts: dict[tuple[str, int], int] = {}
    for line, clause in zip(inspected.sheet.found, inspected.sheet.clauses, strict=True):
        place = line.criterion, clause
        counts[place] = counts.get(place, 0) + line.count
    for group in inspected.edition.groups.values():
        rows.across(f"{group.id}　{group.title.in_(lang)}", SECTION)
        for criterion in group.criteria:
            _criterion(rows, inspected, group, criterion, counts)


def _criterion(
    rows: Rows,
    inspected: Inspected,
    group: Group,
    criterion: Criterion,
    counts: dict[tuple[str, int], int],
) -> None:
    """A criterion with what it lost; below it its figures and each clause with its count."""
    lang, card = rows.lang, inspected.card
    severity = inspected.edition.placed[criterion.id].severity
    spared = bool({criterion.id, group.id} & set(inspected.sheet.not_applicable))
    count = sum(many for (one, _), many in counts.items() if one == criterion.id)
    given = inspected.sheet.inputs.get(criterion.id)
    outcome = _outcome(spared=spared, found=bool(count), given=bool(given), criterion=criterion)
    bad = outcome in (FOUND, MISSING)
    costs = count or given
    rows.row(
        (criterion.id, looks.CENTRED),
        (_text(criterion, given).in_(lang), looks.TEXT),
        (SEVERITIES[severity].in_(lang), looks.CENTRED),
        (outcome.in_(lang), BROKEN if bad else looks.CENTRED),
        (count or None, looks.NUMBER),
        (card.criteria[criterion.id] if costs else None, looks.LOST if costs else looks.SCORE),
    )
    for n, clause in enumerate(criterion.clauses):
        many = counts.get((criterion.id, n))
        said, words = clause.text, clause_words(inspected.edition, group, criterion, n)
        rows.row(
            (f"{criterion.id}.{n + 1}", CLAUSE_ID),
            (f"{said.in_(lang)} · {words.in_(lang)}", CLAUSE),
            (None, CLAUSE),
            (None, CLAUSE),
            (many, looks.NUMBER),
            (_cost(inspected, criterion.id, n) if many else None, looks.SCORE),
        )


def _outcome(*, spared: bool, found: bool, given: bool, criterion: Criterion) -> Text:
    if found:
        return FOUND
    if spared:
        return LEFT_OUT
    if criterion.formula:
        return GIVEN if given else MISSING
    return HELD


def _text(criterion: Criterion, given: dict[str, str] | None) -> Text:
    """The criterion; of a measured one with its figures."""
    if criterion.formula is None or not given:
        return criterion.text
    said = figures_words(criterion.formula, given)
    return Text(zh=f"{criterion.text.zh}\n{said.zh}", en=f"{criterion.text.en}\n{said.en}")


def _cost(inspected: Inspected, criterion: str, clause: int) -> Decimal:
    """What the lines of a clause cost together, before any cap."""
    both = zip(inspected.sheet.found, inspected.sheet.clauses, strict=True)
    mine = [one.points for one, each in both if (one.criterion, each) == (criterion, clause)]
    return sum(mine, Decimal(0))
