"""Working days in China: weekends, public holidays and make-up working days (调休).

The official arrangements come from the package `chinesecalendar`, imported only when a day is
asked for; a year file (`working_days.yaml`) adds or replaces years, because the State Council
publishes each year's arrangement only in the autumn before it. A year without any arrangement
falls back to weekends and says so (`published`), so that nobody takes the guess for a fact.

Days are days in China: one time zone, UTC+8, no summer time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

import msgspec

from domain.parts import Part, Period
from domain.shape import Slip
from domain.text import Text

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class YearOfDays(Part, frozen=True):
    """What one year has beside its weekends.

    Attributes:
        source: The document that arranges it.
        days_off: Spans of days off; weekends inside them are harmless.
        make_up: Saturdays and Sundays that are worked.
    """

    source: Text
    days_off: tuple[Period, ...] = ()
    make_up: tuple[date, ...] = ()


class YearFile(Part, frozen=True):
    """A `working_days.yaml`: years by their number."""

    years: dict[str, YearOfDays]


class DayKind(NamedTuple):
    """Whether a day is worked, and whether that is published or only the weekday's guess."""

    working: bool
    published: bool


class WorkingDays(msgspec.Struct, frozen=True, dict=True):
    """All years that are known; `own` ones, from year files, stand before the package's."""

    own: Mapping[int, YearOfDays] = msgspec.field(default_factory=dict)

    @cached_property
    def _own_days(self) -> dict[date, bool]:
        return {day: works for year in self.own.values() for day, works in _days_of(year)}

    def kind(self, day: date) -> DayKind:
        """What a day is. Source: open point L25 asks which holiday calendar counts."""
        weekday = day.weekday() < SATURDAY
        if day.year in self.own:
            return DayKind(self._own_days.get(day, weekday), published=True)
        known = _published()
        return DayKind(known.days.get(day, weekday), published=day.year in known.years)

    def working(self, day: date) -> bool:
        """Whether a day is worked, as far as is known."""
        return self.kind(day).working

    def published(self, year: int) -> bool:
        """Whether the arrangement of a year is known."""
        return year in self.own or year in _published().years

    def nearest(self, day: date, step: int, limit: date) -> date | None:
        """The first working day from a day on, towards `limit` (included), or None.

        Args:
            step: 1 for later, -1 for earlier.
        """
        while not self.working(day):
            if day == limit:
                return None
            day += step * ONE_DAY
        return day


class _Known(NamedTuple):
    years: range
    days: dict[date, bool]


@lru_cache(maxsize=1)
def _published() -> _Known:
    """The package's years, and its days that are not what their weekday says."""
    from chinese_calendar import constants  # noqa: PLC0415 - only who asks for a day pays for it

    days = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
    years = [day.year for day in constants.holidays]
    return _Known(range(min(years), max(years) + 1), days)


def _days_of(year: YearOfDays) -> list[tuple[date, bool]]:
    off = [(day, False) for span in year.days_off for day in _span(span)]
    return off + [(day, True) for day in year.make_up]


def _span(span: Period) -> list[date]:
    last = span.last or span.first
    return [span.first + n * ONE_DAY for n in range((last - span.first).days + 1)]


def year_slips(file: YearFile) -> list[Slip]:
    """What a year file cannot mean: years that are none, days of other years, odd make-up days."""
    slips = []
    for key, year in file.years.items():
        place = ("years", key)
        if not (key.isdecimal() and len(key) == 4):
            slips.append(Slip(place, *_NO_YEAR))
            continue
        for n, span in enumerate(year.days_off):
            last = span.last or span.first
            if not (str(span.first.year) == str(last.year) == key and span.first <= last):
                slips.append(Slip((*place, "days_off", n), *_OTHER_YEAR))
        for n, day in enumerate(year.make_up):
            if str(day.year) != key or day.weekday() < SATURDAY:
                slips.append(Slip((*place, "make_up", n), *_NO_MAKE_UP))
    return slips


_NO_YEAR = (
    Text(zh="这不是年份。", en="This is no year."),
    Text(zh="请写四位年份，如 2027。", en="Write a year of four digits, such as 2027."),
)
_OTHER_YEAR = (
    Text(
        zh="日期不在该年内，或起止颠倒。",
        en="These days lie in another year, or end first.",
    ),
    Text(
        zh="跨年的假期请分别写入两年；from 不晚于 to。",
        en="Split a holiday over two years; from must not be after to.",
    ),
)
_NO_MAKE_UP = (
    Text(
        zh="调休上班日应是该年的星期六或星期日。",
        en="A make-up working day is a Saturday or Sunday of its year.",
    ),
    Text(zh="请核对国务院办公厅的放假通知。", en="Check it against the official notice."),
)
