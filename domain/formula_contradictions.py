"""Contradictions in formulas: what would divide by nothing, never cost or never end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.formulas import ShortfallRatio, ThresholdSteps
from domain.shape import Place, Slip
from domain.slips import unusable_points
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.formulas import AnyFormula, Threshold
    from domain.rulebook import Edition, Group


def formula_contradictions(
    formula: AnyFormula, group: Group, edition: Edition, place: Place
) -> Iterator[Slip]:
    """Everything in one formula that cannot be meant, with its place."""
    if edition.scoring.deduct == "equal_share":
        yield _not_shared(place)
    if group.bonus:
        yield Slip(
            place,
            Text(zh="加分项不用公式。", en="A formula means nothing in a bonus group."),
            Text(zh="请改写成加分的条款（clauses）。", en="Write clauses that add points."),
        )
    if formula.points is not None:
        yield from unusable_points(formula.points, (*place, "points"))
        if formula.points > group.cap:
            yield _more_than_the_cap((*place, "points"))
    if isinstance(formula, ShortfallRatio):
        yield from _ratio(formula, place)
    elif isinstance(formula, ThresholdSteps):
        yield from _steps(formula, place)
    else:
        yield from _limits(formula, place)


def _ratio(formula: ShortfallRatio, place: Place) -> Iterator[Slip]:
    if formula.fixed is not None and not (formula.fixed.is_finite() and formula.fixed > 0):
        yield Slip(
            (*place, "fixed"),
            Text(zh="公式会除以零或负数。", en="The formula would divide by nothing or less."),
            Text(zh="fixed 请写大于 0 的数。", en="Give fixed more than 0."),
        )


def _steps(formula: ThresholdSteps, place: Place) -> Iterator[Slip]:
    yield from unusable_points(formula.points_per_step, (*place, "points_per_step"))
    if not (formula.step.is_finite() and formula.step > 0):
        yield Slip(
            (*place, "step"),
            Text(zh="公式会除以零或负数。", en="The formula would divide by nothing or less."),
            Text(zh="step 请写大于 0 的数。", en="Give step more than 0."),
        )
    yield from _limits(formula, place)


def _limits(formula: ThresholdSteps | Threshold, place: Place) -> Iterator[Slip]:
    given = [one for one in (formula.lower, formula.upper) if one is not None]
    if not given:
        yield Slip(
            place,
            Text(zh="公式没有界限。", en="The formula has no limit."),
            Text(zh="请写 upper 或 lower，或两者。", en="Give upper or lower, or both."),
        )
    if not all(one.is_finite() for one in given) or given != sorted(given):
        yield Slip(
            place,
            Text(zh="上下限不成立。", en="These limits hold nothing between them."),
            Text(
                zh="请写普通的数，且 lower 不大于 upper。",
                en="Give plain numbers, lower not above upper.",
            ),
        )


def _not_shared(place: Place) -> Slip:
    return Slip(
        place,
        Text(
            zh="均分扣分（equal_share）不用公式。", en="A formula means nothing under equal_share."
        ),
        Text(
            zh="请删去 formula，或改用 deduct: by_clause。",
            en="Remove the formula, or use deduct: by_clause.",
        ),
    )


def _more_than_the_cap(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh="公式最多扣的分超过分项标准分。", en="The formula costs more than its group can."),
        Text(
            zh="请写不超过分项标准分（cap）的数，或删去 points。",
            en="Give the group's cap at most, or remove points.",
        ),
    )
