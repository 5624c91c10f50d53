"""Answers how many duties there are to do, day by day and today, without making a line of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Connection

from domain.duty_life import State
from domain.duty_overview import DONE, DutiesToday, DutyDay, DutyMonth
from domain.duty_views import DutyFilter
from domain.months import CHINA
from domain.register.duties import EVERYTHING, guessed_years, notices_of_today, wanted_duties
from domain.register.duty_evidence import Stood, first_day, standings
from domain.register.patrols import rounds_of
from domain.register.queries import Asker
from domain.text import Text
from domain.windows import Span
from domain.working_days import ONE_DAY


def duties_today(
    connection: Connection, asker: Asker, now: datetime, where: DutyFilter = EVERYTHING
) -> DutiesToday:
    """What must be done today and what is late, at or below a place, or of a person."""
    today = now.astimezone(CHINA).date()
    sunday = today + timedelta(6 - today.weekday())
    wanted = wanted_duties(asker, Span(today, sunday), first_day(connection), where)
    stood = [_Brief.of(one, today) for one in standings(connection, wanted, today)]
    due = [one for one in stood if one.due == today and one.state == "due"]
    late = [one for one in stood if one.late]
    told = [
        one.kind
        for one in notices_of_today(connection, asker, today, where.place)
        if where.person in (None, *one.persons)
    ]
    return DutiesToday(
        today=today,
        due=len(due),
        done=sum(one.due == today and one.state in DONE for one in stood),
        late=len(late),
        week=sum(today < one.due <= sunday and one.state in _AHEAD for one in stood),
        missed_rounds=_missed_rounds(connection, asker, now, where.place),
        reminders=told.count("reminder"),
        escalations=told.count("escalation"),
        vacant=sum(one.vacant for one in stood),
        titles=_titles(due),
        late_titles=_titles(late),
    )


def duty_month(
    connection: Connection,
    asker: Asker,
    first: date,
    today: date,
    where: DutyFilter = EVERYTHING,
) -> DutyMonth:
    """How many duties are due on each day of the month that begins on `first`."""
    last = (first + timedelta(31)).replace(day=1) - ONE_DAY
    span, kind = Span(first, last), asker.rulebooks.working_days.kind
    wanted = wanted_duties(asker, span, first_day(connection), where, due_only=True)
    tally: dict[date, Counter[State | str]] = {}
    for one in standings(connection, wanted, today):
        state = "late" if _is_late(one, today) else one.standing.state
        tally.setdefault(one.duty.due, Counter())[state] += 1
    days = (first + n * ONE_DAY for n in range(last.day))
    return DutyMonth(
        today=today,
        first=first,
        days=tuple(_day(day, tally.get(day, Counter()), *kind(day)) for day in days),
        unpublished=first.year in guessed_years(asker, span),
    )


_AHEAD: frozenset[State] = frozenset({"planned", "due"})


class _Brief(NamedTuple):
    """What of a duty is counted."""

    due: date
    state: State
    late: bool
    vacant: bool
    title: Text

    @classmethod
    def of(cls, stood: Stood, today: date) -> _Brief:
        duty, state = stood.duty, stood.standing.state
        vacant = duty.vacant and duty.opens <= today and state in {"due", "missed"}
        return cls(duty.due, state, _is_late(stood, today), vacant, duty.obligation.title)


def _is_late(stood: Stood, today: date) -> bool:
    """Past due, not done, and it can still be done."""
    return stood.standing.state == "missed" and today <= stood.duty.window.closes


def _titles(those: Iterable[_Brief]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(one.title for one in those))


def _missed_rounds(connection: Connection, asker: Asker, now: datetime, place: str | None) -> int:
    stations = asker.directory.stations_under.get(place, ()) if place else None
    inside = [one.id for one in asker.directory.stations if stations is None or one.id in stations]
    rounds = rounds_of(connection, asker, inside, now, CHINA)
    return sum(one.state == "missed" for one in rounds)


def _day(day: date, states: Counter[State | str], working: bool, published: bool) -> DutyDay:
    return DutyDay(
        day=day,
        open=states["due"] + states["planned"],
        late=states["late"],
        missed=states["missed"],
        done=states["done"] + states["done_late"],
        excused=states["excused"],
        working=working,
        published=published,
    )
