"""Working days in China: against a second, independent source, and against years of our own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest

from domain.checking import check_shelf
from domain.parts import Period
from domain.text import same
from domain.working_days import WorkingDays, YearOfDays

DAYS = WorkingDays()
DIFFERENCES: dict[date, str] = {}
"""Days from 2012 to 2026 on which the two sources disagree, and who is right. There are none."""

YEARS = """\
years:
  "2027":
    source: {zh: 试用, en: a trial}
    days_off:
      - {from: 2027-02-05, to: 2027-02-11}
    make_up: [2027-01-31]
"""


def days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(n)


def test_every_day_of_fifteen_years_agrees_with_an_independent_source() -> None:
    other = holidays.country_holidays("CN", years=range(2012, 2027))
    every = list(days(date(2012, 1, 1), date(2026, 12, 31)))

    differing = {day for day in every if DAYS.working(day) != other.is_working_day(day)}

    assert len(every) == 5479
    assert differing == set(DIFFERENCES)


@pytest.mark.parametrize(
    ("day", "working", "what"),
    [
        ("2026-02-14", True, "a Saturday that makes up for the Spring Festival"),
        ("2026-02-15", False, "the first day of the Spring Festival holiday"),
        ("2026-02-23", False, "its last day, a Monday"),
        ("2026-02-24", True, "the day after it"),
        ("2026-02-28", True, "a Saturday that makes up for it"),
        ("2026-09-20", True, "a Sunday that makes up for National Day"),
        ("2026-10-07", False, "the last day of the National Day holiday"),
        ("2026-10-10", True, "a Saturday that makes up for it"),
        ("2026-11-21", False, "an ordinary Saturday"),
        ("2026-11-23", True, "an ordinary Monday"),
    ],
)
def test_days_of_2026_as_the_state_council_arranged_them(
    day: str, working: bool, what: str
) -> None:
    assert DAYS.working(date.fromisoformat(day)) is working, what


def test_a_year_that_is_not_published_falls_back_to_weekends_and_says_so() -> None:
    new_year = DAYS.kind(date(2099, 1, 1))

    assert (new_year.working, new_year.published) == (True, False)
    assert not DAYS.working(date(2099, 1, 3))
    assert not DAYS.published(2099)


def test_a_year_of_our_own_holds_where_nothing_is_published() -> None:
    own = WorkingDays(
        {2099: YearOfDays(same("x"), (Period(date(2099, 1, 1)),), (date(2099, 1, 3),))}
    )

    assert own.published(2099)
    assert not own.working(date(2099, 1, 1))
    assert own.working(date(2099, 1, 3))
    assert own.working(date(2099, 1, 2))


def test_a_year_of_our_own_stands_before_the_package() -> None:
    own = WorkingDays({2026: YearOfDays(same("x"))})

    assert own.working(date(2026, 10, 1))


def test_a_year_file_is_read_with_the_rulebooks() -> None:
    shelf = check_shelf({"working_days.yaml": YEARS.encode()})

    assert shelf.problems == []
    assert not WorkingDays(shelf.years).working(date(2027, 2, 8))
    assert WorkingDays(shelf.years).working(date(2027, 1, 31))


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ('"2027"', "27", 2, "This is no year."),
        ("to: 2027-02-11", "to: 2028-02-11", 5, "These days lie in another year"),
        ("from: 2027-02-05", "from: 2027-02-15", 5, "or end first"),
        ("2027-01-31", "2027-02-01", 6, "a Saturday or Sunday"),
        ("make_up", "makeup", 6, 'Unknown key "makeup"'),
        ("en: a trial", "en: ''", 3, "is empty"),
    ],
)
def test_a_slip_in_a_year_file_is_named_with_its_line(
    right: str, wrong: str, line: int, said: str
) -> None:
    spoilt = YEARS.replace(right, wrong, 1)

    (problem,) = check_shelf({"working_days.yaml": spoilt.encode()}).problems

    assert said in problem.sentence("en")
    assert problem.line == line


def test_the_package_is_imported_only_when_a_day_is_asked_for() -> None:
    code = (
        "import sys; from domain.register.shelf import load_rulebooks; load_rulebooks();"
        "assert 'chinese_calendar' not in sys.modules"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
