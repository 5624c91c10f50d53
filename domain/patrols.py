"""Rounds of scans at a station: which are due, how far each is, what is worth a look.

Nothing is ticked off by hand. A round is made of the forms that were sent from its scan points
within its time, by somebody whose role makes it (三定: fixed persons, time and content; fact W1).

Source: facts W1 to W4.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.canonical import instant
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from domain.organisation import Directory, Role, ScanPoint
    from domain.parts import Round
    from domain.rulebook import Edition
    from domain.windows import Span

State = Literal["ahead", "open", "done", "gaps", "missed"]
"""Its time has not begun; it is on; every point was scanned; some were; none was."""

Remark = Literal["too_soon", "too_late", "out_of_order"]
"""Worth a look, and no more than that: since the point before, or by the order of the walk."""

STATES: dict[State, Text] = {
    "missed": Text(zh="未做", en="missed"),
    "gaps": Text(zh="有漏", en="gaps"),
    "open": Text(zh="进行中", en="open"),
    "ahead": Text(zh="未到时间", en="ahead"),
    "done": Text(zh="已完成", en="done"),
}
"""In the reader's words, in the order of how much they matter."""
REMARKS: dict[Remark, Text] = {
    "too_soon": Text(zh="比走过来还快", en="faster than one walks"),
    "too_late": Text(zh="间隔过长", en="long gap"),
    "out_of_order": Text(zh="没按顺序", en="out of order"),
}


class Visit(NamedTuple):
    """A form that was sent from a scan point.

    Attributes:
        at: When it was begun at the point.
        inspection: Its number in the register.
        findings: How many things it found.
        given_up: What the person was then and is no more.
    """

    point: str
    person: str | None
    at: datetime
    inspection: int
    findings: int
    given_up: tuple[Role, ...] = ()


class Stop(NamedTuple):
    """One point of a round: the first visit there, and the minutes since the visit before."""

    point: str
    visit: Visit | None = None
    minutes: int | None = None
    remark: Remark | None = None


class RoundNow(NamedTuple):
    """A round of a station and how far it is.

    Attributes:
        stops: Its points in the order of the walk.
        unplaced: Kinds of points that it names and the station has no code for.
    """

    station: str
    edition: Edition
    round: Round
    begins: datetime
    ends: datetime
    state: State
    stops: tuple[Stop, ...]
    unplaced: tuple[str, ...]

    @property
    def done(self) -> int:
        """Points that were scanned."""
        return sum(stop.visit is not None for stop in self.stops)

    @property
    def remarks(self) -> int:
        """Stops that are worth a look."""
        return sum(stop.remark is not None for stop in self.stops)


def rounds_now(
    edition: Edition,
    directory: Directory,
    station: str,
    visits: Iterable[Visit],
    now: datetime,
    zone: tzinfo,
) -> Iterator[RoundNow]:
    """The rounds of a station in the periods that `now` lies in, the earliest first.

    Args:
        visits: Forms by the patrol's rulebook sent from the station, in any order.
        zone: The station's time zone.
    """
    known = tuple(visits)
    day = now.astimezone(zone).date()
    found = (
        _round_now(edition, one, directory, station, known, now, day, zone)
        for one in edition.rounds
    )
    yield from sorted(found, key=lambda each: (each.ends, each.begins))


def rounds_between(
    edition: Edition,
    directory: Directory,
    station: str,
    visits: Mapping[date, Sequence[Visit]],
    days: Span,
    now: datetime,
    zone: tzinfo,
) -> Iterator[RoundNow]:
    """The rounds of a station in every period that touches some days, as they are at a moment.

    Args:
        visits: Forms by the patrol's rulebook sent from the station, by their day in the zone.
    """
    for one in edition.rounds:
        periods = {_period(one, days.first + timedelta(n)) for n in range(_length(*days))}
        for first, last in sorted(periods):
            inside = (visits.get(first + timedelta(n), ()) for n in range(_length(first, last)))
            known = tuple(chain.from_iterable(inside))
            yield _round_now(edition, one, directory, station, known, now, first, zone)


def _length(first: date, last: date) -> int:
    return (last - first).days + 1


