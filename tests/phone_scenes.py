"""What a phone goes through until one of its views is worth a picture, in either language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from domain.procedures.enrolment import offer_enrolment
from domain.procedures.points import reissue_code
from tests.journeys.phone import Phone
from tests.things import CONSOLE, NOON, Chain
from tui.demo.scenes import draw_scene
from tui.receiver import Receiver


@dataclass
class Visit:
    """Somebody with a phone at the first pump of the small chain."""

    chain: Chain
    receiver: Receiver
    phone: Phone

    @property
    def english(self) -> bool:
        """Whether the phone speaks English."""
        language: str = self.phone.page.evaluate("document.documentElement.lang")
        return language == "en"

    def enrol(self) -> None:
        """The manager's phone becomes known."""
        code = self.chain.register.carry_out(offer_enrolment, self.chain.manager, by=CONSOLE)
        self.phone.enrol(code)

    def scan(self) -> None:
        """The known phone opens the code at the pump."""
        self.enrol()
        self.phone.scan(self.chain.token)

    def begin(self) -> None:
        """The on-site audit is open."""
        self.scan()
        self.phone.page.locator(".card", has_text="69").locator("button.main").click()
        self.phone.page.wait_for_selector(".entry")

    def find_two(self) -> None:
        """Two findings: one counted and noted, one with a picture."""
        self.begin()
        self.phone.find("A.a.1", times=2)
        note = {
            True: "早高峰两辆车同时进站，只引导了前车。",
            False: "Two cars at once, one guided.",
        }
        english = self.phone.page.evaluate("document.documentElement.lang") == "en"
        self.phone.entry("A.a.1").locator("textarea").fill(note[not english])
        self.phone.find("A.a.2")
        self.photograph("A.a.2")

    def photograph(self, criterion: str) -> None:
        """Take a picture for a finding."""
        picture = draw_scene("oil", Random(3), NOON)
        shot = {"name": "IMG_20261120_120301.jpg", "mimeType": "image/jpeg", "buffer": picture}
        self.phone.attach(criterion, shot)
        self.phone.page.wait_for_selector("[data-file] img")

    def send(self) -> None:
        """Review the form and let it go."""
        self.review()
        self.phone.page.click("#bar .main")
        self.phone.page.wait_for_url("**#/sent")

    def review(self) -> None:
        """Everything once more, before it goes."""
        self.phone.page.click("#bar .main")
        self.phone.page.wait_for_selector("#note")

    def top(self) -> None:
        """Scroll up and let messages go."""
        self.phone.page.evaluate("scrollTo(0, 0); document.getElementById('toasts').remove()")


def enrolment(visit: Visit) -> None:
    """Nobody knows this phone yet."""
    visit.phone.page.goto(f"{visit.phone.address}/enrol")
    visit.phone.page.wait_for_selector("#code")


def enrolment_refused(visit: Visit) -> None:
    """The code that was typed is none."""
    enrolment(visit)
    visit.phone.page.fill("#code", "12345678")
    visit.phone.page.click("button[type=submit]")
    visit.phone.page.wait_for_selector(".problem")


def form(visit: Visit) -> None:
    """The first section open, nothing found yet."""
    visit.begin()


def form_folded(visit: Visit) -> None:
    """All sections folded, after findings in the first."""
    visit.find_two()
    visit.phone.page.locator(".fold[aria-expanded=true]").first.click()
    visit.top()


def finding(visit: Visit) -> None:
    """A criterion with a count and a note, another with a picture."""
    visit.find_two()
    visit.phone.page.evaluate("document.activeElement.blur(); scrollTo(0, 330)")


def finding_in_the_dark(visit: Visit) -> None:
    """The same on a phone that is set to dark colours."""
    visit.phone.page.emulate_media(color_scheme="dark")
    finding(visit)


def not_applicable(visit: Visit) -> None:
    """A group that does not apply here."""
    visit.begin()
    visit.phone.page.locator(".grouphead .na").first.click()


def search(visit: Visit) -> None:
    """A search and what fits."""
    visit.begin()
    visit.phone.page.fill("#search", "guid" if visit.english else "引导")


def review(visit: Visit) -> None:
    """Before sending."""
    visit.find_two()
    visit.review()


def queue_offline(visit: Visit) -> None:
    """A form and its picture wait for the network."""
    visit.find_two()
    visit.phone.context.set_offline(True)
    visit.send()
    visit.phone.go("queue")
    visit.top()


def receipt(visit: Visit) -> None:
    """Everything has arrived."""
    visit.find_two()
    visit.send()
    visit.phone.wait_until(lambda: visit.phone.page.locator(".receipt .good").count() == 1)
    visit.top()


def refusal(visit: Visit) -> None:
    """The label was replaced while the form was being filled in."""
    visit.find_two()
    visit.chain.register.carry_out(reissue_code, visit.chain.point, by=CONSOLE)
    visit.send()
    visit.phone.page.wait_for_selector(".problem")
    visit.top()


def withdrawn_code(visit: Visit) -> None:
    """An old label is scanned."""
    visit.enrol()
    visit.chain.register.carry_out(reissue_code, visit.chain.point, by=CONSOLE)
    visit.phone.scan(visit.chain.token)
    visit.phone.page.wait_for_selector(".problem")


def settings(visit: Visit) -> None:
    """Language, who is enrolled, room."""
    visit.scan()
    visit.phone.go("settings")
    visit.phone.page.wait_for_selector("dl")


VIEWS: dict[str, Callable[[Visit], None]] = {
    "enrolment": enrolment,
    "enrolment_refused": enrolment_refused,
    "start": Visit.scan,
    "withdrawn_code": withdrawn_code,
    "form": form,
    "form_folded": form_folded,
    "finding": finding,
    "finding_in_the_dark": finding_in_the_dark,
    "not_applicable": not_applicable,
    "search": search,
    "review": review,
    "queue_offline": queue_offline,
    "receipt": receipt,
    "refusal": refusal,
    "settings": settings,
}
