"""Points & phones: a chain is set up, codes are shown and ended, phones come and go."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from textual.pilot import Pilot
from textual.widgets import Static

from domain.organisation import Actor, Directory
from domain.procedures.enrolment import enrol
from domain.register.register import Register
from domain.text import Lang, Text
from tests.looks import svg_of
from tests.things import CONSOLE, Chain, Clock
from tests.tui.opened import console_on, type_in, until
from tui.screens.points import PointsScreen
from tui.screens.points_dialogs import Code, CodeShown, Enrolling, Fields
from tui.widgets.choose import Choose
from tui.widgets.dialogs import Question

pytestmark = pytest.mark.slow


def screen_of(pilot: Pilot[Any]) -> PointsScreen:
    screen = next(one for one in pilot.app.screen_stack if isinstance(one, PointsScreen))
    assert isinstance(screen, PointsScreen)
    return screen


def shown(pilot: Pilot[Any]) -> str:
    """Everything that stands in the terminal, without its colours."""
    from html import unescape
    from re import findall

    texts = findall(r"<text [^>]*>([^<]*)</text>", svg_of(pilot.app))
    return unescape("".join(texts)).replace("\xa0", " ")


@pytest.mark.slow
async def test_a_fresh_system_is_set_up_from_here_alone(register: Register) -> None:
    def directory() -> Directory:
        return register.directory

    async with console_on(register, "points") as pilot:
        await pilot.press("s")
        for name in ("示范石油公司", "东湖分公司", "湖滨加油站"):
            await type_in(pilot, name)
        await until(pilot, lambda: len(directory().stations) == 1)

        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose | Fields))
        if isinstance(pilot.app.screen, Choose):
            await type_in(pilot, "加油机")
        await until(pilot, lambda: isinstance(pilot.app.screen, Fields))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(directory().points) == 1)

        await pilot.press("o")
        await type_in(pilot, "王强")
        await type_in(pilot, "站经理")
        await until(pilot, lambda: len(directory().people) == 1)

        (station,) = directory().stations
        (point,) = directory().points.values()
        (person,) = directory().people.values()
        assert (station.name.zh, point.name.zh, person.name) == ("湖滨加油站", "1号加油机", "王强")
        assert point.token
        assert directory().sight(person.id).sees(station.id)


async def test_an_empty_name_is_not_taken(register: Register) -> None:
    async with console_on(register, "points") as pilot:
        await pilot.press("s")
        for name in ("公司", "", "加油站"):
            await type_in(pilot, name)

        assert isinstance(pilot.app.screen, Fields)
        assert register.directory.places == {}


async def test_enter_on_a_point_shows_its_code_to_be_scanned_from_the_screen(
    chain: Chain, tmp_path: Path
) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodeShown))
        code = pilot.app.screen.query_one(Code)
        lines = [
            "".join(part.text for part in code.render_line(y)) for y in range(code.size.height)
        ]

        assert "湖滨加油站" in shown(pilot)
        assert scanned(lines) == f"{screen_of(pilot).base_url}/s/{chain.token}"


def scanned(lines: list[str]) -> str:
    """What a camera reads in half blocks."""
    halves = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)), 255)
    for y, line in enumerate(lines):
        for x, character in enumerate(line):
            for half in (0, 1):
                picture.putpixel((x, 2 * y + half), halves[character][half])
    large = picture.resize((4 * picture.width, 4 * picture.height), Image.Resampling.NEAREST)
    (code,) = zxingcpp.read_barcodes(large)
    return code.text


@pytest.mark.parametrize(("answer", "replaced"), [("enter", True), ("escape", False)])
@pytest.mark.slow
async def test_a_code_is_replaced_only_when_confirmed(
    chain: Chain, answer: str, replaced: bool
) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press(answer)
        if replaced:
            await until(pilot, lambda: token_of(chain) != chain.token)
        await pilot.pause(0.1)

        assert (token_of(chain) != chain.token) is replaced


def token_of(chain: Chain) -> str | None:
    return chain.register.directory.points[chain.point].token


@pytest.mark.slow
async def test_a_withdrawn_code_is_shown_as_such(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("tab", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("enter")
        await until(pilot, lambda: token_of(chain) is None)
        await until(pilot, lambda: "已停用" in shown(pilot))


@pytest.mark.slow
async def test_labels_are_saved_as_a_pdf_and_the_screen_says_where(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("e")
        folder = chain.register.folder / "exports"
        await until(pilot, lambda: any(folder.glob("*.pdf")))

        (sheet,) = folder.glob("*.pdf")
        assert "湖滨加油站" in sheet.name


async def test_a_phone_that_enrols_is_greeted_on_the_console_by_itself(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await type_in(pilot, "李敏")
        await until(pilot, lambda: isinstance(pilot.app.screen, Enrolling))
        code = pilot.app.screen._offer.code  # type: ignore[attr-defined]
        assert "10:00" in state(pilot)

        await asyncio.to_thread(
            lambda: chain.register.carry_out(enrol, code, "李敏的手机", by=Actor("phone"))
        )

        await until(pilot, lambda: "已绑定：李敏的手机" in state(pilot))


@pytest.mark.slow
async def test_an_enrolment_counts_down_and_ends(chain: Chain, clock: Clock) -> None:
    async with console_on(chain.register, "points", lang="en") as pilot:
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Enrolling))

        clock.forward(minutes=4, seconds=1)
        await until(pilot, lambda: "5:59" in state(pilot))
        clock.forward(minutes=6)
        await until(pilot, lambda: "Too late" in state(pilot))


def state(pilot: Pilot[Any]) -> str:
    return str(pilot.app.screen.query_one("#state", Static).content)


async def test_a_phone_is_withdrawn_when_confirmed(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        await pilot.press("tab", "tab", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Question))
        await pilot.press("enter")

        await until(
            pilot,
            lambda: bool(chain.register.directory.devices[chain.phone.device].withdrawn_at),
        )


async def test_a_station_shows_its_own_points_and_phones(chain: Chain) -> None:
    async with console_on(chain.register, "points") as pilot:
        screen = screen_of(pilot)
        assert [line.name.zh for line in screen.stations.lines] == [
            "全部加油站",
            "湖滨加油站",
            "北关加油站",
        ]

        await pilot.press("end")
        await pilot.pause()

        assert (screen.points.lines, screen.phones.lines) == ((), ())


async def test_a_point_added_elsewhere_appears_by_itself(chain: Chain) -> None:
    from domain.procedures.points import place_point

    async with console_on(chain.register, "points") as pilot:
        name = Text(zh="配电室", en="Power room")
        await asyncio.to_thread(
            lambda: chain.register.carry_out(
                place_point, "k9", "s2", "power_room", name, by=CONSOLE
            )
        )

        await until(pilot, lambda: len(screen_of(pilot).points.lines) == 2)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
@pytest.mark.slow
async def test_all_keys_and_columns_are_to_be_seen(
    chain: Chain, lang: Lang, size: tuple[int, int]
) -> None:
    async with console_on(chain.register, "points", lang=lang, size=size) as pilot:
        text = shown(pilot)

        wanted = {
            "zh": ("打印标签", "绑定手机", "加单位", "二维码", "签发", "2026-11-20", "王强的手机"),
            "en": ("Labels", "Enrol", "Place", "Code", "Issued", "2026-11-20", "王强的手机"),
        }
        assert [each for each in wanted[lang] if each not in text] == []
