"""Reads the draws that duties' samples come from."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from domain.draw_steps import DrawState
from domain.drawing import DrawnStratum
from domain.duties import Duty
from domain.duty_draws import DutyDraw, draw_about, drawn_as
from domain.months import Months
from domain.register.draws import DRAW, DRAW_LIST, REPLACEMENT, RESULT

_period = DRAW.c.period
_asked = (
    select(DRAW.c.id, DRAW.c.duty, DRAW.c.place, _period, DRAW_LIST.c.number, RESULT.c.drawn)
    .join_from(DRAW, DRAW_LIST, DRAW_LIST.c.draw == DRAW.c.id, isouter=True)
    .join(RESULT, RESULT.c.draw == DRAW.c.id, isouter=True)
)
MONTH = len("2026-11")


def draws_about(connection: Connection, duties: list[Duty]) -> dict[str, DutyDraw]:
    """The draw of each duty that has one, by the duty's id: two statements at most."""
    sampled = [one for one in duties if one.cover.drawn]
    if not sampled:
        return {}
    first = min(one.window.first for one in sampled)
    last = max(one.window.first for one in sampled)
    rows = connection.execute(
        _asked.where(
            DRAW.c.duty.in_({drawn_as(one) for one in sampled}),
            func.substr(_period, 1, MONTH) <= f"{last:%Y-%m}",
            func.substr(_period, func.length(_period) - MONTH + 1) >= f"{first:%Y-%m}",
        )
    ).all()
    replaced = _replaced(connection, [row.id for row in rows if row.drawn])
    draws = [
        DutyDraw(
            row.id,
            row.duty,
            row.place,
            Months.written(row.period),
            _state(row.number, row.drawn, replaced.get(row.id)),
            _inspected(row.drawn, replaced.get(row.id, {})),
        )
        for row in rows
    ]
    found = ((one.id, draw_about(one, draws)) for one in sampled)
    return {duty: draw for duty, draw in found if draw}


def _replaced(connection: Connection, drawn: list[str]) -> dict[str, dict[str, str]]:
    """Stations that were replaced, and by which, by draw."""
    found: dict[str, dict[str, str]] = {}
    if drawn:
        asked = select(REPLACEMENT).where(REPLACEMENT.c.draw.in_(drawn))
        for row in connection.execute(asked.order_by(REPLACEMENT.c.number)):
            found.setdefault(row.draw, {})[row.station] = row.by_station
    return found


def _state(frozen: int | None, drawn: str | None, replaced: dict[str, str] | None) -> DrawState:
    if drawn:
        return "replaced" if replaced else "drawn"
    return "frozen" if frozen else "announced"


def _inspected(drawn: str | None, replaced: dict[str, str]) -> frozenset[str]:
    strata = msgspec.json.decode(drawn, type=tuple[DrawnStratum, ...]) if drawn else ()
    taken = {station for stratum in strata for station in stratum.stations}
    return frozenset((taken | set(replaced.values())) - set(replaced))
