"""Past sheets for scoring again: streamed station by station, never held together."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from domain.carrying_over import CarryOver
from domain.months import Months
from domain.register.child import Child
from domain.register.engine import reading_engine
from domain.register.queries import FINDING, INSPECTION, Asker
from domain.rulebook import Edition
from domain.rulebook_map import Counterparts
from domain.simulating import PastSheet, StationChange, simulate

ROWS = 1_000
"""Rows that are fetched at a time."""
WORTH_A_PROCESS = 2_000
"""Sheets that a child process must have to score to be worth its start."""


class Past(NamedTuple):
    """Which sheets: filled in under an edition, begun in a period, at these stations or at all."""

    edition: Edition
    months: Months
    stations: frozenset[str] | None = None


class Simulation(NamedTuple):
    """Past sheets of a database, and the way of their edition to another."""

    url: str
    past: Past
    new: Edition
    became: Counterparts


def stations_in_sight(asker: Asker, place: str | None) -> frozenset[str] | None:
    """The stations that somebody sees, at or below a place if one is named; None for all."""
    if place is None and asker.sight.everything:
        return None
    inside = asker.directory.under(place) if place else asker.sight.stations
    return frozenset(one for one in inside if asker.sight.sees(one))


def changes_of(asked: Simulation) -> list[StationChange]:
    """What would change for each station that has sheets, at one moment; changes nothing."""
    carry_over = CarryOver(asked.past.edition, asked.new, asked.became)
    engine = reading_engine(asked.url)
    try:
        with engine.connect() as connection:
            return list(simulate(carry_over, past_sheets(connection, asked.past)))
    finally:
        engine.dispose()


def changes_of_many(asked: Simulation) -> list[StationChange]:
    """`changes_of`, in a child process where there is so much that keys and phones would wait."""
    engine = reading_engine(asked.url)
    try:
        with engine.connect() as connection:
            counted = select(func.count()).select_from(INSPECTION).where(*_wanted(asked.past))
            many = connection.execute(counted).scalar_one() > WORTH_A_PROCESS
    finally:
        engine.dispose()
    return changes_aside(asked) if many else changes_of(asked)


def changes_aside(asked: Simulation) -> list[StationChange]:
    """`changes_of` in a child process."""
    found: list[StationChange] = Child("domain.register.past_sheets_aside", asked).answer()
    return found


def past_sheets(connection: Connection, which: Past) -> Iterator[PastSheet]:
    """The sheets, those of one station one after the other."""
    first = INSPECTION.c.number * 1000
    asked = (
        select(
            INSPECTION.c.number,
            INSPECTION.c.station,
            INSPECTION.c.score,
            INSPECTION.c.not_applicable,
            INSPECTION.c.inputs,
            FINDING.c.criterion,
            FINDING.c.clause,
            FINDING.c.occurrences,
        )
        .select_from(INSPECTION)
        .outerjoin(FINDING, FINDING.c.number.between(first, first + 999))
        .where(*_wanted(which))
        .order_by(INSPECTION.c.station, INSPECTION.c.number)
        .execution_options(yield_per=ROWS)
    )
    for _, rows in groupby(connection.execute(asked), key=itemgetter(0)):
        lines = list(rows)
        found = [(line[5], line[6], line[7]) for line in lines if line[5] is not None]
        number, station, score, not_applicable, inputs = lines[0][:5]
        yield PastSheet(number, station, score, not_applicable, inputs, found)


def _wanted(which: Past) -> Iterator[ColumnElement[bool]]:
    begin, end = which.months.moments()
    yield INSPECTION.c.rulebook == which.edition.id
    yield INSPECTION.c.edition == which.edition.edition
    yield INSPECTION.c.started_at >= begin
    yield INSPECTION.c.started_at < end
    if which.stations is not None:
        yield INSPECTION.c.station.in_(which.stations)
