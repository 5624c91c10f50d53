"""Reads what was scanned on patrol, and says how far the rounds of stations are."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from domain.canonical import instant, moment
from domain.organisation import Role
from domain.patrols import RoundNow, Visit, rounds_now, window
from domain.register.queries import INSPECTION, Asker
from domain.register.tables import PATROL, RoleRow
from domain.register.work import table_of
from domain.rulebook import Edition, NoEditionInForce, Rulebooks

ROLE = table_of(RoleRow)


def patrols_of(rulebooks: Rulebooks, now: datetime, zone: tzinfo) -> tuple[Edition, ...]:
    """The patrols that are in force today."""
    found = []
    for rulebook in rulebooks.ids():
        try:
            edition = rulebooks.in_force(rulebook, now.astimezone(zone).date())
        except NoEditionInForce:
            continue
        if edition.kind == PATROL:
            found.append(edition)
    return tuple(found)


def rounds_of(
    connection: Connection,
    asker: Asker,
    stations: Iterable[str],
    now: datetime,
    zone: tzinfo,
) -> tuple[RoundNow, ...]:
    """The rounds of stations in sight in the periods that `now` lies in, station by station."""
    seen = [one for one in stations if asker.sight.sees(one)]
    patrols = patrols_of(asker.rulebooks, now, zone)
    since = _earliest(patrols, now, zone)
    if since is None or not seen:
        return ()
    only = seen[0] if len(seen) == 1 else None
    visits = scans(connection, [one.id for one in patrols], since, only)
    return tuple(
        one
        for station in seen
        for edition in patrols
        for one in rounds_now(
            edition, asker.directory, station, visits.get((station, edition.id), ()), now, zone
        )
    )


def _earliest(patrols: Iterable[Edition], now: datetime, zone: tzinfo) -> datetime | None:
    day = now.astimezone(zone).date()
    begins = [window(one, day, zone)[0] for edition in patrols for one in edition.rounds]
    return min(begins, default=None)


def scans(
    connection: Connection,
    rulebooks: list[str],
    since: datetime,
    station: str | None,
    until: datetime | None = None,
) -> dict[tuple[str, str], list[Visit]]:
    """Visits by station and rulebook, of forms sent since a moment, until another if one is given.

    Args:
        station: Those of one station only.
    """
    asked = select(
        INSPECTION.c.number,
        INSPECTION.c.rulebook,
        INSPECTION.c.station,
        INSPECTION.c.point,
        INSPECTION.c.person,
        INSPECTION.c.started_at,
        INSPECTION.c.received_at,
        INSPECTION.c.findings,
    ).where(
        INSPECTION.c.rulebook.in_(rulebooks),
        INSPECTION.c.submitted_at >= instant(since),
        INSPECTION.c.point.is_not(None),
    )
    if until is not None:
        # A phone's clock may be far ahead; then the form counts when it came in.
        column, end = INSPECTION.c, instant(until)
        asked = asked.where(or_(column.submitted_at < end, column.received_at < end))
    if station is not None:
        asked = asked.where(INSPECTION.c.station == station)
    given_up = _given_up(connection, since)
    found: dict[tuple[str, str], list[Visit]] = {}
    # Sorted here: asked for this order, SQLite walks the whole table by number to spare a sort.
    for row in sorted(connection.execute(asked), key=lambda one: one.number):
        at = min(row.started_at, row.received_at)
        left = given_up.get(row.person)
        held = tuple(one.role for one in left if at <= one.until) if left else ()
        visit = Visit(row.point, row.person, moment(at), row.number, row.findings, held)
        found.setdefault((row.station, row.rulebook), []).append(visit)
    return found


class _GivenUp(NamedTuple):
    """What somebody was, and until when, as stored."""

    role: Role
    until: str


def _given_up(connection: Connection, since: datetime) -> dict[str, list[_GivenUp]]:
    """What people were and have given up since a moment: few, so all of it is read."""
    column = ROLE.c
    asked = select(column.person, column.name, column.place, column.until)
    found: dict[str, list[_GivenUp]] = {}
    for row in connection.execute(asked.where(column.until >= instant(since))):
        held = _GivenUp(Role(row.name, row.place), row.until)
        found.setdefault(row.person, []).append(held)
    return found
