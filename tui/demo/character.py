"""What makes stations and inspectors of the demonstration differ, so that scores have causes.

Most stations are average and get a little better over the year. Some are chronically weak in one
theme; of these some mend it halfway through. Inspectors are strict or lenient; one hardly looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import exp
from random import Random
from typing import Final, NamedTuple

from domain.organisation import Person
from tui.demo.chain import Chain

THEMES: Final[dict[str, tuple[str, ...]]] = {
    "service": ("A.a", "A.b", "A.d", "A.f", "A.g", "A.h", "a"),
    "discipline": ("B.a", "B.b", "d"),
    "dress": ("C.a", "C.b", "b"),
    "looks": ("D.a", "D.b", "D.c", "D.d", "c"),
    "cleanliness": ("E.a", "E.b", "c"),
    "equipment": ("D.b", "E.c", "e"),
    "safety": ("A.e", "f", "g"),
}
"""Groups of both check lists in which a station tends to be weak together."""

CHRONIC: Final = 14
"""Stations that are chronically weak in a theme."""
MENDING: Final = 5
"""Of these, how many mend it from the seventh month on."""
WEAK: Final = 4.5
MENDED: Final = 1.4
MENDS_IN: Final = 6


class Station(NamedTuple):
    """A station's character.

    Attributes:
        slips: How much more often than usual anything is found there.
        weak: Groups in which it is weak.
        mends: Whether it mends them.
        drift: What `slips` is multiplied by each month.
        spared: Criteria that never apply there.
    """

    slips: float
    weak: frozenset[str]
    mends: bool
    drift: float
    spared: frozenset[str]

    def weight(self, group: str, month: int) -> float:
        """How much more often than usual a group's faults are found in the nth month, from 0."""
        slips = self.slips * self.drift**month
        if group not in self.weak:
            return slips
        return slips * (MENDED if self.mends and month >= MENDS_IN else WEAK)


class Inspector(NamedTuple):
    """An inspector's character.

    Attributes:
        sees: The share of what is wrong that gets written down; above 1 for who looks twice.
        hasty: Whether a round takes minutes only.
        clock_off: How far the phone's clock is ahead.
    """

    sees: float
    hasty: bool
    clock_off: timedelta


def draw_stations(chain: Chain, chance: Random) -> dict[str, Station]:
    """Every station's character, by id."""
    stations = chain.of_kind("station")
    chronic = chance.sample([station.id for station in stations], CHRONIC)
    drawn = {}
    for station in stations:
        nth = chronic.index(station.id) if station.id in chronic else None
        theme = None if nth is None else sorted(THEMES)[nth % len(THEMES)]
        drawn[station.id] = Station(
            slips=exp(chance.gauss(0, 0.28)) * (1.3 - 0.1 * station.stars),
            weak=frozenset(THEMES[theme] if theme else ()),
            mends=nth is not None and nth < MENDING,
            drift=exp(chance.gauss(-0.02, 0.015)),
            spared=frozenset(_spared(chain, station.id, chance)),
        )
    return drawn


def _spared(chain: Chain, station: str, chance: Random) -> Sequence[str]:
    kinds = {point.kind for point in chain.points if point.station == station}
    spared = [] if "generator" in kinds else ["E.b.5"]
    spared += [] if "store" in kinds else ["c.4"]
    self_service = chance.random() < 0.3
    spared += ["A.e.2", "a.7"] if self_service else ["c.5"]
    if chance.random() < 0.12:  # filed as closing at night
        spared += ["B.b.5", "d.4"]
    if chance.random() < 0.1:  # no kitchen, no dormitory
        spared.append("E.b.7")
    return spared


def draw_inspectors(chain: Chain, chance: Random) -> dict[str, Inspector]:
    """The characters of unit staff and area managers, by person; one area manager is hasty."""
    areas = _holders(chain, "area")
    hasty = chance.choice(areas)
    drawn = {}
    for person in (*_holders(chain, "unit"), *areas):
        bias = 0.2 if person.roles[0].name == "unit_staff" else -0.15
        off = chance.choice((-9, 7, 11)) if chance.random() < 0.08 else 0
        drawn[person.id] = Inspector(
            sees=0.15 if person is hasty else exp(chance.gauss(bias, 0.25)),
            hasty=person is hasty,
            clock_off=timedelta(minutes=off, seconds=chance.randint(-20, 20)),
        )
    return drawn


def _holders(chain: Chain, level: str) -> list[Person]:
    role = {"unit": "unit_staff", "area": "area_manager"}[level]
    return [person for person in chain.people if person.roles[0].name == role]
