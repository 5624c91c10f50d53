"""Reads who looked at which inspections, and who sent them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.looks import Look
from domain.register.look_tables import LookRow
from domain.register.queries import INSPECTION
from domain.register.work import table_of

LOOK = table_of(LookRow)
AT_ONCE = 500
"""Numbers asked for in one statement."""


class Sent(NamedTuple):
    """An inspection, by whom it was sent and from where."""

    id: str
    station: str
    person: str | None


def sender_of(connection: Connection, inspection: int) -> Sent | None:
    """Who sent an inspection."""
    asked = select(INSPECTION.c.id, INSPECTION.c.station, INSPECTION.c.person)
    row = connection.execute(asked.where(INSPECTION.c.number == inspection)).first()
    return Sent(*row) if row else None


def newest_looks(connection: Connection, inspections: Sequence[int]) -> dict[int, Look]:
    """The newest look at each of these inspections that somebody looked at."""
    columns = (LOOK.c.inspection, LOOK.c.person, LOOK.c.at, LOOK.c.verdict, LOOK.c.note)
    found: dict[int, Look] = {}
    for start in range(0, len(inspections), AT_ONCE):
        some = inspections[start : start + AT_ONCE]
        asked = select(*columns).where(LOOK.c.inspection.in_(some)).order_by(LOOK.c.number)
        found.update((row.inspection, Look(*row)) for row in connection.execute(asked))
    return found
