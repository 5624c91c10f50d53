"""The screen Draws: announced, frozen, drawn and replaced by keys, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import openpyxl
from textual.pilot import Pilot

from domain.draw_steps import commitment
from domain.drawing import Quota, Rule
from domain.duty_views import DutyLine
from domain.procedures.draws import Announcement, announce_draw, freeze_list, reveal_draw
from domain.register.draws import draw_of, make_seed
from tests.things import CONSOLE, Chain
from tests.tui.terminal import console_of, press, seen, table_of, until, write
from tui.__main__ import main

DRAW = "i4.co.2026-11"


def announced(chain: Chain) -> str:
    seed = make_seed(chain.register.folder)
    rule = Rule(Quota(at_least=1), must_stars=3)
    asked = Announcement("i4", "co", "2026-11", commitment(seed), rule)
    chain.register.carry_out(announce_draw, asked, by=CONSOLE)
    return seed


def drawn(chain: Chain) -> None:
    seed = announced(chain)
    chain.register.carry_out(freeze_list, DRAW, by=CONSOLE)
    chain.register.carry_out(reveal_draw, DRAW, seed, by=CONSOLE)


async def test_a_draw_is_announced_at_the_console(chain: Chain) -> None:
    async with console_of(chain, "2", "d") as pilot:
        assert "还没有抽签" in seen(pilot)
        await press(pilot, "n", "enter", "enter")
        await write(pilot, "2026-12")
        await press(pilot, "enter", "enter", "enter")

        assert "I4 公司录像稽查" in seen(pilot)
        assert "已公告" in seen(pilot)


async def test_a_draw_is_frozen_revealed_and_a_station_replaced(chain: Chain) -> None:
    announced(chain)
    async with console_of(chain, "2", "d", "enter", "f") as pilot:
        assert "名单已冻结" in seen(pilot)
        await press(pilot, "r")
        assert "必检" in seen(pilot)
        assert "备选" in seen(pilot)
        await press(pilot, "x")
        await write(pilot, "closed")
        await press(pilot, "enter")

        assert "由北关加油站顶替：closed" in seen(pilot)
        assert "顶替湖滨加油站" in seen(pilot)


async def test_a_step_out_of_turn_is_refused_with_what_helps(chain: Chain) -> None:
    announced(chain)
    async with console_of(chain, "2", "d", "enter", "r", lang="en") as pilot:
        assert "The list is not frozen yet." in seen(pilot)


async def test_a_draw_speaks_english_on_a_large_terminal(chain: Chain) -> None:
    drawn(chain)
    async with console_of(chain, "2", "d", "enter", lang="en", size=(160, 48)) as pilot:
        assert "I4 company video audit" in seen(pilot)
        assert "must be in" in seen(pilot)


async def test_a_draw_is_exported_with_all_that_is_needed_to_verify_it(chain: Chain) -> None:
    drawn(chain)
    async with console_of(chain, "2", "d", "enter", "e") as pilot:
        await until(pilot, lambda: "已导出到" in seen(pilot))

    folder = chain.register.folder
    (file,) = folder.rglob("抽签结果_*.xlsx")
    again = folder / "again.xlsx"
    command = ["export", "draw", DRAW, "--lang", "zh", "--data", str(folder), "--out", str(again)]
    assert main(command) == 0
    assert cells(again)[1:] == cells(file)[1:]  # The first says when it was made.
    said = "\n".join(cells(file))
    with chain.register.read() as connection:
        draw = draw_of(connection, DRAW)
    assert draw is not None
    wanted = (draw.seed, draw.announced.commitment, draw.freezing_seal, "湖滨加油站", "必检")
    assert [one for one in wanted if one not in said] == []


async def test_a_sampled_duty_leads_to_its_draw_and_announces_it_where_there_is_none(
    chain: Chain,
) -> None:
    async with console_of(chain, "6") as pilot:
        await choose(pilot, "I4/u1/2026-11")
        await press(pilot, "enter")
        assert "未公告，按 d 公告" in seen(pilot)
        await press(pilot, "escape", "d")
        assert "公告抽签 · I4 公司录像稽查 · 示范石油公司" in seen(pilot)
        await press(pilot, "enter", "enter", "enter")
        await until(pilot, lambda: "已公告" in seen(pilot))
        await press(pilot, "escape")
        await until(pilot, lambda: at(pilot, "I4/u1/2026-11").draw == DRAW)
        await press(pilot, "d")

        assert "没有公告公开数值" in seen(pilot)


async def test_a_sampled_duty_says_which_drawn_stations_are_left(chain: Chain) -> None:
    drawn(chain)
    async with console_of(chain, "6") as pilot:
        await choose(pilot, "I4/u1/2026-11")
        await press(pilot, "enter")

        assert f"抽签已抽出（{DRAW}）" in seen(pilot)
        assert "抽中未查湖滨加油站" in seen(pilot)


def cells(file: Path) -> list[str]:
    rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell]


def at(pilot: Pilot[Any], duty: str) -> DutyLine:
    (line,) = [one for one in table_of(pilot).window.lines if one.id == duty]
    return cast("DutyLine", line)


async def choose(pilot: Pilot[Any], duty: str) -> None:
    """Move to a duty of the list."""
    lines = [one.id for one in table_of(pilot).window.lines]
    await press(pilot, *["down"] * lines.index(duty))
