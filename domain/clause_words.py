"""What a clause costs, in words, as console and workbook say it beside the clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import plain
from domain.text import Text

if TYPE_CHECKING:
    from decimal import Decimal

    from domain.rulebook import Clause, Criterion, Edition, Group

EMPTIES = {
    "criterion": Text(zh="扣完本条", en="takes all of this criterion"),
    "group": Text(zh="扣完本分项", en="takes all of this group"),
}
VETO = Text(zh="一票否决", en="veto")


def clause_words(edition: Edition, group: Group, clause: Clause) -> Text:
    """Points and counting unit of a clause, with what is special about it."""
    said = [EMPTIES[clause.empties]] if clause.empties else [_points(edition, group, clause)]
    if clause.free:
        said.append(Text(zh=f"前 {clause.free} 次不扣", en=f"the first {clause.free} free"))
    if clause.veto:
        said.append(VETO)
    return Text(zh="，".join(one.zh for one in said), en=", ".join(one.en for one in said))


def clause_said(edition: Edition, group: Group, criterion: Criterion, clause: int) -> Text | None:
    """What a criterion's clause costs; of several, with its text. None: no clauses."""
    if not criterion.clauses:
        return None
    one = criterion.clauses[clause]
    said = clause_words(edition, group, one)
    if len(criterion.clauses) == 1:
        return said
    return Text(zh=f"{one.text.zh}（{said.zh}）", en=f"{one.text.en} ({said.en})")


def _points(edition: Edition, group: Group, clause: Clause) -> Text:
    verb, sign = ("加", "+") if group.bonus else ("扣", "-")
    if clause.steps:
        steps = ((one.first, short(one.points)) for one in clause.steps)
        zh, en = [], []
        for first, points in steps:
            zh.append(f"{first} 起共{verb} {points} 分")
            en.append(f"{sign}{points} from {first} on")
        return Text(zh="，".join(zh), en=", ".join(en))
    unit, points = edition.counted_by(clause.per), short(clause.points)
    if clause.per == "flat":
        return Text(zh=f"一次性{verb} {points} 分", en=f"{sign}{points} {unit.en}")
    return Text(zh=f"{unit.zh}{verb} {points} 分", en=f"{sign}{points} {unit.en}")


def short(points: Decimal) -> str:
    """Points without trailing noughts."""
    return plain(points.normalize()) if points else "0"
