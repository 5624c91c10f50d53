"""The presence code on the console: readable, changing by itself, and what the receiver takes."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from domain.changing_code import Scanned, check_age, read_code, step_at
from domain.procedures.organisation import add_place
from domain.register.register import Register
from domain.register.secret import folder_secret
from domain.text import Lang, Text
from tests.things import CONSOLE, Chain, Clock
from tests.tui.terminal import console_of, press, seen, until
from tests.tui.test_points import scanned
from tui.screens.points_dialogs import Code
from tui.screens.presence_code import PresenceScreen
from tui.widgets.choose import Choose


def drawn(pilot: Pilot[Any]) -> list[str]:
    """The code's lines, as they stand on the screen."""
    code = pilot.app.screen.query_one(Code)
    region = code.region
    assert region.right <= pilot.app.size.width
    assert region.bottom <= pilot.app.size.height - 2, "it is cut off below"
    return ["".join(part.text for part in code.render_line(y)) for y in range(code.size.height)]


def shown_code(pilot: Pilot[Any]) -> str:
    """What a phone's camera reads, after the address."""
    base, _, code = scanned(drawn(pilot)).partition("/p/")
    assert base == pilot.app.screen.base_url  # type: ignore[attr-defined]
    return code


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_is_read_from_the_smallest_terminal(
    chain: Chain, clock: Clock, lang: Lang
) -> None:
    async with console_of(chain, "3", "down", "f2", lang=lang) as pilot:
        read = read_code(folder_secret(chain.register.folder), shown_code(pilot))
        words = seen(pilot)

    assert read == Scanned("s1", step_at(clock.now))
    wanted = {"zh": ("湖滨加油站", "秒后更换"), "en": ("Lakeside", "until it changes")}
    assert [said for said in wanted[lang] if said not in words] == []


async def test_it_changes_by_itself(chain: Chain, clock: Clock) -> None:
    async with console_of(chain, "3", "down", "f2") as pilot:
        first = shown_code(pilot)
        clock.forward(seconds=30)
        await until(pilot, lambda: shown_code(pilot) != first)

        check_age(read_code(folder_secret(chain.register.folder), shown_code(pilot)), clock.now)


async def test_it_is_large_where_there_is_room(chain: Chain) -> None:
    async with console_of(chain, "3", "down", "f2") as pilot:
        await pilot.resize_terminal(160, 48)
        await until(pilot, lambda: len(drawn(pilot)) > 30)
        lines, code = drawn(pilot), shown_code(pilot)

    assert len(lines[0]) == 2 * len(lines)
    assert read_code(folder_secret(chain.register.folder), code).station == "s1"


async def test_the_language_changes_and_the_code_stays(chain: Chain) -> None:
    async with console_of(chain, "3", "down", "f2") as pilot:
        first = shown_code(pilot)
        await press(pilot, "l")

        assert "Lakeside" in seen(pilot)
        assert shown_code(pilot) == first


async def test_from_anywhere_it_asks_for_the_station(chain: Chain) -> None:
    async with console_of(chain, "f2") as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await press(pilot, *"s2", "enter")
        assert "北关加油站" in seen(pilot)

        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, PresenceScreen)


async def test_the_only_station_needs_no_question(register: Register, clock: Clock) -> None:
    def add(place: str, kind: Any, above: str | None) -> None:
        name = Text(zh=f"名{place}", en=place)
        register.carry_out(add_place, place, kind, name, above, by=CONSOLE)

    add("co", "company", None)
    add("u1", "unit", "co")
    add("s1", "station", "u1")

    async with console_of(Chain(register, clock, "", None), "f2") as pilot:  # type: ignore[arg-type]
        assert "名s1" in seen(pilot)
        assert read_code(folder_secret(register.folder), shown_code(pilot)).station == "s1"
