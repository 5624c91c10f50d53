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
    from domain.rulebook import Criterion, Edition, Group


Parts = int | Fraction
"""Parts of a point: whole ones, but for what formulas cost."""


class Price(NamedTuple):
    """What a criterion costs, in parts: each clause (points, flat or not), and as a whole.

    `whole` is each clause once and the most that a formula costs.
    """

    group: str
    clauses: tuple[tuple[int, bool], ...]
    whole: int


class Plan(NamedTuple):
    """An edition made ready for scoring.

    Attributes:
        grain: Parts to the point; all prices and caps are whole numbers of parts.
        steps: Shown steps to the point, 100 for figures rounded to 0.01.
        caps: Parts that each group can lose.
        untouched: What each criterion lost where nothing was found: nothing, as it is shown.
        measured: Formula criteria, each with the most points it costs.
    """

    edition: Edition
    grain: int
    steps: int
    prices: dict[str, Price]
    caps: dict[str, int]
    untouched: dict[str, Decimal]
    measured: dict[str, tuple[AnyFormula, Decimal]]

    def show(self, parts: Parts) -> Decimal:
        """Parts as the points that are shown."""
        return shown(parts, self.grain, self.steps)


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
    measured = {
        criterion.id: (criterion.formula, most_of(criterion.formula, group))
        for _, group, criterion in edition.placed.values()
        if criterion.formula
    }
    return Plan(edition, grain, steps, prices, caps, untouched, measured)


def most_of(formula: AnyFormula, group: Group) -> Decimal:
    """The most points that a formula costs: its own, else the cap of its group."""
    return group.cap if formula.points is None else formula.points


def _grain(edition: Edition) -> int:
    """The fewest parts to the point with which every cap, share and price is whole."""
    figures = [edition.total, *(group.cap for group in edition.groups.values())]
    for placed in edition.placed.values():
        figures += [clause.points for clause in placed.criterion.clauses]
        if placed.criterion.formula:
            figures.append(most_of(placed.criterion.formula, placed.group))
    decimals = lcm(*(figure.as_integer_ratio()[1] for figure in figures))
    if edition.scoring.deduct == "by_clause":
        return decimals
    return decimals * lcm(*(len(group.criteria) for group in edition.groups.values()))


def _price(edition: Edition, group: Group, criterion: Criterion, grain: int) -> Price:
    if edition.scoring.deduct == "equal_share":
        share = parts_of(group.cap, grain) // len(group.criteria)
        return Price(group.id, ((share, True),), share)
    clauses = tuple((parts_of(one.points, grain), one.per == "flat") for one in criterion.clauses)
    measured = parts_of(most_of(criterion.formula, group), grain) if criterion.formula else 0
    return Price(group.id, clauses, sum(points for points, _ in clauses) + measured)


def parts_of(points: Decimal, grain: int) -> int:
    """Points as parts; whole, because the grain was made for it."""
    numerator, denominator = points.as_integer_ratio()
    return numerator * grain // denominator


@lru_cache(maxsize=8192)
def shown(numerator: Parts, denominator: Parts, steps: int) -> Decimal:
    """A fraction of points as it is shown: rounded half up to whole steps (100 steps: 0.01)."""
    rounded = (2 * numerator * steps + denominator) // (2 * denominator)
    return Decimal(rounded).scaleb(1 - len(str(steps)))
