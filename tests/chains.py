"""Organisations as values: a unit of seven stations for tables worked by hand, and large chains."""

from __future__ import annotations

import re

from domain.checking import Shelf, check_shelf
from domain.organisation import Directory, Person, Place, Role, RoleName
from domain.register.shelf import RULEBOOKS
from domain.text import same

STANDARD = (RULEBOOKS / "petrochina-shandong-2012" / "calendar.yaml").read_text(encoding="utf-8")
STARS = {"s1": 3, "s2": 2, "s3": 0, "s4": 1, "s5": 4, "s6": 2, "s7": 1}
"""Seven stations; s1 and s5 have three stars and above."""
AREA_OF = {"s1": "a1", "s2": "a1", "s3": "a1", "s4": "a1", "s5": "a2", "s6": "a2", "s7": "a2"}
HEADS: dict[str, RoleName] = {
    "company": "company_staff",
    "unit": "unit_staff",
    "area": "area_manager",
    "station": "station_manager",
}


def shelf(calendar: str = STANDARD) -> Shelf:
    """A shelf with this calendar alone."""
    checked = check_shelf({"calendar.yaml": calendar.encode()})
    assert checked.problems == []
    return checked


def reading(point: str, read: str, calendar: str = STANDARD) -> str:
    """A calendar with one reading changed, as somebody would with an editor."""
    pattern = rf"(  - id: {re.escape(point)}\n(?:    .*\n|      .*\n)*?    read: )[^#\n]*"
    changed, times = re.subn(pattern, rf"\g<1>{read} ", calendar)
    assert times == 1
    return changed


def directory(places: list[Place], people: list[Person] | None = None) -> Directory:
    """The places, each with somebody at its head unless people are named."""
    if people is None:
        people = [
            Person(f"p-{one.id}", f"人{one.id}", (Role(HEADS[one.kind], one.id),)) for one in places
        ]
    return Directory({p.id: p for p in places}, {p.id: p for p in people}, {}, {}, {})


def seven_stations() -> Directory:
    """One company, one unit, two areas, seven stations."""
    places = [
        Place("co", "company", same("公司"), "/co/"),
        Place("u1", "unit", same("一公司"), "/co/u1/", "co"),
        Place("a1", "area", same("一片区"), "/co/u1/a1/", "u1"),
        Place("a2", "area", same("二片区"), "/co/u1/a2/", "u1"),
    ]
    for station, area in AREA_OF.items():
        path = f"/co/u1/{area}/{station}/"
        places.append(Place(station, "station", same(station), path, area, STARS[station]))
    return directory(places)


def large_chain(units: int, areas: int, stations: int) -> Directory:
    """So many units, each with so many areas, each with so many stations."""
    places = [Place("co", "company", same("公司"), "/co/")]
    for u in range(units):
        places.append(Place(f"u{u}", "unit", same("单位"), f"/co/u{u}/", "co"))
        for a in range(areas):
            area = f"u{u}a{a}"
            places.append(Place(area, "area", same("片区"), f"/co/u{u}/{area}/", f"u{u}"))
            for s in range(stations):
                path = f"/co/u{u}/{area}/{area}s{s}/"
                places.append(Place(f"{area}s{s}", "station", same("站"), path, area, (a + s) % 6))
    return directory(places)
