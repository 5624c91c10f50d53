"""What faults cost, in English, for who reads the printed list; nothing reads this again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.checklists.numerals import plain
from domain.formulas import ShortfallRatio, ThresholdSteps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.formulas import AnyFormula
    from domain.parts import Clause, Criterion, Group
    from domain.rulebook import Edition


def cost_words_en(criterion: Criterion, group: Group, edition: Edition) -> str:
    """What the criterion costs, a line for each clause, formula, cap and veto."""
    return "\n".join(_lines(criterion, group, edition))


def _lines(criterion: Criterion, group: Group, edition: Edition) -> Iterator[str]:
    if criterion.formula:
        yield _formula(criterion.formula)
    for clause in criterion.clauses:
        own = "" if clause.text == criterion.text else f"{clause.text.en}: "
        yield own + _price(clause, group, edition)
    if criterion.cap is not None:
        yield f"{plain(criterion.cap)} at most"
    if criterion.veto:
        yield "veto: the verdict fails"


def _price(clause: Clause, group: Group, edition: Edition) -> str:
    sign = "+" if group.bonus else "-"
    unit = edition.counted_by(clause.per).en
    said = "no points"
    if clause.empties:
        said = f"all points of the {clause.empties}"
    elif clause.steps:
        steps = [(1, clause.points), *((step.first, step.points) for step in clause.steps)]
        rising = ", ".join(f"from {n}: {sign}{plain(points)}" for n, points in steps)
        said = f"{unit}, together {rising}"
    elif clause.points:
        said = f"{sign}{plain(clause.points)} {unit}"
    if clause.free:
        said += f" (the first {clause.free} are free)"
    return f"{said}; veto" if clause.veto else said


def _formula(formula: AnyFormula) -> str:
    most = f", {plain(formula.points)} at most" if formula.points is not None else ""
    if isinstance(formula, ShortfallRatio):
        against = formula.against.en if formula.fixed is None else plain(formula.fixed)
        return f"points x ({against} - {formula.of.en}) / {against}{most}"
    limits = [
        f"{word} {plain(limit)}"
        for word, limit in (("above", formula.upper), ("below", formula.lower))
        if limit is not None
    ]
    beyond = f"{formula.of.en} {' or '.join(limits)}"
    if isinstance(formula, ThresholdSteps):
        return f"{beyond}: -{plain(formula.points_per_step)} for each {plain(formula.step)}{most}"
    return f"{beyond}: {most.removeprefix(', ') or 'all points'}"
