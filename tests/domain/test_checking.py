"""Contradictions in rulebooks and their worked cases: each found, each with its line."""

from __future__ import annotations

import pytest

from tests.small_rulebooks import CLAUSED, SHARED, checked, reasons

CASES = """\
rulebook: test/shared
cases:
  - case: {zh: 一条, en: One found}
    edition: "1"
    found: {b.1: 2}
    expect: {total: 7.5, groups: {b: 2.5}, lost: {b.1: 2.5}}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("id: a.2", "id: a.1", '29: "a.1" is already used by sections[0].groups[0].criteria[0].'),
        (
            "- id: b\n",
            "- id: a.3\n",
            '34: "a.3" is already used by sections[0].groups[0].criteria[2].',
        ),
        ("id: a.2", 'id: ""', "29: sections[0].groups[0].criteria[1].id is empty or has spaces."),
        ("zh: 油污", 'zh: " "', "28: sections[0].groups[0].criteria[0].text.zh is empty."),
        ("en: Clutter", 'en: ""', "30: sections[0].groups[0].criteria[1].text.en is empty."),
        ("cap: 5", "cap: 6", "19: This says 10, but its parts sum to 11."),
        ("total: 10\nscoring", "total: 12\nscoring", "11: This says 12, but its parts sum to 10."),
        ("complete: true", "complete: false", "10: complete and incomplete_because do not agree."),
        ("round: 0.01", "round: 0.05", "15: Figures cannot be rounded to this."),
        (
            "from: 2020-01-01",
            "from: 2020-01-01\n  to: 2019-12-31",
            "10: The last day is before the first.",
        ),
    ],
)
def test_a_contradiction_is_found_where_it_stands(right: str, wrong: str, problem: str) -> None:
    spoilt = SHARED.replace(right, wrong, 1)

    assert reasons(checked(spoilt)) == [problem]


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("per: flat", "per: moon", '31: Unknown counting unit "moon".'),
        ("points: 4", "points: 0", "31: 0 is no usable number of points."),
        ("points: 4", "points: -1", "31: -1 is no usable number of points."),
        ("points: 4", "points: NaN", "31: NaN is no usable number of points."),
        ("points: 4", "points: 1e400000", "31: 1E+400000 is no usable number of points."),
        ("points: 4", "points: 0.12345", "31: 0.12345 is no usable number of points."),
    ],
)
def test_a_clause_must_cost_something_countable(right: str, wrong: str, problem: str) -> None:
    assert reasons(checked(CLAUSED.replace(right, wrong, 1))) == [problem]


def test_a_criterion_needs_clauses_where_clauses_cost() -> None:
    spoilt = reasons(checked(SHARED.replace("equal_share", "by_clause")))

    assert len(spoilt) == 5
    assert spoilt[0] == "27: There is nothing in sections[0].groups[0].criteria[0].clauses."


def test_clauses_mean_nothing_where_criteria_share_equally() -> None:
    spoilt = reasons(checked(CLAUSED.replace("by_clause", "equal_share")))

    assert [one.partition(" ")[2] for one in spoilt] == [
        f"{one}: clauses mean nothing under equal_share." for one in (1, 2, 3)
    ]


def test_a_group_without_criteria_is_refused() -> None:
    spoilt = CLAUSED[: CLAUSED.index("          - id: 3")].rstrip().removesuffix("criteria:")

    assert reasons(checked(spoilt + "criteria: []\n")) == [
        "40: There is nothing in sections[0].groups[1].criteria."
    ]


def test_an_edition_without_sections_is_refused() -> None:
    spoilt = SHARED[: SHARED.index("sections:")] + "sections: []\n"

    assert reasons(checked(spoilt)) == ["16: There is nothing in sections."]


def test_all_contradictions_are_named_at_once() -> None:
    spoilt = SHARED.replace("id: a.2", "id: a.1").replace("cap: 5", "cap: 6").replace("油污", "")

    assert len(checked(spoilt).problems) == 3


def test_two_editions_in_force_on_one_day_are_refused() -> None:
    newer = SHARED.replace('edition: "1"', 'edition: "2"').replace("2020-01-01", "2021-01-01")

    assert reasons(checked(SHARED, newer=newer)) == [
        "8: Editions 2 and 1 are in force on the same days."
    ]


def test_an_edition_may_follow_another_the_day_after() -> None:
    older = SHARED.replace("from: 2020-01-01", "from: 2020-01-01\n  to: 2020-12-31")
    newer = SHARED.replace('edition: "1"', 'edition: "2"').replace("2020-01-01", "2021-01-01")

    assert not checked(older, newer=newer).problems


def test_the_same_edition_in_two_files_is_refused() -> None:
    assert reasons(checked(SHARED, newer=SHARED)) == ['2: "1" is already used by edition.yaml.']


def test_a_case_that_holds_is_counted() -> None:
    shelf = checked(SHARED, cases=CASES)

    assert (shelf.cases, shelf.problems) == (1, [])


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("total: 7.5", "total: 7", '6: Case "One found": expected 7, computed 7.50.'),
        ("{b: 2.5}", "{b: 5}", '6: Case "One found": expected 5, computed 2.50.'),
        ("lost: {b.1: 2.5}", "lost: {b.1: 5}", '6: Case "One found": expected 5, computed 2.50.'),
        ("{b: 2.5}", "{c: 5}", '6: Case "One found" names "c", which is not in the edition.'),
        ("{b.1: 2}", "{c.1: 2}", '3: Edition 1 of "test/shared" has no "c.1".'),
        ("{b.1: 2}", "{b.1: 0}", "3: b.1: a count of 0."),
        ('edition: "1"', 'edition: "9"', '4: "test/shared" has no edition "9".'),
        ("test/shared", "test/nobody", '4: There is no rulebook "test/nobody".'),
        ("en: One found", 'en: ""', "3: cases[0].case.en is empty."),
        ("total: 7.5, ", "refused: found, ", '6: Case "One found": expected found, computed 7.50.'),
        ("{b.1: 2}", "{b.1: many}", "5: cases[0].found.b.1 does not fit."),
    ],
)
def test_a_case_that_fails_says_what_it_expected(right: str, wrong: str, problem: str) -> None:
    spoilt = CASES.replace(right, wrong, 1)

    assert reasons(checked(SHARED, cases=spoilt)) == [problem]


def test_a_case_that_expects_nothing_is_refused() -> None:
    spoilt = CASES[: CASES.index("expect:")] + "expect: {}\n"

    assert reasons(checked(SHARED, cases=spoilt)) == ["6: The case expects nothing."]


def test_a_case_may_expect_a_refusal() -> None:
    refused = CASES[: CASES.index("found:")] + (
        "found: {b.1: 0}\n    expect: {refused: count-out-of-range}\n"
    )

    assert not checked(SHARED, cases=refused).problems


def test_a_broken_edition_is_not_reported_again_by_its_cases() -> None:
    assert reasons(checked(SHARED.replace("cap: 5", "cap: 6", 1), cases=CASES)) == [
        "19: This says 10, but its parts sum to 11."
    ]
