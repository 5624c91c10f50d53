"""What the screen of an inspection by clauses says: its list, its head, the criterion in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from domain.card_words import figures_words, overlap_words
from domain.clause_words import clause_words
from domain.text import Text
from tui.screens.audit_words import SPARED, cost_cell, style_of, text_cell
from tui.widgets.cells import safe
from tui.widgets.choose import Choice
from tui.widgets.columns import Column
from tui.words import SEVERITIES, lost, points, short_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.exports.figures_file import FiguresRead
    from domain.register.last_time import LastTime
    from domain.rulebook import Clause, Criterion, Edition, Section
    from domain.scoring import ScoreCard
    from domain.text import Lang
    from tui.drafts import Draft
    from tui.widgets.audit_rows import Row

ABOUT = Text(
    zh="直接输入编号（如 134b，第 2 款用 226.2）到那一条，+ 记一次，Enter 填次数或填数。"
    "/ 后可输汉字、拼音首字母（灭火器 mhq）或英文，↓ 看下一处。每按一键都已存盘。",
    en="Type a number such as 134b (226.2 for its second clause) to go there, + counts one, Enter "
    "asks for a count or for figures. After / type words or pinyin initials; ↓ goes on. "
    "Every key is kept on disk.",
)
JUMP = Text(zh="编号、汉字、首字母；↓ 下一处，+ 记一次", en="Number or words; ↓ next, + counts")
MISSING = Text(zh="缺数", en="missing")
GIVEN = Text(zh="已填", en="given")
CHECKED = Text(zh="✓ 查完", en="✓ done")
# No spaces in Chinese: a line may break at them, and there only.
READING = Text(zh="推荐读法：", en="Recommended reading: ")
LAST_TIME = Text(zh="上次", en="Last time")
LIMITS = Text(zh="界限：", en="Limits: ")
NEVER_BEFORE = Text(zh="上次未发现问题", en="nothing found last time")


class Known(NamedTuple):
    """What the criterion under the cursor is shown with."""

    edition: Edition
    card: ScoreCard | None
    draft: Draft
    last: LastTime | None


def entry_cell(row: Row, lang: Lang) -> str:
    """As in every audit; on a line of figures, with the figures."""
    said = text_cell(row, lang)
    if row.by:
        said += Text(zh=f"（{row.by}）", en=f" ({row.by})").in_(lang)
    if row.given and row.criterion and row.criterion.formula:
        held = {"of": row.given.of, "against": row.given.against}
        return f"{said}  = {figures_words(row.criterion.formula, held).in_(lang)}"
    return said


def count_cell(row: Row, lang: Lang) -> str:
    """How often, whether figures are missing, whether a group was gone through."""
    if row.spared:
        return SPARED.in_(lang)
    if row.measured:
        return (GIVEN if row.given else MISSING).in_(lang)
    if row.criterion is None:
        return CHECKED.in_(lang) if row.checked else ""
    return str(row.found.count) if row.found else ""


def price_cell(row: Row, lang: Lang) -> str:
    """What figures cost, else as in every audit."""
    if row.measured:
        return lost(row.cost) if row.cost is not None else ""
    return cost_cell(row, lang)


def colour_of(row: Row) -> str:
    """Missing figures stand out as findings do."""
    return "major" if row.measured and not row.spared and not row.given else style_of(row)


COLUMNS: tuple[Column[Row], ...] = (
    Column(Text(zh="编号", en="Id"), 6, lambda row, _: row.name, style=colour_of),
    Column(
        Text(zh="条目 / 扣分条款", en="Entry / clause"), 30, entry_cell, grow=1, style=colour_of
    ),
    Column(Text(zh="次数", en="Count"), 7, count_cell, right=True, style=colour_of),
    Column(Text(zh="扣分", en="Cost"), 8, price_cell, right=True, style=colour_of),
)


def section_head(known: Known, row: Row | None, lang: Lang) -> Content:
    """How far the section under the cursor is."""
    place = section_of(known.edition, row.group.id) if row else None
    if place is None:
        return Content("")
    title = f"{place.id} {place.title.in_(lang)}"
    return Content.assemble((title, "bold"), f"  {progress(known, place, lang)}")


def import_words(
    read: FiguresRead, taken: Sequence[str], replaced: Sequence[str], lang: Lang
) -> Content:
    """What was taken out of a file, what it replaced, and every cell that was left out."""
    spared = [one for one in read.inputs if one not in taken]
    lines = [Text(zh=f"导入 {len(taken)} 条：{'、'.join(taken)}", en=f"Taken: {', '.join(taken)}")]
    if replaced:
        those = "、".join(replaced), ", ".join(replaced)
        lines.append(Text(zh=f"替换了原有的：{those[0]}", en=f"Replaced: {those[1]}"))
    if spared:
        those = "、".join(spared), ", ".join(spared)
        lines.append(Text(zh=f"标了“不适用”，未用：{those[0]}", en=f"N/A, left out: {those[1]}"))
    lines += [Text(zh=f"{at}  {said.zh}", en=f"{at}  {said.en}") for at, said in read.doubts]
    if not read.doubts:
        lines.append(Text(zh="没有疑问。", en="No doubts."))
    return Content("\n").join(Content(one.in_(lang)) for one in lines)


def section_of(edition: Edition, group: str) -> Section | None:
    """The section that a group stands in."""
    inside = (one for one in edition.sections if any(group == each.id for each in one.groups))
    return next(inside, None)


def progress(known: Known, section: Section, lang: Lang, between: str = " · ") -> str:
    """What a section keeps, how many of its groups were gone through, who owns it."""
    figures = known.card.sections[section.id] if known.card else None
    kept = f"{points(figures.score)}/{points(figures.max)}" if figures else ""
    done = sum(one.id in known.draft.checked for one in section.groups)
    ids = {one.id for group in section.groups for one in group.criteria}
    many, of = sum(one.criterion in ids for one in known.draft.found), len(section.groups)
    checked = Text(zh=f"查完{done}/{of}", en=f"done {done}/{of}").in_(lang)
    found = Text(zh=f"问题{many}", en=f"found {many}").in_(lang)
    return between.join((kept, checked, found, section.owner.in_(lang)))


def section_choices(known: Known, lang: Lang) -> list[Choice[str]]:
    """Every section with its progress."""
    return [
        Choice(
            one.groups[0].id,
            f"{one.id} {one.title.in_(lang)}",
            progress(known, one, lang, " "),
            f"{one.title.zh} {one.title.en}",
        )
        for one in known.edition.sections
    ]


def entry(row: Row, known: Known, lang: Lang) -> Content:
    """The line under the cursor, the most important first: it may be cut off below."""
    return Content("\n").join(_entry(row, known, lang))


def _entry(row: Row, known: Known, lang: Lang) -> Iterator[Content]:
    criterion = row.criterion
    if criterion is None:
        cap = Text(zh=f"标准分 {points(row.group.cap)}", en=f"worth {points(row.group.cap)}")
        title = f"{row.group.id} {row.group.title.in_(lang)}"
        yield Content.assemble((title, "bold $accent"), f" · {cap.in_(lang)}")
        if row.group.note:
            yield Content(row.group.note.in_(lang))
        return
    severity = SEVERITIES[known.edition.place(criterion.id).severity].in_(lang)
    name = Text(zh=f"【{criterion.id}】", en=f"{criterion.id}  ").in_(lang)
    between = Text(zh="", en=" ").in_(lang)
    yield Content.assemble(
        (name, "bold $accent"), (criterion.text.in_(lang), "bold"), f"{between}[{severity}]"
    )
    yield from _warnings(criterion, known, lang)
    if row.found and row.found.note:
        yield Content(f"✎ {safe(row.found.note)}")
    for n, clause in enumerate(criterion.clauses):
        yield _clause(row, n, clause, known.edition, lang)
    yield _last(criterion, known, lang)
    if criterion.facts:
        facts = "；".join(one.zh for one in criterion.facts)
        said = Text(zh=facts, en="; ".join(one.en for one in criterion.facts)).in_(lang)
        yield Content.assemble((LIMITS.in_(lang), "$foreground-muted"), said)
    readings = [criterion.reading, *(one.reading for one in criterion.clauses)]
    for reading in filter(None, readings):
        label = READING.in_(lang)
        yield Content.assemble((label, "$foreground-muted"), reading.because.in_(lang))
    if criterion.note:
        yield Content(criterion.note.in_(lang))
    yield from _overlaps(criterion, known, lang)


def _clause(row: Row, n: int, clause: Clause, edition: Edition, lang: Lang) -> Content:
    criterion = row.criterion
    if criterion is None:
        return Content("")
    words = clause_words(edition, row.group, criterion, n).in_(lang)
    if len(criterion.clauses) == 1:
        same = clause.text == criterion.text
        return Content(words if same else f"{clause.text.in_(lang)} · {words}")
    mark = "▸" if n == row.clause else " "
    said = f"{mark}.{n + 1} {clause.text.in_(lang)} · {words}"
    return Content.styled(said, "bold") if n == row.clause else Content(said)


def _warnings(criterion: Criterion, known: Known, lang: Lang) -> Iterator[Content]:
    """Overlaps that are charged twice now."""
    for one in known.card.overlaps if known.card else ():
        if criterion.id in one.criteria:
            yield Content.styled(f"⚠ {overlap_words(one).in_(lang)}", "bold $warning")


def _overlaps(criterion: Criterion, known: Known, lang: Lang) -> Iterator[Content]:
    """Overlaps that may come about."""
    for one in known.edition.overlaps:
        if criterion.id in one.criteria and not (known.card and one in known.card.overlaps):
            others = ", ".join(each for each in one.criteria if each != criterion.id)
            said = Text(
                zh=f"与 {others} 可能是同一事实：{one.about.zh}",
                en=f"May be the same fact as {others}: {one.about.en}",
            )
            yield Content(said.in_(lang))


def _last(criterion: Criterion, known: Known, lang: Lang) -> Content:
    """What was found here the time before."""
    if known.last is None:
        return Content(Text(zh="本站没有上次检查", en="no inspection before").in_(lang)).stylize(
            "$foreground-muted"
        )
    when = f"{LAST_TIME.in_(lang)} #{known.last.number} {short_time(known.last.started_at)[:5]}"
    then = known.last.found.get(criterion.id, ())
    if not then:
        said = f"{when}  {NEVER_BEFORE.in_(lang)}"
        return Content(said).stylize("$foreground-muted")
    found = "；".join(f"×{one.count} {lost(one.points)} {safe(one.note)}".rstrip() for one in then)
    return Content.assemble((f"{when}  ", "$accent"), found)
