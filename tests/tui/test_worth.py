"""Worth a look: visits with their reasons, what is said of them, and inspectors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from openpyxl import load_workbook

from domain.presence import Arrival
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.journal_table import entries
from tests.things import Chain
from tests.tui.terminal import console_of, press, seen, until, write

pytestmark = pytest.mark.slow


def hurry(chain: Chain) -> None:
    """The manager's phone sends an audit of 69 criteria that took twenty seconds."""
    now = chain.clock.now
    form = chain.form(started_at=now - timedelta(seconds=20))
    arrival = Arrival("192.168.1.23", now)
    weighed = weigh(chain.register.rulebooks, form)
    chain.register.carry_out(submit_inspection, weighed, arrival, by=chain.by_phone)


async def test_a_visit_is_listed_with_who_where_when_and_why(chain: Chain) -> None:
    hurry(chain)

    async with console_of(chain, "5", "v") as pilot:
        line = next(line for line in seen(pilot).splitlines() if "▸" in line)

        wanted = ("待看", "王强", "湖滨加油站", "11-20", "69 条只用了 20 秒")
        assert [said for said in wanted if said not in line] == []

        await press(pilot, "enter")
        assert "填得太快" in seen(pilot)


async def test_it_shows_without_a_key_pressed(chain: Chain) -> None:
    async with console_of(chain, "2", "v") as pilot:
        assert "没有值得看的到访" in seen(pilot)

        hurry(chain)

        await until(pilot, lambda: "69 条只用了 20 秒" in seen(pilot))


async def test_a_manager_above_says_it_is_doubtful_and_why(chain: Chain) -> None:
    hurry(chain)

    async with console_of(chain, "5", "v", "x") as pilot:
        shown = seen(pilot)
        assert "李敏" in shown
        assert "王强（" not in shown

        await press(pilot, "enter")
        await press(pilot, "enter")
        assert "请写原因" in seen(pilot)

        await write(pilot, "时间太短，已约谈")
        await press(pilot, "enter")
        await until(pilot, lambda: "存疑" in next(x for x in seen(pilot).splitlines() if "▸" in x))

    with chain.register.read() as connection:
        *_, last = entries(connection)
    assert (last.header.action, last.header.actor) == ("presence.looked_at", "person:p-li")


async def test_inspectors_have_a_figure_and_enter_shows_their_visits(chain: Chain) -> None:
    hurry(chain)

    async with console_of(chain, "5", "v", "g") as pilot:
        line = next(line for line in seen(pilot).splitlines() if "▸" in line)
        assert [said for said in ("王强", "100%", "填得太快") if said not in line] == []

        await press(pilot, "enter")
        await until(pilot, lambda: "王强 ◂" in seen(pilot))


async def test_both_lists_are_exported_as_they_are_shown(chain: Chain) -> None:
    hurry(chain)

    async with console_of(chain, "5", "v", "e") as pilot:
        await until(pilot, lambda: "已导出到" in seen(pilot))
        await press(pilot, "g", "e")
        await until(pilot, lambda: len(list(chain.register.folder.rglob("*.xlsx"))) == 2)

    said = {
        cell.value
        for file in chain.register.folder.rglob("*.xlsx")
        for row in load_workbook(file).worksheets[0].iter_rows()
        for cell in row
    }
    assert {"69 条只用了 20 秒", "填得太快", "王强", "湖滨加油站"} <= said
