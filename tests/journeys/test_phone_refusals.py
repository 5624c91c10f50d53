"""Refusals that a phone meets on its way: each says why and what helps, and nothing typed is lost.

Rate limits, damaged uploads, other answers under the same id, a newer edition. Each is met in
one of the languages, by turns; that refusals have both is tested where they are made. The receiver
is the real one; what differs from a plain day is said where it is made: tighter limits, a network
that changes bytes, a second phone restored from the first one's backup, a shelf with a new edition.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from domain.register.register import Register
from domain.register.shelf import RULEBOOKS, load_rulebooks
from domain.text import Lang
from server.rates import Limits
from tests.journeys.conftest import Station
from tests.journeys.phone import Phone, a_photo
from tui.receiver import Receiver

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]
NOTE = "2号机东侧，客户等候约一分钟"

UPLOADS = re.compile(r"/api/uploads")
"""Where files are sent to."""


def speak(phone: Phone, lang: Lang) -> None:
    """Choose the language on the phone's settings, and come back."""
    before = phone.page.evaluate("location.hash.slice(2)")
    phone.go("settings")
    phone.page.click(f"button[lang={lang}]")
    phone.go(before)


def fill_in(phone: Phone) -> None:
    """Two findings, one with a note and a picture."""
    phone.find("A.a.1", times=2)
    phone.find("A.a.2")
    phone.entry("A.a.2").locator("textarea").fill(NOTE)
    phone.attach("A.a.2", a_photo())
    phone.page.wait_for_selector("[data-file] img")


def send(phone: Phone) -> None:
    """Review the open form and let it go, in any language."""
    phone.page.click("#bar .main")
    phone.page.wait_for_selector("#note")
    phone.page.click("#bar .main")
    phone.page.wait_for_url("**#/sent")


def told(phone: Phone) -> str:
    """The refusal that is shown."""
    phone.page.wait_for_selector(".problem")
    return phone.page.locator(".problem").first.inner_text()


def missing(phone: Phone, *wanted: str) -> list[str]:
    """Those of these words that the refusal lacks."""
    said = told(phone)
    return [each for each in wanted if each not in said]


def all_arrived(station: Station) -> bool:
    """Whether every announced picture is complete at the station."""
    return all(row.arrived_at is not None for row in station.evidence())


@contextmanager
def receiving(station: Station, register: Register, limits: Limits | None = None) -> Iterator[None]:
    """Another receiver takes over the station's address."""
    station.kill()
    receiver = Receiver(register, "127.0.0.1", station.port, limits)
    receiver.start()
    try:
        yield
    finally:
        receiver.stop()


def test_too_many_wrong_codes_are_told_to_wait(phone: Phone) -> None:
    page = phone.page
    page.goto(f"{phone.address}/enrol")
    page.fill("#phone", "王强的手机")
    page.fill("#code", "00000000")
    answers: list[int] = []
    page.on("response", lambda got: answers.append(got.status) if "enrol" in got.url else None)

    # Tries come back with time, so a slow phone has more than the first ten.
    while 429 not in answers and len(answers) < 60:
        tries = len(answers)
        page.click("button[type=submit]")
        phone.wait_until(lambda tries=tries: len(answers) > tries)  # type: ignore[misc]
        page.wait_for_selector("button[type=submit]:enabled")

    assert answers[:10] == [403] * 10
    assert answers[-1] == 429
    assert missing(phone, "过于频繁", "秒后重试") == []
    assert page.input_value("#code") == "00000000"
    assert page.input_value("#phone") == "王强的手机"


def test_a_language_chosen_while_enrolling_keeps_what_was_typed(phone: Phone) -> None:
    phone.page.goto(f"{phone.address}/enrol")
    phone.page.fill("#code", "1234")
    phone.page.fill("#phone", "王强的手机")

    phone.page.click("main button[lang=en]")

    phone.page.wait_for_selector("h1 >> text=Enrol this phone")
    assert phone.page.input_value("#code") == "1234"
    assert phone.page.input_value("#phone") == "王强的手机"


def test_a_phone_that_sends_too_often_says_so_and_sends_later_by_itself(
    filling: Phone, station: Station
) -> None:
    fill_in(filling)
    speak(filling, "en")
    filling.page.click("#bar .main")
    filling.page.wait_for_selector("#note")
    with receiving(station, station.register, Limits(forms_at_once=1, forms_refill_s=20)):
        knock_until_refused(filling)

        filling.page.click("#bar .main")
        filling.page.wait_for_url("**#/sent")
        filling.go("queue")

        assert missing(filling, "Too many", "Try again in") == []
        (waiting,) = filling.store("queue")
        assert (waiting["state"], NOTE in waiting["form"]) == ("waiting", True)
        filling.wait_until_heard()
        assert len(station.inspections()) == 1
        assert all_arrived(station)
        assert {row.note for row in station.findings()} == {"", NOTE}


KNOCK = """async () => {
    const now = new Date().toISOString();
    const id = "00000000-0000-7000-8000-000000000000";
    const form = {id, rulebook: "none", edition: "none", started_at: now, submitted_at: now};
    const headers = {"Content-Type": "application/json"};
    const sent = await fetch(
        "/api/submissions", {method: "POST", headers, body: JSON.stringify(form)});
    return sent.status;
}"""
"""A form of a rulebook that nobody knows: it is refused, and counts as an attempt."""


