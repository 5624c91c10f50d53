"""The electronic log on phones: written without network, handed over, taken over on another one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from domain.notes import NewNote
from domain.organisation import Role
from domain.procedures.enrolment import offer_enrolment
from domain.procedures.log import write_note
from domain.procedures.organisation import add_person, end_role
from tests.journeys.conftest import Station
from tests.journeys.phone import Phone
from tests.things import CONSOLE, new_id

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]


@pytest.fixture
def successor(chrome: Browser, station: Station) -> Iterator[Phone]:
    """The enrolled phone of a clerk of the station."""
    do, phone = station.register.carry_out, Phone.new(chrome, station.port)
    do(add_person, "p-chen", "陈静", (Role("staff", "s1"),), by=CONSOLE)
    phone.enrol(str(do(offer_enrolment, "p-chen", by=CONSOLE)))
    yield phone
    phone.context.close()
    assert phone.errors == []


def test_a_shift_is_handed_over_without_network_and_taken_over_on_another_phone(
    known_phone: Phone, successor: Phone, station: Station
) -> None:
    phone, page = known_phone, known_phone.page
    phone.scan(station.token)
    page.click("[data-key=log]")
    page.click("[data-key=handover]")
    page.fill("#log-text", "中班交夜班，\n一切正常")
    page.reload()
    page.wait_for_selector("#log-to option[value='person:p-chen']", state="attached")
    assert page.input_value("#log-text") == "中班交夜班，\n一切正常"

    phone.context.set_offline(True)
    page.click("[data-key=put]")
    assert "请选择交给谁" in page.inner_text(".problem")
    page.select_option("#log-to", "person:p-chen")
    page.fill("#log-readings", "备用金 2000 元\n\n 钥匙 6 把 ")
    page.click("[data-key=put]")
    page.wait_for_selector("[data-going=handover]")
    assert phone.waiting == 1
    phone.context.set_offline(False)
    page.wait_for_selector("[data-log=handover]")
    assert "备用金 2000 元；钥匙 6 把" in page.inner_text("[data-log=handover]")
    phone.wait_until_heard()
    (sent,) = phone.store("receipts")

    successor.scan(station.token)
    successor.page.click("[data-shift] button")
    successor.page.fill("#log-remark", "已点清")
    successor.page.click("[data-key=take]")
    successor.page.locator("[data-log=handover]", has_text="陈静已接班").wait_for()
    successor.wait_until_heard()
    (taken,) = successor.store("receipts")
    assert taken["number"] > sent["number"]
    successor.page.click("[data-key=note]")
    successor.page.fill("#log-text", "<b>3号枪</b>已修好")
    successor.page.click("[data-key=put]")
    successor.page.wait_for_selector("[data-log=note]")
    assert "<b>3号枪</b>已修好" in successor.page.inner_text("[data-log=note]")

    successor.context.set_offline(True)
    successor.page.wait_for_selector(".notice", state="visible")
    tanker = "控制台记：油罐车 15 点到"
    elsewhere = NewNote(id=new_id(), written_at=datetime.now(UTC), text=tanker, station="s1")
    station.register.carry_out(write_note, elsewhere, by=CONSOLE)
    successor.context.set_offline(False)
    successor.page.locator("[data-log=note]", has_text=tanker).wait_for()


def test_a_phone_that_is_a_month_ahead_reads_the_days_of_the_station(
    known_phone: Phone, station: Station
) -> None:
    page = known_phone.page
    known_phone.context.add_init_script("{ const now = Date.now; Date.now = () => now() + 4e9; }")
    known_phone.scan(station.token)
    page.click("[data-key=note]")
    page.fill("#log-text", "3号枪漏油")
    page.click("[data-key=put]")
    page.wait_for_selector("[data-log=note]")

    page.click("[data-key=earlier]")
    known_phone.wait_until(lambda: "log:s1:9" in keys_kept(known_phone))

    (week,) = [row["value"] for row in known_phone.store("kept") if row["key"] == "log:s1:9"]
    assert [line["says"]["zh"] for line in week["lines"]] == ["3号枪漏油"]


def test_a_refused_note_is_written_again_before_what_was_begun_since(
    known_phone: Phone, station: Station
) -> None:
    page, do, post = known_phone.page, station.register.carry_out, Role("station_manager", "s1")
    known_phone.scan(station.token)
    page.click("[data-key=note]")
    page.fill("#log-text", "先写的")
    do(end_role, "p-wang", post, by=CONSOLE)
    page.click("[data-key=put]")
    page.wait_for_selector(".problem >> text=现在读不到这座站的日志")
    assert "log:s1:2" not in keys_kept(known_phone)
    page.click("[data-key=note]")
    page.fill("#log-text", "后写的")
    known_phone.go("queue")
    page.locator("[data-key^=mend]").click()

    page.wait_for_selector("#log-text")
    assert page.input_value("#log-text") == "先写的\n后写的"


def test_whoever_gets_the_phone_next_finds_no_log_of_the_one_before(
    known_phone: Phone, successor: Phone, station: Station
) -> None:
    known_phone.scan(station.token)
    known_phone.page.click("[data-key=log]")
    helps = {"duties", "handovers", "log:s1:2"}
    known_phone.wait_until(lambda: helps <= keys_kept(known_phone))

    do = station.register.carry_out
    known_phone.context.set_offline(False)
    do(add_person, "p-sun", "孙浩", (Role("staff", "s2"),), by=CONSOLE)
    known_phone.enrol(str(do(offer_enrolment, "p-sun", by=CONSOLE)))

    assert "log:s1:2" not in keys_kept(known_phone)


def keys_kept(phone: Phone) -> set[str]:
    """Under which names the page keeps what helps."""
    return {row["key"] for row in phone.store("kept")}
