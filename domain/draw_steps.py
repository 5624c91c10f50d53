"""A draw as its steps left it: announced, frozen, drawn, and stations replaced since.

The seed is chosen and committed to first, the list is frozen after, and only then the seed is
revealed; a value that is published later and that nobody chooses can be declared to go into it.

Source: facts I4, I6, I7; L17 (rotation).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec

from domain.canonical import digest, moment
from domain.drawing import DrawnStratum, FrozenList, Placed, Rule
from domain.months import CHINA, Months

DrawState = Literal["announced", "frozen", "drawn", "replaced"]
DUTY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
PUBLIC_VALUE = re.compile(r"[0-9]{5,60}", re.ASCII)
"""Digits alone, so that one value has one spelling; fewer than five leave too little to chance."""


class Announced(msgspec.Struct, frozen=True):
    """What is said before anything is known.

    Attributes:
        path: The place's path when it was announced.
        commitment: SHA-256 of the seed's text.
        public_source: What is published later and goes into the seed; empty for nothing.
        public_on: The day it is published.
    """

    id: str
    duty: str
    place: str
    path: str
    period: str
    commitment: str
    rule: Rule
    public_source: str
    public_on: date | None
    announced_at: str

    def collides(self, other: Announced) -> bool:
        """Whether both draw some station for the same duty and the same month."""
        one, two = Months.written(self.period), Months.written(other.period)
        return (
            self.duty == other.duty
            and (self.path.startswith(other.path) or other.path.startswith(self.path))
            and one.first <= two.last
            and two.first <= one.last
        )


class Replaced(msgspec.Struct, frozen=True):
    """A station that was drawn and cannot be inspected, and the next in the drawn order."""

    station: str
    by_station: str
    reason: str
    replaced_at: str


class Draw(msgspec.Struct, frozen=True):
    """A draw with the steps that it has behind it."""

    announced: Announced
    frozen: FrozenList | None = None
    freezing_seal: str = ""
    frozen_at: str = ""
    seed: str = ""
    public_value: str = ""
    drawn: tuple[DrawnStratum, ...] | None = None
    revealed_at: str = ""
    replaced: tuple[Replaced, ...] = ()

    @property
    def state(self) -> DrawState:
        """How far it has come."""
        return state_of_draw(
            frozen=bool(self.frozen),
            revealed=self.drawn is not None,
            replaced=bool(self.replaced),
        )


def state_of_draw(*, frozen: bool, revealed: bool, replaced: bool) -> DrawState:
    """How far an announced draw has come."""
    if revealed:
        return "replaced" if replaced else "drawn"
    return "frozen" if frozen else "announced"


class Standing(NamedTuple):
    """A station in the drawn order; in unless replaced, or `instead_of` another."""

    stratum: str
    placed: Placed
    comes_in: bool
    replaced: Replaced | None = None
    instead_of: Replaced | None = None

    @property
    def inspected(self) -> bool:
        """Whether the station is to be inspected, as things stand."""
        return (self.comes_in or self.instead_of is not None) and self.replaced is None


def standings(draw: Draw) -> tuple[Standing, ...]:
    """Every station of a draw in the drawn order, with what became of it."""
    gone = {one.station: one for one in draw.replaced}
    instead = {one.by_station: one for one in draw.replaced}
    return tuple(
        Standing(
            stratum.id,
            placed,
            turn < stratum.taken,
            gone.get(placed.station),
            instead.get(placed.station),
        )
        for stratum in draw.drawn or ()
        for turn, placed in enumerate(stratum.order)
    )


def next_in_order(draw: Draw, station: str) -> str | None:
    """Who replaces a station that is to be inspected; None if nobody is left in its stratum.

    Raises:
        KeyError: That station is not to be inspected by this draw.
    """
    all_of = standings(draw)
    stratum = next((s.stratum for s in all_of if s.placed.station == station and s.inspected), None)
    if stratum is None:
        raise KeyError(station)
    waiting = (
        s.placed.station
        for s in all_of
        if s.stratum == stratum and not s.comes_in and s.instead_of is None
    )
    return next(waiting, None)


def draw_id(duty: str, place: str, period: str) -> str:
    """The id of a draw: it follows from what is drawn, so nobody can try several."""
    return f"{duty}.{place}.{period}"


def commitment(seed: str) -> str:
    """What is journalled in place of the seed."""
    return digest(seed.encode())


def day_of(at: str) -> date:
    """The day in China of a stored moment."""
    return moment(at).astimezone(CHINA).date()


def announced_of(row: Mapping[str, Any]) -> Announced:
    """The announcement that a stored row, or its image in the journal, holds."""
    day = row["public_on"]
    return Announced(
        row["id"],
        row["duty"],
        row["place"],
        row["path"],
        row["period"],
        row["commitment"],
        msgspec.json.decode(row["rule"], type=Rule),
        row["public_source"],
        date.fromisoformat(day) if day else None,
        row["announced_at"],
    )
