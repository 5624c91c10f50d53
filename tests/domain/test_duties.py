"""Which duties the standard implies: a unit of seven stations worked by hand, and large chains."""

from __future__ import annotations

import calendar as weekdays
from collections import Counter
from collections.abc import Iterable
from datetime import date
from math import ceil
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendars, EveryStation, Obligation
from domain.duties import Cover, Duty, duties_due, duties_open, duty_named
from domain.organisation import Directory, Person, Place, Role
from domain.text import same
from domain.windows import Span
from domain.working_days import WorkingDays
from tests.chains import (
    AREA_OF,
    STANDARD,
    STARS,
    directory,
    large_chain,
    reading,
    seven_stations,
    shelf,
)
from tui.demo.chain import draw_chain

DAYS = WorkingDays()
CALENDARS = Calendars(shelf().calendars)
SEVEN = seven_stations()
YEAR = Span(date(2024, 1, 1), date(2024, 12, 31))

# Worked by hand on a printed calendar of 2024, a leap year. Days off: 1 January; Spring Festival
# 10 to 17 February; 4 to 6 April; 1 to 5 May; 8 to 10 June; 15 to 17 September; National Day 1 to
# 7 October. Worked: 4 and 18 February, 7 and 28 April, 11 May, 14 and 29 September, 12 October.
# The offices' days go to the working day before; the stations' stay.
BY_HAND: dict[str, str] = {
    # 30 April is a Tuesday, 30 September a Monday before National Day.
    "I1/co": "04-30 09-30",
    # 31 March, 30 June are Sundays, 30 November is a Saturday.
    "I2/u1": "03-29 06-28 09-30 11-29",
    # Sundays in January and July, Saturdays in September and December; 28 April is worked.
    "I4/u1": "01-26 02-28 03-28 04-28 05-28 06-28 07-26 08-28 09-27 10-28 11-28 12-27",
    # Saturdays in January, April, July; a Sunday in October. 20 February follows the holiday.
    "I6/u1": "01-19 02-20 03-20 04-19 05-20 06-20 07-19 08-20 09-20 10-18 11-20 12-20",
    # Sundays in February and August, a Saturday in May.
    "I7/u1": "01-25 02-23 03-25 04-25 05-24 06-25 07-25 08-23 09-25 10-25 11-25 12-25",
    # Month ends; 29 February is a Thursday. Sundays 31 March, 30 June; Saturdays 31 August,
    # 30 November.
    "I8-video/a1": "01-31 02-29 03-29 04-30 05-31 06-28 07-31 08-30 09-30 10-31 11-29 12-31",
    "I8-onsite/a1": "01-31 02-29 03-29 04-30 05-31 06-28 07-31 08-30 09-30 10-31 11-29 12-31",
    # Stations are open: the 25th stays, Sunday or not.
    "I11/s1": "01-25 02-25 03-25 04-25 05-25 06-25 07-25 08-25 09-25 10-25 11-25 12-25",
    # The Fridays; 16 February and 4 October are holidays and stay.
    "I10/s1": "01-05 01-12 01-19 01-26 02-02 02-09 02-16 02-23 03-01 03-08 03-15 03-22 03-29 "
    "04-05 04-12 04-19 04-26 05-03 05-10 05-17 05-24 05-31 06-07 06-14 06-21 06-28 07-05 07-12 "
    "07-19 07-26 08-02 08-09 08-16 08-23 08-30 09-06 09-13 09-20 09-27 10-04 10-11 10-18 10-25 "
    "11-01 11-08 11-15 11-22 11-29 12-06 12-13 12-20 12-27",
}


CHANGES = [
    ("X1", "before_month", {"I2"}),
    ("X2", "{every: month, day: 31, sense: by}", {"I3-unit"}),
    ("I12-I9", "[test/own]", {"I9"}),
    ("I12-I10", "[test/own]", {"I10"}),
    ("I12-I11", "[test/own]", {"I11"}),
    ("L17-rounding", "down", {"I6", "I7"}),
    ("L17-base", "[s3]", {"I6", "I7"}),
    ("L17-drawn", "any", {"I4", "I6", "I7"}),
    ("L18", "on_top", {"I4"}),
    ("L19-company", "{cover: share, percent: 30, rounding: up}", {"I1"}),
    ("L19-unit", "{cover: share, percent: 30, rounding: up}", {"I2"}),
    ("L20-day", "on", {"I4", "I6", "I7", "I11"}),
    ("L20-friday", "on", {"I10"}),
    ("L20-area-day", "20", {"I8-video", "I8-onsite"}),
    # I1 falls on working days in 2024 anyway.
    ("L20-offices", "keep", {"I2", "I4", "I6", "I7", "I8-video", "I8-onsite"}),
    ("L20-stations", "before", {"I10", "I11"}),
]
"""Each declared reading read otherwise, and the obligations whose duties of 2024 differ then."""


