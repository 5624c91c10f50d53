"""Reads which pictures of inspections an earlier inspection had already: the very same bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.register.queries import EVIDENCE, INSPECTION
from domain.traces import Reuse

AT_ONCE = 500
"""Numbers asked for in one statement."""


def reuses(connection: Connection, inspections: Sequence[int]) -> dict[int, tuple[Reuse, ...]]:
    """Pictures of these inspections that an earlier one had; the first to have it is named."""
    found: dict[int, dict[str, Reuse]] = defaultdict(dict)
    before = EVIDENCE.alias()
    asked = (
        select(
            EVIDENCE.c.inspection,
            EVIDENCE.c.id,
            EVIDENCE.c.sha256,
            before.c.inspection,
            INSPECTION.c.station,
            before.c.taken_at,
        )
        .join(before, before.c.sha256 == EVIDENCE.c.sha256)
        .join(INSPECTION, INSPECTION.c.number == before.c.inspection)
        .where(before.c.inspection < EVIDENCE.c.inspection)
        .order_by(before.c.inspection)
    )
    for start in range(0, len(inspections), AT_ONCE):
        some = inspections[start : start + AT_ONCE]
        for row in connection.execute(asked.where(EVIDENCE.c.inspection.in_(some))):
            number, evidence, sha256, earlier, station, taken_at = row
            reuse = Reuse(evidence, sha256, earlier, station, exact=True, taken_at=taken_at)
            found[number].setdefault(evidence, reuse)
    return {number: tuple(those.values()) for number, those in found.items()}
