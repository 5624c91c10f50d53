"""Reads a receipt again, with what says who may read it."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.register.journal_table import JOURNAL
from domain.register.queries import INSPECTION
from domain.register.received import evidence_waiting
from domain.submission import Receipt


class KeptReceipt(NamedTuple):
    """A receipt, who sent the form, and about which station."""

    receipt: Receipt
    person: str | None
    station: str


_kept = select(
    INSPECTION.c.number,
    INSPECTION.c.received_at,
    INSPECTION.c.score,
    INSPECTION.c.max,
    INSPECTION.c.findings,
    INSPECTION.c.person,
    INSPECTION.c.station,
    JOURNAL.c.seal,
).join_from(INSPECTION, JOURNAL, JOURNAL.c.seq == INSPECTION.c.number)


def kept_receipt(connection: Connection, inspection: str) -> KeptReceipt | None:
    """The receipt of the form with this id, if it was taken in."""
    row = connection.execute(_kept.where(INSPECTION.c.id == inspection)).first()
    if row is None:
        return None
    receipt = Receipt(
        id=inspection,
        number=row.number,
        seq=row.number,
        seal=row.seal,
        at=row.received_at,
        score=row.score,
        max=row.max,
        findings=row.findings,
        evidence_waiting=evidence_waiting(connection, row.number),
    )
    return KeptReceipt(receipt, row.person, row.station)
