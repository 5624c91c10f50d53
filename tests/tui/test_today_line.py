"""The first screen says at once what has to be done today and what is late."""

from __future__ import annotations

import asyncio

import pytest

from domain.organisation import Actor, Role
from domain.procedures.organisation import end_role
from domain.register.queries import Asker
from domain.register.register import Register
from domain.register.today import Today, today_of
from domain.text import Lang, same
from tests.things import CONSOLE, VIDEO, Chain, a_form
from tests.tui.terminal import console_of, opened, press, seen, until, write
from tui.app import ConsoleApp
from tui.widgets.today_line import Asked, said

BUSY = Today(1044, 31, 2042, 12, 171, reminders=250, escalations=142, vacant=12)


def today(chain: Chain, person: str | None = None) -> Today:
    """What is to be done, as anybody sees it, or one person."""
    directory = chain.register.directory
    asker = Asker(directory, chain.register.rulebooks, directory.sight(person))
    with chain.register.read() as connection:
        return today_of(connection, asker, chain.clock(), person)


async def test_it_says_how_much_is_due_and_which_key_shows_it(chain: Chain) -> None:
    async with console_of(chain) as pilot:
        await until(pilot, lambda: "5 项到期" in seen(pilot))
        assert "本周还有 4" in seen(pilot)
        assert "→ 6" in seen(pilot)


async def test_what_is_late_and_can_still_be_done_stands_out(chain: Chain) -> None:
    chain.clock.forward(days=1)  # Saturday: what was due on Friday is late.

    async with console_of(chain) as pilot:
        await until(pilot, lambda: "逾期可补 3" in seen(pilot))


def test_what_was_done_is_not_due_any_more(chain: Chain) -> None:
    before = today(chain).due
    chain.submit(a_form(rulebook=VIDEO, station="s1", found=(), at=chain.clock.now))

    assert today(chain).due == before - 1


def test_a_manager_is_told_what_is_due_at_the_own_station(chain: Chain) -> None:
    assert today(chain, "p-wang").due == 2


def test_it_counts_what_is_told_today_and_what_falls_to_nobody(chain: Chain) -> None:
    before = today(chain)
    manager = Role("station_manager", "s1")
    chain.register.carry_out(end_role, chain.manager, manager, by=CONSOLE)

    assert (before.reminders, before.vacant) == (5, 1)  # nobody is the unit's staff
    assert today(chain).vacant == before.vacant + 2


def test_a_day_later_superiors_are_told(chain: Chain) -> None:
    chain.clock.forward(days=1)

    assert today(chain, chain.area_manager).escalations == 4  # of two stations, day's and week's
    assert today(chain, chain.manager).escalations == 0


async def test_what_is_done_leaves_the_line_without_a_key_pressed(chain: Chain) -> None:
    form = a_form(rulebook=VIDEO, station="s1", found=(), at=chain.clock.now)
    async with console_of(chain) as pilot:
        await asyncio.to_thread(chain.submit, form)
        await until(pilot, lambda: "4 项到期" in seen(pilot))


async def test_it_is_about_the_station_that_is_shown(chain: Chain) -> None:
    async with console_of(chain, "slash") as pilot:
        await write(pilot, "s2")
        await press(pilot, "enter")
        await until(pilot, lambda: "2 项到期" in seen(pilot))


async def test_it_is_about_whoever_sits_here(chain: Chain) -> None:
    actor = Actor("console", person=chain.area_manager)
    async with ConsoleApp(lambda: chain.register, actor=actor).run_test(size=(160, 48)) as pilot:
        await opened(pilot)
        assert "李敏" in seen(pilot)
        assert "今天没有到期的任务" in seen(pilot)


async def test_a_new_system_has_no_such_line(register: Register) -> None:
    async with ConsoleApp(lambda: register).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "今天" not in seen(pilot)


@pytest.mark.parametrize("width", [44, 60, 80, 160])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_however_narrow_the_terminal_what_is_due_and_late_is_said(width: int, lang: Lang) -> None:
    shown = said(Asked(BUSY, same("湖滨加油站")), lang, width)

    assert shown.cell_length <= width
    assert "1044" in shown.plain
    assert "31" in shown.plain
