"""Formulas as one line of a check list (【公式】差额比例；…), and back."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from domain.checklists.doubts import untranslated
from domain.checklists.numerals import plain
from domain.formulas import ShortfallRatio, Threshold, ThresholdSteps

if TYPE_CHECKING:
    from domain.formulas import AnyFormula

MARK = "【公式】"
_RATIO, _STEPS, _LIMIT = "差额比例", "超限分级", "超限"


def formula_line(formula: AnyFormula) -> str:
    """The formula as a line that `formula_in` reads again."""
    facts: dict[str, str | Decimal | None] = {"数值": formula.of.zh}
    if isinstance(formula, ShortfallRatio):
        kind = _RATIO
        facts |= {"基准": formula.against.zh, "固定": formula.fixed}
    else:
        kind = _STEPS if isinstance(formula, ThresholdSteps) else _LIMIT
        facts |= {"上限": formula.upper, "下限": formula.lower}
        if isinstance(formula, ThresholdSteps):
            facts |= {"每级": formula.step, "每级扣": formula.points_per_step}
    facts |= {"单位": formula.unit.zh if formula.unit else None, "最多扣": formula.points}
    said = [
        f"{key}＝{plain(value) if isinstance(value, Decimal) else value}"
        for key, value in facts.items()
        if value is not None
    ]
    return MARK + "；".join([kind, *said])


def formula_in(line: str) -> AnyFormula | None:
    """The formula of such a line; None where something is missing or is no number."""
    kind, _, rest = line.removeprefix(MARK).partition("；")
    facts = dict(one.split("＝", 1) for one in rest.split("；") if "＝" in one)
    try:
        return _formula(kind, facts)
    except (KeyError, InvalidOperation):
        return None


def _formula(kind: str, facts: dict[str, str]) -> AnyFormula | None:
    of = untranslated(facts["数值"])
    unit = untranslated(facts["单位"]) if "单位" in facts else None
    numbers = {
        key: Decimal(facts[key]) if key in facts else None
        for key in ("最多扣", "固定", "上限", "下限")
    }
    most, upper, lower = numbers["最多扣"], numbers["上限"], numbers["下限"]
    if kind == _RATIO:
        against = untranslated(facts["基准"])
        return ShortfallRatio(of=of, unit=unit, points=most, against=against, fixed=numbers["固定"])
    if kind == _STEPS:
        step, each = Decimal(facts["每级"]), Decimal(facts["每级扣"])
        return ThresholdSteps(
            of=of, unit=unit, points=most, step=step, points_per_step=each, upper=upper, lower=lower
        )
    if kind == _LIMIT:
        return Threshold(of=of, unit=unit, points=most, upper=upper, lower=lower)
    return None
