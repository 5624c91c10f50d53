"""Rounds of scans: which are due, how far they are, and what is worth a look."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from domain.organisation import Directory, Person, Place, Role, ScanPoint
from domain.parts import Round
from domain.patrols import RoundNow, Visit, may_make, rounds_now, window
from domain.procedures.weighing import CHINA
from domain.register.shelf import load_rulebooks
from domain.rulebook import Edition
from domain.text import same

KINDS = ("pump", "pump", "tank_farm", "fire")
MORNING = Round(
    id="morning",
    title=same("morning"),
    by=("staff",),
    first="07:00",
    last="10:00",
    points=("pump", "tank_farm", "fire", "safe"),
    least_minutes=2,
    most_minutes=30,
)
CLERK, MANAGER = "p-1", "p-2"


def at(clock: str, day: int = 20) -> datetime:
    """A moment of November 2026 at the station."""
    return datetime.fromisoformat(f"2026-11-{day:02d}T{clock}:00+08:00")


def edition(*rounds: Round) -> Edition:
    return msgspec.structs.replace(
        load_rulebooks().edition("station/patrol", "2026-1"), rounds=rounds or (MORNING,)
    )


@pytest.fixture
def directory() -> Directory:
    """A station with two pumps, a tank farm and fire equipment, a clerk and a manager."""
    places = {
        "a": Place("a", "area", same("a"), "/co/u/a/", "u"),
        "s": Place("s", "station", same("s"), "/co/u/a/s/", "a"),
    }
    people = {
        CLERK: Person(CLERK, "甲", (Role("staff", "s"),)),
        MANAGER: Person(MANAGER, "乙", (Role("station_manager", "s"),)),
    }
    points = {
        f"s-{n}": ScanPoint(f"s-{n}", "s", kind, same(kind), f"token{n}")
        for n, kind in enumerate(KINDS)
    }
    return Directory(places, people, points, {}, {})


def visits(*said: tuple[int, str], person: str = CLERK) -> list[Visit]:
    """Forms from points, by the clock."""
    return [Visit(f"s-{n}", person, at(clock), 10 + n, 0) for n, clock in said]


def now(directory: Directory, clock: str, *made: Visit, rounds: Round = MORNING) -> RoundNow:
    (one,) = rounds_now(edition(rounds), directory, "s", made, at(clock), CHINA)
    return one


def test_a_round_is_done_when_every_point_was_scanned(directory: Directory) -> None:
    one = now(directory, "09:00", *visits((0, "07:05"), (1, "07:10"), (2, "07:20"), (3, "07:30")))

    assert (one.state, one.done, one.remarks) == ("done", 4, 0)
    assert [stop.minutes for stop in one.stops] == [None, 5, 10, 10]
    assert one.unplaced == ("safe",)


@pytest.mark.parametrize(
    ("clock", "made", "state"),
    [
        ("06:59", 0, "ahead"),
        ("07:00", 0, "open"),
        ("10:00", 1, "open"),
        ("10:01", 1, "gaps"),
        ("10:01", 0, "missed"),
    ],
)
def test_its_time_decides_what_is_still_open(
    directory: Directory, clock: str, made: int, state: str
) -> None:
    assert now(directory, clock, *visits((0, "07:05"))[:made]).state == state


def test_only_scans_within_its_time_by_those_who_make_it_count(directory: Directory) -> None:
    made = [*visits((0, "06:59"), (1, "10:01")), *visits((2, "08:00"), person=MANAGER)]

    assert now(directory, "10:30", *made).state == "missed"


def test_points_scanned_faster_than_anybody_walks_are_worth_a_look(directory: Directory) -> None:
    one = now(directory, "09:00", *visits((0, "07:05"), (1, "07:06"), (2, "07:50")))

    assert [stop.remark for stop in one.stops] == [None, "too_soon", "too_late", None]


def test_a_walk_in_order_says_where_it_went_back(directory: Directory) -> None:
    strict = msgspec.structs.replace(MORNING, in_order=True)

    one = now(directory, "09:00", *visits((2, "07:05"), (0, "07:10")), rounds=strict)

    assert [stop.remark for stop in one.stops] == ["out_of_order", None, None, None]


def test_a_point_scanned_twice_counts_where_it_was_scanned_first(directory: Directory) -> None:
    one = now(directory, "09:00", *visits((0, "07:05"), (0, "07:40")))

    assert (one.done, one.stops[0].visit and one.stops[0].visit.at) == (1, at("07:05"))


def test_a_point_without_a_code_in_force_is_not_asked_for(directory: Directory) -> None:
    bare = msgspec.structs.replace(directory.points["s-3"], token=None)
    without = msgspec.structs.replace(directory, points={**directory.points, "s-3": bare})

    one = now(without, "09:00")

    assert [stop.point for stop in one.stops] == ["s-0", "s-1", "s-2"]
    assert one.unplaced == ("fire", "safe")


@pytest.mark.parametrize(
    ("every", "day", "first", "last"),
    [
        ("day", "2028-02-29", "02-29 07:00", "02-29 10:01"),
        ("week", "2026-11-22", "11-16 07:00", "11-22 10:01"),
        ("month", "2028-02-10", "02-01 07:00", "02-29 10:01"),
        ("month", "2026-12-31", "12-01 07:00", "12-31 10:01"),
    ],
)
def test_rounds_are_made_once_a_day_week_or_month(
    every: str, day: str, first: str, last: str
) -> None:
    one = msgspec.convert({**msgspec.to_builtins(MORNING), "every": every}, Round)

    begins, ends = window(one, datetime.fromisoformat(day).date(), CHINA)

    assert (f"{begins:%m-%d %H:%M}", f"{ends:%m-%d %H:%M}") == (first, last)


def test_a_role_above_the_station_makes_its_rounds_there(directory: Directory) -> None:
    area = Person("p-3", "丙", (Role("area_manager", "a"), Role("area_manager", "elsewhere")))
    known = msgspec.structs.replace(directory, people={**directory.people, "p-3": area})
    monthly = msgspec.structs.replace(MORNING, by=("area_manager",))

    assert may_make(monthly, known, "p-3", "s")
    assert not may_make(monthly, known, CLERK, "s")
    assert not may_make(monthly, known, None, "s")


def test_the_day_of_the_station_counts_not_that_of_greenwich(directory: Directory) -> None:
    early = at("07:05", day=21)
    assert (early - timedelta(hours=8)).day == 20

    (one,) = rounds_now(
        edition(), directory, "s", [Visit("s-0", CLERK, early, 1, 0)], at("07:30", 21), CHINA
    )

    assert one.done == 1
