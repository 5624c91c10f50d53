"""What Points & phones lists: places, points with the state of their code, phones. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.duty_views import POSTS
from domain.exports.cells import station_time
from domain.organisation import Place
from domain.text import Text, same
from tui.widgets.columns import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.organisation import Device, Directory, PlaceKind, RoleName, ScanPoint, Sight
    from domain.text import Lang

EVERYTHING = "*"
"""Stands for all stations in the list of stations."""
PLACE_KINDS: dict[PlaceKind, Text] = {
    "company": Text(zh="公司", en="Company"),
    "unit": Text(zh="所属单位", en="Unit"),
    "area": Text(zh="零管片区", en="Area"),
    "station": Text(zh="加油站", en="Station"),
}
ROLES: dict[RoleName, Text] = {
    role: POSTS[role]
    for role in ("station_manager", "staff", "area_manager", "unit_staff", "company_staff")
}
"""The roles in the order in which people are most often given them."""
ROLE_AT: dict[RoleName, PlaceKind] = {
    "station_manager": "station",
    "staff": "station",
    "area_manager": "area",
    "unit_staff": "unit",
    "company_staff": "company",
}


class StationLine(NamedTuple):
    """A station, or all of them, and how many points and phones it has."""

    id: str
    name: Text
    points: int
    phones: int


class PointLine(NamedTuple):
    """A scan point; `issued_at` is when its code was issued, None without a code."""

    point: ScanPoint
    kind: Text
    station: Text
    issued_at: str | None


class PhoneLine(NamedTuple):
    """A phone, whose it is, and the stations where its person has a role."""

    device: Device
    person: str
    places: frozenset[str]


class Listed(NamedTuple):
    """Everything that the screen shows."""

    stations: tuple[StationLine, ...]
    points: tuple[PointLine, ...]
    phones: tuple[PhoneLine, ...]


def listed(
    directory: Directory, sight: Sight, issued: Mapping[str, str], kinds: Mapping[str, Text]
) -> Listed:
    """What somebody sees of the organisation, in the order of the tree."""
    seen = [station for station in directory.stations if sight.sees(station.id)]
    order = {station.id: n for n, station in enumerate(seen)}
    points = sorted(
        (point for point in directory.points.values() if point.station in order),
        key=lambda point: (order[point.station], point.id),
    )
    phones = tuple(sorted(_phones(directory, sight), key=_newest_first))
    return Listed(
        _stations(seen, points, phones),
        tuple(
            PointLine(
                point,
                kinds.get(point.kind, same(point.kind)),
                directory.station_name(point.station),
                issued.get(point.token or ""),
            )
            for point in points
        ),
        phones,
    )


def _phones(directory: Directory, sight: Sight) -> list[PhoneLine]:
    found = []
    for device in directory.devices.values():
        person = directory.people.get(device.person)
        roles = person.roles if person else ()
        under = frozenset[str]().union(*(directory.under(role.place) for role in roles))
        if sight.everything or any(sight.sees(station) for station in under):
            at = frozenset(role.place for role in roles)
            found.append(PhoneLine(device, directory.person_name(device.person), at))
    return found


def _newest_first(line: PhoneLine) -> tuple[bool, str]:
    """Phones in use before withdrawn ones, by person."""
    return line.device.withdrawn_at is not None, line.person


def _stations(
    seen: list[Place], points: list[ScanPoint], phones: tuple[PhoneLine, ...]
) -> tuple[StationLine, ...]:
    in_use = [phone for phone in phones if phone.device.withdrawn_at is None]
    here = dict.fromkeys((station.id for station in seen), 0)
    for point in points:
        here[point.station] += 1
    everything = Text(zh="全部加油站", en="All stations")
    return (
        StationLine(EVERYTHING, everything, len(points), len(in_use)),
        *(
            StationLine(
                station.id,
                station.name,
                here[station.id],
                sum(station.id in phone.places for phone in in_use),
            )
            for station in seen
        ),
    )


def points_of(found: Listed, station: str) -> tuple[PointLine, ...]:
    """The points of a station, or all."""
    return tuple(line for line in found.points if station in (EVERYTHING, line.point.station))


def phones_of(found: Listed, station: str) -> tuple[PhoneLine, ...]:
    """The phones of people with a role at a station, or all."""
    return tuple(line for line in found.phones if station == EVERYTHING or station in line.places)


def _day(moment: str) -> str:
    return f"{station_time(moment):%Y-%m-%d}"


def _code_state(line: PointLine, lang: Lang) -> str:
    if line.issued_at is None:
        return Text(zh="已停用", en="withdrawn").in_(lang)
    return Text(zh="在用", en="in force").in_(lang)


def _phone_state(line: PhoneLine, lang: Lang) -> str:
    if line.device.withdrawn_at is not None:
        return Text(zh="已解绑", en="withdrawn").in_(lang)
    return Text(zh="在用", en="in use").in_(lang)


STATIONS: tuple[Column[StationLine], ...] = (
    Column(Text(zh="加油站", en="Station"), 10, lambda line, lang: line.name.in_(lang), grow=1),
    Column(Text(zh="点位", en="Pts"), 5, lambda line, _: f"{line.points:,}", right=True),
    Column(
        Text(zh="手机", en="Phones"), 6, lambda line, _: str(line.phones), right=True, from_width=40
    ),
)
POINTS: tuple[Column[PointLine], ...] = (
    Column(Text(zh="点位", en="Point"), 10, lambda line, lang: line.point.name.in_(lang), grow=2),
    Column(Text(zh="类型", en="Kind"), 10, lambda line, lang: line.kind.in_(lang), grow=1),
    Column(
        Text(zh="加油站", en="Station"),
        14,
        lambda line, lang: line.station.in_(lang),
        grow=2,
        from_width=90,
    ),
    Column(
        Text(zh="二维码", en="Code"),
        9,
        _code_state,
        style=lambda line: "good" if line.issued_at else "quiet",
    ),
    Column(
        Text(zh="签发", en="Issued"),
        10,
        lambda line, _: _day(line.issued_at) if line.issued_at else "—",
    ),
)
PHONES: tuple[Column[PhoneLine], ...] = (
    Column(Text(zh="使用人", en="Person"), 8, lambda line, _: line.person, grow=1),
    Column(Text(zh="手机", en="Phone"), 10, lambda line, _: line.device.name, grow=2),
    Column(
        Text(zh="状态", en="State"),
        9,
        _phone_state,
        style=lambda line: "quiet" if line.device.withdrawn_at else "good",
    ),
    Column(Text(zh="绑定", en="Enrolled"), 10, lambda line, _: _day(line.device.enrolled_at)),
)
