"""The verdict beside a score: vetoes, gates and grades. It never changes a point.

Gates and grades look at the figures that are shown, so nobody reads 60.00 beside "below 60".
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.card import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.card import ScoreCard
    from domain.pricing import Plan
    from domain.rulebook import Edition, Gate, Grade
    from domain.scoring import FoundLine


def vetoed(plan: Plan, lines: Iterable[FoundLine]) -> tuple[str, ...]:
    """Criteria whose veto was found, in the rulebook's order."""
    found = {line.criterion for line in lines if (line.criterion, line.clause) in plan.vetoes}
    return tuple(one for one in plan.prices if one in found) if found else ()


def judge(edition: Edition, card: ScoreCard, vetoes: tuple[str, ...]) -> Verdict | None:
    """The verdict on a card, or None where the edition gives none."""
    if not edition.judges:
        return None
    gates = tuple(one for one in edition.gates if _fails(one, card))
    passed = not vetoes and not gates
    return Verdict(passed, vetoes, gates, _grade(edition, card.total, passed=passed))


def _fails(gate: Gate, card: ScoreCard) -> bool:
    score, most = card.total, card.max
    if gate.section is not None:
        score, most = card.sections[gate.section].score, card.sections[gate.section].max
    if not most:
        return False
    if gate.measure == "percent":
        return 100 * Fraction(score) / Fraction(most) < Fraction(gate.below)
    return score < gate.below


def _grade(edition: Edition, total: Decimal, *, passed: bool) -> Grade | None:
    """The highest grade that the total reaches; the grade for failing, where there is one."""
    if not passed:
        for grade in edition.grades:
            if grade.when_failed:
                return grade
    reached = [
        (grade.at_least, n)
        for n, grade in enumerate(edition.grades)
        if grade.at_least is not None and total >= grade.at_least
    ]
    return edition.grades[max(reached)[1]] if reached else None
