"""An edition as a check list on paper: A4, one row a criterion, room for what is found."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment

from domain.checklists.heading import (
    CLAUSED,
    DEDUCT,
    EDITION,
    ID,
    INCOMPLETE,
    KIND,
    KINDS,
    LEFT_OUT,
    NOT_APPLICABLE,
    ROUND,
    SHARED,
    SINCE,
    SOURCE,
    UNITS,
)
from domain.checklists.numerals import plain
from domain.checklists.spoken import cost_words, group_words, section_words, standard_words
from domain.checklists.spoken_en import cost_words_en
from domain.exports import looks
from domain.exports.looks import Look, set_up_paper
from domain.exports.rows import Rows, header
from domain.exports.words import KINDS as KIND_WORDS
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from domain.rulebook import Criterion, Edition, Group, Section
    from domain.text import Lang

WIDTHS = (8, 13, 15, 38, 34, 8, 8, 8, 14)
HEADINGS = (
    Text(zh="序号", en="No."),
    Text(zh="检查项目", en="Section"),
    Text(zh="分项", en="Group"),
    Text(zh="检查标准", en="Standard"),
    Text(zh="扣分办法", en="Deductions"),
    Text(zh="标准分", en="Points"),
    Text(zh="扣分", en="Lost"),
    Text(zh="得分", en="Score"),
    Text(zh="备注", en="Remark"),
)
SECTION_COLUMN, GROUP_COLUMN, SCORE_COLUMN = 2, 3, 6
TITLE = Look(looks.title, looks.centre, border=None)
ABOUT = Look(looks.quiet, Alignment(vertical="center", wrap_text=True), border=None)
NAMED = Look(looks.strong, looks.centre, fill=looks.BAND)
POINTS = Look(align=looks.centre, format="General")
TOTAL = Look(looks.strong, looks.centre, fill=looks.TOTAL)


class _Spot(NamedTuple):
    """Rows that one cell of a column is to cover."""

    column: int
    first: int
    last: int


def check_list_workbook(edition: Edition, lang: Lang) -> bytes:
    """The workbook as the bytes of an .xlsx file. The Chinese one can be imported again."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = Text(zh="检查表", en="Check list").in_(lang)
    rows = Rows(sheet, WIDTHS, lang)
    rows.across(edition.title.in_(lang), TITLE, height=30)
    for about in _about(edition, lang):
        rows.across(about, ABOUT)
    at = header(rows, [each.in_(lang) for each in HEADINGS])
    sheet.freeze_panes = f"A{at + 1}"
    sheet.print_title_rows = f"{at}:{at}"
    for section in edition.sections:
        _section(rows, edition, section)
    label = Text(zh="合计", en="Total").in_(lang)
    together = sum(section.total for section in edition.sections)
    rows.row((label, TOTAL), *(("", TOTAL),) * 4, (together, TOTAL), *(("", TOTAL),) * 3, height=22)
    foot = Text(zh=f"{edition.id}　{edition.edition}", en=f"{edition.id}  {edition.edition}")
    set_up_paper(sheet, landscape=True, foot=foot, lang=lang)
    book.properties.title, book.properties.creator = edition.title.in_(lang), "Forecourt"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _about(edition: Edition, lang: Lang) -> Iterator[str]:
    """What the list says of itself; in Chinese as the import reads it."""
    if lang == "en":
        kind = KIND_WORDS[edition.kind].en
        first = edition.in_force.first
        yield f"{edition.id}  {edition.edition}  {kind}  in force from {first}"
        if edition.incomplete_because:
            yield f"Incomplete: {edition.incomplete_because.en}"
        return
    scoring = edition.scoring
    yield _said({ID: edition.id, EDITION: edition.edition, SOURCE: edition.source.document})
    yield _said(
        {
            KIND: KINDS[edition.kind],
            SINCE: str(edition.in_force.first),
            DEDUCT: SHARED if scoring.deduct == "equal_share" else CLAUSED,
            NOT_APPLICABLE: LEFT_OUT[scoring.not_applicable],
            ROUND: plain(scoring.round),
        }
    )
    if edition.units:
        units = "；".join(f"{unit}＝{words.zh}" for unit, words in edition.units.items())
        yield _said({UNITS: units})
    if edition.incomplete_because:
        yield _said({INCOMPLETE: edition.incomplete_because.zh})


def _said(facts: dict[str, str]) -> str:
    return "　　".join(f"{key}：{value}" for key, value in facts.items())


def _section(rows: Rows, edition: Edition, section: Section) -> None:
    first = rows.at
    for group in section.groups:
        _group(rows, edition, section, group)
    _merge(rows, _Spot(SECTION_COLUMN, first, rows.at - 1))


def _group(rows: Rows, edition: Edition, section: Section, group: Group) -> None:
    first = rows.at
    for criterion in group.criteria:
        _criterion(rows, edition, section, group, criterion)
    for column in (GROUP_COLUMN, SCORE_COLUMN):
        _merge(rows, _Spot(column, first, rows.at - 1))


def _criterion(
    rows: Rows, edition: Edition, section: Section, group: Group, criterion: Criterion
) -> None:
    chinese = rows.lang == "zh"
    cap: object = group.cap
    if group.bonus:
        cap = f"加{plain(group.cap)}分" if chinese else f"+{plain(group.cap)}"
    begins = criterion is group.criteria[0]
    opens = begins and group is section.groups[0]
    named = section_words(section) if chinese else f"{section.id}  {section.title.en}"
    titled = group_words(group) if chinese else f"{group.id}  {group.title.en}"
    rows.row(
        (criterion.id, looks.CENTRED),
        (named if opens else None, NAMED),
        (titled if begins else None, looks.CENTRED),
        (standard_words(criterion) if chinese else criterion.text.en, looks.TEXT),
        ((cost_words if chinese else cost_words_en)(criterion, group, edition), looks.TEXT),
        (cap if begins else None, POINTS),
        *((None, looks.TEXT),) * 3,
    )


def _merge(rows: Rows, spot: _Spot) -> None:
    if spot.last > spot.first:
        rows.sheet.merge_cells(
            start_row=spot.first,
            end_row=spot.last,
            start_column=spot.column,
            end_column=spot.column,
        )
