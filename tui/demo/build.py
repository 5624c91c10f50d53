"""Builds the demonstration: a chain and a year of audits, through the procedures that people use.

The same seed and day give the same chain, forms, findings and scores. Only what must be secret
differs each time: codes of scan points, phones' ids and keys, the node's id, and so the seals.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from domain.organisation import Actor
from domain.procedures.chain import found_chain
from domain.procedures.enrolment import enrol, offer_enrolment
from domain.procedures.organisation import name_node
from domain.procedures.points import reissue_code
from domain.procedures.weighing import CHINA
from domain.register.register import Register
from domain.text import Text
from tui.demo.chain import Chain, draw_chain
from tui.demo.character import draw_inspectors, draw_stations
from tui.demo.errands import Errands
from tui.demo.names import PHONES
from tui.demo.patrols import patrol_errands
from tui.demo.plan import MONTHS, Visit, first_month, plan_visits
from tui.demo.self_checks import self_check_errands
from tui.demo.sending import Cast, Sender, at
from tui.demo.shifts import shift_errands

Progress = Callable[[int, int], None]
"""Told how many audits are done, of how many."""

DEMO = Actor(via="demo")
NAME = Text(zh="齐原公司（演示）", en="Qiyuan Company (demonstration)")
PHOTOGRAPHED_DAYS = 60
"""Only audits of the last days have pictures: drawing is what takes time."""
PHOTOGRAPHED = 0.2
TORN_LABELS = 3


def open_demo(
    folder: Path,
    seed: int,
    today: date,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Register:
    """The register of a demonstration folder, built first if there is nothing in it.

    It is built beside and moved into place when complete, so what was interrupted starts afresh.

    Args:
        now: Until when today's patrols are walked; without it today has not begun.
    """
    if not (folder / "forecourt.sqlite3").exists():
        building = folder.with_name(f"{folder.name}.building")
        shutil.rmtree(building, ignore_errors=True)
        with Register.open(building) as register:
            build_demo(register, seed=seed, today=today, progress=progress, now=now)
        with suppress(FileNotFoundError):
            folder.rmdir()
        building.rename(folder)
    return Register.open(folder)


def build_demo(
    register: Register,
    *,
    seed: int,
    today: date,
    progress: Progress | None = None,
    months: int = MONTHS,
    now: datetime | None = None,
) -> None:
    """Fill an empty register with the demonstration chain and its audits before `today`.

    Args:
        progress: Called now and then while the audits are made.
        months: Whole months of audits before the one that `today` lies in.
        now: Until when today's patrols are walked. Duties of today are left to whoever looks.
    """
    chance = Random(seed)
    chain = draw_chain(chance)
    opening = datetime.combine(first_month(today, months), time(8, 30), CHINA) - timedelta(days=12)
    register.carry_out(at(opening, found_chain), chain.places, chain.people, chain.points, by=DEMO)
    phones = _enrol_phones(register, chain, opening + timedelta(days=2), chance)
    _replace_torn_labels(register, opening + timedelta(days=9), chance)
    cast = Cast(chain, draw_stations(chain, chance), draw_inspectors(chain, chance), phones)
    hasty = frozenset(person for person, one in cast.inspectors.items() if one.hasty)
    visits = plan_visits(chain, chance, today, hasty, months)
    midnight = datetime.combine(today, time(0), CHINA)
    yesterday = today - timedelta(days=1)
    walks = patrol_errands(register, phones, yesterday, Random(seed))
    shifts = shift_errands(register, phones, yesterday, Random(seed))
    checks = self_check_errands(register, chain, phones, today, Random(seed))
    errands = Errands([*walks, *shifts, *checks])
    _audit(Sender(register, cast), visits, errands, chance, today, progress)
    errands.send_until(midnight)
    errands.wait()
    register.carry_out(at(midnight, name_node), register.node.id, NAME, by=DEMO)
    if now is not None:
        today_so_far = Errands(patrol_errands(register, phones, today, Random(seed + 1)))
        today_so_far.send_until(now)
        today_so_far.wait()


def _audit(
    sender: Sender,
    visits: list[Visit],
    errands: Errands,
    chance: Random,
    today: date,
    progress: Progress | None,
) -> None:
    for done, visit in enumerate(visits, start=1):
        errands.send_until(visit.received)
        recent = (today - visit.started.date()).days <= PHOTOGRAPHED_DAYS
        sender.send(visit, chance, pictures=PHOTOGRAPHED if recent else 0)
        if progress and (done % 50 == 0 or done == len(visits)):
            progress(done, len(visits))
    sender.wait()


def _enrol_phones(
    register: Register, chain: Chain, kick_off: datetime, chance: Random
) -> dict[str, str]:
    """Enrol the phones of everybody who manages or inspects, unit by unit; ids by person."""
    phones: dict[str, str] = {}
    for nth, unit in enumerate(chain.of_kind("unit")):
        offer = at(kick_off + timedelta(hours=nth), offer_enrolment)
        accept = at(kick_off + timedelta(hours=nth, minutes=4), enrol)
        codes = [
            register.carry_out_later(offer, person.id, by=DEMO)
            for person in chain.people_below(unit.id)
            if person.roles[0].name != "staff"
        ]
        enrolled = [
            register.carry_out_later(accept, code.result(), chance.choice(PHONES), by=DEMO)
            for code in codes
        ]
        phones.update((phone.result().person, phone.result().device) for phone in enrolled)
    return phones


def _replace_torn_labels(register: Register, moment: datetime, chance: Random) -> None:
    for point in chance.sample(sorted(register.directory.points), TORN_LABELS):
        register.carry_out(at(moment, reissue_code), point, by=DEMO)
