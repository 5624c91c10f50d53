"""The organisation: places in a tree, people with roles at places, and who sees what.

company (公司) > unit (所属单位) > area (零管片区) > station (加油站); scan points (点位) and phones
belong to it. `Directory` is one immutable snapshot of all of it; `Directory.sight` is the only
answer to «who sees what», for lists, counters, pictures, exports, phone and console alike.

Source: facts O1 to O7, W1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

import msgspec

from domain.text import Text

PlaceKind = Literal["company", "unit", "area", "station"]
RoleName = Literal["company_staff", "unit_staff", "area_manager", "station_manager", "staff"]
Via = Literal["phone", "console", "cli", "demo"]


class Actor(msgspec.Struct, frozen=True):
    """Who asks for a change, and by which way in.

    Attributes:
        person: Id of the person, or None for whoever sits at the node's own console.
        device: Id of the phone, where one was used.
    """

    via: Via
    person: str | None = None
    device: str | None = None

    def __str__(self) -> str:
        """The actor as the journal names it."""
        return f"person:{self.person}" if self.person else self.via


class Place(msgspec.Struct, frozen=True):
    """A node of the tree. `path` is the ids from the root, as `/co/u1/a3/s17/`."""

    id: str
    kind: PlaceKind
    name: Text
    path: str
    parent: str | None = None
    stars: int = 0


class Role(msgspec.Struct, frozen=True):
    """What a person is at a place."""

    name: RoleName
    place: str


class Person(msgspec.Struct, frozen=True):
    """Somebody who inspects or is inspected."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()


class ScanPoint(msgspec.Struct, frozen=True):
    """A place at a station that carries a printed code (点位).

    Attributes:
        kind: What stands there: `pump`, `tank_farm`, `power_room`, `safe`, `cashier`, …
        token: The code in force, or None when it was withdrawn.
        placed_at: When its first code was made (UTC text).
    """

    id: str
    station: str
    kind: str
    name: Text
    token: str | None
    placed_at: str = ""


class Device(msgspec.Struct, frozen=True):
    """An enrolled phone; `key_sha256` is the digest of the secret that it sends."""

    id: str
    person: str
    name: str
    key_sha256: str
    enrolled_at: str
    withdrawn_at: str | None = None


class Sight(msgspec.Struct, frozen=True):
    """The stations that somebody sees. `everything` spares a list of thousands of ids."""

    stations: frozenset[str]
    everything: bool = False

    def sees(self, station: str) -> bool:
        """Whether the station is in sight."""
        return self.everything or station in self.stations


class Directory(msgspec.Struct, frozen=True, dict=True):
    """A snapshot of the organisation, its scan points and its phones."""

    places: Mapping[str, Place]
    people: Mapping[str, Person]
    points: Mapping[str, ScanPoint]
    devices: Mapping[str, Device]
    old_tokens: Mapping[str, str]
    """Point id by each token that is no longer in force."""

    @cached_property
    def points_by_token(self) -> dict[str, ScanPoint]:
        """Scan points by the token in force."""
        return {p.token: p for p in self.points.values() if p.token}

    @cached_property
    def points_at(self) -> dict[str, tuple[ScanPoint, ...]]:
        """Scan points by station, in the order of their ids."""
        found: dict[str, list[ScanPoint]] = {}
        for point in sorted(self.points.values(), key=lambda one: one.id):
            found.setdefault(point.station, []).append(point)
        return {station: tuple(points) for station, points in found.items()}

    @cached_property
    def devices_by_key(self) -> dict[str, Device]:
        """Phones by the digest of their key, withdrawn ones too."""
        return {d.key_sha256: d for d in self.devices.values()}

    @cached_property
    def stations(self) -> tuple[Place, ...]:
        """All stations, in the order of the tree."""
        return tuple(sorted(self._of_kind("station"), key=lambda place: place.path))

    def _of_kind(self, kind: PlaceKind) -> Iterable[Place]:
        return (place for place in self.places.values() if place.kind == kind)

    @cached_property
    def stations_under(self) -> dict[str, frozenset[str]]:
        """Ids of the stations at or below each place that has some."""
        found: dict[str, set[str]] = {}
        for station in self.stations:
            for above in station.path.strip("/").split("/"):
                found.setdefault(above, set()).add(station.id)
        return {place: frozenset(those) for place, those in found.items()}

    @cached_property
    def holders(self) -> dict[Role, tuple[str, ...]]:
        """Who holds a post now: ids of people by role and place."""
        found: dict[Role, list[str]] = {}
        for person in sorted(self.people):
            for role in self.people[person].roles:
                found.setdefault(role, []).append(person)
        return {role: tuple(those) for role, those in found.items()}

    @cached_property
    def places_by_kind(self) -> dict[PlaceKind, tuple[Place, ...]]:
        """All places of each kind, in the order of the tree."""
        found: dict[PlaceKind, list[Place]] = {}
        for place in sorted(self.places.values(), key=lambda place: place.path):
            found.setdefault(place.kind, []).append(place)
        return {kind: tuple(those) for kind, those in found.items()}

    def above(self, place: str) -> tuple[Place, ...]:
        """A place and those above it, the nearest first; none if it is not known."""
        known = self.places.get(place)
        ids = reversed(known.path.strip("/").split("/")) if known else ()
        return tuple(self.places[each] for each in ids)

    def under(self, place: str) -> frozenset[str]:
        """Ids of the stations at or below a place; none if there is no such place."""
        if place not in self.places:
            return frozenset()
        path = self.places[place].path
        return frozenset(s.id for s in self.stations if s.path.startswith(path))

    def sight(self, person: str | None) -> Sight:
        """What a person sees: the subtrees of the places of all the roles held.

        None is whoever sits at the node's own console and sees what the node holds; a person who
        is not known sees nothing.
        """
        if person is None:
            return Sight(frozenset(), everything=True)
        return self._sights.get(person, Sight(frozenset()))

    @cached_property
    def _sights(self) -> dict[str, Sight]:
        subtree = {place: self.under(place) for place in self.places}
        nothing: frozenset[str] = frozenset()
        return {
            person.id: Sight(nothing.union(*(subtree.get(r.place, nothing) for r in person.roles)))
            for person in self.people.values()
        }

    def station_name(self, station: str) -> Text:
        """The name of a station; its id where the directory does not know it."""
        place = self.places.get(station)
        return place.name if place else Text(zh=station, en=station)

    def person_name(self, person: str | None) -> str:
        """The name of a person; empty for the console's own."""
        known = self.people.get(person or "")
        return known.name if known else (person or "")
