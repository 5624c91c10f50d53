"""Questions about findings and inspections. Lists are paged by number, never by offset."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, literal_column, select
from sqlalchemy.engine import Connection

from domain.organisation import Directory, Sight
from domain.register.tables import PATROL, EvidenceRow, FindingRow, InspectionRow
from domain.register.work import table_of
from domain.rulebook import Rulebooks
from domain.views import FindingFilter, FindingLine, InspectionFilter, InspectionLine

FINDING = table_of(FindingRow)
INSPECTION = table_of(InspectionRow)
EVIDENCE = table_of(EvidenceRow)
BUT_PATROL: ColumnElement[str] = literal_column(f"'{PATROL}'")
"""Written out, so that the index of all but patrols can be used."""
ALL_FINDINGS = FindingFilter()
ALL_INSPECTIONS = InspectionFilter()


class Asker(NamedTuple):
    """Whoever asks: what is in sight, and what ids and criteria are called."""

    directory: Directory
    rulebooks: Rulebooks
    sight: Sight


class Page(NamedTuple):
    """Which part of a list: up to `limit` lines older than `before`, or newer than `after`."""

    limit: int
    before: int | None = None
    after: int | None = None


def findings(
    connection: Connection, asker: Asker, page: Page, where: FindingFilter = ALL_FINDINGS
) -> list[FindingLine]:
    """A page of findings in sight, the newest first."""
    asked = _in_sight(select(FINDING), FINDING.c.station, asker, where.place)
    if where.severity:
        asked = asked.where(FINDING.c.severity == where.severity)
    rows = _paged(connection, asked, FINDING.c.number, page)
    return finding_lines(connection, asker, rows)


def inspections(
    connection: Connection, asker: Asker, page: Page, where: InspectionFilter = ALL_INSPECTIONS
) -> list[InspectionLine]:
    """A page of inspections in sight, the newest first."""
    asked = _in_sight(select(INSPECTION), INSPECTION.c.station, asker, where.place)
    asked = asked.where(_of_kind(where))
    return [
        inspection_line(asker, row) for row in _paged(connection, asked, INSPECTION.c.number, page)
    ]


def count_findings(
    connection: Connection, asker: Asker, where: FindingFilter = ALL_FINDINGS, after: int = 0
) -> int:
    """How many findings a list has, or has beyond a number."""
    counted = select(func.count()).select_from(FINDING)
    asked = _in_sight(counted, FINDING.c.station, asker, where.place)
    if where.severity:
        asked = asked.where(FINDING.c.severity == where.severity)
    if after:
        asked = asked.where(FINDING.c.number > after)
    return int(connection.execute(asked).scalar_one())


def _of_kind(where: InspectionFilter) -> ColumnElement[bool]:
    """Of one kind; of any, without the scans of patrols, which would hide everything else."""
    return INSPECTION.c.kind == where.kind if where.kind else INSPECTION.c.kind != BUT_PATROL


def count_inspections(
    connection: Connection, asker: Asker, where: InspectionFilter = ALL_INSPECTIONS, after: int = 0
) -> int:
    """How many inspections a list has, or has beyond a number."""
    counted = select(func.count()).select_from(INSPECTION)
    asked = _in_sight(counted, INSPECTION.c.station, asker, where.place)
    asked = asked.where(_of_kind(where))
    if after:
        asked = asked.where(INSPECTION.c.number > after)
    return int(connection.execute(asked).scalar_one())


def finding_lines(
    connection: Connection, asker: Asker, rows: Sequence[Row[Any]]
) -> list[FindingLine]:
    """Finding rows with what they belong to; two small look-ups for the whole page."""
    numbers = {row.number // 1000 for row in rows}
    asked = select(INSPECTION).where(INSPECTION.c.number.in_(numbers))
    belonging = {each.number: each for each in connection.execute(asked)}
    pictures = _pictures(connection, numbers)
    return [_finding_line(asker, row, belonging[row.number // 1000], pictures) for row in rows]


def _finding_line(
    asker: Asker, row: Row[Any], inspection: Row[Any], pictures: dict[int, tuple[int, int]]
) -> FindingLine:
    edition = asker.rulebooks.edition(inspection.rulebook, inspection.edition)
    announced, here = pictures.get(row.number, (0, 0))
    return FindingLine(
        number=row.number,
        inspection=inspection.number,
        station=row.station,
        station_name=asker.directory.station_name(row.station),
        criterion=row.criterion,
        text=edition.criterion(row.criterion).text,
        severity=row.severity,
        count=row.occurrences,
        points=Decimal(row.points),
        note=row.note,
        at=row.at,
        received_at=inspection.received_at,
        person=asker.directory.person_name(inspection.person),
        kind=inspection.kind,
        pictures=announced,
        pictures_here=here,
    )


def _pictures(connection: Connection, inspections: set[int]) -> dict[int, tuple[int, int]]:
    asked = (
        select(EVIDENCE.c.finding, func.count(), func.count(EVIDENCE.c.arrived_at))
        .where(EVIDENCE.c.inspection.in_(inspections), EVIDENCE.c.finding.is_not(None))
        .group_by(EVIDENCE.c.finding)
    )
    return {number: (announced, here) for number, announced, here in connection.execute(asked)}


def inspection_line(asker: Asker, row: Row[Any]) -> InspectionLine:
    """An inspection row with the names of what it refers to."""
    return InspectionLine(
        number=row.number,
        id=row.id,
        station=row.station,
        station_name=asker.directory.station_name(row.station),
        rulebook=row.rulebook,
        edition=row.edition,
        kind=row.kind,
        title=asker.rulebooks.edition(row.rulebook, row.edition).title,
        person=asker.directory.person_name(row.person),
        via=row.via,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        received_at=row.received_at,
        score=Decimal(row.score),
        max=Decimal(row.max),
        applied_score=Decimal(row.applied_score),
        applied_max=Decimal(row.applied_max),
        findings=row.findings,
    )


def _in_sight(
    asked: Select[Any], station: ColumnElement[str], asker: Asker, place: str | None
) -> Select[Any]:
    """Narrow a question to the stations that the asker sees, and to a place if one is named."""
    if place is None and asker.sight.everything:
        return asked
    inside = asker.directory.under(place) if place else asker.sight.stations
    return asked.where(station.in_({each for each in inside if asker.sight.sees(each)}))


def _paged(
    connection: Connection, asked: Select[Any], number: ColumnElement[int], page: Page
) -> Sequence[Row[Any]]:
    """Rows of a page, the newest first. Towards newer ones the page is read upwards and turned."""
    if page.after is not None:
        upwards = asked.where(number > page.after).order_by(number.asc()).limit(page.limit)
        return list(connection.execute(upwards))[::-1]
    if page.before is not None:
        asked = asked.where(number < page.before)
    return connection.execute(asked.order_by(number.desc()).limit(page.limit)).all()
