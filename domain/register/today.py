"""What has to be done today, in a few figures: for the first screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Connection

from domain.duty_life import State
from domain.duty_views import DutyFilter
from domain.months import CHINA
from domain.register.duties import news_in, newsworthy, wanted_duties
from domain.register.duties_kept import stood_now
from domain.register.duty_evidence import first_day
from domain.register.patrols import rounds_of
from domain.register.queries import Asker
from domain.windows import Span


class Today(NamedTuple):
    """What is to be done, for whoever asks.

    Attributes:
        due: Duties whose last day in time is today.
        late: Past due, and they can still be done.
        week: To be done until Sunday, after today.
        walking: Rounds of patrols that are on now; `missed` are over, not or not wholly walked.
        reminders: Reminders given today; `escalations` are what superiors are told today.
        vacant: Duties due or late whose post nobody holds.
    """

    due: int
    late: int
    week: int
    walking: int
    missed: int
    reminders: int = 0
    escalations: int = 0
    vacant: int = 0


def today_of(
    connection: Connection,
    asker: Asker,
    now: datetime,
    person: str | None = None,
    place: str | None = None,
) -> Today:
    """What is to be done today and this week, of one person, at a place, or of all in sight."""
    today = now.astimezone(CHINA).date()
    sunday = today + timedelta(days=6 - today.weekday())
    begins, where = first_day(connection), DutyFilter(place, person)
    open_now = wanted_duties(asker, Span(today, sunday), begins, where)
    news = newsworthy(asker, begins, today, place)
    # Most are in both, and what speaks for them is read once.
    both = {one.id: one for one in (*open_now, *news)}
    by_id = {one.duty.id: one for one in stood_now(connection, asker, list(both.values()), today)}
    stood = [by_id[one.id] for one in open_now]
    to_do = [one for one in stood if one.standing.state in _TO_DO]
    # What is open on some day from today on closes today or later: if missed, it can be made up.
    late = [one for one in stood if one.standing.state == "missed"]
    told = [
        one.kind
        for one in news_in((by_id[one.id] for one in news), asker.directory, today)
        if person in (None, *one.persons)
    ]
    walking, missed = _rounds(connection, asker, now, place)
    return Today(
        due=sum(one.duty.due == today for one in to_do),
        late=len(late),
        week=sum(today < one.duty.due <= sunday for one in to_do),
        walking=walking,
        missed=missed,
        reminders=told.count("reminder"),
        escalations=told.count("escalation"),
        vacant=sum(one.duty.vacant and one.duty.due <= today for one in (*to_do, *late)),
    )


_TO_DO: frozenset[State] = frozenset({"due", "planned"})


def _rounds(
    connection: Connection, asker: Asker, now: datetime, place: str | None
) -> tuple[int, int]:
    """Rounds of the day that are on now, and that are over with something left out."""
    inside = asker.directory.under(place) if place else None
    stations = [one.id for one in asker.directory.stations if inside is None or one.id in inside]
    states = [
        one.state
        for one in rounds_of(connection, asker, stations, now, CHINA)
        if one.stops and one.round.every == "day"
    ]
    return states.count("open"), states.count("missed") + states.count("gaps")
