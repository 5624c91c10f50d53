"""Formula criteria: what a figure costs, and which figures are refused."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formulas import AgainstNotPositive, FiguresIncomplete, NotAFigure
from domain.refusals import Refusal
from domain.rulebook import Edition
from domain.scoring import ScoreCard, score, score_lines, tally
from domain.sheet import FoundAndNotApplicable, FoundClause, Line, Sheet, TakesFigures
from domain.submission import FormulaInput
from tests.small_rulebooks import CLAUSED, checked, edition_of, reasons

BUSINESS = """\
      - id: A3
        title: {zh: 经营, en: Business}
        cap: 30
        severity: minor
        criteria:
          - id: 4
            text: {zh: 销量, en: Volume}
            formula:
              kind: shortfall_ratio
              of: {zh: 实际, en: Actual}
              against: {zh: 计划, en: Planned}
              unit: {zh: 吨, en: t}
          - id: 5
            text: {zh: 卡销比, en: Card share}
            formula:
              kind: shortfall_ratio
              of: {zh: 卡销比, en: Card share}
              against: {zh: 要求, en: Required}
              fixed: 35
              points: 10
          - id: 6
            text: {zh: 损耗, en: Loss}
            clauses:
              - {text: {zh: 未登记, en: Not recorded}, points: 1, per: occurrence}
            formula:
              kind: threshold_steps
              of: {zh: 损耗率, en: Loss rate}
              upper: 0.1
              lower: -0.2
              step: 0.05
              points_per_step: 1
overlaps:
  - criteria: [2, 6]
    about: {zh: 同一张票, en: The same invoice}
