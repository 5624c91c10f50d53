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
NO_POINTS = Text(zh="不扣分", en="no points")
VETO = Text(zh="一票否决", en="veto")


def clause_words(edition: Edition, group: Group, criterion: Criterion, clause: int) -> Text:
    """Points and counting unit of a clause, with what is special about it."""
    one, said = criterion.clauses[clause], list[Text]()
    if one.empties:
        said.append(EMPTIES[one.empties])
    elif one.points or one.steps:
        said.append(_points(edition, group, one))
    if one.free:
        said.append(Text(zh=f"前 {one.free} 次不扣", en=f"the first {one.free} free"))
    if one.veto or criterion.veto:
        said.append(VETO)
    said = said or [NO_POINTS]
    return Text(zh="，".join(each.zh for each in said), en=", ".join(each.en for each in said))


def clause_said(edition: Edition, group: Group, criterion: Criterion, clause: int) -> Text | None:
    """What a criterion's clause costs; of several, with its text. None: no clauses."""
    if not criterion.clauses:
        return None
    one = criterion.clauses[clause]
    said = clause_words(edition, group, criterion, clause)
    if len(criterion.clauses) == 1:
        return said
    return Text(zh=f"{one.text.zh}（{said.zh}）", en=f"{one.text.en} ({said.en})")


def _points(edition: Edition, group: Group, clause: Clause) -> Text:
    verb, sign = ("加", "+") if group.bonus else ("扣", "-")
    if clause.steps:
        steps = ((one.first, short(one.points)) for one in clause.steps)
        zh, en = [], []
        if clause.points:
            zh, en = [f"有即{verb} {short(clause.points)} 分"], [f"{sign}{short(clause.points)}"]
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
