"""Reads what forms have announced and what has come: pictures and videos."""

from typing import Any, Literal

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from domain.register.queries import EVIDENCE, INSPECTION


class Announced(msgspec.Struct, frozen=True):
    """A picture or video that a form announced.

    Attributes:
        station: Where the inspection took place.
        person: Who sent the form.
    """

    id: str
    kind: Literal["picture", "video"]
    name: str
    size: int
    sha256: str
    media_type: str
    arrived_at: str | None
    station: str
    device: str | None
    person: str | None


_announced: Select[Any] = select(
    EVIDENCE.c.id,
    EVIDENCE.c.kind,
    EVIDENCE.c.name,
    EVIDENCE.c.size,
    EVIDENCE.c.sha256,
    EVIDENCE.c.media_type,
    EVIDENCE.c.arrived_at,
    INSPECTION.c.station,
    INSPECTION.c.device,
    INSPECTION.c.person,
).join_from(EVIDENCE, INSPECTION, EVIDENCE.c.inspection == INSPECTION.c.number)


def announced(connection: Connection, evidence: str) -> Announced | None:
    """What was announced under this id."""
    row = connection.execute(_announced.where(EVIDENCE.c.id == evidence)).first()
    return Announced(*row) if row else None


def media_named(connection: Connection, sha256: str) -> list[Announced]:
    """Everything announced with this content: the same picture may belong to several."""
    return [
        Announced(*row) for row in connection.execute(_announced.where(EVIDENCE.c.sha256 == sha256))
    ]
