"""What a superior is told today: duties of posts below that were missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.engine import Connection

from domain.duties import Duty, duty_named
from domain.register.duties import notices_of_today
from domain.register.queries import Asker


def late_below(connection: Connection, asker: Asker, person: str, today: date) -> Iterator[Duty]:
    """Missed duties that are told to a person today; nobody is below whoever is at a station."""
    directory, rulebooks = asker.directory, asker.rulebooks
    posts = directory.people[person].roles
    if all(directory.places[role.place].kind == "station" for role in posts):
        return
    for notice in notices_of_today(connection, asker, today):
        if notice.kind == "escalation" and person in notice.persons:
            days = rulebooks.working_days
            duty = duty_named(rulebooks.calendars, directory, notice.duty, days)
            if duty is not None:
                yield duty
