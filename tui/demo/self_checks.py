"""The demonstration's self-checks and comprehensive inspections of the last weeks (I1 to I11).

Most stations do theirs, a few leave days out, one is closed for works and excused: so that duties
of the demonstration are mostly done, some late, some missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any, NamedTuple

from domain.organisation import Actor
from domain.presence import Arrival
from domain.procedures.duties import excuse_duty
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import CHINA, weigh
from domain.register.register import Register
from domain.rulebook import Edition
from domain.submission import Found, Submission
from tui.demo.chain import Chain
from tui.demo.errands import Errand
from tui.demo.forms import moment_on_tape, uuid_of
from tui.demo.lore import lore
from tui.demo.sending import at

VIDEO = "petrochina-shandong-2012/video"
ONSITE = "petrochina-shandong-2012/onsite"
COMPREHENSIVE = "petrochina-shandong-2012/comprehensive"
FEWEST_DAYS = 7
"""Self-checks go back to the first of the month, or so many days where it is young."""
CARELESS, OFTEN_LEFT_OUT, SELDOM_LEFT_OUT = 0.12, 0.3, 0.02
"""Share of stations that are careless, and how often these and the others leave a check out."""
LATE = 0.06
FOUND: dict[str, float] = {VIDEO: 0.004, ONSITE: 0.008, COMPREHENSIVE: 0.02}
"""How likely a manager writes a criterion down about the own station."""
NOTES = ("已当场整改", "已安排整改", "已上报片区", "待下月复查")
WORKS = "双层罐改造，停业施工"
WORKS_DAYS = 4
QUARTER_DAYS = 45
"""Units make their comprehensive inspections within so many days."""


class Check(NamedTuple):
    """One inspection to send: by whom, with which list, from when to when."""

    rulebook: str
    station: str
    person: str
    begun: datetime
    sent: datetime
    by_phone: bool = False


def self_check_errands(
    register: Register, chain: Chain, phones: dict[str, str], today: date, chance: Random
) -> Iterator[Errand]:
    """What stations, units and the company check besides their audits, before `today`."""
    closed = chain.of_kind("station")[-1].id
    tokens = {
        station: next(point.token for point in points if point.token)
        for station, points in register.directory.points_at.items()
    }
    for check in sorted(_planned(chain, today, closed, chance), key=lambda one: one.sent):
        token = tokens[check.station] if check.by_phone else None
        device = phones[check.person] if check.by_phone else None
        yield Errand(check.sent, partial(_send, register, check, token, device, chance))
    area = next(one for one in chain.of_kind("area") if f"/{one.id}/" in _path(chain, closed))
    (manager,) = chain.holders("area_manager", area.id)
    for day in _shut_days(today):
        given = datetime.combine(day, time(9, 5), CHINA)
        duty, by = f"I9/{closed}/{day}", Actor("console", manager.id)
        excuse = partial(register.carry_out_later, at(given, excuse_duty), duty, WORKS, by=by)
        yield Errand(given, excuse)


def _send(
    register: Register, check: Check, token: str | None, device: str | None, chance: Random
) -> Future[Any]:
    """Queue the form of a check: by phone from the place's code, else at the console."""
    edition = register.rulebooks.in_force(check.rulebook, check.begun.date())
    form = Submission(
        id=uuid_of(check.sent, chance),
        rulebook=edition.id,
        edition=edition.edition,
        started_at=check.begun,
        submitted_at=check.sent,
        token=token,
        station=None if token else check.station,
        found=tuple(_found(edition, chance)),
    )
    weighed = weigh(register.rulebooks, form)
    address = f"192.168.{check.station[1:].lstrip('0')}.{chance.randint(20, 220)}"
    arrival = Arrival(address, check.sent) if token else None
    by = Actor("phone" if token else "console", check.person, device)
    return register.carry_out_later(at(check.sent, submit_inspection), weighed, arrival, by=by)


def _planned(chain: Chain, today: date, closed: str, chance: Random) -> Iterator[Check]:
    for station in chain.of_kind("station"):
        left_out = OFTEN_LEFT_OUT if chance.random() < CARELESS else SELDOM_LEFT_OUT
        shut = frozenset(_shut_days(today)) if station.id == closed else frozenset[date]()
        (manager,) = chain.holders("station_manager", station.id)
        check = partial(_check, station.id, manager.id, chance)
        for rulebook, day, minutes in _own(today, left_out, chance):
            if day < today and day not in shut:
                yield check(rulebook, day, minutes)
    yield from _comprehensives(chain, today, chance)
    yield from _company_audits(chain, today, chance)


