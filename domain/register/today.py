"""What has to be done today, in a few figures: for the first screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Connection

from domain.duty_views import DutyFilter
from domain.months import CHINA
from domain.register.duties import duty_board
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
    """

    due: int
    late: int
    week: int
    walking: int
    missed: int


def today_of(
    connection: Connection, asker: Asker, now: datetime, person: str | None = None
) -> Today:
    """What is to be done today and this week, of one person or of all in sight."""
    today = now.astimezone(CHINA).date()
    monday = today - timedelta(days=today.weekday())
    week = Span(monday, monday + timedelta(days=6))
    lines = duty_board(connection, asker, week, today, DutyFilter(person=person)).lines
    to_do = [one for one in lines if one.state in ("due", "planned")]
    stations = [one.id for one in asker.directory.stations]
    rounds = [
        one
        for one in rounds_of(connection, asker, stations, now, CHINA)
        if one.stops and one.round.every == "day"
    ]
    return Today(
        due=sum(one.due == today for one in to_do),
        late=sum(one.late for one in lines),
        week=sum(today < one.due <= week.last for one in to_do),
        walking=sum(one.state == "open" for one in rounds),
        missed=sum(one.state in ("missed", "gaps") for one in rounds),
    )
