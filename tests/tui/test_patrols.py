"""Patrols: rounds of scans on the console, and the walk of one."""

from __future__ import annotations

import pytest

from domain.procedures.points import place_point
from domain.text import Text
from tests.things import CONSOLE, PATROL, Chain, a_form
from tests.tui.terminal import console_of, press, seen, until

pytestmark = pytest.mark.slow

FIRE = Text(zh="消防器材", en="Fire equipment")


def scan(chain: Chain, token: str) -> None:
    """The manager fills in what is checked at a point; it takes a minute."""
    now = chain.clock.now
    form = a_form(token=token, at=now, rulebook=PATROL, edition="2026-1", found=(), started_at=now)
    chain.submit(form)


async def test_the_rounds_of_today_are_listed_with_what_was_missed_on_top(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    scan(chain, chain.token)
    chain.clock.forward(hours=3)
    chain.register.carry_out(place_point, "s2-fire", "s2", "fire", FIRE, by=CONSOLE)

    async with console_of(chain, "5") as pilot:
        shown = seen(pilot)
        first = next(line for line in shown.splitlines() if "▸" in line)

        assert [said for said in ("未做 1", "已完成 1") if said not in shown] == []
        assert [said for said in ("未做", "北关加油站", "0/1") if said not in first] == []


async def test_a_scan_shows_without_a_key_pressed(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    async with console_of(chain, "5") as pilot:
        assert "0/1" in seen(pilot)

        scan(chain, chain.token)

        await until(pilot, lambda: "1/1" in seen(pilot))


async def test_the_walk_says_who_was_where_when_and_what_is_worth_a_look(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    token = chain.register.carry_out(place_point, "s1-fire", "s1", "fire", FIRE, by=CONSOLE)
    scan(chain, chain.token)
    chain.clock.forward(seconds=20)
    scan(chain, token)

    async with console_of(chain, "5", "f", "f", "f", "f", "f") as pilot:
        await press(pilot, "enter")
        shown = seen(pilot)

        wanted = ("已完成 2/2", "11-20 09:00", "王强", "比走过来还快", "没有贴码的点位")
        assert [said for said in wanted if said not in shown] == []

        await press(pilot, "enter")
        assert "加油站每日巡检" in seen(pilot)


async def test_rounds_are_narrowed_by_state_and_place(chain: Chain) -> None:
    async with console_of(chain, "5", "f") as pilot:
        assert "早班巡检" in seen(pilot)
        await press(pilot, "f")
        assert "早班巡检" not in seen(pilot)
        await press(pilot, "escape", "slash", *"s2", "enter")
        assert "没有巡检" in seen(pilot)


async def test_the_day_before_is_one_key_away_and_stands_still(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    scan(chain, chain.token)
    chain.clock.forward(days=1)

    async with console_of(chain, "5") as pilot:
        assert "已完成" not in seen(pilot)
        await press(pilot, "left")
        assert "11-20 周五 ◂" in seen(pilot)
        assert "已完成 1" in seen(pilot)
        await press(pilot, "right", "right")
        assert "11-21 周六" in seen(pilot)
