"""Duties on the console: what is late on top, what is done follows from inspections."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from textual.pilot import Pilot

from domain.draw_steps import commitment
from domain.drawing import Quota, Rule
from domain.procedures.draws import Announcement, announce_draw, freeze_list, reveal_draw
from domain.register.draws import draw_of, make_seed
from domain.submission import Found
from domain.text import Lang
from tests.chains import shelf
from tests.things import CONSOLE, VIDEO, Chain, a_form
from tests.tui.terminal import console_of, press, seen, table_of, until, write
from tui.screens.duties_columns import COLUMNS
from tui.widgets.cells import fit
from tui.widgets.columns import laid_out


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


def announced(chain: Chain) -> tuple[str, str]:
    """The company's draw of this month; its id and its seed."""
    seed = make_seed(chain.register.folder)
    rule = Rule(Quota(at_least=1), must_stars=3)
    asked = Announcement("i4", "co", "2026-11", commitment(seed), rule)
    return chain.register.carry_out(announce_draw, asked, by=CONSOLE), seed


async def to_the_company_audit(pilot: Pilot[Any]) -> None:
    """The cursor on the company's video audit of the unit."""
    lines = table_of(pilot).window.lines
    place = next(n for n, one in enumerate(lines) if one.id == "I4/u1/2026-11")
    await press(pilot, *["down"] * place)


async def test_a_sampled_duty_says_how_its_draw_stands_and_leads_to_it(chain: Chain) -> None:
    draw, seed = announced(chain)
    async with console_of(chain, "6") as pilot:
        assert "公告" in seen(pilot)
        chain.register.carry_out(freeze_list, draw, by=CONSOLE)
        chain.register.carry_out(reveal_draw, draw, seed, by=CONSOLE)
        await until(pilot, lambda: "抽出" in seen(pilot))
        await to_the_company_audit(pilot)
        await press(pilot, "enter")
        shown = seen(pilot)
        assert [said for said in (draw, "只算这些站", "○ 湖滨加油站") if said not in shown] == []

        await press(pilot, "d")

        assert "SHA-256" in seen(pilot)


async def test_d_on_a_sampled_duty_without_a_draw_announces_it_filled_in(chain: Chain) -> None:
    async with console_of(chain, "6") as pilot:
        await to_the_company_audit(pilot)
        await press(pilot, "d")
        assert "I4 公司录像稽查" in seen(pilot)

        await press(pilot, "enter", "enter", "enter")

    with chain.register.read() as connection:
        assert draw_of(connection, "i4.co.2026-11")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_short_name_is_cut_in_a_list_of_80_columns(lang: Lang) -> None:
    (cells,) = (width for column, width in laid_out(COLUMNS, 80) if column.title.en == "Duty")
    names = [one.called.in_(lang) for each in shelf().calendars for one in each.obligations]

    assert [name for name in names if fit(name, cells).rstrip() != name] == []


async def test_the_list_is_exported_as_it_is_shown(chain: Chain) -> None:
    audit(chain)
    draw, _ = announced(chain)
    async with console_of(chain, "6") as pilot:
        listed = len(table_of(pilot).window.lines)
        await press(pilot, "e")
    rows = exported(chain.register.folder / "exports")

    assert len(rows) == listed
    assert [row[0] for row in rows if row[1] == "每日录像自查" and row[4] == "王强"] == ["已完成"]
    assert [row[11] for row in rows if row[1] == "公司录像稽查"] == [f"已公告 {draw}"]


async def test_a_day_later_what_was_not_done_is_missed(chain: Chain) -> None:
    audit(chain)
    chain.clock.now += timedelta(days=1)
    async with console_of(chain, "6", "t") as pilot:
        lines = {one.id: one.state for one in table_of(pilot).window.lines}

        assert lines["I9/s1/2026-11-20"] == "done"
        assert lines["I9/s2/2026-11-20"] == "missed"
