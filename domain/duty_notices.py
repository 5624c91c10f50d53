"""Reminders before a duty is due, and after it was missed the next level up is told.

Both follow from the calendar: `remind` days before go to the post itself, `escalate` days after
to the post above it, then to the one above that. A post that nobody holds is passed over upwards,
so that a vacancy does not swallow the news. The source prints neither: both are ours.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

from domain.duties import Duty
from domain.duty_life import State
from domain.organisation import Directory, PlaceKind, Role, RoleName
from domain.working_days import ONE_DAY

HEADS: dict[PlaceKind, RoleName] = {
    "company": "company_staff",
    "unit": "unit_staff",
    "area": "area_manager",
    "station": "station_manager",
}
"""Who answers for a place."""


class Notice(msgspec.Struct, frozen=True):
    """Something to tell on a day: to whom, and about which duty."""

    duty: str
    kind: Literal["reminder", "escalation"]
    on: date
    post: Role
    persons: tuple[str, ...]


def posts_above(directory: Directory, post: Role) -> tuple[Role, ...]:
    """The posts above a post, the nearest first; those that nobody holds are left out."""
    above = [Role(HEADS[place.kind], place.id) for place in directory.above(post.place)[1:]]
    return tuple(one for one in above if directory.holders.get(one))


def notices(duty: Duty, state: State, directory: Directory) -> tuple[Notice, ...]:
    """All notices of a duty as it stands, with their days, in order.

    Planned and due ones have reminders, from the day they open; missed ones have escalations.
    """
    if state in {"planned", "due"}:
        on = sorted({duty.due - timedelta(days) for days in duty.obligation.remind})
        return tuple(
            Notice(duty.id, "reminder", day, duty.post, duty.persons)
            for day in on
            if day >= duty.opens
        )
    if state == "missed":
        told = zip(duty.obligation.escalate, posts_above(directory, duty.post), strict=False)
        return tuple(
            Notice(duty.id, "escalation", duty.due + days * ONE_DAY, post, directory.holders[post])
            for days, post in told
        )
    return ()


def notices_until(duty: Duty, state: State, directory: Directory, day: date) -> tuple[Notice, ...]:
    """What was told about a duty up to a day, as it stands then, the latest last."""
    return tuple(one for one in notices(duty, state, directory) if one.on <= day)


def notices_on(duty: Duty, state: State, directory: Directory, day: date) -> tuple[Notice, ...]:
    """What is to be told about a duty on one day, as it stands then."""
    return tuple(one for one in notices(duty, state, directory) if one.on == day)
