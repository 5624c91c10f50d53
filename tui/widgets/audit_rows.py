"""The lines of an audit that is being entered: every group and criterion, and what was found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from domain.formulas import points_lost
from domain.pricing import plan_of
from domain.refusals import Refusal
from domain.scoring import charges, score_lines
from domain.sheet import Line
from domain.submission import FormulaInput, Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from domain.rulebook import Criterion, Edition, Group
    from domain.scoring import ScoreCard
    from domain.text import Text
    from tui.drafts import Draft


MEASURED = -1
"""Stands in the place of a clause on the line of figures."""


class Row(NamedTuple):
    """One line on the screen.

    Attributes:
        criterion: None on the line of a group.
        line: Place in the draft's findings; None while nothing was found.
        again: Whether the same criterion has a line above.
        cost: What it costs, or would cost.
        spared: Whether it does not apply.
        kept: Points that a group keeps so far.
        given: Figures of a criterion that is measured by a formula.
        checked: Whether a group was gone through.
        by: Who entered it, where several people do.
    """

    group: Group
    criterion: Criterion | None
    clause: int = 0
    line: int | None = None
    found: Found | None = None
    again: bool = False
    cost: Decimal | None = None
    spared: bool = False
    kept: Decimal | None = None
    given: FormulaInput | None = None
    checked: bool = False
    by: str = ""

    @property
    def measured(self) -> bool:
        """Whether the line is for figures, not for a count."""
        return self.clause == MEASURED

    @property
    def name(self) -> str:
        """The id of the criterion; of several clauses, with the number of the clause."""
        if self.criterion is None:
            return ""
        several = len(self.criterion.clauses) > 1 and not self.measured
        return f"{self.criterion.id}.{self.clause + 1}" if several else self.criterion.id

    @property
    def key(self) -> tuple[str, int, int | None]:
        """What finds this line again after a change."""
        return (self.criterion.id if self.criterion else self.group.id, self.clause, self.line)

    @property
    def text(self) -> Text:
        """What the line asks for: of several clauses, the clause."""
        if self.criterion is None:
            return self.group.title
        if len(self.criterion.clauses) > 1 and not self.measured:
            return self.criterion.clauses[self.clause].text
        return self.criterion.text


def audit_rows(edition: Edition, draft: Draft, card: ScoreCard | None = None) -> list[Row]:
    """Every group and criterion in the rulebook's order, each finding on its own line."""
    dropped = set(draft.not_applicable)
    costs = charges(edition, draft.found)
    rows: list[Row] = []
    for group in edition.groups.values():
        kept = card.groups[group.id].score if card else None
        spared, checked = group.id in dropped, group.id in draft.checked
        rows.append(Row(group, None, spared=spared, kept=kept, checked=checked))
        for criterion in group.criteria:
            spared = group.id in dropped or criterion.id in dropped
            if criterion.formula:
                rows.append(_measured_row(edition, draft, group, criterion, spared=spared))
            rows += _criterion_rows(edition, draft, group, criterion, costs, spared=spared)
    return rows


def _measured_row(
    edition: Edition, draft: Draft, group: Group, criterion: Criterion, *, spared: bool
) -> Row:
    given = draft.inputs.get(criterion.id)
    cost = figures_cost(edition, criterion.id, given) if given else None
    return Row(group, criterion, MEASURED, cost=cost, spared=spared, given=given)


def figures_cost(edition: Edition, criterion: str, given: FormulaInput) -> Decimal:
    """Points that figures cost, rounded for showing.

    Raises what `points_lost` raises.
    """
    plan = plan_of(edition)
    formula, most = plan.measured[criterion]
    field = f'$.inputs["{criterion}"]'
    return plan.show(points_lost(criterion, formula, most, given, field) * plan.grain)


def _criterion_rows(
    edition: Edition,
    draft: Draft,
    group: Group,
    criterion: Criterion,
    costs: Sequence[Decimal],
    *,
    spared: bool,
) -> Iterator[Row]:
    for clause in range(len(plan_of(edition).prices[criterion.id].clauses)):
        lines = [
            n
            for n, found in enumerate(draft.found)
            if (found.criterion, found.clause) == (criterion.id, clause)
        ]
        for n in lines:
            yield Row(group, criterion, clause, n, draft.found[n], n != lines[0], costs[n], spared)
        if not lines:
            price = price_of(edition, criterion.id, clause)
            yield Row(group, criterion, clause, cost=price, spared=spared)


@cache
def price_of(edition: Edition, criterion: str, clause: int) -> Decimal:
    """What one occurrence costs before the group's cap."""
    return charges(edition, [Line(criterion, clause)])[0]


def running(edition: Edition, draft: Draft) -> ScoreCard | Refusal:
    """The score so far, or why there is none."""
    try:
        return score_lines(
            edition, draft.found, not_applicable=draft.not_applicable, inputs=draft.inputs
        )
    except Refusal as refusal:
        return refusal
