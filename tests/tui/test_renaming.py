"""Points & phones: names are corrected, half-typed ones not lost; questions name the place."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from tests.things import Chain
from tests.tui.opened import console_on, type_in, until
from tests.tui.test_points import shown
from tui.screens.points_dialogs import Fields
from tui.widgets.choose import Choose
from tui.widgets.dialogs import Question


async def test_a_station_is_called_otherwise(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await type_in(pilot, "湖滨")
        await until(pilot, lambda: isinstance(pilot.app.screen, Fields))
        await pilot.press("ctrl+u")
        await type_in(pilot, "新湖加油站")
        await pilot.press("enter")

        await until(pilot, lambda: "新湖加油站" in shown(pilot))
    assert chain.register.directory.station_name("s1").zh == "新湖加油站"
    assert chain.register.directory.station_name("s1").en == "Lakeside"


@pytest.mark.slow
async def test_a_person_is_called_otherwise(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await type_in(pilot, chain.register.directory.people["p-wang"].name)
        await until(pilot, lambda: isinstance(pilot.app.screen, Fields))
        await pilot.press("ctrl+u")
        await type_in(pilot, "王小明")

        await until(pilot, lambda: chain.register.directory.people["p-wang"].name == "王小明")


@pytest.mark.slow
async def test_fields_half_filled_are_dropped_by_a_second_esc_only(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, Fields))
        await pilot.press("x", "escape")
        assert isinstance(pilot.app.screen, Fields)
        assert "再按一次 Esc 放弃" in shown(pilot)

        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Fields))


async def test_an_untouched_dialog_closes_at_once(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, Fields))

        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Fields))


async def test_replacing_a_code_says_at_which_station(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("tab", "r")

        await until(pilot, lambda: isinstance(pilot.app.screen, Question))
        asked = str(pilot.app.screen.query_one(Static).content)
    assert "湖滨加油站" in asked
