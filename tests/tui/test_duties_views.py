"""Duties on the console, seen otherwise: in groups, as a month, and what is told today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from textual.pilot import Pilot

from domain.organisation import Role
from domain.procedures.organisation import end_role
from tests.things import CONSOLE, VIDEO, Chain, a_form
from tests.tui.terminal import console_of, press, seen, table_of
from tui.screens.duties import DutiesScreen
from tui.screens.duties_month import DutyMonthScreen


def audit(chain: Chain) -> None:
    """The manager of the first station checks recordings at the console."""
    chain.submit(a_form(rulebook=VIDEO, station="s1", found=(), at=chain.clock.now))


def groups_of(pilot: Pilot[Any]) -> dict[str, tuple[int, int]]:
    """Done, and all that have begun, by the name of the group."""
    screen = pilot.app.screen
    assert isinstance(screen, DutiesScreen)
    lines = screen.groups.window.lines
    return {one.name.zh: (one.done, one.total - one.planned) for one in lines}


def exported(folder: Path, name: str) -> list[tuple[Any, ...]]:
    """The lines of the only workbook of that name."""
    (file,) = folder.glob(f"{name}_*.xlsx")
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return list(sheet.iter_rows(min_row=3, values_only=True))


async def test_the_share_that_is_done_is_seen_by_unit_station_and_person(chain: Chain) -> None:
    audit(chain)
    async with console_of(chain, "6", "g") as pilot:
        assert "东湖分公司" in groups_of(pilot)
        await press(pilot, "g")
        assert groups_of(pilot)["湖滨加油站"] == (1, 3)
        await press(pilot, "g")
        assert groups_of(pilot)["王强"] == (1, 3)
        assert "（空缺的岗位）" in seen(pilot)  # the company and the unit have no staff
        await press(pilot, "g")
        assert "每日录像自查" in seen(pilot)


async def test_a_group_opens_as_a_list(chain: Chain) -> None:
    async with console_of(chain, "6", "g", "g") as pilot:
        names = list(groups_of(pilot))
        await press(pilot, *["down"] * names.index("湖滨加油站"), "enter")

        assert {one.place for one in table_of(pilot).window.lines} == {"s1"}
        assert table_of(pilot).has_focus


async def test_groups_are_exported_as_they_are_shown(chain: Chain) -> None:
    audit(chain)
    async with console_of(chain, "6", "g", "g", "e"):
        pass
    rows = {row[0]: row for row in exported(chain.register.folder / "exports", "任务完成情况")}

    assert rows["湖滨加油站"][1:4] == ("城区片区", "33%", 1)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_a_month_shows_each_day_with_what_is_done_and_due(
    chain: Chain, size: tuple[int, int]
) -> None:
    audit(chain)
    async with console_of(chain, "6", "v", size=size) as pilot:
        shown = seen(pilot)
        assert "2026 年 11 月" in shown
        assert "11-20 周五" in shown
        assert "完成 1 · 待办 4" in shown


async def test_a_day_of_the_month_opens_as_a_list(chain: Chain) -> None:
    async with console_of(chain, "6", "v", "down", "right", "enter") as pilot:
        assert isinstance(pilot.app.screen, DutiesScreen)
        assert "11-28 到期" in seen(pilot)
        assert {one.due for one in table_of(pilot).window.lines} == {date(2026, 11, 28)}


async def test_the_cursor_goes_on_into_other_months(chain: Chain) -> None:
    async with console_of(chain, "6", "v", "pagedown", "pagedown") as pilot:
        assert "2027 年 1 月" in seen(pilot)
        assert "2027 年节假日尚未公布" in seen(pilot)
        await press(pilot, *["pageup"] * 4)
        # The Sunday of the 20th of September 2026 is worked for the National Day holiday.
        assert "2026 年 9 月" in seen(pilot)
        assert "调休上班" in seen(pilot)


async def test_the_days_of_a_month_are_exported(chain: Chain) -> None:
    audit(chain)
    async with console_of(chain, "6", "v", "e") as pilot:
        assert isinstance(pilot.app.screen, DutyMonthScreen)
    rows = {row[0]: row for row in exported(chain.register.folder / "exports", "任务月历")}

    assert len(rows) == 30
    assert rows["2026-11-20"][2:6] == ("班", 5, 1, 4)


async def test_what_is_told_today_is_a_list_of_its_own(chain: Chain) -> None:
    chain.clock.now += timedelta(days=1)
    async with console_of(chain, "6", "n", size=(160, 48)) as pilot:
        shown = seen(pilot)
        assert "今天提醒和上报的" in shown
        assert "已报片区经理 11-21" in shown
        told = {one.id for one in table_of(pilot).window.lines}
        assert "I9/s1/2026-11-20" in told  # missed yesterday, and no longer open
        await press(pilot, "enter")
        assert "上报  11-21 片区经理：李敏" in seen(pilot)


async def test_a_vacant_post_shows_in_the_list_and_above_it(chain: Chain) -> None:
    async with console_of(chain, "6") as pilot:
        before = seen(pilot)
        role = Role("station_manager", "s1")
        chain.register.carry_out(end_role, chain.manager, role, by=CONSOLE)
        await press(pilot, "t", "t", "t")

        assert "空缺 4" in before
        assert "空缺 7" in seen(pilot)
