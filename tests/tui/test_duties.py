"""Duties on the console: what is late on top, what is done follows from inspections."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl

from domain.submission import Found
from tests.things import VIDEO, Chain, a_form
from tests.tui.terminal import console_of, press, seen, table_of, until, write


def audit(chain: Chain) -> None:
    """The manager of the first station checks recordings at the console."""
    now = chain.clock.now
    form = a_form(rulebook=VIDEO, station="s1", found=(Found("f.3"),), at=now)
    chain.submit(form)


def exported(folder: Path) -> list[tuple[Any, ...]]:
    """The lines of the only list of duties that was exported."""
    (file,) = folder.glob("任务清单_*.xlsx")
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return list(sheet.iter_rows(min_row=3, values_only=True))


async def test_what_is_due_today_is_listed_with_who_answers_for_it(chain: Chain) -> None:
    async with console_of(chain, "6") as pilot:
        shown = seen(pilot)

        assert [said for said in ("待办", "王强", "赵磊", "11-20 今天") if said not in shown] == []


async def test_an_inspection_fulfils_its_duty_without_a_key_pressed(chain: Chain) -> None:
    async with console_of(chain, "6") as pilot:
        todo = {one.id: one.state for one in table_of(pilot).window.lines}
        assert todo["I9/s1/2026-11-20"] == "due"

        audit(chain)

        def state() -> str:
            lines = {one.id: one.state for one in table_of(pilot).window.lines}
            return str(lines["I9/s1/2026-11-20"])

        await until(pilot, lambda: state() == "done")


async def test_a_duty_leads_to_its_clause_and_the_inspections_that_speak_for_it(
    chain: Chain,
) -> None:
    audit(chain)
    async with console_of(chain, "6", size=(160, 48)) as pilot:
        lines = table_of(pilot).window.lines
        place = next(n for n, one in enumerate(lines) if one.id == "I9/s1/2026-11-20")
        await press(pilot, *["down"] * place, "enter")
        shown = seen(pilot)

        wanted = ("6.1.3.4", "至少  120 分钟", "凭据  #", "湖滨加油站站经理：王强")
        assert [said for said in wanted if said not in shown] == []


async def test_the_span_can_be_the_week_or_the_month(chain: Chain) -> None:
    async with console_of(chain, "6") as pilot:
        today = len(table_of(pilot).window.lines)
        await press(pilot, "t")
        assert "本周" in seen(pilot)
        await press(pilot, "t")
        assert "本月" in seen(pilot)
        assert len(table_of(pilot).window.lines) > today


async def test_a_superior_excuses_a_duty_with_a_reason(chain: Chain) -> None:
    async with console_of(chain, "6") as pilot:
        lines = table_of(pilot).window.lines
        place = next(n for n, one in enumerate(lines) if one.id == "I9/s1/2026-11-20")
        await press(pilot, *["down"] * place, "x", "enter")
        await write(pilot, "system down")
        await press(pilot, "enter")

        def excuse() -> str:
            lines = {one.id: one.excuse for one in table_of(pilot).window.lines}
            known = lines["I9/s1/2026-11-20"]
            return f"{known.person} {known.reason}" if known else ""

        await until(pilot, lambda: excuse() == "李敏 system down")


async def test_duties_are_narrowed_to_a_person_and_a_state(chain: Chain) -> None:
    async with console_of(chain, "6", "p") as pilot:
        await write(pilot, "赵磊")
        await press(pilot, "enter")
        assert {one.names for one in table_of(pilot).window.lines} == {("赵磊",)}
        await press(pilot, "f", "f", "f")
        assert table_of(pilot).window.lines == []


async def test_the_list_is_exported_as_it_is_shown(chain: Chain) -> None:
    audit(chain)
    async with console_of(chain, "6") as pilot:
        listed = len(table_of(pilot).window.lines)
        await press(pilot, "e")
    rows = exported(chain.register.folder / "exports")

    assert len(rows) == listed
    assert [row[0] for row in rows if row[1] == "每日录像自查" and row[4] == "王强"] == ["已完成"]


async def test_a_day_later_what_was_not_done_is_missed(chain: Chain) -> None:
    audit(chain)
    chain.clock.now += timedelta(days=1)
    async with console_of(chain, "6", "t") as pilot:
        lines = {one.id: one.state for one in table_of(pilot).window.lines}

        assert lines["I9/s1/2026-11-20"] == "done"
        assert lines["I9/s2/2026-11-20"] == "missed"
