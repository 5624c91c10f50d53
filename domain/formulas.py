"""Formula criteria: what a business figure costs, worked out exactly.

A criterion with a `formula` is not found but measured: the sheet gives its figures as decimal
text (rates in percent), and the formula says how many points are lost, from none to its most.
Criteria 1 to 6 of appendix 1 are such; what their ratios multiply is ours (fact L7).
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from domain.refusals import Refusal
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITTEN = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?", re.ASCII)
"""A figure as text: no exponents, so a short text cannot stand for an endless number."""

Name = Literal["of", "against"]
"""The figures of a formula, as sheets name them."""


class Formula(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind"
):
    """What all formulas have: `of` is the figure judged, `points` the most it costs.

    Without `points` it costs the cap of its group at most; `unit` is the unit of its figures.
    """

    of: Text
    unit: Text | None = None
    points: Decimal | None = None


class ShortfallRatio(Formula, frozen=True, kw_only=True, tag="shortfall_ratio"):
    """`points` times (against - of) / against: what is missing of a plan or an average.

    `fixed` is what `against` always is; then it is not asked for.
    """

    against: Text
    fixed: Decimal | None = None


class ThresholdSteps(Formula, frozen=True, kw_only=True, tag="threshold_steps"):
    """Points for each completed `step` beyond the limit that was crossed; limits are strict."""

    step: Decimal
    points_per_step: Decimal
    upper: Decimal | None = None
    lower: Decimal | None = None


class Threshold(Formula, frozen=True, kw_only=True, tag="threshold"):
    """All of its points, once a limit is crossed; limits are strict."""

    upper: Decimal | None = None
    lower: Decimal | None = None


AnyFormula = ShortfallRatio | ThresholdSteps | Threshold
"""Whatever a criterion's `formula` may be; its `kind` says which."""


class FormLine(Protocol):
    """The figures of one criterion as a form gives them."""

    @property
    def of(self) -> str: ...
    @property
    def against(self) -> str | None: ...


Given = FormLine | dict[str, str]
"""The figures of one criterion, of a form or of a sheet."""


class FiguresIncomplete(Refusal):
    """One of the figures of a formula is there, the other is not, or one too many is."""

    code = "figures-incomplete"
    status = 422


class NotAFigure(Refusal):
    """What was given for a formula is no decimal number."""

    code = "not-a-figure"
    status = 422


class AgainstNotPositive(Refusal):
    """A plan or an average of nothing or less: there is no ratio to it."""

    code = "against-not-positive"
    status = 422


def asked(formula: AnyFormula) -> dict[Name, Text]:
    """What a sheet must give for this formula, by name, with the words to ask for it."""
    if isinstance(formula, ShortfallRatio) and formula.fixed is None:
        return {"of": formula.of, "against": formula.against}
    return {"of": formula.of}


def points_lost(
    criterion: str, formula: AnyFormula, most: Decimal, given: Given, field: str
) -> Fraction:
    """Points that these figures cost, exactly, from nothing to `most`.

    Args:
        criterion: Id of the criterion, for refusals.
        most: Points it can cost: its own, else its group's cap.
        given: The figures as decimal text, rates in percent.
        field: JSON path of the figures, for refusals.

    Raises:
        FiguresIncomplete, NotAFigure, AgainstNotPositive.
    """
    figures = _figures(criterion, formula, given, field)
    if isinstance(formula, ThresholdSteps):
        lost = _steps_beyond(formula, figures["of"]) * Fraction(formula.points_per_step)
    elif isinstance(formula, Threshold):
        lost = Fraction(most) if _beyond(formula, figures["of"]) else Fraction(0)
    else:
        against = figures["against"] if formula.fixed is None else Fraction(formula.fixed)
        if against <= 0:
            raise _against_not_positive(criterion, formula.against, f"{field}.against")
        lost = Fraction(most) * (against - figures["of"]) / against
    return min(max(lost, Fraction(0)), Fraction(most))


def _steps_beyond(formula: ThresholdSteps, of: Fraction) -> int:
    """Completed steps beyond the limit that was crossed."""
    return int(_beyond(formula, of) / Fraction(formula.step))


def _beyond(formula: ThresholdSteps | Threshold, of: Fraction) -> Fraction:
    """How far beyond the limit that was crossed; 0 between the limits and on them."""
    if formula.upper is not None and of > formula.upper:
        return of - Fraction(formula.upper)
    if formula.lower is not None and of < formula.lower:
        return Fraction(formula.lower) - of
    return Fraction(0)


def _figures(criterion: str, formula: AnyFormula, given: Given, field: str) -> dict[str, Fraction]:
    held = _plain(given)
    wanted = asked(formula)
    for name in held:
        if name not in wanted:
            raise _one_too_many(criterion, name, f"{field}.{name}")
    for key, words in wanted.items():
        if key not in held:
            raise _one_missing(criterion, key, words, field)
    return {name: _figure(criterion, text, f"{field}.{name}") for name, text in held.items()}


def _plain(given: Given) -> Mapping[str, str]:
    if isinstance(given, dict):
        return given
    held = {"of": given.of, "against": given.against}
    return {name: text for name, text in held.items() if text is not None}


def _figure(criterion: str, text: str, field: str) -> Fraction:
    if not WRITTEN.fullmatch(text):
        raise NotAFigure(
            Text(
                zh=f"{criterion}：“{text:.40}”不是可用的数。",
                en=f'{criterion}: "{text:.40}" is no usable figure.',
            ),
            remedy=Text(
                zh="请填普通的十进制数，如 1250.5；百分比只填数，0.18% 填 0.18。",
                en="Give a plain decimal number such as 1250.5; of a rate only the number: "
                "0.18 for 0.18 %.",
            ),
            field=field,
        )
    return Fraction(text)


def _one_too_many(criterion: str, name: str, field: str) -> FiguresIncomplete:
    return FiguresIncomplete(
        Text(
            zh=f"{criterion} 不用填“{name:.40}”。",
            en=f'{criterion} takes no figure "{name:.40}".',
        ),
        remedy=Text(zh="请把它删去。", en="Remove it."),
        field=field,
    )


def _one_missing(criterion: str, name: str, words: Text, field: str) -> FiguresIncomplete:
    return FiguresIncomplete(
        Text(
            zh=f"{criterion} 缺少“{words.zh}”（{name}）。",
            en=f'{criterion} lacks "{words.en}" ({name}).',
        ),
        remedy=Text(
            zh="请补上这个数；还不知道时，把该条从 inputs 中整条删去。",
            en="Give it; while it is not known, leave the criterion out of inputs altogether.",
        ),
        field=field,
    )


def _against_not_positive(criterion: str, words: Text, field: str) -> AgainstNotPositive:
    return AgainstNotPositive(
        Text(
            zh=f"{criterion}：“{words.zh}”为零或负数，无法计算比例。",
            en=f'{criterion}: "{words.en}" is zero or less, so there is no ratio to it.',
        ),
        remedy=Text(
            zh="请核对这个数；确实没有计划或平均数时，把该条标为“不适用”。",
            en="Check it; where there really is no plan or average, mark the criterion "
            '"not applicable".',
        ),
        field=field,
    )
