"""What an edition charges, counted in whole parts of a point.

There are so many parts to the point that every price of the edition is a whole number of them: a
ninth of a 5-point group is exact, nine of them are 5 points, and no sum depends on its order.
Decimals alone cannot hold a ninth, and fractions cost several times as much to add.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from domain.formulas import AnyFormula
    from domain.parts import Clause, Rounding
    from domain.rulebook import Criterion, Edition, Group, Section


Parts = int | Fraction
"""Parts of a point: whole ones, but for what formulas cost."""


class Price(NamedTuple):
    """What a criterion costs, in parts: each clause (points, and how they count), and as a whole.

    `whole` is each clause once and the most that a formula costs, up to the criterion's cap.
    """

    group: str
    clauses: tuple[tuple[int, int], ...]
    whole: int


MOST_KEPT = 4096
"""Figures that an edition keeps as they are shown; what comes later is worked out each time."""
EACH, ONCE, STEPPED = 0, 1, 2
"""How the points of a clause count: for each occurrence, once, or by its steps."""


class Stepped(NamedTuple):
    """A clause that is no multiple of its points: the first occurrences are free, or steps."""

    points: int
    free: int
    steps: tuple[tuple[int, int], ...]

    def cost(self, count: int) -> int:
        """Parts that so many occurrences cost altogether."""
        count = max(0, count - self.free)
        if not self.steps:
            return count * self.points
        reached = [points for first, points in self.steps if count >= first]
        return reached[-1] if reached else min(count, 1) * self.points


class Points(dict[Parts, Decimal]):
    """Parts as the points that are shown: a dict, because a sheet asks it six hundred times."""

    def __init__(self, grain: int, steps: int, rounding: Rounding) -> None:
        super().__init__()
        self._how = grain, steps, rounding

    def __missing__(self, parts: Parts) -> Decimal:
        points = shown(parts, *self._how)
        if len(self) < MOST_KEPT:
            self[parts] = points
        return points


class Plan(NamedTuple):
    """An edition made ready for scoring.

    Attributes:
        grain: Parts to the point; all prices and caps are whole numbers of parts.
        steps: Shown steps to the point, 100 for figures rounded to 0.01.
        clauses: The price of each clause, by criterion and clause.
        caps: Parts that each group can lose.
        untouched: What each criterion lost where nothing was found: nothing, as it is shown.
        measured: Formula criteria, each with the most points it costs.
        stepped: Clauses whose cost is no multiple, by criterion and clause.
        own_caps: Parts that a criterion can lose, where it has a cap of its own.
        group_of: The group of each criterion.
        section_of: The section of each group.
        bonus: Groups that add points on top of the total.
        total: Parts of the edition's total.
        sections: Each section with its groups that lose points.
        points: Parts as the points that are shown, kept for those that were asked for.
        vetoes: Clauses that fail the verdict.
        plain: Whether groups are just added up: the quick tally holds for such editions only.
    """

    edition: Edition
    grain: int
    steps: int
    prices: dict[str, Price]
    clauses: dict[tuple[str, int], tuple[int, int]]
    caps: dict[str, int]
    untouched: dict[str, Decimal]
    measured: dict[str, tuple[AnyFormula, Decimal]]
    stepped: dict[tuple[str, int], Stepped]
    own_caps: dict[str, int]
    vetoes: frozenset[tuple[str, int]]
    plain: bool
    group_of: dict[str, str]
    section_of: dict[str, Section]
    bonus: frozenset[str]
    total: int
    sections: tuple[tuple[Section, tuple[str, ...]], ...]
    points: Points

    def show(self, parts: Parts) -> Decimal:
        """Parts as the points that are shown."""
        return self.points[parts]


@lru_cache(maxsize=64)
def plan_of(edition: Edition) -> Plan:
    """The plan of an edition, made once: an edition never changes."""
    grain = _grain(edition)
    prices = {
        criterion.id: _price(edition, group, criterion, grain)
        for group in edition.groups.values()
        for criterion in group.criteria
    }
    caps = {group.id: parts_of(group.cap, grain) for group in edition.groups.values()}
    steps = int(1 / edition.scoring.round)
    untouched = dict.fromkeys(prices, shown(0, grain, steps))
    criteria = [placed.criterion for placed in edition.placed.values()]
    own_caps = {one.id: parts_of(one.cap, grain) for one in criteria if one.cap is not None}
    vetoes = frozenset(
        (one.id, n)
        for one in criteria
        for n in range(len(prices[one.id].clauses))
        if one.veto or (one.clauses and one.clauses[n].veto)
    )
    return Plan(
        edition,
        grain,
        steps,
        prices,
        {(one, n): each for one, price in prices.items() for n, each in enumerate(price.clauses)},
        caps,
        untouched,
        _measured(edition),
        _stepped(edition, grain),
        own_caps,
        vetoes,
        plain=not own_caps and _is_plain(edition),
        group_of={one: price.group for one, price in prices.items()},
        section_of={group.id: one for one in edition.sections for group in one.groups},
        bonus=frozenset(group.id for group in edition.groups.values() if group.bonus),
        total=parts_of(edition.total, grain),
        sections=tuple((one, _losing(one)) for one in edition.sections),
        points=Points(grain, steps, edition.scoring.rounding),
    )


def _measured(edition: Edition) -> dict[str, tuple[AnyFormula, Decimal]]:
    return {
        one.id: (one.formula, most_of(one.formula, group))
        for _, group, one in edition.placed.values()
        if one.formula
    }


def _losing(section: Section) -> tuple[str, ...]:
    return tuple(group.id for group in section.groups if not group.bonus)


def _stepped(edition: Edition, grain: int) -> dict[tuple[str, int], Stepped]:
    """The clauses that are priced by their count; those of a bonus group add their points."""
    stepped = {}
    for _, group, criterion in edition.placed.values():
        sign = -1 if group.bonus else 1
        for n, one in enumerate(criterion.clauses):
            if _counts(one) == STEPPED:
                steps = tuple(
                    (step.first, sign * parts_of(step.points, grain)) for step in one.steps
                )
                points = sign * parts_of(one.points, grain)
                stepped[criterion.id, n] = Stepped(points, one.free, steps)
    return stepped


def _is_plain(edition: Edition) -> bool:
    """Whether the total is nothing but the sum of what groups keep, rounded half up."""
    return (
        edition.scoring.rounding == "half_up"
        and all(one.cap is None and one.weight is None for one in edition.sections)
        and not any(group.bonus for group in edition.groups.values())
    )


def _counts(clause: Clause) -> int:
    if clause.empties or clause.per == "flat":
        return ONCE
    return STEPPED if clause.steps or clause.free else EACH


def most_of(formula: AnyFormula, group: Group) -> Decimal:
    """The most points that a formula costs: its own, else the cap of its group."""
    return group.cap if formula.points is None else formula.points


def _grain(edition: Edition) -> int:
    """The fewest parts to the point with which every cap, share and price is whole."""
    figures = [edition.total, *(group.cap for group in edition.groups.values())]
    for section in edition.sections:
        figures += [section.total, section.cap or Decimal(0), section.weight or Decimal(0)]
    for placed in edition.placed.values():
        for clause in placed.criterion.clauses:
            figures += [clause.points, *(step.points for step in clause.steps)]
        if placed.criterion.cap is not None:
            figures.append(placed.criterion.cap)
        if placed.criterion.formula:
            figures.append(most_of(placed.criterion.formula, placed.group))
    decimals = lcm(*(figure.as_integer_ratio()[1] for figure in figures))
    if edition.scoring.deduct == "by_clause":
        return decimals
    return decimals * lcm(*(len(group.criteria) for group in edition.groups.values()))


def _price(edition: Edition, group: Group, criterion: Criterion, grain: int) -> Price:
    if edition.scoring.deduct == "equal_share":
        share = parts_of(group.cap, grain) // len(group.criteria)
        return Price(group.id, ((share, ONCE),), share)
    points = [parts_of(_points(one, criterion, group), grain) for one in criterion.clauses]
    counts = [_counts(one) for one in criterion.clauses]
    if group.bonus:
        return Price(group.id, tuple(zip([-one for one in points], counts, strict=True)), 0)
    measured = parts_of(most_of(criterion.formula, group), grain) if criterion.formula else 0
    whole = sum(points) + measured
    if criterion.cap is not None:
        whole = min(whole, parts_of(criterion.cap, grain))
    return Price(group.id, tuple(zip(points, counts, strict=True)), whole)


def _points(clause: Clause, criterion: Criterion, group: Group) -> Decimal:
    """What a clause costs once: its points, or all that it empties."""
    if not clause.empties:
        return clause.points
    return criterion.cap if clause.empties == "criterion" and criterion.cap else group.cap


def parts_of(points: Decimal, grain: int) -> int:
    """Points as parts; whole, because the grain was made for it."""
    numerator, denominator = points.as_integer_ratio()
    return numerator * grain // denominator


@lru_cache(maxsize=8192)
def shown(
    numerator: Parts, denominator: Parts, steps: int, rounding: Rounding = "half_up"
) -> Decimal:
    """A fraction of points as it is shown: rounded to whole steps (100 steps: 0.01)."""
    rounded = _whole(numerator * steps, denominator, rounding)
    if steps == 2:
        return Decimal(rounded * 5).scaleb(-1)
    return Decimal(rounded).scaleb(1 - len(str(steps)))


def _whole(numerator: Parts, denominator: Parts, rounding: Rounding) -> int:
    """The whole number that a fraction is rounded to."""
    if rounding == "down":
        return int(numerator // denominator)
    if rounding == "up":
        return -int(-numerator // denominator)
    half_up = int((2 * numerator + denominator) // (2 * denominator))
    if rounding == "half_even" and half_up % 2 and 2 * numerator == (2 * half_up - 1) * denominator:
        return half_up - 1
    return half_up