def of(duties: Iterable[Duty], head: str) -> list[Duty]:
    return [one for one in duties if one.id.startswith(f"{head}/")]


@pytest.fixture(scope="module")
def year() -> list[Duty]:
    return duties_due(CALENDARS, SEVEN, YEAR, DAYS)


@pytest.mark.parametrize("head", BY_HAND)
def test_the_due_days_of_2024_are_those_worked_by_hand(year: list[Duty], head: str) -> None:
    assert [f"{one.due:%m-%d}" for one in of(year, head)] == BY_HAND[head].split()


def test_every_day_of_a_leap_year_has_its_check_of_recordings(year: list[Duty]) -> None:
    daily = of(year, "I9/s4")

    assert len(daily) == 366
    assert "I9/s4/2024-02-29" in {one.id for one in daily}
    assert all(one.opens == one.due == one.window.closes for one in daily)


def test_the_whole_year_of_the_unit_is_nothing_but_the_table(year: list[Duty]) -> None:
    assert Counter(one.obligation.id for one in year) == {
        "I1": 2, "I2": 4, "I4": 12, "I6": 12, "I7": 12, "I8-video": 2 * 12, "I8-onsite": 2 * 12,
        "I9": 7 * 366, "I10": 7 * 52, "I11": 7 * 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "wanted", "must", "among"),
    [
        ("I1/co/2024-H1", 7, set(STARS), set(STARS)),
        ("I2/u1/2024-Q4", 7, set(STARS), set(STARS)),
        ("I4/u1/2024-02", 2, {"s1", "s5"}, set(STARS)),
        ("I6/u1/2024-02", 3, set(), set(STARS)),
        ("I7/u1/2024-02", 3, set(), set(STARS)),
        ("I8-video/a1/2024-02", 4, {"s1", "s2", "s3", "s4"}, {"s1", "s2", "s3", "s4"}),
        ("I8-onsite/a2/2024-02", 3, {"s5", "s6", "s7"}, {"s5", "s6", "s7"}),
        ("I9/s2/2024-02-29", 1, {"s2"}, {"s2"}),
    ],
)
def test_coverage_is_what_the_standard_says(
    year: list[Duty], duty: str, wanted: int, must: set[str], among: set[str]
) -> None:
    (one,) = [each for each in year if each.id == duty]

    assert one.cover == Cover(wanted, frozenset(must), frozenset(among))


@pytest.mark.parametrize(
    ("duty", "opens", "due", "closes"),
    [
        ("I1/co/2024-H1", "2024-01-01", "2024-04-30", "2024-06-30"),
        ("I1/co/2024-H2", "2024-07-01", "2024-09-30", "2024-12-31"),
        ("I2/u1/2024-Q1", "2024-01-01", "2024-03-29", "2024-03-31"),
        ("I2/u1/2024-Q4", "2024-10-01", "2024-11-29", "2024-12-31"),
        ("I6/u1/2024-02", "2024-02-01", "2024-02-20", "2024-02-29"),
        ("I10/s1/2024-W07", "2024-02-12", "2024-02-16", "2024-02-18"),
        ("I10/s1/2025-W01", "2024-12-30", "2025-01-03", "2025-01-05"),
    ],
)
def test_a_duty_opens_with_its_period_and_closes_with_it(
    duty: str, opens: str, due: str, closes: str
) -> None:
    one = duty_named(CALENDARS, SEVEN, duty, DAYS)

    assert one
    days = (one.opens, one.due, one.window.closes)
    assert [day.isoformat() for day in days] == [opens, due, closes]


@pytest.mark.parametrize(
    ("offices", "due"), [("before", "2026-02-14"), ("keep", "2026-02-20"), ("after", "2026-02-24")]
)
def test_a_due_day_in_the_spring_festival_follows_the_declared_policy(
    offices: str, due: str
) -> None:
    """In 2026 the holiday is 15 to 23 February; Saturday the 14th is worked for it."""
    calendars = Calendars(shelf(reading("L20-offices", offices)).calendars)

    one = duty_named(calendars, SEVEN, "I6/u1/2026-02", DAYS)

    assert one
    assert one.due.isoformat() == due
    assert one.window.printed == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("policy", "due"), [("keep", "2026-10-03"), ("before", "2026-10-03"), ("after", "2026-10-08")]
)
def test_a_due_day_on_national_day_never_moves_out_of_its_period_backwards(
    policy: str, due: str
) -> None:
    """From 1 to 7 October 2026 nobody works: before the 3rd there is no working day in October."""
    third = reading("L20-area-day", "3", reading("L20-offices", policy))
    calendars = Calendars(shelf(third).calendars)

    one = duty_named(calendars, SEVEN, "I8-video/a1/2026-10", DAYS)

    assert one
    assert one.due.isoformat() == due


