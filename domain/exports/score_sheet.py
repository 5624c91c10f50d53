"""The score sheet of one inspection: who, where, when; points down to the group; seals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment

from domain.card_words import beside_score
from domain.exports import looks
from domain.exports.cells import station_time
from domain.exports.looks import Look
from domain.exports.rows import Rows, header
from domain.exports.words import KINDS, WAYS, graded
from domain.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from openpyxl.worksheet.worksheet import Worksheet

    from domain.exports.inspection import Inspected
    from domain.rulebook import Group, Section
    from domain.text import Lang

WIDTHS = (14, 46, 11, 11, 11, 28)
LABEL = Look(looks.strong, looks.left, fill=looks.BAND)
TITLE = Look(looks.title, looks.centre, border=None)
UNDER = Look(looks.strong, looks.centre, border=None)
FIGURE = Look(looks.figure, Alignment(horizontal="left", vertical="center", indent=1), looks.POINTS)
SECTION = Look(looks.strong, looks.left, fill=looks.BAND)
SECTION_SCORE = Look(looks.strong, looks.right, looks.POINTS, looks.BAND)
TOTAL = Look(looks.strong, looks.left, fill=looks.TOTAL)
TOTAL_SCORE = Look(looks.strong, looks.right, looks.POINTS, looks.TOTAL)
SMALL = Look(looks.quiet, looks.left)
BESIDE = Look(looks.strong, looks.left, fill=looks.TOTAL)
HEADINGS = (
    Text(zh="编号", en="Id"),
    Text(zh="项目 / 分项", en="Section / group"),
    Text(zh="标准分", en="Standard"),
    Text(zh="扣分", en="Lost"),
    Text(zh="得分", en="Score"),
    Text(zh="说明", en="Remark"),
)


def write_score(sheet: Worksheet, inspected: Inspected, lang: Lang) -> None:
    """Fill the sheet; every figure is the card's, none is computed again by the workbook."""
    rows = Rows(sheet, WIDTHS, lang)
    line = inspected.sheet.line
    rows.across(line.title.in_(lang), TITLE, height=34)
    number = Text(zh=f"第 {line.number} 号", en=f"No. {line.number}").in_(lang)
    rows.across(f"{line.station_name.in_(lang)}　{number}", UNDER, height=22)
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    for label, value, further, and_value in _who_and_when(inspected):
        _pair(rows, label, value, further, and_value)
    _long(rows, Text(zh="备注", en="Note"), inspected.sheet.note)
    if signed := inspected.sheet.countersigned:
        _long(rows, Text(zh="会签意见", en="Remark"), signed.note)
    rows.blank()
    _result(rows, inspected)
    rows.blank()
    _table(rows, inspected)
    rows.blank()
    _seals(rows, inspected)


def _who_and_when(inspected: Inspected) -> Iterator[tuple[Text, Text, Text, Text]]:
    sheet, line = inspected.sheet, inspected.sheet.line
    point = sheet.point_name or same("—")
    yield Text(zh="加油站", en="Station"), line.station_name, Text(zh="点位", en="Point"), point
    person = same(line.person or "—")
    way = WAYS.get(line.via, same(line.via))  # type: ignore[call-overload]
    device = f" · {sheet.device_name}" if sheet.device_name else ""
    by = Text(zh=way.zh + device, en=way.en + device)
    yield Text(zh="检查人", en="Inspector"), person, Text(zh="提交方式", en="Sent by"), by
    began, sent = _time(line.started_at), _time(line.submitted_at)
    yield Text(zh="开始时间", en="Began"), began, Text(zh="提交时间", en="Sent"), sent
    grade = graded(sheet.presence)
    received, kind = _time(line.received_at), KINDS[line.kind]
    yield Text(zh="收到时间", en="Received"), received, Text(zh="到场证据", en="Presence"), grade
    edition = same(f"{line.rulebook}  {line.edition}")
    yield Text(zh="检查细则", en="Rulebook"), edition, Text(zh="检查类型", en="Kind"), kind
    if signed := sheet.countersigned:
        when, by = _time(signed.at), same(signed.person)
        yield Text(zh="站经理会签", en="Countersigned"), by, Text(zh="会签时间", en="At"), when


def _time(text: str) -> Text:
    return same(f"{station_time(text):%Y-%m-%d %H:%M}")


def _pair(rows: Rows, label: Text, value: Text, further: Text, and_value: Text) -> None:
    lang = rows.lang
    rows.spanned(
        (1, 1, label.in_(lang), LABEL),
        (2, 2, value.in_(lang), looks.TEXT),
        (3, 3, further.in_(lang), LABEL),
        (4, 6, and_value.in_(lang), looks.TEXT),
    )


def _long(rows: Rows, label: Text, value: str) -> None:
    if value:
        rows.spanned((1, 1, label.in_(rows.lang), LABEL), (2, 6, value, looks.TEXT))


def _result(rows: Rows, inspected: Inspected) -> None:
    """The score that was stored, and beside it what applied, where something did not."""
    line, lang = inspected.sheet.line, rows.lang
    _figures(rows, Text(zh="得分", en="Score"), line.score, Text(zh="满分", en="Of"), line.max)
    if line.applied_max != line.max:
        _figures(
            rows,
            Text(zh="适用得分", en="Applied"),
            line.applied_score,
            Text(zh="适用满分", en="Of"),
            line.applied_max,
        )
    for said in beside_score(inspected.edition, inspected.card):
        rows.across(said.in_(lang), BESIDE)
    if inspected.card.total != line.score:
        said = Text(
            zh=f"注意：按本版细则重新计算为 {inspected.card.total}，与收到时的得分不一致。",
            en=f"Note: computed again it is {inspected.card.total}, not what was stored.",
        )
        rows.across(said.in_(lang), Look(looks.lost, looks.left))


