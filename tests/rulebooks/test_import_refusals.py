"""Files that are no check list: each is refused with what is wrong and what helps."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.checklists.building import Given, Imported
from domain.exports.check_list_in import read_check_list
from domain.exports.opening import LARGEST
from domain.exports.refusals import UnusableWorkbook
from tests.rulebooks.workbooks import fill, saved, workbook_of

ROWS = (
    "序号 | 检查项目 | 分项 | 检查标准 | 标准分",
    "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
    "2 | ^ | ^ | 有油污，每处扣1分 | ^",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def imported(raw: bytes, sheet: str | None = None) -> Imported:
    return read_check_list(raw, Given("表.xlsx", date(2026, 1, 1)), sheet)


def a_list() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    fill(sheet, ROWS)
    return book, sheet


def packed(**files: bytes) -> bytes:
    """A zip archive of these files."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def with_sheet_xml(change: tuple[bytes, bytes]) -> bytes:
    """A check list whose sheet was changed by hand."""
    book, _ = a_list()
    written = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(saved(book))) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name.startswith("xl/worksheets/"):
                assert change[0] in content
                content = content.replace(*change, 1)
            after.writestr(name, content)
    return written.getvalue()


def formula_without_value() -> bytes:
    book, sheet = a_list()
    sheet["E2"] = "=2+3"
    return saved(book)


def hidden_row() -> bytes:
    book, sheet = a_list()
    sheet.row_dimensions[3].hidden = True
    return saved(book)


def hidden_column() -> bytes:
    book, sheet = a_list()
    sheet.column_dimensions["D"].hidden = True
    return saved(book)


def hidden_sheet() -> bytes:
    book, sheet = a_list()
    sheet.sheet_state = "hidden"
    book.create_sheet("空")
    return saved(book)


REFUSED = {
    "nothing": (b"", "workbook-empty"),
    "text": ("序号,检查标准,标准分\n".encode(), "not-a-workbook"),
    "another archive": (packed(**{"a.txt": b"x"}), "not-a-workbook"),
    "an empty package": (packed(**{"[Content_Types].xml": b"<x/>"}), "not-a-workbook"),
    "half a workbook": (workbook_of(*ROWS)[:3000], "not-a-workbook"),
    "the older Office": (OLE, "old-workbook"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "workbook-locked"),
    "too many bytes": (b"PK\x03\x04" + bytes(LARGEST), "workbook-too-large"),
    "a bomb": (packed(**{"[Content_Types].xml": bytes(70_000_000)}), "workbook-too-large"),
    "a bomb of a sheet": (
        packed(**{"[Content_Types].xml": b"", "xl/worksheets/sheet1.xml": bytes(17_000_000)}),
        "workbook-too-large",
    ),
    "a merged range over everything": (
        with_sheet_xml((b'ref="B2:B3"', b'ref="B2:XFD1048576"')),
        "workbook-too-large",
    ),
    "a row far below": (with_sheet_xml((b'r="A3"', b'r="A1048576"')), "workbook-too-large"),
    "broken XML": (with_sheet_xml((b"</sheetData>", b"</sheet>")), "not-a-workbook"),
    "an empty sheet": (saved(Workbook()), "workbook-empty"),
    "a hidden sheet": (hidden_sheet(), "workbook-empty"),
    "a hidden row": (hidden_row(), "hidden-content"),
    "a hidden column": (hidden_column(), "hidden-content"),
    "a formula without a value": (formula_without_value(), "formulas-without-values"),
    "another table": (workbook_of("姓名 | 电话", "甲 | 1"), "no-header"),
    "a list in English": (workbook_of("No. | Standard | Points", "1 | Dirt | 5"), "no-header"),
    "a header alone": (workbook_of(ROWS[0]), "no-criteria"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    raw, code = REFUSED[name]
    with pytest.raises(UnusableWorkbook) as no:
        imported(raw)
    assert no.value.code == code


@pytest.mark.parametrize("name", REFUSED)
def test_each_refusal_says_in_both_languages_what_helps(name: str) -> None:
    with pytest.raises(UnusableWorkbook) as no:
        imported(REFUSED[name][0])
    said = no.value
    assert all((said.reason.zh, said.reason.en, said.remedy.zh, said.remedy.en))


def test_a_refusal_names_the_cell() -> None:
    with pytest.raises(UnusableWorkbook, match=r"Sheet!A3 of 表\.xlsx is in a hidden row"):
        imported(hidden_row())


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnusableWorkbook, match="These are there: Sheet"):
        imported(workbook_of(*ROWS), "别的")


def test_other_sheets_are_said_not_to_be_read() -> None:
    book, _ = a_list()
    fill(book.create_sheet("说明"), ["怎么用这张表"])
    assert imported(saved(book)).doubts[-1].cell == "说明!A1"


def test_the_sheet_with_the_list_is_found_behind_others() -> None:
    book = Workbook()
    cover: Worksheet = book.active  # type: ignore[assignment]
    cover["A1"] = "封面"
    fill(book.create_sheet("检查表"), ROWS)
    assert list(imported(saved(book)).edition.placed) == ["1", "2"]
