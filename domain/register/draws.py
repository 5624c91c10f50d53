"""Reads draws and what they are made from; keeps the seeds of this node beside the records."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Row

from domain.draw_steps import Draw, Replaced, announced_of, commitment, day_of
from domain.drawing import DrawnStratum, FrozenList
from domain.register.draw_tables import DrawListRow, DrawReplacementRow, DrawResultRow, DrawRow
from domain.register.journal_table import JOURNAL
from domain.register.queries import INSPECTION
from domain.register.work import table_of

DRAW = table_of(DrawRow)
DRAW_LIST = table_of(DrawListRow)
RESULT = table_of(DrawResultRow)
REPLACEMENT = table_of(DrawReplacementRow)
_columns = (
    DRAW,
    DRAW_LIST.c.frozen,
    DRAW_LIST.c.frozen_at,
    JOURNAL.c.seal,
    RESULT.c.seed,
    RESULT.c.public_value,
    RESULT.c.drawn,
    RESULT.c.revealed_at,
)
_draws = (
    select(*_columns)
    .join_from(DRAW, DRAW_LIST, DRAW_LIST.c.draw == DRAW.c.id, isouter=True)
    .join(JOURNAL, JOURNAL.c.seq == DRAW_LIST.c.number, isouter=True)
    .join(RESULT, RESULT.c.draw == DRAW.c.id, isouter=True)
    .order_by(DRAW.c.number.desc())
)


def draws(connection: Connection) -> tuple[Draw, ...]:
    """All draws, the newest first."""
    replaced: dict[str, list[Replaced]] = {}
    for row in connection.execute(select(REPLACEMENT).order_by(REPLACEMENT.c.number)):
        replaced.setdefault(row.draw, []).append(_replaced(row))
    return tuple(_draw(row, replaced.get(row.id, ())) for row in connection.execute(_draws))


def draw_of(connection: Connection, draw: str) -> Draw | None:
    """The draw with this id."""
    row = connection.execute(_draws.where(DRAW.c.id == draw)).first()
    if row is None:
        return None
    asked = select(REPLACEMENT).where(REPLACEMENT.c.draw == draw).order_by(REPLACEMENT.c.number)
    return _draw(row, map(_replaced, connection.execute(asked)))


def _replaced(row: Row[Any]) -> Replaced:
    return Replaced(row.station, row.by_station, row.reason, row.replaced_at)


def _draw(row: Row[Any], replaced: Iterable[Replaced]) -> Draw:
    drawn = row.drawn and msgspec.json.decode(row.drawn, type=tuple[DrawnStratum, ...])
    return Draw(
        announced_of(dict(zip(row._fields, row, strict=True))),
        row.frozen and msgspec.json.decode(row.frozen, type=FrozenList),
        row.seal or "",
        row.frozen_at or "",
        row.seed or "",
        row.public_value or "",
        drawn,
        row.revealed_at or "",
        tuple(replaced),
    )


def last_seen(connection: Connection, kinds: tuple[str, ...]) -> dict[str, date]:
    """The day each station was last inspected, by these kinds of inspection or by any."""
    asked = select(INSPECTION.c.station, func.max(INSPECTION.c.received_at))
    if kinds:
        asked = asked.where(INSPECTION.c.kind.in_(kinds))
    found = connection.execute(asked.group_by(INSPECTION.c.station))
    return {station: day_of(at) for station, at in found}


def make_seed(folder: Path) -> str:
    """A new seed, safely on disk before anybody commits to it; never in journal or database."""
    seed = secrets.token_hex(32)
    file = _seed_file(folder, commitment(seed))
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
        kept.write(seed)
        kept.flush()
        os.fsync(kept.fileno())
    return seed


def kept_seed(folder: Path, committed: str) -> str | None:
    """The seed behind a commitment, if this node made it."""
    file = _seed_file(folder, committed)
    return file.read_text().strip() if file.is_file() else None


def _seed_file(folder: Path, committed: str) -> Path:
    return folder / "seeds" / f"{committed}.txt"
