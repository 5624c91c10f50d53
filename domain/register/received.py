"""What procedures must know before they decide: was this received before, what was offered."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.register.queries import EVIDENCE, INSPECTION
from domain.register.statements import Lookup
from domain.register.tables import ContestRow, EnrolmentRow
from domain.register.work import Work, table_of

CONTEST = table_of(ContestRow)
OFFER = table_of(EnrolmentRow)


class Received(NamedTuple):
    """A form that was taken in before."""

    number: int
    form_sha256: str
    received_at: str
    score: str
    max: str
    findings: int
    station: str


class Offer(NamedTuple):
    """A one-time code; `device` is the phone that used it."""

    person: str
    expires_at: str
    device: str | None


class Arrived(NamedTuple):
    """An announced picture or video, and when its bytes came."""

    sha256: str
    arrived_at: str | None


RECEIVED = Lookup(
    select(
        INSPECTION.c.number,
        INSPECTION.c.form_sha256,
        INSPECTION.c.received_at,
        INSPECTION.c.score,
        INSPECTION.c.max,
        INSPECTION.c.findings,
        INSPECTION.c.station,
    ),
    INSPECTION.c.id,
)
ARRIVED = Lookup(select(EVIDENCE.c.sha256, EVIDENCE.c.arrived_at), EVIDENCE.c.id)


def received(work: Work, inspection: str) -> Received | None:
    """The form with this id, if it was taken in."""
    row = work.first(RECEIVED, inspection)
    return Received(*row) if row else None


def evidence_waiting(connection: Connection, number: int) -> tuple[str, ...]:
    """Ids of an inspection's pictures and videos that have not arrived."""
    missing = select(EVIDENCE.c.id).where(
        EVIDENCE.c.inspection == number, EVIDENCE.c.arrived_at.is_(None)
    )
    return tuple(connection.execute(missing.order_by(EVIDENCE.c.id)).scalars())


def contests_of(connection: Connection, number: int) -> frozenset[str]:
    """Digests of the other forms that are kept beside the inspection."""
    asked = select(CONTEST.c.form_sha256).where(CONTEST.c.inspection == number)
    return frozenset(connection.execute(asked).scalars())


def offer(connection: Connection, code_sha256: str) -> Offer | None:
    """The one-time code with this digest."""
    asked = select(OFFER.c.person, OFFER.c.expires_at, OFFER.c.device)
    row = connection.execute(asked.where(OFFER.c.code_sha256 == code_sha256)).first()
    return Offer(*row) if row else None


def arrived(work: Work, evidence: str) -> Arrived | None:
    """What was announced under this id, and whether it came."""
    row = work.first(ARRIVED, evidence)
    return Arrived(*row) if row else None
