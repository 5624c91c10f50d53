"""Duties and draws: a draw that was revealed says which stations are in the sample."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import Calendars
from domain.draw_steps import DrawState
from domain.duties import Cover, Duty, duties_due
from domain.duty_draws import DutyDraw, bound, draw_about
from domain.months import Months
from domain.register.shelf import load_rulebooks
from domain.windows import Span
from tests.chains import large_chain, reading, shelf

NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))
CHAIN = large_chain(2, 2, 5)
"""Two units of two areas with five stations each."""
BOOKS = load_rulebooks()


def duty(named: str) -> Duty:
    every = duties_due(BOOKS.calendars, CHAIN, NOVEMBER, BOOKS.working_days)
    (found,) = [one for one in every if one.id == named]
    return found


def a_draw(
    *stations: str, duty: str = "i6", place: str = "u0", months: str = "2026-11"
) -> DutyDraw:
    state: DrawState = "drawn" if stations else "announced"
    of = frozenset(stations)
    return DutyDraw(f"{duty}.{place}.{months}", duty, place, Months.written(months), state, of)


def test_without_a_draw_any_stations_make_up_the_sample() -> None:
    # A third of ten stations, at least 30 percent of them.
    sample = duty("I6/u0/2026-11")

    assert bound(sample, None).cover == sample.cover
    assert (sample.cover.wanted, len(sample.cover.among)) == (3, 10)


def test_drawn_stations_are_the_sample_and_no_others_count() -> None:
    sample = bound(duty("I6/u0/2026-11"), a_draw("u0a0s1", "u0a1s0", "u0a1s4"))

    drawn = frozenset({"u0a0s1", "u0a1s0", "u0a1s4"})
    assert sample.cover == Cover(3, drawn, drawn, drawn=True)


def test_a_draw_of_the_company_gives_each_unit_its_own_stations() -> None:
    draw = a_draw("u0a0s1", "u0a1s2", "u1a0s0", "u1a1s3", duty="i4", place="co")
    must = duty("I4/u1/2026-11").cover.must

    assert bound(duty("I4/u1/2026-11"), draw).cover.must == {"u1a0s0", "u1a1s3"} | must


def test_a_draw_that_is_not_revealed_binds_nobody() -> None:
    sample = duty("I6/u0/2026-11")

    assert bound(sample, a_draw()).cover == sample.cover


def test_a_draw_of_too_few_leaves_the_others_to_choose() -> None:
    sample = bound(duty("I6/u0/2026-11"), a_draw("u0a0s1"))

    assert (sample.cover.wanted, sample.cover.must) == (3, frozenset({"u0a0s1"}))
    assert len(sample.cover.among) == 10


@pytest.mark.parametrize(
    "other",
    [
        a_draw("u0a0s1", duty="i7"),
        a_draw("u0a0s1", months="2026-10"),
        a_draw("u1a0s1", place="u1"),
        a_draw("u1a0s1", place="u"),
    ],
    ids=["another inspection", "another month", "another unit", "a place with a like name"],
)
def test_a_draw_of_something_else_is_none_of_its_business(other: DutyDraw) -> None:
    assert draw_about(duty("I6/u0/2026-11"), [other]) is None


def test_a_draw_over_some_months_is_about_each_of_them() -> None:
    draw = a_draw("u0a0s1", months="2026-10..2026-12")

    assert draw_about(duty("I6/u0/2026-11"), [draw]) is draw


def test_of_two_draws_the_nearer_one_is_the_duties() -> None:
    far, near = a_draw("u0a0s1", place="co"), a_draw("u0a0s2")

    assert draw_about(duty("I6/u0/2026-11"), [far, near]) is near
    assert draw_about(duty("I6/u0/2026-11"), [near, far]) is near


def test_read_as_information_a_draw_binds_nobody() -> None:
    calendars = Calendars(shelf(reading("L17-drawn", "informs")).calendars)
    every = duties_due(calendars, CHAIN, NOVEMBER, BOOKS.working_days)
    (sample,) = [one for one in every if one.id == "I6/u0/2026-11"]

    assert bound(sample, a_draw("u0a0s1", "u0a1s0", "u0a1s4")) is sample