def knock_until_refused(phone: Phone) -> None:
    """Another page of the phone sends too much.

    The receiver has just started, so the first knock is let through, however slow we are, and the
    full wait for the next begins with it.
    """
    phone.wait_until(lambda: phone.page.evaluate(KNOCK) == 429)


def damaging(times: int) -> Callable[[Route], None]:
    """A network that turns over one byte of so many pieces of a file."""
    left = [times]

    def pass_on(route: Route) -> None:
        body = route.request.post_data_buffer
        if not body or left[0] == 0:
            route.continue_()
            return
        left[0] -= 1
        middle = len(body) // 2
        route.continue_(post_data=body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :])

    return pass_on


def test_a_picture_damaged_on_the_way_is_sent_again_by_itself(
    filling: Phone, station: Station
) -> None:
    fill_in(filling)
    statuses: list[int] = []
    filling.page.on("response", lambda answer: statuses.append(answer.status))
    filling.page.route(UPLOADS, damaging(1))

    filling.send()

    filling.wait_until(lambda: len(station.evidence()) == 1 and all_arrived(station))
    assert statuses.count(460) == 1
    (row,) = station.evidence()
    assert row.sha256 == filling.digests()[row.id]


def test_a_picture_that_is_damaged_each_time_stays_and_goes_when_asked_to(
    filling: Phone, station: Station
) -> None:
    fill_in(filling)
    filling.page.route(UPLOADS, damaging(99))
    send(filling)
    filling.go("queue")

    assert missing(filling, "不一致", "请点“重试”") == []
    assert len(filling.digests()) == 1
    filling.page.unroute(UPLOADS)
    filling.page.locator("[data-file] .pair button").last.click()

    filling.wait_until(lambda: all_arrived(station))
    (row,) = station.evidence()
    assert row.sha256 == filling.digests()[row.id]


def test_two_phones_from_one_backup_keep_both_answers(
    filling: Phone, station: Station, chrome: Browser
) -> None:
    filling.find("A.a.1")
    filling.wait_until(lambda: "A.a.1#0" in filling.store("drafts")[0]["lines"])
    backup = filling.context.storage_state(indexed_db=True)
    restored = Phone.new(chrome, station.port, storage_state=backup)
    restored.scan(station.token)
    restored.page.locator("[data-draft] button.main").click()
    restored.page.wait_for_selector(".entry")
    restored.find("A.a.3")
    send(restored)
    restored.wait_until(lambda: len(station.inspections()) == 1)
    restored.context.close()
    fill_in(filling)

    send(filling)

    assert missing(filling, "内容不同", "都已保留") == []
    filling.page.locator("[data-key^=mend]").click()
    filling.page.wait_for_selector(".entry")
    assert filling.entry("A.a.2").locator("textarea").input_value() == NOTE
    send(filling)
    filling.wait_until(lambda: len(station.inspections()) == 2 and all_arrived(station))
    first, second = station.inspections()
    assert (first.findings, second.findings) == (2, 2)
    assert NOTE in {row.note for row in station.findings()}


@pytest.fixture
def newer_shelf(tmp_path: Path) -> Path:
    """Rulebooks as an update brings them: since this year another edition, without A.a.2."""
    shelf = shutil.copytree(RULEBOOKS, tmp_path / "rulebooks")
    old = shelf / "petrochina-shandong-2012/onsite/2012-A0.yaml"
    written = old.read_text(encoding="utf-8")
    before, rest = written.split("          - id: A.a.2\n")
    after = rest[rest.index("          - id: A.a.3\n") :]
    newer = (before + after).replace("edition: 2012-A0", "edition: 2026-B0")
    newer = newer.replace("  from: 2012-01-01", "  from: 2026-01-01")
    old.with_name("2026-B0.yaml").write_text(newer, encoding="utf-8")
    ended = written.replace("  from: 2012-01-01", "  to: 2025-12-31\n  from: 2012-01-01")
    old.write_text(ended, encoding="utf-8")
    return shelf


def test_a_draft_of_an_edition_that_ended_goes_on_under_the_newer_one(
    filling: Phone, station: Station, newer_shelf: Path
) -> None:
    fill_in(filling)
    speak(filling, "en")
    with (
        Register.open(station.folder, rulebooks=load_rulebooks(newer_shelf)) as updated,
        receiving(station, updated),
    ):
        send(filling)
        words = "filled for edition 2012-A0", "2026-B0", "load the current form"
        assert missing(filling, *words) == []
        filling.page.locator("[data-key^=mend]").click()
        filling.page.wait_for_selector(".entry")
        assert filling.entry("A.a.1").locator(".count").input_value() == "2"
        assert filling.entry("A.a.2").count() == 0
        send(filling)

        filling.wait_until(lambda: len(station.inspections()) == 1 and all_arrived(station))
        (inspection,) = station.inspections()
        assert inspection.edition == "2026-B0"
        assert NOTE in inspection.note
        assert len(station.evidence()) == 1


def test_a_draft_of_an_older_edition_stays_in_sight_at_its_point(
    filling: Phone, station: Station, newer_shelf: Path
) -> None:
    filling.find("A.a.1")
    with (
        Register.open(station.folder, rulebooks=load_rulebooks(newer_shelf)) as updated,
        receiving(station, updated),
    ):
        filling.scan(station.token)

        kept = filling.page.locator("[data-draft]", has_text="2012-A0")
        kept.wait_for()
        filling.page.wait_for_selector("main >> text=2026-B0")
