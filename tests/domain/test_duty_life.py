"""How a duty stands: derived from inspections, excuses and days; and whom that is told to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendars
from domain.duties import Duty, duty_named
from domain.duty_life import NEXT, STATES, Evidence, Excuse, Standing, State, state_of
from domain.duty_notices import Notice, notices, notices_on, posts_above
from domain.organisation import Person, Role
from domain.windows import Window
from domain.working_days import WorkingDays
from tests.chains import STARS, directory, seven_stations, shelf

CALENDARS = Calendars(shelf().calendars)
SEVEN = seven_stations()
VIDEO = "petrochina-shandong-2012/video"
ONSITE = "petrochina-shandong-2012/onsite"
UNIT = Role("unit_staff", "u1")
AREA = Role("area_manager", "a1")


def duty(named: str) -> Duty:
    found = duty_named(CALENDARS, SEVEN, named, WorkingDays())
    assert found
    return found


UNIT_AUDIT = duty("I6/u1/2024-02")
"""Three of seven stations by 20 February, closing on the 29th."""
COMPANY_AUDIT = duty("I4/u1/2024-02")
"""s1 and s5 by 28 February."""
AREA_AUDIT = duty("I8-onsite/a2/2024-02")
"""s5, s6 and s7 by 29 February."""
DAILY = duty("I9/s1/2024-02-10")


def seen(station: str, day: int, post: Role = UNIT, rulebook: str = VIDEO) -> Evidence:
    number = day * 100 + int(station[1:])
    return Evidence(number, station, rulebook, date(2024, 2, day), (post,))


def on(day: int) -> date:
    return date(2024, 2, 1) + timedelta(day - 1)


def excuse(day: int) -> Excuse:
    return Excuse("I6/u1/2024-02", "p-co", "停业改造", on(day), "")


@pytest.mark.parametrize(
    ("today", "state"), [(0, "planned"), (1, "due"), (20, "due"), (21, "missed"), (60, "missed")]
)
def test_without_inspections_a_duty_goes_by_its_days(today: int, state: State) -> None:
    assert state_of(UNIT_AUDIT, [], None, on(today)).state == state


@pytest.mark.parametrize(
    ("days", "state", "done_on"),
    [
        ((3, 5, 20), "done", on(20)),
        ((3, 5, 21), "done_late", on(21)),
        ((3, 5, 29), "done_late", on(29)),
        ((3, 5), "missed", None),
    ],
)
def test_a_sampled_duty_is_done_once_enough_stations_were_inspected(
    days: tuple[int, ...], state: State, done_on: date | None
) -> None:
    evidence = [seen(f"s{n}", day) for n, day in enumerate(days, start=1)]

    standing = state_of(UNIT_AUDIT, evidence, None, on(40))

    assert (standing.state, standing.done_on) == (state, done_on)


def test_the_same_station_three_times_is_one_station() -> None:
    standing = state_of(UNIT_AUDIT, [seen("s1", day) for day in (2, 3, 4)], None, on(21))

    assert standing.covered == ("s1",)
    assert standing.inspections == (201,)
    assert standing.state == "missed"


@pytest.mark.parametrize(
    ("stations", "state", "missing"),
    [
        (("s1", "s5"), "done", set()),
        (("s1", "s2", "s3", "s4"), "due", {"s5"}),
        (("s2", "s3"), "due", {"s1", "s5"}),
    ],
)
def test_without_its_must_check_stations_a_duty_is_not_done(
    stations: tuple[str, ...], state: State, missing: set[str]
) -> None:
    company = Role("company_staff", "co")

    standing = state_of(COMPANY_AUDIT, [seen(one, 9, company) for one in stations], None, on(9))

    assert (standing.state, set(standing.missing)) == (state, missing)


@pytest.mark.parametrize(
    "other",
    [
        seen("s5", 9, Role("area_manager", "a2"), VIDEO),
        seen("s5", 9, Role("area_manager", "a1"), ONSITE),
        seen("s5", 9, UNIT, ONSITE),
        seen("s1", 9, Role("area_manager", "a2"), ONSITE),
        Evidence(1, "s5", ONSITE, date(2024, 1, 31), (Role("area_manager", "a2"),)),
        Evidence(1, "s5", ONSITE, date(2024, 3, 1), (Role("area_manager", "a2"),)),
        Evidence(1, "s5", ONSITE, date(2024, 2, 9), ()),
    ],
    ids=["list", "area", "post", "station", "before", "after", "nobody"],
)
def test_what_is_not_the_dutys_own_does_not_count(other: Evidence) -> None:
    mine = [seen(one, 9, Role("area_manager", "a2"), ONSITE) for one in ("s6", "s7")]

    standing = state_of(AREA_AUDIT, [*mine, other], None, date(2024, 3, 5))

    assert standing.covered == ("s6", "s7")
    assert standing.state == "missed"


def test_tomorrows_inspection_is_not_known_today() -> None:
    evidence = [seen("s1", 10, Role("station_manager", "s1"))]

    assert state_of(DAILY, evidence, None, on(9)).state == "planned"
    assert state_of(DAILY, evidence, None, on(10)).state == "done"


def test_a_day_that_was_missed_is_not_made_up_on_the_next() -> None:
    standing = state_of(DAILY, [seen("s1", 11, Role("station_manager", "s1"))], None, on(12))

    assert standing.state == "missed"


@pytest.mark.parametrize("day", [0, 5, 25])
def test_an_excuse_holds_from_its_day_on(day: int) -> None:
    before = state_of(UNIT_AUDIT, [], excuse(day), on(day - 1)).state

    assert before != "excused"
    assert state_of(UNIT_AUDIT, [], excuse(day), on(60)).state == "excused"


def test_what_was_excused_and_is_done_all_the_same_is_done() -> None:
    evidence = [seen(f"s{n}", 25) for n in (1, 2, 3)]

    assert state_of(UNIT_AUDIT, evidence, excuse(22), on(60)).state == "done"


def test_an_excuse_does_not_undo_what_was_done() -> None:
    evidence = [seen(f"s{n}", 5) for n in (1, 2, 3)]

    assert state_of(UNIT_AUDIT, evidence, excuse(6), on(60)).state == "done"


def test_the_table_knows_only_states_that_have_a_name() -> None:
    assert {state for pair in NEXT.items() for state in (pair[0][0], pair[1])} == set(STATES)


@given(
    st.lists(st.tuples(st.sampled_from(sorted(STARS)), st.integers(1, 29)), max_size=12),
    st.none() | st.integers(0, 40),
    st.integers(0, 40),
)
def test_a_state_says_just_what_the_days_say(
    visits: list[tuple[str, int]], excused: int | None, today: int
) -> None:
    """The same law told without the table: first by what was done, then excuses, then days."""
    evidence = [seen(station, day) for station, day in visits]
    standing = state_of(
        UNIT_AUDIT, evidence, excuse(excused) if excused is not None else None, on(today)
    )

    first: dict[str, int] = {}
    for station, day in sorted(visits, key=lambda one: one[1]):
        if day <= today:
            first.setdefault(station, day)
    done = sorted(first.values())[2] if len(first) >= 3 else None
    let_off = excused is not None and excused <= today
    assert standing.state == expected(done, excused if let_off else None, today)
    assert set(standing.covered) == set(first)


def expected(done: int | None, excused: int | None, today: int) -> State:
    if done is not None:
        in_time = done <= 20 or (excused is not None and excused <= done)
        return "done" if in_time else "done_late"
    if excused is not None:
        return "excused"
    if today < 1:
        return "planned"
    return "due" if today <= 20 else "missed"


def test_excuses_and_order_of_evidence_do_not_matter_to_what_is_covered() -> None:
    evidence = [seen("s2", 7), seen("s1", 3), seen("s3", 9)]

    forwards = state_of(UNIT_AUDIT, evidence, None, on(9))

    assert forwards == state_of(UNIT_AUDIT, evidence[::-1], None, on(9))
    assert forwards == Standing("done", on(9), ("s1", "s2", "s3"), (301, 702, 903), frozenset())


def told(named: str, state: State) -> list[tuple[str, str, str]]:
    return [
        (one.kind, one.on.isoformat(), one.post.place) for one in notices(duty(named), state, SEVEN)
    ]


@pytest.mark.parametrize(
    ("named", "state", "expected_notices"),
    [
        ("I6/u1/2024-02", "due", [("reminder", f"2024-02-{day}", "u1") for day in (13, 17, 19)]),
        ("I6/u1/2024-02", "missed", [("escalation", "2024-02-21", "co")]),
        ("I8-video/a1/2024-02", "missed",
         [("escalation", "2024-03-01", "u1"), ("escalation", "2024-03-05", "co")]),
        ("I9/s1/2024-02-10", "due", [("reminder", "2024-02-10", "s1")]),
        ("I9/s1/2024-02-10", "missed",
         [("escalation", "2024-02-11", "a1"), ("escalation", "2024-02-13", "u1")]),
        ("I10/s5/2024-W07", "planned",
         [("reminder", "2024-02-15", "s5"), ("reminder", "2024-02-16", "s5")]),
        ("I6/u1/2024-02", "done", []),
        ("I6/u1/2024-02", "excused", []),
        ("I4/u1/2024-02", "missed", []),
    ],
)  # fmt: skip
def test_reminders_go_before_and_escalations_after_to_the_next_level_up(
    named: str, state: State, expected_notices: list[tuple[str, str, str]]
) -> None:
    assert told(named, state) == expected_notices


def test_a_vacant_post_is_passed_over_upwards() -> None:
    people = [
        Person("p-u1", "单位", (UNIT,)),
        Person("p-s1", "站", (Role("station_manager", "s1"),)),
    ]
    nobody_in_the_area = directory(list(SEVEN.places.values()), people)

    above = posts_above(nobody_in_the_area, Role("station_manager", "s1"))

    assert above == (UNIT,)


def test_what_is_told_on_a_day_is_told_to_whoever_holds_the_post() -> None:
    (notice,) = notices_on(DAILY, "missed", SEVEN, on(11))

    assert notice == Notice(DAILY.id, "escalation", on(11), AREA, ("p-a1",))
    assert notices_on(DAILY, "missed", SEVEN, on(12)) == ()


def test_no_reminder_comes_before_a_duty_opens() -> None:
    early = duty("I1/co/2024-H1")
    window = Window("2024-H1", on(1), on(1), on(10), on(10), on(29))
    short = Duty(
        early.id, early.obligation, early.place, early.post, early.persons, window, early.cover
    )

    assert [one.on for one in notices(short, "due", SEVEN)] == [on(7)]
