"""Adding up: what criteria lost -> groups (at most their cap) -> sections -> total."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from domain.card import Figures, GroupFigures, ScoreCard
from domain.pricing import Parts, Plan, parts_of, shown
from domain.sheet import NothingApplies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.leaving_out import LeftOut
    from domain.rulebook import Group, Section


class Kept(NamedTuple):
    """Parts kept, of those that applied."""

    kept: Parts
    most: Parts


class Reckoning(NamedTuple):
    """A score in parts of a point, nothing rounded yet.

    Attributes:
        caps: Parts that each group can lose at this station.
        gone: Parts that each group lost, at most its cap; less than nothing where it gained.
        sections: What each section keeps, before its weight.
        total: Parts kept of those that applied, weights regarded, without what was gained.
        gained: Parts added on top.
    """

    caps: dict[str, int]
    gone: dict[str, Parts]
    sections: dict[str, Kept]
    total: Kept
    gained: Parts

    def points(self, plan: Plan) -> Parts:
        """The total in parts, brought to the edition's total."""
        kept, most = self.total
        if most == plan.total:
            return kept + self.gained
        return Fraction(kept) * plan.total / most + self.gained


def add_up(plan: Plan, lost: Mapping[str, Parts], left_out: LeftOut) -> ScoreCard:
    """The card of what each criterion lost (less than nothing: gained).

    Raises:
        NothingApplies: There is nothing that the score could be of.
    """
    edition, points = plan.edition, plan.points
    caps, gone, sections, total, gained = reckoning = reckon(plan, lost, left_out)
    nothing = points[0]
    groups = {}
    for group, cap in caps.items():
        here = gone[group]
        if group in plan.bonus:
            groups[group] = GroupFigures(points[-here], points[cap], nothing)
        else:
            groups[group] = GroupFigures(points[cap - here], points[cap], points[here])
    return ScoreCard(
        rulebook=edition.id,
        edition=edition.edition,
        total=shown(reckoning.points(plan), plan.grain, plan.steps, edition.scoring.rounding),
        max=points[plan.total],
        applied=Figures(points[total.kept], points[total.most]),
        sections={
            one: Figures(points[here.kept], points[here.most]) for one, here in sections.items()
        },
        groups=groups,
        criteria=plan.untouched | {one: points[parts] for one, parts in lost.items()},
        bonus=points[gained] if plan.bonus else None,
    )


def reckon(plan: Plan, lost: Mapping[str, Parts], left_out: LeftOut) -> Reckoning:
    """What groups, sections and the total keep of what each criterion lost.

    Raises:
        NothingApplies: There is nothing that the score could be of.
    """
    caps = plan.caps
    if left_out.criteria:
        caps = {one.id: applicable(plan, one, left_out) for one in plan.edition.groups.values()}
    gone = _gone(plan, lost, left_out)
    gained: Parts = 0
    for group, parts in gone.items():
        if group in plan.bonus:
            gone[group] = max(parts, -caps[group])
            gained -= gone[group]
        elif parts > caps[group]:
            gone[group] = caps[group]
    sections = {}
    kept: Parts = 0
    most: Parts = 0
    for section, groups in plan.sections:
        here = _section(plan, section, groups, caps, gone)
        sections[section.id] = here
        weighed = _weighed(plan, section, here)
        kept, most = kept + weighed.kept, most + weighed.most
    if not most:
        raise NothingApplies
    return Reckoning(caps, gone, sections, Kept(kept, most), gained)


def applicable(plan: Plan, group: Group, left_out: LeftOut) -> int:
    """Parts that a group can still lose at this station.

    Under `rescale` criteria that do not apply take their share out of an `equal_share` group;
    otherwise a group leaves once nothing in it applies.
    """
    cap = plan.caps[group.id]
    if not left_out.criteria:
        return cap
    out = [one.id for one in group.criteria if left_out.criteria.get(one.id) == "rescale"]
    if len(out) == len(group.criteria):
        return 0
    if plan.edition.scoring.deduct == "equal_share":
        return cap - sum(plan.prices[one].whole for one in out)
    return cap


def _section(
    plan: Plan,
    section: Section,
    groups: tuple[str, ...],
    caps: Mapping[str, int],
    gone: Mapping[str, Parts],
) -> Kept:
    """What a section keeps of what applies in it, its own cap and policy regarded."""
    total = parts_of(section.total, plan.grain)
    most = min(total, sum([caps[one] for one in groups]))
    if not most and section.when_nothing_applies != "leave":
        return Kept(total if section.when_nothing_applies == "full" else 0, total)
    lost = min(most, sum([gone[one] for one in groups]))
    if section.cap is not None:
        lost = min(lost, parts_of(section.cap, plan.grain))
    return Kept(most - lost, most)


def _weighed(plan: Plan, section: Section, here: Kept) -> Kept:
    """A section's part in the total: its points, or its weight times the share it kept."""
    if section.weight is None or not here.most:
        return here
    weight = parts_of(section.weight, plan.grain)
    return Kept(Fraction(weight) * here.kept / here.most, weight)


def _gone(plan: Plan, lost: Mapping[str, Parts], left_out: LeftOut) -> dict[str, Parts]:
    """Parts that the criteria of each group lost together, not capped yet."""
    gone: dict[str, Parts] = dict.fromkeys(plan.caps, 0)
    group_of = plan.group_of
    for criterion, parts in lost.items():
        gone[group_of[criterion]] += parts
    for group, policy in left_out.groups.items():
        if policy == "zero" and not plan.edition.groups[group].bonus:
            gone[group] = plan.caps[group]
    return gone
