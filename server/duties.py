"""What the person behind a phone has to do: late, today, this week; and what is late below."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import msgspec
from litestar import get

from domain.duties import Duty
from domain.duty_life import State
from domain.duty_views import DutyFilter, DutyLine
from domain.months import CHINA
from domain.organisation import Directory
from domain.register.duties import duty_board
from domain.register.late_below import late_below
from domain.register.queries import Asker
from domain.register.register import Register
from domain.rulebook import Kind
from domain.text import Text
from domain.windows import Span
from server.answers import KEY
from server.problems import refused
from server.reception import PhoneRequest

TOLD_AT_MOST = 50
"""Late duties of posts below that are told; who has more looks at the console."""


class DutyForm(msgspec.Struct, frozen=True):
    """A check list by which a duty can be done."""

    id: str
    title: Text
    kind: Kind


class MyDuty(msgspec.Struct, frozen=True):
    """One duty of a post that the person holds.

    Attributes:
        station: The station, where it is about one alone.
        late: Past its day, and it can still be done.
        covered: Stations inspected, of how many `wanted`.
        forms: Any one of these serves.
        excused: Why a superior let it pass; empty where none did.
    """

    id: str
    title: Text
    short: Text
    place: Text
    station: str | None
    state: State
    late: bool
    due: date
    days_left: int
    covered: int
    wanted: int
    forms: tuple[DutyForm, ...]
    excused: str


class LateBelow(msgspec.Struct, frozen=True):
    """A duty of a post below that was missed, told to the person today."""

    id: str
    title: Text
    short: Text
    place: Text
    due: date
    names: tuple[str, ...]


class MyDuties(msgspec.Struct, frozen=True):
    """What is to be done, the most urgent first, and when that was; `today` is the station's."""

    today: date
    at: datetime
    duties: tuple[MyDuty, ...]
    told: tuple[LateBelow, ...]


@get("/api/duties", security=KEY, responses=refused(401, 410, 503))
async def show_duties(request: PhoneRequest) -> MyDuties:
    """Duties of the posts that the person holds, open on some day of this week."""
    device, register = request.device(), request.reception.register
    return await asyncio.to_thread(_duties_of, register, device.person)


def _duties_of(register: Register, person: str) -> MyDuties:
    directory, now = register.directory, register.clock()
    today = now.astimezone(CHINA).date()
    monday = today - timedelta(days=today.weekday())
    week = Span(monday, monday + timedelta(days=6))
    asker = Asker(directory, register.rulebooks, directory.sight(person))
    with register.read() as connection:
        lines = duty_board(connection, asker, week, today, DutyFilter(person=person)).lines
        below = list(late_below(connection, asker, person, today))
    return MyDuties(
        today=today,
        at=now,
        duties=tuple(_mine(one, register) for one in lines if _matters(one, today)),
        told=tuple(_below(one, directory) for one in below[:TOLD_AT_MOST]),
    )


def _below(duty: Duty, directory: Directory) -> LateBelow:
    names, one = tuple(map(directory.person_name, duty.persons)), duty.obligation
    return LateBelow(duty.id, one.title, one.called, duty.place.name, duty.due, names)


def _matters(line: DutyLine, today: date) -> bool:
    """Whether it can be done now, or was of today; what has not begun, or is over, cannot."""
    return line.state == "due" or line.late or today in (line.due, line.done_on)


def _mine(line: DutyLine, register: Register) -> MyDuty:
    editions = [register.rulebooks.editions(one)[-1] for one in line.rulebooks]
    return MyDuty(
        id=line.id,
        title=line.title,
        short=line.short,
        place=line.place_name,
        station=line.place if line.place_kind == "station" else None,
        state=line.state,
        late=line.late,
        due=line.due,
        days_left=line.days_left,
        covered=min(len(line.covered), line.wanted),
        wanted=line.wanted,
        forms=tuple(DutyForm(one.id, one.title, one.kind) for one in editions),
        excused=line.excuse.reason if line.excuse else "",
    )