def window(one: Round, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The moments between which a round of the period with this day is made."""
    first, last = _period(one, day)
    begins = datetime.combine(first, time.fromisoformat(one.first), zone)
    ends = datetime.combine(last, time.fromisoformat(one.last), zone)
    return begins, ends + timedelta(minutes=1)


def points_of(
    one: Round, directory: Directory, station: str
) -> tuple[tuple[ScanPoint, ...], tuple[str, ...]]:
    """The station's points of a round in the order of the walk, and kinds it has no code for."""
    here: dict[str, list[ScanPoint]] = {}
    for point in directory.points_at.get(station, ()):
        if point.token:
            here.setdefault(point.kind, []).append(point)
    walk = [point for kind in one.points for point in here.get(kind, ())]
    return tuple(walk), tuple(kind for kind in one.points if kind not in here)


def may_make(
    one: Round,
    directory: Directory,
    person: str | None,
    station: str,
    given_up: Iterable[Role] = (),
) -> bool:
    """Whether one of a person's roles at the station, or above it, makes this round.

    Args:
        given_up: Roles that count beside those of today: who leaves a post has made his rounds.
    """
    known = directory.people.get(person or "")
    place = directory.places.get(station)
    if known is None or place is None:
        return False
    roles = (*known.roles, *given_up)
    return any(role.name in one.by and f"/{role.place}/" in place.path for role in roles)


def _round_now(
    edition: Edition,
    one: Round,
    directory: Directory,
    station: str,
    visits: Sequence[Visit],
    now: datetime,
    day: date,
    zone: tzinfo,
) -> RoundNow:
    begins, ends = window(one, day, zone)
    points, unplaced = points_of(one, directory, station)
    counted = [
        visit
        for visit in visits
        if begins <= visit.at < ends
        and may_make(one, directory, visit.person, station, visit.given_up)
    ]
    scanned = {visit.point for visit in counted}
    stops = _stops(one, _walk(one, directory, points, scanned, ends), counted)
    state = _state(stops, now, begins, ends)
    return RoundNow(station, edition, one, begins, ends, state, stops, unplaced)


def _walk(
    one: Round,
    directory: Directory,
    points: Sequence[ScanPoint],
    scanned: Collection[str],
    ends: datetime,
) -> list[str]:
    """The points of a round as it was.

    What was placed on a later day, nobody left out; what was scanned, stays, though its code was
    withdrawn since.
    """
    day_after = _day_after(ends)
    walk = [point for point in points if point.placed_at < day_after or point.id in scanned]
    gone = [directory.points[each] for each in scanned if not directory.points[each].token]
    if more := [point for point in gone if point.kind in one.points]:
        walk = sorted([*walk, *more], key=lambda each: (one.points.index(each.kind), each.id))
    return [point.id for point in walk]


@lru_cache(maxsize=1024)
def _day_after(ends: datetime) -> str:
    """When the day begins that follows a round, as stored."""
    last = ends - timedelta(minutes=1)
    return instant(datetime.combine(last.date() + timedelta(days=1), time(), last.tzinfo))


def _period(one: Round, day: date) -> tuple[date, date]:
    if one.every == "day":
        return day, day
    if one.every == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(day=1), following - timedelta(days=1)


def _stops(one: Round, points: Sequence[str], visits: Iterable[Visit]) -> tuple[Stop, ...]:
    """The first visit to each point; minutes and remarks go by the order of time."""
    first: dict[str, Visit] = {}
    for visit in sorted(visits, key=lambda each: each.at):
        if visit.point in points:
            first.setdefault(visit.point, visit)
    walked: dict[str, Stop] = {}
    before: Visit | None = None
    for visit in first.values():
        walked[visit.point] = _stop(one, visit, before, points)
        before = visit
    return tuple(walked.get(point, Stop(point)) for point in points)


def _stop(one: Round, visit: Visit, before: Visit | None, points: Sequence[str]) -> Stop:
    if before is None:
        return Stop(visit.point, visit)
    minutes = int((visit.at - before.at).total_seconds() // 60)
    remark: Remark | None = None
    if one.in_order and points.index(visit.point) < points.index(before.point):
        remark = "out_of_order"
    elif minutes < one.least_minutes:
        remark = "too_soon"
    elif one.most_minutes is not None and minutes > one.most_minutes:
        remark = "too_late"
    return Stop(visit.point, visit, minutes, remark)


def _state(stops: Collection[Stop], now: datetime, begins: datetime, ends: datetime) -> State:
    done = sum(stop.visit is not None for stop in stops)
    if stops and done == len(stops):
        return "done"
    if now < begins:
        return "ahead"
    if now < ends:
        return "open"
    return "gaps" if done else "missed"
