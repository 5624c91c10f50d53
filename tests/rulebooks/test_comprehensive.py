"""The comprehensive edition against what appendix 1 of QG/SDXS 358-2012 prints.

`comprehensive_list.txt` restates every section, group, cap, criterion, clause and unit; limits,
formulas, owners and readings are restated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.counting import COUNTED_BY
from domain.formulas import ShortfallRatio, ThresholdSteps
from domain.register.shelf import RULEBOOKS, load_rulebooks, read_shelf
from domain.rulebook import Criterion, Edition
from domain.text import Text

FOLDER = RULEBOOKS / "petrochina-shandong-2012" / "comprehensive"
LIST = Path(__file__).parent / "comprehensive_list.txt"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Printed(NamedTuple):
    """The printed list: totals, caps and titles, clauses as "points/unit", overlapping rows."""

    totals: dict[str, str]
    caps: dict[str, str]
    titles: dict[str, str]
    groups: dict[str, list[str]]
    clauses: dict[str, list[str]]
    overlaps: set[tuple[str, ...]]


def read_printed() -> Printed:
    printed = Printed({}, {}, {}, {}, {}, set())
    group = ""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        match line.split():
            case [] | ["#", *_]:
                continue
            case ["section", section, total]:
                printed.totals[section] = total
            case ["group", group, cap, title]:
                printed.caps[group], printed.titles[group] = cap, title
            case ["overlap", *rows]:
                printed.overlaps.add(tuple(rows))
            case [criterion, *clauses]:
                printed.groups.setdefault(group, []).append(criterion)
                printed.clauses[criterion] = clauses
    return printed


PRINTED = read_printed()


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_rulebooks().edition("petrochina-shandong-2012/comprehensive", "2012-A0")


def criteria(edition: Edition) -> Iterator[Criterion]:
    return (placed.criterion for placed in edition.placed.values())


def test_the_edition_is_right_and_its_worked_cases_hold() -> None:
    shelf = read_shelf([FOLDER])

    assert [problem.sentence("en") for problem in shelf.problems] == []
    assert len(shelf.editions) == 1
    assert shelf.cases >= 60


def test_the_list_has_its_known_size(edition: Edition) -> None:
    clauses = sum(len(one.clauses) for one in criteria(edition))
    formulas = sum(one.formula is not None for one in criteria(edition))

    assert list(edition.placed) == [*map(str, range(1, 135)), "134b", *map(str, range(135, 292))]
    assert len(edition.groups) == 80
    assert (clauses, formulas, clauses + formulas) == (304, 6, 310)


def test_sections_sum_to_a_thousand_points(edition: Edition) -> None:
    totals = [int(one.total) for one in edition.sections]

    assert totals == [120, 20, 130, 120, 70, 90, 100, 100, 100, 80, 40, 30]
    assert edition.total == sum(totals) == 1000
    assert {one.id: one.total for one in edition.sections} == {
        section: Decimal(total) for section, total in PRINTED.totals.items()
    }
    assert [one.total for one in edition.sections] == [
        sum(group.cap for group in one.groups) for one in edition.sections
    ]


def test_every_group_has_its_printed_cap_and_title_in_order(edition: Edition) -> None:
    read = [(one.id, one.cap, one.title.zh) for one in edition.groups.values()]

    assert read == [
        (group, Decimal(cap), PRINTED.titles[group]) for group, cap in PRINTED.caps.items()
    ]


def test_every_criterion_stands_in_its_group_and_in_order(edition: Edition) -> None:
    read = {group.id: [one.id for one in group.criteria] for group in edition.groups.values()}

    assert read == PRINTED.groups


def test_every_clause_costs_its_printed_points_by_its_printed_unit(edition: Edition) -> None:
    read = {one.id: priced(one) for one in criteria(edition)}
    printed = {one: [clause.rstrip("?") for clause in it] for one, it in PRINTED.clauses.items()}

    assert read == printed


def test_every_counting_unit_is_used(edition: Edition) -> None:
    """All units that the product knows are those of this list."""
    used = {clause.per for one in criteria(edition) for clause in one.clauses}

    assert used == set(COUNTED_BY)


def test_exactly_the_four_damaged_deductions_are_marked_as_read(edition: Edition) -> None:
    """24 and 148 lack their points, 95 its unit, 137 its verb (fact L16)."""
    marked = {one.id for one in criteria(edition) for clause in one.clauses if clause.reading}

    assert marked == {"24", "95", "137", "148"}
    assert marked == {one for one, it in PRINTED.clauses.items() if any("?" in c for c in it)}


@pytest.mark.parametrize(
    "criterion",
    ["3", "5", "65", "74", "85", "104", "134b", "184", "201", "216", "218", "233", "255", "287"],
)
def test_an_unclear_row_says_how_it_is_read_and_why(edition: Edition, criterion: str) -> None:
    reading = edition.criterion(criterion).reading

    assert reading is not None
    assert "读作" in reading.because.zh
    assert reading.because.en.endswith(".")


def test_ratios_are_those_of_the_printed_figures(edition: Edition) -> None:
    ratios = {
        one.id: (one.formula.of.zh, one.formula.against.zh, one.formula.fixed)
        for one in criteria(edition)
        if isinstance(one.formula, ShortfallRatio)
    }

    assert ratios == {
        "1": ("实际销量", "计划销量", None),
        "2": ("实际销售收入", "计划销售收入", None),
        "3": ("本站年度增长率", "公司平均增长率", None),
        "4": ("本站卡销比", "目标卡销比", Decimal(35)),
        "6": ("本站年人均纯枪量", "公司加油站年人均纯枪量", None),
    }


def test_retail_loss_goes_by_steps_beyond_either_limit(edition: Edition) -> None:
    loss = edition.criterion("5").formula

    assert isinstance(loss, ThresholdSteps)
    assert (loss.upper, loss.lower) == (Decimal("0.1"), Decimal("-0.2"))
    assert (loss.step, loss.points_per_step) == (Decimal("0.05"), Decimal(1))


def test_no_ratio_costs_more_or_less_than_the_standard_score(edition: Edition) -> None:
    """The cap of the group is what a ratio multiplies, so no formula names points of its own."""
    assert {one.id for one in criteria(edition) if one.formula and one.formula.points} == set()


def test_overlapping_rows_are_the_twenty_known_ones(edition: Edition) -> None:
    assert len(PRINTED.overlaps) == 20
    assert {one.criteria for one in edition.overlaps} == PRINTED.overlaps


@pytest.mark.parametrize(
    ("criterion", "limits"),
    [
        ("24", ["2", "2", "3"]),
        ("72", ["10"]),
        ("84", ["10"]),
        ("121", ["0.5", "1", "2"]),
        ("162", ["4.5"]),
        ("190", ["5"]),
        ("208", ["15", "30"]),
        ("216", ["2"]),
        ("247", ["3"]),
        ("255", ["5"]),
        ("257", ["5"]),
        ("258", ["2", "2"]),
        ("261", ["2"]),
        ("264", ["180"]),
        ("268", ["5"]),
    ],
)
def test_limits_that_matter_to_judging_are_with_the_criterion(
    edition: Edition, criterion: str, limits: list[str]
) -> None:
    facts = edition.criterion(criterion).facts

    assert sorted(number for one in facts for number in numbers(one.zh)) == sorted(limits)


def test_both_languages_name_the_same_figures(edition: Edition) -> None:
    differing = [
        (criterion.id, one.zh)
        for criterion in criteria(edition)
        for one in texts(criterion)
        if numbers(one.zh) != numbers(one.en)
    ]

    assert differing == []


def test_every_text_is_chinese_in_zh_and_none_in_en_is(edition: Edition) -> None:
    for criterion in criteria(edition):
        for one in texts(criterion):
            assert CHINESE.search(one.zh), criterion.id
            assert not CHINESE.search(one.en), criterion.id


def test_a_judge_is_told_how_many_items_a_row_has(edition: Edition) -> None:
    """Items are what semicolons part in the text of the criterion (reading rule R2)."""
    counted = 0
    for criterion in criteria(edition):
        for clause in criterion.clauses:
            if said := re.search(r"分号隔开，共 (\d+) 项", clause.text.zh):
                assert int(said[1]) == criterion.text.zh.count("；") + 1, criterion.id
                assert int(said[1]) == criterion.text.en.count(";") + 1, criterion.id
                counted += 1

    assert counted == 84


def test_sections_are_owned_by_the_departments_of_their_topic(edition: Edition) -> None:
    owners = {one.id: one.owner.zh for one in edition.sections}

    assert owners == {
        "A": "加油站管理处",
        "B": "人事处",
        "C": "加油站管理处",
        "D": "加油站管理处",
        "E": "质量安全环保处",
        "F": "加油站管理处",
        "G": "质量安全环保处",
        "H": "质量安全环保处",
        "I": "财务处",
        "J": "非油品管理中心",
        "K": "信息中心",
        "L": "党群工作处",
    }


def test_what_endangers_life_or_money_is_critical(edition: Edition) -> None:
    critical = {one for one, placed in edition.placed.items() if placed.severity == "critical"}

    assert critical >= {"74", "99", "103", "131", "137", "155", "157", "158", "162", "164", "167"}
    assert critical >= {"172", "178", "182", "183", "201", "209", "215", "221", "229", "235"}
    assert critical.isdisjoint(
        {"11", "21", "48", "57", "67", "79", "88", "124", "163", "250", "288"}
    )


def priced(criterion: Criterion) -> list[str]:
    """The criterion's clauses as the printed list writes them."""
    match criterion.formula:
        case ShortfallRatio():
            return ["=shortfall_ratio"]
        case ThresholdSteps():
            return ["=threshold_steps"]
    return [f"{clause.points}/{clause.per}" for clause in criterion.clauses]


def texts(criterion: Criterion) -> list[Text]:
    """What a judge reads of a criterion, its readings and notes left out."""
    return [criterion.text, *(clause.text for clause in criterion.clauses), *criterion.facts]


def numbers(text: str) -> list[str]:
    """The figures in a text, sorted."""
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))
