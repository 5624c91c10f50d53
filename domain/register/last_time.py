"""What was found at a station the time before, criterion by criterion."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.canonical import instant
from domain.register.queries import FINDING, INSPECTION, Asker


class FoundThen(msgspec.Struct, frozen=True):
    """One finding of the inspection before."""

    clause: int
    count: int
    points: Decimal
    note: str


class LastTime(msgspec.Struct, frozen=True):
    """The inspection before: its number, its moment, and what was found by criterion id."""

    number: int
    started_at: str
    found: Mapping[str, tuple[FoundThen, ...]]


def last_time(
    connection: Connection, asker: Asker, station: str, rulebook: str, before: datetime
) -> LastTime | None:
    """The newest inspection of a station by a rulebook that began earlier; None if none did.

    Editions do not matter: an id keeps its meaning within a rulebook. A station out of sight
    has no last time.
    """
    if not asker.sight.sees(station):
        return None
    asked = (
        select(INSPECTION.c.number, INSPECTION.c.started_at)
        .where(
            INSPECTION.c.station == station,
            INSPECTION.c.rulebook == rulebook,
            INSPECTION.c.started_at < instant(before),
        )
        .order_by(INSPECTION.c.started_at.desc(), INSPECTION.c.number.desc())
        .limit(1)
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    return LastTime(row.number, row.started_at, _found(connection, row.number))


def _found(connection: Connection, inspection: int) -> dict[str, tuple[FoundThen, ...]]:
    first, last = inspection * 1000, inspection * 1000 + 999
    asked = select(FINDING).where(FINDING.c.number.between(first, last)).order_by(FINDING.c.number)
    found: dict[str, tuple[FoundThen, ...]] = {}
    for row in connection.execute(asked):
        then = FoundThen(row.clause, row.occurrences, Decimal(row.points), row.note)
        found[row.criterion] = (*found.get(row.criterion, ()), then)
    return found
