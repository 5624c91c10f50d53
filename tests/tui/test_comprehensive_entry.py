"""Entering the comprehensive inspection by keyboard, as an inspector would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from textual.pilot import Pilot

from domain.register.initials_aside import learn_initials
from domain.register.queries import Asker
from domain.register.sheets import inspection_sheet
from domain.register.shelf import load_rulebooks
from domain.scoring import score
from domain.sheet import FoundClause, Sheet
from domain.submission import FormulaInput, Found
from tests.things import CONSOLE, EDITION, Chain, a_form
from tests.tui.terminal import console_of, press, seen, until, write
from tui.drafts import Draft
from tui.screens.clause_audit import ClauseAuditScreen
from tui.screens.inspection import InspectionScreen
from tui.widgets.audit_rows import Row, audit_rows
from tui.widgets.searching import row_named, rows_named

pytestmark = pytest.mark.slow

COMPREHENSIVE = "petrochina-shandong-2012/comprehensive"
FIGURES = {"1": ("950", "1000"), "2": ("80", "100"), "3": ("2", "4"), "4": ("28", None)}
begun = partial(console_of, size=(80, 24))


async def begin(pilot: Pilot[Any]) -> ClauseAuditScreen:
    """A comprehensive inspection of the first station by the first person."""
    await press(pilot, "2", "n", "enter")
    await write(pilot, "comprehensive")
    await press(pilot, "enter", "enter", "enter")
    return screen_of(pilot)


def screen_of(pilot: Pilot[Any]) -> ClauseAuditScreen:
    """The inspection in front."""
    screen = pilot.app.screen
    assert isinstance(screen, ClauseAuditScreen)
    return screen


def found_in(draft: Draft) -> list[tuple[str, int, int]]:
    """Criterion, clause and count of every line."""
    return [(one.criterion, one.clause, one.count) for one in draft.found]


@pytest.fixture(scope="module")
def rows() -> Sequence[Row]:
    """Every line of a comprehensive inspection in which nothing was found yet."""
    edition = load_rulebooks().edition(COMPREHENSIVE, EDITION)
    learn_initials(edition)
    draft = Draft("d", COMPREHENSIVE, EDITION, "s1", None, a_form().started_at)
    return audit_rows(edition, draft)


@pytest.mark.slow
async def test_a_whole_inspection_scores_as_the_rulebook_says(chain: Chain) -> None:
    async with begun(chain) as pilot:
        await begin(pilot)
        await press(pilot, "enter")
        await write(pilot, "950")
        await press(pilot, "enter")
        await write(pilot, "1000")
        await press(pilot, "enter")
        await write(pilot, "134b+226.2+226.1+")
        await press(pilot, "enter")
        await write(pilot, "3")
        await press(pilot, "backspace", "backspace", "3", "enter", "s", "enter")
        await until(pilot, lambda: "已提交" in seen(pilot))
        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, InspectionScreen)
        number = pilot.app.screen.number
        assert "950 / 1000 吨" in seen(pilot)
    sheet = Sheet(
        COMPREHENSIVE,
        EDITION,
        found={
            "134b": (FoundClause(0, 1),),
            "226": (FoundClause(1, 1), FoundClause(0, 3)),
        },
        inputs={"1": {"of": "950", "against": "1000"}},
    )
    by_rulebook = score(chain.register.rulebooks.edition(COMPREHENSIVE, EDITION), sheet)
    assert stored_score(chain, number) == by_rulebook.total


def stored_score(chain: Chain, number: int) -> Decimal:
    """The score that the register holds."""
    register = chain.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))
    with register.read() as connection:
        sheet = inspection_sheet(connection, asker, number)
    assert sheet is not None
    return sheet.line.score


async def test_a_clause_is_chosen_by_its_number_and_shown_with_its_unit(chain: Chain) -> None:
    async with begun(chain) as pilot:
        screen = await begin(pilot)
        await write(pilot, "226")
        await press(pilot, "enter", "full_stop", "2", "plus", "plus")

        assert found_in(screen.draft) == [("226", 1, 2)]
        assert "每次扣 1 分" in seen(pilot)


async def test_a_clause_that_costs_once_is_found_or_not(chain: Chain) -> None:
    async with begun(chain) as pilot:
        screen = await begin(pilot)
        await write(pilot, "222+")
        await press(pilot, "plus", "plus")
        assert found_in(screen.draft) == [("222", 0, 1)]
        assert "只扣一次" in seen(pilot)
        await press(pilot, "enter")
        assert screen.draft.found == ()


async def test_a_plan_of_nothing_is_refused_with_its_remedy(chain: Chain) -> None:
    async with begun(chain) as pilot:
        screen = await begin(pilot)
        await press(pilot, "enter")
        await write(pilot, "950")
        await press(pilot, "enter")
        await write(pilot, "0")
        await press(pilot, "enter")

        assert "为零或负数" in seen(pilot)
        assert "不适用" in seen(pilot)
        assert screen.draft.inputs == {}


async def test_missing_figures_are_listed_before_sending(chain: Chain) -> None:
    async with begun(chain) as pilot:
        await begin(pilot)
        await press(pilot, "s")
        assert "缺数：1、2、3、4、5、6（非最终分）" in seen(pilot)


async def test_one_fact_charged_twice_is_told_at_once(chain: Chain) -> None:
    async with begun(chain) as pilot:
        await begin(pilot)
        await write(pilot, "25+34+")
        await until(pilot, lambda: "可能重复扣分 25、34" in seen(pilot))
        assert "疑重复 1" in seen(pilot)


@pytest.mark.slow
async def test_sections_tell_their_progress_and_lead_there(chain: Chain) -> None:
    async with begun(chain) as pilot:
        screen = await begin(pilot)
        await write(pilot, "163+")
        await press(pilot, "k", "g")
        assert "查完1/6 问题1 质量安全环保处" in seen(pilot)
        await write(pilot, "I 财务")
        await press(pilot, "enter", "plus")
        assert found_in(screen.draft) == [("163", 0, 1), ("215", 0, 1)]


async def test_what_was_found_last_time_stands_beside_the_criterion(chain: Chain) -> None:
    form = a_form(
        rulebook=COMPREHENSIVE,
        station="s1",
        at=chain.clock.now,
        found=(Found("25", count=2, note="东侧排水不畅"),),
    )
    number = chain.submit(form, by=CONSOLE).number
    chain.clock.now += timedelta(days=30)
    async with begun(chain) as pilot:
        await begin(pilot)
        await write(pilot, "25")
        assert f"上次 #{number}" in seen(pilot)
        assert "东侧排水不畅" in seen(pilot)


@pytest.mark.slow
async def test_figures_come_from_a_workbook_and_doubts_name_their_cell(
    chain: Chain, tmp_path: Path
) -> None:
    file = tmp_path / "figures.xlsx"
    file.write_bytes(workbook(FIGURES | {"6": ("十二", "15"), "99": ("1", "2")}))
    async with begun(chain) as pilot:
        screen = await begin(pilot)
        await press(pilot, "i")
        await write(pilot, str(file))
        await press(pilot, "enter")
        await until(pilot, lambda: "导入 4 条" in seen(pilot))

        assert "B6  6：“十二”不是可用的数" in seen(pilot)
        assert "A7  “99”不是按公式计分的条目" in seen(pilot)
        assert screen.draft.inputs == {
            one: FormulaInput(*figures) for one, figures in FIGURES.items()
        }


def workbook(figures: Mapping[str, tuple[str, str | None]]) -> bytes:
    """A list of figures as an office keeps it."""
    book, written = Workbook(), BytesIO()
    sheet: Any = book.active
    sheet.append(["编号", "实际", "计划"])
    for one, given in figures.items():
        sheet.append([int(one), *given])
    book.save(written)
    return written.getvalue()


def test_every_criterion_is_reached_by_its_number_in_at_most_five_keys(
    rows: Sequence[Row],
) -> None:
    for row in rows:
        if row.criterion is not None and row.clause <= 0:
            assert len(row.criterion.id) <= 5
            place = row_named(rows, row.criterion.id)
            assert place is not None
            assert rows[place].criterion is row.criterion


@pytest.mark.parametrize(
    ("typed", "criterion"),
    [("mhq", "201"), ("灭火器", "201"), ("226.2", "226"), ("134b", "134b"), ("mht", "203")],
)
def test_a_criterion_is_found_by_initials_and_words(
    rows: Sequence[Row], typed: str, criterion: str
) -> None:
    place = row_named(rows, typed)
    assert place is not None
    assert rows[place].key[0] == criterion


def test_a_reader_of_english_types_words(rows: Sequence[Row]) -> None:
    place = row_named(rows, "fire blanket", "en")
    assert place is not None
    assert rows[place].key[0] == "203"


def test_several_that_fit_are_gone_through_from_the_likeliest(rows: Sequence[Row]) -> None:
    assert [rows[n].key[0] for n in rows_named(rows, "灭火器")[:2]] == ["201", "202"]
