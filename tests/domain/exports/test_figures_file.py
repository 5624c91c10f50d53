"""Business figures out of a workbook: what is taken, and every doubt with its cell."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from domain.exports.figures_file import FiguresRead, NotAFiguresFile, read_figures
from domain.register.shelf import load_rulebooks
from domain.submission import FormulaInput

EDITION = load_rulebooks().edition("petrochina-shandong-2012/comprehensive", "2012-A0")
Lines = list[list[object]]


def read(lines: Lines, percent: str = "") -> FiguresRead:
    """Read a sheet with these lines, one cell of it in per-cent format if named."""
    book, written = Workbook(), BytesIO()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    if percent:
        sheet[percent].number_format = "0.00%"
    book.save(written)
    return read_figures(EDITION, written.getvalue())


def doubts(read: FiguresRead) -> list[tuple[str, str]]:
    """Cells and what is said of them."""
    return [(one.cell, one.said.en) for one in read.doubts]


def test_columns_are_found_by_heading_below_a_title_and_in_any_order() -> None:
    lines: Lines = [["经营数据"], [], ["计划", "编号", "备注", "实际"], [1000, 1, "吨", 950.5]]
    taken = read(lines)
    assert taken.inputs == {"1": FormulaInput("950.5", "1000")}
    assert taken.doubts == []


def test_a_cell_in_per_cent_format_is_read_as_it_is_shown_and_told() -> None:
    taken = read([["编号", "实际", "计划"], [4, 0.28, None]], percent="B2")
    assert taken.inputs == {"4": FormulaInput("28")}
    assert doubts(taken) == [("B2", '"28%" is read as 28 (%)')]


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ([1, 950, 0], "C2", "is zero or less"),
        ([1, 950, None], "B2", "lacks"),
        ([1, "约950", 1000], "B2", "no usable figure"),
        ([25, 1, 2], "A2", "no criterion with a formula"),
        ([2, None, None], "B2", "still missing"),
    ],
)
def test_what_cannot_be_computed_with_is_left_out_and_named(
    line: list[object], cell: str, said: str
) -> None:
    taken = read([["编号", "实际", "计划"], line])
    assert taken.inputs == {}
    assert [one for one, _ in doubts(taken)] == [cell]
    assert said in doubts(taken)[0][1]


def test_a_plan_that_is_not_asked_for_is_named_and_the_rest_is_taken() -> None:
    taken = read([["id", "actual", "plan"], [5, 0.12, 1], [5, 0.2, None]])
    assert taken.inputs == {"5": FormulaInput("0.12")}
    assert [cell for cell, _ in doubts(taken)] == ["C2", "A3"]


@pytest.mark.parametrize("content", [b"", b"PK no", b"1,950,1000"])
def test_a_file_that_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(NotAFiguresFile):
        read_figures(EDITION, content)


def test_a_sheet_without_headings_is_refused() -> None:
    with pytest.raises(NotAFiguresFile):
        read([[1, 950, 1000]])
