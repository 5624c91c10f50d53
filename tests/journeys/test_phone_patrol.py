"""On patrol: a scan asks for what is checked at its point, and nothing else."""

from __future__ import annotations

import json

import pytest

from tests.journeys.conftest import Station
from tests.journeys.phone import Phone

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]


def test_a_scan_on_patrol_asks_for_what_is_checked_at_its_point(
    known_phone: Phone, station: Station
) -> None:
    phone = known_phone
    phone.scan(station.token)
    assert phone.page.locator("[data-round]").count() >= 2
    assert "早班巡检 07:00–10:00" in phone.page.inner_text("[data-round=morning]")

    phone.begin("每日巡检")
    assert phone.page.locator(".entry").count() == 5
    phone.find("pump.2")
    phone.send()

    phone.wait_until(lambda: len(station.inspections()) == 1)
    (scanned,) = station.inspections()
    assert (scanned.kind, scanned.findings, scanned.applied_max) == ("patrol", 1, "5.00")
    assert "pump" not in json.loads(scanned.not_applicable)
    assert phone.store("drafts") == []


def test_my_duties_are_told_at_a_scan_and_without_network(
    known_phone: Phone, station: Station
) -> None:
    phone = known_phone
    phone.scan(station.token)
    page = phone.page
    page.wait_for_selector("[data-duties]")
    assert "今天到期" in page.inner_text("[data-duties]")
    first = page.locator("[data-due=today]").first
    assert first.is_visible()

    page.click("[data-duties] button")
    page.wait_for_selector("[data-group=today]")
    daily = page.locator("[data-group=today] [data-duty^='I9/']")
    assert "在控制台录入" in daily.inner_text()

    phone.context.set_offline(True)
    page.click("#strip .back")
    page.click("[data-duties] button")
    page.wait_for_selector("text=没有网络，这是")
    assert daily.is_visible()
