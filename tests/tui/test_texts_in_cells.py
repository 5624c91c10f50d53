"""Cells: as wide as their column, and harmless whatever a person has written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from domain.text import same
from tui.stamps import recording_time
from tui.widgets.cells import fit, matches, safe
from tui.widgets.columns import Column, header_cells, laid_out, line_cells


@given(st.text(), st.integers(0, 40), st.booleans())
def test_any_text_fills_its_cells_exactly(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


def test_a_cut_text_says_so() -> None:
    assert fit("加油机未包装", 7) == "加油机…"


def test_characters_that_steer_a_terminal_are_shown_instead() -> None:
    assert safe("a\x1b[2Jb\r\nc\td\u202ee") == "a␛[2Jb⏎c d\ufffde"


def test_a_name_is_found_by_any_part_of_it_in_either_language() -> None:
    assert matches("LAKE 湖", "湖滨加油站", "Lakeside")
    assert not matches("北关", "湖滨加油站", "Lakeside")


@given(st.integers(30, 200))
def test_columns_fill_the_table_and_leave_no_gap(width: int) -> None:
    columns = [
        Column[str](same("时间"), 6, lambda line, _: line),
        Column[str](same("问题"), 8, lambda line, _: line, grow=3),
        Column[str](same("谁"), 5, lambda line, _: line, grow=1, from_width=60),
    ]
    layout = laid_out(columns, width)
    drawn = "".join(text for text, _ in line_cells(layout, "照明灯不亮", "zh", chosen=False))

    assert cell_len(drawn) == width
    assert cell_len(header_cells(layout, "zh")) == width - 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1234", "00:12:34"),
        ("45", "00:00:45"),
        ("10203", "01:02:03"),
        ("12:34", "00:12:34"),
        ("1：2：3", "01:02:03"),
        ("1 02 03", "01:02:03"),
        ("1.2.3", "01:02:03"),
    ],
)
def test_a_place_on_a_recording_is_understood_however_it_is_typed(typed: str, meant: str) -> None:
    assert recording_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "abc", "1:2:3:4", "6100", "99:99", "1234567", "²", "-"])
def test_what_is_no_time_is_no_time(typed: str) -> None:
    assert recording_time(typed) is None
