"""What does not apply to a station, and what that means by the policy nearest to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.rulebook import unknown_criterion
from domain.sheet import NotApplicableForbidden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.pricing import Plan
    from domain.rulebook import Edition, Group, NotApplicable, Section


class LeftOut(NamedTuple):
    """Criteria and whole groups that do not apply, each with the policy that holds for it.

    The criteria of a group that was named follow the policy of the group.
    """

    criteria: dict[str, NotApplicable]
    groups: dict[str, NotApplicable]


def leave_out(plan: Plan, not_applicable: Iterable[str]) -> LeftOut:
    """What these ids of groups and criteria leave out.

    Raises:
        UnknownCriterion: The edition has no such group or criterion.
        NotApplicableForbidden: It must be answered.
    """
    edition, left_out = plan.edition, LeftOut({}, {})
    for named in not_applicable:
        placed = edition.placed.get(named)
        if placed:
            own = placed.criterion.not_applicable
            policy = own or policy_of(edition, placed.section, placed.group)
            left_out.criteria.setdefault(named, policy)
        elif named in plan.caps:
            policy = policy_of(edition, plan.section_of[named], edition.groups[named])
            left_out.groups[named] = policy
        else:
            raise unknown_criterion(edition, named, "$.not_applicable")
        if policy == "forbidden":
            raise NotApplicableForbidden(edition, named)
    for group, policy in left_out.groups.items():
        left_out.criteria.update((one.id, policy) for one in edition.groups[group].criteria)
    return left_out


def policy_of(edition: Edition, section: Section, group: Group) -> NotApplicable:
    """The policy for a group as a whole: its own, its section's or the edition's."""
    return group.not_applicable or section.not_applicable or edition.scoring.not_applicable
