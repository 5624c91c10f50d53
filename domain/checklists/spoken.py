"""What faults cost, in the words of a printed check list; `phrases` reads them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.checklists.criteria import VETO
from domain.checklists.figures import formula_line
from domain.checklists.numerals import plain
from domain.checklists.units import FLAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.parts import Clause, Criterion, Group, Section
    from domain.rulebook import Edition


def section_words(section: Section) -> str:
    """`A　经营管理（120分）`, with its own cap and weight where it has them."""
    points = f"{plain(section.total)}分"
    if section.cap is not None:
        points += f"，最多扣{plain(section.cap)}分"
    if section.weight is not None:
        points += f"，权重{plain(section.weight)}"
    return f"{section.id}　{section.title.zh}（{points}）"


def group_words(group: Group) -> str:
    """`A1　油品销售计划完成率`."""
    return f"{group.id}　{group.title.zh}"


def standard_words(criterion: Criterion) -> str:
    """The criterion's text, and that it is a veto."""
    return criterion.text.zh + (VETO if criterion.veto else "")


def cost_words(criterion: Criterion, group: Group, edition: Edition) -> str:
    """What the criterion costs, a line for each clause, formula and cap."""
    return "\n".join(_cost_lines(criterion, group, edition))


def _cost_lines(criterion: Criterion, group: Group, edition: Edition) -> Iterator[str]:
    if criterion.formula:
        yield formula_line(criterion.formula)
    for clause in criterion.clauses:
        own = "" if clause.text == criterion.text else f"{clause.text.zh}："
        yield own + _price(clause, group, edition)
    if criterion.cap is not None:
        yield f"本条最多扣{plain(criterion.cap)}分"


def _price(clause: Clause, group: Group, edition: Edition) -> str:
    """`每处扣2分`, `本条不得分，一票否决` and their like."""
    said = _points(clause, group, edition)
    if clause.free:
        said += f"（前{clause.free}不计）"
    if clause.veto:
        said = f"{said}，一票否决" if said else "一票否决"
    return said


def _points(clause: Clause, group: Group, edition: Edition) -> str:
    if clause.empties:
        return "本条不得分" if clause.empties == "criterion" else "本分项不得分"
    if not clause.points:
        return "" if clause.veto else "不另扣分"
    verb = "加" if group.bonus else "扣"
    unit = "一次性" if clause.per == FLAT else edition.counted_by(clause.per).zh
    if not clause.steps:
        return f"{unit}{verb}{plain(clause.points)}分"
    steps = [(1, clause.points), *((step.first, step.points) for step in clause.steps)]
    return f"{unit}累计：" + "，".join(f"{n}起共{verb}{plain(points)}分" for n, points in steps)
