"""Draws stations for inspection; anybody can repeat it from the seed, the list and the rule.

Each station of a stratum (a unit) has one ticket, or as many as its weight. A ticket's number is

    SHA-256 of "<mixed seed>/<draw>/<stratum>/<station>/<ticket>"      (tickets count from 1)

as 64 hexadecimal digits, and the station's number is the lowest of its tickets. Stations that must
be in come first, then, by the policy `first`, those long unseen (longest first), then the others;
within each of these by their numbers, the lowest first. The first ones up to the quota are in, the
rest are replacements in that order. The lowest of w tickets is distributed exactly as the key of
Efraimidis and Spirakis for weight w: a weighted draw without logarithms, alike on every platform.

The mixed seed is SHA-256 of "<seed>/<seal of the freezing entry>/<public value>". So it binds the
list, and where a public value was declared it is known to nobody before that is published.

Source: facts I4, I6, I7; readings L17 (base, rounding, rotation) and L18 (must-ins and quota).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from domain.canonical import digest

Unseen = Literal["first", "weighted", "uniform"]
"""What is done for stations long unseen: before chance, more tickets, or nothing."""
MustIns = Literal["within", "on_top"]
"""Whether stations that must be in count towards the quota, or come beside it (L18)."""
Why = Literal["must", "unseen", "chance"]


class Candidate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A station that can be drawn; `last` is the day it was last inspected, None for never."""

    id: str
    stars: int = 0
    last: date | None = None


class Stratum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The stations of one unit."""

    id: str
    stations: tuple[Candidate, ...]


class Quota(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many stations of each stratum: at least so many, and at least that share of them."""

    at_least: int = 0
    per_cent: int = 0

    def of(self, stations: int) -> int:
        """The quota of a stratum of that size; a share is rounded up (L17), never beyond all."""
        share = -(-stations * self.per_cent // 100)
        return min(stations, max(self.at_least, share))


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tickets of a station that was not inspected for so many days or more."""

    days: int
    tickets: int


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By what a draw is made.

    Attributes:
        must_stars: Stations of so many stars and above must be in; 0 for none.
        unseen_days: By the policy `first`, how many days without inspection are long.
        weights: By the policy `weighted`, in ascending days; who is below the first has one ticket,
            who was never inspected has those of the last.
        seen_by: Kinds of inspection that count as having seen a station; none named: every kind.
    """

    quota: Quota
    must_stars: int = 0
    must_ins: MustIns = "within"
    unseen: Unseen = "uniform"
    unseen_days: int = 180
    weights: tuple[Weight, ...] = ()
    seen_by: tuple[str, ...] = ()

    def must(self, station: Candidate) -> bool:
        """Whether this station must be in."""
        return 0 < self.must_stars <= station.stars

    def fits(self) -> bool:
        """Whether the figures make sense together."""
        days = [one.days for one in self.weights]
        return (
            (self.quota.at_least > 0 or self.quota.per_cent > 0)
            and self.quota.at_least >= 0
            and 0 <= self.quota.per_cent <= 100
            and min(self.must_stars, self.unseen_days) >= 0
            and bool(self.weights) == (self.unseen == "weighted")
            and days == sorted(set(days))
            and all(one.days >= 0 and 1 <= one.tickets <= 100 for one in self.weights)
        )


class FrozenList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is drawn from: journalled as a whole before the seed is revealed.

    Attributes:
        day: The day of freezing; days without inspection are counted up to it.
    """

    draw: str
    day: date
    rule: Rule
    strata: tuple[Stratum, ...]


class Placed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A station at its place in the drawn order, and by what it comes there."""

    station: str
    why: Why
    number: str


class DrawnStratum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The drawn order of a stratum; the first `taken` are in, the others replace in this order."""

    id: str
    taken: int
    order: tuple[Placed, ...]

    @property
    def stations(self) -> tuple[str, ...]:
        """The stations that are in."""
        return tuple(one.station for one in self.order[: self.taken])


WEIGHTS = (Weight(60, 2), Weight(120, 4))
"""Ours: half a quarter unseen counts twice, a third of a year four times."""
STANDARD: dict[str, Rule] = {
    "i4": Rule(Quota(at_least=2), 3, unseen="weighted", weights=WEIGHTS, seen_by=("video_audit",)),
    "i6": Rule(Quota(per_cent=30), unseen="weighted", weights=WEIGHTS, seen_by=("video_audit",)),
    "i7": Rule(Quota(per_cent=30), unseen="weighted", weights=WEIGHTS, seen_by=("onsite_audit",)),
}
"""Rules of the three sampled inspections; quotas and stars are printed, the weights are ours."""


def mixed(seed: str, freezing_seal: str, public_value: str = "") -> str:
    """The seed that numbers are derived from."""
    return digest(f"{seed}/{freezing_seal}/{public_value}".encode())


def draw(mixed_seed: str, frozen: FrozenList) -> tuple[DrawnStratum, ...]:
    """The drawn order of every stratum, by id; the order of the list makes no difference."""
    by_id = sorted(frozen.strata, key=lambda stratum: stratum.id)
    return tuple(_draw_stratum(mixed_seed, frozen, stratum) for stratum in by_id)


def _draw_stratum(mixed_seed: str, frozen: FrozenList, stratum: Stratum) -> DrawnStratum:
    rule, prefix = frozen.rule, f"{mixed_seed}/{frozen.draw}/{stratum.id}"
    ranked: list[tuple[int, int, str, str]] = []
    musts = 0
    for station in stratum.stations:
        number = _number(f"{prefix}/{station.id}", tickets(rule, station, frozen.day))
        first, long = _precedence(rule, station, frozen.day)
        musts += first == 0
        ranked.append((first, long, number, station.id))
    ranked.sort()
    quota = rule.quota.of(len(ranked))
    whole = max(quota, musts) if rule.must_ins == "within" else min(len(ranked), quota + musts)
    order = tuple(Placed(station, WHY[first], number) for first, _, number, station in ranked)
    return DrawnStratum(stratum.id, whole, order)


WHY: tuple[Why, ...] = ("must", "unseen", "chance")


def _precedence(rule: Rule, station: Candidate, day: date) -> tuple[int, int]:
    """Which of the three a station comes by, and among those long unseen its turn."""
    if rule.must(station):
        return 0, 0
    if rule.unseen == "first":
        if station.last is None:
            return 1, 0
        if (day - station.last).days >= rule.unseen_days:
            return 1, station.last.toordinal()
    return 2, 0


def tickets(rule: Rule, station: Candidate, day: date) -> int:
    """How many tickets a station has."""
    if rule.unseen != "weighted":
        return 1
    if station.last is None:
        return rule.weights[-1].tickets
    unseen = (day - station.last).days
    return next((one.tickets for one in reversed(rule.weights) if unseen >= one.days), 1)


def _number(name: str, held: int) -> str:
    """The lowest ticket."""
    return min(digest(f"{name}/{ticket}".encode()) for ticket in range(1, held + 1))
