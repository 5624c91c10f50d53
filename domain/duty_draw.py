"""What a draw makes of a sampled duty: the stations that it wants, and no others.

Once a draw is revealed, a duty that is read as fulfilled by drawn stations wants exactly those of
its place that came in, each one replaced by the next, and those that must be inspected anyway. A
draw by a rule that takes fewer than the calendar wants is filled up in the drawn order, so nobody
chooses. Until it is revealed, any stations count as they do without a draw.

Source: facts I4, I6, I7; readings L17-drawn, L18.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from domain.calendar import EveryStation, Obligation
from domain.draw_steps import Replaced
from domain.drawing import DrawnStratum, Placed, Why
from domain.duties import Cover, Duty
from domain.months import Months

DutyDrawState = Literal["none", "announced", "frozen", "drawn", "replaced"]
"""How far the draw of a duty has come; `none` where none was announced."""


class DutyDraw(msgspec.Struct, frozen=True, gc=False):
    """What a duty knows of its draw.

    Attributes:
        id: `i4.co.2026-12`; empty where none was announced.
        drawn: The drawn order of each unit, none until it is revealed.
    """

    id: str = ""
    state: DutyDrawState = "none"
    drawn: tuple[DrawnStratum, ...] = ()
    replaced: tuple[Replaced, ...] = ()


NO_DRAW = DutyDraw()


class Sampled(msgspec.Struct, frozen=True, gc=False):
    """A station that a duty wants because of its draw.

    Attributes:
        why: By what it came in; None for one that must be in by the calendar alone.
        instead_of: The station that it replaces.
    """

    station: str
    why: Why | None
    instead_of: str | None = None


def draws_stations(obligation: Obligation) -> bool:
    """Whether an obligation leaves open which stations it takes."""
    return not isinstance(obligation.coverage, EveryStation)


def drawn_as(obligation: Obligation) -> str:
    """The name by which draws know an obligation: `i4` for I4."""
    return obligation.id.lower()


def is_draw_of(duty: Duty, drawn_for: str, path: str, period: str) -> bool:
    """Whether a draw is about all stations of a duty, and all of its months.

    Args:
        drawn_for: What is drawn, such as `i4`.
        path: Of the place whose stations are drawn from: the duty's own, or one above.
    """
    months, first, last = Months.written(period), duty.window.first, duty.window.printed
    return (
        drawn_for == drawn_as(duty.obligation)
        and duty.place.path.startswith(path)
        and months.first <= first.year * 12 + first.month - 1
        and last.year * 12 + last.month - 1 <= months.last
    )


def with_sample(duty: Duty, sample: Sequence[Sampled]) -> Duty:
    """The duty as its draw leaves it: only drawn stations count, if that is how it is read."""
    coverage = duty.obligation.coverage
    if isinstance(coverage, EveryStation) or coverage.fulfilled_by == "any" or not sample:
        return duty
    wanted = frozenset(one.station for one in sample)
    return msgspec.structs.replace(duty, cover=Cover(len(wanted), wanted, wanted))


def sampled(cover: Cover, drawn: DutyDraw) -> tuple[Sampled, ...]:
    """The stations that a revealed draw makes a duty want, in the drawn order, musts last.

    A station that left the place since is not wanted here; one that is not in business neither.
    """
    gone = {one.station for one in drawn.replaced}
    instead = {one.by_station: one.station for one in drawn.replaced}
    order = [
        (placed, turn < stratum.taken or placed.station in instead)
        for stratum in drawn.drawn
        for turn, placed in enumerate(stratum.order)
        if placed.station in cover.among and placed.station not in gone
    ]
    if not order:
        return ()
    musts = cover.must - gone
    fill = cover.wanted - len({p.station for p, comes_in in order if comes_in} | musts)
    taken = _taken(order, musts, fill)
    found = [Sampled(one.station, one.why, instead.get(one.station)) for one in taken]
    return (*found, *_others(musts, {one.station for one in taken}))


def _taken(
    order: Sequence[tuple[Placed, bool]], musts: frozenset[str], fill: int
) -> tuple[Placed, ...]:
    """Those that are in, and as many of those waiting as are missing, in the drawn order."""
    waiting = [placed for placed, comes_in in order if not comes_in and placed.station not in musts]
    filled = {placed.station for placed in waiting[: max(0, fill)]}
    return tuple(placed for placed, comes_in in order if comes_in or placed.station in filled)


def _others(musts: Iterable[str], taken: set[str]) -> Iterable[Sampled]:
    return (Sampled(one, None) for one in sorted(musts) if one not in taken)