def test_the_31st_is_the_last_day_of_every_month() -> None:
    keep = Calendars(shelf(reading("L20-offices", "keep")).calendars)
    span = Span(date(2023, 1, 1), date(2024, 12, 31))

    ends = [one.due for one in of(duties_due(keep, SEVEN, span, DAYS), "I8-video/a1")]

    assert [day.day for day in ends] == [
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
        31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]  # fmt: skip


@pytest.mark.parametrize(("point", "read", "changed"), CHANGES)
def test_another_reading_changes_what_it_should_and_nothing_else(
    year: list[Duty], point: str, read: str, changed: set[str]
) -> None:
    calendars = Calendars(shelf(reading(point, read)).calendars)

    other = duties_due(calendars, SEVEN, YEAR, DAYS)

    assert {str(one[0]).split("/")[0] for one in substance(year) ^ substance(other)} == changed


def counted(obligation: Obligation) -> str:
    coverage = obligation.coverage
    return "" if isinstance(coverage, EveryStation) else coverage.fulfilled_by


def parts(cover: Cover) -> tuple[int, frozenset[str], frozenset[str]]:
    return cover.wanted, cover.must, cover.among


def substance(duties: Iterable[Duty]) -> set[tuple[object, ...]]:
    """All that a duty asks for, as values."""
    return {
        (
            *(one.id, one.window, one.post, one.persons, one.obligation.rulebooks),
            *(counted(one.obligation), *parts(one.cover)),
        )
        for one in duties
    }


def test_every_declared_reading_is_among_those_that_were_changed() -> None:
    (declared,) = CALENDARS.editions

    assert {point for point, _, _ in CHANGES} == {one.id for one in declared.readings}


def test_before_march_means_february_if_it_is_read_literally() -> None:
    calendars = Calendars(shelf(reading("X1", "before_month")).calendars)

    quarterly = of(duties_due(calendars, SEVEN, YEAR, DAYS), "I2/u1")

    # 31 August 2024 is a Saturday.
    assert [f"{one.due:%m-%d}" for one in quarterly] == ["02-29", "05-31", "08-30", "10-31"]


def fridays(year: int) -> int:
    return sum(
        week[weekdays.FRIDAY] != 0
        for month in range(1, 13)
        for week in weekdays.monthcalendar(year, month)
    )


def wanted_of_units(directory: Directory) -> tuple[int, int]:
    """What I4 and I6 want of all units in a month, counted over the places themselves."""
    at_company = at_unit = 0
    for unit in (place for place in directory.places.values() if place.kind == "unit"):
        stars = [s.stars for s in directory.stations if f"/{unit.id}/" in s.path]
        at_company += max(2, sum(one >= 3 for one in stars))
        at_unit += ceil(len(stars) * 3 / 10)
    return at_company, at_unit


def demo_chain() -> Directory:
    chain = draw_chain(Random(7))
    return directory(list(chain.places), list(chain.people))


@pytest.mark.parametrize("number", [2023, 2024, 2025, 2026])
@pytest.mark.parametrize(
    ("chain", "size"), [(demo_chain(), 71), (large_chain(25, 5, 8), 1000)], ids=["71", "1000"]
)
def test_a_year_of_a_chain_has_as_many_duties_as_a_formula_says(
    number: int, chain: Directory, size: int
) -> None:
    span = Span(date(number, 1, 1), date(number, 12, 31))

    duties = duties_due(CALENDARS, chain, span, DAYS)

    kinds = Counter(place.kind for place in chain.places.values())
    units, areas, stations = kinds["unit"], kinds["area"], kinds["station"]
    every_day = 366 if weekdays.isleap(number) else 365
    assert stations == size
    assert len(duties) == (
        2 + 4 * units + 3 * 12 * units + 2 * 12 * areas
        + (every_day + fridays(number) + 12) * stations
    )  # fmt: skip
    assert len({one.id for one in duties}) == len(duties)
    wanted: Counter[str] = Counter()
    for one in duties:
        wanted[one.obligation.id] += one.cover.wanted
    at_company, at_unit = wanted_of_units(chain)
    assert wanted["I4"] == 12 * at_company
    assert wanted["I6"] == wanted["I7"] == 12 * at_unit
    assert wanted["I8-video"] == wanted["I8-onsite"] == 12 * stations
    assert wanted["I1"] == 2 * stations
    assert wanted["I2"] == 4 * stations


