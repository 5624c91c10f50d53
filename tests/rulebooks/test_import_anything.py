"""Whatever stands in a sheet with a header, reading it ends in an edition that can be written."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.checking import check_shelf
from domain.checklists.building import Given, build
from domain.checklists.edition_out import edition_yaml
from domain.checklists.grid import Cell, Grid
from domain.checklists.header import find_header
from domain.register.shelf import load_rulebooks

HEADER = ("序号", "检查项目", "分项", "检查标准", "扣分办法", "标准分")
WORDS = st.sampled_from(
    [
        *(
            "",
            "",
            "1",
            "2",
            "1、",
            "一、环境（5分）",
            "A　服务（3分，权重4）",
            "加分项",
            "小计",
            "合计",
        ),
        *(
            "有积水，每处扣1分",
            "扣0.5～1分",
            "本项不得分",
            "一票否决",
            "扣0分",
            "最多扣9分",
            "整洁",
        ),
        *(
            "每项加1分",
            "加3分",
            "5",
            "10分",
            "０",
            "见附件",
            "-1",
            "【公式】超限；数值＝温度；上限＝x",
        ),
        *(
            "缺1种扣0.5分，缺2种及以上扣1分",
            "注：说明",
            "序号",
            "检查标准",
            "标准分",
            "每日扣1分",
            "…",
        ),
    ]
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A header and up to eight rows of anything, with cells merged downwards at random."""
    cells = [Cell(1, n, text, 1, n) for n, text in enumerate(HEADER, 1)]
    rows = draw(st.integers(1, 8))
    for column in range(1, len(HEADER) + 1):
        row = 2
        while row < rows + 2:
            last = min(rows + 1, row + draw(st.integers(0, 2)))
            cells.append(Cell(row, column, draw(WORDS), last, column))
            row = last + 1
    return Grid("表", cells)


@given(grids())
def test_any_sheet_with_a_header_is_read_to_an_edition_that_can_be_written(grid: Grid) -> None:
    found = find_header(grid)
    assert found is not None
    imported = build(grid, *found, Given("表.xlsx", date(2026, 1, 1)))
    if imported is None or not imported.edition.total:
        return  # no line to read, or nothing but points on top: `rulebook check` says so
    written = edition_yaml(imported.edition).encode()
    assert [problem.sentence("en") for problem in check_shelf({"1.yaml": written}).problems] == []


def test_what_is_written_is_read_again_as_it_was() -> None:
    for rulebook in load_rulebooks().ids():
        (edition,) = load_rulebooks().editions(rulebook)
        (read,) = check_shelf({"1.yaml": edition_yaml(edition).encode()}).editions
        assert edition_yaml(read) == edition_yaml(edition)
