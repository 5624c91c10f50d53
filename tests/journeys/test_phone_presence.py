"""A phone that scans the console's changing code, and what its page tells about itself."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from playwright.sync_api import Browser

from domain.changing_code import STEP_S, code_of, step_at
from domain.presence import Presence
from domain.register.secret import folder_secret
from tests.journeys.conftest import Station
from tests.journeys.phone import Phone

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]


def code_shown(station: Station, ago_s: int = 0) -> str:
    """What the console of this station shows, or showed."""
    step = step_at(datetime.now(UTC)) - ago_s // STEP_S
    return code_of(folder_secret(station.folder), station.chain.station, step)


def sent(station: Station) -> list[Presence]:
    """The evidence of presence of every form, as they came."""
    rows = sorted(station.inspections(), key=lambda row: int(row.number))
    return [msgspec.json.decode(row.presence, type=Presence) for row in rows]


def inspect(phone: Phone, station: Station, forms: int) -> None:
    """Fill in an audit at the pump and wait until the phone has its receipt."""
    phone.scan(station.token)
    phone.begin()
    phone.find("A.a.1")
    phone.send()
    phone.wait_until_heard()
    assert len(station.inspections()) == forms


def test_the_code_on_the_console_proves_presence_for_the_forms_that_follow(
    phone: Phone, station: Station
) -> None:
    page = phone.page
    page.goto(f"{phone.address}/p/s1.1%E9")  # Cut off in a chat; the page works all the same.
    page.wait_for_selector("#code")
    page.goto(f"{phone.address}/p/{code_shown(station, ago_s=90)}")
    page.fill("#code", station.code())  # It is not enrolled yet, and told so first.
    page.click("main button[type=submit]")
    page.wait_for_selector("#code", state="detached")
    page.wait_for_selector(".problem")
    assert "请扫描屏幕上现在显示的码" in page.inner_text(".problem")

    phone.scan(station.token)
    page.goto(f"{phone.address}/p/{code_shown(station)}")
    page.wait_for_selector("[data-proof]")
    assert "在场已证明，有效至" in page.inner_text("[data-proof]")

    page.click("[data-proof] button")
    page.wait_for_selector("[data-proof=s1]")
    assert "1号加油机" in page.inner_text("main")

    inspect(phone, station, forms=1)

    (presence,) = sent(station)
    assert (presence.grade, presence.proof) == ("proven", "")
    assert presence.proved_at is not None


def test_a_copied_key_in_another_browser_sends_another_mark(
    known_phone: Phone, station: Station, chrome: Browser
) -> None:
    inspect(known_phone, station, forms=1)
    second = Phone.new(chrome, station.port)
    second.context.add_cookies(known_phone.context.cookies())  # type: ignore[arg-type]
    inspect(second, station, forms=2)
    known_phone.enrol(station.code())
    inspect(known_phone, station, forms=3)
    second.context.close()

    first, copied, enrolled_anew = sent(station)
    assert first.page
    assert copied.page not in ("", first.page)
    assert enrolled_anew.page == first.page
    numbers = sorted(int(row.number) for row in station.inspections())
    assert [one.after for one in (first, copied, enrolled_anew)] == [None, None, numbers[0]]
