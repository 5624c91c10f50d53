"""Pictures and videos that follow a form."""

from domain.canonical import instant
from domain.procedures.refusals import Unknown
from domain.register.received import ARRIVED, arrived
from domain.register.tables import EvidenceRow
from domain.register.work import Work, foresees
from domain.text import Text


@foresees(lambda evidence: [(ARRIVED, evidence)])
def receive_evidence(work: Work, evidence: str) -> None:
    """Note that the bytes are in the media store. Safe to repeat.

    The caller has checked size and digest and synced the file: bytes first, then the entry.
    """
    known = arrived(work, evidence)
    if known is None:
        raise Unknown(Text(zh="附件登记", en="announced picture or video"), evidence)
    if known.arrived_at is None:
        work.update(EvidenceRow, evidence, arrived_at=instant(work.now))
        work.journal("evidence.arrived", evidence, sha256=known.sha256)
