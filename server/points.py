"""What a scanned code stands for."""

from __future__ import annotations

import asyncio
from datetime import datetime

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from domain.organisation import Directory, ScanPoint
from domain.procedures.refusals import CodeWithdrawn, OutOfSight, UnknownCode
from domain.procedures.weighing import CHINA
from domain.register.last_time import LastTime, last_time
from domain.register.queries import Asker
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
    """An edition that can be filled in today; `entries` is how many criteria it has."""

    id: str
    edition: str
    title: Text
    kind: Kind
    entries: int


class Point(msgspec.Struct, frozen=True):
    """What a phone needs to know after a scan; the moment is this node's, by its clock."""

    token: str
    point: PointHere
    station: StationHere
    rulebooks: tuple[Form, ...]
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
    return Point(
        token=token,
        point=PointHere(point.id, point.name, point.kind),
        station=StationHere(point.station, name),
        rulebooks=_forms(register.rulebooks, now),
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


def _forms(rulebooks: Rulebooks, now: datetime) -> tuple[Form, ...]:
    """The editions of today, what is filled in on site before what is watched on recordings."""
    forms = [_form(edition) for edition in _editions(rulebooks, now)]
    return tuple(sorted(forms, key=lambda form: (form.kind == "video_audit", form.id)))


def _editions(rulebooks: Rulebooks, now: datetime) -> list[Edition]:
    editions = []
    for rulebook in rulebooks.ids():
        try:
            editions.append(rulebooks.in_force(rulebook, now.astimezone(CHINA).date()))
        except NoEditionInForce:
            continue
    return editions


def _form(edition: Edition) -> Form:
    return Form(edition.id, edition.edition, edition.title, edition.kind, len(edition.placed))
