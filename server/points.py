"""What a scanned code stands for."""

from __future__ import annotations

import asyncio
from datetime import datetime

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from domain.organisation import Directory, ScanPoint
from domain.patrols import RoundNow, State, may_make
from domain.procedures.refusals import CodeWithdrawn, OutOfSight, UnknownCode
from domain.procedures.weighing import CHINA
from domain.register.last_time import LastTime, last_time
from domain.register.patrols import rounds_of
from domain.register.queries import Asker
from domain.register.register import Register
from domain.rulebook import Edition, Kind, NoEditionInForce, Rulebooks
from domain.text import Text
from server.answers import KEY
from server.problems import refused
from server.reception import PhoneRequest


class PointHere(msgspec.Struct, frozen=True):
    """A scan point."""

    id: str
    name: Text
    kind: str


class StationHere(msgspec.Struct, frozen=True):
    """The station that it belongs to."""

    id: str
    name: Text


class Form(msgspec.Struct, frozen=True):
    """An edition that can be filled in here today.

    Attributes:
        entries: How many criteria it has at this point.
        groups: In a patrol, the groups that are checked at this point; else none.
    """

    id: str
    edition: str
    title: Text
    kind: Kind
    entries: int
    groups: tuple[str, ...] = ()


class StopHere(msgspec.Struct, frozen=True):
    """A point of a round: when and by whom it was scanned, if it was."""

    id: str
    name: Text
    at: datetime | None = None
    by: str = ""


class RoundHere(msgspec.Struct, frozen=True):
    """A round of this station that whoever scanned makes: 三定, fixed person, time and content.

    Attributes:
        form: Id of the patrol's rulebook.
        here: Whether the point that was scanned is one of its points.
    """

    id: str
    form: str
    title: Text
    begins: datetime
    ends: datetime
    state: State
    stops: tuple[StopHere, ...]
    here: bool


class Point(msgspec.Struct, frozen=True):
    """What a phone needs to know after a scan; the moment is this node's, by its clock."""

    token: str
    point: PointHere
    station: StationHere
    rulebooks: tuple[Form, ...]
    rounds: tuple[RoundHere, ...]
    server_time: datetime


@get("/api/points/{token:str}", security=KEY, responses=refused(401, 403, 404, 410, 503))
async def show_point(request: PhoneRequest, token: FromPath[str]) -> Point:
    """The place of a code, and the check lists that can be filled in there today."""
    device, register = request.device(), request.reception.register
    directory, now = register.directory, register.clock()
    point = _scanned(directory, token)
    name = directory.station_name(point.station)
    if not directory.sight(device.person).sees(point.station):
        raise OutOfSight(name)
    rounds = await asyncio.to_thread(_rounds, register, device.person, point)
    return Point(
        token=token,
        point=PointHere(point.id, point.name, point.kind),
        station=StationHere(point.station, name),
        rulebooks=_forms(register.rulebooks, now, point.kind),
        rounds=rounds,
        server_time=now,
    )


@get("/api/points/{token:str}/last", security=KEY, responses=refused(400, 401, 403, 404, 410, 503))
async def show_last_time(
    request: PhoneRequest, token: FromPath[str], rulebook: FromQuery[str]
) -> LastTime | None:
    """What the inspection before found at the station of a code, by criterion; null if none was."""
    device, register = request.device(), request.reception.register
    directory = register.directory
    point, sight = _scanned(directory, token), directory.sight(device.person)
    if not sight.sees(point.station):
        raise OutOfSight(directory.station_name(point.station))
    asker = Asker(directory, register.rulebooks, sight)

    def read() -> LastTime | None:
        with register.read() as connection:
            return last_time(connection, asker, point.station, rulebook, register.clock())

    return await asyncio.to_thread(read)


def _scanned(directory: Directory, token: str) -> ScanPoint:
    point = directory.points_by_token.get(token)
    if point is not None:
        return point
    if token in directory.old_tokens:
        raise CodeWithdrawn(directory.points[directory.old_tokens[token]].name)
    raise UnknownCode


def _rounds(register: Register, person: str, point: ScanPoint) -> tuple[RoundHere, ...]:
    """What this person has to walk at the station in this period, the most urgent first."""
    directory = register.directory
    asker = Asker(directory, register.rulebooks, directory.sight(person))
    with register.read() as connection:
        rounds = rounds_of(connection, asker, [point.station], register.clock(), CHINA)
    return tuple(
        _round(directory, one, point.id)
        for one in rounds
        if one.stops and may_make(one.round, directory, person, point.station)
    )


def _round(directory: Directory, one: RoundNow, point: str) -> RoundHere:
    stops = tuple(
        StopHere(
            stop.point,
            directory.points[stop.point].name,
            stop.visit.at if stop.visit else None,
            directory.person_name(stop.visit.person) if stop.visit else "",
        )
        for stop in one.stops
    )
    return RoundHere(
        one.round.id,
        one.edition.id,
        one.round.title,
        one.begins,
        one.ends,
        one.state,
        stops,
        any(stop.id == point for stop in stops),
    )


def _forms(rulebooks: Rulebooks, now: datetime, kind: str) -> tuple[Form, ...]:
    """The editions of today: the patrol of this point first, what is watched on recordings last."""
    forms = [_form(edition, kind) for edition in _editions(rulebooks, now)]
    offered = [one for one in forms if one.entries]
    return tuple(sorted(offered, key=lambda one: (_place(one.kind), one.id)))


def _place(kind: Kind) -> int:
    return {"patrol": 0, "video_audit": 2}.get(kind, 1)


def _editions(rulebooks: Rulebooks, now: datetime) -> list[Edition]:
    editions = []
    for rulebook in rulebooks.ids():
        try:
            editions.append(rulebooks.in_force(rulebook, now.astimezone(CHINA).date()))
        except NoEditionInForce:
            continue
    return editions


def _form(edition: Edition, kind: str) -> Form:
    groups = edition.groups_at(kind)
    entries = sum(len(one.criteria) for one in groups)
    named = tuple(one.id for one in groups) if edition.kind == "patrol" else ()
    return Form(edition.id, edition.edition, edition.title, edition.kind, entries, named)
