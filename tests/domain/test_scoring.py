"""Scoring on small rulebooks: every rule of the arithmetic, one sentence each."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from domain.refusals import Refusal
from domain.rulebook import Edition, UnknownCriterion
from domain.scoring import ScoreCard, charges, score, score_lines
from domain.sheet import (
    ClauseOutOfRange,
    CountOutOfRange,
    FoundAndNotApplicable,
    InputNotTaken,
    Line,
    NotApplicableForbidden,
    NothingApplies,
    Sheet,
    WrongEdition,
)
from tests.small_rulebooks import CLAUSED, SHARED, edition_of


@pytest.fixture
def shared() -> Edition:
    return edition_of(SHARED)


@pytest.fixture
def claused() -> Edition:
    return edition_of(CLAUSED)


def with_policy(written: str, policy: str) -> Edition:
    return edition_of(written.replace("not_applicable: rescale", f"not_applicable: {policy}"))


def found(edition: Edition, *lines: Line, not_applicable: tuple[str, ...] = ()) -> ScoreCard:
    return score_lines(edition, lines, not_applicable=not_applicable)


def test_an_empty_sheet_keeps_every_point(shared: Edition) -> None:
    card = found(shared)

    assert (card.total, card.max) == (Decimal("10.00"), Decimal("10.00"))


def test_a_third_is_shown_rounded_but_three_thirds_are_whole(shared: Edition) -> None:
    card = found(shared, Line("a.1"), Line("a.2"), Line("a.3"))

    assert card.criteria["a.1"] == Decimal("1.67")
    assert card.groups["a"].lost == Decimal("5.00")


def test_figures_round_half_up(claused: Edition) -> None:
    tenths = edition_of(
        CLAUSED.replace("round: 0.01", "round: 0.1").replace("points: 1,", "points: 0.25,")
    )

    card = found(tenths, Line("2"))

    assert card.criteria["2"] == Decimal("0.3")
    assert card.total == Decimal("9.8")


def test_an_equal_share_is_charged_once_whatever_the_count(shared: Edition) -> None:
    assert found(shared, Line("b.1", count=7)).total == Decimal("7.50")


def test_points_of_a_clause_are_multiplied_by_the_count(claused: Edition) -> None:
    assert found(claused, Line("1", 0, 3)).criteria["1"] == Decimal("1.50")


def test_a_flat_clause_is_charged_once_whatever_the_count(claused: Edition) -> None:
    card = found(claused, Line("1", 1, 3), Line("1", 1, 2))

    assert card.criteria["1"] == Decimal("4.00")


def test_lines_of_one_clause_add_up(claused: Edition) -> None:
    assert found(claused, Line("3"), Line("3")).groups["A2"].lost == Decimal("4.00")


def test_a_group_loses_its_cap_at_most_and_its_criterion_shows_all(claused: Edition) -> None:
    card = found(claused, Line("3", 0, 9))

    assert card.groups["A2"].score == Decimal("0.00")
    assert card.groups["A2"].lost == Decimal("4.00")
    assert card.criteria["3"] == Decimal("18.00")


def test_a_section_is_the_sum_of_its_groups(claused: Edition) -> None:
    card = found(claused, Line("2"), Line("3"))

    assert card.sections["A"].score == Decimal("7.00")


def test_rescale_takes_the_share_of_a_criterion_out_of_what_applies(shared: Edition) -> None:
    card = found(shared, Line("a.1"), not_applicable=("b.1",))

    assert card.applied.max == Decimal("7.50")
    assert card.total == Decimal("7.78")  # (10 - 5/3 - 2.5) / 7.5 x 10


def test_rescale_takes_out_the_cap_of_a_group(shared: Edition) -> None:
    card = found(shared, Line("a.1"), not_applicable=("b",))

    assert card.applied.max == Decimal("5.00")
    assert card.total == Decimal("6.67")


def test_by_clause_a_criterion_has_no_share_to_take_out(claused: Edition) -> None:
    assert found(claused, not_applicable=("1",)).applied.max == Decimal("10.00")


def test_by_clause_a_group_leaves_when_none_of_its_criteria_applies(claused: Edition) -> None:
    assert found(claused, not_applicable=("1", "2")).applied.max == Decimal("4.00")


def test_full_counts_what_does_not_apply_as_met(shared: Edition) -> None:
    card = found(with_policy(SHARED, "full"), Line("a.1"), not_applicable=("b",))

    assert (card.total, card.applied.max) == (Decimal("8.33"), Decimal("10.00"))


def test_zero_counts_what_does_not_apply_as_lost() -> None:
    card = found(with_policy(SHARED, "zero"), not_applicable=("b.1",))

    assert card.total == Decimal("7.50")
    assert card.criteria["b.1"] == Decimal("2.50")


def test_zero_takes_the_whole_cap_of_a_group_that_does_not_apply() -> None:
    assert found(with_policy(CLAUSED, "zero"), not_applicable=("A2",)).total == Decimal("6.00")


def test_a_forbidden_not_applicable_is_refused() -> None:
    with pytest.raises(NotApplicableForbidden):
        found(with_policy(SHARED, "forbidden"), not_applicable=("b",))


def test_a_station_where_nothing_applies_has_no_score(shared: Edition) -> None:
    with pytest.raises(NothingApplies):
        found(shared, not_applicable=("a", "b"))


@pytest.mark.parametrize("spared", ["b", "b.1"])
def test_what_does_not_apply_cannot_be_found(shared: Edition, spared: str) -> None:
    with pytest.raises(FoundAndNotApplicable):
        found(shared, Line("b.1"), not_applicable=(spared,))


def test_an_unknown_criterion_is_refused_with_its_place(shared: Edition) -> None:
    with pytest.raises(UnknownCriterion) as refused:
        found(shared, Line("a.1"), Line("c.1"))

    assert refused.value.field == "$.found[1]"


def test_an_unknown_not_applicable_is_refused(shared: Edition) -> None:
    with pytest.raises(UnknownCriterion):
        found(shared, not_applicable=("A",))


@pytest.mark.parametrize("clause", [-1, 1, 10**9])
def test_a_clause_that_the_criterion_lacks_is_refused(shared: Edition, clause: int) -> None:
    with pytest.raises(ClauseOutOfRange):
        found(shared, Line("a.1", clause))


@pytest.mark.parametrize("count", [0, -1, 1000, 10**30])
def test_an_absurd_count_is_refused(shared: Edition, count: int) -> None:
    with pytest.raises(CountOutOfRange):
        found(shared, Line("a.1", 0, count))


def test_figures_that_no_formula_takes_are_refused(shared: Edition) -> None:
    with pytest.raises(InputNotTaken):
        score(shared, Sheet("test/shared", "1", inputs={"a.1": {"of": "1"}}))


@pytest.mark.parametrize(("rulebook", "edition"), [("test/shared", "2"), ("test/other", "1")])
def test_a_sheet_for_another_edition_is_refused(
    shared: Edition, rulebook: str, edition: str
) -> None:
    with pytest.raises(WrongEdition):
        score(shared, Sheet(rulebook, edition))


def test_an_unknown_criterion_is_refused_even_without_lines(shared: Edition) -> None:
    with pytest.raises(UnknownCriterion):
        score(shared, Sheet("test/shared", "1", found={"c.1": ()}))


def test_each_line_is_charged_what_it_costs(claused: Edition) -> None:
    lines = [Line("1", 0, 3), Line("1", 1), Line("1", 1), Line("3"), Line("3", 0, 2)]

    assert charges(claused, lines) == [
        Decimal(one) for one in ("1.50", "4.00", "0.00", "2.00", "4.00")
    ]


def test_under_equal_share_the_first_line_of_a_criterion_is_charged(shared: Edition) -> None:
    lines = [Line("a.1", count=2), Line("b.1"), Line("a.1")]

    assert charges(shared, lines) == [Decimal("1.67"), Decimal("2.50"), Decimal("0.00")]


def test_charges_refuse_what_a_score_refuses(shared: Edition) -> None:
    with pytest.raises(Refusal):
        charges(shared, [Line("c.1")])


def test_the_card_as_json_holds_points_as_decimal_text(shared: Edition) -> None:
    card = score(shared, Sheet("test/shared", "1", not_applicable=("a.1",)))

    assert card.to_json() == {
        "rulebook": "test/shared",
        "edition": "1",
        "total": "10.00",
        "max": "10.00",
        "applied": {"score": "8.33", "max": "8.33"},
        "sections": {"A": {"score": "8.33", "max": "8.33"}},
        "groups": {
            "a": {"score": "3.33", "max": "3.33", "lost": "0.00"},
            "b": {"score": "5.00", "max": "5.00", "lost": "0.00"},
        },
        "criteria": {one: {"lost": "0.00"} for one in ("a.1", "a.2", "a.3", "b.1", "b.2")},
        "verdict": None,
    }


def test_a_form_is_scored_by_any_line_that_names_criterion_clause_and_count(
    shared: Edition,
) -> None:
    class FormLine(msgspec.Struct):
        criterion: str
        clause: int
        count: int
        note: str

    assert score_lines(shared, [FormLine("b.1", 0, 1, "dry")]).total == Decimal("7.50")
