"""What a phone sends arrives once and whole, whatever the network and the receiver do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.conftest import Station
from tests.journeys.phone import HOST, Phone, a_photo, a_video

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]


def arrived(station: Station, files: int) -> bool:
    """Whether that many pictures and videos are complete at the station."""
    return sum(row.arrived_at is not None for row in station.evidence()) == files


def test_a_check_filled_offline_arrives_once_and_its_pictures_byte_for_byte(
    filling: Phone, station: Station
) -> None:
    filling.find("A.a.1", times=2)
    filling.attach("A.a.1", a_photo())
    filling.entry("A.a.1").locator("textarea").fill("2号机东侧")
    filling.context.set_offline(True)
    filling.find("A.a.3")
    filling.attach("A.a.3", a_photo("IMG_0002.jpg"))
    filling.send()
    filling.wait_until(lambda: filling.waiting == 1)
    assert station.inspections() == []

    filling.context.set_offline(False)
    filling.wait_until(lambda: arrived(station, 2))

    filling.wait_until_heard()
    filling.wait_until(lambda: filling.waiting == 0)
    assert len(station.inspections()) == 1
    assert [(f.criterion, f.occurrences, f.note) for f in station.findings()] == [
        ("A.a.1", 2, "2号机东侧"),
        ("A.a.3", 1, ""),
    ]
    on_the_phone = filling.digests()
    assert len(on_the_phone) == 2
    for row in station.evidence():
        assert row.sha256 == on_the_phone[row.id]
        assert station.register.media.path(row.sha256).is_file()


def test_the_receipt_stays_on_the_phone(filling: Phone, station: Station) -> None:
    filling.find("A.a.1")
    filling.send()
    filling.wait_until_heard()
    filling.page.reload()

    receipt = filling.page.locator(".receipt")
    receipt.locator(".seal").click()

    (inspection,) = station.inspections()
    (kept,) = filling.store("receipts")
    assert f"№ {inspection.number}" in receipt.inner_text()
    assert inspection.score in receipt.inner_text()
    assert kept["seal"] in receipt.inner_text()


def test_a_picture_is_shrunk_and_keeps_its_name_and_time(filling: Phone, station: Station) -> None:
    photo = a_photo("站台 <b>东</b>.jpg", size=(4000, 3000))
    filling.find("A.a.1")
    filling.attach("A.a.1", photo)
    filling.send()
    filling.wait_until(lambda: arrived(station, 1))

    (row,) = station.evidence()
    with Image.open(station.register.media.path(row.sha256)) as picture:
        assert picture.size == (1600, 1200)
    assert row.size < len(photo["buffer"])
    assert row.name == photo["name"]
    assert datetime.fromisoformat(row.taken_at) == datetime.fromisoformat(
        "2026-11-20T08:09:10+08:00"
    )


def test_two_tabs_send_once(filling: Phone, station: Station) -> None:
    second = filling.context.new_page()
    filling.scan(station.token, second)
    filling.find("A.a.1")
    filling.attach("A.a.1", a_photo())
    filling.context.set_offline(True)
    filling.send()
    answered: list[str] = []
    filling.context.on(
        "response", lambda answer: answered.append(f"{answer.request.method} {answer.url}")
    )

    filling.context.set_offline(False)
    filling.wait_until(lambda: arrived(station, 1))

    assert len(station.inspections()) == 1
    assert answered.count(f"POST {filling.address}/api/submissions") == 1
    second.wait_for_selector("#waiting >> text=0")


def test_a_form_open_in_two_tabs_is_sent_by_one_of_them(filling: Phone, station: Station) -> None:
    filling.find("A.a.1")
    filling.review()
    second = filling.context.new_page()
    second.goto(filling.page.url)
    second.wait_for_selector("#note")

    filling.page.click("#bar .main")
    filling.wait_until(lambda: len(station.inspections()) == 1)
    second.click("#bar .main")
    second.wait_for_selector("[role=alert], .toast")

    filling.wait_until_heard()
    assert len(station.inspections()) == 1
    assert filling.store("drafts") == []


def test_an_upload_goes_on_after_the_receiver_was_killed(
    filling: Phone, station: Station, tmp_path: Path
) -> None:
    video = a_video(tmp_path, 12_000_000)
    filling.find("A.a.1")
    filling.attach("A.a.1", video, "video")
    slowly = filling.context.new_cdp_session(filling.page)
    slowly.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 5,
            "downloadThroughput": 10_000_000,
            "uploadThroughput": 1_000_000,
        },
    )
    filling.send()
    filling.wait_until(lambda: shown_progress(filling) > 0.2)
    station.kill()
    slowly.detach()
    sent: list[tuple[str, int]] = []
    filling.page.on(
        "request",
        lambda r: (
            sent.append((r.method, int(r.headers.get("upload-offset", -1))))
            if "/api/uploads" in r.url
            else None
        ),
    )

    station.start()
    filling.wait_until(lambda: arrived(station, 1), seconds=60)

    first_patch = next(offset for method, offset in sent if method == "PATCH" and offset >= 0)
    assert first_patch > 0
    (row,) = station.evidence()
    assert station.register.media.path(row.sha256).read_bytes() == video.read_bytes()
    assert len(station.inspections()) == 1


def shown_progress(phone: Phone) -> float:
    """The share of the first file that the page says has arrived."""
    bars = phone.page.locator("progress")
    return float(bars.first.get_attribute("value") or 0) if bars.count() else 0.0


def test_a_phone_that_is_closed_before_sending_sends_when_it_is_opened(
    filling: Phone, station: Station
) -> None:
    filling.find("A.a.1")
    filling.attach("A.a.1", a_photo())
    filling.context.set_offline(True)
    filling.send()
    filling.page.close()
    filling.context.set_offline(False)

    filling.page = filling.context.new_page()
    filling.scan(station.token)
    filling.wait_until(lambda: arrived(station, 1))

    assert len(station.inspections()) == 1


def test_nothing_here_depends_on_a_secure_context(known_phone: Phone, station: Station) -> None:
    known_phone.scan(station.token)
    assert HOST in known_phone.page.url
    assert known_phone.page.evaluate("isSecureContext || !!crypto.subtle") is False