"""
MEASURED = CLAUSED.replace("total: 10\n", "total: 40\n") + BUSINESS

EDITION = edition_of(MEASURED)


@pytest.fixture
def measured() -> Edition:
    return EDITION


def scored(edition: Edition, *lines: Line, **figures: dict[str, str]) -> ScoreCard:
    """The card of figures by `_id`, and of what was found."""
    return score_lines(edition, lines, inputs={one[1:]: given for one, given in figures.items()})


@pytest.mark.parametrize(
    ("of", "against", "lost"),
    [
        ("900", "1000", "3.00"),
        ("1000", "1000", "0.00"),
        ("1200", "1000", "0.00"),
        ("0", "1000", "30.00"),
        ("-5", "1000", "30.00"),
        ("2", "3", "10.00"),
        ("999.9999999999", "1000", "0.00"),
    ],
)
def test_a_shortfall_costs_its_share_of_the_cap(
    measured: Edition, of: str, against: str, lost: str
) -> None:
    card = scored(measured, _4={"of": of, "against": against})

    assert card.criteria["4"] == Decimal(lost)


def test_a_fixed_figure_is_not_asked_for(measured: Edition) -> None:
    assert scored(measured, _5={"of": "28"}).criteria["5"] == Decimal("2.00")


@pytest.mark.parametrize(
    ("rate", "lost"),
    [
        ("0.1", 0),
        ("0.1499999", 0),
        ("0.15", 1),
        ("0.18", 1),
        ("0.2", 2),
        ("-0.2", 0),
        ("-0.24", 0),
        ("-0.25", 1),
        ("-0.300", 2),
        ("99", 30),
    ],
)
def test_each_completed_step_beyond_a_limit_costs(measured: Edition, rate: str, lost: int) -> None:
    assert scored(measured, _6={"of": rate}).criteria["6"] == lost


def test_the_cap_holds_over_formulas_and_clauses_together(measured: Edition) -> None:
    card = scored(measured, Line("6", 0, 20), _4={"of": "1", "against": "2"})

    assert card.criteria["4"] == 15
    assert card.criteria["6"] == 20
    assert card.groups["A3"].lost == 30
    assert card.total == 10


def test_thirds_of_a_cap_are_exact(measured: Edition) -> None:
    card = scored(measured, Line("6", 0, 9), _4={"of": "1", "against": "3"}, _5={"of": "31.5"})

    assert card.groups["A3"].lost == 30  # 20 + 1 + 9, not 29.99…


def test_figures_that_are_missing_cost_nothing_and_are_named(measured: Edition) -> None:
    card = scored(measured, _5={"of": "35"})

    assert card.total == 40
    assert card.to_json()["missing_inputs"] == {"4": ["of", "against"], "6": ["of"]}


def test_figures_of_what_does_not_apply_are_not_missing(measured: Edition) -> None:
    assert list(score_lines(measured, [], not_applicable=["4", "6"]).missing) == ["5"]


@pytest.mark.parametrize(
    ("named", "figures", "no", "field"),
    [
        ("4", {"of": "1", "against": "0"}, AgainstNotPositive, '$.inputs["4"].against'),
        ("4", {"of": "1", "against": "-3"}, AgainstNotPositive, '$.inputs["4"].against'),
        ("4", {"of": "1"}, FiguresIncomplete, '$.inputs["4"]'),
        ("4", {}, FiguresIncomplete, '$.inputs["4"]'),
        ("5", {"of": "1", "against": "35"}, FiguresIncomplete, '$.inputs["5"].against'),
        ("6", {"of": "0.18%"}, NotAFigure, '$.inputs["6"].of'),
        ("6", {"of": "NaN"}, NotAFigure, '$.inputs["6"].of'),
        ("6", {"of": "1e9"}, NotAFigure, '$.inputs["6"].of'),
        ("6", {"of": "１"}, NotAFigure, '$.inputs["6"].of'),
        ("6", {"of": "9" * 400}, NotAFigure, '$.inputs["6"].of'),
    ],
)
def test_figures_that_make_no_sense_are_refused_with_their_place(
    measured: Edition, named: str, figures: dict[str, str], no: type[Refusal], field: str
) -> None:
    with pytest.raises(no) as refused:
        score_lines(measured, [], inputs={named: figures})

    assert refused.value.field == field
    assert refused.value.remedy.zh


def test_figures_of_what_does_not_apply_are_refused(measured: Edition) -> None:
    with pytest.raises(FoundAndNotApplicable):
        score_lines(measured, [], not_applicable=["5"], inputs={"5": {"of": "1"}})


def test_what_is_measured_cannot_be_found(measured: Edition) -> None:
    with pytest.raises(TakesFigures):
        score_lines(measured, [Line("4")])


def test_a_sheet_and_a_form_give_figures_alike(measured: Edition) -> None:
    sheet = Sheet("test/claused", "1", inputs={"5": {"of": "28"}})
    form = {"5": FormulaInput("28")}

    assert score(measured, sheet).total == tally(measured, [], inputs=form).total == 38


def test_one_fact_charged_under_two_criteria_is_told_and_charged(measured: Edition) -> None:
    sheet = Sheet("test/claused", "1", {"2": (FoundClause(),), "6": (FoundClause(),)})

    card = score(measured, sheet)

    assert card.total == 38
    assert card.to_json()["overlaps"] == [
        {"criteria": ["2", "6"], "about": {"zh": "同一张票", "en": "The same invoice"}}
    ]


def test_one_criterion_of_an_overlap_alone_is_nothing_to_tell(measured: Edition) -> None:
    assert "overlaps" not in scored(measured, Line("2")).to_json()


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("fixed: 35", "fixed: 0", "The formula would divide by nothing or less."),
        ("step: 0.05", "step: -1", "The formula would divide by nothing or less."),
        ("points: 10", "points: 31", "The formula costs more than its group can."),
        ("points_per_step: 1", "points_per_step: 0", "0 is no usable number of points."),
        ("upper: 0.1", "upper: -0.3", "These limits hold nothing between them."),
        (
            "              upper: 0.1\n              lower: -0.2\n",
            "",
            "The formula has no limit.",
        ),
        (
            "kind: threshold_steps",
            "kind: magic",
            "sections[0].groups[2].criteria[2].formula.kind does not fit.",
        ),
        (
            "step: 0.05",
            "stop: 0.05",
            'Unknown key "stop" at sections[0].groups[2].criteria[2].formula.stop.',
        ),
        ("[2, 6]", "[2, 7]", 'Edition 1 of "test/claused" has no "7".'),
        ("[2, 6]", "[2]", "An overlap names two criteria or more, each once."),
    ],
)
def test_a_formula_that_cannot_be_meant_is_found(right: str, wrong: str, problem: str) -> None:
    said = [one.partition(": ")[2] for one in reasons(checked(MEASURED.replace(right, wrong)))]

    assert problem in said


@given(st.decimals(-50, 2000, places=3), st.decimals("0.001", 2000, places=3))
def test_a_formula_costs_from_nothing_to_its_most(of: Decimal, against: Decimal) -> None:
    card = scored(EDITION, _4={"of": f"{of:f}", "against": f"{against:f}"})

    assert 0 <= card.criteria["4"] <= 30
    assert 0 <= card.total <= card.max


def test_the_order_of_figures_never_matters(measured: Edition) -> None:
    figures = {"4": {"of": "1", "against": "7"}, "5": {"of": "31"}, "6": {"of": "0.3"}}

    totals = {
        score_lines(measured, [], inputs=dict(one)).total for one in permutations(figures.items())
    }

    assert len(totals) == 1
