"""The findings list as a workbook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from itertools import count
from types import FrameType
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

import domain.exports.findings as exported
from domain.exports.cells import station_time
from domain.exports.findings import COLUMNS, Heading, findings_workbook
from domain.exports.looks import Seal
from domain.text import Text
from domain.views import FindingLine

HEAD = Seal(99, "cd" * 32)


def a_line(n: int, **changes: Any) -> FindingLine:
    values: dict[str, Any] = {
        "number": n * 1000 + 1,
        "inspection": n,
        "station": "s1",
        "station_name": Text(zh="湖滨加油站", en="Lakeside"),
        "criterion": "A.a.1",
        "text": Text(zh="迎候姿势标准", en="Greets well"),
        "severity": "major",
        "count": 2,
        "points": Decimal("1.33"),
        "note": "",
        "at": None,
        "received_at": "2026-11-20T04:00:00.000000Z",
        "person": "王强",
        "kind": "onsite_audit",
        "pictures": 2,
        "pictures_here": 1,
    }
    return FindingLine(**values | changes)


def opened(lines: list[FindingLine]) -> Workbook:
    out = BytesIO()
    heading = Heading(
        Text(zh="湖滨加油站", en="Lakeside"), len(lines), "2026-11-20T05:00:00.000000Z", HEAD
    )
    assert findings_workbook(iter(lines), heading, "zh", out) == len(lines)
    return openpyxl.load_workbook(out)


def table(sheet: Any) -> Iterator[dict[str, Any]]:
    listed = list(sheet.iter_rows(min_row=4, values_only=True))
    for row in listed[1:]:
        yield dict(zip(listed[0], row, strict=True))


def test_a_line_is_written_with_real_numbers_and_a_real_date() -> None:
    (row,) = table(opened([a_line(7)])["问题清单"])

    assert row["问题编号"] == 7001
    assert row["扣分"] == 1.33
    assert row["收到时间"].isoformat() == "2026-11-20T12:00:00"
    assert (row["严重程度"], row["照片"], row["录像时间"]) == ("较重", "1/2", None)


def test_what_people_typed_is_no_formula_in_any_column() -> None:
    spoilt = a_line(1, note="=1+1", person="=2+2", station_name=Text(zh="=3", en="=3"))
    sheet: Any = opened([spoilt])["问题清单"]

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    (row,) = table(sheet)
    assert (row["问题说明"], row["检查人"], row["加油站"]) == ("=1+1", "=2+2", "=3")


def test_a_value_of_one_row_does_not_stay_for_the_next() -> None:
    first, second = table(opened([a_line(2, note="脏", at="00:01:02"), a_line(1)])["问题清单"])

    assert (first["问题说明"], first["录像时间"]) == ("脏", "00:01:02")
    assert (second["问题说明"], second["录像时间"]) == (None, None)


def test_the_list_says_what_it_shows_and_from_when() -> None:
    sheet: Any = opened([a_line(1)])["问题清单"]

    assert "湖滨加油站" in sheet["A2"].value
    assert "共 1 条" in sheet["A2"].value
    assert HEAD.seal in sheet["A3"].value
    assert HEAD.seal in sheet.oddFooter.left.text
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C5", "$4:$4")
    assert sheet.page_setup.orientation == "landscape"


def test_more_than_a_sheet_holds_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported, "MOST_ROWS", 2)

    book = opened([a_line(n) for n in (5, 4, 3, 2, 1)])

    assert [len(list(table(sheet))) for sheet in book.worksheets] == [2, 2, 1]


def test_an_empty_list_is_a_workbook_too() -> None:
    assert list(table(opened([])["问题清单"])) == []


@pytest.mark.slow
def test_writing_takes_no_longer_than_openpyxls_own_way_by_a_third() -> None:
    lines = [a_line(n, note="地面有油污，未及时清理") for n in range(1_000, 0, -1)]

    def ours() -> None:
        opened_not = BytesIO()
        heading = Heading(None, len(lines), "2026-11-20T05:00:00.000000Z", HEAD)
        findings_workbook(iter(lines), heading, "zh", opened_not)

    def own() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for line in lines:
            sheet.append([column.of(line, "zh") for column in COLUMNS])
        book.save(BytesIO())

    assert steps(ours) <= 1.3 * steps(own)


def steps(work: Callable[[], None]) -> int:
    """Calls that it takes once all is warm: seconds are not the same from run to run."""
    counted = count()

    def step(_: FrameType, event: str, __: object) -> None:
        if event in {"call", "c_call"}:
            next(counted)

    work()
    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return next(counted)


def test_midnight_at_the_station_is_not_the_day_before() -> None:
    assert station_time("2026-11-19T16:00:00.000000Z").isoformat() == "2026-11-20T00:00:00"
