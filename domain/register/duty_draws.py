"""Reads the draws of duties that sample stations: their state first, what was drawn where it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from domain.calendar import EveryStation
from domain.draw_steps import Replaced, state_of_draw
from domain.drawing import DrawnStratum
from domain.duties import Duty
from domain.duty_draw import (
    NO_DRAW,
    DutyDraw,
    Sampled,
    drawn_as,
    draws_stations,
    is_draw_of,
)
from domain.duty_life import Standing
from domain.duty_views import DrawLine, DrawnStation
from domain.organisation import Directory
from domain.register.draws import DRAW, DRAW_LIST, REPLACEMENT, RESULT

_states = (
    select(DRAW.c.id, DRAW.c.duty, DRAW.c.path, DRAW.c.period, DRAW_LIST.c.frozen_at)
    .add_columns(RESULT.c.revealed_at)
    .join_from(DRAW, DRAW_LIST, DRAW_LIST.c.draw == DRAW.c.id, isouter=True)
    .join(RESULT, RESULT.c.draw == DRAW.c.id, isouter=True)
)


def draws_of(connection: Connection, duties: list[Duty]) -> dict[str, DutyDraw]:
    """How the draws of the sampled ones among these duties stand, by the duty's id.

    One statement where something is sampled, and two more where something was drawn: a list of
    a thousand stations is read only for a draw that is wanted.
    """
    sampled = [one for one in duties if draws_stations(one.obligation)]
    if not sampled:
        return {}
    names = {drawn_as(one.obligation) for one in sampled}
    announced = connection.execute(_states.where(DRAW.c.duty.in_(names))).all()
    found = {one.id: _its_row(one, announced) for one in sampled}
    drawn = {row.id for row in found.values() if row is not None and row.revealed_at}
    orders = _orders(connection, drawn)
    replaced = _replaced(connection, drawn)
    states = {
        row.id: DutyDraw(
            row.id,
            state_of_draw(
                frozen=bool(row.frozen_at),
                revealed=bool(row.revealed_at),
                replaced=row.id in replaced,
            ),
            orders.get(row.id, ()),
            tuple(replaced.get(row.id, ())),
        )
        for row in found.values()
        if row is not None
    }
    return {duty: states[row.id] if row is not None else NO_DRAW for duty, row in found.items()}


def draw_line(
    duty: Duty,
    drawn: DutyDraw,
    sample: Iterable[Sampled],
    standing: Standing,
    directory: Directory,
) -> DrawLine:
    """How a duty's draw stands, with what was inspected of its stations.

    A duty that has no draw yet is drawn where its post is, for its own period.
    """
    name, covered = directory.station_name, frozenset(standing.covered)
    coverage = duty.obligation.coverage
    return DrawLine(
        id=drawn.id,
        state=drawn.state,
        duty=drawn_as(duty.obligation),
        place=duty.post.place,
        period=duty.window.period,
        stations=tuple(
            DrawnStation(
                station=one.station,
                name=name(one.station),
                why=one.why,
                instead_of=name(one.instead_of) if one.instead_of else None,
                inspected=one.station in covered,
            )
            for one in sample
        ),
        binding=not isinstance(coverage, EveryStation) and coverage.fulfilled_by == "drawn",
    )


def _its_row(duty: Duty, announced: Sequence[Row[Any]]) -> Row[Any] | None:
    return next((r for r in announced if is_draw_of(duty, r.duty, r.path, r.period)), None)


def _orders(connection: Connection, draws: set[str]) -> dict[str, tuple[DrawnStratum, ...]]:
    if not draws:
        return {}
    asked = select(RESULT.c.draw, RESULT.c.drawn).where(RESULT.c.draw.in_(draws))
    return {
        draw: msgspec.json.decode(drawn, type=tuple[DrawnStratum, ...])
        for draw, drawn in connection.execute(asked).all()
    }


def _replaced(connection: Connection, draws: set[str]) -> dict[str, list[Replaced]]:
    found: dict[str, list[Replaced]] = {}
    if draws:
        asked = select(REPLACEMENT).where(REPLACEMENT.c.draw.in_(draws))
        for row in connection.execute(asked.order_by(REPLACEMENT.c.number)):
            one = Replaced(row.station, row.by_station, row.reason, row.replaced_at)
            found.setdefault(row.draw, []).append(one)
    return found
