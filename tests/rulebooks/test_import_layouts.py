"""Check lists laid out in other ways: columns in any order, headings in two rows, numbers anew."""

from __future__ import annotations

from datetime import date

from domain.checking import check_shelf
from domain.checklists.building import Given, Imported
from domain.checklists.edition_out import edition_yaml
from domain.exports.check_list_in import read_check_list
from tests.rulebooks.said import outline
from tests.rulebooks.workbooks import workbook_of


def imported(*rows: str) -> Imported:
    """What is read from these rows; whatever they are, the edition passes the check."""
    read = read_check_list(workbook_of(*rows), Given("表.xlsx", date(2026, 1, 1)))
    assert check_shelf({"1.yaml": edition_yaml(read.edition).encode()}).problems == []
    return read


def said(*rows: str) -> list[str]:
    return list(outline(imported(*rows).edition))


def doubted(*rows: str) -> list[str]:
    """The doubts about cells; those about the whole list are the same for every one."""
    doubts = imported(*rows).doubts
    return [doubt.sentence("en") for doubt in doubts if doubt.cell != "-"]


def test_columns_may_stand_in_any_order() -> None:
    turned = (
        "分值 | 检查标准 | 分项 | 检查项目 | 编号",
        "5 | 有积水，每处扣1分 | 地面 | 环境 | a1",
    )
    assert said(*turned) == [
        "A 环境 5",
        "  A1 地面 5",
        "    a1 有积水",
        "      1 place: 有积水",
    ]


def test_one_heading_over_two_columns_is_section_and_group() -> None:
    rows = (
        "序号 | 检查项目 | < | 检查标准 | 标准分",
        "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
    )
    assert said(*rows)[:2] == ["A 环境 5", "  A1 地面 5"]


def test_headings_in_two_rows_are_read_by_the_lower_one() -> None:
    rows = (
        "序号 | 检查项目 | < | 评分 | <",
        "^ | 大项 | 子项 | 检查标准 | 分值",
        "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
    )
    assert said(*rows)[:3] == ["A 环境 5", "  A1 地面 5", "    1 有积水"]


def test_costs_may_have_a_column_of_their_own() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 扣分标准 | 分值",
        "1 | 环境 | 地面整洁、无积水 | 有积水每处扣1分；有油污每处扣2分 | 5",
    )
    assert said(*rows)[2:] == [
        "    1 地面整洁、无积水",
        "      1 place: 有积水",
        "      2 place: 有油污",
    ]


def test_one_standard_may_have_costs_in_several_rows() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 扣分标准 | 分值",
        "1 | 环境 | 地面整洁 | 有积水每处扣1分 | 5",
        "^ | ^ | ^ | 有油污每处扣2分 | ^",
    )
    assert said(*rows)[2:] == ["    1 地面整洁", "      1 place: 有积水", "      2 place: 有油污"]


def test_costs_merged_over_several_standards_are_taken_for_each() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 扣分标准 | 分值",
        "1 | 环境 | 地面整洁 | 每处扣1分 | 5",
        "2 | ^ | 墙面整洁 | ^ | ^",
    )
    assert said(*rows)[2:] == [
        "    1 地面整洁",
        "      1 place: 地面整洁",
        "    2 墙面整洁",
        "      1 place: 墙面整洁",
    ]
    assert doubted(*rows) == [
        'D2: "每处扣1分": one cell of deductions for several standards; taken for each of them.'
    ]


def test_sections_may_be_rows_of_their_own() -> None:
    rows = (
        "序号 | 检查内容 | 检查标准 | 分值",
        "一、环境（5分） | < | < | <",
        "1 | 地面 | 有积水，每处扣1分 | 5",
        "二、服务（3分） | < | < | <",
        "1 | 迎送 | 未问候，每人次扣1分 | 3",
    )
    assert said(*rows) == [
        "1 环境 5",
        "  1-1 地面 5",
        "    1.1 有积水",
        "      1 place: 有积水",
        "2 服务 3",
        "  2-1 迎送 3",
        "    2.1 未问候",
        "      1 person-time: 未问候",
    ]


def test_numbers_that_begin_anew_are_said() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 检查标准 | 分值",
        "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
        "1 | 服务 | 迎送 | 未问候，每人次扣1分 | 3",
    )
    assert doubted(*rows) == [
        'A3: "1": a number used twice; all numbers were put behind their section\'s id.'
    ]


def test_a_number_over_several_rows_is_the_group_s() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 检查标准 | 分值",
        "3 | 环境 | 地面 | 有积水，每处扣1分 | 5",
        "^ | ^ | ^ | 有油污，每处扣2分 | ^",
    )
    assert [line.split()[0] for line in said(*rows)[1:6:2]] == ["3", "1", "2"]
    assert [line.split()[0] for line in said(*rows) if line.startswith("    3")] == ["3.1", "3.2"]


def test_a_score_in_each_row_is_that_row_s_own_cap() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 检查标准 | 分值",
        "1 | 环境 | 地面 | 有积水，每处扣1分 | 2",
        "2 | ^ | ^ | 油污扩散的，本项不得分 | 3",
    )
    assert said(*rows)[1:] == [
        "  A1 地面 5",
        "    1 有积水 <= 2",
        "      1 place: 有积水",
        "    2 油污扩散 <= 3",
        "      empties criterion flat: 油污扩散",
    ]


def test_a_list_without_any_cost_shares_its_scores() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 检查标准 | 标准分",
        "1 | 环境 | 地面 | 无积水 | 5",
        "2 | ^ | ^ | 无油污 | ^",
    )
    read = imported(*rows)
    assert read.edition.scoring.deduct == "equal_share"
    assert "sharing their group's score was assumed" in read.doubts[0].sentence("en")


def test_blank_cells_below_one_another_are_one_doubt() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 检查标准 | 标准分",
        "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
        "2 |  |  | 有油污，每处扣1分 | ",
        "3 |  |  | 有落叶，每处扣1分 | ",
    )
    assert doubted(*rows) == [
        "B3:B4: blank and not merged; taken for the one above: 环境.",
        "C3:C4: blank and not merged; taken for the one above: 地面.",
        "E3:E4: blank and not merged; taken to share the score at E2.",
    ]


def test_scores_that_cover_part_of_a_group_split_it() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 检查标准 | 标准分",
        "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
        "2 | ^ | ^ | 有油污，每处扣1分 | ^",
        "3 | ^ | ^ | 有落叶，每处扣1分 | 2",
    )
    assert [line for line in said(*rows) if line.startswith("  A")] == [
        "  A1 地面 5",
        "  A2 地面 2",
    ]
    assert doubted(*rows)[0].startswith('C2: "地面": one group has several scores')


def test_a_sum_that_is_a_computed_formula_is_compared_like_any_other() -> None:
    rows = (
        "序号 | 检查项目 | 检查内容 | 检查标准 | 标准分",
        "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
        "总计 | < | < | < | #6",
    )
    (doubt,) = doubted(*rows)
    assert doubt.startswith('E3: "6": 6 is printed, the standard scores sum to 5')
