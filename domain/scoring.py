"""Scoring: criterion -> group (at most its cap) -> section -> total.

Points are counted in whole parts (see `pricing`), so sums are exact in any order. Each figure
shown is made from unrounded parts and rounded once, half up.
"""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from domain.card import Figures, GroupFigures, ScoreCard
from domain.formulas import Given, asked, points_lost
from domain.pricing import Parts, Plan, parts_of, plan_of, shown
from domain.rulebook import Edition, Group, Overlap, unknown_criterion
from domain.sheet import (
    MOST_OCCURRENCES,
    ClauseOutOfRange,
    CountOutOfRange,
    FoundAndNotApplicable,
    InputNotTaken,
    NotApplicableForbidden,
    NothingApplies,
    Sheet,
    TakesFigures,
    WrongEdition,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

__all__ = [
    "Figures",
    "FoundLine",
    "GroupFigures",
    "ScoreCard",
    "Tally",
    "charges",
    "score",
    "score_lines",
    "tally",
]


NO_FIGURES: Mapping[str, Given] = MappingProxyType({})


class FoundLine(Protocol):
    """Any line that names a criterion, a clause and a count: of a sheet or of a form."""

    @property
    def criterion(self) -> str: ...
    @property
    def clause(self) -> int: ...
    @property
    def count(self) -> int: ...


class Tally(NamedTuple):
    """What a record keeps of a score: the figures as in `ScoreCard`, and what each line costs."""

    total: Decimal
    max: Decimal
    applied: Figures
    charges: list[Decimal]


def score(edition: Edition, sheet: Sheet) -> ScoreCard:
    """What a sheet scores under its edition.

    Raises `WrongEdition`, and what `score_lines` raises.
    """
    if (sheet.rulebook, sheet.edition) != (edition.id, edition.edition):
        raise WrongEdition(edition, sheet.rulebook, sheet.edition)
    for criterion in sheet.found:
        if criterion not in edition.placed:
            raise unknown_criterion(edition, criterion, "$.found")
    lines = sheet.lines()
    return score_lines(
        edition,
        lines,
        not_applicable=sheet.not_applicable,
        inputs=sheet.inputs,
        place=lambda n: f'$.found["{lines[n].criterion}"]',
    )


def score_lines(
    edition: Edition,
    lines: Sequence[FoundLine],
    *,
    not_applicable: Collection[str] = (),
    inputs: Mapping[str, Given] = NO_FIGURES,
    place: Callable[[int], str] = "$.found[{}]".format,
) -> ScoreCard:
    """What these lines score: the hot path of a form, about a tenth of a millisecond.

    Args:
        edition: The edition that the form was filled in for.
        lines: What was found, in any order; lines of one clause add up.
        not_applicable: Ids of groups and criteria that do not apply here.
        inputs: Figures of formula criteria, by id; without them a criterion costs nothing and
            the card says what is missing.
        place: JSON path of a line by its position, for refusals.

    Raises:
        UnknownCriterion, ClauseOutOfRange, CountOutOfRange, NotApplicableForbidden,
        FoundAndNotApplicable, NothingApplies, InputNotTaken, FiguresIncomplete, NotAFigure,
        AgainstNotPositive.
    """
    plan = plan_of(edition)
    parts = _charged(plan, lines, place)
    spared = _spared(plan, not_applicable)
    lost = _measured(plan, inputs, spared)
    for n, (line, charge) in enumerate(zip(lines, parts, strict=True)):
        if line.criterion in spared:
            raise FoundAndNotApplicable(line.criterion, place(n))
        lost[line.criterion] = lost.get(line.criterion, 0) + charge
    if edition.scoring.not_applicable == "zero":
        lost.update((one, plan.prices[one].whole) for one in spared)
    card = _card(plan, lost, spared, set(not_applicable))
    if plan.measured or edition.overlaps:
        return msgspec.structs.replace(
            card,
            missing=_missing(plan, inputs, spared),
            overlaps=tuple(one for one in edition.overlaps if _charged_twice(one, lost)),
        )
    return card


def tally(
    edition: Edition,
    lines: Sequence[FoundLine],
    *,
    not_applicable: Collection[str] = (),
    inputs: Mapping[str, Given] = NO_FIGURES,
) -> Tally:
    """The figures of `score_lines` and `charges` that a record keeps, in one pass over the lines.

    Raises what `score_lines` raises.
    """
    plan = plan_of(edition)
    if not_applicable or inputs:
        card = score_lines(edition, lines, not_applicable=not_applicable, inputs=inputs)
        return Tally(card.total, card.max, card.applied, charges(edition, lines))
    parts = _charged(plan, lines, "$.found[{}]".format)
    lost: dict[str, int] = {}
    for line, charge in zip(lines, parts, strict=True):
        group = plan.prices[line.criterion].group
        lost[group] = lost.get(group, 0) + charge
    gone = sum([min(plan.caps[group], points) for group, points in lost.items()])
    most, total = sum(plan.caps.values()), parts_of(edition.total, plan.grain)
    return Tally(
        total=shown((most - gone) * total, most * plan.grain, plan.steps),
        max=plan.show(total),
        applied=Figures(plan.show(most - gone), plan.show(most)),
        charges=[plan.show(part) for part in parts],
    )


def charges(edition: Edition, found: Sequence[FoundLine]) -> list[Decimal]:
    """What each line costs by itself, before the cap of its group, rounded for showing.

    A flat clause and, under `equal_share`, a criterion are charged on their first line; later
    lines of the same cost 0. Raises what `score_lines` raises for lines.
    """
    plan = plan_of(edition)
    parts = _charged(plan, found, "$.found[{}]".format)
    return [plan.show(part) for part in parts]


def _charged(plan: Plan, lines: Sequence[FoundLine], place: Callable[[int], str]) -> list[int]:
    """Parts that each line costs, or the refusal of the first line that is not right."""
    once: set[tuple[str, int]] = set()
    parts = []
    for n, line in enumerate(lines):
        price = plan.prices.get(line.criterion)
        if price is None:
            raise unknown_criterion(plan.edition, line.criterion, place(n))
        if not 0 <= line.clause < len(price.clauses):
            if not price.clauses:
                raise TakesFigures(line.criterion, place(n))
            last = len(price.clauses) - 1
            raise ClauseOutOfRange(line.criterion, line.clause, last, place(n) + ".clause")
        if not 1 <= line.count <= MOST_OCCURRENCES:
            raise CountOutOfRange(line.criterion, line.count, place(n) + ".count")
        points, flat = price.clauses[line.clause]
        if not flat:
            parts.append(points * line.count)
        elif (line.criterion, line.clause) in once:
            parts.append(0)
        else:
            once.add((line.criterion, line.clause))
            parts.append(points)
    return parts


def _measured(plan: Plan, inputs: Mapping[str, Given], spared: set[str]) -> dict[str, Parts]:
    """Parts that formula criteria lost by the figures given, or the refusal of the first."""
    lost: dict[str, Parts] = {}
    for criterion, given in inputs.items():
        if criterion not in plan.measured:
            raise InputNotTaken(criterion)
        field = f'$.inputs["{criterion}"]'
        if criterion in spared:
            raise FoundAndNotApplicable(criterion, field)
        formula, most = plan.measured[criterion]
        lost[criterion] = points_lost(criterion, formula, most, given, field) * plan.grain
    return lost


def _missing(
    plan: Plan, inputs: Mapping[str, Given], spared: set[str]
) -> dict[str, tuple[str, ...]]:
    """The figures that formula criteria still want."""
    return {
        one: tuple(asked(formula))
        for one, (formula, _) in plan.measured.items()
        if one not in inputs and one not in spared
    }


def _charged_twice(overlap: Overlap, lost: Mapping[str, Parts]) -> bool:
    return sum(lost.get(one, 0) > 0 for one in overlap.criteria) > 1


def _spared(plan: Plan, not_applicable: Iterable[str]) -> set[str]:
    """Criteria that do not apply, those of groups that do not apply among them."""
    spared: set[str] = set()
    for named in not_applicable:
        if plan.edition.scoring.not_applicable == "forbidden":
            raise NotApplicableForbidden(plan.edition, named)
        if named in plan.prices:
            spared.add(named)
        elif named in plan.caps:
            spared.update(one.id for one in plan.edition.groups[named].criteria)
        else:
            raise unknown_criterion(plan.edition, named, "$.not_applicable")
    return spared


def _applicable(plan: Plan, group: Group, spared: set[str]) -> int:
    """Parts that a group can still lose at this station.

    Only `rescale` takes something out: the shares of what does not apply or, where criteria have
    no share of their own (`by_clause`), the cap once nothing in the group applies.
    """
    cap = plan.caps[group.id]
    if plan.edition.scoring.not_applicable != "rescale" or not spared:
        return cap
    out = [one.id for one in group.criteria if one.id in spared]
    if len(out) == len(group.criteria):
        return 0
    if plan.edition.scoring.deduct == "equal_share":
        return cap - sum(plan.prices[one].whole for one in out)
    return cap


def _card(plan: Plan, lost: dict[str, Parts], spared: set[str], dropped: set[str]) -> ScoreCard:
    """The card of what each criterion lost; `dropped` are the ids named as not applicable."""
    edition, show = plan.edition, plan.show
    sections, groups = {}, {}
    lost_by_group = _gone(plan, lost, dropped)
    kept: Parts = 0
    most = 0
    for section in edition.sections:
        kept_here: Parts = 0
        most_here = 0
        for group in section.groups:
            cap = _applicable(plan, group, spared)
            gone = min(cap, lost_by_group[group.id])
            groups[group.id] = GroupFigures(show(cap - gone), show(cap), show(gone))
            kept_here, most_here = kept_here + cap - gone, most_here + cap
        sections[section.id] = Figures(show(kept_here), show(most_here))
        kept, most = kept + kept_here, most + most_here
    if not most:
        raise NothingApplies
    total = parts_of(edition.total, plan.grain)
    return ScoreCard(
        rulebook=edition.id,
        edition=edition.edition,
        total=shown(kept * total, most * plan.grain, plan.steps),
        max=show(total),
        applied=Figures(show(kept), show(most)),
        sections=sections,
        groups=groups,
        criteria=plan.untouched | {one: show(parts) for one, parts in lost.items()},
    )


def _gone(plan: Plan, lost: dict[str, Parts], dropped: set[str]) -> dict[str, Parts]:
    """Parts that the criteria of each group lost together, not capped yet."""
    gone: dict[str, Parts] = dict.fromkeys(plan.caps, 0)
    for criterion, parts in lost.items():
        gone[plan.prices[criterion].group] += parts
    if plan.edition.scoring.not_applicable == "zero":
        gone.update((group, plan.caps[group]) for group in dropped if group in plan.caps)
    return gone
