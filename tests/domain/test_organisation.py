"""Who sees what: the subtrees of the places of all the roles a person holds."""

from __future__ import annotations

import pytest

from domain.organisation import Directory, Person, Place, Role
from domain.text import same


def chain() -> Directory:
    places = [
        Place("co", "company", same("公司"), "/co/"),
        Place("u1", "unit", same("一公司"), "/co/u1/", "co"),
        Place("u10", "unit", same("十公司"), "/co/u10/", "co"),
        Place("a1", "area", same("一片区"), "/co/u1/a1/", "u1"),
        Place("s1", "station", same("一站"), "/co/u1/a1/s1/", "a1"),
        Place("s2", "station", same("二站"), "/co/u1/s2/", "u1"),
        Place("s3", "station", same("三站"), "/co/u10/s3/", "u10"),
    ]
    people = [
        Person("boss", "总", (Role("company_staff", "co"),)),
        Person("unit", "科", (Role("unit_staff", "u1"),)),
        Person("area", "片", (Role("area_manager", "a1"),)),
        Person("two", "兼", (Role("station_manager", "s1"), Role("station_manager", "s3"))),
        Person("none", "无"),
        Person("lost", "失", (Role("staff", "closed-station"),)),
    ]
    return Directory(
        places={p.id: p for p in places},
        people={p.id: p for p in people},
        points={},
        devices={},
        old_tokens={},
    )


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("boss", {"s1", "s2", "s3"}),
        ("unit", {"s1", "s2"}),
        ("area", {"s1"}),
        ("two", {"s1", "s3"}),
        ("none", set()),
        ("lost", set()),
        ("a stranger", set()),
    ],
)
def test_a_person_sees_the_subtrees_of_all_roles(person: str, seen: set[str]) -> None:
    sight = chain().sight(person)

    assert {s.id for s in chain().stations if sight.sees(s.id)} == seen


def test_whoever_sits_at_the_nodes_own_console_sees_everything() -> None:
    assert chain().sight(None).sees("s3")


def test_a_unit_is_not_confused_with_one_whose_id_it_begins() -> None:
    assert chain().under("u1") == {"s1", "s2"}
