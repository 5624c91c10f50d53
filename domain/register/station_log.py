"""Answers what is in the electronic log: works its lines out from the records, day by day.

One statement for each thing that a log is made of, however many stations and days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.engine import Connection

from domain.canonical import instant, moment
from domain.duties import duties_open
from domain.months import CHINA
from domain.organisation import Directory
from domain.patrols import RoundNow, Visit, rounds_between, window
from domain.register.duty_evidence import standings
from domain.register.notes import note_line, notes_between
from domain.register.past_sheets import stations_in_sight
from domain.register.patrols import patrols_of, scans
from domain.register.queries import BUT_PATROL, FINDING, INSPECTION, Asker
from domain.register.tables import PlaceRow
from domain.register.work import table_of
from domain.rulebook import Edition
from domain.station_log import (
    LogFilter,
    LogLine,
    came_late,
    happened,
    inspection_says,
    log_of,
    round_says,
)
from domain.text import Text, same
from domain.windows import Span

PLACE = table_of(PlaceRow)
EVERYTHING = LogFilter()
FEW = 500
"""Stations up to which they are named in a question; beyond, all are read and picked here."""
ON_THE_WAY = timedelta(days=2)
"""How long after it was begun the form of a scan is looked for."""


def station_log(
    connection: Connection, asker: Asker, days: Span, now: datetime, where: LogFilter = EVERYTHING
) -> tuple[LogLine, ...]:
    """The log of the stations in sight, or of those at a place, in some days; newest first.

    Args:
        days: A month or so: all of it is read at once.
    """
    reading = _Reading(connection, asker, days, now, where)
    lines: list[LogLine] = []
    if where.kind in (None, "self_check", "inspection"):
        lines += reading.inspections()
    if where.kind in (None, "patrol"):
        lines += reading.rounds()
    if where.kind in (None, "note", "handover"):
        lines += reading.notes()
    return log_of(lines, days, where)


class _Reading:
    """One question to the records, and what all its parts share."""

    def __init__(
        self, connection: Connection, asker: Asker, days: Span, now: datetime, where: LogFilter
    ) -> None:
        self._connection, self._asker, self._days, self._now = connection, asker, days, now
        self._within = stations_in_sight(asker, where.place)
        self._searching = bool(where.words.split())

    @property
    def _directory(self) -> Directory:
        return self._asker.directory

    @property
    def _moments(self) -> tuple[str, str]:
        """When the first day begins and the day after the last does, as stored."""
        return instant(_midnight(self._days.first)), instant(
            _midnight(self._days.last + timedelta(1))
        )

    def inspections(self) -> Iterator[LogLine]:
        """Everything but scans of patrols: self-checks under the name of their duty."""
        column, (begin, end) = INSPECTION.c, self._moments
        asked = select(INSPECTION).where(
            column.kind != BUT_PATROL,
            column.submitted_at >= begin,
            column.received_at >= begin,
            or_(column.submitted_at < end, column.received_at < end),
        )
        if self._within is not None and len(self._within) < FEW:
            asked = asked.where(column.station.in_(self._within))
        rows = [row for row in self._connection.execute(asked) if self._sees(row.station)]
        self_checks = self._self_checks()
        words = self._words_of(row.number for row in rows)
        for row in rows:
            yield self._inspection(row, self_checks.get(row.number), words.get(row.number, ()))

    def _inspection(self, row: Row[Any], duty: Text | None, words: tuple[Text, ...]) -> LogLine:
        asker, at = self._asker, moment(min(row.submitted_at, row.received_at))
        title = duty or asker.rulebooks.edition(row.rulebook, row.edition).title
        return LogLine(
            kind="self_check" if duty else "inspection",
            at=at,
            station=row.station,
            station_name=self._directory.station_name(row.station),
            title=title,
            person=self._directory.person_name(row.person),
            persons=(row.person,) if row.person else (),
            says=inspection_says(Decimal(row.score), Decimal(row.max), row.findings, row.note),
            number=row.number,
            received_at=came_late(at, moment(row.received_at)),
            hidden=words,
        )

    def _self_checks(self) -> dict[int, Text]:
        """Inspections that count for duties whose result goes into the log; the duties' titles."""
        rulebooks, directory = self._asker.rulebooks, self._directory
        duties = [
            one
            for one in duties_open(
                rulebooks.calendars, directory, self._days, rulebooks.working_days, self._within
            )
            if one.obligation.result and one.obligation.result.into == "electronic_log"
        ]
        today = self._now.astimezone(CHINA).date()
        found: dict[int, Text] = {}
        for stood in standings(self._connection, duties, today):
            title = stood.duty.obligation.title
            for number in stood.standing.inspections:
                known = found.get(number)
                found[number] = _and(known, title) if known else title
        return found

    def rounds(self) -> Iterator[LogLine]:
        """One line for each round that was made, or was not although patrols had begun there."""
        told = [(one, at) for one in self._rounds() if (at := happened(one, self._now))]
        visits = (stop.visit for one, _ in told for stop in one.stops)
        words = self._words_of(each.inspection for each in visits if each and each.findings)
        for one, at in told:
            yield self._round(one, at, words)

    def _rounds(self) -> Iterator[RoundNow]:
        editions = self._patrols()
        if not editions:
            return
        visits = self._visits(editions)
        begun = self._first_scans([one.id for one in editions])
        for station in (each.id for each in self._directory.stations if each.id in begun):
            for edition in editions if self._sees(station) else ():
                here = visits.get((station, edition.id), {})
                for one in rounds_between(
                    edition, self._directory, station, here, self._days, self._now, CHINA
                ):
                    if one.done or one.begins >= begun[station]:
                        yield one

    def _patrols(self) -> list[Edition]:
        """The patrols in force on one of the days, the newer edition where there are two."""
        days = (self._days.last - self._days.first).days
        found: dict[str, Edition] = {}
        for n in range(days + 1):
            then = _midnight(self._days.first + timedelta(n))
            found.update({one.id: one for one in patrols_of(self._asker.rulebooks, then, CHINA)})
        return list(found.values())

    def _visits(self, editions: list[Edition]) -> dict[tuple[str, str], dict[date, list[Visit]]]:
        """Scans by station and rulebook, then by day, in all periods that touch the days."""
        first, last = self._days
        rounds = [one for edition in editions for one in edition.rounds]
        since = min(window(one, first, CHINA)[0] for one in rounds)
        until = max(window(one, last, CHINA)[1] for one in rounds) + ON_THE_WAY
        only = next(iter(self._within)) if self._within and len(self._within) == 1 else None
        known = scans(self._connection, [one.id for one in editions], since, only, until)
        found: dict[tuple[str, str], dict[date, list[Visit]]] = {}
        for where, visits in known.items():
            by_day = found.setdefault(where, {})
            for visit in visits:
                by_day.setdefault(visit.at.astimezone(CHINA).date(), []).append(visit)
        return found

    def _first_scans(self, rulebooks: list[str]) -> dict[str, datetime]:
        """When each station first scanned on patrol: before that, nothing was missed."""
        column = INSPECTION.c
        first = (
            select(column.received_at)
            .where(column.station == PLACE.c.id, column.rulebook.in_(rulebooks))
            .order_by(column.number)
            .limit(1)
            .scalar_subquery()
        )
        asked = select(PLACE.c.id, first).where(PLACE.c.kind == "station")
        return {place: moment(at) for place, at in self._connection.execute(asked) if at}

    def _round(self, one: RoundNow, at: datetime, words: dict[int, tuple[Text, ...]]) -> LogLine:
        directory = self._directory
        visits = [stop.visit for stop in one.stops if stop.visit]
        persons = tuple(dict.fromkeys(each.person for each in visits if each.person))
        missing = [directory.points[stop.point].name for stop in one.stops if not stop.visit]
        hidden = [text for each in visits for text in words.get(each.inspection, ())]
        return LogLine(
            kind="patrol",
            at=at,
            station=one.station,
            station_name=directory.station_name(one.station),
            title=one.round.title,
            person="、".join(map(directory.person_name, persons)),
            persons=persons,
            says=round_says(one, missing),
            round=one,
            hidden=tuple(hidden),
        )

    def notes(self) -> Iterator[LogLine]:
        """Notes and hand-overs."""
        for note in notes_between(self._connection, *self._moments, self._within):
            yield note_line(self._directory, note)

    def _sees(self, station: str) -> bool:
        return self._within is None or station in self._within

    def _words_of(self, inspections: Iterable[int]) -> dict[int, tuple[Text, ...]]:
        """Criteria and notes of what inspections found; only looked up where words are sought."""
        numbers = set(inspections) if self._searching else set()
        if not numbers:
            return {}
        column = FINDING.c
        asked = (
            select(column.number, column.criterion, column.note, INSPECTION.c.rulebook)
            .add_columns(INSPECTION.c.edition)
            .join_from(FINDING, INSPECTION, INSPECTION.c.number == column.number // 1000)
            .where(column.number.between(min(numbers) * 1000, max(numbers) * 1000 + 999))
        )
        found: dict[int, tuple[Text, ...]] = {}
        for number, criterion, note, rulebook, edition in self._connection.execute(asked):
            if (which := number // 1000) in numbers:
                text = self._asker.rulebooks.edition(rulebook, edition).criterion(criterion).text
                found[which] = (*found.get(which, ()), text, same(f"{criterion} {note}"))
        return found


def _and(one: Text, other: Text) -> Text:
    return Text(zh=f"{one.zh}、{other.zh}", en=f"{one.en}, {other.en}")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)
