"""Contradictions in criteria and their clauses: costs that cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.counting import COUNTED_BY
from domain.shape import Place, Slip
from domain.sheet import MOST_OCCURRENCES
from domain.slips import nothing_in, unknown_unit, unusable_points
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.rulebook import Clause, Criterion, Edition, Group


def criterion_contradictions(
    criterion: Criterion, group: Group, edition: Edition, place: Place
) -> Iterator[Slip]:
    """Everything in one criterion that cannot be meant, but for its formula."""
    by_share = edition.scoring.deduct == "equal_share"
    if by_share and criterion.clauses:
        yield _means_nothing(criterion, "clauses", (*place, "clauses"))
    if by_share and criterion.cap is not None:
        yield _means_nothing(criterion, "cap", (*place, "cap"))
    if not by_share and not (criterion.clauses or criterion.formula):
        yield nothing_in((*place, "clauses"))
    if criterion.cap is not None:
        yield from unusable_points(criterion.cap, (*place, "cap"))
        if criterion.cap > group.cap:
            yield _above_the_group((*place, "cap"))
    for n, clause in enumerate(criterion.clauses):
        yield from _clause(clause, criterion, group, edition, (*place, "clauses", n))


def _clause(
    clause: Clause, criterion: Criterion, group: Group, edition: Edition, place: Place
) -> Iterator[Slip]:
    if clause.empties:
        yield from _empties(clause, criterion, group, place)
    elif clause.points or not (clause.veto or criterion.veto):
        yield from unusable_points(clause.points, (*place, "points"))
    if clause.per not in COUNTED_BY and clause.per not in edition.units:
        yield unknown_unit(clause.per, (*place, "per"), edition.units)
    if (clause.per == "flat" or clause.empties) and (clause.steps or clause.free):
        yield _charged_once(place)
    if not 0 <= clause.free < MOST_OCCURRENCES:
        yield _never_reached((*place, "free"))
    yield from _steps(clause, place)


def _empties(clause: Clause, criterion: Criterion, group: Group, place: Place) -> Iterator[Slip]:
    if clause.points:
        yield Slip(
            (*place, "points"),
            Text(zh="扣完的条款不写分值。", en="A clause that empties takes no points."),
            Text(zh="points 与 empties 只留一个。", en="Keep one of points and empties."),
        )
    if clause.empties == "criterion" and criterion.cap is None:
        yield Slip(
            (*place, "empties"),
            Text(
                zh="该条没有自己的最高扣分，无从扣完。",
                en="The criterion has no cap of its own to empty.",
            ),
            Text(
                zh="请给该条写 cap，或写 empties: group。",
                en="Give the criterion a cap or write empties: group.",
            ),
        )
    if clause.empties == "group" and criterion.cap is not None and criterion.cap < group.cap:
        yield Slip(
            (*place, "empties"),
            Text(
                zh="该条的最高扣分小于分项标准分，扣不完分项。",
                en="The criterion's own cap stops it from emptying the group.",
            ),
            Text(
                zh="请删去该条的 cap，或写 empties: criterion。",
                en="Remove the criterion's cap or write empties: criterion.",
            ),
        )


def _steps(clause: Clause, place: Place) -> Iterator[Slip]:
    """Steps rise in count and points: one more occurrence never costs less."""
    before_count, before_points = 1, clause.points
    for n, step in enumerate(clause.steps):
        yield from unusable_points(step.points, (*place, "steps", n, "points"))
        if step.first <= before_count or not step.points >= before_points:
            yield Slip(
                (*place, "steps", n),
                Text(zh="阶梯没有递增。", en="The steps do not rise."),
                Text(
                    zh="from 从 2 起逐级增大，points 不小于前一级。",
                    en="Let from begin at 2 and rise, and points not fall.",
                ),
            )
        before_count, before_points = step.first, step.points


def _charged_once(place: Place) -> Slip:
    return Slip(
        place,
        Text(
            zh="一次性扣分的条款不用 steps 或 free。",
            en="steps and free mean nothing where a clause is charged once.",
        ),
        Text(
            zh="请删去 steps 和 free，或换一个计数单位。",
            en="Remove steps and free, or use another counting unit.",
        ),
    )


def _never_reached(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh="这个免扣次数不成立。", en="This is no usable number of free occurrences."),
        Text(zh=f"请写 0 到 {MOST_OCCURRENCES - 1}。", en=f"Give 0 to {MOST_OCCURRENCES - 1}."),
    )


def _above_the_group(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh="该条的最高扣分超过分项标准分。", en="The criterion's cap is above its group's."),
        Text(zh="请写不超过分项标准分的数。", en="Give the group's cap at most."),
    )


def _means_nothing(criterion: Criterion, key: str, place: Place) -> Slip:
    words = {"clauses": "扣分条款", "cap": "单条最高扣分"}
    return Slip(
        place,
        Text(
            zh=f"{criterion.id}：均分扣分（equal_share）不用{words[key]}。",
            en=f"{criterion.id}: {key} mean{'s' * (key == 'cap')} nothing under equal_share.",
        ),
        Text(
            zh=f"请删去 {key}，或改用 deduct: by_clause。",
            en=f"Remove {key}, or use deduct: by_clause.",
        ),
    )
