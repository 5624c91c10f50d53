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


def add_up(plan: Plan, lost: Mapping[str, Parts], left_out: LeftOut) -> ScoreCard:
    """The card of what each criterion lost (less than nothing: gained).

    Raises:
        NothingApplies: There is nothing that the score could be of.
    """
    edition, show = plan.edition, plan.show
    sections, groups = {}, {}
    lost_by_group = _gone(plan, lost, left_out)
    kept: Parts = 0
    most: Parts = 0
    gained: Parts = 0
    for section in edition.sections:
        for group in section.groups:
            cap = applicable(plan, group, left_out)
            gone = min(cap, lost_by_group[group.id])
            if group.bonus:
                earned = min(cap, -lost_by_group[group.id])
                gained += earned
                groups[group.id] = GroupFigures(show(earned), show(cap), show(0))
            else:
                groups[group.id] = GroupFigures(show(cap - gone), show(cap), show(gone))
        here = _section(plan, section, lost_by_group, left_out)
        sections[section.id] = Figures(show(here.kept), show(here.most))
        weighed = _weighed(plan, section, here)
        kept, most = kept + weighed.kept, most + weighed.most
    if not most:
        raise NothingApplies
    total = parts_of(edition.total, plan.grain)
    return ScoreCard(
        rulebook=edition.id,
        edition=edition.edition,
        total=shown(
            kept * total + gained * most,
            most * plan.grain,
            plan.steps,
            edition.scoring.rounding,
        ),
        max=show(total),
        applied=Figures(show(kept), show(most)),
        sections=sections,
        groups=groups,
        criteria=plan.untouched | {one: show(parts) for one, parts in lost.items()},
        bonus=show(gained) if plan.has_bonus else None,
    )


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


def _section(plan: Plan, section: Section, gone: Mapping[str, Parts], left_out: LeftOut) -> Kept:
    """What a section keeps of what applies in it, its own cap and policy regarded."""
    caps = {one.id: applicable(plan, one, left_out) for one in section.groups if not one.bonus}
    total = parts_of(section.total, plan.grain)
    most = min(total, sum(caps.values()))
    if not most and section.when_nothing_applies != "leave":
        return Kept(total if section.when_nothing_applies == "full" else 0, total)
    lost = min(most, sum(min(cap, gone[one]) for one, cap in caps.items()))
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
    for criterion, parts in lost.items():
        gone[plan.prices[criterion].group] += parts
    for group, policy in left_out.groups.items():
        if policy == "zero" and not plan.edition.groups[group].bonus:
            gone[group] = plan.caps[group]
    return gone
