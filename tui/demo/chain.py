"""The demonstration chain itself: company, units, areas, stations, their people and scan points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from domain.organisation import Person, Place, PlaceKind, Role, RoleName, ScanPoint
from domain.point_kinds import POINT_KINDS
from domain.text import Text
from tui.demo.names import COMPANY, GIVEN, ORDINALS, SURNAMES, UNITS, Unit

COMPANY_STAFF = 8
UNIT_STAFF = 3
SOMETIMES = {"store": 0.9, "generator": 0.75, "vent": 0.95}
"""How many of the stations have what not every station has."""


class Chain(NamedTuple):
    """The chain as `found_chain` takes it."""

    places: tuple[Place, ...]
    people: tuple[Person, ...]
    points: tuple[ScanPoint, ...]

    def of_kind(self, kind: PlaceKind) -> tuple[Place, ...]:
        """The places of a kind, in the order of the tree."""
        return tuple(place for place in self.places if place.kind == kind)

    def below(self, place: str) -> tuple[Place, ...]:
        """The stations at or below a place."""
        return tuple(each for each in self.of_kind("station") if f"/{place}/" in each.path)

    def people_below(self, place: str) -> tuple[Person, ...]:
        """Whoever has a first role at or below a place."""
        inside = {each.id for each in self.places if f"/{place}/" in each.path}
        return tuple(each for each in self.people if each.roles[0].place in inside)

    def holders(self, role: RoleName, place: str) -> tuple[Person, ...]:
        """Who has a role at exactly this place."""
        return tuple(each for each in self.people if Role(role, place) in each.roles)


def draw_chain(chance: Random) -> Chain:
    """The chain: 8 units, 71 stations, and more than 500 people whom chance names."""
    places = _places(chance)
    names = _names(chance)
    people = [
        Person(f"p{number:03}", next(names), (role,))
        for number, role in enumerate(_jobs(places, chance), start=1)
    ]
    points = [point for place in places for point in _points(place, chance)]
    return Chain(tuple(places), tuple(people), tuple(points))


def _places(chance: Random) -> list[Place]:
    company = Place("qy", "company", COMPANY, "/qy/")
    places, number = [company], 0
    for nth, unit in enumerate(UNITS, start=1):
        branch = _below(company, f"u{nth}", "unit", unit.name)
        places.append(branch)
        for n, stations in enumerate(_shares(unit), start=1):
            area = _below(branch, f"u{nth}a{n}", "area", _area_name(unit, n))
            places.append(area)
            for name in stations:
                number += 1
                stars = chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))
                places.append(_below(area, f"s{number:02}", "station", name, stars))
    return places


def _below(above: Place, name: str, kind: PlaceKind, title: Text, stars: int = 0) -> Place:
    return Place(name, kind, title, f"{above.path}{name}/", above.id, stars)


def _shares(unit: Unit) -> list[Sequence[Text]]:
    """The stations of each area: neighbours together, as evenly as they go."""
    size, larger = divmod(len(unit.stations), unit.areas)
    shares: list[Sequence[Text]] = []
    first = 0
    for n in range(unit.areas):
        last = first + size + (n < larger)
        shares.append(unit.stations[first:last])
        first = last
    return shares


def _area_name(unit: Unit, n: int) -> Text:
    return Text(zh=f"{unit.short.zh}{ORDINALS[n - 1]}片区", en=f"{unit.short.en} Area {n}")


def _jobs(places: Sequence[Place], chance: Random) -> Iterator[Role]:
    for place in places:
        if place.kind == "company":
            yield from [Role("company_staff", place.id)] * COMPANY_STAFF
        elif place.kind == "unit":
            yield from [Role("unit_staff", place.id)] * UNIT_STAFF
        elif place.kind == "area":
            yield Role("area_manager", place.id)
        else:
            yield Role("station_manager", place.id)
            yield from [Role("staff", place.id)] * chance.randint(5, 8)


def _names(chance: Random) -> Iterator[str]:
    """Names without end, each once."""
    given: set[str] = set()
    while True:
        name = chance.choice(SURNAMES) + chance.choice(GIVEN)
        if name not in given:
            given.add(name)
            yield name


def _points(place: Place, chance: Random) -> Iterator[ScanPoint]:
    """The scan points of a station; none of any other place."""
    if place.kind != "station":
        return
    for n in range(1, chance.randint(4, 8) + 1):
        name = Text(zh=f"{n}号加油机", en=f"Pump {n}")
        yield ScanPoint(f"{place.id}-pump-{n}", place.id, "pump", name, None)
    for kind, name in POINT_KINDS.items():
        if kind not in {"pump", "other"} and chance.random() < SOMETIMES.get(kind, 1):
            yield ScanPoint(f"{place.id}-{kind.replace('_', '-')}", place.id, kind, name, None)
