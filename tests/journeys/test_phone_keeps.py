"""What somebody typed stays on the phone: through reloads, refusals and withdrawn enrolments."""

from __future__ import annotations

from functools import partial

import pytest

from tests.journeys.conftest import Station
from tests.journeys.phone import NOTHING_FOUND, Phone, a_photo
from tests.things import ONSITE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]


def test_a_reload_in_mid_form_keeps_the_draft(filling: Phone) -> None:
    filling.find("A.a.2", times=3)
    filling.entry("A.a.2").locator("textarea").fill("员工站在柱子后面")
    filling.attach("A.a.2", a_photo())
    filling.wait_until(lambda: len(filling.kept_line("A.a.2").get("evidence", [])) == 1)

    filling.page.reload()

    line = filling.entry("A.a.2")
    assert line.locator(".count").input_value() == "3"
    assert line.locator("textarea").input_value() == "员工站在柱子后面"
    line.locator("[data-file] img").wait_for()


def test_a_point_opened_before_can_be_filled_without_network(
    known_phone: Phone, station: Station
) -> None:
    known_phone.scan(station.token)
    known_phone.wait_until(
        lambda: any(ONSITE in row["key"] for row in known_phone.store("editions"))
    )
    known_phone.context.set_offline(True)

    known_phone.begin()
    known_phone.find("A.a.1")
    known_phone.send()

    known_phone.wait_until(lambda: known_phone.waiting == 1)
    known_phone.page.wait_for_selector("#strip >> text=离线")


def tally_is(phone: Phone, said: str) -> bool:
    """Whether the form says that so many entries were found."""
    return phone.page.locator(".tally b").inner_text() == said


def test_a_count_that_is_none_changes_nothing(filling: Phone) -> None:
    filling.find("A.a.1", times=2)
    number = filling.entry("A.a.1").locator(".count")

    for typed in ("", "x", "-1"):
        number.fill(typed)
        number.press("Tab")

        assert number.input_value() == "2", typed
        assert filling.page.locator(".tally b").inner_text() == "1", typed


@pytest.mark.parametrize("by", ["count", "less", "na"])
def test_a_finding_with_a_note_and_a_picture_goes_only_when_somebody_says_so(
    filling: Phone, by: str
) -> None:
    filling.find("A.a.1")
    filling.entry("A.a.1").locator("textarea").fill("地面有油")
    filling.attach("A.a.1", a_photo())
    filling.page.wait_for_selector("[data-file]")

    for answer, left in (("取消", "1"), ("删除", "0")):
        if by == "count":
            filling.entry("A.a.1").locator(".count").fill("0")
            filling.entry("A.a.1").locator(".count").press("Tab")
        else:
            filling.entry("A.a.1").locator(f".{by}").click()
        told = filling.page.locator(".dialog")
        assert "1 条备注、1 个附件" in told.inner_text()
        told.get_by_text(answer, exact=True).click()
        filling.wait_until(partial(tally_is, filling, left))


def test_undo_brings_back_what_was_taken_away(filling: Phone) -> None:
    filling.find("A.a.1", times=2)
    filling.page.click(".grouphead .na >> nth=0")
    filling.entry("A.a.1").locator(".count").wait_for(state="hidden")

    filling.page.get_by_role("button", name="撤销").click()

    filling.entry("A.a.1").locator(".count").wait_for()
    assert filling.entry("A.a.1").locator(".count").input_value() == "2"


def test_search_finds_an_entry_by_its_id_and_in_both_languages(filling: Phone) -> None:
    shown = filling.page.locator(".line:visible")
    for query in ("Aa3", "A.a.3", "aa3"):
        filling.page.fill("#search", query)

        assert shown.count() == 1, query
        assert shown.get_attribute("data-line") == "A.a.3#0", query
    for query in ("熄火", "fuelling not begun"):
        filling.page.fill("#search", query)

        assert filling.entry("A.a.3").is_visible(), query
        assert not filling.entry("A.a.1").is_visible(), query


def test_nothing_found_must_be_confirmed(filling: Phone, station: Station) -> None:
    filling.review()
    assert filling.page.is_disabled("#bar .main")

    filling.page.check(NOTHING_FOUND)
    filling.page.click("#bar .main")

    filling.wait_until(lambda: len(station.inspections()) == 1)
    assert station.findings() == []


def test_a_refused_form_stays_and_goes_from_the_new_code(filling: Phone, station: Station) -> None:
    filling.find("A.a.1")
    filling.attach("A.a.1", a_photo())
    filling.page.wait_for_selector("[data-file]")
    new_token = station.reissue()
    filling.send()
    filling.page.wait_for_selector(".problem >> text=停用")
    assert station.inspections() == []

    filling.scan(new_token)
    filling.go("queue")
    filling.page.get_by_role("button", name="修改").click()
    filling.page.wait_for_selector(".entry")
    filling.send()

    filling.wait_until_heard()
    assert len(station.inspections()) == 1


def test_a_refused_form_goes_only_when_somebody_says_so(filling: Phone, station: Station) -> None:
    filling.find("A.a.1")
    station.reissue()
    filling.send()
    filling.page.get_by_role("button", name="丢弃").click()
    filling.page.get_by_role("button", name="取消").click()
    assert len(filling.store("queue")) == 1

    filling.page.get_by_role("button", name="丢弃").click()
    filling.page.click(".dialog .danger")

    filling.wait_until(lambda: filling.store("queue") == [])


def test_a_withdrawn_phone_loses_nothing(filling: Phone, station: Station) -> None:
    filling.find("A.a.1")
    station.withdraw_phones()
    filling.send()
    filling.page.wait_for_selector("#banner >> text=绑定")
    assert len(filling.store("queue")) == 1

    filling.enrol(station.code())

    filling.wait_until(lambda: len(station.inspections()) == 1)


def test_the_language_is_remembered(known_phone: Phone, station: Station) -> None:
    known_phone.scan(station.token)
    known_phone.go("settings")
    known_phone.page.click("text=English")
    known_phone.scan(station.token)

    known_phone.page.wait_for_selector("text=Start check")
    assert known_phone.page.get_attribute("html", "lang") == "en"
    cookies = {c["name"]: c["value"] for c in known_phone.context.cookies()}
    assert cookies["lang"] == "en"
