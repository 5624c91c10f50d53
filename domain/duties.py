"""Duties: who has to inspect what, by when; worked out, never stored.

From calendars, the organisation and a span of days follow the duties, one per obligation, place
and period. A duty belongs to a post, not to a person: whoever holds the post answers for it, so
somebody who changes posts hands duties on without doing anything. A post that nobody holds shows.

Source: facts O2 to O6, I1 to I11, L17, L18.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

import msgspec

from domain.calendar import (
    Calendar,
    Calendars,
    EveryStation,
    NumberOfStations,
    Obligation,
    ShareOfStations,
)
from domain.organisation import Directory, Place, Role
from domain.windows import Span, Window, windows
from domain.working_days import WorkingDays


class Cover(msgspec.Struct, frozen=True, gc=False):
    """Which stations a duty wants inspected: `wanted` of those `among`, `must` always."""

    wanted: int
    must: frozenset[str]
    among: frozenset[str]


class Duty(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One thing that a post has to do at or about a place in a period.

    Attributes:
        id: `I9/s17/2026-11-20`: obligation, place, period; the same whenever it is worked out.
        post: The role and its place; `persons` hold it now, none where it is vacant.
    """

    id: str
    obligation: Obligation
    place: Place
    post: Role
    persons: tuple[str, ...]
    window: Window
    cover: Cover

    @property
    def opens(self) -> date:
        """The first day on which it can be done."""
        return self.window.opens

    @property
    def due(self) -> date:
        """The last day on which it is done in time."""
        return self.window.due

    @property
    def vacant(self) -> bool:
        """Whether nobody holds the post that answers for it."""
        return not self.persons


def duties_due(
    calendars: Calendars,
    directory: Directory,
    span: Span,
    days: WorkingDays,
    within: Container[str] | None = None,
) -> list[Duty]:
    """The duties whose due day lies in the span, by obligation, place and period.

    Args:
        within: Only duties about stations that are all in here; None is no limit.
    """
    return list(_duties(calendars, directory, span, days, within, due_only=True))


def duties_open(
    calendars: Calendars,
    directory: Directory,
    span: Span,
    days: WorkingDays,
    within: Container[str] | None = None,
) -> list[Duty]:
    """The duties that can be done on some day of the span, in time or late."""
    return list(_duties(calendars, directory, span, days, within, due_only=False))


def duty_named(
    calendars: Calendars, directory: Directory, named: str, days: WorkingDays
) -> Duty | None:
    """The duty with this id, or None where no calendar implies it."""
    parts = named.split("/")
    if len(parts) != 3 or not (parts[2][:4].isascii() and parts[2][:4].isdecimal()):
        return None
    year = int(parts[2][:4])
    if parts[1] not in directory.places or not 1990 < year < 2200:
        return None
    place, span = directory.places[parts[1]], Span(date(year - 1, 12, 1), date(year, 12, 31))
    for calendar in calendars.editions:
        obligation = calendar.obligation(parts[0])
        if obligation and obligation.about == place.kind:
            for window in _windows(calendar, obligation, span, days):
                if window.period == parts[2]:
                    return next(_of_place(obligation, place, directory, [window]), None)
    return None


def _duties(
    calendars: Calendars,
    directory: Directory,
    span: Span,
    days: WorkingDays,
    within: Container[str] | None,
    *,
    due_only: bool,
) -> Iterator[Duty]:
    for calendar in calendars.editions:
        for obligation in calendar.obligations:
            times = _windows(calendar, obligation, span, days)
            if due_only:
                times = [one for one in times if span.first <= one.due <= span.last]
            if times:
                for place in directory.places_by_kind.get(obligation.about, ()):
                    if _all_within(directory.stations_under.get(place.id), within):
                        yield from _of_place(obligation, place, directory, times)


def _windows(
    calendar: Calendar, obligation: Obligation, span: Span, days: WorkingDays
) -> list[Window]:
    """The windows in the span whose period begins while the calendar holds."""
    found = windows(obligation.cadence, obligation.on_non_working_day, span, days)
    return [one for one in found if calendar.in_force.holds_on(one.first)]


def _all_within(stations: frozenset[str] | None, within: Container[str] | None) -> bool:
    return within is None or (bool(stations) and all(one in within for one in stations or ()))


def _of_place(
    obligation: Obligation, place: Place, directory: Directory, times: list[Window]
) -> Iterator[Duty]:
    """The duties about one place; none where there is no station to inspect."""
    cover = cover_of(obligation, place, directory)
    if not cover.wanted:
        return
    post = _post(obligation, place, directory)
    persons = directory.holders.get(post, ())
    head = f"{obligation.id}/{place.id}/"
    for one in times:
        yield Duty(head + one.period, obligation, place, post, persons, one, cover)


def _post(obligation: Obligation, place: Place, directory: Directory) -> Role:
    """The post that answers for a place.

    A station right below its unit has no area: nobody can be its area manager, and it says so.
    """
    run_by = obligation.run_by
    if run_by.level == place.kind:
        return Role(run_by.post, place.id)
    at = next((one for one in directory.above(place.id) if one.kind == run_by.level), place)
    return Role(run_by.post, at.id)


def cover_of(obligation: Obligation, place: Place, directory: Directory) -> Cover:
    """Which stations of a place an obligation wants. Source: facts I4, I6, I7, I8, L17, L18."""
    coverage = obligation.coverage
    among = directory.stations_under.get(place.id, frozenset()).difference(coverage.left_out)
    if isinstance(coverage, EveryStation):
        return Cover(len(among), among, among)
    if isinstance(coverage, ShareOfStations):
        return Cover(_share(len(among), coverage), frozenset(), among)
    return _number(coverage, among, directory)


def _share(stations: int, coverage: ShareOfStations) -> int:
    hundredths = stations * coverage.percent
    more = {"up": 99, "half_up": 50, "down": 0}[coverage.rounding]
    return (hundredths + more) // 100


def _number(coverage: NumberOfStations, among: frozenset[str], directory: Directory) -> Cover:
    must = frozenset(one for one in among if directory.places[one].stars >= coverage.always_from)
    if coverage.starred == "toward":
        wanted = max(coverage.at_least, len(must))
    else:
        wanted = coverage.at_least + len(must)
    return Cover(min(wanted, len(among)), must, among)
