"""The points that a station gives itself, beside the inspector's and by the same arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from domain.adding_up import add_up, applicable
from domain.card import SelfScore
from domain.formulas import WRITTEN
from domain.rulebook import unknown_criterion
from domain.sheet import SelfScoreNotTaken, SelfScoreOutOfRange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.card import ScoreCard
    from domain.leaving_out import LeftOut
    from domain.pricing import Parts, Plan


def compare_self_score(
    plan: Plan, left_out: LeftOut, given: Mapping[str, str], card: ScoreCard
) -> SelfScore:
    """The self-score of a sheet beside the inspector's card.

    Args:
        given: Points kept, by group id, as decimal text.

    Raises:
        SelfScoreNotTaken: The edition takes none.
        UnknownCriterion: There is no such group.
        SelfScoreOutOfRange: No number, below nothing, or more than the group has here.
    """
    edition = plan.edition
    if not edition.scoring.self_score:
        raise SelfScoreNotTaken(edition)
    own = {group: _points(plan, left_out, group, text) for group, text in given.items()}
    groups = {group: plan.show(parts) for group, parts in own.items()}
    missing = tuple(
        one
        for one, group in edition.groups.items()
        if one not in own and not group.bonus and applicable(plan, group, left_out)
    )
    if missing:
        return SelfScore(groups, None, None, missing)
    total = add_up(plan, _lost(plan, left_out, own), left_out).total
    return SelfScore(groups, total, total - card.total)


def _points(plan: Plan, left_out: LeftOut, group: str, text: str) -> Parts:
    if group not in plan.caps:
        raise unknown_criterion(plan.edition, group, "$.self_score")
    most = applicable(plan, plan.edition.groups[group], left_out)
    if not WRITTEN.fullmatch(text) or not 0 <= Fraction(text) * plan.grain <= most:
        raise SelfScoreOutOfRange(group, text, str(plan.show(most)))
    return Fraction(text) * plan.grain


def _lost(plan: Plan, left_out: LeftOut, own: Mapping[str, Parts]) -> dict[str, Parts]:
    """What the groups lost by their own account, each put down to its first criterion."""
    lost: dict[str, Parts] = {}
    for one, points in own.items():
        group = plan.edition.groups[one]
        most = applicable(plan, group, left_out)
        lost[group.criteria[0].id] = -points if group.bonus else most - points
    return lost