def _figures(rows: Rows, label: Text, score: Decimal, of: Text, most: Decimal) -> None:
    rows.spanned(
        (1, 1, label.in_(rows.lang), LABEL),
        (2, 2, score, FIGURE),
        (3, 3, of.in_(rows.lang), LABEL),
        (4, 6, most, FIGURE),
        height=32,
    )


def _table(rows: Rows, inspected: Inspected) -> None:
    lang, card, line = rows.lang, inspected.card, inspected.sheet.line
    header(rows, [each.in_(lang) for each in HEADINGS])
    for section in inspected.edition.sections:
        _section(rows, inspected, section)
        for group in section.groups:
            _group(rows, inspected, group)
    applied = card.applied
    if applied.max != line.max:
        said = Text(zh="适用部分合计", en="Applied")
        _sum(rows, said, applied.max, applied.score, Text(zh="折算前", en="before scaling"))
        scaled = Text(
            zh=f"{applied.score} ÷ {applied.max} × {line.max}",
            en=f"{applied.score} / {applied.max} x {line.max}",
        )
    else:
        scaled = same("")
    _sum(rows, Text(zh="总分", en="Total"), line.max, line.score, scaled)


def _section(rows: Rows, inspected: Inspected, section: Section) -> None:
    figures, lang = inspected.card.sections[section.id], rows.lang
    rows.row(
        (section.id, SECTION),
        (section.title.in_(lang), SECTION),
        (figures.max, SECTION_SCORE),
        (figures.max - figures.score, SECTION_SCORE),
        (figures.score, SECTION_SCORE),
        (section.owner.in_(lang), SECTION),
    )


def _group(rows: Rows, inspected: Inspected, group: Group) -> None:
    figures, lang = inspected.card.groups[group.id], rows.lang
    rows.row(
        (group.id, looks.TEXT),
        (group.title.in_(lang), looks.TEXT),
        (figures.max, looks.SCORE),
        (figures.lost, looks.LOST if figures.lost else looks.SCORE),
        (figures.score, looks.SCORE),
        (_remark(inspected, group).in_(lang), SMALL),
    )


def _remark(inspected: Inspected, group: Group) -> Text:
    """Why a group has less than its cap to lose, or that it lost all of it."""
    left_out = set(inspected.sheet.not_applicable)
    out = [one.id for one in group.criteria if one.id in left_out]
    figures = inspected.card.groups[group.id]
    if group.id in left_out or len(out) == len(group.criteria):
        return Text(zh="不适用", en="not applicable")
    if group.bonus:
        return Text(zh="加分，在总分之外", en="bonus, on top of the total")
    if out:
        return Text(zh=f"不适用：{'、'.join(out)}", en=f"not applicable: {', '.join(out)}")
    together = sum(inspected.card.criteria[one.id] for one in group.criteria)
    if figures.lost and together > figures.lost:
        return Text(
            zh=f"各条合计 {together}，以标准分为限", en=f"{together} in all, at most the standard"
        )
    return same("")


def _sum(rows: Rows, label: Text, most: Decimal, score: Decimal, remark: Text) -> None:
    lang = rows.lang
    rows.spanned(
        (1, 2, label.in_(lang), TOTAL),
        (3, 3, most, TOTAL_SCORE),
        (4, 4, most - score, TOTAL_SCORE),
        (5, 5, score, TOTAL_SCORE),
        (6, 6, remark.in_(lang), TOTAL),
        height=22,
    )


def _seals(rows: Rows, inspected: Inspected) -> None:
    """What ties the print to the journal."""
    line, head, lang = inspected.sheet.line, inspected.head, rows.lang
    entry = Text(zh=f"日志第 {line.number} 条", en=f"Journal entry {line.number}")
    last = Text(zh=f"日志末条 {head.seq}", en=f"Journal head {head.seq}")
    _sealed(rows, entry.in_(lang), inspected.sheet.seal)
    _sealed(rows, last.in_(lang), head.seal)
    made_at = f"{station_time(inspected.made_at):%Y-%m-%d %H:%M}"
    said = Text(
        zh=f"导出时间 {made_at}（北京时间）。封签可用 forecourt journal verify "
        "或控制台“健康”页核对。",
        en=f"Made {made_at} (UTC+8). Compare the seals with forecourt journal verify "
        "or the console's Health screen.",
    )
    if count := len(inspected.sheet.contests):
        contested = Text(
            zh=f"另有 {count} 份同编号、内容不同的表单，已保留在控制台。",
            en=f" {count} further forms of the same id but other content are kept at the console.",
        )
        said = Text(zh=said.zh + contested.zh, en=said.en + contested.en)
    rows.across(said.in_(lang), Look(looks.quiet, looks.left, border=None), height=28)


def _sealed(rows: Rows, what: str, seal: str) -> None:
    rows.spanned((1, 1, what, SMALL), (2, 6, seal, SMALL), height=24)
