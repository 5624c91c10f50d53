"""The electronic log on phones: read it, write a note, hand a shift over, take one over."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from domain.canonical import moment
from domain.notes import NewAcceptance, NewNote, NoteReceipt
from domain.organisation import Device, Directory, RoleName
from domain.procedures.log import HANDOVER, accept_shift, write_note
from domain.procedures.refusals import OutOfSight, Unfit, Unknown
from domain.procedures.weighing import CHINA
from domain.register.notes import note_line, waiting_for
from domain.register.queries import Asker
from domain.register.register import Register
from domain.register.station_log import station_log
from domain.station_log import LONGEST, Handover, LogFilter, LogKind, LogLine
from domain.text import Text
from domain.windows import Span
from server.answers import KEY
from server.points import StationHere
from server.problems import refused
from server.reception import PhoneRequest, by_phone
from server.refusals import TooMany
from server.shapes import is_id

NOTE_BYTES = 64 << 10
WORDS = 200
"""Characters that are searched for at most."""


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who can take over at the station."""

    id: str
    name: str
    role: RoleName


class LineHere(msgspec.Struct, frozen=True):
    """One thing that happened; `received_at` where it came in much later than it was written.

    Attributes:
        number: Journal number of the inspection or note; 0 for a round of a patrol.
        note: Id of the note, where it is one; `about` is the one that it corrects.
    """

    kind: LogKind
    at: datetime
    title: Text
    person: str
    says: Text
    number: int
    note: str | None
    about: str | None
    received_at: datetime | None
    handover: Handover | None


class LogHere(msgspec.Struct, frozen=True):
    """The log of a station in some days, the newest first, and who can take over there."""

    station: StationHere
    first: date
    last: date
    lines: tuple[LineHere, ...]
    colleagues: tuple[Colleague, ...]


class ShiftWaiting(msgspec.Struct, frozen=True):
    """A shift that was handed over to whoever asks, and waits."""

    id: str
    station: StationHere
    person: str
    at: datetime
    text: str
    handover: Handover


@get(
    "/api/stations/{station:str}/log",
    security=KEY,
    responses=refused(400, 401, 403, 404, 410, 422, 503),
)
async def show_log(
    request: PhoneRequest,
    station: FromPath[str],
    first: FromQuery[date | None] = None,
    last: FromQuery[date | None] = None,
    kind: FromQuery[LogKind | None] = None,
    words: FromQuery[str] = "",
) -> LogHere:
    """The log of a station: of yesterday and today, unless other days are asked for."""
    device, register = request.device(), request.reception.register
    directory = register.directory
    place = directory.places.get(station)
    if place is None or place.kind != "station":
        raise Unknown(Text(zh="加油站", en="station"), station)
    if not directory.sight(device.person).sees(station):
        raise OutOfSight(place.name)
    days = _days(register.clock(), first, last)
    where = LogFilter(place=station, kind=kind, words=words[:WORDS])
    lines = await asyncio.to_thread(_lines, register, device, days, where)
    return LogHere(
        StationHere(station, place.name), *days, lines, _colleagues(directory, station, device)
    )


@get("/api/handovers", security=KEY, responses=refused(401, 410, 503))
async def list_handovers(request: PhoneRequest) -> tuple[ShiftWaiting, ...]:
    """Shifts that were handed over to whoever asks and that nobody has taken over yet."""
    device, register = request.device(), request.reception.register
    return await asyncio.to_thread(_waiting, register, device)


@post(
    "/api/notes",
    security=KEY,
    request_max_body_size=NOTE_BYTES,
    responses=refused(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, 507),
)
async def take_note(request: PhoneRequest, data: JSONBody[NewNote]) -> NoteReceipt:
    """Put a note, or the hand-over of a shift, into the log. Safe to repeat."""
    device, register = request.device(), request.reception.register
    _slow_down(request, device)
    return await register.carry_out_soon(write_note, data, by=by_phone(device))


@post(
    "/api/handovers/{handover:str}/acceptance",
    security=KEY,
    request_max_body_size=NOTE_BYTES,
    responses=refused(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, 507),
)
async def take_over(
    request: PhoneRequest, handover: FromPath[str], data: JSONBody[NewAcceptance]
) -> NoteReceipt:
    """Take a shift over. Safe to repeat."""
    device, register = request.device(), request.reception.register
    _slow_down(request, device)
    if not is_id(handover):
        raise Unknown(HANDOVER, handover)
    return await register.carry_out_soon(accept_shift, handover, data, by=by_phone(device))


HANDLERS = [show_log, list_handovers, take_note, take_over]


def _slow_down(request: PhoneRequest, device: Device) -> None:
    if wait := request.reception.forms.wait_s(device.id):
        raise TooMany(wait)


def _days(now: datetime, first: date | None, last: date | None) -> Span:
    """The days that are asked for: a month or so, in years that a calendar has."""
    until = last or now.astimezone(CHINA).date()
    since = first or max(until, date(1991, 1, 2)) - timedelta(1)
    if not 1990 < since.year <= until.year < 2200 or not 0 <= (until - since).days < LONGEST:
        raise Unfit(
            Text(zh="日期不合适。", en="These days do not fit."),
            remedy=Text(
                zh=f"请先写较早的一天，一次最多 {LONGEST} 天。",
                en=f"Name the earlier day first, and {LONGEST} days at most.",
            ),
            field="first",
        )
    return Span(since, until)


def _lines(
    register: Register, device: Device, days: Span, where: LogFilter
) -> tuple[LineHere, ...]:
    directory = register.directory
    asker = Asker(directory, register.rulebooks, directory.sight(device.person))
    with register.read() as connection:
        lines = station_log(connection, asker, days, register.clock(), where)
    return tuple(map(_line, lines))


def _line(line: LogLine) -> LineHere:
    return LineHere(*(getattr(line, name) for name in LineHere.__struct_fields__))


def _colleagues(directory: Directory, station: str, device: Device) -> tuple[Colleague, ...]:
    """Everybody with a post at the station but whoever asks, by name."""
    found = [
        Colleague(one.id, one.name, role.name)
        for one in directory.people.values()
        for role in one.roles
        if role.place == station and one.id != device.person
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.id)))


def _waiting(register: Register, device: Device) -> tuple[ShiftWaiting, ...]:
    directory = register.directory
    with register.read() as connection:
        notes = waiting_for(connection, directory, device.person)
    found = []
    for note in notes:
        here = StationHere(note.station, directory.station_name(note.station))
        if handover := note_line(directory, note).handover:
            person = directory.person_name(note.person)
            found.append(ShiftWaiting(note.id, here, person, moment(note.at), note.text, handover))
    return tuple(found)
