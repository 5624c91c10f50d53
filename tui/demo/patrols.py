"""The demonstration's patrols of one day: most rounds made, some with gaps, some too fast."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, NamedTuple

from domain.organisation import Actor, Directory
from domain.parts import Round
from domain.patrols import points_of, window
from domain.presence import Arrival
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import CHINA, weigh
from domain.register.register import Register
from domain.rulebook import Edition
from domain.submission import Found, Submission
from tui.demo.errands import Errand
from tui.demo.forms import uuid_of
from tui.demo.sending import at

RULEBOOK = "station/patrol"
SKIPPED, WITH_GAPS, TOO_FAST = 0.08, 0.15, 0.07
"""Shares of rounds that nobody makes, that leave points out, that take seconds a point."""
LEFT_OUT = 0.4
FOUND = 0.03
"""How likely a criterion is found."""
ON_ITS_WAY = timedelta(seconds=1)
NOTES = ("已现场处理", "已报修", "待更换")


class Scan(NamedTuple):
    """One point of a round: by whom, from when to when."""

    token: str
    kind: str
    person: str
    begun: datetime
    sent: datetime


def patrol_errands(
    register: Register, phones: dict[str, str], day: date, chance: Random
) -> Iterator[Errand]:
    """The daily rounds of a day, walked by the stations' managers."""
    edition = register.rulebooks.in_force(RULEBOOK, day)
    scans = _scans(register.directory, edition, phones, day, chance)
    for scan in sorted(scans, key=lambda one: one.sent):
        send = partial(_send, register, edition, scan, phones, chance)
        yield Errand(scan.sent + ON_ITS_WAY, send)


def _scans(
    directory: Directory, edition: Edition, phones: dict[str, str], day: date, chance: Random
) -> Iterator[Scan]:
    managers = {
        role.place: person.id
        for person in directory.people.values()
        for role in person.roles
        if role.name == "station_manager" and person.id in phones
    }
    for station in directory.stations:
        for one in edition.rounds:
            walked = chance.random() >= SKIPPED
            if one.every == "day" and walked and station.id in managers:
                yield from _walk(directory, one, station.id, managers[station.id], day, chance)


def _walk(
    directory: Directory, one: Round, station: str, person: str, day: date, chance: Random
) -> Iterator[Scan]:
    begins, ends = window(one, day, CHINA)
    points, _ = points_of(one, directory, station)
    gaps, fast = chance.random() < WITH_GAPS, chance.random() < TOO_FAST
    now = begins + (ends - begins) * chance.uniform(0.02, 0.3)
    for point in points:
        if gaps and chance.random() < LEFT_OUT:
            continue
        now += timedelta(seconds=chance.randint(8, 25) if fast else chance.randint(70, 420))
        spent = timedelta(seconds=chance.randint(4, 9) if fast else chance.randint(25, 90))
        if now + spent < ends and point.token:
            yield Scan(point.token, point.kind, person, now, now + spent)


def _send(
    register: Register, edition: Edition, scan: Scan, phones: dict[str, str], chance: Random
) -> Future[Any]:
    """Queue the form of one point; what is not checked there does not apply."""
    here = edition.groups_at(scan.kind)
    others = tuple(one for one in edition.groups if edition.groups[one] not in here)
    found = tuple(
        Found(criterion.id, note=chance.choice(NOTES))
        for group in here
        for criterion in group.criteria
        if chance.random() < FOUND
    )
    form = Submission(
        id=uuid_of(scan.sent, chance),
        rulebook=edition.id,
        edition=edition.edition,
        started_at=scan.begun,
        submitted_at=scan.sent,
        token=scan.token,
        found=found,
        not_applicable=others,
    )
    received = scan.sent + ON_ITS_WAY
    by = Actor("phone", scan.person, phones[scan.person])
    arrival = Arrival(f"192.168.1.{chance.randint(20, 220)}", received)
    weighed = weigh(register.rulebooks, form)
    return register.carry_out_later(at(received, submit_inspection), weighed, arrival, by=by)
