"""Reads marks of pictures: which have none yet, and which others a picture may be a copy of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from domain.picture_marks import Mark, unpacked
from domain.register.picture_tables import PictureAlikeRow, PictureKeyRow, PictureMarkRow
from domain.register.queries import EVIDENCE
from domain.register.work import table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.engine import Connection

MARK, KEY, ALIKE = table_of(PictureMarkRow), table_of(PictureKeyRow), table_of(PictureAlikeRow)
CANDIDATES = 100
"""Pictures that share most hashes; only these are looked at any further."""
SHARED = 3
"""Hashes that a candidate shares at least."""


def without_marks(connection: Connection, most: int) -> list[str]:
    """Digests of pictures that arrived and have no marks yet, the oldest first."""
    asked = (
        select(EVIDENCE.c.sha256)
        .outerjoin(MARK, MARK.c.sha256 == EVIDENCE.c.sha256)
        .where(
            EVIDENCE.c.kind == "picture",
            EVIDENCE.c.arrived_at.is_not(None),
            MARK.c.sha256.is_(None),
        )
        .group_by(EVIDENCE.c.sha256)
        .order_by(func.min(EVIDENCE.c.inspection))
        .limit(most)
    )
    return list(connection.execute(asked).scalars())


def already_marked(connection: Connection, digests: Sequence[str]) -> set[str]:
    """Those of these pictures that have marks."""
    asked = select(MARK.c.sha256).where(MARK.c.sha256.in_(digests))
    return set(connection.execute(asked).scalars())


def candidates(connection: Connection, keys: Collection[int]) -> list[tuple[str, tuple[Mark, ...]]]:
    """Digests and marks of the pictures that share most of these hashes; few, whatever is kept."""
    many = func.count()
    shared = (
        select(KEY.c.picture, many.label("many"))
        .where(KEY.c.key.in_(sorted(keys)))
        .group_by(KEY.c.picture)
        .having(many >= SHARED)
        .order_by(many.desc(), KEY.c.picture)
        .limit(CANDIDATES)
        .subquery()
    )
    asked = (
        select(MARK.c.sha256, MARK.c.marks)
        .join(shared, shared.c.picture == MARK.c.number)
        .order_by(shared.c.many.desc())
    )
    return [(row.sha256, unpacked(row.marks)) for row in connection.execute(asked)]