def _own(today: date, left_out: float, chance: Random) -> Iterator[tuple[str, date, int]]:
    """What a station checks of itself: recordings daily, the site weekly, every post monthly."""
    first = min(today.replace(day=1), today - timedelta(days=FEWEST_DAYS))
    day = first
    while day < today:
        if chance.random() >= left_out:
            yield VIDEO, day, 124
        day += timedelta(days=1)
    friday = first - timedelta(days=first.weekday() + 3)
    while friday < today + timedelta(days=7):
        if chance.random() >= left_out:
            late = chance.random() < LATE
            yield ONSITE, friday + timedelta(days=1 if late else -chance.randint(0, 1)), 35
        friday += timedelta(days=7)
    if chance.random() < (today.day - 8) / 17:
        yield COMPREHENSIVE, today.replace(day=chance.randint(8, max(8, today.day - 1))), 190


def _check(
    station: str, person: str, chance: Random, rulebook: str, day: date, minutes: int
) -> Check:
    begun = datetime.combine(day, time(8, 30), CHINA) + timedelta(
        seconds=chance.randint(0, 6 * 3600)
    )
    spent = timedelta(minutes=minutes, seconds=chance.randint(0, 1500))
    return Check(rulebook, station, person, begun, begun + spent, by_phone=rulebook == ONSITE)


def _comprehensives(chain: Chain, today: date, chance: Random) -> Iterator[Check]:
    """The company's of the half year, and the units' of the quarter: most of the stations."""
    (company,) = chain.of_kind("company")
    yearly = chain.holders("company_staff", company.id)
    last_of_two = _latest(today, (4, 9))
    for nth, station in enumerate(chain.of_kind("station")):
        day = last_of_two + timedelta(days=nth % 24)
        if day < today and nth % 24 < 23:
            yield _check(station.id, chance.choice(yearly).id, chance, COMPREHENSIVE, day, 240)
    opens = _latest(today, (1, 4, 7, 10))
    for nth, unit in enumerate(chain.of_kind("unit")):
        staff = chain.holders("unit_staff", unit.id)
        share = 1.0 if nth % 3 else 0.7
        for station in chain.below(unit.id):
            day = opens + timedelta(days=chance.randint(2, QUARTER_DAYS))
            if day < today and chance.random() < share:
                yield _check(station.id, chance.choice(staff).id, chance, COMPREHENSIVE, day, 240)


def _company_audits(chain: Chain, today: date, chance: Random) -> Iterator[Check]:
    """The company's monthly audit of recordings: all starred stations of most units."""
    (company,) = chain.of_kind("company")
    staff = chain.holders("company_staff", company.id)
    for unit in chain.of_kind("unit")[:-2]:
        for station in chain.below(unit.id):
            day = today.replace(day=chance.randint(2, 19))
            if station.stars >= 3 and day < today:
                yield _check(station.id, chance.choice(staff).id, chance, VIDEO, day, 130)


def _latest(today: date, months: tuple[int, ...]) -> date:
    """The first day of the last of these months that has begun."""
    begun = [date(year, month, 1) for year in (today.year - 1, today.year) for month in months]
    return max(day for day in begun if day <= today)


def _shut_days(today: date) -> Iterator[date]:
    yield from (today - timedelta(days=n) for n in range(1, WORKS_DAYS + 1))


def _path(chain: Chain, station: str) -> str:
    return next(one.path for one in chain.places if one.id == station)


def _found(edition: Edition, chance: Random) -> Iterator[Found]:
    likely = FOUND[edition.id]
    for criterion, placed in edition.placed.items():
        if chance.random() < likely and (placed.criterion.clauses or not placed.criterion.formula):
            note = _note(criterion, chance)
            taped = moment_on_tape(note, chance) if edition.kind == "video_audit" else None
            yield Found(criterion, note=note, at=taped)


def _note(criterion: str, chance: Random) -> str:
    known = lore().get(criterion)
    return known.note(chance, pump=1, who="当班员工") if known else chance.choice(NOTES)
