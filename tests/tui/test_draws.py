"""The screen Draws: announced, frozen, drawn and replaced by keys, in both languages."""

from __future__ import annotations

import asyncio
from pathlib import Path

import openpyxl
import pytest

from domain.draw_steps import commitment
from domain.drawing import Quota, Rule
from domain.procedures.draws import Announcement, announce_draw, freeze_list, reveal_draw
from domain.register.draws import draw_of, make_seed
from tests.things import CONSOLE, Chain
from tests.tui.terminal import console_of, press, seen, until, write
from tui.__main__ import main

pytestmark = pytest.mark.slow

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


async def test_a_draw_is_exported_with_all_that_is_needed_to_verify_it(
    chain: Chain, tmp_path: Path
) -> None:
    drawn(chain)
    async with console_of(chain, "2", "d", "enter", "e") as pilot:
        await until(pilot, lambda: "已导出到" in seen(pilot))
    (file,) = chain.register.folder.rglob("抽签结果_*.xlsx")
    with chain.register.read() as connection:
        draw = draw_of(connection, DRAW)

    out = tmp_path / "draw.xlsx"
    words = ["--data", str(chain.register.folder), "--lang", "zh", "export", "draw"]
    assert await asyncio.to_thread(main, [*words, DRAW, "-o", str(out)]) == 0

    assert draw is not None
    wanted = (draw.seed, draw.announced.commitment, draw.freezing_seal, "湖滨加油站", "必检")
    for written in (file, out):
        rows = openpyxl.load_workbook(written).worksheets[0].iter_rows(values_only=True)
        said = "\n".join(str(cell) for row in rows for cell in row if cell)
        assert [one for one in wanted if one not in said] == []
    assert await asyncio.to_thread(main, [*words, "i4.co.2030-01"]) == 1
