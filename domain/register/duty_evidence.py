"""Reads what speaks for duties: inspections, posts held on their days, excuses.

The number of SQL statements does not grow with stations or days: one for each obligation that
has duties to judge, two more, and three at most for the draws of sampled ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.canonical import instant, moment
from domain.duties import Duty
from domain.duty_draw import DutyDraw, Sampled, sampled, with_sample
from domain.duty_life import Evidence, Excuse, Standing, state_of
from domain.months import CHINA
from domain.organisation import Role
from domain.register.duty_draws import draws_of
from domain.register.queries import INSPECTION
from domain.register.tables import ExcuseRow, NodeRow, RoleRow
from domain.register.work import table_of
from domain.working_days import ONE_DAY

EXCUSE = table_of(ExcuseRow)
NODE = table_of(NodeRow)
ROLE = table_of(RoleRow)
MOVED = timedelta(days=62)
"""How far another reading moves a due day at most: excuses are looked for that far around."""
MANY = 500
"""Stations from which on inspections are read of all and picked here."""


class Stood(NamedTuple):
    """A duty, how it stands, and the excuse that it has.

    Attributes:
        draw: Of a duty that samples stations; a revealed one has left it with its `sample`.
    """

    duty: Duty
    standing: Standing
    excuse: Excuse | None
    draw: DutyDraw | None = None
    sample: tuple[Sampled, ...] = ()


class _Held(NamedTuple):
    """A post that a person held, from one day to another."""

    role: Role
    since: date
    until: date | None


def standings(connection: Connection, duties: list[Duty], today: date) -> list[Stood]:
    """How duties stand, in their order."""
    if not duties:
        return []
    draws = draws_of(connection, duties)
    samples = {
        one.id: sampled(one.cover, draws[one.id]) for one in duties if draws and one.id in draws
    }
    if any(samples.values()):
        duties = [with_sample(one, samples.get(one.id, ())) for one in duties]
    excuses = _excuses(connection, duties)
    posts = _posts_held(connection, {one.post.name for one in duties})
    by_obligation: dict[int, list[Duty]] = {}
    for one in duties:
        by_obligation.setdefault(id(one.obligation), []).append(one)
    evidence: dict[int, _Evidence] = {
        which: _evidence(connection, those, posts, today) for which, those in by_obligation.items()
    }
    stood = [
        Stood(one, state_of(one, evidence[id(one.obligation)].of(one), excuse, today), excuse)
        for one, excuse in ((one, excuses.get(one.id)) for one in duties)
    ]
    if not draws:
        return stood
    return [
        one._replace(draw=draws[one.duty.id], sample=samples[one.duty.id])
        if one.duty.id in draws
        else one
        for one in stood
    ]


def first_day(connection: Connection) -> date:
    """The day on which these records begin: the node was made, or the first inspection came."""
    made = connection.execute(select(NODE.c.created_at).limit(1)).scalar_one()
    oldest = select(INSPECTION.c.received_at).order_by(INSPECTION.c.number).limit(1)
    received = connection.execute(oldest).scalar()
    return day_in_china(min(made, received or made))


class _Evidence:
    """Inspections that may speak for the duties of one obligation, by post, in order of days."""

    def __init__(self) -> None:
        self._by_post: dict[Role, list[Evidence]] = {}
        self._days: dict[Role, list[date]] = {}

    def add(self, one: Evidence) -> None:
        """Take in an inspection; they come in the order of their days."""
        for post in one.posts:
            self._by_post.setdefault(post, []).append(one)
            self._days.setdefault(post, []).append(one.day)

    def of(self, duty: Duty) -> list[Evidence]:
        """Those of the duty's post while it was open."""
        days = self._days.get(duty.post)
        if not days:
            return []
        first = bisect_left(days, duty.window.opens)
        return self._by_post[duty.post][first : bisect_right(days, duty.window.closes)]


def _evidence(
    connection: Connection, duties: list[Duty], posts: dict[str, list[_Held]], today: date
) -> _Evidence:
    """The inspections that may speak for duties of one obligation: one statement."""
    found = _Evidence()
    obligation = duties[0].obligation
    first = min(one.window.opens for one in duties)
    last = min(max(one.window.closes for one in duties), today)
    if not obligation.rulebooks or first > last:
        return found
    column = INSPECTION.c
    asked = (
        select(column.number, column.station, column.rulebook, column.submitted_at, column.person)
        .where(
            column.rulebook.in_(obligation.rulebooks),
            column.submitted_at >= _midnight(first),
            column.submitted_at < _midnight(last + ONE_DAY),
            column.person.in_(select(ROLE.c.person).where(ROLE.c.name == obligation.run_by.post)),
        )
        .order_by(column.submitted_at, column.number)
    )
    stations = frozenset[str]().union(*{one.cover.among for one in duties})
    if len(stations) < MANY:
        asked = asked.where(column.station.in_(stations))
    on_day: dict[tuple[str, date], tuple[Role, ...]] = {}
    for number, station, rulebook, at, person in connection.execute(asked).all():
        if station in stations:
            day = _day(at[:13])
            held = on_day.get((person, day))
            if held is None:
                held = on_day[person, day] = _held_on(posts.get(person, ()), day)
            if held:
                found.add(Evidence(number, station, rulebook, day, held))
    return found


def _held_on(posts: Iterable[_Held], day: date) -> tuple[Role, ...]:
    """What somebody was on a day."""
    return tuple(
        one.role for one in posts if one.since <= day and (one.until is None or day <= one.until)
    )


def _posts_held(connection: Connection, names: Iterable[str]) -> dict[str, list[_Held]]:
    """What each person was, where and when, of these roles: one statement."""
    column = ROLE.c
    asked = select(column.person, column.name, column.place, column.since, column.until).where(
        column.name.in_(set(names))
    )
    found: dict[str, list[_Held]] = {}
    for person, name, place, since, until in connection.execute(asked).all():
        held = _Held(Role(name, place), day_in_china(since), day_in_china(until) if until else None)
        found.setdefault(person, []).append(held)
    return found


def _excuses(connection: Connection, duties: list[Duty]) -> dict[str, Excuse]:
    """The first excuse of each duty that has one: one statement."""
    column = EXCUSE.c
    first = min(one.due for one in duties) - MOVED
    last = max(one.due for one in duties) + MOVED
    asked = (
        select(column.duty, column.person, column.reason, column.at)
        .where(column.due >= first.isoformat(), column.due <= last.isoformat())
        .order_by(column.number.desc())
    )
    return {
        duty: Excuse(duty, person, reason, day_in_china(at), at)
        for duty, person, reason, at in connection.execute(asked)
    }


def day_in_china(at: str) -> date:
    """The day in China of a stored moment, which is UTC text."""
    return _day(at[:13])


@lru_cache(maxsize=4096)
def _day(hour: str) -> date:
    return moment(f"{hour}:00:00Z").astimezone(CHINA).date()


def _midnight(day: date) -> str:
    """When a day begins in China, as moments are stored."""
    return instant(datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC))
