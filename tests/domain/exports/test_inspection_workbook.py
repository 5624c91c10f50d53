"""One inspection as a workbook that a manager would hand on."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from openpyxl import Workbook

from domain.exports.inspection import Inspected, inspection_workbook
from domain.exports.looks import Seal
from domain.register.queries import Asker
from domain.register.sheets import inspection_sheet
from domain.scoring import ScoreCard, score_lines
from domain.submission import Found
from domain.text import Lang
from domain.views import InspectionSheet, Signature
from tests.domain.exports.conftest import a_photo
from tests.things import Chain

HEAD = Seal(99, "ab" * 32)


def seen(chain: Chain, number: int) -> InspectionSheet:
    register = chain.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))
    with register.read() as connection:
        sheet = inspection_sheet(connection, asker, number)
    assert sheet is not None
    return sheet


def written(chain: Chain, number: int) -> Inspected:
    sheet = seen(chain, number)
    edition = chain.register.rulebooks.edition(sheet.line.rulebook, sheet.line.edition)
    found = [
        Found(one.criterion, clause, one.count)
        for one, clause in zip(sheet.found, sheet.clauses, strict=True)
    ]
    card = score_lines(edition, found, not_applicable=sheet.not_applicable)
    pictures = {item.sha256: a_photo("blue") for item in sheet.evidence if item.arrived_at}
    return Inspected(sheet, edition, card, pictures, HEAD, "2026-11-20T05:00:00.000000Z")


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def rows(sheet: Any) -> Iterator[list[Any]]:
    for row in sheet.iter_rows(values_only=True):
        if filled := [value for value in row if value is not None]:
            yield filled


@pytest.fixture
def book(chain: Chain, inspected: int) -> Workbook:
    """The workbook in Chinese, read again."""
    return opened(inspection_workbook(written(chain, inspected), "zh"))


def test_every_figure_is_the_score_cards(chain: Chain, inspected: int, book: Workbook) -> None:
    card: ScoreCard = written(chain, inspected).card
    table = {row[0]: row[2:5] for row in rows(book["评分表"]) if len(row) >= 5}

    for one, figures in card.groups.items():
        assert [Decimal(str(each)) for each in table[one]] == [
            figures.max,
            figures.lost,
            figures.score,
        ]
    for one, kept in card.sections.items():
        assert Decimal(str(table[one][2])) == kept.score


def test_the_total_is_what_the_receipt_said(chain: Chain, inspected: int, book: Workbook) -> None:
    line = seen(chain, inspected).line
    total = next(row for row in rows(book["评分表"]) if row[0] == "总分")
    applied = next(row for row in rows(book["评分表"]) if row[0] == "适用部分合计")

    assert [Decimal(str(each)) for each in total[1:4]] == [
        line.max,
        line.max - line.score,
        line.score,
    ]
    assert Decimal(str(applied[3])) == line.applied_score


def test_points_and_moments_are_numbers_with_a_format(book: Workbook) -> None:
    cells = [cell for row in book["评分表"].iter_rows() for cell in row]
    figures = [cell for cell in cells if isinstance(cell.value, int | float)]

    assert figures
    assert {cell.number_format for cell in figures} == {"0.00"}


def test_what_people_typed_is_no_formula(book: Workbook) -> None:
    note = next(cell for row in book["问题"].iter_rows() for cell in row if cell.value == "=1+1")

    assert note.data_type == "s"


def test_a_character_that_no_file_can_carry_is_left_out(book: Workbook) -> None:
    assert any("油污" in row for row in rows(book["问题"]))


def test_pictures_lie_in_the_row_of_their_finding_which_is_tall_enough(book: Workbook) -> None:
    sheet: Any = book["问题"]
    first, second = sheet._images

    assert {first.anchor._from.row, second.anchor._from.row} == {1}
    assert sheet.row_dimensions[2].height * 12700 >= first.anchor._from.rowOff + first.anchor.ext.cy
    assert first.anchor._from.colOff + first.anchor.ext.cx <= second.anchor._from.colOff


def test_a_picture_on_its_way_is_named(book: Workbook) -> None:
    assert any("照片 在路上.jpg（未到）" in row for row in rows(book["问题"]))


def test_every_criterion_is_listed_with_what_became_of_it(book: Workbook) -> None:
    outcomes = {row[0]: row[3] for row in rows(book["逐条"]) if len(row) > 3}

    assert len(outcomes) == 70
    assert outcomes["A.a.1"] == "有问题"
    assert outcomes["B.a.1"] == outcomes["D.a.1"] == "不适用"
    assert outcomes["A.a.2"] == "符合"


@pytest.mark.parametrize("name", ["评分表", "问题", "逐条"])
def test_every_sheet_prints_on_a4_with_the_journals_head_at_its_foot(
    book: Workbook, name: str
) -> None:
    sheet: Any = book[name]

    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows
    assert sheet.freeze_panes
    assert HEAD.seal in sheet.oddFooter.left.text


def test_the_seal_of_its_entry_stands_on_the_sheet(
    chain: Chain, inspected: int, book: Workbook
) -> None:
    said = [value for row in rows(book["评分表"]) for value in row]

    assert seen(chain, inspected).seal in said
    assert HEAD.seal in said


def test_a_teams_workbook_says_who_entered_what_and_who_countersigned(
    chain: Chain, inspected: int
) -> None:
    one = written(chain, inspected)
    signed = Signature("王强", "2026-11-20T05:00:00.000000Z", "情况属实")
    authors = ("李敏", "陈静", "孙浩", "李敏")
    sheet = msgspec.structs.replace(one.sheet, entered_by=authors, countersigned=signed)

    book = opened(inspection_workbook(one._replace(sheet=sheet), "zh"))

    notes = [str(cell.value) for cell in book["问题"]["H"][1:5]]
    assert [note.split("记录人：")[1] for note in notes] == [*authors]
    assert ["站经理会签", "王强", "会签时间", "2026-11-20 13:00"] in list(rows(book["评分表"]))
    assert ["会签意见", "情况属实"] in list(rows(book["评分表"]))


def test_a_clean_inspection_says_so(chain: Chain) -> None:
    number = chain.submit(chain.form(found=())).number

    book = opened(inspection_workbook(written(chain, number), "en"))

    assert ["Nothing was found."] in list(rows(book["Findings"]))


def test_all_of_forty_pictures_find_room(chain: Chain, inspected: int) -> None:
    import msgspec

    one = written(chain, inspected)
    item = one.sheet.evidence[0]
    many = tuple(
        msgspec.structs.replace(item, finding=one.sheet.found[0].number, id=str(n))
        for n in range(40)
    )
    one = one._replace(
        sheet=msgspec.structs.replace(one.sheet, evidence=many),
        pictures={item.sha256: a_photo("red")},
    )

    sheet: Any = opened(inspection_workbook(one, "zh"))["问题"]

    lowest = max(image.anchor._from.rowOff + image.anchor.ext.cy for image in sheet._images)
    assert len(sheet._images) == 40
    assert sheet.row_dimensions[2].height <= 409
    assert lowest <= sheet.row_dimensions[2].height * 12700


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_libreoffice_opens_it_and_sees_the_same_totals(
    chain: Chain, inspected: int, tmp_path: Path, libreoffice: str, lang: Lang
) -> None:
    (tmp_path / "inspection.xlsx").write_bytes(inspection_workbook(written(chain, inspected), lang))

    command = [libreoffice, "--headless", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"]
    as_csv = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "inspection.xlsx"]
    subprocess.run(command + as_csv, cwd=tmp_path, check=True, capture_output=True, timeout=600)

    line = seen(chain, inspected).line
    with (tmp_path / "inspection.csv").open(encoding="utf-8") as file:
        table = [[value for value in row if value] for row in csv.reader(file)]
    total = next(row for row in table if row[:1] == [{"zh": "总分", "en": "Total"}[lang]])
    assert total[1:4] == [f"{line.max:.2f}", f"{line.max - line.score:.2f}", f"{line.score:.2f}"]
    began = f"{datetime.fromisoformat(line.started_at).astimezone():%Y}"
    assert any(began in value for row in table for value in row)
