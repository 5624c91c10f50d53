"""Past sheets for scoring again: streamed station by station, never held together."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.months import Months
from domain.register.queries import FINDING, INSPECTION, Asker
from domain.rulebook import Edition
from domain.simulating import PastSheet

ROWS = 1_000
"""Rows that are fetched at a time."""


class Past(NamedTuple):
    """Which sheets: filled in under an edition, begun in a period, at or below a place."""

    edition: Edition
    months: Months
    place: str | None = None


def past_sheets(connection: Connection, asker: Asker, which: Past) -> Iterator[PastSheet]:
    """The sheets in sight, those of one station one after the other."""
    begin, end = which.months.moments()
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
        .where(
            INSPECTION.c.rulebook == which.edition.id,
            INSPECTION.c.edition == which.edition.edition,
            INSPECTION.c.started_at >= begin,
            INSPECTION.c.started_at < end,
        )
        .order_by(INSPECTION.c.station, INSPECTION.c.number)
        .execution_options(yield_per=ROWS)
    )
    if which.place is not None or not asker.sight.everything:
        inside = asker.directory.under(which.place) if which.place else asker.sight.stations
        asked = asked.where(
            INSPECTION.c.station.in_({one for one in inside if asker.sight.sees(one)})
        )
    for _, rows in groupby(connection.execute(asked), key=itemgetter(0)):
        lines = list(rows)
        found = [(line[5], line[6], line[7]) for line in lines if line[5] is not None]
        number, station, score, not_applicable, inputs = lines[0][:5]
        yield PastSheet(number, station, score, not_applicable, inputs, found)
