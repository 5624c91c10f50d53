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
