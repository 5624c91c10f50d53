"""Fills in a comprehensive inspection on a phone by script, and says what that took.

`python -m tests.filling_phone [FOLDER]` prints taps, keys, seconds of the page's own work and how
long a tap takes with everything unfolded on a phone four times as slow; pictures of each stage go
into FOLDER. The figures of docs/filling_phone.md come from here.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from playwright.sync_api import CDPSession, Error

from domain.register.register import Register
from domain.rulebook import Edition
from domain.text import Lang
from tests.journeys.phone import Phone, a_photo, chromium
from tests.phone_scenes import Visit
from tests.scenes import free_port
from tests.things import COMPREHENSIVE, EDITION, Clock, build_chain
from tui.receiver import Receiver

FINDINGS, NOTES, PICTURES = 40, 5, 2
FIGURES = {
    "1": ("900", "1000"),
    "2": ("870", "900"),
    "3": ("55", "60"),
    "4": ("31",),
    "5": ("0.18",),
    "6": ("41", "40"),
}
NOT_APPLICABLE = 3
NOTE = "便利店东侧货架，现场已提醒"

TAP = """async selector => {
  const button = document.querySelector(selector);
  button.scrollIntoView({block: "center"});
  await new Promise(done => setTimeout(done, 300));
  const before = performance.now();
  button.click();
  await new Promise(done => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = done;
    after.port2.postMessage(0);
  }));
  return performance.now() - before;
}"""
"""Milliseconds from a tap until the frame that shows it is drawn."""


@dataclass
class Inspector:
    """Somebody who fills in the form: each touch and each key is counted."""

    phone: Phone
    folder: Path | None = None
    taps: int = 0
    keys: int = 0
    note_keys: int = 0
    work: CDPSession | None = None

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.phone.page.locator(selector).first.tap()

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.phone.page.keyboard.type(text)

    def enter(self) -> None:
        """The key that goes to the next field."""
        self.keys += 1
        self.phone.page.keyboard.press("Enter")

    def find(self, words: str) -> None:
        """Search: what was typed before is replaced, or has to be cleared first."""
        self.tap("#search")
        chosen = "(n => n.selectionEnd - n.selectionStart === n.value.length)"
        if not self.phone.page.evaluate(f"{chosen}(document.querySelector('#search'))"):
            self.taps += 1
            self.phone.page.fill("#search", "")
        self.type(words)

    def look(self, name: str) -> None:
        """A picture of the stage."""
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.phone.page.wait_for_timeout(300)
            self.phone.page.screenshot(path=self.folder / f"{name}.png")

    def busy_s(self) -> float:
        """Seconds that the page has worked since it was opened."""
        if self.work is None:
            self.work = self.phone.context.new_cdp_session(self.phone.page)
            self.work.send("Performance.enable")
        metrics = self.work.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def spread(edition: Edition) -> tuple[list[str], list[str]]:
    """Criteria to charge, over all sections, and some others that do not apply."""
    plain = [
        [c.id for g in s.groups for c in g.criteria if not c.formula] for s in edition.sections
    ]
    rounds = zip_longest(*(ids[:: max(1, len(ids) // 5)] for ids in plain))
    found = [one for each in rounds for one in each if one][:FINDINGS]
    off = [next(one for one in reversed(ids) if one not in found) for ids in plain if len(ids) > 9]
    order = [one for ids in plain for one in ids]
    return sorted(found, key=order.index), off[:NOT_APPLICABLE]


def fill_in(inspector: Inspector, edition: Edition) -> None:
    """Figures, findings with notes and pictures, what does not apply, review, send."""
    found, off = spread(edition)
    inspector.look("1-form")
    inspector.tap(".figures input")
    for value in (one for values in FIGURES.values() for one in values):
        inspector.type(value)
        inspector.enter()
    inspector.look("2-figures")
    for n, criterion in enumerate(found):
        inspector.find(criterion)
        inspector.tap(f'[data-line="{criterion}#0"] .more')
        if n < NOTES:
            inspector.tap(f'[data-line="{criterion}#0"] textarea')
            inspector.phone.page.keyboard.insert_text(NOTE)
            inspector.note_keys += len(NOTE)
        if n < PICTURES:
            inspector.taps += 1
            inspector.phone.attach(criterion, a_photo())
            inspector.phone.entry(criterion).locator("[data-file] img").wait_for()
            inspector.look(f"3-finding-{n}")
    for criterion in off:
        inspector.find(criterion)
        inspector.tap(f'[data-line="{criterion}#0"] .words')
        inspector.tap(f'[data-line="{criterion}#0"] .na')
    inspector.look("4-not-applicable")
    inspector.phone.page.fill("#search", "")
    inspector.look("5-folded")
    inspector.tap("#bar .main")
    inspector.phone.page.wait_for_selector("#note")
    inspector.look("6-review")
    inspector.tap("#bar .main")
    inspector.phone.page.wait_for_selector(".receipt")
    inspector.look("7-sent")


def reach_s(phone: Phone, edition: Edition) -> str:
    """The longest way to a criterion: keys of its number, or taps through its section."""
    longest = max(len(c.id) for s in edition.sections for g in s.groups for c in g.criteria)
    return f"{longest} keys after a tap on the search field; 1 tap on its section, then scrolling"


def taps_ms(phone: Phone, edition: Edition) -> list[float]:
    """Taps with every section unfolded and the processor slowed four times."""
    with suppress(Error):
        phone.page.fill("#search", "", timeout=5000)
    for fold in phone.page.locator(".fold").all():
        if fold.get_attribute("aria-expanded") == "false":
            fold.click()
    slow = phone.context.new_cdp_session(phone.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    found, _ = spread(edition)
    took = [phone.page.evaluate(TAP, f'[data-line="{one}#0"] .more') for one in found[1::4]]
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return sorted(took)


def run(folder: Path | None, lang: Lang) -> None:
    """One inspection from the scan to the receipt, then a second one to measure taps."""
    with (
        tempfile.TemporaryDirectory() as data,
        Register.open(Path(data) / "data") as register,
        chromium() as browser,
    ):
        chain = build_chain(register, Clock())
        receiver = Receiver(register, "127.0.0.1", free_port())
        receiver.start()
        try:
            language = {"zh": "zh-CN", "en": "en-GB"}[lang]
            phone = Phone.new(browser, int(receiver.address.split(":")[1]), language)
            visit = Visit(chain, receiver, phone)
            visit.scan()
            edition = register.rulebooks.edition(COMPREHENSIVE, EDITION)
            start = phone.page.locator(".card", has_text="292").locator("button.main")
            inspector = Inspector(phone, folder and folder / lang, taps=1)
            start.click()
            phone.page.wait_for_selector(".entry")
            began = inspector.busy_s()
            fill_in(inspector, edition)
            busy = inspector.busy_s() - began
            print(f"{lang}: {inspector.taps} taps, {inspector.keys} keys, page busy {busy:.2f} s")
            print(f"    and {inspector.note_keys} letters of {NOTES} notes")
            print(f"    longest way: {reach_s(phone, edition)}")
            phone.scan(chain.token)
            start.click()
            phone.page.wait_for_selector(".entry")
            took = taps_ms(phone, edition)
            print(f"    a tap, all unfolded, 4x slower: {statistics.median(took):.0f} ms")
            print(f"    all of them: {', '.join(f'{one:.0f}' for one in took)}")
        finally:
            receiver.stop()


if __name__ == "__main__":
    for each in ("zh", "en"):
        run(Path(sys.argv[1]) if len(sys.argv) > 1 else None, each)
