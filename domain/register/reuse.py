"""Finds pictures that an earlier inspection had already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.register.queries import EVIDENCE, INSPECTION
from domain.traces import Reuse


def reuses(connection: Connection, inspections: Sequence[int]) -> dict[int, tuple[Reuse, ...]]:
    """Pictures and videos of these inspections that an earlier one had, byte for byte."""
    if not inspections:
        return {}
    wanted = frozenset(inspections)
    later, earlier = EVIDENCE.alias("later"), EVIDENCE.alias("earlier")
    asked = (
        select(
            later.c.inspection,
            later.c.id,
            later.c.sha256,
            earlier.c.inspection.label("before"),
            earlier.c.taken_at,
            INSPECTION.c.station,
        )
        .join(
            earlier,
            (earlier.c.sha256 == later.c.sha256) & (earlier.c.inspection < later.c.inspection),
        )
        .join(INSPECTION, INSPECTION.c.number == earlier.c.inspection)
        .where(later.c.inspection >= min(wanted), later.c.inspection <= max(wanted))
        .order_by(earlier.c.inspection)
    )
    found: dict[int, dict[str, Reuse]] = defaultdict(dict)
    for row in connection.execute(asked):
        if row.inspection in wanted:
            one = Reuse(row.id, row.sha256, row.before, row.station, True, row.taken_at)
            found[row.inspection].setdefault(row.id, one)
    return {number: tuple(pictures.values()) for number, pictures in found.items()}
