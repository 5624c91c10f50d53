"""Answers and pictures: copied, repeated, never anything, used before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.traces import Reuse, Shot, Trace
from tests.presence.traces import MORNING, kinds, trace, worth

DAY = 86_400.0


def said(number: int, day: float, answers: str, **changes: Any) -> Trace:
    """A visit to the first point that found two things."""
    values: dict[str, Any] = {"point": "s1-1", "findings": 2, "noted": 30, "answers": answers}
    if not answers:
        values |= {"findings": 0, "noted": 0}
    return trace(number, day * DAY, **values | changes)


def test_findings_word_for_word_those_of_another_station_are_worth_a_look() -> None:
    there = said(1, 0, "leak", station="s2", point="s2-1", person="li")

    assert worth([there, said(2, 1, "leak")]) == [2]


def test_two_stock_phrases_alike_at_two_stations_take_company() -> None:
    there = said(1, 0, "leak", station="s2", point="s2-1", person="li", noted=6)

    assert worth([there, said(2, 1, "leak", noted=6)]) == []
    assert kinds([there, said(2, 1, "leak", noted=6)]) == {"copied_answers"}


def test_nothing_found_is_not_copied_from_anybody() -> None:
    assert kinds([trace(1, 0, station="s2", person="li"), trace(2, DAY)]) == set()


def test_the_same_answers_that_nobody_else_gives_are_worth_a_look() -> None:
    own = [said(2 * n, n, "leak") for n in range(1, 6)]
    others = [said(2 * n + 1, n + 0.5, "", person="li") for n in range(1, 6)]

    assert worth(own + others) == [8, 10]


def test_a_fault_that_lasts_and_that_others_see_as_well_is_nothing() -> None:
    own = [said(2 * n, n, "leak") for n in range(1, 6)]
    others = [said(2 * n + 1, n + 0.5, "leak", person="li") for n in range(1, 6)]

    assert kinds(own + others) == set()


def test_the_same_answers_say_nothing_where_nobody_else_goes() -> None:
    assert kinds([said(n, n, "leak") for n in range(1, 9)]) == set()


def finding(person: str, first: int, often: int, days: int = 40) -> list[Trace]:
    """Daily visits, one of so many with a finding; 0 for none."""
    return [
        said(
            first + 3 * n,
            n + first / 10,
            f"{person}{n}" if often and n % often == 0 else "",
            person=person,
        )
        for n in range(days)
    ]


def test_whoever_never_finds_what_others_find_is_worth_one_look() -> None:
    wang = finding("wang", 1, 0)

    assert worth([*finding("li", 2, 4), *wang]) == [wang[-1].number]


def test_nobody_is_doubted_at_a_station_where_nothing_is_ever_found() -> None:
    assert kinds([*finding("li", 2, 0), *finding("wang", 1, 0)]) == set()


def test_whoever_finds_little_is_not_doubted() -> None:
    assert kinds([*finding("li", 2, 4), *finding("wang", 1, 20)]) == set()


def test_the_very_picture_of_an_earlier_visit_is_worth_a_look() -> None:
    again = Reuse("e1", "00", 1, "s1", exact=True)

    assert worth([trace(5, 0, reuse=(again,))]) == [5]


def test_a_picture_that_was_cropped_is_worth_a_look() -> None:
    alike = Reuse("e1", "00", 1, "s1", exact=False)

    assert kinds([trace(5, 0, reuse=(alike,))]) == {"picture_alike"}


def with_picture(seconds_before: float) -> Trace:
    taken = MORNING - timedelta(seconds=seconds_before)
    return trace(5, 0, shots=(Shot("00", taken),))


def test_a_picture_of_days_ago_is_worth_a_look() -> None:
    assert worth([with_picture(3 * DAY)]) == [5]


def test_a_picture_of_this_morning_takes_company() -> None:
    assert kinds([with_picture(7200)]) == {"picture_old"}
    assert worth([with_picture(7200)]) == []


def test_a_picture_taken_a_moment_before_the_scan_is_nothing() -> None:
    assert kinds([with_picture(120), trace(6, 90, shots=(Shot("01", None),))]) == set()


def test_a_picture_taken_after_sending_takes_company() -> None:
    assert kinds([with_picture(-600)]) == {"picture_later"}
    assert worth([with_picture(-600)]) == []
    assert kinds([with_picture(-200)]) == set()
