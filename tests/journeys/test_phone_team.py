"""Four phones and a console fill in one comprehensive inspection at once.

Each phone is a browser of its own, the console a program of its own in a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from playwright.sync_api import Browser

from domain.organisation import Role
from domain.procedures.enrolment import offer_enrolment
from domain.procedures.organisation import add_person
from domain.scoring import score_lines
from domain.submission import Found
from tests.journeys.conftest import Station
from tests.journeys.phone import Phone, a_photo
from tests.journeys.terminal import Terminal
from tests.journeys.test_phone_presence import code_shown, sent
from tests.things import COMPREHENSIVE, CONSOLE, EDITION, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]

PEOPLE = {"p-li": "李敏", "p-chen": "陈静", "p-sun": "孙浩", "p-wang": "王强"}
AT_THE_CONSOLE = ("p-zhou", "周磊")


@pytest.fixture
def team(chrome: Browser, station: Station) -> Iterator[dict[str, Phone]]:
    """The phones of the leader, two departments and the station's manager."""
    do = station.register.carry_out
    staff = [(one, PEOPLE[one]) for one in ("p-chen", "p-sun")]
    for person, name in (*staff, AT_THE_CONSOLE):
        do(add_person, person, name, (Role("unit_staff", "u1"),), by=CONSOLE)
    phones = {}
    for person in PEOPLE:
        phone = Phone.new(chrome, station.port)
        phone.enrol(str(do(offer_enrolment, person, by=CONSOLE)))
        phones[person] = phone
    yield phones
    for phone in phones.values():
        phone.context.close()


def opened(phone: Phone, station: Station) -> None:
    """The leader starts a team inspection at the pump."""
    phone.scan(station.token)
    phone.page.click("text=发起联合检查")
    phone.page.wait_for_selector("[data-section]")


def joined(phone: Phone, station: Station) -> None:
    """A member joins it there."""
    phone.scan(station.token)
    phone.page.locator("[data-team] button").click()
    phone.page.wait_for_selector("[data-section]")


def entered(phone: Phone, *criteria: str, picture: bool = False) -> None:
    """Counts one finding at each of these, and goes back to the team's page."""
    phone.page.locator("#bar button", has_text="填写").click()
    phone.page.wait_for_selector(".formhead")
    for criterion in criteria:
        phone.page.fill("#search", criterion)
        phone.find(criterion)
    if picture:
        phone.attach(criteria[0], a_photo())
        phone.page.wait_for_selector("[data-file] img")
    phone.page.locator("#bar button", has_text="联合检查").click()
    phone.page.wait_for_selector("[data-section]")


def closed(leader: Phone, station: Station) -> None:
    """The leader proves to be there, and closes it."""
    at_the_team = leader.page.evaluate("location.hash")
    leader.page.goto(f"{leader.address}/p/{code_shown(station)}")
    leader.page.wait_for_selector("[data-proof]")
    leader.page.goto(f"{leader.address}/s/{station.token}{at_the_team}")
    leader.page.locator("#bar button", has_text="结束检查").click()
    leader.page.locator("[role=alertdialog] button", has_text="结束检查").click()
    leader.wait_until(lambda: len(station.inspections()) == 1)


@contextmanager
def branch_console(tmux: str, station: Station) -> Iterator[Terminal]:
    """The console at the branch, in a process of its own, where somebody joins the team."""
    command = (sys.executable, "-m", "tui", "--data", str(station.folder), "--lang", "zh")
    console = Terminal(tmux, *command, "console")
    try:
        console.wait_for("没有记录", 60)
        console.press("2")
        console.wait_for("按 n 加入", 60)
        console.press("n")
        console.wait_for("组长 李敏", 60)
        console.press("Enter")
        console.wait_for("谁在稽查", 60)
        console.press(*AT_THE_CONSOLE[0], "Enter")
        console.wait_for("本项目未分派", 60)
        yield console
    finally:
        console.close()


def everybody_counts(phone: Phone, *said: str) -> None:
    """Wait until the team's page says of each how many entries they made."""
    told = phone.page.locator("#members")
    phone.wait_until(lambda: sorted(told.inner_text().split(" · ")) == sorted(said), 60)


def test_four_phones_and_a_console_fill_in_one_inspection(
    station: Station, team: dict[str, Phone], tmux: str
) -> None:
    leader, chen, sun, manager = team.values()
    opened(leader, station)
    for phone in (chen, sun, manager):
        joined(phone, station)

    entered(leader, "7", "8")
    with branch_console(tmux, station) as console:
        entered(chen, "56", picture=True)
        entered(sun, "134b", "150")
        manager.page.locator("#bar button", has_text="填写").click()
        manager.page.fill("#search", "7")
        entered(leader, "9")
        seen = manager.page.locator('[data-entry="7"] .others')
        seen.locator("text=李敏 × 1").wait_for()
        assert manager.entry("7").locator(".count").input_value() == "0"
        manager.page.locator("#bar button", has_text="联合检查").click()
        entered(manager, "7")
        console.press(*"25+34+")
        everybody_counts(leader, "我 3 条", "陈静 1 条", "孙浩 2 条", "王强 1 条", "周磊 2 条")
        console.wait_for("李敏3", 60)
        console.wait_for("陈静1", 60)
        station.kill()
        console.press(*"163+")
        wait_until(lambda: len(station.steps_by(AT_THE_CONSOLE[0])) == 3, 60)
    station.start()
    entered(chen, "57")
    with branch_console(tmux, station) as console:
        console.wait_for("周磊3", 60)
        console.press(*"164+")
        everybody_counts(leader, "我 3 条", "陈静 2 条", "孙浩 2 条", "王强 1 条", "周磊 4 条")
    edition = station.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    everything = ("7", "8", "56", "134b", "150", "7", "57", "9", "25", "34", "163", "164")
    card = score_lines(edition, [Found(one) for one in everything])
    assert Decimal(leader.page.locator("#teamscore").inner_text().split()[0]) == card.total

    manager.page.locator("#bar button", has_text="填写").click()
    for section in edition.sections:
        part = leader.page.locator(f'[data-section="{section.id}"]')
        part.locator("button", has_text="提交本项目").click()
        part.locator("button", has_text="重新打开").wait_for()
    manager.page.locator(".holder", has_text="已提交：李敏").first.wait_for()
    manager.page.locator("#bar button", has_text="联合检查").click()
    closed(leader, station)

    (inspection,) = station.inspections()
    assert (Decimal(inspection.score), inspection.findings) == (card.total, len(everything))
    (presence,) = sent(station)
    assert (presence.grade, len(presence.page)) == ("proven", 36)
    chen.wait_until(lambda: [bool(row.arrived_at) for row in station.evidence()] == [True])
    (picture,) = station.evidence()
    assert picture.inspection == inspection.number

    manager.page.locator("#signnote").wait_for()
    manager.page.fill("#signnote", "情况属实")
    manager.page.locator("button", has_text="会签").last.click()
    manager.page.wait_for_selector("text=已会签")
