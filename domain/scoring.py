"""Scoring: criterion -> group (at most its cap) -> section -> total.

Points are counted in whole parts (see `pricing`), so sums are exact in any order. Each figure
shown is made from unrounded parts and rounded once, half up.
"""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from domain.adding_up import add_up
from domain.card import Figures, GroupFigures, ScoreCard
from domain.formulas import Given, asked, points_lost
from domain.leaving_out import LeftOut, leave_out
from domain.pricing import EACH, STEPPED, Parts, Plan, parts_of, plan_of, shown
from domain.rulebook import Edition, Overlap, unknown_criterion
from domain.self_score import compare_self_score
from domain.sheet import (
    MOST_OCCURRENCES,
    ClauseOutOfRange,
    CountOutOfRange,
    FoundAndNotApplicable,
    InputNotTaken,
    Sheet,
    TakesFigures,
    WrongEdition,
)
from domain.verdict import judge, vetoed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from domain.refusals import Refusal

__all__ = [
    "Figures",
    "FoundLine",
    "GroupFigures",
    "ScoreCard",
    "Tally",
    "charges",
    "losses",
    "score",
    "score_lines",
    "tally",
]


NO_FIGURES: Mapping[str, Given] = MappingProxyType({})
NO_SELF_SCORE: Mapping[str, str] = MappingProxyType({})


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
        self_score=sheet.self_score,
        place=lambda n: f'$.found["{lines[n].criterion}"]',
    )


def score_lines(
    edition: Edition,
    lines: Sequence[FoundLine],
    *,
    not_applicable: Collection[str] = (),
    inputs: Mapping[str, Given] = NO_FIGURES,
    self_score: Mapping[str, str] = NO_SELF_SCORE,
    place: Callable[[int], str] = "$.found[{}]".format,
) -> ScoreCard:
    """What these lines score: the hot path of a form, about a tenth of a millisecond.

    Args:
        edition: The edition that the form was filled in for.
        lines: What was found, in any order; lines of one clause add up.
        not_applicable: Ids of groups and criteria that do not apply here.
        inputs: Figures of formula criteria, by id; without them a criterion costs nothing and
            the card says what is missing.
        self_score: Points that the station gives itself, by group id, as decimal text.
        place: JSON path of a line by its position, for refusals.

    Raises:
        UnknownCriterion, ClauseOutOfRange, CountOutOfRange, NotApplicableForbidden,
        FoundAndNotApplicable, NothingApplies, InputNotTaken, FiguresIncomplete, NotAFigure,
        AgainstNotPositive, SelfScoreNotTaken.
    """
    plan = plan_of(edition)
    lost, left_out = losses(plan, lines, not_applicable, inputs, place)
    spared = left_out.criteria
    card = add_up(plan, lost, left_out)
    return msgspec.structs.replace(
        card,
        missing=_missing(plan, inputs, spared),
        overlaps=tuple(one for one in edition.overlaps if _charged_twice(one, lost)),
        verdict=judge(edition, card, vetoed(plan, lines) if plan.vetoes else ()),
        self_score=compare_self_score(plan, left_out, self_score, card) if self_score else None,
    )


def losses(
    plan: Plan,
    lines: Sequence[FoundLine],
    not_applicable: Collection[str] = (),
    inputs: Mapping[str, Given] = NO_FIGURES,
    place: Callable[[int], str] = "$.found[{}]".format,
) -> tuple[dict[str, Parts], LeftOut]:
    """Parts that each criterion lost, before the cap of its group, and what is left out.

    Raises what `score_lines` raises for lines, figures and what does not apply.
    """
    parts = _charged(plan, lines, place)
    left_out = leave_out(plan, not_applicable)
    spared = left_out.criteria
    lost = _measured(plan, inputs, spared)
    for n, line in enumerate(lines):
        criterion = line.criterion
        if criterion in spared:
            raise FoundAndNotApplicable(criterion, place(n))
        lost[criterion] = lost.get(criterion, 0) + parts[n]
    lost.update((one, plan.prices[one].whole) for one, policy in spared.items() if policy == "zero")
    lost.update((one, min(cap, lost[one])) for one, cap in plan.own_caps.items() if one in lost)
    return lost, left_out


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
    if not_applicable or inputs or not plan.plain:
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
    counted: dict[tuple[str, int], int] = {}
    parts = []
    for n, line in enumerate(lines):
        known = plan.clauses.get((line.criterion, line.clause))
        if known is None:
            raise _not_a_clause(plan, line, place(n))
        if not 1 <= line.count <= MOST_OCCURRENCES:
            raise CountOutOfRange(line.criterion, line.count, place(n) + ".count")
        points, how = known
        if how == EACH:
            parts.append(points * line.count)
            continue
        before = counted.get((line.criterion, line.clause), 0)
        counted[line.criterion, line.clause] = before + line.count
        if how == STEPPED:
            stepped = plan.stepped[line.criterion, line.clause]
            parts.append(stepped.cost(before + line.count) - stepped.cost(before))
        else:
            parts.append(0 if before else points)
    return parts


def _not_a_clause(plan: Plan, line: FoundLine, field: str) -> Refusal:
    """Why a line names nothing that can be found."""
    price = plan.prices.get(line.criterion)
    if price is None:
        return unknown_criterion(plan.edition, line.criterion, field)
    if not price.clauses:
        return TakesFigures(line.criterion, field)
    last = len(price.clauses) - 1
    return ClauseOutOfRange(line.criterion, line.clause, last, field + ".clause")


def _measured(plan: Plan, inputs: Mapping[str, Given], spared: Collection[str]) -> dict[str, Parts]:
    """Parts that formula criteria lost by the figures given, or the refusal of the first."""
    lost: dict[str, Parts] = {}
    for criterion, given in inputs.items():
        if criterion not in plan.measured:
            raise InputNotTaken(criterion)
        field = f'$.inputs["{criterion}"]'
        if criterion in spared:
            raise FoundAndNotApplicable(criterion, field)
        formula, most = plan.measured[criterion]
        parts = points_lost(criterion, formula, most, given, field) * plan.grain
        # Sums of whole numbers are several times as quick as those of fractions.
        lost[criterion] = parts.numerator if parts.denominator == 1 else parts
    return lost


def _missing(
    plan: Plan, inputs: Mapping[str, Given], spared: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The figures that formula criteria still want."""
    return {
        one: tuple(asked(formula))
        for one, (formula, _) in plan.measured.items()
        if one not in inputs and one not in spared
    }


def _charged_twice(overlap: Overlap, lost: Mapping[str, Parts]) -> bool:
    return sum(lost.get(one, 0) > 0 for one in overlap.criteria) > 1