@given(st.dates(date(2023, 12, 25), date(2026, 1, 5)), st.integers(0, 120), st.integers(0, 120))
def test_two_spans_side_by_side_have_the_duties_of_both_together(
    first: date, one: int, more: int
) -> None:
    middle = date.fromordinal(first.toordinal() + one)
    after = date.fromordinal(middle.toordinal() + 1)
    last = date.fromordinal(after.toordinal() + more)

    apart = [
        *duties_due(CALENDARS, SEVEN, Span(first, middle), DAYS),
        *duties_due(CALENDARS, SEVEN, Span(after, last), DAYS),
    ]

    assert substance(apart) == substance(duties_due(CALENDARS, SEVEN, Span(first, last), DAYS))


def test_open_duties_of_a_day_are_those_whose_window_has_it() -> None:
    day = date(2024, 2, 29)

    opened = duties_open(CALENDARS, SEVEN, Span(day, day), DAYS)

    long = duties_due(CALENDARS, SEVEN, Span(date(2023, 1, 1), date(2025, 12, 31)), DAYS)
    assert substance(opened) == substance(
        one for one in long if one.opens <= day <= one.window.closes
    )


def test_what_is_worked_out_twice_is_the_same(year: list[Duty]) -> None:
    again = duties_due(CALENDARS, SEVEN, YEAR, DAYS)

    assert [one.id for one in again] == [one.id for one in year]


def test_each_duty_is_found_again_by_its_id(year: list[Duty]) -> None:
    for one in of(year, "I10/s1") + of(year, "I4/u1") + of(year, "I1/co"):
        found = duty_named(CALENDARS, SEVEN, one.id, DAYS)
        assert found
        assert substance([found]) == substance([one])


@pytest.mark.parametrize(
    "named", ["", "I9", "I9/s1", "I9/s1/2024-02-30", "I9/u1/2024-02-01", "I9/nobody/2024-02-01",
              "I99/s1/2024-02-01", "I9/s1/９９９９-02-01", "I9/s1/0000-02-01", "I3/co/2024"]
)  # fmt: skip
def test_an_id_that_no_calendar_implies_names_nothing(named: str) -> None:
    assert duty_named(CALENDARS, SEVEN, named, DAYS) is None


def test_whoever_holds_the_post_now_answers_for_the_duty(year: list[Duty]) -> None:
    handed_on = directory(
        list(SEVEN.places.values()), [Person("new", "新", (Role("station_manager", "s1"),))]
    )

    before, after = (
        duty_named(CALENDARS, one, "I9/s1/2024-05-05", DAYS) for one in (SEVEN, handed_on)
    )

    assert before
    assert after
    assert (before.id, before.persons) == ("I9/s1/2024-05-05", ("p-s1",))
    assert (after.id, after.persons) == (before.id, ("new",))


def test_a_post_that_nobody_holds_shows() -> None:
    empty = directory(list(SEVEN.places.values()), [])

    (duty,) = of(
        duties_due(CALENDARS, empty, Span(date(2024, 2, 20), date(2024, 2, 20)), DAYS), "I6"
    )

    assert duty.vacant
    assert duty.post == Role("unit_staff", "u1")


def test_the_company_answers_for_its_audit_of_each_unit(year: list[Duty]) -> None:
    (duty,) = [one for one in year if one.id == "I4/u1/2024-01"]

    assert duty.post == Role("company_staff", "co")
    assert duty.persons == ("p-co",)


def test_a_unit_without_stations_has_nothing_to_inspect() -> None:
    places = [*SEVEN.places.values(), Place("u2", "unit", same("二公司"), "/co/u2/", "co")]

    duties = duties_due(CALENDARS, directory(places), YEAR, DAYS)

    assert [one for one in duties if one.place.id == "u2"] == []


def test_duties_are_limited_to_those_about_stations_in_sight() -> None:
    in_a2 = frozenset(station for station, area in AREA_OF.items() if area == "a2")
    day = Span(date(2024, 2, 29), date(2024, 2, 29))

    places = {one.place.id for one in duties_open(CALENDARS, SEVEN, day, DAYS, within=in_a2)}

    assert places == {"a2", *in_a2}


def test_an_edition_decides_the_periods_that_begin_while_it_holds() -> None:
    older = STANDARD.replace("from: 2012-01-01", "from: 2012-01-01\n  to: 2024-05-31")
    newer = STANDARD.replace("edition: 2012-A0", "edition: 2024-B").replace(
        "from: 2012-01-01", "from: 2024-06-01"
    )
    newer = newer.replace("every: month, day: 20", "every: month, day: 10")
    both = Calendars([*shelf(older).calendars, *shelf(newer).calendars])

    due = [one.due.day for one in of(duties_due(both, SEVEN, YEAR, DAYS), "I6/u1")]

    assert due == [19, 20, 20, 19, 20, 7, 10, 9, 10, 10, 8, 10]
