"""A company's lists of places, people and scan points are entered in one go, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from domain.organisation import Person, Place, Role, ScanPoint
from domain.procedures.chain import found_chain
from domain.procedures.refusals import Unfit
from domain.register.journal_table import entries
from domain.register.register import Register
from domain.text import same
from tests.things import CONSOLE

COMPANY = Place("co", "company", same("公司"), "/co/")
UNIT = Place("u1", "unit", same("分公司"), "/co/u1/", "co")
STATION = Place("s1", "station", same("湖滨站"), "/co/u1/s1/", "u1", 4)
PLACES = (COMPANY, UNIT, STATION)
MANAGER = Person("p1", "王强", (Role("station_manager", "s1"), Role("unit_staff", "u1")))
PUMP = ScanPoint("s1-pump-1", "s1", "pump", same("1号加油机"), None)


def found(
    register: Register,
    places: Sequence[Place] = PLACES,
    people: Sequence[Person] = (MANAGER,),
    points: Sequence[ScanPoint] = (PUMP,),
) -> None:
    """Enter the lists as a person at the console does."""
    register.carry_out(found_chain, places, people, points, by=CONSOLE)


def test_the_directory_holds_what_the_lists_say(register: Register) -> None:
    found(register)

    directory = register.directory
    assert tuple(directory.places.values()) == PLACES
    assert directory.people["p1"].name == "王强"
    assert set(directory.people["p1"].roles) == set(MANAGER.roles)


def test_every_point_gets_a_code_of_its_own(register: Register) -> None:
    till = ScanPoint("s1-cashier", "s1", "cashier", same("收银台"), None)
    found(register, points=(PUMP, till))

    tokens = {point.token for point in register.directory.points.values()}
    assert len(tokens) == 2
    assert None not in tokens


def test_each_place_has_an_entry_with_all_that_is_there(register: Register) -> None:
    found(register)

    with register.read() as connection:
        journalled = list(entries(connection))
    assert [entry.header.subject for entry in journalled] == ["co", "u1", "s1"]
    body: dict[str, Any] = msgspec.json.decode(journalled[-1].body or b"")
    assert [table for table, _ in body["rows"]] == [
        "place",
        "person",
        "role",
        "role",
        "scan_point",
        "code",
    ]


@pytest.mark.parametrize(
    "lists",
    [
        {"places": (COMPANY, UNIT, STATION, STATION)},
        {"places": (UNIT, COMPANY, STATION)},
        {"places": (COMPANY, STATION)},
        {"places": (COMPANY, UNIT, msgspec.structs.replace(STATION, path="/co/s1/"))},
        {"people": (MANAGER, MANAGER)},
        {"people": (Person("p2", " ", MANAGER.roles),)},
        {"people": (Person("p2", "李敏"),)},
        {"people": (Person("p2", "李敏", (Role("staff", "s9"),)),)},
        {"points": (PUMP, PUMP)},
        {"points": (msgspec.structs.replace(PUMP, station="u1"),)},
        {"points": (msgspec.structs.replace(PUMP, kind="rocket"),)},
    ],
    ids=[
        "a place twice",
        "a unit before its company",
        "a station without its unit",
        "a path that is not its own",
        "a person twice",
        "a person without a name",
        "a person without a role",
        "a role at no place",
        "a point twice",
        "a point at no station",
        "a point of no kind",
    ],
)
def test_one_slip_and_nothing_is_entered(register: Register, lists: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        found(register, **lists)

    assert register.journal_seq == 0
    assert register.directory.places == {}


def test_a_chain_is_founded_once(register: Register) -> None:
    found(register)

    with pytest.raises(Unfit):
        found(register)
