"""Reads one inspection whole: its findings, evidence, contested forms and seal."""

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.presence import Presence
from domain.register.journal_table import JOURNAL
from domain.register.queries import (
    EVIDENCE,
    FINDING,
    INSPECTION,
    Asker,
    finding_lines,
    inspection_line,
)
from domain.register.tables import ContestRow
from domain.register.teams import countersignature_of, steps_of, team_of
from domain.register.work import table_of
from domain.team import merge
from domain.views import Contest, EvidenceItem, InspectionSheet, Signature

CONTEST = table_of(ContestRow)


def inspection_sheet(connection: Connection, asker: Asker, number: int) -> InspectionSheet | None:
    """The inspection with this number, or None if there is none in sight."""
    row = connection.execute(select(INSPECTION).where(INSPECTION.c.number == number)).first()
    if row is None or not asker.sight.sees(row.station):
        return None
    first, last = number * 1000, number * 1000 + 999
    asked = select(FINDING).where(FINDING.c.number.between(first, last)).order_by(FINDING.c.number)
    found = connection.execute(asked).all()
    point = asker.directory.points.get(row.point)
    device = asker.directory.devices.get(row.device)
    return InspectionSheet(
        line=inspection_line(asker, row),
        point_name=point.name if point else None,
        device_name=device.name if device else "",
        note=row.note,
        presence=msgspec.json.decode(row.presence, type=Presence),
        not_applicable=msgspec.json.decode(row.not_applicable, type=tuple[str, ...]),
        inputs=msgspec.json.decode(row.inputs, type=dict[str, dict[str, str]]),
        found=tuple(finding_lines(connection, asker, found)),
        clauses=tuple(each.clause for each in found),
        evidence=_evidence(connection, number),
        contests=_contests(connection, asker, number),
        seal=connection.execute(select(JOURNAL.c.seal).where(JOURNAL.c.seq == number)).scalar_one(),
        entered_by=_entered_by(connection, asker, row.id),
        countersigned=_countersigned(connection, asker, number),
    )


def number_of(connection: Connection, inspection_id: str) -> int | None:
    """The number of the inspection with this id."""
    asked = select(INSPECTION.c.number).where(INSPECTION.c.id == inspection_id)
    return connection.execute(asked).scalar()


def _entered_by(connection: Connection, asker: Asker, inspection_id: str) -> tuple[str, ...]:
    """Who entered each finding of a team inspection; its lines are the findings that hold."""
    team = team_of(connection, inspection_id)
    if team is None:
        return ()
    edition = asker.rulebooks.edition(team.rulebook, team.edition)
    found = merge(edition, steps_of(connection, team.id)).found
    return tuple(asker.directory.person_name(one.person) for one in found)


def _countersigned(connection: Connection, asker: Asker, number: int) -> Signature | None:
    signed = countersignature_of(connection, number)
    if signed is None:
        return None
    return Signature(asker.directory.person_name(signed.person), signed.at, signed.note)


def _evidence(connection: Connection, number: int) -> tuple[EvidenceItem, ...]:
    asked = (
        select(
            EVIDENCE.c.id,
            EVIDENCE.c.finding,
            EVIDENCE.c.kind,
            EVIDENCE.c.name,
            EVIDENCE.c.media_type,
            EVIDENCE.c.size,
            EVIDENCE.c.sha256,
            EVIDENCE.c.taken_at,
            EVIDENCE.c.arrived_at,
        )
        .where(EVIDENCE.c.inspection == number)
        .order_by(EVIDENCE.c.finding, EVIDENCE.c.id)
    )
    return tuple(EvidenceItem(*row) for row in connection.execute(asked))


def _contests(connection: Connection, asker: Asker, number: int) -> tuple[Contest, ...]:
    asked = select(CONTEST).where(CONTEST.c.inspection == number).order_by(CONTEST.c.number)
    return tuple(
        Contest(c.number, asker.directory.person_name(c.person), c.received_at, c.form)
        for c in connection.execute(asked)
    )
