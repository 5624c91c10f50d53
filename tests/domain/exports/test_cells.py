"""What may stand in a cell."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.exports.cells import CUT, LONGEST, clean, lines, station_time, width
from domain.text import Lang


@given(st.text(max_size=60))
def test_whatever_is_typed_can_be_written_and_read_again(text: str) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    cell = book.active.cell(1, 1)

    cell.value = clean(text)
    cell.data_type = "s"

    written = BytesIO()
    book.save(written)
    again = openpyxl.load_workbook(written).active
    assert again is not None
    # XML knows one line break only, and openpyxl reads an empty text as no value.
    assert (again.cell(1, 1).value or "") == clean(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("letter", ["a", "油", "😀"])
def test_a_text_too_long_for_excel_ends_with_a_mark(letter: str, lang: Lang) -> None:
    kept = clean(letter * 40_000, lang)

    assert kept.endswith(CUT[lang])
    assert LONGEST - 1 <= len(kept.encode("utf-16-le")) // 2 <= LONGEST


def test_the_longest_text_that_fits_is_left_alone() -> None:
    assert clean("油" * LONGEST) == "油" * LONGEST


def test_moments_are_shown_as_the_stations_clock_had_them() -> None:
    assert str(station_time("2026-11-19T17:30:00.250000Z")) == "2026-11-20 01:30:00"


def test_chinese_takes_two_columns() -> None:
    assert (width("油a"), width("a\n加油站"), lines("加油站" * 4, 14.5)) == (3, 6, 2)
