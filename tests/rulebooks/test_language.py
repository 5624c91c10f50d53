"""The rulebook language on lists of other shapes than the standard's: data only, no code.

Each folder of `examples` is a chain's list with its worked cases; contradictions are made by
spoiling one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import Refusal
from domain.register.shelf import read_shelf
from domain.scoring import ScoreCard, score, score_lines, tally
from domain.sheet import Line, Sheet
from tests.small_rulebooks import checked, reasons

EXAMPLES = Path(__file__).parent / "examples"
SHELF = read_shelf([EXAMPLES])
EDITIONS = SHELF.editions


def written(name: str) -> str:
    return (EXAMPLES / name / "2026.yaml").read_text("utf-8")


def test_every_example_holds_what_its_cases_say() -> None:
    assert [problem.sentence("en") for problem in SHELF.problems] == []
    assert {one.id for one in EDITIONS} == {"example/shopper", "example/depot", "example/franchise"}
    assert SHELF.cases >= 30


@pytest.mark.parametrize(
    ("name", "right", "wrong", "problem"),
    [
        ("shopper", "weight: 40", "weight: 30", "11: This says 100, but its parts sum to 90."),
        ("shopper", "    weight: 40\n", "", "44: Other sections have a weight, this has none."),
        ("shopper", "below: 70", "below: 170", "14: This gate lets everybody pass, or nobody."),
        ("shopper", "section: S, b", "section: Q, b", '15: There is no section "Q".'),
        ("shopper", "id: silver", "id: gold", '18: "gold" is already used by grades[0].'),
        ("shopper", "at_least: 80", "at_least: 90", '18: "90" is already used by grades[0].'),
        ("shopper", "at_least: 90", "at_least: 101", "17: No total reaches this grade."),
        (
            "shopper",
            ", when_failed: true",
            "",
            "20: A grade has at_least or when_failed, and one of the two.",
        ),
        ("depot", "zh: 每种, en: per kind", "zh: 每种, en: ''", "15: units.kind.en is empty."),
        (
            "depot",
            "  kind: {zh",
            "  flat: {zh",
            '15: "flat" is already used by domain/counting.py.',
        ),
        ("depot", "points: 2, per: valve", "per: valve", "33: 0 is no usable number of points."),
        ("depot", "from: 2,", "from: 1,", "38: The steps do not rise."),
        ("depot", "points: 1}]", "points: 0.4}]", "38: The steps do not rise."),
        ("depot", "free: 2", "free: -2", "42: This is no usable number of free occurrences."),
        (
            "depot",
            "            cap: 6 ",
            "            # ",
            "34: The criterion has no cap of its own to empty.",
        ),
        ("depot", "cap: 6 ", "cap: 16 ", "31: The criterion's cap is above its group's."),
        (
            "depot",
            "empties: criterion, per: flat",
            "empties: group, per: flat",
            "34: The criterion's own cap stops it from emptying the group.",
        ),
        (
            "depot",
            "empties: group, per: flat",
            "empties: group, points: 1, per: flat",
            "43: A clause that empties takes no points.",
        ),
        (
            "depot",
            "per: place, free: 2",
            "per: flat, free: 2",
            "42: steps and free mean nothing where a clause is charged once.",
        ),
        (
            "depot",
            "    cap: 20 ",
            "    cap: 31 ",
            "21: A section cap of 31 does not fit the total and the groups' sum of 30.",
        ),
    ],
)
def test_a_contradiction_is_found_where_it_stands(
    name: str, right: str, wrong: str, problem: str
) -> None:
    assert problem in reasons(checked(written(name).replace(right, wrong, 1)))


Drawn = tuple[int, list[Line], list[str]]


@st.composite
def sheets(draw: st.DrawFn) -> Drawn:
    """Any lines of any example, and what does not apply, whether or not it can be scored."""
    n = draw(st.integers(0, len(EDITIONS) - 1))
    lines = draw(st.lists(lines_of(n), max_size=12))
    spared = draw(st.lists(st.sampled_from([*EDITIONS[n].placed, *EDITIONS[n].groups]), max_size=3))
    return n, lines, spared


def lines_of(n: int) -> st.SearchStrategy[Line]:
    """Any one line that does not add points."""
    costing = [one for one, at in EDITIONS[n].placed.items() if not at.group.bonus]
    clauses = {one: len(EDITIONS[n].criterion(one).clauses) for one in costing}
    return st.one_of(
        *(
            st.builds(
                Line, st.just(one), st.integers(0, max(0, clauses[one] - 1)), st.integers(1, 9)
            )
            for one in costing
            if clauses[one] or not EDITIONS[n].criterion(one).formula
        )
    )


def scored(n: int, lines: Sequence[Line], spared: Sequence[str]) -> ScoreCard | None:
    """The card, or None where it is refused."""
    try:
        return score_lines(EDITIONS[n], lines, not_applicable=spared)
    except Refusal:
        return None


@given(sheets())
def test_a_score_lies_between_nothing_and_the_most(sheet: Drawn) -> None:
    card = scored(*sheet)
    if card is None:
        return
    assert 0 <= card.total <= card.max
    assert 0 <= card.applied.score <= card.applied.max <= card.max
    assert all(0 <= one.score <= one.max for one in card.sections.values())
    assert all(0 <= one.score <= one.max for one in card.groups.values())


@given(sheets(), st.data())
def test_one_more_occurrence_never_raises_a_score(sheet: Drawn, data: st.DataObject) -> None:
    n, lines, spared = sheet
    before = scored(n, lines, spared)
    after = scored(n, [*lines, data.draw(lines_of(n))], spared)
    if before is None or after is None:
        return
    assert after.total <= before.total


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_lines_never_matters(sheet: Drawn, chance: object) -> None:
    n, lines, spared = sheet
    shuffled = list(lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert scored(n, shuffled, spared[::-1]) == scored(n, lines, spared)


@given(sheets())
def test_the_quick_tally_is_the_card_in_short(sheet: Drawn) -> None:
    n, lines, spared = sheet
    card = scored(n, lines, spared)
    if card is None:
        return
    told = tally(EDITIONS[n], lines, not_applicable=spared)

    assert (told.total, told.max, told.applied) == (card.total, card.max, card.applied)


def test_the_verdict_is_told_beside_the_score() -> None:
    shopper = next(one for one in EDITIONS if one.id == "example/shopper")

    told = score(shopper, Sheet("example/shopper", "2026", self_score={"wash": "5"})).to_json()

    assert told["verdict"] == {
        "passed": True,
        "vetoes": [],
        "gates": [],
        "grade": {"id": "gold", "title": {"zh": "金牌", "en": "Gold"}},
    }
    assert told["self_score"] == {
        "total": None,
        "difference": None,
        "groups": {"wash": "5.0"},
        "missing": ["greeting", "till"],
    }


def test_a_failed_gate_is_told() -> None:
    shopper = next(one for one in EDITIONS if one.id == "example/shopper")

    card = score_lines(shopper, [Line("eye-contact", 0, 2), Line("receipt", 0, 4)])

    assert card.verdict is not None
    assert card.verdict.to_json()["gates"] == [
        {"section": None, "below": "70", "in": "points"},
        {"section": "S", "below": "50", "in": "percent"},
    ]
    assert card.total == Decimal(40)
