"""What a phone goes through until one of its views is worth a picture, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from domain.notes import NewNote
from domain.organisation import Actor
from domain.procedures.enrolment import enrol, offer_enrolment
from domain.procedures.log import write_note
from domain.procedures.points import reissue_code
from domain.procedures.team import take_steps
from domain.rulebook import Edition
from domain.submission import Found
from domain.team import FoundStep, SectionSubmittedStep
from tests.journeys.phone import Phone
from tests.things import COMPREHENSIVE, CONSOLE, EDITION, NOON, Chain, a_form, new_id
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


def comprehensive(visit: Visit) -> None:
    """The longest list, begun: figures first."""
    visit.scan()
    visit.phone.page.locator(".card", has_text="292").locator("button.main").click()
    visit.phone.page.wait_for_selector(".entry")


def figures(visit: Visit) -> None:
    """A figure below zero, and one that is still missing."""
    comprehensive(visit)
    first, second = (visit.phone.page.locator(f'[data-figures="{one}"]') for one in ("1", "2"))
    first.locator("input").nth(0).fill("-900")
    first.locator("input").nth(1).fill("1000")
    second.locator("input").nth(0).fill("870")
    visit.phone.page.evaluate("document.activeElement.blur(); scrollTo(0, 330)")


def figures_refused(visit: Visit) -> None:
    """What is missing stands in the way of sending."""
    figures(visit)
    visit.review()


def overlap(visit: Visit) -> None:
    """Two findings that may be one fact, with the way to the other one."""
    comprehensive(visit)
    edition = visit.chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    charged = [o.criteria for o in edition.overlaps if all(map(clauses_of(edition), o.criteria))]
    for criterion in charged[0][:2]:
        visit.phone.page.fill("#search", criterion)
        visit.phone.find(criterion)
    visit.phone.page.evaluate("document.activeElement.blur()")


def clauses_of(edition: Edition) -> Callable[[str], tuple[object, ...]]:
    """The clauses of a criterion by its id."""
    return lambda criterion: tuple(edition.criterion(criterion).clauses)


def team(visit: Visit) -> None:
    """A team inspection: the leader has shared out a section, the manager has found something."""
    visit.scan()
    page = visit.phone.page
    page.locator(".card", has_text="292").locator("button").last.click()
    page.wait_for_selector("[data-section]")
    page.locator('[data-section="B"] select').select_option(visit.chain.manager)
    page.locator('[data-section="B"] p', has_text=re.compile("负责|With: ")).wait_for()


def team_form(visit: Visit) -> None:
    """What another member found, beside the criterion and apart from one's own."""
    team(visit)
    chain, do = visit.chain, visit.chain.register.carry_out
    code = do(offer_enrolment, chain.area_manager, by=CONSOLE)
    device = do(enrol, code, "李敏的手机", by=Actor("phone")).device
    opened = next(row for row in visit.phone.store("kept") if row["key"].startswith("team:"))
    steps = (
        FoundStep(id=new_id(), found=Found("7", count=2, note="张三未持证")),
        SectionSubmittedStep(id=new_id(), section="C"),
    )
    do(take_steps, opened["id"], steps, by=Actor("phone", chain.area_manager, device))
    visit.phone.page.locator("#bar button").first.click()
    visit.phone.page.locator('[data-part="B"] .fold').click()
    visit.phone.find("7")
    visit.phone.page.locator('[data-entry="7"] .others').wait_for()
    visit.phone.page.locator('[data-part="A"] .fold').click()
    visit.phone.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def log(visit: Visit) -> None:
    """The electronic log: a form, notes, a shift that waits for its successor."""
    visit.scan()
    chain, english = visit.chain, visit.english
    by = Actor("console", chain.area_manager)
    said = {
        "note": ("3号枪跳枪，已停用并报修。", "Nozzle 3 trips; out of use, repair ordered."),
        "handover": ("中班交接，一切正常。", "Late shift done, all in order."),
    }
    now = chain.register.clock()
    chain.submit(a_form(token=chain.token, at=now - timedelta(minutes=30)))
    for minutes, (kind, words) in zip((20, 10), said.items(), strict=True):
        lines: dict[str, Any] = {
            "kind": kind,
            "to_post": "station_manager",
            "matters": ("Nozzle 3" if english else "3号枪待修",),
            "readings": (("float 2000", "6 keys") if english else ("备用金 2000 元", "钥匙 6 把")),
        }
        note = NewNote(
            id=new_id(),
            station="s1",
            written_at=now - timedelta(minutes=minutes),
            text=words[english],
            **lines if kind == "handover" else {},
        )
        chain.register.carry_out(write_note, note, by=by)
    visit.phone.scan(chain.token)
    visit.phone.page.click("[data-key=log]")
    visit.phone.page.wait_for_selector("[data-key=earlier]")


def handing_over(visit: Visit) -> None:
    """A shift is about to be handed over."""
    log(visit)
    visit.phone.page.click("[data-key=handover]")
    page, english = visit.phone.page, visit.english
    page.fill("#log-text", "Night shift done." if english else "夜班交早班，无异常。")
    page.fill("#log-readings", "float 2000\n6 keys" if english else "备用金 2000 元\n钥匙 6 把")


def taking_over(visit: Visit) -> None:
    """A shift that waits is looked through before it is taken over."""
    log(visit)
    visit.phone.page.click("[data-shift] button")
    visit.phone.page.wait_for_selector("#log-remark")


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
    "comprehensive": comprehensive,
    "figures": figures,
    "figures_refused": figures_refused,
    "overlap": overlap,
    "team": team,
    "team_form": team_form,
    "log": log,
    "handing_over": handing_over,
    "taking_over": taking_over,
}
