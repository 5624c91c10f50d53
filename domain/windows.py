"""When a duty can be done: periods of a rhythm, and in each the first, the due and the last day.

A period is a day, an ISO week, a month, a quarter, a half year or a year. Within it a duty opens,
falls due and closes; what is done after the due day, but before it closes, is late. What is done
later still belongs to the next period.

Source: facts I1 to I11, X1, L20.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from domain.calendar import (
    WEEKDAYS,
    AsRequired,
    Cadence,
    EveryDay,
    EveryMonth,
    EveryWeek,
    NamedMonths,
    NonWorkingDay,
)
from domain.working_days import ONE_DAY, WorkingDays

LONGEST_HOLIDAY = 31
"""Days after which the search for a working day is given up; official holidays last nine."""


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date


class Window(NamedTuple):
    """When one duty opens, is due and closes.

    Attributes:
        period: Its name: `2026-11-20`, `2026-W47`, `2026-11`, `2026-Q4`, `2026-H2`, `2026`.
        first: First day of the period, which decides the calendar that holds.
        printed: The due day before it was moved off a non-working day.
        closes: The last day on which it can still be done, late.
    """

    period: str
    first: date
    opens: date
    printed: date
    due: date
    closes: date


class _Period(NamedTuple):
    name: str
    first: date
    last: date
    due: date
    on: bool = False


def windows(cadence: Cadence, policy: NonWorkingDay, span: Span, days: WorkingDays) -> list[Window]:
    """The windows of a rhythm that have a day in the span, in order."""
    if isinstance(cadence, AsRequired):
        return []
    # A due day that moved past the end of its period may lie in the span all the same.
    early = max(span.first, date(1990, 1, 1)) - LONGEST_HOLIDAY * ONE_DAY
    made = (_window(one, policy, days) for one in _periods(cadence, Span(early, span.last)))
    return [one for one in made if one.opens <= span.last and one.closes >= span.first]


def _window(period: _Period, policy: NonWorkingDay, days: WorkingDays) -> Window:
    due = period.due
    if policy == "before":
        due = days.nearest(due, -1, period.first) or due
    elif policy == "after":
        due = days.nearest(due, 1, due + LONGEST_HOLIDAY * ONE_DAY) or due
    opens = due if period.on else period.first
    closes = max(period.last, due)
    return Window(period.name, period.first, opens, period.due, due, closes)


def _periods(cadence: Cadence, span: Span) -> Iterator[_Period]:
    if isinstance(cadence, EveryDay):
        yield from _days(span)
    elif isinstance(cadence, EveryWeek):
        yield from _weeks(cadence, span)
    elif isinstance(cadence, EveryMonth):
        yield from _in_months(span, 1, lambda month: _month(cadence, month))
    elif isinstance(cadence, NamedMonths):
        length = 12 // len(cadence.months)
        yield from _in_months(span, length, lambda month: _part(cadence, month))


def _days(span: Span) -> Iterator[_Period]:
    for n in range((span.last - span.first).days + 1):
        day = span.first + n * ONE_DAY
        yield _Period(day.isoformat(), day, day, day)


def _weeks(cadence: EveryWeek, span: Span) -> Iterator[_Period]:
    monday = span.first - timedelta(span.first.weekday())
    while monday <= span.last:
        year, week, _ = monday.isocalendar()
        due = monday + WEEKDAYS.index(cadence.day) * ONE_DAY
        last = monday + 6 * ONE_DAY
        yield _Period(f"{year}-W{week:02}", monday, last, due, cadence.sense == "on")
        monday += 7 * ONE_DAY


def _in_months(span: Span, length: int, period_from: Callable[[int], _Period]) -> Iterator[_Period]:
    """Periods of so many months; months are counted from year 0."""
    month = span.first.year * 12 + span.first.month - 1
    month -= month % length
    while _day(month, 1) <= span.last:
        yield period_from(month)
        month += length


def _month(cadence: EveryMonth, month: int) -> _Period:
    first = _day(month, 1)
    due = _day(month, cadence.day)
    return _Period(f"{first:%Y-%m}", first, _day(month, 31), due, cadence.sense == "on")


def _part(cadence: NamedMonths, month: int) -> _Period:
    """A quarter, half year or year that begins in a month."""
    parts = len(cadence.months)
    length = 12 // parts
    n = month % 12 // length
    first = _day(month, 1)
    named = month - month % 12 + cadence.months[n] - 1
    due = _day(named - (cadence.by == "before_month"), 31)
    name = {1: f"{first:%Y}", 2: f"{first:%Y}-H{n + 1}", 4: f"{first:%Y}-Q{n + 1}"}[parts]
    return _Period(name, first, _day(month + length - 1, 31), due)


def _day(month: int, day: int) -> date:
    """A day of a month, its last one where it is shorter."""
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day, monthrange(year, number + 1)[1]))
