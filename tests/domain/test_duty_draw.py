"""A sampled duty and its draw, worked out by hand over seven stations; s1 and s5 have stars."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from domain.calendar import Calendars, ShareOfStations
from domain.draw_steps import Replaced
from domain.drawing import DrawnStratum, Placed
from domain.duties import Duty, duty_named
from domain.duty_draw import DutyDraw, Sampled, is_draw_of, sampled, with_sample
from domain.duty_life import Evidence, state_of
from domain.organisation import Role
from domain.working_days import WorkingDays
from tests.chains import seven_stations, shelf

CALENDARS = Calendars(shelf().calendars)
SEVEN = seven_stations()
VIDEO = "petrochina-shandong-2012/video"
UNIT = Role("unit_staff", "u1")
THE_NINTH = date(2024, 2, 9)


def duty(named: str) -> Duty:
    found = duty_named(CALENDARS, SEVEN, named, WorkingDays())
    assert found
    return found


UNIT_AUDIT = duty("I6/u1/2024-02")
"""Three of seven stations."""
COMPANY_AUDIT = duty("I4/u1/2024-02")
"""Two of the unit's seven stations, s1 and s5 always."""


def stratum(unit: str, taken: int, order: str) -> DrawnStratum:
    return DrawnStratum(unit, taken, tuple(Placed(s, "chance", "0") for s in order.split()))


def a_draw(*strata: DrawnStratum, replaced: tuple[tuple[str, str], ...] = ()) -> DutyDraw:
    gone = tuple(Replaced(station, by, "停业", "") for station, by in replaced)
    return DutyDraw("i6.u1.2024-02", "drawn", strata, gone)


DRAWN = stratum("u1", 3, "s4 s2 s6 s1 s3 s5 s7")


def wanted(of: Duty, draw: DutyDraw) -> list[str]:
    return [one.station for one in sampled(of.cover, draw)]


def stood(of: Duty, stations: str) -> tuple[str, tuple[str, ...]]:
    evidence = [Evidence(n, s, VIDEO, THE_NINTH, (UNIT,)) for n, s in enumerate(stations.split())]
    standing = state_of(of, evidence, None, THE_NINTH)
    return standing.state, standing.covered


@pytest.mark.parametrize(
    ("inspected", "state", "counted"),
    [
        ("s4 s2 s6", "done", ("s4", "s2", "s6")),
        ("s4 s2 s1 s3 s5 s7", "due", ("s4", "s2")),
        ("s1 s3 s5", "due", ()),
    ],
)
def test_once_drawn_a_duty_is_done_by_the_drawn_stations_and_no_others(
    inspected: str, state: str, counted: tuple[str, ...]
) -> None:
    drawn = with_sample(UNIT_AUDIT, sampled(UNIT_AUDIT.cover, a_draw(DRAWN)))

    assert stood(drawn, inspected) == (state, counted)


def test_until_a_draw_is_revealed_any_stations_count() -> None:
    frozen = DutyDraw("i6.u1.2024-02", "frozen")

    assert (
        stood(with_sample(UNIT_AUDIT, sampled(UNIT_AUDIT.cover, frozen)), "s1 s3 s5")[0] == "done"
    )


def test_read_otherwise_any_stations_count_although_others_were_drawn() -> None:
    coverage = UNIT_AUDIT.obligation.coverage
    assert isinstance(coverage, ShareOfStations)
    read = msgspec.structs.replace(coverage, fulfilled_by="any")
    obligation = msgspec.structs.replace(UNIT_AUDIT.obligation, coverage=read)
    lax = msgspec.structs.replace(UNIT_AUDIT, obligation=obligation)

    assert stood(with_sample(lax, sampled(lax.cover, a_draw(DRAWN))), "s1 s3 s5")[0] == "done"


def test_a_replaced_station_is_not_wanted_any_more_and_the_next_one_is() -> None:
    found = sampled(UNIT_AUDIT.cover, a_draw(DRAWN, replaced=(("s2", "s1"),)))

    assert found == (
        Sampled("s4", "chance"), Sampled("s6", "chance"), Sampled("s1", "chance", "s2")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("draw", "stations"),
    [
        # The company's draw covers all units; the duty of one has its own part.
        ((stratum("u1", 2, "s1 s5 s3 s2"), stratum("u2", 2, "t1 t2 t3")), ["s1", "s5"]),
        # A third star came after freezing.
        ((stratum("u1", 2, "s2 s3 s4 s1 s5"),), ["s2", "s3", "s1", "s5"]),
    ],
    ids=["of several units", "must-check since"],
)
def test_a_companys_draw_gives_each_unit_its_part_and_its_must_check_stations(
    draw: tuple[DrawnStratum, ...], stations: list[str]
) -> None:
    assert wanted(COMPANY_AUDIT, a_draw(*draw)) == stations


def test_a_must_check_station_that_was_replaced_is_not_wanted() -> None:
    draw = a_draw(stratum("u1", 2, "s1 s5 s3 s2"), replaced=(("s5", "s3"),))

    assert wanted(COMPANY_AUDIT, draw) == ["s1", "s3"]


def test_a_draw_of_fewer_than_the_calendar_wants_is_filled_up_in_the_drawn_order() -> None:
    lax = a_draw(stratum("u1", 1, "s4 s2 s6 s1 s3 s5 s7"), replaced=(("s4", "s2"),))

    assert wanted(UNIT_AUDIT, lax) == ["s2", "s6", "s1"]


@pytest.mark.parametrize(
    ("drawn_for", "path", "period", "its"),
    [
        ("i6", "/co/u1/", "2024-02", True),
        ("i6", "/co/", "2024-01..2024-03", True),
        ("i7", "/co/u1/", "2024-02", False),
        ("i6", "/co/u1/a1/", "2024-02", False),
        ("i6", "/co/u2/", "2024-02", False),
        ("i6", "/co/u1/", "2024-03", False),
    ],
)
def test_a_duty_has_the_draw_that_covers_its_place_and_period(
    drawn_for: str, path: str, period: str, *, its: bool
) -> None:
    assert is_draw_of(UNIT_AUDIT, drawn_for, path, period) is its
