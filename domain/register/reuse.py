"""Finds pictures that an earlier inspection had already.

Byte for byte by their digests, which forms announce: the bytes need not have come. The same shot,
cropped or saved again, by what was found of the pictures that came (`picture_alike`). Forms that
one person sends from one station within half an hour, or while a long one is filled in, are one
visit: a picture may serve several.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, select

from domain.canonical import moment
from domain.register.picture_marks import ALIKE
from domain.register.queries import EVIDENCE, INSPECTION
from domain.traces import Reuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, Row, Select
    from sqlalchemy.engine import Connection
    from sqlalchemy.sql.elements import ColumnElement

ONE_VISIT = timedelta(minutes=30)
LONG_VISIT = timedelta(hours=4)
"""A comprehensive inspection; whoever leaves a form open for days does not make it one visit."""
_later, _earlier = EVIDENCE.alias("later"), EVIDENCE.alias("earlier")
_now, _then = INSPECTION.alias("now"), INSPECTION.alias("then")


def reuses(connection: Connection, inspections: Sequence[int]) -> dict[int, tuple[Reuse, ...]]:
    """Pictures and videos of these inspections that an earlier one had.

    Of several earlier ones the first counts, and the very same file before one that is alike.
    """
    if not inspections:
        return {}
    wanted = frozenset(inspections)
    found: dict[int, dict[str, Reuse]] = defaultdict(dict)
    for asked in (
        _same(),
        _alike(ALIKE.c.sha256, ALIKE.c.other),
        _alike(ALIKE.c.other, ALIKE.c.sha256),
    ):
        span = _later.c.inspection.between(min(wanted), max(wanted))
        for row in connection.execute(asked.where(span)):
            if row.inspection in wanted and not _is_one_visit(row):
                one = Reuse(row.id, row.sha256, row.before, row.station, row.exact, row.taken_at)
                known = found[row.inspection].setdefault(row.id, one)
                if (not one.exact, one.earlier) < (not known.exact, known.earlier):
                    found[row.inspection][row.id] = one
    return {number: tuple(pictures.values()) for number, pictures in found.items()}


def _asked(*, exact: bool) -> Select[Any]:
    return select(
        _later.c.inspection,
        _later.c.id,
        _later.c.sha256,
        _earlier.c.inspection.label("before"),
        _earlier.c.taken_at,
        _then.c.station,
        literal(exact).label("exact"),
        _now.c.station.label("now_station"),
        _now.c.person.label("now_person"),
        _then.c.person,
        _now.c.submitted_at.label("now_at"),
        _now.c.started_at.label("now_from"),
        _then.c.submitted_at,
    )


def _same() -> Select[Any]:
    return _joined(_asked(exact=True), _later.c.sha256 == _earlier.c.sha256)


def _alike(ours: Column[str], theirs: Column[str]) -> Select[Any]:
    named = ours == _later.c.sha256, theirs == _earlier.c.sha256
    return _joined(_asked(exact=False).select_from(ALIKE), *named)


def _joined(asked: Select[Any], *how: ColumnElement[bool]) -> Select[Any]:
    return asked.where(
        *how,
        _earlier.c.inspection < _later.c.inspection,
        _now.c.number == _later.c.inspection,
        _then.c.number == _earlier.c.inspection,
    )


def _is_one_visit(row: Row[Any]) -> bool:
    """Whether one person sent both from one station within half an hour.

    Or within some hours, if the later form was being filled in all that time.
    """
    if row.person is None or (row.person, row.station) != (row.now_person, row.now_station):
        return False
    then = moment(row.submitted_at)
    apart = abs(moment(row.now_at) - then)
    return apart <= ONE_VISIT or (apart <= LONG_VISIT and moment(row.now_from) - ONE_VISIT <= then)
