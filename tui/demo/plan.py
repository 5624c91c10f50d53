"""Who audits which station when, as the rules ask (facts I6 to I8).

Each month every unit audits at least 30 % of its stations by video by the 20th and on site by the
25th, and every area manager audits each station of the area once by video and once on site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from math import ceil
from random import Random
from typing import Literal, NamedTuple

from domain.procedures.weighing import CHINA
from tui.demo.chain import Chain

Way = Literal["video", "onsite"]


MONTHS = 12
"""Whole months of audits before the one that `today` lies in, unless told otherwise."""
SHARE = 0.3
LAST_DAY: dict[Way, int] = {"video": 20, "onsite": 25}
AREA_LAST_DAY = 28
OUT_OF_REACH = 0.04
"""Share of the forms that wait on the phone until there is a network again."""
SLOT = timedelta(minutes=95)
"""One audit and the way to the next: nobody is at two stations at once."""


class Visit(NamedTuple):
    """One audit.

    Attributes:
        month: Which month of the demonstration, from 0.
        received: When the form came in: at once, but for phones out of reach.
    """

    way: Way
    station: str
    person: str
    month: int
    started: datetime
    ended: datetime
    received: datetime


def first_month(today: date, months: int = MONTHS) -> date:
    """The first day of the first month of audits."""
    return _later(today.replace(day=1), -months)


def plan_visits(
    chain: Chain, chance: Random, today: date, hasty: frozenset[str], months: int = MONTHS
) -> list[Visit]:
    """All audits before `today`, in the order in which their forms came in.

    Args:
        hasty: Inspectors whose rounds take minutes only.
    """
    rounds = _Rounds(chance, hasty)
    visits: list[Visit] = []
    first = first_month(today, months)
    for month in range(months + 1):
        begins = _later(first, month)
        visits += _unit_audits(chain, chance, rounds, month, begins)
        visits += _area_audits(chain, chance, rounds, month, begins)
    past = [visit for visit in visits if visit.received.date() < today]
    return sorted(past, key=lambda visit: (visit.received, visit.station, visit.way))


class _Rounds:
    """Everybody's days: gives each further audit of a day its own time."""

    def __init__(self, chance: Random, hasty: frozenset[str]) -> None:
        self._chance, self._hasty = chance, hasty
        self._free: dict[tuple[str, date], datetime] = {}
        self._seen: dict[tuple[Way, str], int] = {}

    def visit(self, way: Way, station: str, person: str, month: int, day: date) -> Visit:
        """Fit an audit into somebody's day."""
        start = self._free.get((person, day)) or self._morning(day)
        self._free[person, day] = start + SLOT
        start += timedelta(seconds=self._chance.randint(0, 540))
        self._seen[way, station] = month
        end = start + self._length(way, person)
        return Visit(way, station, person, month, start, end, end + self._on_its_way(way))

    def least_seen(self, way: Way, stations: Sequence[str], count: int) -> list[str]:
        """The stations that were not audited for the longest time, chance deciding among equals."""
        order = sorted(
            stations, key=lambda one: (self._seen.get((way, one), -1), self._chance.random())
        )
        return order[:count]

    def _morning(self, day: date) -> datetime:
        minutes = self._chance.randint(0, 120)
        return datetime.combine(day, time(8, 15), CHINA) + timedelta(minutes=minutes)

    def _on_its_way(self, way: Way) -> timedelta:
        if way == "video":
            return timedelta(0)
        if self._chance.random() < OUT_OF_REACH:
            return timedelta(minutes=self._chance.randint(10, 150))
        return timedelta(milliseconds=self._chance.randint(700, 6000))

    def _length(self, way: Way, person: str) -> timedelta:
        if person in self._hasty:
            return timedelta(seconds=self._chance.randint(95, 260))
        shortest, longest = (45, 84) if way == "video" else (22, 70)
        return timedelta(seconds=self._chance.randint(shortest * 60, longest * 60))


def _unit_audits(
    chain: Chain, chance: Random, rounds: _Rounds, month: int, begins: date
) -> Iterator[Visit]:
    ways: tuple[Way, ...] = ("video", "onsite")
    for unit in chain.of_kind("unit"):
        stations = [station.id for station in chain.below(unit.id)]
        staff = chain.holders("unit_staff", unit.id)
        for way in ways:
            count = ceil(SHARE * len(stations)) + (chance.random() < 0.3)
            for station in rounds.least_seen(way, stations, count):
                day = _working_day(chance, begins, LAST_DAY[way])
                yield rounds.visit(way, station, chance.choice(staff).id, month, day)


def _area_audits(
    chain: Chain, chance: Random, rounds: _Rounds, month: int, begins: date
) -> Iterator[Visit]:
    ways: tuple[Way, ...] = ("video", "onsite")
    for area in chain.of_kind("area"):
        (manager,) = chain.holders("area_manager", area.id)
        for station in chain.below(area.id):
            for way in ways:
                day = _working_day(chance, begins, AREA_LAST_DAY)
                yield rounds.visit(way, station.id, manager.id, month, day)


def _working_day(chance: Random, begins: date, last: int) -> date:
    """A day from the 2nd to `last`, not a Saturday or Sunday."""
    days = [begins.replace(day=day) for day in range(2, last + 1)]
    return chance.choice([day for day in days if day.weekday() < 5])


def _later(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
