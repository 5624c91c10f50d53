"""Pictures and videos that follow a form."""

from sqlalchemy import select

from domain.canonical import instant
from domain.procedures.refusals import Unknown
from domain.register.tables import EvidenceRow
from domain.register.work import Work, table_of
from domain.text import Text

EVIDENCE = table_of(EvidenceRow)


def receive_evidence(work: Work, evidence: str) -> None:
    """Note that the bytes are in the media store. Safe to repeat.

    The caller has checked size and digest and synced the file: bytes first, then the entry.
    """
    asked = select(EVIDENCE.c.arrived_at, EVIDENCE.c.sha256).where(EVIDENCE.c.id == evidence)
    known = work.connection.execute(asked).first()
    if known is None:
        raise Unknown(Text(zh="附件登记", en="announced picture or video"), evidence)
    if known.arrived_at is None:
        work.update(EvidenceRow, evidence, arrived_at=instant(work.now))
        work.journal("evidence.arrived", evidence, sha256=known.sha256)
