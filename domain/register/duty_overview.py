"""Answers how many duties are due on each day of a month, without making a line of each."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from sqlalchemy.engine import Connection

from domain.duty_life import State
from domain.duty_overview import DutyDay, DutyMonth
from domain.duty_views import DutyFilter
from domain.register.duties import EVERYTHING, guessed_years, wanted_duties
from domain.register.duty_evidence import Stood, first_day, standings
from domain.register.queries import Asker
from domain.windows import Span
from domain.working_days import ONE_DAY


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


def _is_late(stood: Stood, today: date) -> bool:
    """Past due, not done, and it can still be done."""
    return stood.standing.state == "missed" and today <= stood.duty.window.closes


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
