"""Odd and hostile files are declined before they wait, and odd names are only names."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.journeys.conftest import Station
from tests.journeys.phone import Phone, a_photo

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]

HEIC = b"\0\0\0\x18ftypheic" + b"not for this browser"


def test_an_empty_file_is_declined(filling: Phone) -> None:
    filling.find("A.a.1")
    filling.attach("A.a.1", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b""})

    filling.page.wait_for_selector(".problem >> text=文件是空的")
    assert filling.store("blobs") == []


def test_a_video_that_is_too_large_is_declined_with_a_remedy(
    filling: Phone, tmp_path: Path
) -> None:
    video = tmp_path / "long.mp4"
    with video.open("wb") as file:
        file.truncate(600_000_000)
    filling.find("A.a.1")
    filling.attach("A.a.1", video, "video")

    told = filling.page.locator(".problem")
    told.wait_for()
    assert "500 MB" in told.inner_text()
    assert "720p" in told.inner_text()
    assert filling.store("blobs") == []


def test_a_picture_that_cannot_be_shrunk_is_kept_as_it_is(filling: Phone) -> None:
    heic = {"name": "IMG.heic", "mimeType": "image/heic", "buffer": HEIC}
    filling.find("A.a.1")
    filling.attach("A.a.1", heic)

    filling.page.wait_for_selector("[data-file] >> text=原图")
    (row,) = filling.store("blobs")
    assert (row["name"], row["media_type"], row["size"]) == ("IMG.heic", "image/heic", len(HEIC))


def test_a_file_that_is_no_picture_is_told_at_once_and_not_after_sending(filling: Phone) -> None:
    for criterion, kind, mime in (
        ("A.a.1", "picture", "image/jpeg"),
        ("A.a.2", "video", "video/mp4"),
    ):
        words = {"name": "a.jpg", "mimeType": mime, "buffer": b"only words"}
        filling.find(criterion)
        filling.attach(criterion, words, kind)

        filling.entry(criterion).get_by_text("这不是照片或视频").wait_for()
        assert filling.store("blobs") == [], kind


def test_a_full_phone_keeps_the_form(filling: Phone) -> None:
    filling.find("A.a.1")
    filling.page.evaluate(
        "() => { const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put ="
        " function (row) { if (this.name === 'blobs') throw new DOMException('full',"
        " 'QuotaExceededError'); return put.call(this, row); }; }"
    )
    filling.attach("A.a.1", a_photo())

    filling.page.wait_for_selector(".problem >> text=存储空间已满")
    filling.find("A.a.1")
    filling.wait_until(lambda: filling.kept_line("A.a.1").get("count") == 2)
    filling.page.reload()
    assert filling.entry("A.a.1").locator(".count").input_value() == "2"


def test_markup_in_names_and_notes_is_only_text(filling: Phone, station: Station) -> None:
    markup = "<img src=x onerror=alert(1)>" * 20
    filling.find("A.a.1")
    filling.attach("A.a.1", a_photo(f"{markup[:150]}.jpg"))
    filling.entry("A.a.1").locator("textarea").fill(markup)
    filling.review()
    assert markup in filling.page.inner_text("main")

    filling.page.click("#bar .main")
    filling.wait_until(lambda: len(station.findings()) == 1)

    assert station.findings()[0].note == markup
    assert filling.page.locator("img[src=x]").count() == 0


def test_a_wrong_clock_is_told_and_not_refused(known_phone: Phone, station: Station) -> None:
    known_phone.context.add_init_script("{ const now = Date.now; Date.now = () => now() + 4e8; }")
    known_phone.scan(station.token)

    known_phone.page.wait_for_selector(".notice >> text=手机时间比服务器快")
    known_phone.begin()


def test_nothing_is_cut_off_on_a_narrow_phone(filling: Phone) -> None:
    filling.page.set_viewport_size({"width": 360, "height": 740})
    draft = filling.store("drafts")[0]["id"]
    views = ("", f"form/{draft}", f"review/{draft}", "queue", "sent", "settings", "enrol")
    for language in ("zh", "en"):
        filling.go("settings")
        filling.page.click(f"button[lang={language}]")
        for percent, view in product((100, 130), views):
            filling.page.evaluate(
                f"document.documentElement.style.fontSize = '{percent * 1.0625}%'"
            )
            filling.go(view)
            assert sideways(filling) <= 0, (language, percent, view)
            assert too_small_to_touch(filling) == [], (language, percent, view)


def sideways(phone: Phone) -> int:
    """By how many pixels the page is wider than the phone."""
    over: int = phone.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return over


def too_small_to_touch(phone: Phone) -> list[str]:
    """What can be touched but is less than 44 px high or wide."""
    small: list[str] = phone.page.evaluate(
        """() => [...document.querySelectorAll('button, a, input:not([type=file]):not(#sound)')]
        .filter(n => n.offsetParent).filter(n => { const b = n.getBoundingClientRect();
          return b.height < 43.5 || b.width < 43.5; }).map(n => n.outerHTML.slice(0, 120))"""
    )
    return small
