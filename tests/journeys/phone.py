"""A phone at a petrol station: Chromium of phone size on the page that the receiver serves."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from server.reception import KEY_COOKIE
from tests.looks import PHONE, QUIET, chromium_path

HOST = "forecourt.test"
"""A name that is not loopback, so that plain http is as insecure here as on a station's Wi-Fi."""
PATIENCE_MS = 30_000
"""Long: the machine may be slow and do three other things; nobody waits where nothing is wrong."""
START, REVIEW, NOTHING_FOUND = "开始检查", "检查并提交", "#sound"

READ_STORE = """store => new Promise((resolve, reject) => {
  const opening = indexedDB.open('forecourt');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""
READ_BLOBS = f"""async () => {{
  const rows = await ({READ_STORE})('blobs');
  return Promise.all(rows.filter(row => row.blob).map(row => new Promise(resolve => {{
    const reader = new FileReader();
    reader.onload = () => resolve([row.id, reader.result.split(',')[1]]);
    reader.readAsDataURL(row.blob);
  }})));
}}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for which the station's address is no secure context."""
    args = [*QUIET, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=args)
        try:
            yield opened
        finally:
            opened.close()


@dataclass
class Phone:
    """Somebody's phone, with the tab that is looked at."""

    context: BrowserContext
    address: str
    page: Page
    errors: list[str]

    @classmethod
    def new(cls, browser: Browser, port: int, language: str = "zh-CN", **more: Any) -> Phone:
        values = {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "locale": language}
        context = browser.new_context(has_touch=True, is_mobile=True, **values | more)
        context.set_default_timeout(PATIENCE_MS)
        phone = cls(context, f"http://{HOST}:{port}", context.new_page(), [])
        context.on("weberror", lambda error: phone.errors.append(str(error.error)))
        return phone

    def enrol(self, code: str) -> None:
        """Type the code that the console shows."""
        self.page.goto(f"{self.address}/enrol#{code}")
        self.page.click("main button[type=submit]")
        self.page.wait_for_selector("#code", state="detached")

    def carry(self, key: str) -> None:
        """Have a key from an enrolment of before."""
        cookie = {"name": KEY_COOKIE, "value": key, "url": self.address, "httpOnly": True}
        self.context.add_cookies([cookie | {"sameSite": "Strict"}])  # type: ignore[list-item]

    def scan(self, token: str, page: Page | None = None) -> None:
        """Open what a printed code names."""
        (page or self.page).goto(f"{self.address}/s/{token}")
        (page or self.page).wait_for_selector("main .card")

    def begin(self, title: str = "现场稽查") -> None:
        """Start the check list whose title contains these words."""
        self.page.locator(".card", has_text=title).get_by_text(START).click()
        self.page.wait_for_selector(".entry")

    def entry(self, criterion: str, clause: int = 0) -> Locator:
        """One line of the form."""
        return self.page.locator(f'[data-line="{criterion}#{clause}"]')

    def find(self, criterion: str, times: int = 1) -> None:
        """Count a finding up."""
        for _ in range(times):
            self.entry(criterion).locator(".more").click()

    def attach(self, criterion: str, file: Any, kind: str = "picture") -> None:
        """Take a picture or video for a finding."""
        self.entry(criterion).locator(f"input[data-kind={kind}]").set_input_files(file)

    def review(self) -> None:
        """Go on to the page that shows everything once more."""
        self.page.click(f"text={REVIEW}")
        self.page.wait_for_selector("#note")

    def send(self) -> None:
        """Review the form and let it go."""
        self.review()
        self.page.click("#bar .main")
        self.page.wait_for_url("**#/sent")

    def store(self, name: str) -> list[dict[str, Any]]:
        """What the phone keeps in one of its stores."""
        rows: list[dict[str, Any]] = self.page.evaluate(READ_STORE, name)
        return rows

    def digests(self) -> dict[str, str]:
        """SHA-256 of each picture on the phone, by its id."""
        blobs = self.page.evaluate(READ_BLOBS)
        return {key: hashlib.sha256(base64.b64decode(text)).hexdigest() for key, text in blobs}

    def go(self, view: str) -> None:
        """Open a view by its address, and wait until it is drawn."""
        self.page.evaluate("view => { location.hash = '#/' + view; }", view)
        self.page.wait_for_selector(f'main[data-at="#/{view}"]')

    @property
    def waiting(self) -> int:
        """The number in the mark that is always in sight."""
        return int(self.page.inner_text("#waiting"))

    def kept_line(self, criterion: str) -> dict[str, Any]:
        """What the open draft says of a criterion once it is stored: a reload shows that much."""
        for draft in self.store("drafts"):
            if line := draft["lines"].get(f"{criterion}#0"):
                return dict(line)
        return {}

    def wait_until_heard(self) -> None:
        """Wait until the phone knows of everything it sent that it has arrived.

        What the station has says nothing about that: the answer may still be on its way.
        """
        self.wait_until(lambda: self.store("queue") == [] and not self.unsent_files())

    def unsent_files(self) -> list[str]:
        """Pictures and videos of forms that were sent, which the phone still has to send."""
        return [row["id"] for row in self.store("blobs") if row["state"] in ("waiting", "refused")]

    def wait_until(self, holds: Callable[[], bool], seconds: float = 30) -> None:
        """Wait while the browser works."""
        for _ in range(int(seconds * 20)):
            if holds():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"it did not come about in time; page errors: {self.errors}")


def a_photo(name: str = "IMG_0001.jpg", size: tuple[int, int] = (2400, 1800)) -> dict[str, Any]:
    """A picture as a phone's camera writes it: large, with the time in its EXIF."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 08:09:10"
    exif.get_ifd(0x8769)[0x9011] = "+08:00"
    written = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, "JPEG", quality=90, exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def a_video(folder: Path, size: int) -> Path:
    """A file that begins as a phone's MP4 does; nobody plays the rest."""
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
    frames = hashlib.sha256(b"frame").digest() * (size // 32 + 1)
    path = folder / "VID_0001.mp4"
    path.write_bytes((head + frames)[:size])
    return path
