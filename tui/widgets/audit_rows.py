"""The lines of an audit that is being entered: every group and criterion, and what was found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from domain.refusals import Refusal
from domain.scoring import charges, score_lines
from domain.sheet import Line
from domain.submission import Found
from tui.widgets.cells import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from domain.rulebook import Criterion, Edition, Group
    from domain.scoring import ScoreCard
    from domain.text import Text
    from tui.drafts import Draft


class Row(NamedTuple):
    """One line on the screen.

    Attributes:
        criterion: None on the line of a group.
        line: Place in the draft's findings; None while nothing was found.
        again: Whether the same criterion has a line above.
        cost: What it costs, or would cost.
        spared: Whether it does not apply.
        kept: Points that a group keeps so far.
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

    @property
    def key(self) -> tuple[str, int, int | None]:
        """What finds this line again after a change."""
        return (self.criterion.id if self.criterion else self.group.id, self.clause, self.line)

    @property
    def text(self) -> Text:
        """What the line asks for: of several clauses, the clause."""
        if self.criterion is None:
            return self.group.title
        if len(self.criterion.clauses) > 1:
            return self.criterion.clauses[self.clause].text
        return self.criterion.text


def audit_rows(edition: Edition, draft: Draft, card: ScoreCard | None = None) -> list[Row]:
    """Every group and criterion in the rulebook's order, each finding on its own line."""
    dropped = set(draft.not_applicable)
    costs = charges(edition, draft.found)
    rows: list[Row] = []
    for group in edition.groups.values():
        kept = card.groups[group.id].score if card else None
        rows.append(Row(group, None, spared=group.id in dropped, kept=kept))
        for criterion in group.criteria:
            spared = group.id in dropped or criterion.id in dropped
            rows += _criterion_rows(edition, draft, group, criterion, costs, spared=spared)
    return rows


def _criterion_rows(
    edition: Edition,
    draft: Draft,
    group: Group,
    criterion: Criterion,
    costs: Sequence[Decimal],
    *,
    spared: bool,
) -> Iterator[Row]:
    for clause in range(max(1, len(criterion.clauses))):
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
        return score_lines(edition, draft.found, not_applicable=draft.not_applicable)
    except Refusal as refusal:
        return refusal


def row_named(rows: Sequence[Row], typed: str) -> int | None:
    """The line that a typed id or text means: the id itself, ids that begin so, then texts.

    Dots and capitals may be left out: `f3` is `f.3`.
    """
    wanted = plain_id(typed)
    if not wanted:
        return None
    ids = [plain_id(row.key[0]) for row in rows]
    by_id = next((n for n, one in enumerate(ids) if one == wanted), None)
    if by_id is None:
        by_id = next((n for n, one in enumerate(ids) if one.startswith(wanted)), None)
    if by_id is not None:
        return by_id
    fitting = (n for n, row in enumerate(rows) if matches(typed, row.text.zh, row.text.en))
    return next(fitting, None)


def plain_id(typed: str) -> str:
    """An id without dots, spaces and capitals."""
    return typed.replace(".", "").replace("。", "").replace(" ", "").casefold()
